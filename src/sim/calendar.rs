//! Working time: weekdays, opening hours, and spans that run only while open.

#![allow(clippy::inline_always, reason = "a calendar is a constant only where what reads it is inlined")]

use super::time::{DAY_SECONDS, Day, SimDuration, SimTime};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weekday {
    /// First day of the week.
    Monday,
    /// Second day of the week.
    Tuesday,
    /// Third day of the week.
    Wednesday,
    /// Fourth day of the week.
    Thursday,
    /// Fifth day of the week.
    Friday,
    /// First day of the weekend.
    Saturday,
    /// Second day of the weekend.
    Sunday,
}

impl Weekday {
    /// Every weekday, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The weekday of `day` in a run whose day 0 is `self`.
    #[inline]
    pub const fn of(self, day: Day) -> Self {
        // Shifted by whole weeks to a positive number, where a remainder of a constant is a multiplication.
        const WEEKS: i32 = 7 << 20;
        Self::ALL[((day.0 + self as i32 + WEEKS) as u32 % 7) as usize]
    }
}

/// When work is done: on which weekdays and between which seconds of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkCalendar {
    /// The weekday of day 0.
    pub day_zero: Weekday,
    /// Open weekdays, Monday first; at least one is open.
    pub open: [bool; 7],
    /// Second of the day at which work begins, in `0..86_400`.
    pub from: u32,
    /// Second of the day at which work ends, in `from + 1..=86_400`.
    pub until: u32,
}

impl WorkCalendar {
    /// Around the clock, every day.
    pub const fn always(day_zero: Weekday) -> Self {
        Self { day_zero, open: [true; 7], from: 0, until: DAY_SECONDS as u32 }
    }

    /// Monday to Friday, around the clock: the calendar of business days.
    pub const fn business_days(day_zero: Weekday) -> Self {
        Self {
            day_zero,
            open: [true, true, true, true, true, false, false],
            from: 0,
            until: DAY_SECONDS as u32,
        }
    }

    /// Whether work never stops, so that working time is elapsed time.
    #[inline]
    pub fn is_always(&self) -> bool {
        self.from == 0 && i64::from(self.until) == DAY_SECONDS && self.open == [true; 7]
    }

    /// Whether any work is done on `day`.
    #[inline]
    pub const fn is_open_on(&self, day: Day) -> bool {
        self.open[self.day_zero.of(day) as usize]
    }

    /// The first instant at or after `at` that lies in working time.
    #[inline]
    pub fn next_open(&self, at: SimTime) -> SimTime {
        if self.is_always() { at } else { self.next_open_of_week(at) }
    }

    #[inline(never)]
    fn next_open_of_week(&self, at: SimTime) -> SimTime {
        self.opening(at)
    }

    /// [`Self::next_open`] of a calendar that is better known to the compiler than to a caller.
    #[inline(always)]
    fn opening(&self, at: SimTime) -> SimTime {
        let (day, second) = (at.day(), at.second_of_day());
        let weekday = self.day_zero.of(day) as usize;
        let week = OpenDays::of(self.open);
        if week.is_open(weekday) && second < self.until {
            return SimTime(day.start().0 + i64::from(second.max(self.from)));
        }
        let next = Day(day.0 + week.until_next(weekday) as i32);
        SimTime(next.start().0 + i64::from(self.from))
    }

    /// The instant at which `work` seconds of working time have passed since `start`.
    ///
    /// Work that ends exactly at closing time ends then, not at the next opening.
    #[inline]
    pub fn after_work(&self, start: SimTime, work: SimDuration) -> SimTime {
        if self.is_always() { start + work } else { self.after_work_of_week(start, work) }
    }

    #[inline(never)]
    fn after_work_of_week(&self, start: SimTime, work: SimDuration) -> SimTime {
        self.end_of_work(start, work)
    }

    /// [`Self::after_work`] in the same way: where the calendar is a constant, nothing is left to divide or to look up.
    #[inline(always)]
    fn end_of_work(&self, start: SimTime, work: SimDuration) -> SimTime {
        let at = self.opening(start);
        if work.0 == 0 {
            return at;
        }
        let weekday = self.day_zero.of(at.day()) as usize;
        let week = OpenDays::of(self.open);
        // Seconds worked from the week's first opening up to the last second of the work, which belongs to its shift.
        let shift = i64::from(self.until - self.from);
        let worked = week.before(weekday) * shift + i64::from(at.second_of_day() - self.from) + work.0 - 1;
        let (shifts, second) = (worked / shift, worked % shift);
        let (weeks, last) = (shifts / week.count, week.number(shifts % week.count));
        let days = 7 * weeks + last - weekday as i64;
        SimTime(at.day().start().0 + days * DAY_SECONDS + i64::from(self.from) + second + 1)
    }
}

/// The open weekdays of a week. All of it is arithmetic: of a week that the compiler knows, constants are left.
#[derive(Clone, Copy)]
pub(super) struct OpenDays {
    /// A bit a weekday, Monday first, of this week and the next.
    pub(super) bits: u32,
    count: i64,
    /// How many come before each weekday, and which weekday each of them is; four bits each.
    before: u32,
    numbers: u32,
}

impl OpenDays {
    #[inline(always)]
    pub(super) fn of(open: [bool; 7]) -> Self {
        let (mut bits, mut count, mut before, mut numbers) = (0, 0, 0, 0);
        for (weekday, is_open) in (0..).zip(open) {
            before |= count << (4 * weekday);
            numbers |= if is_open { weekday << (4 * count) } else { 0 };
            bits |= u32::from(is_open) << weekday;
            count += u32::from(is_open);
        }
        Self { bits: bits | bits << 7, count: i64::from(count), before, numbers }
    }

    #[inline(always)]
    const fn is_open(self, weekday: usize) -> bool {
        self.bits >> weekday & 1 == 1
    }

    /// Days from a weekday to the next one that is open.
    #[inline(always)]
    pub(super) const fn until_next(self, weekday: usize) -> u32 {
        (self.bits >> (weekday + 1)).trailing_zeros() + 1
    }

    /// How many of the week come before a weekday.
    #[inline(always)]
    fn before(self, weekday: usize) -> i64 {
        i64::from(self.before >> (4 * weekday) & 15)
    }

    /// The weekday of one of them, counted from 0.
    #[inline(always)]
    fn number(self, number: i64) -> i64 {
        i64::from(self.numbers >> (4 * number) & 15)
    }
}

/// The length of a rule's deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Elapsed time: "5 days" is 120 hours to the second.
    Elapsed(SimDuration),
    /// So many times 24 hours that pass on Monday to Friday only.
    BusinessDays(u16),
    /// The deadline never comes.
    Never,
}

impl Span {
    /// The instant at which the span that began at `start` ends.
    #[inline]
    pub fn after(self, start: SimTime, day_zero: Weekday) -> SimTime {
        match self {
            Self::Elapsed(length) => start + length,
            Self::BusinessDays(days) => after_business_days(start, days, day_zero),
            Self::Never => SimTime::NEVER,
        }
    }
}

#[inline(never)]
fn after_business_days(start: SimTime, days: u16, day_zero: Weekday) -> SimTime {
    WorkCalendar::business_days(day_zero).end_of_work(start, SimDuration::from_days(i64::from(days)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONDAY: Weekday = Weekday::Monday;

    fn at(day: i32, hour: i64) -> SimTime {
        SimTime(Day(day).start().0 + hour * 3600)
    }

    #[test]
    fn three_business_days_from_thursday_noon_end_on_tuesday_noon() {
        assert_eq!(Span::BusinessDays(3).after(at(3, 12), MONDAY), at(8, 12));
    }

    #[test]
    fn business_days_that_begin_on_a_weekend_begin_on_monday_midnight() {
        assert_eq!(Span::BusinessDays(1).after(at(5, 12), MONDAY), at(8, 0));
    }

    #[test]
    fn elapsed_days_do_not_know_the_weekend() {
        let five = Span::Elapsed(SimDuration::from_days(5));
        assert_eq!(five.after(at(3, 12), MONDAY), at(8, 12));
    }

    #[test]
    fn office_hours_carry_unfinished_work_to_the_next_morning() {
        let office = WorkCalendar { from: 9 * 3600, until: 17 * 3600, ..WorkCalendar::business_days(MONDAY) };
        let done = office.after_work(at(4, 16), SimDuration(2 * 3600));
        assert_eq!(done, at(7, 10), "an hour on Friday, the other on Monday");
        assert_eq!(office.after_work(at(4, 16), SimDuration(3600)), at(4, 17));
        assert_eq!(office.next_open(at(4, 17)), at(7, 9));
    }

    #[test]
    fn long_work_agrees_with_the_same_work_done_hour_by_hour() {
        let office = WorkCalendar { from: 9 * 3600, until: 17 * 3600, ..WorkCalendar::business_days(MONDAY) };
        let mut slow = at(2, 3);
        for hours in 1..400 {
            slow = office.after_work(slow, SimDuration(3600));
            assert_eq!(office.after_work(at(2, 3), SimDuration(hours * 3600)), slow);
        }
    }

    #[test]
    fn work_second_by_second_ends_where_work_done_at_once_ends() {
        let shop = WorkCalendar {
            open: [false, true, false, false, true, true, false],
            from: 40_000,
            until: 40_003,
            day_zero: Weekday::Sunday,
        };
        for start in [at(-9, 0), at(-3, 12), at(0, 11), at(2, 20), SimTime(2 * 86_400 + 40_001)] {
            let mut slow = shop.next_open(start);
            assert_eq!(shop.after_work(start, SimDuration(0)), slow);
            for work in 1..100 {
                slow = SimTime(shop.next_open(slow).0 + 1);
                assert_eq!(shop.after_work(start, SimDuration(work)), slow, "{work} from {start:?}");
            }
        }
    }

    #[test]
    fn negative_days_keep_their_weekday() {
        assert_eq!(MONDAY.of(Day(-1)), Weekday::Sunday);
        assert_eq!(MONDAY.of(Day(-7)), Weekday::Monday);
    }
}
