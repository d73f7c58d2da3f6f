//! Quantiles of the distributions from which intervals are made.

use statrs::distribution::{Beta, ContinuousCDF, Gamma, Normal, StudentsT};

/// From this shape on a gamma or beta distribution is taken for a normal one with its skewness (Cornish and Fisher): what that
/// leaves out is below a millionth of a standard deviation.
const LARGE: f64 = 1e5;

/// From this ratio of its parameters on a beta distribution is taken for a gamma distribution; their skewness differs by one part in it.
const RARE: f64 = 1e5;

/// Quantile of Student's t with `freedom` degrees of freedom, greater than 0.
pub fn student_t_quantile(p: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |distribution| distribution.inverse_cdf(p))
}

/// Distribution function of Student's t with `freedom` degrees of freedom, greater than 0.
pub fn student_t_cdf(t: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |distribution| distribution.cdf(t))
}

/// Quantile of the standard normal distribution.
pub fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// Quantile of the gamma distribution with this mean and variance; 0 if the mean is 0.
pub fn gamma_quantile(p: f64, mean: f64, variance: f64) -> f64 {
    let shape = mean * mean / variance;
    if mean <= 0.0 || shape.is_nan() {
        return 0.0;
    }
    if shape > LARGE {
        return nearly_normal(p, mean, variance.sqrt(), 2.0 / shape.sqrt());
    }
    Gamma::new(shape, 1.0).map_or(f64::NAN, |distribution| distribution.inverse_cdf(p) * variance / mean)
}

/// Quantile of the beta distribution; 0 or 1 where one of its parameters is 0 and all of it lies there.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if a <= 0.0 || b <= 0.0 {
        return f64::from(u8::from(b <= 0.0));
    }
    let sum = a + b;
    let variance = a * b / (sum * sum * (sum + 1.0));
    if a.min(b) > LARGE {
        let skewness = 2.0 * (b - a) * (sum + 1.0).sqrt() / ((sum + 2.0) * (a * b).sqrt());
        return nearly_normal(p, a / sum, variance.sqrt(), skewness);
    }
    // A rare share is a gamma variable, and one near 1 is a rare one seen from the other side.
    if b > RARE * a.max(1.0) {
        return gamma_quantile(p, a / sum, variance);
    }
    if a > RARE * b.max(1.0) {
        return 1.0 - gamma_quantile(1.0 - p, b / sum, variance);
    }
    Beta::new(a, b).map_or(f64::NAN, |distribution| distribution.inverse_cdf(p))
}

/// Quantile of a distribution that is nearly normal.
fn nearly_normal(p: f64, mean: f64, deviation: f64, skewness: f64) -> f64 {
    let z = normal_quantile(p);
    mean + deviation * (z + skewness * (z * z - 1.0) / 6.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(found: f64, expected: f64, tolerance: f64) {
        assert!((found / expected - 1.0).abs() < tolerance, "{found}, expected {expected}");
    }

    #[test]
    fn student_quantiles_agree_with_the_reference_values() {
        for (freedom, expected) in
            [(1.0, 12.706_204_736_174_694), (4.0, 2.776_445_105_197_793_4), (99.0, 1.984_216_951_586_417_4)]
        {
            assert!((student_t_quantile(0.975, freedom) / expected - 1.0).abs() < 1e-10);
        }
    }

    #[test]
    fn student_probabilities_invert_the_quantiles() {
        for (p, freedom) in [(0.975, 4.0), (0.2, 39.0), (0.5, 7.0)] {
            assert!((student_t_cdf(student_t_quantile(p, freedom), freedom) - p).abs() < 1e-10);
        }
    }

    /// Garwood's limits of Poisson counts are quantiles of gamma distributions of variance = mean: tabulated ones of 5 and 100 events.
    #[test]
    fn gamma_quantiles_are_the_exact_limits_of_poisson_counts() {
        for (p, shape, expected) in [
            (0.025, 5.0, 1.623_486),
            (0.975, 6.0, 11.668_332),
            (0.025, 100.0, 81.364),
            (0.975, 101.0, 121.627),
        ] {
            assert_close(gamma_quantile(p, shape, shape), expected, 5e-6);
        }
    }

    /// Clopper and Pearson's limits of 3 successes in 10.
    #[test]
    fn beta_quantiles_are_the_exact_limits_of_shares() {
        assert_close(beta_quantile(0.025, 3.0, 8.0), 0.066_739_511_177_734_7, 1e-8);
        assert_close(beta_quantile(0.975, 4.0, 7.0), 0.652_452_850_059_997, 1e-8);
        assert_eq!(beta_quantile(0.025, 0.0, 4.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(beta_quantile(0.975, 4.0, 0.0).to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn large_parameters_go_over_into_the_normal_law_without_a_step() {
        for p in [0.025, 0.975] {
            let (below, above) = (0.999_999 * LARGE, 1.000_001 * LARGE);
            let step = |low: f64, high: f64, deviation: f64| (high - low).abs() / deviation;
            let gamma = |shape: f64| gamma_quantile(p, 1.0, 1.0 / shape);
            assert!(step(gamma(below), gamma(above), LARGE.sqrt().recip()) < 1e-4);
            let share = |a: f64| beta_quantile(p, a, 2.0 * a);
            assert!(step(share(below), share(above), LARGE.sqrt().recip()) < 1e-4);
            let rare = |b: f64| beta_quantile(p, 2.5, b) * b;
            assert_close(rare(0.999_999 * 2.5 * RARE), rare(1.000_001 * 2.5 * RARE), 1e-4);
            let nearly_all = |a: f64| (1.0 - beta_quantile(p, a, 2.5)) * a;
            assert_close(nearly_all(0.999_999 * 2.5 * RARE), nearly_all(1.000_001 * 2.5 * RARE), 1e-4);
        }
    }
}
