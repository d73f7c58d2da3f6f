//! How many orders a seller receives in a day.

use super::world::{MarketSpec, World};
use crate::sim::{Day, Distribution, Key};

/// The multiplier on the market's demand on `day`: weekday, surges, and a chance of its own.
pub(super) fn multiplier(world: &World, market: Key, day: Day) -> f64 {
    let spec = &world.market;
    let weekday = spec.weekday_profile[world.day_zero.of(day) as usize];
    weekday * surge(spec, day) * day_chance(spec, market, day)
}

fn surge(spec: &MarketSpec, day: Day) -> f64 {
    let is_in =
        |first: i32, days: u32| day.0 >= first && i64::from(day.0) < i64::from(first) + i64::from(days);
    spec.surges
        .iter()
        .filter(|surge| is_in(surge.first_day, surge.days))
        .map(|surge| surge.multiplier)
        .product()
}

fn day_chance(spec: &MarketSpec, market: Key, day: Day) -> f64 {
    if spec.day_dispersion <= 0.0 {
        return 1.0;
    }
    let law = Distribution::Gamma { shape: spec.day_dispersion.recip(), scale: spec.day_dispersion };
    let mut stream = market.child(u64::MAX).child(u64::from(day.0 as u32)).stream();
    law.draw(&mut stream).expect("a valid scenario has a valid dispersion")
}

/// Means up to this are inverted in one search.
const CHUNK_MEAN: f64 = 32.0;

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

/// Poisson numbers by inverse transform: the distribution function is searched upwards from 0.
///
/// A larger mean never gives a smaller number for the same key. The distribution function of a chunk is a running sum that
/// errs by less than 1e-14, and its uniform has 53 bits, so that no probability of a number errs by more than 1e-13 for means
/// up to 200; a chunk never exceeds 200, which a Poisson number of mean 32 does with a probability below 1e-80. What was found of the distribution
/// function is kept for the next draw, which often has the same mean.
#[derive(Debug)]
pub(super) struct PoissonSearch {
    mean: f64,
    /// The distribution function at 0, 1, ... as far as it was needed.
    below: Vec<f64>,
    /// The probability of the last number in `below`.
    probability: f64,
}

impl PoissonSearch {
    /// A search that knows nothing yet.
    pub(super) fn new() -> Self {
        Self { mean: f64::NAN, below: Vec::with_capacity(MOST + 1), probability: 0.0 }
    }

    /// A Poisson number with this mean. Large means are split: a sum of independent Poisson numbers is
    /// Poisson.
    pub(super) fn number(&mut self, mean: f64, key: Key) -> u32 {
        let mut left = mean;
        let mut purpose = 0;
        let mut total = 0;
        while left > 0.0 {
            total += self.search(left.min(CHUNK_MEAN), key.bits(purpose));
            left -= CHUNK_MEAN;
            purpose += 1;
        }
        total
    }

    fn search(&mut self, mean: f64, bits: u64) -> u32 {
        if mean.to_bits() != self.mean.to_bits() {
            self.mean = mean;
            self.probability = (-mean).exp();
            self.below.clear();
            self.below.push(self.probability);
        }
        let uniform = (bits >> 11) as f64 / 9_007_199_254_740_992.0;
        if let Some(number) = self.below.iter().position(|&below| uniform < below) {
            return number as u32;
        }
        let mut number = self.below.len() - 1;
        let mut below = self.below[number];
        while uniform >= below && number < MOST {
            number += 1;
            self.probability *= mean * RECIPROCALS[number];
            below += self.probability;
            self.below.push(below);
        }
        number as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ChiSquared, ContinuousCDF, Discrete, DiscreteCDF, Poisson};

    fn poisson(mean: f64, key: Key) -> u32 {
        PoissonSearch::new().number(mean, key)
    }

    /// The search that knows the whole distribution function of a mean.
    fn tabulated(mean: f64) -> PoissonSearch {
        let mut search = PoissonSearch::new();
        search.search(mean, u64::MAX);
        search
    }

    #[test]
    fn the_distribution_function_errs_by_less_than_its_bound() {
        for mean in [1e-9, 0.01, 0.3, 1.0, 7.7, 10.0, 31.9, CHUNK_MEAN] {
            let exact = Poisson::new(mean).unwrap();
            let search = tabulated(mean);
            assert!(search.below.len() >= 2);
            let term = |number: u64| exact.pmf(number);
            let mut sum = 0.0;
            for (number, below) in (0..).zip(&search.below) {
                sum += term(number);
                assert!((below - exact.cdf(number)).abs() < 1e-12, "{mean} at {number}");
                assert!((below - sum).abs() < 1e-12, "{mean} at {number}");
            }
        }
    }

    /// Pearson's statistic over the numbers that a million draws have at least ten times on average, both tails in one
    /// cell each, below its 99.9 % quantile.
    #[test]
    fn a_million_poisson_numbers_have_their_exact_law() {
        for (seed, mean) in (60..).zip([0.3, 10.0, 31.9, 32.1, 100.0, 1000.0]) {
            let draws = 1_000_000_u32;
            let exact = Poisson::new(mean).unwrap();
            let mut search = PoissonSearch::new();
            let parent = Key::root(seed);
            let mut counts = vec![0_u64; 2000];
            for i in 0..draws {
                counts[search.number(mean, parent.child(u64::from(i))) as usize] += 1;
            }
            let expected = |number: usize| f64::from(draws) * exact.pmf(number as u64);
            let body: Vec<usize> = (0..2000).filter(|&number| expected(number) >= 10.0).collect();
            let (first, last) = (body[0], body[body.len() - 1]);
            let square = |count: u64, expected: f64| (count as f64 - expected).powi(2) / expected.max(1e-9);
            let mut statistic: f64 =
                body.iter().map(|&number| square(counts[number], expected(number))).sum();
            let tails = [(0, first), (last + 1, 2000)].map(|(from, to)| {
                let mass: f64 = (from..to).map(expected).sum();
                (counts[from..to].iter().sum::<u64>(), mass)
            });
            statistic +=
                tails.iter().filter(|tail| tail.1 > 1.0).map(|tail| square(tail.0, tail.1)).sum::<f64>();
            let freedom = body.len() as f64 + 1.0;
            let p = ChiSquared::new(freedom).unwrap().sf(statistic);
            assert!(p > 1e-3, "{mean}: {statistic} with {freedom} degrees of freedom");
        }
    }

    /// Among a million numbers those beyond the quantile at 1 - 1e-6 are a Poisson number of mean 1 at most: more than 9
    /// have probability 1e-7.
    #[test]
    fn a_million_poisson_numbers_reach_their_tail_and_not_beyond() {
        for (seed, mean) in (70..).zip([0.3, 10.0, 100.0]) {
            let exact = Poisson::new(mean).unwrap();
            let quantile = exact.inverse_cdf(1.0 - 1e-6);
            let mut search = PoissonSearch::new();
            let parent = Key::root(seed);
            let numbers = (0..1_000_000).map(|i| u64::from(search.number(mean, parent.child(i))));
            let beyond = numbers.filter(|&number| number > quantile).count();
            assert!(beyond <= 9, "{mean}: {beyond} beyond {quantile}");
        }
    }

    #[test]
    fn what_earlier_draws_found_changes_no_later_one() {
        let mut search = PoissonSearch::new();
        for i in 0..20_000 {
            let key = Key::root(6).child(i);
            let mean = [10.0, 10.0, 0.7, 45.0][(i % 4) as usize];
            assert_eq!(search.number(mean, key), poisson(mean, key));
        }
    }

    #[test]
    fn poisson_numbers_have_equal_mean_and_variance() {
        for mean in [0.3, 10.0, 31.9, 100.0] {
            let n = 200_000_u32;
            let numbers: Vec<f64> =
                (0..n).map(|i| f64::from(poisson(mean, Key::root(5).child(u64::from(i))))).collect();
            let average = numbers.iter().sum::<f64>() / f64::from(n);
            let variance = numbers.iter().map(|x| (x - average).powi(2)).sum::<f64>() / f64::from(n);
            // Four standard errors of the mean, and of the variance of a nearly normal number.
            assert!((average - mean).abs() < 4.0 * (mean / f64::from(n)).sqrt(), "{mean}: {average}");
            let error = ((mean + 2.0 * mean * mean) / f64::from(n)).sqrt();
            assert!((variance - mean).abs() < 4.0 * error, "{mean}: {variance}");
        }
    }

    #[test]
    fn a_larger_mean_never_gives_fewer_orders() {
        for i in 0..2000 {
            let key = Key::root(9).child(i);
            let numbers: Vec<u32> = (0..60).map(|step| poisson(f64::from(step) * 1.7, key)).collect();
            assert!(numbers.windows(2).all(|pair| pair[0] <= pair[1]), "{numbers:?}");
        }
    }

    #[test]
    fn a_large_mean_is_split_over_the_purposes_of_its_key_from_the_first_on() {
        for i in 0..100 {
            let key = Key::root(7).child(i);
            let part = |mean, purpose| PoissonSearch::new().search(mean, key.bits(purpose));
            assert_eq!(poisson(70.0, key), part(CHUNK_MEAN, 0) + part(CHUNK_MEAN, 1) + part(6.0, 2));
        }
    }

    #[test]
    fn the_least_uniform_finds_nothing_and_the_largest_ends_the_search() {
        for tenths in 1..=320 {
            let mean = f64::from(tenths) / 10.0;
            assert_eq!(PoissonSearch::new().search(mean, 0), 0);
            assert!(PoissonSearch::new().search(mean, u64::MAX) as usize <= MOST);
        }
    }

    #[test]
    fn a_uniform_at_the_probability_of_nothing_finds_one() {
        let mean = 0.25_f64;
        let none = ((-mean).exp() * 9_007_199_254_740_992.0) as u64;
        let found = |uniform: u64| PoissonSearch::new().search(mean, uniform << 11);
        assert_eq!([none - 1, none].map(found), [0, 1]);
    }
}
