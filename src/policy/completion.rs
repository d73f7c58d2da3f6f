//! Completion, and the windows that it opens and closes (R9).

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::sim::{SimTime, Span, Weekday};

/// When an order completes without the buyer's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompletionRule {
    /// The platform's protection ends so long after shipment, and the order completes.
    pub protection_period: Span,
    /// A delivered order completes so long after delivery.
    pub confirmation_period: Span,
}

impl CompletionRule {
    /// The instant of automatic completion, for a parcel shipped at `shipped` and delivered at
    /// `delivered` ([`SimTime::NEVER`] for a lost one).
    #[inline]
    pub fn automatic_at(&self, shipped: SimTime, delivered: SimTime, day_zero: Weekday) -> SimTime {
        let protected_until = self.protection_period.after(shipped, day_zero);
        if delivered == SimTime::NEVER {
            return protected_until;
        }
        automatic(protected_until, self.confirmation_period.after(delivered, day_zero))
    }
}

/// When an order completes by itself: at the end of the protection or of the time to confirm, whichever comes first.
#[inline(always)]
pub fn automatic<T: Ord + Copy>(protected_until: T, confirmable_until: T) -> T {
    protected_until.min(confirmable_until)
}

/// Whether an order that completes at `completes` has done so before something happens to it, such as a dispute: what happens in the
/// instant of completion comes before it (R9).
#[inline(always)]
pub fn completes_before<T: Ord + Copy>(completes: T, at: T) -> bool {
    completes < at
}

/// When an order completes that would complete by itself at `automatic`: earlier if its buyer confirms receipt before.
#[inline(always)]
pub fn completes_at<T: Ord + Copy>(automatic: T, confirmed: T, confirms: bool) -> T {
    let at_the_latest = confirmed.min(automatic);
    if confirms { at_the_latest } else { automatic }
}
