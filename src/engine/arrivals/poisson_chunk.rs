//! The search for Poisson numbers of a mean up to 32, sixteen at once.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::sim::lanes::{LANES, Lanes, lanes};

/// Means up to this are inverted in one search.
pub(crate) const CHUNK_MEAN: f64 = 32.0;

/// Beyond this the probability of a mean of [`CHUNK_MEAN`] is below the resolution of the uniform.
const MOST: usize = 200;

/// 1/n, because a division is the slowest step of the search.
const RECIPROCALS: [f64; MOST + 1] = {
    let mut table = [0.0; MOST + 1];
    let mut n = 1;
    while n <= MOST {
        table[n] = 1.0 / n as f64;
        n += 1;
    }
    table
};

/// The distribution function of one mean at 0, 1, ...
#[derive(Debug)]
pub(crate) struct Common {
    pub(crate) mean: f64,
    pub(crate) below: [f64; MOST],
}

impl Common {
    /// Works it out.
    pub(crate) fn new(mean: f64) -> Self {
        let (mut probability, mut below) = ((-mean).exp(), [0.0; MOST]);
        let mut sum = probability;
        for (number, below) in (1..).zip(&mut below) {
            *below = sum;
            probability = next_probability(probability, mean, number);
            sum += probability;
        }
        Self { mean, below }
    }
}

/// The probability of `number`, from that of the number before.
#[inline(always)]
fn next_probability(last: f64, mean: f64, number: usize) -> f64 {
    last * (mean * RECIPROCALS[number])
}

/// Uniforms of 53 bits.
#[inline(always)]
fn uniforms(bits: &Lanes<u64>) -> Lanes<f64> {
    lanes(|lane| (bits[lane] >> 11) as f64 / 9_007_199_254_740_992.0)
}

/// What [`search`] finds with a mean in common, of which the distribution function is known.
#[inline(always)]
pub(crate) fn search_common(below: &[f64; MOST], bits: &Lanes<u64>) -> Lanes<u64> {
    let (uniform, mut found) = (uniforms(bits), [0; LANES]);
    for (number, &below) in (1..).zip(below) {
        let goes_on = lanes(|lane| u64::from(uniform[lane] >= below));
        found = lanes(|lane| found[lane] + goes_on[lane]);
        // Whoever has found a number finds no more: it does no harm to look seldom.
        if number % 4 == 0 && goes_on.iter().fold(0, |any, one| any | one) == 0 {
            break;
        }
    }
    found
}

/// The numbers that 64 random bits each find for means up to [`CHUNK_MEAN`] with the probabilities `none` of 0.
#[inline(always)]
pub(crate) fn search(means: &Lanes<f64>, none: &Lanes<f64>, bits: &Lanes<u64>) -> Lanes<u64> {
    let uniform = uniforms(bits);
    let (mut probability, mut below, mut found) = (*none, *none, [0; LANES]);
    for number in 1..=MOST {
        let goes_on = lanes(|lane| u64::from(uniform[lane] >= below[lane]));
        found = lanes(|lane| found[lane] + goes_on[lane]);
        probability = lanes(|lane| next_probability(probability[lane], means[lane], number));
        below = lanes(|lane| below[lane] + probability[lane]);
        // Whoever has found a number finds no more: it does no harm to look seldom.
        if number % 4 == 0 && goes_on.iter().fold(0, |any, one| any | one) == 0 {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Discrete, DiscreteCDF, Poisson};

    fn found(mean: f64, bits: u64) -> u32 {
        search(&[mean; LANES], &[(-mean).exp(); LANES], &[bits; LANES])[0] as u32
    }

    /// The distribution function of a mean at 0, 1, ... as the search adds it up.
    fn distribution_function(mean: f64) -> Vec<f64> {
        let mut probability = (-mean).exp();
        let mut below = vec![probability];
        for number in 1..=MOST {
            probability = next_probability(probability, mean, number);
            below.push(below[number - 1] + probability);
        }
        below
    }

    #[test]
    fn the_distribution_function_errs_by_less_than_its_bound() {
        for mean in [1e-9, 0.01, 0.3, 1.0, 7.7, 10.0, 31.9, CHUNK_MEAN] {
            let exact = Poisson::new(mean).unwrap();
            let term = |number: u64| exact.pmf(number);
            let mut sum = 0.0;
            for (number, below) in (0..).zip(&distribution_function(mean)) {
                sum += term(number);
                assert!((below - exact.cdf(number)).abs() < 1e-12, "{mean} at {number}");
                assert!((below - sum).abs() < 1e-12, "{mean} at {number}");
            }
        }
    }

    #[test]
    fn the_least_uniform_finds_nothing_and_the_largest_ends_the_search() {
        for tenths in 1..=320 {
            let mean = f64::from(tenths) / 10.0;
            assert_eq!(found(mean, 0), 0);
            assert!(found(mean, u64::MAX) as usize <= MOST);
        }
    }

    #[test]
    fn a_uniform_at_the_probability_of_nothing_finds_one() {
        let mean = 0.25_f64;
        let none = ((-mean).exp() * 9_007_199_254_740_992.0) as u64;
        assert_eq!([none - 1, none].map(|uniform| found(mean, uniform << 11)), [0, 1]);
    }
}
