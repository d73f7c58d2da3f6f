//! Limits of means at a level: the intervals that [`super::Estimate`] and [`super::paired`] choose from.

use super::quantile::{beta_quantile, gamma_quantile, normal_quantile, student_t_quantile};
use super::ratio::RatioOfSums;

/// How far out limits lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Level {
    /// Probability beyond each limit.
    tail: f64,
    /// Quantile of Student's t.
    t: f64,
    /// By how much a variance that is estimated from few replications counts for more: `(t / z)^2`.
    inflation: f64,
    /// How far the skewness of values moves a limit, in third moments over second: `(1 + 2 z^2) / 6` (Hall, 1992), times
    /// `n / (n + 6)`, since the skewness of few values is mostly chance.
    skewness: f64,
}

impl Level {
    /// Two limits that enclose a probability of `1 - 2 tail`, from `replications`, at least 2.
    pub(super) fn new(tail: f64, replications: usize) -> Self {
        Self::of(tail, student_t_quantile(1.0 - tail, replications as f64 - 1.0), replications)
    }

    /// The same with the quantile of Student's t at hand.
    pub(super) fn of(tail: f64, t: f64, replications: usize) -> Self {
        let (z, n) = (normal_quantile(1.0 - tail), replications as f64);
        Self { tail, t, inflation: (t / z).powi(2), skewness: (1.0 + 2.0 * z * z) / 6.0 * n / (n + 6.0) }
    }

    /// The largest mean of Poisson events in all replications together of which none is seen with a probability of
    /// at least `tail` (Garwood, 1936): 3.69 for a tail of 2.5 %.
    pub(super) fn unseen_events(&self) -> f64 {
        -self.tail.ln()
    }

    /// The largest share that shows in none of `cases` with that probability (Clopper and Pearson, 1934).
    pub(super) fn unseen_share(&self, cases: f64) -> f64 {
        1.0 - self.tail.powf(cases.recip())
    }
}

/// Limits of a mean that is not negative, such as that of a count, an amount or a delay, or of a ratio of such;
/// none if nothing was seen or nothing varies.
///
/// The sum is taken for a gamma variable with the variance that was measured, inflated for few replications. For Poisson
/// counts these are the exact limits (Garwood), for many events Student's t. The upper limit allows for one event more than
/// was seen (Fay and Feuer, 1997), which weighs as much as the clusters in which events seem to come: the index of dispersion,
/// the largest value if most are 0, or what the skewness says.
pub(super) fn of_total(pairs: &[(f64, f64)], level: Level) -> Option<(f64, f64)> {
    let sums = RatioOfSums::new(pairs);
    let total = sums.part;
    let variance = (sums.standard_error * sums.whole).powi(2);
    if total <= 0.0 || !has_spread(sums.ratio, sums.standard_error) {
        return None;
    }
    let n = pairs.len() as f64;
    let zeros = pairs.iter().filter(|pair| pair.0 <= 0.0).count() as f64 / n;
    let largest = pairs.iter().map(|pair| pair.0).fold(0.0, f64::max);
    let dispersion = variance / total;
    let cluster = dispersion + (largest - dispersion).max(0.0) * zeros * zeros;
    let residuals = pairs.iter().map(|(part, whole)| part - sums.ratio * whole);
    let event = cluster.max(level.skewness * third_over_second(residuals));
    let variance = variance * level.inflation;
    let low = gamma_quantile(level.tail, total, variance);
    let high = gamma_quantile(1.0 - level.tail, total + event, variance + event * event);
    Some((clear_of_rounding(low, total) / sums.whole, high / sums.whole))
}

/// Limits of a ratio in `[0, 1]`; none at its ends or if nothing varies.
///
/// Exact limits of a share (Clopper and Pearson) of as many independent cases as would have the error that was measured,
/// fewer for few replications (Korn and Graubard, 1998).
pub(super) fn of_share(sums: &RatioOfSums, level: Level) -> Option<(f64, f64)> {
    let share = sums.ratio;
    if share <= 0.0 || share >= 1.0 || !has_spread(share.min(1.0 - share), sums.standard_error) {
        return None;
    }
    let cases = share * (1.0 - share) / (sums.standard_error.powi(2) * level.inflation);
    let (with, without) = (share * cases, (1.0 - share) * cases);
    let low = beta_quantile(level.tail, with, without + 1.0);
    Some((clear_of_rounding(low, share), beta_quantile(1.0 - level.tail, with + 1.0, without)))
}

/// Limits of the mean of values of either sign; none if nothing varies. `atom` is a value that several of them have, and
/// `tied` their share.
///
/// Student's t, wider where the values are skewed; and the more values there are at the atom the more by what lies above it and
/// below it, each with limits of its own, put together by their squares (MOVER; Zou and Donner, 2008): of differences that
/// are nearly all 0, a standard deviation says little.
pub(super) fn of_mean(values: &[f64], atom: f64, tied: f64, level: Level) -> Option<(f64, f64)> {
    let n = values.len() as f64;
    let pairs: Vec<(f64, f64)> = values.iter().map(|&value| (value, 1.0)).collect();
    let sums = RatioOfSums::new(&pairs);
    let size = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    if !has_spread(size, sums.standard_error) {
        return None;
    }
    let skew = level.skewness * third_over_second(values.iter().map(|value| value - sums.ratio));
    let skew_below = level.skewness * third_over_second(values.iter().map(|value| sums.ratio - value));
    let reach = |shift: f64| (shift / n) + level.t * sums.standard_error.hypot(shift / n);
    let smooth = (sums.ratio - reach(skew_below), sums.ratio + reach(skew));
    if tied <= 0.0 {
        return Some(smooth);
    }
    let part = |sign: f64| -> Vec<(f64, f64)> {
        values.iter().map(|value| ((sign * (value - atom)).max(0.0), 1.0)).collect()
    };
    let jump = values.iter().map(|value| (value - atom).abs()).fold(0.0, f64::max);
    let (above, below) = (Side::new(&part(1.0), jump, level), Side::new(&part(-1.0), jump, level));
    // What lies above is not below: the covariance of the two parts is minus the product of their means.
    let deviations = (above.deviation * below.deviation).max(f64::MIN_POSITIVE);
    let correlation = (-above.mean * below.mean / deviations).max(-1.0);
    let joined = |first: f64, second: f64| {
        (first * first + second * second - 2.0 * correlation * first * second).max(0.0).sqrt()
    };
    let centre = atom + above.mean - below.mean;
    let low = centre - joined(above.mean - above.low, below.high - below.mean);
    let high = centre + joined(above.high - above.mean, below.mean - below.low);
    let mixed = |smooth: f64, split: f64| smooth + tied * (split - smooth);
    Some((mixed(smooth.0, low), mixed(smooth.1, high)))
}

/// What lies on one side of an atom.
struct Side {
    mean: f64,
    deviation: f64,
    low: f64,
    high: f64,
}

impl Side {
    /// If there is nothing there, so little as may still be there without having shown.
    fn new(pairs: &[(f64, f64)], jump: f64, level: Level) -> Self {
        let n = pairs.len() as f64;
        let sums = RatioOfSums::new(pairs);
        let deviation = sums.standard_error * (n - 1.0).sqrt();
        let unseen = (sums.ratio, sums.ratio + level.unseen_events() * jump / n);
        let (low, high) = of_total(pairs, level).unwrap_or(unseen);
        Self { mean: sums.ratio, deviation, low, high }
    }
}

/// A lower limit so close to 0 that its digits say nothing is 0.
fn clear_of_rounding(low: f64, size: f64) -> f64 {
    if low < 1e-9 * size { 0.0 } else { low }
}

/// Whether a spread is more than the rounding of sums.
pub(super) fn has_spread(size: f64, standard_error: f64) -> bool {
    standard_error > 1e-9 * size.abs()
}

/// The third moment of deviations over their second, if positive.
fn third_over_second(deviations: impl Iterator<Item = f64>) -> f64 {
    let (third, second) =
        deviations.fold((0.0, 0.0), |sum, deviation| (sum.0 + deviation.powi(3), sum.1 + deviation.powi(2)));
    if second > 0.0 { (third / second).max(0.0) } else { 0.0 }
}
