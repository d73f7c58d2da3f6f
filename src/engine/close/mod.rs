//! The day's close: [`survey`] looks at all sellers together, sixteen at a time, [`judge`] acts on them one by one (R4, R7), and
//! [`seller_days`] tells of it where somebody asks.

pub(crate) mod judge;
pub(crate) mod seller_days;
pub(crate) mod survey;
