//! Money in whole cents.

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
    /// The part of this amount, rounded to the nearest cent and never less than one cent of a positive
    /// amount (rule R1: a request lies in (0, order value]).
    #[inline]
    pub const fn part(self, fraction: Fraction) -> Self {
        let share = if fraction.0 > 1_000_000 { 1_000_000 } else { fraction.0 as i64 };
        let part = (self.0 * share + 500_000) / 1_000_000;
        Self(if part < 1 && self.0 > 0 { 1 } else { part })
    }
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
}
