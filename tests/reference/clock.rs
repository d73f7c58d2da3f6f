//! The order of events, and time that passes only while something is open.
//!
//! Instants are seconds from the start of the observation period; warm-up is negative.

use redress::sim::{Span, Weekday, WorkCalendar};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Seconds in a day.
pub(crate) const DAY: i64 = 86_400;

/// The instant that does not come.
pub(crate) const NEVER: i64 = i64::MAX / 4;

/// Who goes first in one instant: a day's close belongs to the day before; what somebody does comes before
/// what a deadline does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    Midnight,
    Deed,
    Deadline,
}

/// What happens. Requests and tickets are numbered, so that an event which has lost its object is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    DayEnds,
    HandOver(usize),
    ShipmentDue(usize),
    AskToCancel(usize),
    Deliver(usize),
    Claim(usize),
    Complete(usize),
    Answer { order: usize, request: u32 },
    Silence { order: usize, request: u32 },
    StepIn(usize),
    Rule(usize),
    SettleAfterSale(usize),
    SendBack(usize),
    ReturnDue(usize),
    ComeBack(usize),
    ConfirmReturn(usize),
    ConfirmationDue(usize),
    DeskOpens(usize),
    ServiceEnds { seller: usize, ticket: u32 },
    Appeal(usize),
    RuleAgain(usize),
}

/// Every event to come, by instant, phase and sequence.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Reverse<(i64, Phase, u64, Event)>>,
    sequence: u64,
}

impl Agenda {
    /// Notes an event; one that never comes is not noted.
    pub(crate) fn note(&mut self, at: i64, phase: Phase, event: Event) {
        if at < NEVER {
            self.heap.push(Reverse((at, phase, self.sequence, event)));
            self.sequence += 1;
        }
    }

    /// The next event with its instant.
    pub(crate) fn next(&mut self) -> Option<(i64, Event)> {
        self.heap.pop().map(|Reverse((at, _, _, event))| (at, event))
    }
}

/// The day of an instant.
pub(crate) fn day_of(at: i64) -> i64 {
    at.div_euclid(DAY)
}

/// Place of a day in the week, Monday being 0.
pub(crate) fn weekday(day_zero: Weekday, day: i64) -> usize {
    (day + day_zero as i64).rem_euclid(7) as usize
}

fn is_open(hours: &WorkCalendar, at: i64) -> bool {
    let second = at.rem_euclid(DAY);
    hours.open[weekday(hours.day_zero, day_of(at))]
        && (i64::from(hours.from)..i64::from(hours.until)).contains(&second)
}

/// The first instant at or after `at` that is open.
pub(crate) fn next_open(hours: &WorkCalendar, at: i64) -> i64 {
    if is_open(hours, at) {
        return at;
    }
    let opening = |day: i64| day * DAY + i64::from(hours.from);
    let mut day = day_of(at);
    while opening(day) < at || !is_open(hours, opening(day)) {
        day += 1;
    }
    opening(day)
}

/// When so much open time has passed; work that ends at closing time ends then.
pub(crate) fn after_work(hours: &WorkCalendar, start: i64, work: i64) -> i64 {
    let mut at = next_open(hours, start);
    let mut rest = work;
    loop {
        let closing = day_of(at) * DAY + i64::from(hours.until);
        if rest <= closing - at {
            return at + rest;
        }
        rest -= closing - at;
        at = next_open(hours, closing);
    }
}

/// When a span that began at `start` ends.
pub(crate) fn after(span: Span, start: i64, day_zero: Weekday) -> i64 {
    match span {
        Span::Elapsed(elapsed) => start + elapsed.0,
        Span::BusinessDays(days) => {
            let open = [true, true, true, true, true, false, false];
            let hours = WorkCalendar { day_zero, open, from: 0, until: DAY as u32 };
            after_work(&hours, start, i64::from(days) * DAY)
        }
        Span::Never => NEVER,
    }
}

#[test]
fn work_goes_on_where_it_stopped_and_may_end_at_closing_time() {
    let mut hours = WorkCalendar::business_days(Weekday::Thursday);
    (hours.from, hours.until) = (9 * 3600, 17 * 3600);
    let friday = DAY;
    assert_eq!(next_open(&hours, friday + 17 * 3600), 4 * DAY + 9 * 3600);
    assert_eq!(after_work(&hours, friday + 16 * 3600, 3600), friday + 17 * 3600);
    assert_eq!(after_work(&hours, friday + 16 * 3600, 3601), 4 * DAY + 9 * 3600 + 1);
}
