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
        assert_eq!(count(&outcome, Count::OfflinePaidTwice), 0);
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

#[test]
fn a_counter_offer_that_was_not_made_cannot_be_taken() {
    let mut world = disputed_batch();
    rejects_everything(&mut world.sellers[0]);
    world.buyers[0].accepts_counter_offer = 1.0;
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::DisputesCountered), 0);
    assert_eq!(count(&outcome, Count::DisputesEscalated), count(&outcome, Count::OrdersPlaced));
}

#[test]
fn a_buyer_who_never_claims_keeps_the_defective_item() {
    let mut world = disputed_batch();
    world.buyers[0].claim_given_defect = 0.0;
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::OrdersDefective), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::DisputesFiled), 0);
    assert_eq!(count(&outcome, Count::OrdersCompleted), count(&outcome, Count::OrdersPlaced));
}

#[test]
fn unfounded_claims_are_as_frequent_as_buyers_are_opportunistic() {
    let mut world = one_batch();
    world.market.orders_per_day = 4000.0;
    world.buyers[0].opportunism = Distribution::Constant(0.25);
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced) as f64;
    let share = count(&outcome, Count::DisputesOpportunistic) as f64 / orders;
    // Four standard errors of a share of a quarter.
    assert!((share - 0.25).abs() < 4.0 * (0.1875 / orders).sqrt(), "{share}");
}

#[test]
fn buyers_of_one_segment_are_opportunistic_each_in_its_own_measure() {
    let mut world = one_batch();
    world.market.orders_per_day = 4000.0;
    world.market.buyers = 100_000;
    world.buyers[0].opportunism = Distribution::Uniform { min: 0.0, max: 1.0 };
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced) as f64;
    let share = count(&outcome, Count::DisputesOpportunistic) as f64 / orders;
    // Four standard errors of a share of a half.
    assert!((share - 0.5).abs() < 4.0 * (0.25 / orders).sqrt(), "{share}");
}

#[test]
fn a_parcel_that_arrives_in_the_instant_of_the_claim_is_not_claimed() {
    let mut world = quiet_world();
    no_orders_from(&mut world, 1);
    world.buyers[0].late_tolerance = complains_at_once();
    world.buyers[0].late_tolerance[0].after = SimDuration::from_days(1);
    // Delivered six days after placing, claimed a day after the promise.
    for (promise, is_claimed) in [(5 * 86_400, false), (5 * 86_400 - 1, true)] {
        world.sellers[0].promise = Some(seconds(promise));
        let outcome = run(&world);
        let claims = if is_claimed { count(&outcome, Count::OrdersPlaced) } else { 0 };
        assert_eq!(count(&outcome, Count::DisputesNotReceived), claims);
    }
}

#[test]
fn justice_is_done_to_a_claim_by_what_is_true_of_it_and_what_was_paid() {
    let mut underpaid = asking_for(0.2);
    underpaid.sellers[0].severity = Distribution::Constant(0.4);
    let mut paid = asking_for(0.4);
    paid.sellers[0].severity = Distribution::Constant(0.4);
    let mut withdrawn = disputed_batch();
    rejects_everything(&mut withdrawn.sellers[0]);
    withdrawn.buyers[0].wait_for_platform = 0.0;
    let mut unfounded = withdrawn.clone();
    unfounded.sellers[0].defect = never();
    unfounded.buyers[0].opportunism = always();
    let mut arrived = one_batch();
    arrived.sellers[0].promise = Some(days(3.0));
    arrived.sellers[0].response = answers_after(days(5.0));
    arrived.buyers[0].late_tolerance = complains_at_once();
    arrived.buyers[0].withdraws_on_arrival = 1.0;
    // Legitimate claims closed, unpaid and underpaid; opportunistic ones closed and paid.
    for (world, expected) in [
        (underpaid, [1, 0, 1, 0, 0]),
        (paid, [1, 0, 0, 0, 0]),
        (withdrawn, [1, 1, 0, 0, 0]),
        (unfounded, [0, 0, 0, 1, 0]),
        (arrived, [0, 0, 0, 0, 0]),
    ] {
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        let counts = [
            Count::LegitimateClaimsClosed,
            Count::LegitimateClaimsUnpaid,
            Count::LegitimateClaimsUnderpaid,
            Count::OpportunisticClaimsClosed,
            Count::OpportunisticClaimsPaid,
        ];
        assert_eq!(counts.map(|what| count(&outcome, what)), expected.map(|times: u64| times * orders));
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
