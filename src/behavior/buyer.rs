//! What a buyer segment does: parameters only; the choices that use them are beside this file.

use crate::sim::{Distribution, SimDuration};

/// What a buyer asks back for a defective item, before the share that asks for everything (R1).
#[derive(Clone, Debug, PartialEq)]
pub enum RequestedAmount {
    /// A fraction of the order value.
    Fraction(Distribution),
    /// The harm done, plus this fraction of the rest of the order value.
    Greed(Distribution),
}

/// A point of the tolerance for lateness: of parcels so late, this share is complained about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatePoint {
    /// Time past the promise.
    pub after: SimDuration,
    /// Share of buyers who complain once a parcel is that late; rises with `after`.
    pub share: f64,
}

/// A segment of buyers. Probabilities and shares lie in `[0, 1]`.
#[derive(Clone, Debug, PartialEq)]
pub struct BuyerSegment {
    /// Name in tables and charts.
    pub name: String,
    /// Share of the market's buyers.
    pub share: f64,
    /// Probability of wanting to cancel out of a change of mind (R3).
    pub change_of_mind: f64,
    /// Time from placement to that wish.
    pub change_of_mind_delay: Distribution,
    /// How long a buyer waits for shipment before it asks to cancel for slowness; `None` waits.
    pub shipping_patience: Option<Distribution>,
    /// Probability that the chosen reason names the side that caused the cancellation (R3).
    pub reason_honesty: f64,
    /// Probability of choosing a buyer's reason when the seller asks for it (R5).
    pub steering_compliance: f64,
    /// Probability of claiming a refund for a defective item (R6).
    pub claim_given_defect: f64,
    /// Time from delivery to a claim.
    pub notice_delay: Distribution,
    /// Probability of claiming without a defect; a distribution gives each buyer its own.
    pub opportunism: Distribution,
    /// Amount asked for (R1).
    pub requested: RequestedAmount,
    /// Share of claims that ask for the full amount whatever the harm (R1).
    pub full_request: f64,
    /// Time from delivery to confirmation.
    pub confirmation_delay: Distribution,
    /// Probability that a buyer with a claim confirms receipt before it notices (R9).
    pub confirms_first: f64,
    /// Tolerance for lateness, in ascending order; empty for buyers who never claim a late parcel.
    pub late_tolerance: Vec<LatePoint>,
    /// Probability of withdrawing a not-received dispute when the parcel arrives.
    pub withdraws_on_arrival: f64,
    /// Probability of accepting a counter-offer.
    pub accepts_counter_offer: f64,
    /// Probability of modifying a rejected request, while the policy allows it.
    pub modifies: f64,
    /// The modified request as a fraction of the one before.
    pub modified_fraction: f64,
    /// Probability of waiting for the platform after a rejection; the others withdraw.
    pub wait_for_platform: f64,
    /// Probability of taking an offline transfer that the seller offers (R10).
    pub offline_compliance: f64,
    /// Probability of keeping the dispute after an offline transfer, so that the seller pays twice (R10).
    pub keeps_dispute: f64,
    /// Probability that a dispute about a delivered parcel asks for return and refund (R13).
    pub asks_return: f64,
    /// Time from the grant of a return to handing the parcel over (R13).
    pub return_delay: Distribution,
    /// Time from there until the parcel is back (R13).
    pub return_transit: Distribution,
    /// Probability of appealing against a ruling for the seller (R12).
    pub appeals: f64,
    /// Time from the ruling to that appeal, in seconds (R12).
    pub appeal_delay: Distribution,
}
