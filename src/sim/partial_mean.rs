//! Means of parts of a distribution, in closed form: below a value, below a probability, and with values cut off.

use super::distribution::{Distribution, standard_normal_cdf};
use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::{checked_gamma_lr, gamma};

impl Distribution {
    /// The mean of what is at or below `x`, and 0 for the rest: E[X; X ≤ x].
    pub fn mean_up_to(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        match self {
            Self::Constant(value) => {
                if x >= *value {
                    *value
                } else {
                    0.0
                }
            }
            Self::Exponential { mean } => {
                let t = x / mean;
                mean * (-(-t).exp_m1() - t * (-t).exp())
            }
            Self::Lognormal { median, sigma } => {
                self.mean() * standard_normal_cdf((x / median).ln() / sigma - sigma)
            }
            Self::Uniform { min, max } => {
                let x = x.clamp(*min, *max);
                (x - min) / (max - min) * f64::midpoint(x, *min)
            }
            Self::Gamma { shape, scale } => {
                shape * scale * checked_gamma_lr(shape + 1.0, x / scale).unwrap_or(1.0)
            }
            Self::Weibull { shape, scale } => {
                let order = 1.0 + shape.recip();
                scale * gamma(order) * checked_gamma_lr(order, (x / scale).powf(*shape)).unwrap_or(1.0)
            }
            Self::Beta { alpha, beta } => {
                self.mean() * checked_beta_reg(alpha + 1.0, *beta, x.min(1.0)).unwrap_or(1.0)
            }
            Self::Triangular { min, mode, max } => {
                let width = max - min;
                if x <= *min {
                    0.0
                } else if x >= *max {
                    self.mean()
                } else if x <= *mode {
                    let (from, rise) = (x - min, width * (mode - min));
                    from * from * (min + 2.0 * from / 3.0) / rise
                } else {
                    let (to, fall) = (max - x, width * (max - mode));
                    self.mean() - to * to * (max - 2.0 * to / 3.0) / fall
                }
            }
            Self::Empirical(values) => {
                let below = values.partition_point(|&value| value <= x);
                values[..below].iter().sum::<f64>() / values.len() as f64
            }
            Self::Interpolated(values) => {
                let gap = |pair: &[f64]| {
                    let (low, high) = (pair[0], pair[1]);
                    let part = if x >= high {
                        1.0
                    } else if x <= low {
                        0.0
                    } else {
                        (x - low) / (high - low)
                    };
                    part * (low + part * (high - low) / 2.0)
                };
                if values.len() == 1 {
                    return Self::Constant(values[0]).mean_up_to(x);
                }
                values.windows(2).map(gap).sum::<f64>() / (values.len() - 1) as f64
            }
            Self::Mixture(parts) => parts.iter().map(|(weight, part)| weight * part.mean_up_to(x)).sum(),
        }
    }

    /// The mean of the distribution with values above `cap` cut off there.
    pub fn capped_mean(&self, cap: f64) -> f64 {
        if self.support().1 <= cap {
            return self.mean();
        }
        self.mean_up_to(cap) + cap * (1.0 - self.cdf(cap))
    }

    /// The integral of the quantiles up to `p`, of which the last is `quantile`, with values above `cap` cut off there.
    ///
    /// An error of the quantile counts only in its square.
    pub fn integral_of_quantiles(&self, p: f64, quantile: f64, cap: f64) -> f64 {
        let x = quantile.min(cap);
        self.mean_up_to(x) + x * (p - self.cdf(x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_the_lower_part_is_the_integral_of_its_quantiles() {
        let distributions = [
            Distribution::Constant(3.0),
            Distribution::Exponential { mean: 3.0 },
            Distribution::Lognormal { median: 2.0, sigma: 1.3 },
            Distribution::Uniform { min: 0.2, max: 1.0 },
            Distribution::Gamma { shape: 0.4, scale: 5.0 },
            Distribution::Weibull { shape: 0.6, scale: 17.0 },
            Distribution::Beta { alpha: 1.07, beta: 0.61 },
            Distribution::Triangular { min: 1.0, mode: 2.0, max: 5.0 },
            Distribution::Triangular { min: 1.0, mode: 1.0, max: 5.0 },
            Distribution::Empirical(vec![1.0, 2.0, 2.0, 8.0].into()),
            Distribution::Interpolated(vec![1.0, 2.0, 2.0, 8.0].into()),
            Distribution::Mixture(vec![
                (0.3, Distribution::Constant(1.0)),
                (0.7, Distribution::Uniform { min: 0.0, max: 4.0 }),
            ]),
        ];
        for distribution in distributions {
            for p in [0.1, 0.5, 0.72, 0.97] {
                let cells = 20_000;
                let middle = |i: i32| distribution.quantile((f64::from(i) + 0.5) / f64::from(cells) * p);
                let sum: f64 = (0..cells).map(middle).sum::<f64>() * p / f64::from(cells);
                let exact = distribution.integral_of_quantiles(p, distribution.quantile(p), f64::INFINITY);
                assert!(
                    (sum - exact).abs() < 2e-4 * sum + 1e-12,
                    "{distribution:?} up to {p}: {exact}, by sums {sum}"
                );
            }
            assert!(
                (distribution.mean_up_to(1e9) / distribution.mean() - 1.0).abs() < 1e-9,
                "{distribution:?}"
            );
        }
    }

    #[test]
    fn a_mean_is_capped_where_its_values_are() {
        let distribution = Distribution::Exponential { mean: 2.0 };
        assert!((distribution.capped_mean(3.0) - 2.0 * (1.0 - (-1.5_f64).exp())).abs() < 1e-12);
        let distribution = Distribution::Uniform { min: 1.0, max: 2.0 };
        assert!((distribution.capped_mean(5.0) - 1.5).abs() < 1e-15);
        assert!((distribution.capped_mean(1.5) - 1.375).abs() < 1e-12);
    }
}
