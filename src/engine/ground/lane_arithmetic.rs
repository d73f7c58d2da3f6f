//! Arithmetic of lanes: what happens, parts of deadlines, and ends of spans, in seconds after a day's start.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::columns::SECONDS_LATER;
use crate::market::Fraction;
use crate::market::money::millionth;
use crate::sim::lanes::{LANES, Lanes, lanes, saturating_sum};
use crate::sim::random;
use crate::sim::{Day, SimTime, Span, Weekday};

/// No instant that matters, in seconds after a day's start.
pub(crate) const NEVER: u32 = u32::MAX;

/// Whether a uniform falls below a chance of this ceiling.
#[inline(always)]
pub(crate) const fn happens(uniform: u32, ceiling: u32) -> u32 {
    random::happens(uniform, ceiling) as u32
}

/// So many millionths of the time from one instant to a deadline.
#[inline(always)]
pub(crate) fn part_of_deadline(from: u32, due: u32, millionths: u32) -> u32 {
    let product = u64::from(due - from) * u64::from(millionths);
    // From this on, a millionth has more than 32 bits.
    let is_far = (product >> 32) as u32 >= Fraction::ONE.0;
    let within = millionth(if is_far { 0 } else { product });
    if is_far { NEVER } else { within }
}

/// An instant in seconds after a day's start; those before it are its start.
#[inline(always)]
pub(crate) fn second(at: SimTime, day: Day) -> u32 {
    (at - day.start()).0.clamp(0, SECONDS_LATER) as u32
}

/// The instant so many seconds after a day's start.
#[inline]
pub(crate) const fn instant(day: Day, seconds: u32) -> SimTime {
    SimTime(day.start().0 + seconds as i64)
}

/// Where a span ends that begins so many seconds after the day's start.
#[inline(always)]
pub(crate) fn after(span: Span, day_zero: Weekday, day: Day, begins: &Lanes<u32>) -> Lanes<u32> {
    after_if(span, day_zero, day, begins, &[1; LANES])
}

/// [`after`] where that matters; business days are counted one by one.
#[inline(always)]
pub(crate) fn after_if(
    span: Span,
    day_zero: Weekday,
    day: Day,
    begins: &Lanes<u32>,
    matters: &Lanes<u32>,
) -> Lanes<u32> {
    match span {
        Span::Elapsed(length) => {
            let length = length.0.min(SECONDS_LATER) as u32;
            lanes(|lane| saturating_sum(begins[lane], length))
        }
        Span::Never => [NEVER; LANES],
        Span::BusinessDays(_) => {
            let start = day.start();
            lanes(|lane| {
                if matters[lane] == 0 {
                    return NEVER;
                }
                let end = span.after(SimTime(start.0 + i64::from(begins[lane])), day_zero);
                (end - start).0.min(SECONDS_LATER) as u32
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_deadline_is_rounded_down_and_never_comes_if_it_is_too_far() {
        for within in [0, 1, 999_999, 5 * 86_400, 1 << 20, u32::MAX - 1, u32::MAX] {
            for millionths in [0, 1, 333_333, 999_999, 1_000_000, 1_000_001, 3_999_999_999, u32::MAX] {
                let exact = u64::from(within) * u64::from(millionths) / 1_000_000;
                let wanted = u32::try_from(exact).unwrap_or(NEVER);
                let due = 7_u32.saturating_add(within);
                let from = due - within;
                assert_eq!(part_of_deadline(from, due, millionths), wanted, "{within} {millionths}");
            }
        }
    }
}
