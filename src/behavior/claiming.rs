//! Choices of a buyer with a claim: whether, when, and how much.

use super::buyer::LatePoint;
use super::purpose::{Purpose, halves};
use super::tables::{BuyerTables, SellerTables};
use crate::market::{DisputeKind, Fraction, Money};
use crate::sim::{Chance, Key, QuantileTable, SimDuration};

/// How long past the promise the buyer waits before it claims that the parcel has not come; `None` never
/// claims.
///
/// Of parcels that are `after` late, the points' share is claimed: the tolerance has this distribution,
/// a jump at the first point and straight lines between points.
pub fn lateness_tolerated(order: Key, points: &[LatePoint]) -> Option<SimDuration> {
    let (u, _) = halves(order.bits(Purpose::LateToleranceAndPatience as u64));
    let u = f64::from(u) / 4_294_967_296.0;
    let mut before: Option<&LatePoint> = None;
    for point in points {
        if u < point.share {
            let Some(before) = before else { return Some(point.after) };
            let inside = (u - before.share) / (point.share - before.share);
            let length = (point.after.0 - before.after.0) as f64;
            return Some(SimDuration(before.after.0 + (length * inside) as i64));
        }
        before = Some(point);
    }
    None
}

/// How long the buyer waits for shipment before it asks to cancel.
pub fn shipping_patience(order: Key, patience: &QuantileTable) -> SimDuration {
    let (_, u) = halves(order.bits(Purpose::LateToleranceAndPatience as u64));
    SimDuration(i64::from(patience.at(u)))
}

/// Whether the buyer of a defective item claims.
pub fn claims_defect(order: Key, buyer: &BuyerTables) -> bool {
    buyer.claim_given_defect.happens(halves(order.bits(Purpose::ClaimAndConfirmsFirst as u64)).0)
}

/// Whether a buyer with a claim confirms receipt before it notices.
pub fn confirms_first(order: Key, buyer: &BuyerTables) -> bool {
    buyer.confirms_first.happens(halves(order.bits(Purpose::ClaimAndConfirmsFirst as u64)).1)
}

/// Time from delivery to the claim.
pub fn notice_delay(order: Key, buyer: &BuyerTables) -> SimDuration {
    SimDuration(i64::from(buyer.notice_delay.at(halves(order.bits(Purpose::NoticeAndSeverity as u64)).0)))
}

/// The buyer's own probability of claiming without a defect.
pub fn opportunism_of(buyer: Key, segment: &BuyerTables) -> Chance {
    Chance::below(segment.opportunism.at(buyer.uniform(0)))
}

/// What a claim of this kind truly lost, as a part of the order value.
pub fn harm(order: Key, kind: DisputeKind, seller: &SellerTables) -> Fraction {
    match kind {
        DisputeKind::NotReceived => Fraction::ONE,
        DisputeKind::NotAsDescribed => Fraction(
            seller.severity.at(halves(order.bits(Purpose::NoticeAndSeverity as u64)).1).min(Fraction::ONE.0),
        ),
        DisputeKind::Opportunistic => Fraction::ZERO,
    }
}

/// The amount asked for (R1): in (0, order value], all of it for a parcel not received.
pub fn requested_amount(
    order: Key,
    kind: DisputeKind,
    value: Money,
    harm: Fraction,
    buyer: &BuyerTables,
) -> Money {
    let (full, fraction) = halves(order.bits(Purpose::Request as u64));
    if kind == DisputeKind::NotReceived || buyer.full_request.happens(full) {
        return value;
    }
    let drawn = buyer.requested.at(fraction).min(Fraction::ONE.0);
    if !buyer.is_greed {
        return value.part(Fraction(drawn));
    }
    let left = u64::from(Fraction::ONE.0 - harm.0);
    value.part(Fraction(harm.0 + (left * u64::from(drawn) / u64::from(Fraction::ONE.0)) as u32))
}

/// Whether the buyer withdraws when the parcel comes after all.
pub fn withdraws_on_arrival(order: Key, buyer: &BuyerTables) -> bool {
    buyer.withdraws_on_arrival.happens(halves(order.bits(Purpose::Withdrawal as u64)).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_that_claims_a_parcel_so_late_is_the_points_share() {
        let day = SimDuration::from_days;
        let points = [
            LatePoint { after: day(0), share: 0.15 },
            LatePoint { after: day(2), share: 0.46 },
            LatePoint { after: day(5), share: 0.74 },
        ];
        let n = 100_000;
        let root = Key::root(11);
        for (late, share) in [(0, 0.15), (1, 0.305), (2, 0.46), (5, 0.74), (100, 0.74)] {
            let claims = (0..n)
                .filter(|&i| lateness_tolerated(root.child(i), &points).is_some_and(|wait| wait <= day(late)))
                .count();
            let error = claims as f64 / n as f64 - share;
            // Four standard errors of a share at this size are 0.0063.
            assert!(error.abs() < 0.0063, "{late} days late: off by {error}");
        }
    }

    #[test]
    fn a_buyer_claims_below_the_points_share_and_not_at_it() {
        let order = Key::root(12);
        let (u, _) = halves(order.bits(Purpose::LateToleranceAndPatience as u64));
        let wait = |uniforms: u32| {
            let share = f64::from(uniforms) / 4_294_967_296.0;
            lateness_tolerated(order, &[LatePoint { after: SimDuration(7), share }])
        };
        assert_eq!([u, u + 1].map(wait), [None, Some(SimDuration(7))]);
    }
}
