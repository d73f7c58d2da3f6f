//! How a figure is estimated over replications, and what it can be.

/// What kind of figure it is: this decides on its estimate and on the interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Estimator {
    /// The mean of a count of events that come nearly one by one: where none is seen, there is a bound on their mean.
    Count,
    /// The mean of an amount or a delay, or of a count of what comes in clusters of unknown size; as a ratio, that of sums.
    Total,
    /// The ratio of sums of a share of cases, each of which is counted: where it is 0 or 1, there is a bound.
    Share,
    /// The ratio of sums of a share of amounts.
    ShareOfAmount,
    /// The mean of values that are not simply counted or added up; as a ratio, that of sums.
    Mean {
        /// The least that it can be.
        least: f64,
        /// The most that it can be.
        most: f64,
    },
}

impl Estimator {
    /// The mean of values of any size and sign.
    pub const ANY_MEAN: Self = Self::Mean { least: f64::NEG_INFINITY, most: f64::INFINITY };

    /// The least and the most that the figure can be.
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::Count | Self::Total => (0.0, f64::INFINITY),
            Self::Share | Self::ShareOfAmount => (0.0, 1.0),
            Self::Mean { least, most } => (least, most),
        }
    }
}
