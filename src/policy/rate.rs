//! Rates held against thresholds in whole numbers.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

const BILLION: u64 = 1_000_000_000;

/// A threshold share in billionths, at most so many: a product with a 32-bit count fits into 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(pub u64);

impl Rate {
    /// From a share in `[0, 1]`.
    pub fn new(share: f64) -> Self {
        Self((share * 1e9).round() as u64)
    }

    /// The share as a number.
    pub fn share(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// Whether `count` of `total` is above this rate, by cross-multiplication; never true of no total.
    ///
    /// No branch decides, so that many can be held against it side by side.
    #[inline(always)]
    #[allow(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch, which lanes cannot take")]
    pub const fn is_exceeded_by(self, count: u32, total: u32) -> bool {
        (total > 0) & (count as u64 * BILLION > self.0 * total as u64)
    }

    /// Whether `count` of `total` is at or above this rate; never true of no total.
    #[inline]
    pub const fn is_reached_by(self, count: u32, total: u32) -> bool {
        total > 0 && count as u64 * BILLION >= self.0 * total as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_equal_to_the_threshold_does_not_exceed_it() {
        let three_percent = Rate::new(0.03);
        assert!(!three_percent.is_exceeded_by(3, 100));
        assert!(three_percent.is_exceeded_by(4, 100));
        assert!(three_percent.is_reached_by(3, 100));
        assert!(!three_percent.is_reached_by(0, 0));
    }

    #[test]
    fn a_count_without_a_total_exceeds_no_rate() {
        assert!(!Rate::new(0.03).is_exceeded_by(1, 0));
    }
}
