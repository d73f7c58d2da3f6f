//! What one replication says of a figure.

use serde::{Deserialize, Serialize};

/// A figure of one replication, with all that an estimate over replications needs of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Observation {
    /// A count, a total, or a number that only a whole replication has, such as a quantile.
    Value(f64),
    /// A ratio, with what is divided.
    Ratio {
        /// The numerator.
        part: f64,
        /// The denominator, greater than 0.
        whole: f64,
    },
}

impl Observation {
    /// A ratio; `None` without a denominator.
    pub fn ratio(part: f64, whole: f64) -> Option<Self> {
        (whole > 0.0).then_some(Self::Ratio { part, whole })
    }

    /// The figure.
    pub fn value(self) -> f64 {
        match self {
            Self::Value(value) => value,
            Self::Ratio { part, whole } => part / whole,
        }
    }

    /// The figure as a numerator and a denominator; a value has the denominator 1.
    pub const fn pair(self) -> (f64, f64) {
        match self {
            Self::Value(value) => (value, 1.0),
            Self::Ratio { part, whole } => (part, whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_keeps_what_is_divided_and_is_undefined_without_a_denominator() {
        let ratio = Observation::ratio(1.0, 4.0).unwrap();
        assert_eq!((ratio.value(), ratio.pair()), (0.25, (1.0, 4.0)));
        assert_eq!(Observation::ratio(0.0, 0.0), None);
        assert_eq!(Observation::Value(3.0).pair(), (3.0, 1.0));
    }
}
