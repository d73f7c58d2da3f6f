//! R6: a dispute opens only after shipment; the seller's acceptance executes the requested amount at once.

use crate::support::batch::*;
use redress::behavior::RequestedAmount;
use redress::engine::World;
use redress::observe::{Count, Series};
use redress::sim::{Distribution, SimDuration};

/// A disputed batch noticed in the instant of its delivery, which is that of its hand-over.
fn noticed_at_hand_over() -> World {
    let mut world = disputed_batch();
    world.sellers[0].transit_time = days(0.0);
    world.buyers[0].notice_delay = days(0.0);
    world
}

/// A disputed batch that asks for this fraction of 100.00.
fn asking_for(fraction: f64) -> World {
    let mut world = disputed_batch();
    world.buyers[0].requested = RequestedAmount::Fraction(Distribution::Constant(fraction));
    world
}

#[test]
fn a_dispute_may_open_in_the_instant_of_shipment_and_not_before() {
    let outcome = run(&noticed_at_hand_over());
    assert_eq!(count(&outcome, Count::DisputesFiled), count(&outcome, Count::OrdersPlaced));
    assert_eq!(days_of(&outcome, Series::DisputesFiled), [HANDED_OVER]);
}

#[test]
fn an_order_that_is_never_shipped_is_never_disputed() {
    let mut world = disputed_batch();
    world.policy.shipment.deadline = hours(1);
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::OrdersUnshipped), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::DisputesFiled), 0);
}

#[test]
fn disputes_wait_until_the_policy_opens_them() {
    let mut world = disputed_batch();
    for (opens_after, filed_on) in [(5, NOTICED), (6, NOTICED), (7, NOTICED + 1), (10, HANDED_OVER + 10)] {
        world.policy.dispute.opens_after = SimDuration::from_days(opens_after);
        assert_eq!(days_of(&run(&world), Series::DisputesFiled), [filed_on], "{opens_after} days");
    }
}

#[test]
fn a_short_promise_opens_disputes_at_once_and_the_limit_itself_does_not() {
    let mut world = noticed_at_hand_over();
    world.policy.dispute.opens_after = SimDuration::from_days(10);
    world.policy.dispute.opens_at_once_below = SimDuration::from_days(6);
    for (promise, filed_on) in [(6 * 86_400 - 1, HANDED_OVER), (6 * 86_400, HANDED_OVER + 10)] {
        world.sellers[0].promise = Some(seconds(promise));
        assert_eq!(days_of(&run(&world), Series::DisputesFiled), [filed_on]);
    }
}

#[test]
fn acceptance_refunds_on_the_day_of_the_answer() {
    let mut world = asking_for(0.25);
    for (answer, refunded_on) in [(0.0, NOTICED), (1.0, NOTICED + 1), (3.0, NOTICED + 3)] {
        world.sellers[0].response = answers_after(days(answer));
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::DisputesAccepted), orders);
        assert_eq!(count(&outcome, Count::RefundedByAgreement), orders * 2500);
        assert_eq!(outcome.daily.get(Series::ValueRefunded, refunded_on), orders * 2500);
    }
}

#[test]
fn a_request_up_to_the_accepted_part_is_accepted_and_one_cent_more_is_not() {
    for (fraction, is_accepted) in [(0.5, true), (0.5001, false)] {
        let mut world = asking_for(fraction);
        world.sellers[0].accept_up_to = 0.5;
        let outcome = run(&world);
        let accepted = count(&outcome, Count::DisputesAccepted);
        assert_eq!(accepted, if is_accepted { count(&outcome, Count::OrdersPlaced) } else { 0 });
    }
}

#[test]
fn an_order_up_to_the_value_limit_is_accepted_and_one_cent_more_is_not() {
    for (limit, is_accepted) in [(10_000, true), (9_999, false)] {
        let mut world = disputed_batch();
        world.sellers[0].accept_value_limit = Some(limit);
        let outcome = run(&world);
        let accepted = count(&outcome, Count::DisputesAccepted);
        assert_eq!(accepted, if is_accepted { count(&outcome, Count::OrdersPlaced) } else { 0 });
    }
}

#[test]
fn a_counter_offer_that_is_taken_refunds_the_offer() {
    let mut world = asking_for(0.5);
    rejects_everything(&mut world.sellers[0]);
    world.sellers[0].counter_offer = 1.0;
    world.sellers[0].counter_fraction = Distribution::Constant(0.3);
    world.buyers[0].accepts_counter_offer = 1.0;
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::DisputesCountered), orders);
    assert_eq!(count(&outcome, Count::RefundedByAgreement), orders * 1500);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 8500);
}

#[test]
fn an_unfounded_claim_meets_the_acceptance_of_unfounded_claims() {
    let mut world = one_batch();
    world.buyers[0].opportunism = always();
    world.sellers[0].accept = never();
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::DisputesOpportunistic), orders);
    assert_eq!(count(&outcome, Count::DisputesAccepted), orders);
    assert_eq!(count(&outcome, Count::OpportunisticClaimsPaid), orders);
}

#[test]
fn a_parcel_that_arrives_lets_the_buyer_withdraw() {
    let mut world = one_batch();
    world.sellers[0].promise = Some(days(3.0));
    world.sellers[0].response = answers_after(days(5.0));
    world.buyers[0].late_tolerance = complains_at_once();
    for (withdraws, refunded) in [(1.0, false), (0.0, true)] {
        world.buyers[0].withdraws_on_arrival = withdraws;
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::DisputesNotReceived), orders);
        assert_eq!(count(&outcome, Count::DisputesWithdrawn), if refunded { 0 } else { orders });
        assert_eq!(count(&outcome, Count::ValueRefunded), if refunded { orders * 10_000 } else { 0 });
        assert_eq!(count(&outcome, Count::OrdersCompleted), if refunded { 0 } else { orders });
    }
}

/// Placed, handed over, delivered, filed, answered; then whatever ends the dispute.
const UP_TO_THE_ANSWER: u64 = 5;

#[test]
fn a_counter_offer_that_is_taken_and_a_platform_that_steps_in_are_events_as_well() {
    let mut world = disputed_batch();
    rejects_everything(&mut world.sellers[0]);
    let events_an_order = |world: &World| {
        let outcome = run(world);
        count(&outcome, Count::Events) as f64 / count(&outcome, Count::OrdersPlaced) as f64
    };
    let stepped_in_and_ruled = (UP_TO_THE_ANSWER + 2) as f64;
    assert!((events_an_order(&world) - stepped_in_and_ruled).abs() < 1e-12);
    world.sellers[0].counter_offer = 1.0;
    world.buyers[0].accepts_counter_offer = 1.0;
    let taken = (UP_TO_THE_ANSWER + 1) as f64;
    assert!((events_an_order(&world) - taken).abs() < 1e-12);
}
