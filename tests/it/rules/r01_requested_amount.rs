//! R1: the buyer chooses an amount in (0, order value], and that amount is what later rules execute.

use crate::support::batch::*;
use redress::behavior::RequestedAmount;
use redress::engine::World;
use redress::observe::{Count, MarketOutcome};
use redress::sim::Distribution;

/// A disputed batch whose buyers ask for this fraction of the value.
fn asking_for(fraction: f64) -> World {
    let mut world = disputed_batch();
    world.buyers[0].requested = RequestedAmount::Fraction(Distribution::Constant(fraction));
    world
}

/// A disputed batch of items that lost this much, whose buyers ask for so much of the rest on top.
fn asking_beyond(harm: f64, greed: f64) -> World {
    let mut world = disputed_batch();
    world.sellers[0].severity = Distribution::Constant(harm);
    world.buyers[0].requested = RequestedAmount::Greed(Distribution::Constant(greed));
    world
}

/// Cents refunded for each order; every order has the same refund.
fn refund_of_each(outcome: &MarketOutcome) -> u64 {
    let orders = count(outcome, Count::OrdersPlaced);
    let refunded = count(outcome, Count::ValueRefunded);
    assert_eq!(count(outcome, Count::DisputesFiled), orders);
    assert_eq!(refunded % orders, 0);
    refunded / orders
}

#[test]
fn a_partial_request_is_refunded_in_part_and_the_rest_is_the_sellers() {
    let outcome = run(&asking_for(0.25));
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(refund_of_each(&outcome), 2500);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 7500);
    assert_eq!(count(&outcome, Count::DisputesFullAmount), 0);
}

#[test]
fn a_full_request_ignores_the_drawn_fraction() {
    let mut world = asking_for(0.25);
    world.buyers[0].full_request = 1.0;
    let outcome = run(&world);
    assert_eq!(refund_of_each(&outcome), 10_000);
    assert_eq!(count(&outcome, Count::DisputesFullAmount), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::ValueReleased), 0);
}

#[test]
fn full_and_partial_requests_both_occur_and_add_up() {
    let mut world = asking_for(0.25);
    world.buyers[0].full_request = 0.5;
    let outcome = run(&world);
    let (orders, full) = (count(&outcome, Count::OrdersPlaced), count(&outcome, Count::DisputesFullAmount));
    assert!(full > 0 && full < orders, "{full} of {orders}");
    assert_eq!(count(&outcome, Count::ValueRefunded), full * 10_000 + (orders - full) * 2500);
}

#[test]
fn greed_asks_for_the_harm_and_a_part_of_the_rest() {
    assert_eq!(refund_of_each(&run(&asking_beyond(0.4, 0.0))), 4000);
    assert_eq!(refund_of_each(&run(&asking_beyond(0.4, 0.5))), 7000);
    assert_eq!(refund_of_each(&run(&asking_beyond(0.4, 1.0))), 10_000);
}

#[test]
fn the_least_request_is_one_cent_and_the_largest_the_whole_value() {
    assert_eq!(refund_of_each(&run(&asking_for(0.0))), 1);
    assert_eq!(refund_of_each(&run(&asking_for(7.0))), 10_000);
    let mut cheap = asking_for(0.01);
    cheap.market.order_value = Distribution::Constant(1.0);
    assert_eq!(refund_of_each(&run(&cheap)), 1);
}

#[test]
fn a_request_is_rounded_to_the_nearest_cent() {
    for (value, cents) in [(332.0, 166), (333.0, 167), (335.0, 168)] {
        let mut world = asking_for(0.5);
        world.market.order_value = Distribution::Constant(value);
        assert_eq!(refund_of_each(&run(&world)), cents);
    }
}

#[test]
fn acceptance_silence_and_ruling_execute_the_same_amount() {
    let accepted = asking_for(0.3333);
    let mut silent = accepted.clone();
    silent.sellers[0].response = answers_after(days(6.0));
    let mut ruled = accepted.clone();
    rejects_everything(&mut ruled.sellers[0]);
    for (world, booked_as) in [
        (accepted, Count::RefundedByAgreement),
        (silent, Count::RefundedBySilence),
        (ruled, Count::RefundedByRuling),
    ] {
        let outcome = run(&world);
        assert_eq!(refund_of_each(&outcome), 3333);
        assert_eq!(count(&outcome, booked_as), count(&outcome, Count::ValueRefunded));
    }
}

#[test]
fn a_ruling_in_part_awards_a_part_of_the_request_not_of_the_value() {
    let mut world = asking_for(0.4);
    rejects_everything(&mut world.sellers[0]);
    world.policy.mediation.partial_share = 1.0;
    let outcome = run(&world);
    assert_eq!(refund_of_each(&outcome), 2000);
    assert_eq!(count(&outcome, Count::DisputesRuledInPart), count(&outcome, Count::OrdersPlaced));
}

#[test]
fn a_parcel_not_received_is_claimed_in_full() {
    let mut world = asking_for(0.25);
    world.sellers[0].loss = always();
    world.sellers[0].promise = Some(days(10.0));
    world.buyers[0].late_tolerance = complains_at_once();
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::DisputesNotReceived), count(&outcome, Count::OrdersPlaced));
    assert_eq!(refund_of_each(&outcome), 10_000);
}
