//! What a day's close finds about a seller, and what is known in advance of a coming day's.

use crate::engine::ground::day_ring::{Turning, turn_of};
use crate::market::DisputeKind;
use crate::sim::Day;

/// What a day's close will find about a seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayFact {
    /// A dispute was filed.
    Filed(DisputeKind),
    /// A dispute filed on a day before, or on the same, was withdrawn.
    Withdrawn {
        /// The day on which it was filed.
        filed: Day,
    },
    /// A dispute ended in a refund.
    Refunded,
    /// The platform ruled against the seller and held it liable.
    Ruled,
    /// A transaction was not sold (R3, R4).
    NotSold,
    /// A request was left to silence (R8).
    Unanswered,
    /// An order was completed.
    Completed,
    /// A parcel was delivered.
    Delivered {
        /// After its promise.
        is_late: bool,
        /// With a defective item.
        is_defective: bool,
    },
    /// An offline transfer was found out (R10).
    FoundOffline,
}

/// A fact of a coming day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DatedFact {
    pub(crate) fact: DayFact,
    pub(crate) seller: u16,
    turn: u8,
}

impl DatedFact {
    /// A fact about a seller that the close of `day` will find.
    #[inline]
    pub(crate) const fn new(day: Day, seller: u16, fact: DayFact) -> Self {
        Self { fact, seller, turn: turn_of(day) }
    }
}

impl Turning for DatedFact {
    #[inline]
    fn turn(&self) -> u8 {
        self.turn
    }
}
