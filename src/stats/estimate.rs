//! A figure over replications: its estimate, and the interval, the bound or the reason why there is none.

use super::estimator::Estimator;
use super::limits::{self, Level};
use super::observation::Observation;
use super::ratio::RatioOfSums;

/// Probability beyond each limit of an interval of 95 %.
const TAIL: f64 = 0.025;

/// What replications say of where the true value lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Interval {
    /// Limits that enclose it in 95 % of experiments.
    TwoSided {
        /// Lower limit.
        low: f64,
        /// Upper limit.
        high: f64,
    },
    /// Nothing was seen of what could have been: it is below `high` in 97.5 % of experiments.
    UpperBound {
        /// The least that it can be.
        low: f64,
        /// The bound.
        high: f64,
    },
    /// Nothing else was seen: it is above `low` in 97.5 % of experiments.
    LowerBound {
        /// The bound.
        low: f64,
        /// The most that it can be.
        high: f64,
    },
    /// There is none.
    Unknown(Reason),
}

/// Why there is no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A single replication says nothing of the spread.
    OneReplication,
    /// All replications are equal: either nothing depends on chance, or they are too few to show it.
    AllEqual,
    /// Nothing was seen, and nothing is known of how much comes at a time.
    NothingSeen,
}

/// A figure over independent replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The arithmetic mean of values, or the ratio of sums of ratios.
    pub mean: f64,
    /// Sample standard deviation (n - 1) of what one replication says, for a ratio by linearisation: the standard error times
    /// the root of their number. `None` for one replication.
    pub std_dev: Option<f64>,
    /// Where the true value lies.
    pub interval: Interval,
    /// How many replications had a value.
    pub replications: usize,
    /// Whether it is a ratio of sums.
    pub is_ratio: bool,
}

impl Estimate {
    /// From one observation a replication; `None` without any.
    ///
    /// The interval is that of the estimator, chosen by its measured coverage (`docs/verification.md`): it lies in the range
    /// of the figure and goes over into Student's t where events are many and values nearly normal.
    pub fn new(estimator: Estimator, observations: &[Observation]) -> Option<Self> {
        let last = observations.last()?;
        let pairs: Vec<(f64, f64)> = observations.iter().map(|observation| observation.pair()).collect();
        let sums = RatioOfSums::new(&pairs);
        let several = pairs.len() > 1;
        let interval = if several {
            interval(estimator, &pairs, &sums)
        } else {
            Interval::Unknown(Reason::OneReplication)
        };
        Some(Self {
            mean: sums.ratio,
            std_dev: several.then(|| sums.standard_error * (pairs.len() as f64).sqrt()),
            interval,
            replications: pairs.len(),
            is_ratio: matches!(last, Observation::Ratio { .. }),
        })
    }

    /// From one plain value a replication, of any size and sign.
    pub fn of_values(values: &[f64]) -> Option<Self> {
        Self::of_values_as(Estimator::ANY_MEAN, values)
    }

    /// From one plain value a replication.
    pub fn of_values_as(estimator: Estimator, values: &[f64]) -> Option<Self> {
        let observed: Vec<Observation> = values.iter().copied().map(Observation::Value).collect();
        Self::new(estimator, &observed)
    }

    /// The estimator as tables name it.
    pub const fn estimator_name(&self) -> &'static str {
        if self.is_ratio { "ratio_of_sums" } else { "mean" }
    }
}

impl Interval {
    /// Lower and upper end, if there are any; of a bound, the other end is that of the range.
    pub const fn ends(&self) -> Option<(f64, f64)> {
        match *self {
            Self::TwoSided { low, high }
            | Self::UpperBound { low, high }
            | Self::LowerBound { low, high } => Some((low, high)),
            Self::Unknown(_) => None,
        }
    }

    /// The kind as tables name it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TwoSided { .. } => "two_sided",
            Self::UpperBound { .. } => "upper_bound",
            Self::LowerBound { .. } => "lower_bound",
            Self::Unknown(reason) => reason.name(),
        }
    }
}

impl Reason {
    /// The reason as tables name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OneReplication => "one_replication",
            Self::AllEqual => "all_equal",
            Self::NothingSeen => "nothing_seen",
        }
    }
}

fn interval(estimator: Estimator, pairs: &[(f64, f64)], sums: &RatioOfSums) -> Interval {
    let level = Level::new(TAIL, pairs.len());
    let (least, most) = estimator.range();
    let limits = match estimator {
        // A count of what is withdrawn later may exceed what is filed: such a value is in no range.
        _ if !(least..=most).contains(&sums.ratio) => of_mean(pairs, sums, level),
        Estimator::Count if sums.part <= 0.0 => {
            return Interval::UpperBound { low: least, high: level.unseen_events() / sums.whole };
        }
        Estimator::Share if sums.part <= 0.0 => {
            return Interval::UpperBound { low: least, high: level.unseen_share(sums.whole) };
        }
        Estimator::Share if sums.part >= sums.whole => {
            return Interval::LowerBound { low: 1.0 - level.unseen_share(sums.whole), high: most };
        }
        Estimator::Total | Estimator::ShareOfAmount if sums.part <= 0.0 => {
            return Interval::Unknown(Reason::NothingSeen);
        }
        Estimator::Count | Estimator::Total => limits::of_total(pairs, level),
        Estimator::Share | Estimator::ShareOfAmount => limits::of_share(sums, level),
        Estimator::Mean { .. } => {
            of_mean(pairs, sums, level).map(|(low, high)| (low.max(least), high.min(most)))
        }
    };
    limits.map_or(Interval::Unknown(Reason::AllEqual), |(low, high)| Interval::TwoSided { low, high })
}

fn of_mean(pairs: &[(f64, f64)], sums: &RatioOfSums, level: Level) -> Option<(f64, f64)> {
    let values: Vec<f64> = pairs.iter().map(|&pair| sums.value_of(pair)).collect();
    let (atom, tied) = most_common(&values);
    limits::of_mean(&values, atom, tied, level)
}

/// The most common value and the share of those that have it; 0 if all differ.
fn most_common(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let runs = sorted.chunk_by(|a, b| a.to_bits() == b.to_bits());
    let longest = runs.max_by_key(|run| run.len()).unwrap_or_default();
    match longest {
        [value, _, ..] => (*value, longest.len() as f64 / values.len() as f64),
        _ => (0.0, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quantile::student_t_quantile;

    fn values(values: &[f64]) -> Vec<Observation> {
        values.iter().copied().map(Observation::Value).collect()
    }

    fn shares(pairs: &[(f64, f64)]) -> Vec<Observation> {
        pairs.iter().map(|&(part, whole)| Observation::Ratio { part, whole }).collect()
    }

    fn of(estimator: Estimator, observations: &[Observation]) -> Interval {
        Estimate::new(estimator, observations).unwrap().interval
    }

    fn two_sided(estimator: Estimator, observations: &[Observation]) -> (f64, f64) {
        let interval = of(estimator, observations);
        assert!(matches!(interval, Interval::TwoSided { .. }), "{interval:?}");
        interval.ends().unwrap()
    }

    #[test]
    fn a_mean_of_even_values_has_the_interval_of_student() {
        let half = student_t_quantile(0.975, 4.0) * (2.5_f64 / 5.0).sqrt();
        let (low, high) = two_sided(Estimator::ANY_MEAN, &values(&[1.0, 2.0, 3.0, 4.0, 5.0]));
        assert!((high - 3.0 - half).abs() < 1e-9 && (3.0 - low - half).abs() < 1e-9);
    }

    #[test]
    fn many_events_have_nearly_the_interval_of_student() {
        let counts = [10_020.0, 9_890.0, 10_110.0, 9_980.0, 10_000.0];
        let estimate = Estimate::new(Estimator::Count, &values(&counts)).unwrap();
        let half = student_t_quantile(0.975, 4.0) * estimate.std_dev.unwrap() / 5.0_f64.sqrt();
        let (low, high) = estimate.interval.ends().unwrap();
        assert!(((estimate.mean - low) / half - 1.0).abs() < 0.02, "{low}");
        assert!(((high - estimate.mean) / half - 1.0).abs() < 0.02, "{high}");
    }

    /// With a measured variance equal to the mean and many replications: Garwood's limits of 100 events.
    #[test]
    fn counts_that_vary_like_poisson_have_his_exact_limits() {
        let mut counts = vec![0.0; 99_900];
        counts.extend([1.0; 100]);
        let (low, high) = two_sided(Estimator::Count, &values(&counts));
        assert!((low * 1e5 / 81.364 - 1.0).abs() < 0.005, "{low}");
        assert!((high * 1e5 / 121.627 - 1.0).abs() < 0.005, "{high}");
    }

    #[test]
    fn no_event_at_all_gives_a_bound_and_no_interval() {
        let interval = of(Estimator::Count, &values(&[0.0; 10]));
        let Interval::UpperBound { low, high } = interval else { panic!("{interval:?}") };
        assert!(low.abs() < 1e-12 && (high - 0.368_888).abs() < 1e-6, "{low} to {high}");
    }

    #[test]
    fn no_case_at_all_bounds_a_share_by_the_number_of_cases() {
        let interval = of(Estimator::Share, &shares(&[(0.0, 6.0), (0.0, 4.0)]));
        let Interval::UpperBound { high, .. } = interval else { panic!("{interval:?}") };
        assert!((high - 0.308_497).abs() < 1e-6, "{high}");
        let interval = of(Estimator::Share, &shares(&[(6.0, 6.0), (4.0, 4.0)]));
        let Interval::LowerBound { low, high } = interval else { panic!("{interval:?}") };
        assert!((low - 0.691_503).abs() < 1e-6 && (high - 1.0).abs() < 1e-12, "{low}");
    }

    #[test]
    fn what_cannot_be_known_has_a_reason() {
        let reason = |estimator, observations: &[Observation]| of(estimator, observations).name();
        assert_eq!(reason(Estimator::Count, &values(&[7.0])), "one_replication");
        assert_eq!(reason(Estimator::Total, &values(&[0.0; 5])), "nothing_seen");
        assert_eq!(reason(Estimator::ShareOfAmount, &shares(&[(0.0, 5.0), (0.0, 7.0)])), "nothing_seen");
        assert_eq!(reason(Estimator::Total, &values(&[48.0; 5])), "all_equal");
        assert_eq!(reason(Estimator::Mean { least: 0.0, most: 1.0 }, &values(&[0.5; 5])), "all_equal");
        assert_eq!(Estimate::new(Estimator::Count, &[]), None);
    }

    #[test]
    fn intervals_stay_within_the_range_of_the_figure() {
        let (low, high) = two_sided(Estimator::Count, &values(&[0.0, 6.0, 1.0]));
        assert!((0.0..7.0 / 3.0).contains(&low) && high > 6.0, "{low} to {high}");
        let (low, high) = two_sided(Estimator::Share, &shares(&[(1.0, 1.0), (0.0, 1.0), (1.0, 1.0)]));
        assert!(low >= 0.0 && high <= 1.0, "{low} to {high}");
        let auc = Estimator::Mean { least: 0.0, most: 1.0 };
        let (low, high) = two_sided(auc, &values(&[0.5, 0.5, 0.9]));
        assert!(low >= 0.0 && high <= 1.0, "{low} to {high}");
    }

    #[test]
    fn a_ratio_is_that_of_sums_and_says_so() {
        let estimate = Estimate::new(Estimator::Share, &shares(&[(1.0, 1.0), (0.0, 9.0)])).unwrap();
        assert!((estimate.mean - 0.1).abs() < 1e-12);
        assert_eq!((estimate.estimator_name(), estimate.replications), ("ratio_of_sums", 2));
    }

    #[test]
    fn rates_of_a_few_in_ten_millions_keep_their_interval() {
        let (low, high) = two_sided(Estimator::Share, &shares(&[(2.0, 1e7), (3.0, 1e7), (1.0, 1e7)]));
        assert!(low > 0.0 && low < 1e-7 && high > 4e-7 && high < 2e-6, "{low} to {high}");
    }
}
