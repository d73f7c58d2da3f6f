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
    /// The last instant at which an order placed at `placed` may be handed over; that instant is in time.
    #[inline]
    pub fn due(&self, placed: SimTime, day_zero: Weekday) -> SimTime {
        self.deadline.after(placed, day_zero)
    }
}
