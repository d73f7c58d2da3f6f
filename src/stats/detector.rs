//! How well a score tells bad from good: operating points, precision and recall, the area under the curve.

use statrs::distribution::{ContinuousCDF, Normal};

/// How many good and bad subjects have a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreCount {
    /// The score; more is more suspicious.
    pub score: f64,
    /// Good subjects with it.
    pub good: u64,
    /// Bad subjects with it.
    pub bad: u64,
}

/// A share with its interval inside `[0, 1]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share.
    pub share: f64,
    /// Its interval.
    pub interval: (f64, f64),
}

/// `count` of `total` with the interval of Wilson at a confidence in `(0, 1)`; `None` of nothing.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (Journal of the American
/// Statistical Association 22, 1927). It holds for independent subjects.
pub fn wilson(count: u64, total: u64, confidence: f64) -> Option<Share> {
    if total == 0 {
        return None;
    }
    let (n, z) = (total as f64, normal_quantile(f64::midpoint(1.0, confidence)));
    let share = count as f64 / n;
    let scale = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / scale;
    let half = z / scale * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    // At a share of 0 or 1 the formula has that end, up to rounding.
    let low = if count == 0 { 0.0 } else { (centre - half).clamp(0.0, share) };
    let high = if count == total { 1.0 } else { (centre + half).clamp(share, 1.0) };
    Some(Share { share, interval: (low, high) })
}

fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// What happens if every subject with at least a score is flagged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OperatingPoint {
    /// The score from which subjects are flagged; infinite where none is.
    pub threshold: f64,
    /// Good subjects that are flagged.
    pub flagged_good: u64,
    /// Bad subjects that are flagged.
    pub flagged_bad: u64,
    /// The share of good subjects that is flagged; `None` without good ones.
    pub false_positive_rate: Option<Share>,
    /// The share of bad subjects that is flagged; `None` without bad ones.
    pub recall: Option<Share>,
    /// The share of bad ones among the flagged; `None` if none is flagged.
    pub precision: Option<Share>,
}

/// A detector at all its thresholds.
#[derive(Clone, Debug, PartialEq)]
pub struct Detector {
    /// From the threshold that flags nobody to the one that flags all, one per score.
    pub points: Vec<OperatingPoint>,
    /// The share of bad subjects; `None` without subjects.
    pub base_rate: Option<Share>,
    /// The probability that a bad subject has a higher score than a good one, equal scores counting half; `None` unless there
    /// are both.
    pub area: Option<Share>,
}

impl Detector {
    /// From counts per score, in any order, with intervals of a confidence in `(0, 1)`.
    ///
    /// Rates have intervals of Wilson. The area has the variance of E. R. `DeLong`, D. M. `DeLong` and D. L. Clarke-Pearson,
    /// "Comparing the areas under two or more correlated receiver operating characteristic curves" (Biometrics 44,
    /// 1988), on the logit scale, which stays inside `[0, 1]`; where that variance is 0, because scores do not overlap at
    /// all or subjects are one of a kind, the interval is that of Wilson with as many subjects as the rarer kind has.
    pub fn new(counts: &[ScoreCount], confidence: f64) -> Self {
        let sorted = merged(counts);
        let good: u64 = sorted.iter().map(|count| count.good).sum();
        let bad: u64 = sorted.iter().map(|count| count.bad).sum();
        let point = |threshold, flagged_good, flagged_bad| OperatingPoint {
            threshold,
            flagged_good,
            flagged_bad,
            false_positive_rate: wilson(flagged_good, good, confidence),
            recall: wilson(flagged_bad, bad, confidence),
            precision: wilson(flagged_bad, flagged_good + flagged_bad, confidence),
        };
        let (mut flagged_good, mut flagged_bad) = (0, 0);
        let mut points = vec![point(f64::INFINITY, 0, 0)];
        for count in &sorted {
            flagged_good += count.good;
            flagged_bad += count.bad;
            points.push(point(count.score, flagged_good, flagged_bad));
        }
        Self { points, base_rate: wilson(bad, good + bad, confidence), area: area(&sorted, confidence) }
    }

    /// The threshold whose recall exceeds its false positive rate most (Youden's index), the highest of equal ones; `None`
    /// unless there are good and bad subjects.
    pub fn best_by_youden(&self) -> Option<&OperatingPoint> {
        let excess = |point: &OperatingPoint| Some(point.recall?.share - point.false_positive_rate?.share);
        let mut best: Option<(&OperatingPoint, f64)> = None;
        for point in &self.points {
            let excess = excess(point)?;
            if best.is_none_or(|(_, most)| excess > most) {
                best = Some((point, excess));
            }
        }
        best.map(|(point, _)| point)
    }
}

/// One entry per score, the highest first.
fn merged(counts: &[ScoreCount]) -> Vec<ScoreCount> {
    let mut sorted = counts.to_vec();
    sorted.sort_by(|a, b| b.score.total_cmp(&a.score));
    sorted.dedup_by(|next, kept| {
        let is_same = next.score.total_cmp(&kept.score).is_eq();
        if is_same {
            kept.good += next.good;
            kept.bad += next.bad;
        }
        is_same
    });
    sorted
}

/// The area under the curve from counts per score, the highest first.
fn area(sorted: &[ScoreCount], confidence: f64) -> Option<Share> {
    let good = sorted.iter().map(|count| count.good).sum::<u64>() as f64;
    let bad = sorted.iter().map(|count| count.bad).sum::<u64>() as f64;
    if good == 0.0 || bad == 0.0 {
        return None;
    }
    // For every bad subject the share of good ones below it, and for every good one that of bad ones above it.
    let (mut good_above, mut bad_above) = (0.0, 0.0);
    let mut places = Vec::new();
    for count in sorted {
        let (own_good, own_bad) = (count.good as f64, count.bad as f64);
        let below = (good - good_above - own_good / 2.0) / good;
        let above = (bad_above + own_bad / 2.0) / bad;
        places.push((own_good, above, own_bad, below));
        good_above += own_good;
        bad_above += own_bad;
    }
    let share = places.iter().map(|(_, _, own_bad, below)| own_bad * below).sum::<f64>() / bad;
    let spread_good: f64 =
        places.iter().map(|(own_good, above, _, _)| own_good * (above - share).powi(2)).sum();
    let spread_bad: f64 = places.iter().map(|(_, _, own_bad, below)| own_bad * (below - share).powi(2)).sum();
    let variance = if good > 1.0 && bad > 1.0 {
        spread_good / (good - 1.0) / good + spread_bad / (bad - 1.0) / bad
    } else {
        0.0
    };
    let z = normal_quantile(f64::midpoint(1.0, confidence));
    let interval = if variance > 0.0 && share > 0.0 && share < 1.0 {
        let (logit, reach) = ((share / (1.0 - share)).ln(), z * variance.sqrt() / (share * (1.0 - share)));
        let back = |x: f64| 1.0 / (1.0 + (-x).exp());
        (back(logit - reach), back(logit + reach))
    } else {
        let fewest = good.min(bad);
        let scale = 1.0 + z * z / fewest;
        let centre = (share + z * z / (2.0 * fewest)) / scale;
        let half = z / scale * (share * (1.0 - share) / fewest + z * z / (4.0 * fewest * fewest)).sqrt();
        ((centre - half).clamp(0.0, share), (centre + half).clamp(share, 1.0))
    };
    Some(Share { share, interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-6
    }

    fn count(score: f64, good: u64, bad: u64) -> ScoreCount {
        ScoreCount { score, good, bad }
    }

    /// From `scipy.stats.binomtest(...).proportion_ci(method="wilson")`.
    #[test]
    fn wilson_intervals_agree_with_the_reference_values_and_stay_inside() {
        for (events, total, low, high) in WILSON {
            let (found_low, found_high) = wilson(events, total, 0.95).unwrap().interval;
            assert!(
                close(found_low, low) && close(found_high, high),
                "{events} of {total}: {found_low} {found_high}"
            );
        }
        assert_eq!(wilson(0, 0, 0.95), None);
    }

    const WILSON: [(u64, u64, f64, f64); 3] =
        [(0, 20, 0.0, 0.161_125), (3, 50, 0.020_615, 0.162_171), (20, 20, 0.838_875, 1.0)];

    #[test]
    fn operating_points_count_who_is_flagged() {
        let detector =
            Detector::new(&[count(0.1, 80, 2), count(0.9, 1, 6), count(0.5, 15, 2), count(0.5, 4, 0)], 0.95);
        let flagged: Vec<_> =
            detector.points.iter().map(|point| (point.flagged_good, point.flagged_bad)).collect();
        assert_eq!(flagged, [(0, 0), (1, 6), (20, 8), (100, 10)]);
        let highest = &detector.points[1];
        assert!(close(highest.recall.unwrap().share, 0.6));
        assert!(close(highest.precision.unwrap().share, 6.0 / 7.0));
        assert!(close(highest.false_positive_rate.unwrap().share, 0.01));
        assert!(close(detector.base_rate.unwrap().share, 10.0 / 110.0));
        assert_eq!(detector.points[0].precision, None);
        // 0.8 - 0.2 = 0.60 at 0.5, 0.6 - 0.01 = 0.59 at 0.9.
        assert!(close(detector.best_by_youden().unwrap().threshold, 0.5));
    }

    /// Pairs by hand: of 4 bad with scores 3, 3, 2, 1 and 4 good with 2, 1, 1, 0 there are 16, of which bad is higher in 12
    /// and equal in 3.
    #[test]
    fn the_area_counts_pairs_and_has_the_variance_of_delong() {
        let detector =
            Detector::new(&[count(3.0, 0, 2), count(2.0, 1, 1), count(1.0, 2, 1), count(0.0, 1, 0)], 0.95);
        let area = detector.area.unwrap();
        assert!(close(area.share, 13.5 / 16.0));
        // Placements of the bad: 1, 1, 0.875, 0.5; of the good: 0.625, 0.875, 0.875, 1.
        let variance = 0.167_968_75 / 3.0 / 4.0 + 0.074_218_75 / 3.0 / 4.0;
        let (logit, reach) =
            ((13.5_f64 / 2.5).ln(), 1.959_963_984_540_054 * f64::sqrt(variance) / (13.5 * 2.5 / 256.0));
        assert!(close(area.interval.0, 1.0 / (1.0 + (reach - logit).exp())), "{area:?}");
        assert!(close(area.interval.1, 1.0 / (1.0 + (-reach - logit).exp())), "{area:?}");
    }

    #[test]
    fn perfect_separation_is_no_certainty() {
        let area = Detector::new(&[count(1.0, 0, 20), count(0.0, 100, 0)], 0.95).area.unwrap();
        assert!(close(area.share, 1.0) && close(area.interval.0, 0.838_875) && close(area.interval.1, 1.0));
        assert_eq!(Detector::new(&[count(1.0, 5, 0)], 0.95).area, None);
        assert_eq!(Detector::new(&[], 0.95).best_by_youden(), None);
    }
}
