//! How many orders a seller receives in a day.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::world::{MarketSpec, World};
use crate::sim::lanes::{LANES, Lanes, Vectorisable, lanes, vectorised};
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

/// After so many chunks it is asked whether to go on.
const CHUNKS_TOGETHER: u64 = 256;

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

/// Poisson numbers by inverse transform: the distribution function is searched upwards from 0, for sixteen at once.
///
/// A larger mean never gives a smaller number for the same key. The distribution function of a chunk is a running sum that
/// errs by less than 1e-14, and its uniform has 53 bits, so that no probability of a number errs by more than 1e-13 for means
/// up to 200; a chunk never exceeds 200, which a Poisson number of mean 32 does with a probability below 1e-80.
#[derive(Debug)]
pub(super) struct PoissonSearch {
    /// The means searched now, and the probability of 0 for each.
    means: Vec<f64>,
    none: Vec<f64>,
    /// The distribution function of the latest mean that all had in common.
    common: Box<Common>,
    numbers: Vec<u32>,
}

/// The distribution function of one mean at 0, 1, ...
#[derive(Debug)]
struct Common {
    mean: f64,
    below: [f64; MOST],
}

impl Common {
    fn new(mean: f64) -> Self {
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

impl PoissonSearch {
    /// Room for so many numbers, and some more to fill sixteen lanes.
    pub(super) fn new(count: usize) -> Self {
        let count = count.next_multiple_of(LANES);
        let common = Box::new(Common::new(0.0));
        Self { means: vec![0.0; count], none: vec![1.0; count], common, numbers: vec![0; count] }
    }

    /// Draws a Poisson number for each mean, under the key at its place. Large means are split: a sum of independent Poisson
    /// numbers is Poisson. False if `goes_on` stops it, which is asked now and then: a mean may have very many parts.
    pub(super) fn draw(&mut self, means: &[f64], keys: &[Key], goes_on: &dyn Fn() -> bool) -> bool {
        let largest = means.iter().fold(0.0, |largest: f64, &mean| largest.max(mean));
        let is_common = means.iter().all(|mean| mean.to_bits() == largest.to_bits());
        self.numbers.fill(0);
        let (mut purpose, mut done) = (0, 0.0);
        while done < largest {
            let part_of = |mean: f64| left_of(mean, purpose).clamp(0.0, CHUNK_MEAN);
            if is_common {
                let part = part_of(largest);
                if part.to_bits() != self.common.mean.to_bits() {
                    *self.common = Common::new(part);
                }
            } else {
                for ((part, none), &mean) in self.means.iter_mut().zip(&mut self.none).zip(means) {
                    let mean = part_of(mean);
                    if mean.to_bits() != part.to_bits() {
                        (*part, *none) = (mean, (-mean).exp());
                    }
                }
            }
            vectorised(Searching { search: self, keys, purpose, is_common });
            purpose += 1;
            done += CHUNK_MEAN;
            if purpose.is_multiple_of(CHUNKS_TOGETHER) && !goes_on() {
                return false;
            }
        }
        self.numbers[means.len()..].fill(0);
        true
    }

    /// The numbers drawn last.
    #[inline(always)]
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }
}

/// What is left of a mean after so many chunks.
fn left_of(mean: f64, chunks: u64) -> f64 {
    (0..chunks).fold(mean, |left, _| left - CHUNK_MEAN)
}

struct Searching<'a> {
    search: &'a mut PoissonSearch,
    keys: &'a [Key],
    purpose: u64,
    /// All means are the same.
    is_common: bool,
}

impl Vectorisable for Searching<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let PoissonSearch { means, none, common, numbers } = self.search;
        let laws = means.as_chunks::<LANES>().0.iter().zip(none.as_chunks::<LANES>().0);
        let keys = self.keys.as_chunks::<LANES>().0;
        if self.is_common {
            for (keys, numbers) in keys.iter().zip(numbers.as_chunks_mut::<LANES>().0) {
                let found = search_common(&common.below, &Key::bits_of(keys, self.purpose));
                let before = *numbers;
                *numbers = lanes(|lane| before[lane] + found[lane] as u32);
            }
            return;
        }
        for (((means, none), keys), numbers) in laws.zip(keys).zip(numbers.as_chunks_mut::<LANES>().0) {
            let found = search(means, none, &Key::bits_of(keys, self.purpose));
            let before = *numbers;
            *numbers = lanes(|lane| before[lane] + found[lane] as u32);
        }
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
fn search_common(below: &[f64; MOST], bits: &Lanes<u64>) -> Lanes<u64> {
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
fn search(means: &Lanes<f64>, none: &Lanes<f64>, bits: &Lanes<u64>) -> Lanes<u64> {
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
    use statrs::distribution::{ChiSquared, ContinuousCDF, Discrete, DiscreteCDF, Poisson};

    fn poisson(mean: f64, key: Key) -> u32 {
        let mut search = PoissonSearch::new(1);
        search.draw(&[mean], &[key; LANES], &|| true);
        search.numbers()[0]
    }

    fn found(mean: f64, bits: u64) -> u32 {
        search(&[mean; LANES], &[(-mean).exp(); LANES], &[bits; LANES])[0] as u32
    }

    /// Numbers with one mean under `count` children of a key.
    fn sample(mean: f64, parent: Key, count: u32) -> Vec<u32> {
        let mut search = PoissonSearch::new(count as usize);
        let keys: Vec<Key> =
            (0..u64::from(count.next_multiple_of(LANES as u32))).map(|place| parent.child(place)).collect();
        search.draw(&vec![mean; count as usize], &keys, &|| true);
        search.numbers()[..count as usize].to_vec()
    }

    #[test]
    fn a_mean_in_common_gives_the_numbers_that_it_gives_among_others() {
        let keys: Vec<Key> = (0..64).map(|place| Key::root(9).child(place)).collect();
        let (mut same, mut mixed) = (PoissonSearch::new(60), PoissonSearch::new(60));
        for mean in [1e-9, 0.3, 10.0, 31.9, CHUNK_MEAN, 75.0, 640.0] {
            let mut means = vec![mean; 60];
            same.draw(&means, &keys, &|| true);
            means[59] = mean / 2.0;
            mixed.draw(&means, &keys, &|| true);
            assert_eq!(same.numbers()[..59], mixed.numbers()[..59], "{mean}");
            assert_eq!(same.numbers()[60..], [0; 4]);
        }
        same.draw(&[0.0; 60], &keys, &|| true);
        assert_eq!(same.numbers(), [0; 64]);
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

    /// Pearson's statistic over the numbers that a million draws have at least ten times on average, both tails in one
    /// cell each, below its 99.9 % quantile.
    #[test]
    fn a_million_poisson_numbers_have_their_exact_law() {
        for (seed, mean) in (60..).zip([0.3, 10.0, 31.9, 32.1, 100.0, 1000.0]) {
            let draws = 1_000_000_u32;
            let exact = Poisson::new(mean).unwrap();
            let mut counts = vec![0_u64; 2000];
            for number in sample(mean, Key::root(seed), draws) {
                counts[number as usize] += 1;
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
            let numbers = sample(mean, Key::root(seed), 1_000_000);
            let beyond = numbers.iter().filter(|&&number| u64::from(number) > quantile).count();
            assert!(beyond <= 9, "{mean}: {beyond} beyond {quantile}");
        }
    }

    #[test]
    fn sellers_side_by_side_have_the_numbers_that_each_has_alone() {
        let sellers = 4 * LANES - 5;
        let mut search = PoissonSearch::new(sellers);
        for round in 0..200 {
            let keys: [Key; 4 * LANES] =
                std::array::from_fn(|place| Key::root(6).child(round).child(place as u64));
            let mean = |place: usize| [10.0, 0.0, 0.7, 45.0, 31.9, 100.0][(place + round as usize) % 6];
            let means: Vec<f64> = (0..sellers).map(mean).collect();
            let alone: Vec<u32> = means.iter().zip(keys).map(|(&mean, key)| poisson(mean, key)).collect();
            search.draw(&means, &keys, &|| true);
            assert_eq!(search.numbers()[..sellers], alone);
        }
    }

    #[test]
    fn poisson_numbers_have_equal_mean_and_variance() {
        for mean in [0.3, 10.0, 31.9, 100.0] {
            let n = 200_000_u32;
            let numbers: Vec<f64> = sample(mean, Key::root(5), n).into_iter().map(f64::from).collect();
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
            let part = |mean, purpose| found(mean, key.bits(purpose));
            assert_eq!(poisson(70.0, key), part(CHUNK_MEAN, 0) + part(CHUNK_MEAN, 1) + part(6.0, 2));
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
