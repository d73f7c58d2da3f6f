//! R13, return and refund: who must have sent the parcel back by when, and who must have confirmed it. A rule of this model, not of
//! the source article.

use crate::sim::{SimTime, Span, Weekday};

/// The platform's times for a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnRule {
    /// The buyer's time to hand the parcel over, from the instant at which the return was granted.
    pub deadline: Span,
    /// The seller's time to confirm it, from the instant at which the parcel came back.
    pub confirmation: Span,
}

impl ReturnRule {
    /// The last instant at which a parcel counts as sent back whose return was granted at `granted`.
    pub fn sent_until(&self, granted: SimTime, day_zero: Weekday) -> SimTime {
        self.deadline.after(granted, day_zero)
    }

    /// The last instant at which the seller may confirm a parcel that came back at `returned`.
    pub fn confirmed_until(&self, returned: SimTime, day_zero: Weekday) -> SimTime {
        self.confirmation.after(returned, day_zero)
    }
}
