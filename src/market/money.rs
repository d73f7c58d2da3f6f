//! Money in whole cents.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};

/// An amount in minor units (cents); never negative in a settled account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Money(pub i64);

/// A sum of amounts in cents: wide enough for any number of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct MoneySum(pub i128);

/// A part of an amount in millionths, in `0..=1_000_000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fraction(pub u32);

impl Fraction {
    /// The whole amount.
    pub const ONE: Self = Self(1_000_000);
    /// Nothing of it.
    pub const ZERO: Self = Self(0);
}

impl Money {
    /// The part of an order's amount ([`part_of`]).
    ///
    /// # Panics
    /// If the amount is not that of an order: negative, or 2^32 cents and more.
    #[inline]
    pub const fn part(self, fraction: Fraction) -> Self {
        Self(part_of(self.cents(), fraction.0) as i64)
    }

    /// The cents of an order's amount.
    ///
    /// # Panics
    /// As [`Self::part`].
    #[inline]
    pub const fn cents(self) -> u32 {
        assert!(self.0 >= 0 && self.0 <= u32::MAX as i64, "no order is worth so much");
        self.0 as u32
    }
}

impl From<u32> for Money {
    fn from(cents: u32) -> Self {
        Self(i64::from(cents))
    }
}

/// The part of an amount of an order in cents, a fraction of it in millionths: rounded to the nearest cent and never less than one
/// cent of a positive amount (R1: a request lies in (0, order value]). What an order is worth has 32 bits.
#[inline(always)]
pub const fn part_of(amount: u32, fraction: u32) -> u32 {
    const WHOLE: u32 = Fraction::ONE.0;
    let share = if fraction > WHOLE { WHOLE } else { fraction };
    let part = millionth(amount as u64 * share as u64 + WHOLE as u64 / 2);
    if part == 0 && amount > 0 { 1 } else { part }
}

/// A millionth, rounded down, of a number of which that is below 2^32.
///
/// A division would be done lane by lane: there are no vector instructions for it, nor for the upper half of a product of 64
/// bits. Products of 32 bits come within two of the quotient, and the remainder tells the rest.
#[inline(always)]
pub const fn millionth(number: u64) -> u32 {
    const MILLION: u32 = 1_000_000;
    /// 2^52 / 1,000,000 rounded down, less 2^32.
    const INVERSE: u64 = (1 << 52) / MILLION as u64 - (1 << 32);
    let upper = (number >> 20) as u32;
    let nearly = upper + ((upper as u64 * INVERSE) >> 32) as u32;
    let rest = (number as u32).wrapping_sub(nearly.wrapping_mul(MILLION));
    nearly + (rest >= MILLION) as u32 + (rest >= 2 * MILLION) as u32
}

impl Add for Money {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl AddAssign for Money {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Money {
    #[inline]
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Add::add)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        MoneySum(i128::from(self.0)).fmt(f)
    }
}

impl From<Money> for MoneySum {
    fn from(amount: Money) -> Self {
        Self(i128::from(amount.0))
    }
}

impl Add for MoneySum {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for MoneySum {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl AddAssign<Money> for MoneySum {
    #[inline]
    fn add_assign(&mut self, amount: Money) {
        self.0 += i128::from(amount.0);
    }
}

impl fmt::Display for MoneySum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_rounded_to_the_cent_and_never_zero() {
        assert_eq!(Money(999).part(Fraction(500_000)), Money(500));
        assert_eq!(Money(999).part(Fraction::ONE), Money(999));
        assert_eq!(Money(1).part(Fraction(1)), Money(1));
    }

    #[test]
    fn amounts_print_with_two_decimals() {
        assert_eq!(Money(-1205).to_string(), "-12.05");
        assert_eq!(MoneySum(i128::from(u64::MAX) * 100).to_string(), "18446744073709551615.00");
    }

    #[test]
    fn a_millionth_is_the_quotient_at_both_ends_of_every_stretch_of_a_million() {
        let quotients = (0..2000).chain((1..32).flat_map(|bit| [(1 << bit) - 1, 1 << bit, (1 << bit) + 1]));
        let quotients =
            quotients.chain((0..100_000_u64).map(|draw| u64::from((draw as u32).wrapping_mul(0x9E37_79B9))));
        for quotient in quotients.chain([u64::from(u32::MAX)]) {
            for rest in [0, 1, 499_999, 500_000, 999_998, 999_999] {
                assert_eq!(u64::from(millionth(quotient * 1_000_000 + rest)), quotient, "{quotient} {rest}");
            }
        }
    }

    #[test]
    fn a_part_is_the_exact_product_rounded_to_the_nearest_cent() {
        for amount in [1, 2, 999, 123_456_789, u32::MAX] {
            for fraction in [0, 1, 499_999, 500_000, 999_999, 1_000_000, 2_000_000] {
                let exact = (u64::from(amount) * u64::from(fraction.min(1_000_000)) + 500_000) / 1_000_000;
                assert_eq!(u64::from(part_of(amount, fraction)), exact.max(1), "{amount} {fraction}");
            }
        }
        assert_eq!(part_of(0, 1_000_000), 0);
    }
}
