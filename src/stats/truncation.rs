//! How much of the beginning of a series is a transient from its initial state.

use std::ops::Range;

/// Where a series is best cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truncation {
    /// Batches to drop from the beginning.
    pub dropped: usize,
    /// The smallest value of the statistic, reached there.
    pub statistic: f64,
    /// Mean of the batches that stay.
    pub mean: f64,
}

/// Means of consecutive batches of `size` values; what is left over at the end is passed over.
pub fn batch_means(series: &[f64], size: usize) -> Vec<f64> {
    series.chunks_exact(size.max(1)).map(mean).collect()
}

/// The marginal standard error rule: drops the `d` values, at most half of them, for which
/// `(n - d)^-2 sum (z_j - mean)^2` over those that stay is smallest. `None` without values.
///
/// On means of batches of five it is MSER-5 (K. P. White, M. J. Cobb, S. C. Spratt, "A comparison of five
/// steady-state truncation heuristics for simulation", Winter Simulation Conference 2000). A cut at half of
/// the series says that it is too short to tell.
pub fn marginal_standard_error(series: &[f64]) -> Option<Truncation> {
    let n = series.len();
    let cut = |dropped: usize| {
        let rest = &series[dropped..];
        let mean = mean(rest);
        let squares: f64 = rest.iter().map(|value| (value - mean).powi(2)).sum();
        Truncation { dropped, statistic: squares / (rest.len() as f64).powi(2), mean }
    };
    let cuts: Range<usize> = 0..if n == 0 { 0 } else { n / 2 + 1 };
    cuts.map(cut).min_by(|a, b| a.statistic.total_cmp(&b.statistic))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A decaying start on a pseudo-random swing around 10, with reference values from `pymser` 1.0.22.
    fn reference_series() -> Vec<f64> {
        (0..600).map(|i| 10.0 + 8.0 * (-f64::from(i) / 40.0).exp() + (12.9898 * f64::from(i)).sin()).collect()
    }

    #[test]
    fn batches_of_five_agree_with_the_reference_values() {
        let found = marginal_standard_error(&batch_means(&reference_series(), 5)).unwrap();
        assert_eq!(found.dropped, 19);
        assert!((found.statistic - 0.003_546_838_680_581_9).abs() < 1e-15, "{}", found.statistic);
        assert!((found.mean - 10.060_314_253_738_865).abs() < 1e-12, "{}", found.mean);
    }

    #[test]
    fn single_values_agree_with_the_reference_values() {
        let found = marginal_standard_error(&reference_series()).unwrap();
        assert_eq!(found.dropped, 96);
        assert!((found.mean - 10.057_812_886_661_388).abs() < 1e-12, "{}", found.mean);
    }

    #[test]
    fn a_level_series_is_not_cut_and_a_climbing_one_at_its_half() {
        assert_eq!(marginal_standard_error(&[2.0; 40]).unwrap().dropped, 0);
        let climbing: Vec<f64> = (0..40).map(f64::from).collect();
        assert_eq!(marginal_standard_error(&climbing).unwrap().dropped, 20);
        assert_eq!(marginal_standard_error(&[]), None);
    }
}
