//! Poisson numbers of many means at once.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::poisson_chunk::{CHUNK_MEAN, Common, search, search_common};
use crate::sim::Key;
use crate::sim::lanes::{LANES, Vectorisable, lanes, vectorised};

/// The largest mean: a number of it exceeds 32 bits with a probability below 1e-100.
const MOST_MEAN: f64 = 4.29e9;

/// After so many chunks it is asked whether to go on.
const CHUNKS_TOGETHER: u64 = 256;

/// Poisson numbers by inverse transform: the distribution function is searched upwards from 0, for sixteen at once.
///
/// A larger mean never gives a smaller number for the same key. The distribution function of a chunk is a running sum that
/// errs by less than 1e-14, and its uniform has 53 bits, so that no probability of a number errs by more than 1e-13 for means
/// up to 200; a chunk never exceeds 200, which a Poisson number of mean 32 does with a probability below 1e-80.
#[derive(Debug)]
pub(crate) struct PoissonSearch {
    /// What is left of each mean, and the places of the sixteens in which something is left.
    left: Vec<f64>,
    open: Vec<u32>,
    /// The means searched now, and the probability of 0 for each.
    means: Vec<f64>,
    none: Vec<f64>,
    /// The distribution function of the latest mean that all had in common.
    common: Box<Common>,
    numbers: Vec<u32>,
}

impl PoissonSearch {
    /// Room for so many numbers, and some more to fill sixteen lanes.
    pub(crate) fn new(count: usize) -> Self {
        let count = count.next_multiple_of(LANES);
        let common = Box::new(Common::new(0.0));
        Self {
            left: vec![0.0; count],
            open: Vec::with_capacity(count / LANES),
            means: vec![0.0; count],
            none: vec![1.0; count],
            common,
            numbers: vec![0; count],
        }
    }

    /// Draws a Poisson number for each mean, under the key at its place. Large means are split: a sum of independent Poisson
    /// numbers is Poisson. False if `goes_on` stops it, which is asked now and then: a mean may have very many parts.
    ///
    /// Takes time in proportion to the means, and as long for a sixteen of them as for the largest of it.
    ///
    /// # Panics
    /// If a mean is so large that its number may not fit in 32 bits.
    pub(crate) fn draw(&mut self, means: &[f64], keys: &[Key], goes_on: &dyn Fn() -> bool) -> bool {
        let largest = means.iter().fold(0.0, |largest: f64, &mean| largest.max(mean));
        assert!(
            largest <= MOST_MEAN,
            "a seller has {largest:.3e} orders a day on average, and a day can hold at most {MOST_MEAN:e}: lower \
             market.orders_per_day, market.surges or market.day_dispersion"
        );
        let is_common = means.iter().all(|mean| mean.to_bits() == largest.to_bits());
        self.numbers.fill(0);
        if !is_common {
            self.left[..means.len()].copy_from_slice(means);
            self.open.clear();
            self.open.extend(0..means.len().div_ceil(LANES) as u32);
        }
        let (mut purpose, mut left) = (0, largest);
        while left > 0.0 {
            if is_common {
                let part = left.min(CHUNK_MEAN);
                if part.to_bits() != self.common.mean.to_bits() {
                    *self.common = Common::new(part);
                }
            } else {
                self.begin_chunk();
            }
            vectorised(Searching { search: self, keys, purpose, is_common });
            purpose += 1;
            left -= CHUNK_MEAN;
            if purpose.is_multiple_of(CHUNKS_TOGETHER) && !goes_on() {
                return false;
            }
        }
        self.numbers[means.len()..].fill(0);
        true
    }

    /// Takes a chunk of what is left of each mean.
    fn begin_chunk(&mut self) {
        let Self { left, open, means, none, .. } = self;
        open.retain(|&place| {
            let places = place as usize * LANES..(place as usize + 1) * LANES;
            let mut is_open = false;
            for ((left, mean), none) in
                left[places.clone()].iter_mut().zip(&mut means[places.clone()]).zip(&mut none[places])
            {
                let part = left.clamp(0.0, CHUNK_MEAN);
                is_open |= part > 0.0;
                if part.to_bits() != mean.to_bits() {
                    (*mean, *none) = (part, (-part).exp());
                }
                *left -= CHUNK_MEAN;
            }
            is_open
        });
    }

    /// The numbers drawn last.
    #[inline(always)]
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.numbers
    }
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
        let PoissonSearch { open, means, none, common, numbers, .. } = self.search;
        let keys = self.keys.as_chunks::<LANES>().0;
        if self.is_common {
            for (keys, numbers) in keys.iter().zip(numbers.as_chunks_mut::<LANES>().0) {
                let found = search_common(&common.below, &Key::bits_of(keys, self.purpose));
                let before = *numbers;
                *numbers = lanes(|lane| before[lane] + found[lane] as u32);
            }
            return;
        }
        let (means, none) = (means.as_chunks::<LANES>().0, none.as_chunks::<LANES>().0);
        let numbers = numbers.as_chunks_mut::<LANES>().0;
        for &place in open.iter() {
            let place = place as usize;
            let found = search(&means[place], &none[place], &Key::bits_of(&keys[place], self.purpose));
            let before = numbers[place];
            numbers[place] = lanes(|lane| before[lane] + found[lane] as u32);
        }
    }
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
            let part = |mean: f64, purpose| {
                search(&[mean; LANES], &[(-mean).exp(); LANES], &[key.bits(purpose); LANES])[0] as u32
            };
            assert_eq!(poisson(70.0, key), part(CHUNK_MEAN, 0) + part(CHUNK_MEAN, 1) + part(6.0, 2));
        }
    }

    /// Ten times the mean takes about ten times as long; that of 10 million was searched for minutes when each chunk counted
    /// those before it.
    #[test]
    fn a_mean_of_ten_million_is_drawn_at_once() {
        let (mean, key) = (1e7, Key::root(3));
        let number = poisson(mean, key);
        assert!((f64::from(number) - mean).abs() < 5.0 * mean.sqrt(), "{number}");
        let mut search = PoissonSearch::new(64);
        let keys: Vec<Key> = (0..64).map(|place| if place == 20 { key } else { key.child(place) }).collect();
        let mut means = vec![0.5; 64];
        means[20] = mean;
        search.draw(&means, &keys, &|| true);
        assert_eq!(search.numbers()[20], number);
        assert!(search.numbers()[40] < 20);
    }

    #[test]
    #[should_panic(expected = "lower market.orders_per_day")]
    fn a_mean_beyond_what_a_number_can_hold_stops_the_run() {
        PoissonSearch::new(1).draw(&[4.3e9], &[Key::root(1); LANES], &|| true);
    }
}
