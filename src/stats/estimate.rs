//! Means over replications with Student t intervals.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// A mean over independent replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation (n - 1); `None` for one replication.
    pub std_dev: Option<f64>,
    /// Interval that covers the true mean in 95 % of experiments, if replications are independent and
    /// their mean is nearly normal; `None` for one replication.
    pub interval: Option<(f64, f64)>,
    /// How many replications had a value.
    pub replications: usize,
}

impl Estimate {
    /// From one value a replication; `None` without values.
    ///
    /// The interval is mean ± t(0.975, n - 1) s / √n (Law, Simulation Modeling and Analysis, 4.5).
    pub fn new(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        if values.len() == 1 {
            return Some(Self { mean, std_dev: None, interval: None, replications: 1 });
        }
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let half = student_t_quantile(0.975, n - 1.0) * (variance / n).sqrt();
        Some(Self {
            mean,
            std_dev: Some(variance.sqrt()),
            interval: Some((mean - half, mean + half)),
            replications: values.len(),
        })
    }
}

/// Quantile of Student's t with `freedom` degrees of freedom, greater than 0.
pub fn student_t_quantile(p: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |law| law.inverse_cdf(p))
}

/// Distribution function of Student's t with `freedom` degrees of freedom, greater than 0.
pub fn student_t_cdf(t: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |law| law.cdf(t))
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn the_interval_of_five_values_agrees_with_the_formula() {
        let estimate = Estimate::new(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        let half = 2.776_445_105_197_793_4 * (2.5_f64 / 5.0).sqrt();
        let (low, high) = estimate.interval.unwrap();
        assert!((estimate.mean - 3.0).abs() < 1e-12);
        assert!((high - 3.0 - half).abs() < 1e-9 && (3.0 - low - half).abs() < 1e-9);
    }

    #[test]
    fn one_replication_has_no_interval() {
        let estimate = Estimate::new(&[7.0]).unwrap();
        assert_eq!((estimate.std_dev, estimate.interval), (None, None));
        assert_eq!(Estimate::new(&[]), None);
    }
}
