//! Two samples of one metric: Welch's test of their means, Kolmogorov and Smirnov's of their distributions,
//! and Holm's correction over all of them.

use redress::stats::quantile::student_t_cdf;

/// The probability of means at least so far apart by chance (Welch 1947), of samples that may have none.
///
/// Without spread in both samples equal means have probability 1, others 0.
pub(crate) fn welch(one: &[f64], other: &[f64]) -> f64 {
    if one.len() < 2 || other.len() < 2 {
        return 1.0;
    }
    let [(mean, error), (other_mean, other_error)] = [one, other].map(mean_and_square_error);
    let square = error + other_error;
    let distance = (mean - other_mean).abs();
    if square <= 0.0 {
        return if distance <= 1e-9 * mean.abs() { 1.0 } else { 0.0 };
    }
    let freedom = |error: f64, sample: &[f64]| error * error / (sample.len() - 1) as f64;
    let freedom = square * square / (freedom(error, one) + freedom(other_error, other));
    2.0 * student_t_cdf(-distance / square.sqrt(), freedom)
}

/// Mean, and the square of its standard error.
fn mean_and_square_error(sample: &[f64]) -> (f64, f64) {
    let n = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / n;
    let squares: f64 = sample.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, squares / (n - 1.0) / n)
}

/// The probability of distributions at least so far apart by chance: the limit distribution of the largest
/// difference, with the effective size of Stephens (1970). Ties make it larger than it is, never smaller.
pub(crate) fn kolmogorov_smirnov(one: &[f64], other: &[f64]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 1.0;
    }
    let at_or_below = |sample: &[f64], value: f64| {
        sample.iter().filter(|&&drawn| drawn <= value).count() as f64 / sample.len() as f64
    };
    let apart = |&value: &f64| (at_or_below(one, value) - at_or_below(other, value)).abs();
    let distance = one.iter().chain(other).map(apart).fold(0.0, f64::max);
    let size = (one.len() as f64 * other.len() as f64 / (one.len() + other.len()) as f64).sqrt();
    let x = (size + 0.12 + 0.11 / size) * distance;
    if x < 0.3 {
        return 1.0;
    }
    let terms = (1..=100).map(|k: i32| {
        let sign = if k % 2 == 1 { 1.0 } else { -1.0 };
        sign * (-2.0 * f64::from(k * k) * x * x).exp()
    });
    (2.0 * terms.sum::<f64>()).clamp(0.0, 1.0)
}

/// Holm's corrected probabilities (1979): each rejected below a level keeps the level of the family.
pub(crate) fn holm(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&one, &other| probabilities[one].total_cmp(&probabilities[other]));
    let mut corrected = vec![1.0; probabilities.len()];
    let mut largest: f64 = 0.0;
    for (rank, &place) in order.iter().enumerate() {
        largest = largest.max(probabilities[place] * (probabilities.len() - rank) as f64).min(1.0);
        corrected[place] = largest;
    }
    corrected
}

#[test]
fn welch_finds_the_probability_of_a_known_example() {
    // Two samples of 5: means 3 and 5, variances 2.5; t = -2 with 8 degrees of freedom.
    let p = welch(&[1.0, 2.0, 3.0, 4.0, 5.0], &[3.0, 4.0, 5.0, 6.0, 7.0]);
    assert!((p - 0.080_516).abs() < 1e-6, "{p}");
}

#[test]
fn kolmogorov_and_smirnov_find_their_critical_value() {
    // 1.358 is the point of the limit distribution at 5 %; the effective size is large enough to leave it there.
    let one: Vec<f64> = (0..20_000).map(f64::from).collect();
    let shift = (1.358 * (20_000.0_f64 / 2.0).sqrt().recip() * 20_000.0).round();
    let other: Vec<f64> = one.iter().map(|value| value + shift).collect();
    let p = kolmogorov_smirnov(&one[..], &other);
    assert!((p - 0.05).abs() < 0.002, "{p}");
}

#[test]
fn holm_multiplies_the_smallest_by_the_size_of_the_family() {
    assert_eq!(holm(&[0.01, 0.5, 0.02]), [0.03, 0.5, 0.04]);
}
