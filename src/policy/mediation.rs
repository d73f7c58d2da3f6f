//! Rule R8's sequel: the platform steps in and rules.

use crate::sim::Distribution;

/// How the platform rules on a dispute that the two sides did not settle.
#[derive(Clone, Debug, PartialEq)]
pub struct MediationRule {
    /// Time from stepping in to the ruling, in seconds.
    pub delay: Distribution,
    /// Share of rulings for the buyer among those that do not follow the truth.
    pub buyer_favour: f64,
    /// Share of rulings that follow the truth: for the buyer exactly if the claim is legitimate.
    pub accuracy: f64,
    /// Share of rulings for the buyer that award a part only.
    pub partial_share: f64,
    /// The part awarded then, as a fraction of the request.
    pub partial_fraction: Distribution,
    /// Share of rulings for the buyer in which the seller is held liable; the others count as the
    /// carrier's or nobody's fault.
    pub seller_liable: f64,
}
