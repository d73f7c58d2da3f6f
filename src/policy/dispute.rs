//! Rules R1, R6, R8 and R9: who may dispute when, and until when the seller may answer.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::sim::{SimDuration, SimTime, Span, Weekday};

/// What the platform does when the seller stays silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SilenceOutcome {
    /// It executes the amount that the buyer asked for (R8).
    Refund,
    /// It takes the case over and rules.
    Platform,
}

/// The platform's rules for disputes about shipped orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisputeRule {
    /// A dispute may open so long after shipment.
    pub opens_after: SimDuration,
    /// A promise shorter than this lets a dispute open at once.
    pub opens_at_once_below: SimDuration,
    /// The seller's time to answer, from filing or from the latest modification (R8).
    pub response_deadline: Span,
    /// What silence leads to.
    pub silence: SilenceOutcome,
    /// A dispute may be filed until so long after completion (R9).
    pub after_completion: Span,
    /// A rejected dispute goes to the platform so long after filing, or at the rejection if that is later.
    pub platform_steps_in: Span,
    /// How many times a buyer may modify a rejected request.
    pub modifications: u8,
}

impl DisputeRule {
    /// The earliest instant at which a dispute about a parcel shipped at `shipped` may be filed.
    #[inline]
    pub fn opens_at(&self, shipped: SimTime, promise: SimDuration) -> SimTime {
        opens(shipped, shipped + self.opens_after, promise < self.opens_at_once_below)
    }

    /// Whether a dispute filed at `filed` about an order completed at `completed` is still admitted: the
    /// last instant of the window is (R9).
    #[inline]
    pub fn admits(&self, filed: SimTime, completed: SimTime, day_zero: Weekday) -> bool {
        is_in_time(filed, self.after_completion.after(completed, day_zero))
    }

    /// The last instant at which an answer to a request counts (R8): the seller's silence deadline of 120 hours, or whatever the
    /// platform sets, is decided here and nowhere else. `ends` tells when a span is over that begins with the request, of one
    /// dispute or of sixteen. An answer at that very instant is [in time](is_in_time); what follows without one, [`Self::silence`]
    /// says.
    #[inline(always)]
    pub fn answer_due<T>(&self, ends: impl FnOnce(Span) -> T) -> T {
        ends(self.response_deadline)
    }

    /// Whether a buyer who is rejected in a round, counted from 0, may ask for less: it has asked for more than a cent, and has
    /// not modified too often.
    #[inline(always)]
    pub const fn may_modify(&self, round: u8, requested: u32) -> bool {
        round < self.modifications && requested > 1
    }
}

/// When a dispute may open: at once where the parcel is promised soon, otherwise later.
#[inline(always)]
pub fn opens<T>(shipped: T, later: T, is_promised_soon: bool) -> T {
    if is_promised_soon { shipped } else { later }
}

/// Whether something that was to happen by an instant does: the last instant is in time (R8, R9).
#[inline(always)]
pub fn is_in_time<T: Ord + Copy>(at: T, due: T) -> bool {
    at <= due
}

/// When the platform takes over: at once from a silent seller, otherwise when it steps in or at a later rejection.
#[inline(always)]
pub fn taken_over_at<T: Ord + Copy>(decided: T, steps_in: T, is_silent: bool) -> T {
    let of_rejected = decided.max(steps_in);
    if is_silent { decided } else { of_rejected }
}
