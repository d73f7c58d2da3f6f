//! Distributions, with their exact quantiles.

use rand::Rng;
use rand_distr::Distribution as _;
use statrs::distribution::{Beta, ContinuousCDF, Gamma, Normal};
use std::sync::Arc;

/// A distribution of a non-negative number: seconds for a duration, otherwise a plain number.
///
/// Every parameter is finite and within its family's range once a scenario is valid.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Always the same value.
    Constant(f64),
    /// Exponential with this mean.
    Exponential {
        /// Mean, greater than 0.
        mean: f64,
    },
    /// Lognormal with this median and standard deviation of the logarithm.
    Lognormal {
        /// Median, greater than 0.
        median: f64,
        /// Standard deviation of the logarithm, greater than 0.
        sigma: f64,
    },
    /// Uniform on `[min, max]`.
    Uniform {
        /// Lower end.
        min: f64,
        /// Upper end, above `min`.
        max: f64,
    },
    /// Gamma with this shape and scale; the mean is `shape * scale`.
    Gamma {
        /// Shape, greater than 0.
        shape: f64,
        /// Scale, greater than 0.
        scale: f64,
    },
    /// Weibull with this shape and scale.
    Weibull {
        /// Shape, greater than 0.
        shape: f64,
        /// Scale, greater than 0.
        scale: f64,
    },
    /// Beta on `[0, 1]`.
    Beta {
        /// First shape, greater than 0.
        alpha: f64,
        /// Second shape, greater than 0.
        beta: f64,
    },
    /// Triangular on `[min, max]` with its peak at `mode`.
    Triangular {
        /// Lower end.
        min: f64,
        /// Peak, in `[min, max]`.
        mode: f64,
        /// Upper end, above `min`.
        max: f64,
    },
    /// Observed values in ascending order, each as likely as any other.
    Empirical(Arc<[f64]>),
    /// Observed values in ascending order, with straight lines between neighbours: the lowest and the highest weigh half.
    Interpolated(Arc<[f64]>),
    /// One of several distributions, with weights that sum to 1.
    Mixture(Vec<(f64, Distribution)>),
}

impl Distribution {
    /// The value below which a share `p` of the distribution lies, for `p` in `[0, 1]`.
    ///
    /// At 1 an unbounded family returns infinity.
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Exponential { mean } => -mean * (-p).ln_1p(),
            Self::Lognormal { median, sigma } => median * (sigma * standard_normal_quantile(p)).exp(),
            Self::Uniform { min, max } => min + (max - min) * p,
            Self::Weibull { shape, scale } => scale * (-(-p).ln_1p()).powf(shape.recip()),
            Self::Triangular { min, mode, max } => {
                let peak = (mode - min) / (max - min);
                if p <= peak {
                    min + ((max - min) * (mode - min) * p).sqrt()
                } else {
                    max - ((max - min) * (max - mode) * (1.0 - p)).sqrt()
                }
            }
            Self::Empirical(values) => values[((p * values.len() as f64) as usize).min(values.len() - 1)],
            Self::Interpolated(values) => {
                let position = p * (values.len() - 1) as f64;
                let below = position.floor() as usize;
                let above = (below + 1).min(values.len() - 1);
                values[below] + (values[above] - values[below]) * (position - below as f64)
            }
            Self::Gamma { .. } | Self::Beta { .. } | Self::Mixture(_) => self.quantile_above(p, None, 0.0),
        }
    }

    /// The share of the distribution at or below `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Self::Constant(value) => f64::from(u8::from(x >= *value)),
            Self::Exponential { mean } => -(-x.max(0.0) / mean).exp_m1(),
            Self::Lognormal { median, sigma } => {
                if x <= 0.0 {
                    0.0
                } else {
                    standard_normal_cdf((x / median).ln() / sigma)
                }
            }
            Self::Uniform { min, max } => ((x - min) / (max - min)).clamp(0.0, 1.0),
            Self::Gamma { shape, scale } => {
                if x <= 0.0 {
                    return 0.0;
                }
                Gamma::new(*shape, scale.recip()).map_or(f64::NAN, |gamma| gamma.cdf(x))
            }
            Self::Weibull { shape, scale } => -(-(x.max(0.0) / scale).powf(*shape)).exp_m1(),
            Self::Beta { alpha, beta } => {
                Beta::new(*alpha, *beta).map_or(f64::NAN, |law| law.cdf(x.clamp(0.0, 1.0)))
            }
            Self::Triangular { min, mode, max } => {
                if x <= *min {
                    0.0
                } else if x >= *max {
                    1.0
                } else if x <= *mode {
                    (x - min).powi(2) / ((max - min) * (mode - min))
                } else {
                    1.0 - (max - x).powi(2) / ((max - min) * (max - mode))
                }
            }
            Self::Empirical(values) => {
                values.partition_point(|&value| value <= x) as f64 / values.len() as f64
            }
            Self::Interpolated(values) => interpolated_cdf(values, x),
            Self::Mixture(parts) => parts.iter().map(|(weight, part)| weight * part.cdf(x)).sum(),
        }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Exponential { mean } => *mean,
            Self::Lognormal { median, sigma } => median * (sigma * sigma / 2.0).exp(),
            Self::Uniform { min, max } => f64::midpoint(*min, *max),
            Self::Gamma { shape, scale } => shape * scale,
            Self::Weibull { shape, scale } => scale * statrs::function::gamma::gamma(1.0 + shape.recip()),
            Self::Beta { alpha, beta } => alpha / (alpha + beta),
            Self::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Self::Empirical(values) => values.iter().sum::<f64>() / values.len() as f64,
            Self::Interpolated(values) => {
                let inner: f64 = values.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).sum();
                if values.len() == 1 { values[0] } else { inner / (values.len() - 1) as f64 }
            }
            Self::Mixture(parts) => parts.iter().map(|(weight, part)| weight * part.mean()).sum(),
        }
    }

    /// The value, if the distribution has only one.
    pub const fn constant(&self) -> Option<f64> {
        match self {
            Self::Constant(value) => Some(*value),
            _ => None,
        }
    }

    /// The smallest and the largest possible value; infinity where there is none.
    pub fn support(&self) -> (f64, f64) {
        match self {
            Self::Mixture(parts) => parts.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), (_, part)| {
                let (part_low, part_high) = part.support();
                (low.min(part_low), high.max(part_high))
            }),
            Self::Gamma { .. } => (0.0, f64::INFINITY),
            Self::Beta { .. } => (0.0, 1.0),
            _ => (self.quantile(0.0), self.quantile(1.0)),
        }
    }

    /// A draw for the set-up of a world, by the library's own sampler.
    ///
    /// # Errors
    /// The library's words when it refuses a parameter; a valid scenario has none that it refuses.
    pub fn draw(&self, rng: &mut impl Rng) -> Result<f64, String> {
        let refused = |error: &dyn std::fmt::Display| error.to_string();
        Ok(match self {
            Self::Exponential { mean } => {
                rand_distr::Exp::new(mean.recip()).map_err(|e| refused(&e))?.sample(rng)
            }
            Self::Lognormal { median, sigma } => {
                rand_distr::LogNormal::new(median.ln(), *sigma).map_err(|e| refused(&e))?.sample(rng)
            }
            Self::Gamma { shape, scale } => {
                rand_distr::Gamma::new(*shape, *scale).map_err(|e| refused(&e))?.sample(rng)
            }
            Self::Weibull { shape, scale } => {
                rand_distr::Weibull::new(*scale, *shape).map_err(|e| refused(&e))?.sample(rng)
            }
            Self::Beta { alpha, beta } => {
                rand_distr::Beta::new(*alpha, *beta).map_err(|e| refused(&e))?.sample(rng)
            }
            _ => {
                let share: f64 = rand_distr::StandardUniform.sample(rng);
                self.quantile(share)
            }
        })
    }

    /// Quantiles at ascending `p`, each found from the one before.
    pub fn ascending_quantiles(&self) -> impl FnMut(f64) -> f64 + '_ {
        let mut last: Option<f64> = None;
        let mut step = 0.0;
        move |p| {
            if self.has_closed_quantile() {
                return self.quantile(p);
            }
            let found = self.quantile_above(p, last, step);
            step = found - last.unwrap_or(found);
            last = Some(found);
            found
        }
    }

    const fn has_closed_quantile(&self) -> bool {
        !matches!(self, Self::Gamma { .. } | Self::Beta { .. } | Self::Mixture(_))
    }

    /// Inverts the distribution function where the family has no closed form: from a quantile below, if
    /// one is known, and a guess of how far it is from there.
    fn quantile_above(&self, p: f64, known: Option<f64>, guess: f64) -> f64 {
        let (low, high) = self.support();
        if p <= 0.0 {
            return low;
        }
        if p >= 1.0 {
            return high;
        }
        let mut below = known.unwrap_or(low).max(low);
        let mut short = p - self.cdf(below);
        if short <= 0.0 {
            return below;
        }
        let mut reach = if guess > 0.0 { 1.5 * guess } else { self.mean().max(f64::MIN_POSITIVE) };
        let (mut above, mut over) = loop {
            let above = (below + reach).min(high);
            let over = self.cdf(above) - p;
            if over >= 0.0 || above >= high {
                break (above, over.max(0.0));
            }
            (below, short) = (above, -over);
            reach *= 2.0;
        };
        // False position, halving the weight of an end that stays (the Illinois rule), and bisection where
        // an atom keeps it from closing in: 62 bisections, more than an interval of numbers can be halved.
        let mut stayed = 0_i32;
        for round in 0..500 {
            let width = above - below;
            if width <= 4.0 * f64::EPSILON * above {
                break;
            }
            let share = if round % 8 == 7 { 0.5 } else { short / (short + over) };
            let middle = below + width * share.clamp(1e-3, 1.0 - 1e-3);
            let off = self.cdf(middle) - p;
            if off >= 0.0 {
                (above, over) = (middle, off);
                stayed = if stayed > 0 { stayed + 1 } else { 1 };
                short *= if stayed > 1 { 0.5 } else { 1.0 };
            } else {
                (below, short) = (middle, -off);
                stayed = if stayed < 0 { stayed - 1 } else { -1 };
                over *= if stayed < -1 { 0.5 } else { 1.0 };
            }
            if off.abs() < 1e-13 {
                return middle;
            }
        }
        above
    }
}

/// Distribution function of the standard normal.
pub fn standard_normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// Quantile of the standard normal.
pub fn standard_normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// The inverse of the interpolating quantile of ascending `values`.
fn interpolated_cdf(values: &[f64], x: f64) -> f64 {
    let above = values.partition_point(|&value| value <= x);
    if above == 0 {
        return 0.0;
    }
    if above == values.len() {
        return 1.0;
    }
    let (low, high) = (values[above - 1], values[above]);
    ((above - 1) as f64 + (x - low) / (high - low)) / (values.len() - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn families() -> Vec<Distribution> {
        vec![
            Distribution::Exponential { mean: 3.0 },
            Distribution::Lognormal { median: 2.0, sigma: 0.5 },
            Distribution::Uniform { min: 0.2, max: 1.0 },
            Distribution::Gamma { shape: 1.586, scale: 5.755 },
            Distribution::Weibull { shape: 0.61, scale: 17.3 },
            Distribution::Beta { alpha: 1.07, beta: 0.61 },
            Distribution::Triangular { min: 1.0, mode: 2.0, max: 5.0 },
            Distribution::Interpolated(vec![1.0, 2.0, 4.0, 8.0].into()),
            Distribution::Mixture(vec![
                (0.3, Distribution::Exponential { mean: 1.0 }),
                (0.7, Distribution::Uniform { min: 0.0, max: 4.0 }),
            ]),
        ]
    }

    #[test]
    fn quantiles_invert_the_distribution_function() {
        for law in families() {
            for p in [1e-6, 0.01, 0.25, 0.5, 0.9, 0.999, 1.0 - 1e-6] {
                let back = law.cdf(law.quantile(p));
                assert!((back - p).abs() < 1e-9, "{law:?} at {p}: {back}");
            }
        }
    }

    #[test]
    fn ascending_quantiles_agree_with_single_ones() {
        for law in families() {
            let mut next = law.ascending_quantiles();
            for step in 1..1000 {
                let p = f64::from(step) / 1000.0;
                let (one, other) = (next(p), law.quantile(p));
                assert!((one - other).abs() <= 1e-8 * other.abs(), "{law:?} at {p}: {one} against {other}");
            }
        }
    }

    #[test]
    fn an_atom_of_a_mixture_is_a_quantile_of_all_its_probabilities() {
        let law = Distribution::Mixture(vec![
            (0.36, Distribution::Constant(1.0)),
            (0.64, Distribution::Uniform { min: 0.05, max: 0.5 }),
        ]);
        for p in [0.641, 0.8, 0.999] {
            assert!((law.quantile(p) - 1.0).abs() < 1e-9, "{p}: {}", law.quantile(p));
        }
        assert!((law.quantile(0.32) - 0.275).abs() < 1e-9);
    }

    #[test]
    fn an_atom_is_found_exactly_beside_a_thin_tail() {
        let law = Distribution::Mixture(vec![
            (0.25, Distribution::Constant(86_400.0)),
            (0.75, Distribution::Gamma { shape: 9.0, scale: 86_400.0 }),
        ]);
        assert!((law.quantile(1e-6) / 86_400.0 - 1.0).abs() < 1e-14, "{}", law.quantile(1e-6));
    }

    #[test]
    fn an_empirical_law_draws_what_was_observed_with_its_exact_mean() {
        let law = Distribution::Empirical(vec![1.0, 1.0, 1.0, 1.0, 91.0].into());
        assert!((law.mean() - 19.0).abs() < 1e-12);
        let quantiles = [0.0, 0.5, 0.799, 0.801, 1.0].map(|p| law.quantile(p) as u32);
        assert_eq!(quantiles, [1, 1, 1, 91, 91]);
        let shares = [0.5, 1.0, 90.0, 91.0].map(|x| (law.cdf(x) * 10.0).round() as u32);
        assert_eq!(shares, [0, 8, 8, 10]);
    }

    #[test]
    fn the_mean_is_the_integral_of_the_quantiles() {
        let empirical = Distribution::Empirical(vec![1.0, 2.0, 4.0, 8.0].into());
        for law in families().into_iter().chain([empirical]) {
            let cells = 200_000;
            let sum: f64 = (0..cells).map(|i| law.quantile((f64::from(i) + 0.5) / f64::from(cells))).sum();
            let mean = sum / f64::from(cells);
            assert!((mean / law.mean() - 1.0).abs() < 2e-3, "{law:?}: {mean} against {}", law.mean());
        }
    }
}
