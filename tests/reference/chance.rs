//! Draws from one stream of random numbers: choices, distributions, and the promise that follows the transit time.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Beta, Distribution as _, Exp, Gamma, LogNormal, Normal, Poisson, Triangular, Weibull};
use redress::market::{Fraction, Money};
use redress::sim::Distribution;
use statrs::distribution::{Continuous, ContinuousCDF};

/// One stream of random numbers, from which a whole replication draws in the order of its events.
#[derive(Debug)]
pub(crate) struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream of one replication.
    pub(crate) fn new(seed: u64, replication: u32) -> Self {
        let own = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(replication);
        Self(Xoshiro256PlusPlus::seed_from_u64(own))
    }

    /// A number in `[0, 1)`.
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0.random()
    }

    /// A whole number in `[0, below)`.
    pub(crate) fn whole(&mut self, below: u32) -> u32 {
        self.0.random_range(0..below)
    }

    /// Whether something of this probability happens.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// The place that is picked among weights.
    pub(crate) fn pick(&mut self, weights: &[f64]) -> usize {
        let mut rest = self.uniform() * weights.iter().sum::<f64>();
        for (place, weight) in weights.iter().enumerate() {
            rest -= weight;
            if rest < 0.0 {
                return place;
            }
        }
        weights.iter().rposition(|&weight| weight > 0.0).expect("a weight is above 0")
    }

    /// A Poisson number.
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        if mean <= 0.0 {
            return 0;
        }
        Poisson::new(mean).expect("the mean is finite").sample(&mut self.0) as u32
    }

    /// A gamma number of mean 1.
    pub(crate) fn gamma_of_mean_one(&mut self, variance: f64) -> f64 {
        if variance == 0.0 {
            return 1.0;
        }
        Gamma::new(1.0 / variance, variance).expect("the variance is above 0").sample(&mut self.0)
    }

    /// A draw from a distribution.
    pub(crate) fn draw(&mut self, law: &Distribution) -> f64 {
        let rng = &mut self.0;
        match law {
            Distribution::Constant(value) => *value,
            Distribution::Exponential { mean } => Exp::new(1.0 / mean).unwrap().sample(rng),
            Distribution::Lognormal { median, sigma } => {
                LogNormal::new(median.ln(), *sigma).unwrap().sample(rng)
            }
            Distribution::Uniform { min, max } => min + (max - min) * self.uniform(),
            Distribution::Gamma { shape, scale } => Gamma::new(*shape, *scale).unwrap().sample(rng),
            Distribution::Weibull { shape, scale } => Weibull::new(*scale, *shape).unwrap().sample(rng),
            Distribution::Beta { alpha, beta } => Beta::new(*alpha, *beta).unwrap().sample(rng),
            Distribution::Triangular { min, mode, max } => {
                Triangular::new(*min, *max, *mode).unwrap().sample(rng)
            }
            Distribution::Empirical(values) => values[self.whole(values.len() as u32) as usize],
            Distribution::Interpolated(values) => {
                let place = self.uniform() * (values.len() - 1) as f64;
                let below = place.floor() as usize;
                let above = (below + 1).min(values.len() - 1);
                values[below] + (values[above] - values[below]) * place.fract()
            }
            Distribution::Mixture(parts) => {
                let weights: Vec<f64> = parts.iter().map(|(weight, _)| *weight).collect();
                let part = self.pick(&weights);
                self.draw(&parts[part].1)
            }
        }
    }

    /// A duration in whole seconds.
    pub(crate) fn seconds(&mut self, law: &Distribution) -> i64 {
        self.draw(law).round() as i64
    }

    /// A part of an amount.
    pub(crate) fn part(&mut self, law: &Distribution) -> f64 {
        self.draw(law).clamp(0.0, 1.0)
    }

    /// Transit time and promise in seconds, whose normal scores have this correlation.
    pub(crate) fn transit_and_promise(
        &mut self,
        transit: &Distribution,
        promise: Option<&Distribution>,
        correlation: f64,
    ) -> (i64, Option<i64>) {
        let Some(promise) = promise else { return (self.seconds(transit), None) };
        if correlation == 0.0 || transit.constant().is_some() || promise.constant().is_some() {
            return (self.seconds(transit), Some(self.seconds(promise)));
        }
        let on_the_way = self.draw(transit);
        let normal = statrs::distribution::Normal::standard();
        let score = normal.inverse_cdf(share_below(transit, on_the_way));
        let own: f64 = Normal::new(0.0, 1.0).unwrap().sample(&mut self.0);
        let mixed = correlation * score + (1.0 - correlation * correlation).sqrt() * own;
        let promised = value_at(promise, normal.cdf(mixed));
        (on_the_way.round() as i64, Some(promised.round() as i64))
    }
}

/// The share of a distribution at or below a value, for the distributions that a correlated promise is tested with.
fn share_below(law: &Distribution, value: f64) -> f64 {
    match law {
        Distribution::Exponential { mean } => -(-value / mean).exp_m1(),
        Distribution::Lognormal { median, sigma } => {
            statrs::distribution::Normal::standard().cdf((value / median).ln() / sigma)
        }
        Distribution::Gamma { shape, scale } => gamma(*shape).cdf(value / scale),
        other => panic!("{other:?} is not among the laws of a correlated promise"),
    }
}

/// The value below which a share of the distribution lies.
fn value_at(law: &Distribution, share: f64) -> f64 {
    match law {
        Distribution::Exponential { mean } => -mean * (-share).ln_1p(),
        Distribution::Lognormal { median, sigma } => {
            median * (sigma * statrs::distribution::Normal::standard().inverse_cdf(share)).exp()
        }
        Distribution::Gamma { shape, scale } => scale * gamma_value_at(*shape, share),
        other => panic!("{other:?} is not among the laws of a correlated promise"),
    }
}

fn gamma(shape: f64) -> statrs::distribution::Gamma {
    statrs::distribution::Gamma::new(shape, 1.0).unwrap()
}

/// Newton's steps inside an interval that shrinks with each of them.
fn gamma_value_at(shape: f64, share: f64) -> f64 {
    let law = gamma(shape);
    let (mut low, mut high) = (0.0, shape + 40.0 * (1.0 + shape.sqrt()));
    let mut value = shape;
    for _ in 0..200 {
        let excess = law.cdf(value) - share;
        if excess.abs() < 1e-12 {
            break;
        }
        if excess > 0.0 {
            high = value;
        } else {
            low = value;
        }
        let step = value - excess / law.pdf(value);
        value = if step > low && step < high { step } else { f64::midpoint(low, high) };
    }
    value
}

/// A part of an amount in cents: rounded to the nearest, and at least one (R1).
pub(crate) fn part_of(amount: i64, part: f64) -> i64 {
    ((amount as f64 * part).round() as i64).clamp(1, amount)
}

#[test]
fn a_part_is_rounded_to_the_cent_as_the_engine_does() {
    for amount in [1, 2, 7, 99, 2501, 1_000_003] {
        for millionths in [0, 1, 333_333, 500_000, 666_667, 999_999, 1_000_000] {
            let engine = Money(amount).part(Fraction(millionths)).0;
            assert_eq!(part_of(amount, f64::from(millionths) / 1e6), engine, "{millionths} of {amount}");
        }
    }
}

#[test]
fn a_gamma_law_gives_back_the_share_that_its_value_came_from() {
    for shape in [0.3, 1.0, 1.586, 6.71] {
        for share in [1e-6, 0.01, 0.5, 0.99, 0.999_999] {
            let back = gamma(shape).cdf(gamma_value_at(shape, share));
            assert!((back - share).abs() < 1e-9, "{shape}: {share} became {back}");
        }
    }
}
