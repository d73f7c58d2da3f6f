//! Statistics of fit to a fully specified distribution, and the probabilities of theirs.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

/// The critical value of the Anderson-Darling statistic of a fully specified distribution at 0.1 % (Marsaglia and Marsaglia,
/// "Evaluating the Anderson-Darling distribution", Journal of Statistical Software 9(2), 2004).
pub(super) const ANDERSON_DARLING_LIMIT: f64 = 5.9694;

/// Critical value of Kolmogorov's statistic at 0.1 %, times the root of the number of draws.
pub(super) const KOLMOGOROV_LIMIT: f64 = 1.9495;

/// The Anderson-Darling statistic of what should be uniform: `-n - 1/n sum (2i - 1) (ln u_i + ln(1 - u_(n + 1 - i)))`.
pub(super) fn anderson_darling(uniforms: &mut [f64]) -> f64 {
    uniforms.sort_by(f64::total_cmp);
    let n = uniforms.len() as f64;
    let ends = uniforms.iter().zip(uniforms.iter().rev()).enumerate();
    let sum: f64 = ends.map(|(i, (low, high))| (2.0 * i as f64 + 1.0) * (low.ln() + (-high).ln_1p())).sum();
    -n - sum / n
}

/// Kolmogorov's statistic of what should be uniform, times the root of the number of draws.
pub(super) fn kolmogorov(uniforms: &mut [f64]) -> f64 {
    uniforms.sort_by(f64::total_cmp);
    let n = uniforms.len() as f64;
    let distance = uniforms.iter().enumerate().fold(0.0_f64, |distance, (i, u)| {
        distance.max((u - i as f64 / n).abs()).max(((i as f64 + 1.0) / n - u).abs())
    });
    distance * n.sqrt()
}

/// Pearson's statistic of counts against what is expected, as the probability of a larger one.
pub(super) fn pearson(counts: &[u64], expected: impl Fn(usize) -> f64) -> f64 {
    let statistic = counts.iter().enumerate().map(|(cell, &count)| {
        let expected = expected(cell);
        (count as f64 - expected).powi(2) / expected
    });
    chi_square_tail(statistic.sum(), counts.len() as f64 - 1.0)
}

/// Probability that a chi-square number is larger.
pub(super) fn chi_square_tail(statistic: f64, freedom: f64) -> f64 {
    ChiSquared::new(freedom).expect("there are degrees of freedom").sf(statistic)
}

/// Probability that a standard normal number is farther from 0.
pub(super) fn normal_tails(z: f64) -> f64 {
    2.0 * Normal::standard().sf(z.abs())
}

#[test]
fn statistics_of_fit_tell_uniform_numbers_from_others() {
    let even = |power: f64| -> Vec<f64> {
        (0..10_000).map(|i| ((f64::from(i) + 0.5) / 10_000.0).powf(power)).collect()
    };
    assert!(anderson_darling(&mut even(1.0)) < 0.01 && kolmogorov(&mut even(1.0)) < 0.01);
    assert!(anderson_darling(&mut even(1.1)) > ANDERSON_DARLING_LIMIT);
    assert!(kolmogorov(&mut even(1.1)) > KOLMOGOROV_LIMIT);
    assert!(pearson(&[250, 250, 251, 249], |_| 250.0) > 0.99);
    assert!(pearson(&[300, 200, 250, 250], |_| 250.0) < 1e-3);
    assert!((normal_tails(1.959_964) - 0.05).abs() < 1e-6);
}
