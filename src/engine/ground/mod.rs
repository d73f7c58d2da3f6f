//! What every part of the engine stands on: [`columns`] of a batch, [`lane_arithmetic`], what is [`counted`] day by day, and the
//! [`day_ring`] of coming days.

pub(crate) mod columns;
pub(crate) mod counted;
pub(crate) mod day_ring;
pub(crate) mod lane_arithmetic;
