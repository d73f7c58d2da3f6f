//! Numbers of orders a seller and day: Poisson by inverse transform, from a table that is made once.

use crate::sim::Key;

/// The mean up to which the engine inverts in one search.
const LARGEST_MEAN: f64 = 32.0;
/// Beyond this the probability is below the resolution of the uniform.
const MOST: usize = 200;
/// Bits of the uniform that choose where the search begins.
const GUIDE_BITS: u32 = 8;

/// A Poisson law.
#[derive(Debug)]
pub(super) struct Arrivals {
    /// Draws that are added up: a sum of independent Poisson numbers is Poisson.
    parts: u64,
    /// The distribution function at 0, 1, ...
    below: Vec<f64>,
    /// The least number that a uniform with these upper bits can give.
    guide: Vec<u8>,
}

impl Arrivals {
    /// A law with this mean, which is finite and not negative.
    pub(super) fn new(mean: f64) -> Self {
        let parts = (mean / LARGEST_MEAN).ceil().max(1.0);
        let mean = mean / parts;
        let mut probability = (-mean).exp();
        let mut sum = probability;
        let mut below = vec![sum];
        for number in 1..=MOST {
            // The reciprocal, as in the engine, so that the last bit is the same.
            probability *= mean * (1.0 / number as f64);
            sum += probability;
            below.push(sum);
        }
        let least = |start: usize| {
            let uniform = start as f64 / f64::from(1 << GUIDE_BITS);
            below.iter().take_while(|&&below| uniform >= below).count().min(MOST) as u8
        };
        Self { parts: parts as u64, guide: (0..1 << GUIDE_BITS).map(least).collect(), below }
    }

    /// The number that a key gives.
    #[inline]
    pub(super) fn number(&self, key: Key) -> u32 {
        (0..self.parts).map(|part| self.search(key.bits(part))).sum()
    }

    #[inline]
    fn search(&self, bits: u64) -> u32 {
        let uniform = (bits >> 11) as f64 / 9_007_199_254_740_992.0;
        let mut number = usize::from(self.guide[(bits >> (64 - GUIDE_BITS)) as usize]);
        while number < MOST && uniform >= self.below[number] {
            number += 1;
        }
        number as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_changes_no_number() {
        let arrivals = Arrivals::new(10.0);
        for i in 0..20_000 {
            let key = Key::root(3).child(i);
            let uniform = (key.bits(0) >> 11) as f64 / 9_007_199_254_740_992.0;
            let searched = arrivals.below.iter().take_while(|&&below| uniform >= below).count();
            assert_eq!(arrivals.number(key) as usize, searched);
        }
    }

    #[test]
    fn a_large_mean_is_drawn_in_parts_that_add_up_to_it() {
        let arrivals = Arrivals::new(100.0);
        assert_eq!(arrivals.parts, 4);
        let n = 20_000;
        let sum: u64 = (0..n).map(|i| u64::from(arrivals.number(Key::root(4).child(i)))).sum();
        // Four standard errors of the mean.
        assert!((sum as f64 / n as f64 - 100.0).abs() < 4.0 * 10.0 / (n as f64).sqrt());
    }
}
