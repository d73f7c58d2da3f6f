//! An order: everything that is ever drawn or noted of it.

use crate::clock::NEVER;
use redress::market::{Attribution, CancelCause, DisputeKind};

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Placed,
    CancelRequested,
    Cancelled,
    Unshipped,
    /// Handed over; delivered and completed are told apart below.
    Underway,
    AwaitingSeller,
    AwaitingPlatform,
    UnderReview,
    AfterSale,
    AwaitingReturn,
    ReturnInTransit,
    Returned,
    Refunded,
    Upheld,
    /// Ruled, and the loser will appeal.
    Decided,
    OnAppeal,
}

/// A cancel request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CancelRequest {
    pub(crate) cause: CancelCause,
    pub(crate) reason: Attribution,
}

/// A claim.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub(crate) kind: DisputeKind,
    /// What was truly lost, in cents.
    pub(crate) harm: i64,
    /// What is asked for now, in cents.
    pub(crate) requested: i64,
    pub(crate) filed_at: i64,
    pub(crate) modifications: u8,
    pub(crate) asks_return: bool,
    /// Who won the ruling that was appealed against.
    pub(crate) is_first_for_buyer: bool,
}

/// A refund that waits for the parcel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owed {
    pub(crate) how: Refund,
    pub(crate) amount: i64,
    pub(crate) is_liable: bool,
}

/// How a payment was refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refund {
    Cancellation,
    Agreement,
    Silence,
    Ruling,
    AfterSale,
}

/// An order.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) seller: usize,
    pub(crate) buyer: usize,
    pub(crate) value: i64,
    pub(crate) placed: i64,
    pub(crate) is_in_stock: bool,
    /// When the parcel would be handed over; never without stock.
    pub(crate) planned: i64,
    /// The last instant at which it may be.
    pub(crate) shipment_due: i64,
    pub(crate) transit: i64,
    pub(crate) promise: Option<i64>,
    pub(crate) cause: Option<CancelCause>,
    pub(crate) stage: Stage,
    pub(crate) cancel: Option<CancelRequest>,
    /// Number of the latest request, and when it was made and must be answered.
    pub(crate) request: u32,
    pub(crate) asked_at: i64,
    pub(crate) answer_due: i64,
    pub(crate) is_defective: bool,
    pub(crate) delivered: i64,
    pub(crate) completes: i64,
    pub(crate) is_completed: bool,
    pub(crate) kind: Option<DisputeKind>,
    pub(crate) claim: Option<Claim>,
    /// Sent outside the platform, in cents.
    pub(crate) offline: i64,
    pub(crate) refund: Option<(Refund, i64)>,
    pub(crate) owed: Option<Owed>,
}

impl Order {
    /// A new order of which nothing else is known yet.
    pub(crate) fn new(seller: usize, buyer: usize, value: i64, placed: i64) -> Self {
        Self {
            seller,
            buyer,
            value,
            placed,
            is_in_stock: true,
            planned: NEVER,
            shipment_due: NEVER,
            transit: 0,
            promise: None,
            cause: None,
            stage: Stage::Placed,
            cancel: None,
            request: 0,
            asked_at: 0,
            answer_due: NEVER,
            is_defective: false,
            delivered: NEVER,
            completes: NEVER,
            is_completed: false,
            kind: None,
            claim: None,
            offline: 0,
            refund: None,
            owed: None,
        }
    }

    /// Whether a dispute is open.
    pub(crate) fn is_disputed(&self) -> bool {
        matches!(
            self.stage,
            Stage::AwaitingSeller
                | Stage::AwaitingPlatform
                | Stage::UnderReview
                | Stage::Decided
                | Stage::OnAppeal
        )
    }

    /// Whether the order is not finished; one that has completed is, though a claim may still be open.
    pub(crate) fn is_open(&self) -> bool {
        let has_ended =
            matches!(self.stage, Stage::Cancelled | Stage::Unshipped | Stage::Refunded | Stage::Upheld);
        !has_ended && !self.is_completed
    }

    /// Released to the seller and refunded to the buyer, in cents; the rest is held.
    pub(crate) fn money(&self) -> (i64, i64) {
        let refunded = self.refund.map_or(0, |(_, amount)| amount);
        let is_settled =
            matches!(self.stage, Stage::Cancelled | Stage::Unshipped | Stage::Refunded | Stage::Upheld);
        if is_settled || self.is_completed { (self.value - refunded, refunded) } else { (0, 0) }
    }
}
