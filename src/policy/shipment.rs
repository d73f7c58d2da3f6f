//! Rule R4, the unshipped order: the deadline for handing over the parcel.

use crate::sim::{SimTime, Span, Weekday};

/// By when an order must be shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShipmentRule {
    /// An order not shipped so long after placement is closed by the platform, refunded in full and
    /// counted as a transaction not sold.
    pub deadline: Span,
}

impl ShipmentRule {
    /// Whether a parcel handed over at `shipped` is in time; the deadline's own instant is.
    #[inline]
    pub fn is_met(&self, placed: SimTime, shipped: SimTime, day_zero: Weekday) -> bool {
        shipped <= self.deadline.after(placed, day_zero)
    }
}
