//! When doors open next, for many instants side by side.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::calendar::{OpenDays, WorkCalendar};
use super::lanes::{Lanes, lanes};
use super::time::{DAY_SECONDS, Day, SimTime};

/// Instants so many seconds ahead are not told apart: they lie beyond any horizon.
const FAR: u32 = 40_000 * DAY_SECONDS as u32;

/// Bits that hold the days until the next open weekday.
const GAP_BITS: u32 = 4;

/// A working calendar as numbers that lanes can compute with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpeningHours {
    calendar: WorkCalendar,
    /// A bit a weekday, Monday first; those of the next week follow.
    open: u32,
    /// [`GAP_BITS`] a weekday: days until the next one that is open.
    gaps: u32,
}

impl OpeningHours {
    /// The hours of a calendar.
    pub fn new(calendar: &WorkCalendar) -> Self {
        let week = OpenDays::of(calendar.open);
        Self {
            calendar: *calendar,
            open: week.bits,
            gaps: (0..7).map(|weekday| week.until_next(weekday) << (GAP_BITS * weekday as u32)).sum(),
        }
    }

    /// The first instant at or after `at` that lies in working time.
    pub fn next_open(&self, at: SimTime) -> SimTime {
        self.calendar.next_open(at)
    }

    /// The same for each lane, in seconds from the start of `day`; what lies further ahead than any horizon stays there.
    #[inline(always)]
    pub fn next_open_after(&self, day: Day, seconds: &Lanes<u32>) -> Lanes<u32> {
        const DAY: u32 = DAY_SECONDS as u32;
        let first = self.calendar.day_zero.of(day) as u32;
        let (from, until) = (self.calendar.from, self.calendar.until);
        lanes(|lane| {
            let at = seconds[lane].min(FAR);
            let days = at / DAY;
            let second = at - days * DAY;
            let weekday = modulo_7(first + days);
            let today = days * DAY + second.max(from);
            let gap = (self.gaps >> (GAP_BITS * weekday)) & ((1 << GAP_BITS) - 1);
            let later = (days + gap) * DAY + from;
            #[allow(clippy::needless_bitwise_bool, reason = "a branch a lane would end the lanes")]
            let is_open = ((self.open >> weekday) & 1 == 1) & (second < until);
            if is_open { today } else { later }
        })
    }
}

/// The remainder of a number of days below 43,690, by a product that fits into 32 bits: one instruction a lane.
#[inline(always)]
const fn modulo_7(days: u32) -> u32 {
    const SHIFT: u32 = 18;
    const SEVENTH: u32 = (1_u32 << SHIFT).div_ceil(7);
    days - 7 * (days.wrapping_mul(SEVENTH) >> SHIFT)
}

const _: () = assert!(FAR / DAY_SECONDS as u32 + 7 < 43_690);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::calendar::Weekday;

    #[test]
    fn a_weekday_is_the_remainder_for_all_days_that_are_told_apart() {
        assert!((0..43_690).all(|days| modulo_7(days) == days % 7));
    }

    #[test]
    fn lanes_open_when_the_calendar_opens() {
        let monday = Weekday::Monday;
        let calendars = [
            WorkCalendar::always(monday),
            WorkCalendar::business_days(Weekday::Thursday),
            WorkCalendar { from: 9 * 3600, until: 17 * 3600, ..WorkCalendar::business_days(monday) },
            WorkCalendar {
                open: [false, false, true, false, false, false, false],
                from: 3600,
                ..WorkCalendar::always(monday)
            },
        ];
        for calendar in calendars {
            let hours = OpeningHours::new(&calendar);
            for day in (-9..9).map(Day) {
                for first in (0..20 * 86_400).step_by(7919) {
                    let seconds = lanes(|lane| first + 1800 * lane as u32);
                    let opened = hours.next_open_after(day, &seconds);
                    for (&second, opened) in seconds.iter().zip(opened) {
                        let at = SimTime(day.start().0 + i64::from(second));
                        assert_eq!(day.start().0 + i64::from(opened), calendar.next_open(at).0);
                    }
                }
            }
            assert!(hours.next_open_after(Day(0), &[u32::MAX; 16]).iter().all(|&at| at >= FAR));
        }
    }
}
