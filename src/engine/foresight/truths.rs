//! Arithmetic of lanes: truths that are 0 or 1, parts of amounts, and ends of spans.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::engine::batch::SECONDS_LATER;
use crate::engine::tables::Tables;
use crate::market::Fraction;
use crate::sim::lanes::{LANES, Lanes, lanes, saturating_sum};
use crate::sim::{Day, SimTime, Span};

/// No instant that matters, in seconds after a day's start.
pub(super) const NEVER: u32 = u32::MAX;

/// Whether a uniform, which must not be 0, falls below a chance of this ceiling.
#[inline(always)]
pub(super) const fn happens(uniform: u32, ceiling: u32) -> u32 {
    (uniform <= ceiling) as u32
}

/// One number or, if it is not true, another.
#[inline(always)]
pub(super) const fn either(first: u32, truth: u32, second: u32) -> u32 {
    if truth == 1 { first } else { second }
}

/// Something, if it is true.
#[inline(always)]
pub(super) const fn bit(truth: u32, fact: u32) -> u32 {
    if truth == 1 { fact } else { 0 }
}

/// What [`crate::market::Money::part`] is of an amount below 2^32.
#[inline(always)]
pub(super) const fn part(amount: u32, fraction: u32) -> u32 {
    const WHOLE: u64 = Fraction::ONE.0 as u64;
    let share = if fraction as u64 > WHOLE { WHOLE } else { fraction as u64 };
    let part = ((amount as u64 * share + WHOLE / 2) / WHOLE) as u32;
    if part == 0 && amount > 0 { 1 } else { part }
}

/// So many millionths of the time from one instant to a deadline.
#[inline(always)]
pub(super) fn part_of_deadline(from: u32, due: u32, millionths: u32) -> u32 {
    let within = u64::from(due - from) * u64::from(millionths) / u64::from(Fraction::ONE.0);
    within.min(u64::from(NEVER)) as u32
}

/// An instant in seconds after a day's start; those before it are its start.
#[inline(always)]
pub(super) fn second(at: SimTime, day: Day) -> u32 {
    (at - day.start()).0.clamp(0, SECONDS_LATER) as u32
}

/// Where a span ends that begins so many seconds after the day's start.
#[inline(always)]
pub(super) fn after(span: Span, tables: &Tables, day: Day, begins: &Lanes<u32>) -> Lanes<u32> {
    after_if(span, tables, day, begins, &[1; LANES])
}

/// [`after`] where that matters; business days are counted one by one.
#[inline(always)]
pub(super) fn after_if(
    span: Span,
    tables: &Tables,
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
            let (start, zero) = (day.start(), tables.world.day_zero);
            lanes(|lane| {
                if matters[lane] == 0 {
                    return NEVER;
                }
                let end = span.after(SimTime(start.0 + i64::from(begins[lane])), zero);
                (end - start).0.min(SECONDS_LATER) as u32
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::Money;

    #[test]
    fn a_part_in_lanes_is_that_of_the_amount() {
        for amount in [0, 1, 2, 999, 123_456_789, u32::MAX] {
            for fraction in [0, 1, 499_999, 500_000, 999_999, 1_000_000, 2_000_000] {
                let exact = Money(i64::from(amount)).part(Fraction(fraction));
                assert_eq!(i64::from(part(amount, fraction)), exact.0, "{amount} {fraction}");
            }
        }
    }
}
