//! R10: a transfer outside the platform is the seller's risk; the platform's books do not see it.

use crate::support::batch::*;
use redress::behavior::RequestedAmount;
use redress::engine::World;
use redress::observe::{Count, Series};
use redress::sim::{Distribution, SimDuration};

/// A batch that asks for 40.00 of 100.00, whose seller always offers and whose buyers always take an
/// offline transfer; `keeps_dispute` of them file all the same.
fn settled_offline(keeps_dispute: f64) -> World {
    let mut world = disputed_batch();
    world.sellers[0].severity = Distribution::Constant(0.4);
    world.sellers[0].offline_offer = 1.0;
    world.buyers[0].offline_compliance = 1.0;
    world.buyers[0].keeps_dispute = keeps_dispute;
    world.buyers[0].requested = RequestedAmount::Fraction(Distribution::Constant(0.4));
    world
}

#[test]
fn a_transfer_without_a_dispute_appears_in_the_true_books_alone() {
    let outcome = run(&settled_offline(0.0));
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::OfflineTransfers), orders);
    assert_eq!(count(&outcome, Count::ValueOffline), orders * 4000);
    assert_eq!(count(&outcome, Count::DisputesFiled), 0);
    assert_eq!(count(&outcome, Count::ValueRefunded), 0);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 10_000);
    assert_eq!(count(&outcome, Count::OrdersCompleted), orders);
    assert_eq!(count(&outcome, Count::OfflinePaidTwice), 0);
    assert_eq!(only_seller(&outcome).rate.0, 0);
}

#[test]
fn an_order_settled_offline_that_would_complete_at_the_horizon_is_still_open() {
    let mut world = settled_offline(0.0);
    let completes = DELIVERED + 15;
    for (days, is_open) in [(completes, true), (completes + 1, false)] {
        world.days = days as u32;
        let outcome = run(&world);
        let open = if is_open { count(&outcome, Count::OrdersPlaced) } else { 0 };
        assert_eq!(count(&outcome, Count::OrdersOpen), open);
        assert_eq!(count(&outcome, Count::ValueHeld), open * 10_000);
    }
}

#[test]
fn a_buyer_who_keeps_the_dispute_is_paid_twice() {
    let outcome = run(&settled_offline(1.0));
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::DisputesAccepted), orders);
    assert_eq!(count(&outcome, Count::OfflinePaidTwice), orders);
    assert_eq!(count(&outcome, Count::ValueOffline), orders * 4000);
    assert_eq!(count(&outcome, Count::ValueRefunded), orders * 4000);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 6000);
}

#[test]
fn a_kept_dispute_that_is_lost_is_paid_once() {
    let mut world = settled_offline(1.0);
    rejects_everything(&mut world.sellers[0]);
    world.policy.mediation.accuracy = 0.0;
    world.policy.mediation.buyer_favour = 0.0;
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::DisputesRuledForSeller), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::OfflinePaidTwice), 0);
    assert_eq!(count(&outcome, Count::ValueRefunded), 0);
}

#[test]
fn some_buyers_keep_the_dispute_and_both_books_add_up() {
    let outcome = run(&settled_offline(0.5));
    let orders = count(&outcome, Count::OrdersPlaced);
    let twice = count(&outcome, Count::OfflinePaidTwice);
    assert!(0 < twice && twice < orders);
    assert_eq!(count(&outcome, Count::DisputesFiled), twice);
    assert_eq!(count(&outcome, Count::ValueOffline), orders * 4000);
    assert_eq!(count(&outcome, Count::ValueRefunded), twice * 4000);
}

#[test]
fn a_transfer_needs_an_offer_and_a_buyer_who_takes_it() {
    for (offer, compliance) in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)] {
        let mut world = settled_offline(0.0);
        world.sellers[0].offline_offer = offer;
        world.buyers[0].offline_compliance = compliance;
        let outcome = run(&world);
        assert_eq!(count(&outcome, Count::OfflineTransfers), 0);
        assert_eq!(count(&outcome, Count::DisputesFiled), count(&outcome, Count::OrdersPlaced));
    }
}

#[test]
fn justice_sees_the_transfer_that_the_platform_does_not() {
    let outcome = run(&settled_offline(0.0));
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::LegitimateClaimsClosed), orders);
    assert_eq!(count(&outcome, Count::LegitimateClaimsUnpaid), 0);
    assert_eq!(count(&outcome, Count::LegitimateClaimsUnderpaid), 0);
}

#[test]
fn a_seller_who_is_found_out_is_frozen_from_the_next_day_for_the_stated_time() {
    let mut world = settled_offline(0.0);
    world.market.surges.clear();
    world.days = 16;
    world.policy.offline.detection = 1.0;
    world.policy.offline.freeze_for = SimDuration::from_days(5);
    let outcome = run(&world);
    let silent_days: Vec<usize> = (0..16).filter(|&day| placed_by_day(&outcome)[day] == 0).collect();
    // Noticed on every day from 8 on, each finding suspends for five days more.
    assert_eq!(silent_days, [9, 10, 11, 12, 13, 14, 15]);
    no_orders_from(&mut world, 1);
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::OfflineDetected), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::Freezes), 1);
    assert_eq!(days_of(&outcome, Series::SellersFrozen), [9, 10, 11, 12, 13]);
}

#[test]
fn an_undetected_transfer_has_no_consequence() {
    let outcome = run(&settled_offline(0.0));
    assert_eq!(count(&outcome, Count::OfflineDetected), 0);
    assert_eq!(count(&outcome, Count::Freezes), 0);
    assert_eq!(only_seller(&outcome).mean_weight.to_bits(), 1.0_f64.to_bits());
}

#[test]
fn a_platform_that_does_not_freeze_still_counts_what_it_finds() {
    let mut world = settled_offline(0.0);
    world.policy.offline.detection = 1.0;
    world.policy.offline.freeze_for = SimDuration(0);
    // Sellers are judged at the day's close for the score, or not at all.
    for score in [None, Some(score_without_tolerance())] {
        world.policy.service_score = score;
        let outcome = run(&world);
        assert_eq!(count(&outcome, Count::OfflineDetected), count(&outcome, Count::OrdersPlaced));
        assert_eq!(count(&outcome, Count::Freezes), 0);
    }
}
