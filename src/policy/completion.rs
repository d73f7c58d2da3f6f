//! Completion, and the windows that it opens and closes (R9).

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
        protected_until.min(self.confirmation_period.after(delivered, day_zero))
    }
}
