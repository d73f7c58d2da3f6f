//! The difference of two points of which each replication had the same chance.

use super::estimate::{Interval, Reason};
use super::estimator::Estimator;
use super::limits::{self, Level};
use super::observation::Observation;
use super::quantile::{student_t_cdf, student_t_quantile};
use super::ratio::RatioOfSums;

/// Probability beyond each limit of an interval of 95 %.
const TAIL: f64 = 0.025;

/// Beyond this quantile of Student's t no p-value is told from 0.
const FARTHEST: f64 = 1e6;

/// Nobody runs more replications than that to tell a difference.
const MOST_TOLD: u32 = 1_000_000;
/// Part and whole of a figure at the first and at the second point.
type Pair = ((f64, f64), (f64, f64));

/// A difference over pairs of replications: the second point less the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The difference of the two estimates, over the replications in which both are defined.
    pub mean: f64,
    /// Sample standard deviation (n - 1) of what a pair says of it; `None` for one pair.
    pub std_dev: Option<f64>,
    /// Where the true difference lies: two-sided, or none with a reason. [`Reason::AllEqual`] if all pairs differ by the
    /// same, [`Reason::NothingSeen`] if no pair differs at all: then the factor between the points changes nothing that was
    /// seen.
    pub interval: Interval,
    /// The least level at which the interval leaves out 0; `None` without an interval.
    pub p_value: Option<f64>,
    /// Pairs of replications.
    pub replications: usize,
    /// Pairs that are alike.
    pub alike: usize,
}

impl Difference {
    /// About how many pairs of replications tell a difference of this size from 0 among so many comparisons (Bonferroni, the worst
    /// case of Holm), if the deviation stays: the half width that Student's t gives then is the difference itself. `None` without a
    /// deviation or a difference, and beyond a million.
    pub fn replications_to_tell(&self, comparisons: usize) -> Option<u32> {
        let tail = TAIL / comparisons.max(1) as f64;
        let std_dev = self.std_dev.filter(|&std_dev| std_dev > 0.0 && self.mean.abs() > 0.0)?;
        let tells = |pairs: u32| {
            student_t_quantile(1.0 - tail, f64::from(pairs - 1)) * std_dev
                <= self.mean.abs() * f64::from(pairs).sqrt()
        };
        // The half width falls with every pair, so the least number that tells lies between one that does not and one that does.
        let (mut too_few, mut enough) = (self.replications as u32, MOST_TOLD);
        if too_few >= enough || !tells(enough) {
            return None;
        }
        while enough - too_few > 1 {
            let middle = too_few.midpoint(enough);
            *(if tells(middle) { &mut enough } else { &mut too_few }) = middle;
        }
        Some(enough)
    }
}

/// The difference of `second` and `first`, replication by replication, both as the estimator has them; pairs of which one is
/// undefined are left out, and there is `None` without pairs.
///
/// The values are differences, or for ratios of sums what each pair says of the difference by linearisation. Where most
/// pairs are alike, what lies above and below 0 is judged by itself (`limits::of_mean`), since the deviation of a few
/// events says little. The differences of figures from `0` to `1` lie from `-1` to `1`.
pub fn difference(
    estimator: Estimator,
    first: &[Option<Observation>],
    second: &[Option<Observation>],
) -> Option<Difference> {
    let pairs: Vec<Pair> = first
        .iter()
        .zip(second)
        .filter_map(|(first, second)| Some(((*first)?.pair(), (*second)?.pair())))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let n = pairs.len();
    let sums = |pick: fn(&Pair) -> (f64, f64)| RatioOfSums::new(&pairs.iter().map(pick).collect::<Vec<_>>());
    let (before, after) = (sums(|pair| pair.0), sums(|pair| pair.1));
    let is_alike = |&(first, second): &Pair| {
        first.0.to_bits() == second.0.to_bits() && first.1.to_bits() == second.1.to_bits()
    };
    let alike = pairs.iter().filter(|pair| is_alike(pair)).count();
    // Alike pairs say 0 to the digit, which by linearisation they do only nearly.
    let value = |pair: &Pair| {
        if is_alike(pair) { 0.0 } else { after.value_of(pair.1) - before.value_of(pair.0) }
    };
    let values: Vec<f64> = pairs.iter().map(value).collect();
    let spread = RatioOfSums::new(&values.iter().map(|&value| (value, 1.0)).collect::<Vec<_>>());
    let mean = after.ratio - before.ratio;
    let tied = alike as f64 / n as f64;
    let (least, most) = estimator.range();
    let clipped =
        |(low, high): (f64, f64)| (low.max(least - most).min(mean), high.min(most - least).max(mean));
    let limits = |level| limits::of_mean(&values, 0.0, tied, level).map(clipped);
    let interval = match n {
        1 => Interval::Unknown(Reason::OneReplication),
        _ if alike == n => Interval::Unknown(Reason::NothingSeen),
        _ => limits(Level::new(TAIL, n))
            .map_or(Interval::Unknown(Reason::AllEqual), |(low, high)| Interval::TwoSided { low, high }),
    };
    let p_value = interval.ends().map(|_| p_value(n, |level| limits(level).is_some_and(has_zero)));
    let std_dev = (n > 1).then(|| spread.standard_error * (n as f64).sqrt());
    Some(Difference { mean, std_dev, interval, p_value, replications: n, alike })
}

fn has_zero((low, high): (f64, f64)) -> bool {
    low <= 0.0 && high >= 0.0
}

/// The level at which limits begin to enclose 0, found by halving the quantile of Student's t.
fn p_value(replications: usize, encloses: impl Fn(Level) -> bool) -> f64 {
    let freedom = replications as f64 - 1.0;
    let tail = |t: f64| student_t_cdf(-t, freedom);
    let (mut inside, mut outside) = (FARTHEST, 1e-6);
    if encloses(Level::of(tail(outside), outside, replications)) {
        return 1.0;
    }
    for _ in 0..60 {
        let middle = (inside * outside).sqrt();
        // A tail too small for limits is far beyond any level that is asked for.
        if tail(middle) < 1e-12 || encloses(Level::of(tail(middle), middle, replications)) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    (2.0 * tail(inside)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &[f64]) -> Vec<Option<Observation>> {
        values.iter().map(|&value| Some(Observation::Value(value))).collect()
    }

    #[test]
    fn pairs_that_are_all_alike_say_so_and_have_no_p_value() {
        let same = values(&[0.5, 0.5, 0.7]);
        let difference = difference(Estimator::ANY_MEAN, &same, &same).unwrap();
        assert_eq!(difference.interval, Interval::Unknown(Reason::NothingSeen));
        assert_eq!((difference.p_value, difference.alike), (None, 3));
    }

    #[test]
    fn the_replications_that_tell_a_difference_do_tell_it() {
        // Ten pairs that differ by 1 on average with a deviation of 3.
        let spread = [-3.0, 3.0].map(|value| value * (9.0_f64 / 10.0).sqrt());
        let after: Vec<f64> = (0..10).map(|at| 1.0 + spread[at % 2]).collect();
        let found = difference(Estimator::ANY_MEAN, &values(&[0.0; 10]), &values(&after)).unwrap();
        assert!((found.std_dev.unwrap() - 3.0).abs() < 1e-9);
        let told = found.replications_to_tell(1).unwrap();
        // 1 / (3 / sqrt 37) = 2.028 = t of 36 degrees of freedom at 97.5 %.
        assert_eq!(told, 38);
        assert!(found.replications_to_tell(80).unwrap() > 100, "many comparisons take more");
        // Of two pairs the next already tells it: 4.303 * 34 / sqrt 3 = 84 < 133, where 12.71 * 34 / sqrt 2 = 305.
        let two = difference(Estimator::ANY_MEAN, &values(&[0.0; 2]), &values(&[-109.0, -157.0])).unwrap();
        assert_eq!(two.replications_to_tell(1), Some(3));
        let same = difference(Estimator::ANY_MEAN, &values(&[1.0; 3]), &values(&[1.0; 3])).unwrap();
        assert_eq!(same.replications_to_tell(1), None);
    }

    #[test]
    fn one_event_more_in_one_of_five_pairs_decides_nothing() {
        let (before, after) = (values(&[0.0; 5]), values(&[0.0, 0.0, 1.0, 0.0, 0.0]));
        let found = difference(Estimator::Count, &before, &after).unwrap();
        let (low, high) = found.interval.ends().unwrap();
        assert!(low < 0.0 && high > 0.6, "{low} to {high}");
        assert!(found.p_value.unwrap() > 0.3, "{found:?}");
    }

    #[test]
    fn the_p_value_and_the_interval_decide_alike() {
        let before = values(&[3.1, 2.7, 3.8, 4.4, 2.9, 3.3]);
        for shift in [0.0, 0.1, 0.2, 0.3, 0.4, 0.6] {
            let after: Vec<f64> = [3.4, 2.5, 3.9, 4.6, 2.8, 3.4].map(|value| value + shift).to_vec();
            let found = difference(Estimator::Total, &before, &values(&after)).unwrap();
            let is_left_out = !has_zero(found.interval.ends().unwrap());
            assert_eq!(found.p_value.unwrap() < 0.05, is_left_out, "{found:?}");
        }
    }

    #[test]
    fn replications_in_which_one_point_is_undefined_are_left_out() {
        let before = [None, Observation::ratio(1.0, 4.0), Observation::ratio(2.0, 4.0)];
        let after =
            [Observation::ratio(1.0, 1.0), Observation::ratio(3.0, 4.0), Observation::ratio(2.0, 8.0)];
        let found = difference(Estimator::Share, &before, &after).unwrap();
        assert_eq!(found.replications, 2);
        assert!((found.mean - (5.0 / 12.0 - 3.0 / 8.0)).abs() < 1e-12);
        let (low, high) = found.interval.ends().unwrap();
        assert!(low >= -1.0 && high <= 1.0);
        assert_eq!(difference(Estimator::Share, &before[..1], &after[..1]), None);
    }
}
