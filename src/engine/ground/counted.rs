//! What is counted of a seller's day for the rules that look back: a row a count, with a number for each of sixteen sellers.

use crate::policy::Policy;
use crate::policy::dispute_rate::{Basis, Denominator};
use crate::sim::SimTime;
use crate::sim::lanes::Lanes;

/// What is counted of a seller's day. Whatever is read by more policies comes before what is read by fewer: only the first are
/// kept, as many as the policy at hand reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Counted {
    /// Orders placed.
    Placed,
    /// Transactions not sold.
    NotSold,
    /// Disputes filed, less those of them that were withdrawn.
    Filed,
    /// Disputes that ended in a refund.
    Refunded,
    /// Disputes that the seller was held liable for.
    Ruled,
    /// Disputes filed.
    FiledGross,
    /// Orders completed.
    Completed,
    /// Disputes filed for a parcel not received.
    NotReceived,
    /// Disputes filed for a defect, true or not.
    NotAsDescribed,
    /// Requests left to silence.
    Unanswered,
    /// Parcels delivered.
    Delivered,
    /// Of these, late.
    Late,
    /// Of these, with a defective item.
    Defective,
}

impl Counted {
    /// The last that a policy reads.
    pub(crate) fn last_read_by(policy: &Policy) -> Self {
        let of_basis = match policy.dispute_rate.basis {
            Basis::Filed => Self::Filed,
            Basis::Refunded => Self::Refunded,
            Basis::Ruled => Self::Ruled,
        };
        let of_denominator = match policy.dispute_rate.denominator {
            Denominator::Placed => Self::Placed,
            Denominator::Closed => Self::Completed,
        };
        let of_score = policy.service_score.as_ref().map(|_| Self::Defective);
        let of_points = policy.points.as_ref().map(|_| Self::Defective);
        let read = [Some(Self::NotSold), Some(of_basis), Some(of_denominator), of_score, of_points];
        read.into_iter().flatten().fold(Self::Placed, Ord::max)
    }
}

/// Counts of a seller's day.
pub(crate) const COUNTED: usize = Counted::Defective as usize + 1;

/// A number a seller of a group.
pub(crate) type Row = Lanes<u32>;

/// Which facts of a day some rule reads; the others need not be noted.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any may hold")]
pub(crate) struct TrackedCounts {
    pub(crate) completed: bool,
    /// Parcels, and which of them are late or hold a defective item: for the service score.
    pub(crate) delivered: bool,
    pub(crate) refunded: bool,
    pub(crate) ruled: bool,
    pub(crate) unanswered: bool,
}

impl TrackedCounts {
    /// Those that a policy reads.
    pub(crate) fn of(policy: &Policy) -> Self {
        Self {
            completed: policy.service_score.is_some()
                || policy.dispute_rate.denominator == Denominator::Closed,
            delivered: policy.service_score.is_some() || policy.points.is_some(),
            refunded: policy.dispute_rate.basis == Basis::Refunded,
            ruled: policy.dispute_rate.basis == Basis::Ruled,
            unanswered: policy.service_score.is_some(),
        }
    }
}

/// Whether an instant lies in the measured period: not in the warm-up, and before the horizon.
#[inline]
pub(crate) const fn is_measured(at: SimTime, horizon: SimTime) -> bool {
    (at.0 as u64) < horizon.0 as u64
}
