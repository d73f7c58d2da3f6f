//! The day's close: [`survey`] looks at all sellers together, sixteen at a time, and [`judge`] acts on them one by one (R4, R7).

pub(crate) mod judge;
pub(crate) mod survey;
