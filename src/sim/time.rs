//! The integer clock.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, Sub};

/// Seconds in a day.
pub const DAY_SECONDS: i64 = 86_400;

/// More days than any warm-up has.
const SHIFT_DAYS: i64 = 1 << 20;

/// An instant: whole seconds from the start of the observation period, platform time.
///
/// Warm-up is negative time. The clock is an integer so that a deadline of "5 days" is 120 hours
/// to the second (rule R8) however long the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimTime(pub i64);

/// An elapsed time in whole seconds; never negative in a valid scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimDuration(pub i64);

/// A day's number: day 0 is the first of the observation period, warm-up days are negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Day(pub i32);

impl SimTime {
    /// The instant that is never reached; later than every other.
    pub const NEVER: Self = Self(i64::MAX / 4);

    /// The day that this instant falls in.
    #[inline]
    pub const fn day(self) -> Day {
        // Shifted to positive numbers, where a division by a constant is a multiplication.
        let shifted = (self.0 + SHIFT_DAYS * DAY_SECONDS) as u64 / DAY_SECONDS as u64;
        Day((shifted as i64 - SHIFT_DAYS) as i32)
    }

    /// Seconds since midnight, in `0..86_400`.
    #[inline]
    pub const fn second_of_day(self) -> u32 {
        ((self.0 + SHIFT_DAYS * DAY_SECONDS) as u64 % DAY_SECONDS as u64) as u32
    }
}

impl Day {
    /// The day that never comes; later than every other.
    pub const NEVER: Self = Self(i32::MAX);

    /// Whether it is the day that never comes.
    pub const fn is_never(self) -> bool {
        self.0 == Self::NEVER.0
    }

    /// Midnight at which the day begins.
    #[inline]
    pub const fn start(self) -> SimTime {
        SimTime(self.0 as i64 * DAY_SECONDS)
    }

    /// The day after.
    #[inline]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl SimDuration {
    /// An elapsed time of whole days.
    pub const fn from_days(days: i64) -> Self {
        Self(days * DAY_SECONDS)
    }

    /// The length in days, as a number for statistics.
    pub const fn as_days(self) -> f64 {
        self.0 as f64 / DAY_SECONDS as f64
    }
}

impl Add<SimDuration> for SimTime {
    type Output = Self;
    #[inline]
    fn add(self, elapsed: SimDuration) -> Self {
        Self(self.0 + elapsed.0)
    }
}

impl Sub for SimTime {
    type Output = SimDuration;
    #[inline]
    fn sub(self, earlier: Self) -> SimDuration {
        SimDuration(self.0 - earlier.0)
    }
}

impl fmt::Display for SimTime {
    /// Day and time of day, as in `day 12 06:30:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.second_of_day();
        write!(f, "day {} {:02}:{:02}:{:02}", self.day().0, s / 3600, s / 60 % 60, s % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_second_of_warm_up_falls_in_day_minus_one() {
        assert_eq!(SimTime(-1).day(), Day(-1));
        assert_eq!(SimTime(-1).second_of_day(), 86_399);
        assert_eq!(SimTime(0).day(), Day(0));
    }

    #[test]
    fn five_days_are_120_hours_to_the_second() {
        assert_eq!(SimDuration::from_days(5), SimDuration(120 * 3600));
    }

    #[test]
    fn an_instant_prints_its_day_and_time() {
        assert_eq!(SimTime(12 * DAY_SECONDS + 6 * 3600 + 1800).to_string(), "day 12 06:30:00");
    }
}
