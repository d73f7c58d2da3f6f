//! What a distribution is of.

use crate::scenario::text::duration::duration_text;
use crate::scenario::text::node::{number_text, quoted};
use crate::sim::SimDuration;

/// What a distribution measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// Time: parameters are durations, values are seconds.
    Time,
    /// Plain numbers.
    Number,
    /// Money in currency units.
    Money,
}

impl Quantity {
    /// A value as TOML.
    pub(crate) fn written(self, value: f64) -> String {
        match self {
            Self::Time => quoted(&duration_text(SimDuration(value as i64))),
            Self::Number | Self::Money => number_text(value),
        }
    }
}
