//! Numbers of orders a seller and day: Poisson by inverse transform, from a table that is made once.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::sim::Key;
use crate::sim::lanes::{LANES, Lanes, lanes};

/// The mean up to which the engine inverts in one search.
const LARGEST_MEAN: f64 = 32.0;
/// Beyond this the probability is below the resolution of the uniform.
const MOST: usize = 200;
/// Bits of the uniform that choose where the search begins.
const GUIDE_BITS: u32 = 8;
/// Places of the tables: no search leaves them.
const PLACES: usize = 1 << GUIDE_BITS;
/// Uniforms have this many bits, as in the engine.
const UNIFORM_BITS: u32 = 53;

/// A Poisson law.
#[derive(Debug)]
pub(super) struct Arrivals {
    /// Draws that are added up: a sum of independent Poisson numbers is Poisson.
    parts: u64,
    /// The distribution function at 0, 1, ..., as the least uniform that lies above it; from [`MOST`] on none does.
    below: [u64; PLACES],
    /// The least number that a uniform with these upper bits can give.
    guide: [u32; PLACES],
}

impl Arrivals {
    /// A law with this mean, which is finite and not negative.
    pub(super) fn new(mean: f64) -> Self {
        let parts = (mean / LARGEST_MEAN).ceil().max(1.0);
        let mean = mean / parts;
        let mut probability = (-mean).exp();
        let mut sum = probability;
        let mut below = [u64::MAX; PLACES];
        for (number, below) in below[..MOST].iter_mut().enumerate() {
            // Exact: a power of two moves no digit.
            *below = (sum * 2.0_f64.powi(UNIFORM_BITS as i32)).ceil() as u64;
            // The reciprocal, as in the engine, so that the last bit is the same.
            probability *= mean * (1.0 / (number + 1) as f64);
            sum += probability;
        }
        let guide = std::array::from_fn(|start| {
            let uniform = (start as u64) << (UNIFORM_BITS - GUIDE_BITS);
            below.iter().take_while(|&&below| uniform >= below).count() as u32
        });
        Self { parts: parts as u64, below, guide }
    }

    /// The numbers that sixteen keys give.
    #[inline(always)]
    pub(super) fn of_lanes(&self, keys: &Lanes<Key>) -> Lanes<u32> {
        let mut numbers = [0; LANES];
        for part in 0..self.parts {
            let found = self.search(&Key::bits_of(keys, part));
            numbers = lanes(|lane| numbers[lane] + found[lane]);
        }
        numbers
    }

    #[inline(always)]
    fn search(&self, bits: &Lanes<u64>) -> Lanes<u32> {
        let uniforms = lanes(|lane| bits[lane] >> (u64::BITS - UNIFORM_BITS));
        let mut numbers = lanes(|lane| self.guide[(bits[lane] >> (u64::BITS - GUIDE_BITS)) as usize]);
        loop {
            let goes_on =
                lanes(|lane| u32::from(uniforms[lane] >= self.below[numbers[lane] as usize % PLACES]));
            if goes_on.iter().fold(0, |any, one| any | one) == 0 {
                return numbers;
            }
            numbers = lanes(|lane| numbers[lane] + goes_on[lane]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of sixteen children of a key.
    fn numbers(arrivals: &Arrivals, parent: Key) -> Lanes<u32> {
        arrivals.of_lanes(&lanes(|lane| parent.child(lane as u64)))
    }

    #[test]
    fn the_guide_changes_no_number() {
        for mean in [0.01, 10.0, 32.0] {
            let arrivals = Arrivals::new(mean);
            for i in 0..2000 {
                let parent = Key::root(3).child(i);
                for (child, number) in (0..).zip(numbers(&arrivals, parent)) {
                    let uniform = (parent.child(child).bits(0) >> 11) as f64 / 9_007_199_254_740_992.0;
                    let (mut probability, mut below, mut searched) = ((-mean).exp(), (-mean).exp(), 0);
                    while uniform >= below {
                        searched += 1;
                        probability *= mean * (1.0 / f64::from(searched));
                        below += probability;
                    }
                    assert_eq!(number, searched, "mean {mean}");
                }
            }
        }
    }

    #[test]
    fn the_largest_uniform_ends_the_search() {
        for mean in [0.0, 1e-9, 10.0, 32.0] {
            let found = Arrivals::new(mean).search(&[u64::MAX; LANES]);
            assert!(found[0] as usize <= MOST, "mean {mean}: {}", found[0]);
        }
    }

    #[test]
    fn a_large_mean_is_drawn_in_parts_that_add_up_to_it() {
        let arrivals = Arrivals::new(100.0);
        assert_eq!(arrivals.parts, 4);
        let n = 20_000;
        let drawn = (0..n / LANES as u64).flat_map(|i| numbers(&arrivals, Key::root(4).child(i)));
        let sum: u64 = drawn.map(u64::from).sum();
        // Four standard errors of the mean.
        assert!((sum as f64 / n as f64 - 100.0).abs() < 4.0 * 10.0 / (n as f64).sqrt());
    }
}
