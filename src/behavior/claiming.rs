//! Choices of a buyer with a claim: whether, when, and how much.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::buyer::LatePoint;
use super::purpose::{Purpose, halves};
use super::tables::{BuyerTables, SellerTables};
use crate::market::money::{millionth, part_of};
use crate::market::{DisputeKind, Fraction, Money};
use crate::sim::lanes::either;
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

/// Whether a buyer confirms receipt of a parcel that comes: one with a claim only if it does so before it notices.
#[inline(always)]
pub const fn confirms(has_claim: u32, confirms_first: u32) -> u32 {
    (1 - has_claim) | confirms_first
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
    let (_, severity) = halves(order.bits(Purpose::NoticeAndSeverity as u64));
    let is_missing = u32::from(kind == DisputeKind::NotReceived);
    let is_defect = u32::from(kind == DisputeKind::NotAsDescribed);
    let severity = if is_defect == 1 { seller.severity.at(severity) } else { 0 };
    Fraction(harmed_part(is_missing, is_defect, severity))
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
    let part = requested_part(u32::from(buyer.is_greed), harm.0, buyer.requested.at(fraction));
    requested(value.cents(), part, 0).into()
}

/// What a claim truly lost, in millionths of the order value: all of a parcel that has not come, of a defect what it takes from the
/// item, and otherwise nothing.
#[inline(always)]
pub const fn harmed_part(is_missing: u32, is_defect: u32, severity: u32) -> u32 {
    const WHOLE: u32 = Fraction::ONE.0;
    let of_defect = is_defect * if severity > WHOLE { WHOLE } else { severity };
    either(WHOLE, is_missing, of_defect)
}

/// The part of the order value asked for, in millionths (R1): as drawn, or the harm and, of what it leaves, the part that was drawn.
#[inline(always)]
pub const fn requested_part(is_greed: u32, harm: u32, drawn: u32) -> u32 {
    const WHOLE: u32 = Fraction::ONE.0;
    let drawn = if drawn > WHOLE { WHOLE } else { drawn };
    let more = millionth((WHOLE - harm) as u64 * drawn as u64);
    either(harm + more, is_greed, drawn)
}

/// The cents asked for of an order value: all of it, or a part in millionths (R1).
#[inline(always)]
pub const fn requested(value: u32, part: u32, is_full: u32) -> u32 {
    either(value, is_full, part_of(value, part))
}

/// The cents of an order value that were truly lost with a harm in millionths; nothing without harm.
#[inline(always)]
pub const fn lost(value: u32, harm: u32) -> u32 {
    either(0, (harm == 0) as u32, part_of(value, harm))
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
