//! R13, a rule of this model: a return that is granted is paid when the parcel is back, or missed if it is not sent in time.

use crate::support::batch::*;
use redress::behavior::RequestedAmount;
use redress::engine::World;
use redress::experiment::Groups;
use redress::market::{OrderState, Step};
use redress::observe::catalogue::METRICS;
use redress::observe::{Count, MarketOutcome, Metric, Series};
use redress::policy::dispute::SilenceOutcome;
use redress::policy::dispute_rate::Basis;
use redress::policy::returns::ReturnRule;
use redress::sim::{DAY_SECONDS, Distribution, Span};

/// Day on which the seller accepts, at midnight.
const GRANTED: usize = NOTICED + 1;

/// A batch whose every buyer asks for return and refund, has five days to hand the parcel over and does so after two; it is back
/// after five more, and the seller, who has three days, confirms it after one.
fn returned_batch() -> World {
    let mut world = disputed_batch();
    world.policy.returns = Some(ReturnRule { deadline: span(5), confirmation: span(3) });
    world.buyers[0].asks_return = 1.0;
    world
}

/// What is counted, each as often as there are orders, and no other of these counts.
fn assert_returns(outcome: &MarketOutcome, expected: &[Count]) {
    let orders = count(outcome, Count::OrdersPlaced);
    assert!(orders > 0);
    for what in [
        Count::ReturnsAsked,
        Count::ReturnsGranted,
        Count::ReturnsSent,
        Count::ReturnsMissed,
        Count::ReturnsConfirmed,
        Count::ReturnsRefundedBySilence,
        Count::ReturnsOpen,
    ] {
        let often = if expected.contains(&what) { orders } else { 0 };
        assert_eq!(count(outcome, what), often, "{what:?}");
    }
}

#[test]
fn a_return_is_refunded_when_the_seller_confirms_the_parcel_and_not_before() {
    let mut world = returned_batch();
    world.buyers[0].requested = RequestedAmount::Fraction(Distribution::Constant(0.3));
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_returns(
        &outcome,
        &[Count::ReturnsAsked, Count::ReturnsGranted, Count::ReturnsSent, Count::ReturnsConfirmed],
    );
    assert_eq!(count(&outcome, Count::DisputesAccepted), orders);
    assert_eq!(count(&outcome, Count::DisputesFullAmount), orders, "a return is for the full value");
    assert_eq!(count(&outcome, Count::RefundedByAgreement), orders * 10_000);
    assert_eq!(days_of(&outcome, Series::DisputesAccepted), [GRANTED]);
    assert_eq!(days_of(&outcome, Series::ValueRefunded), [GRANTED + 2 + 5 + 1]);
}

#[test]
fn a_parcel_handed_over_at_the_deadline_is_in_time_and_a_second_later_pays_the_seller() {
    let mut world = returned_batch();
    for delay in [5 * DAY_SECONDS - 1, 5 * DAY_SECONDS] {
        world.buyers[0].return_delay = seconds(delay);
        let outcome = run(&world);
        assert_returns(
            &outcome,
            &[Count::ReturnsAsked, Count::ReturnsGranted, Count::ReturnsSent, Count::ReturnsConfirmed],
        );
        assert_eq!(count(&outcome, Count::OrdersCompleted), 0);
    }
    world.buyers[0].return_delay = seconds(5 * DAY_SECONDS + 1);
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_returns(&outcome, &[Count::ReturnsAsked, Count::ReturnsGranted, Count::ReturnsMissed]);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 10_000);
    assert_eq!(count(&outcome, Count::ValueRefunded), 0);
    assert_eq!(count(&outcome, Count::LegitimateClaimsUnpaid), orders);
    assert_eq!(days_of(&outcome, Series::OrdersCompleted), [GRANTED + 5]);
}

#[test]
fn a_silent_seller_refunds_the_return_when_its_time_is_over() {
    let mut world = returned_batch();
    for (check, end, day) in [
        (3 * DAY_SECONDS, Count::ReturnsConfirmed, GRANTED + 2 + 5 + 3),
        (3 * DAY_SECONDS + 1, Count::ReturnsRefundedBySilence, GRANTED + 2 + 5 + 3),
    ] {
        world.sellers[0].return_check = seconds(check);
        let outcome = run(&world);
        assert_returns(&outcome, &[Count::ReturnsAsked, Count::ReturnsGranted, Count::ReturnsSent, end]);
        assert_eq!(
            count(&outcome, Count::RefundedByAgreement),
            count(&outcome, Count::OrdersPlaced) * 10_000
        );
        assert_eq!(days_of(&outcome, Series::ValueRefunded), [day]);
    }
    world.policy.returns = Some(ReturnRule { deadline: span(5), confirmation: Span::Never });
    assert_eq!(
        count(&run(&world), Count::ReturnsRefundedBySilence),
        0,
        "a seller without a deadline is never silent"
    );
}

#[test]
fn a_return_is_booked_as_it_was_granted() {
    let mut silent = returned_batch();
    silent.sellers[0].response = answers_after(days(9.0));
    silent.days = 40;
    let outcome = run(&silent);
    let value = count(&outcome, Count::OrdersPlaced) * 10_000;
    assert_eq!(count(&outcome, Count::DisputesAutoExecuted) * 10_000, value);
    assert_eq!(count(&outcome, Count::RefundedBySilence), value);
    let mut ruled = silent;
    ruled.policy.dispute.silence = SilenceOutcome::Platform;
    let outcome = run(&ruled);
    assert_eq!(count(&outcome, Count::DisputesRuledForBuyer) * 10_000, value);
    assert_eq!(count(&outcome, Count::RefundedByRuling), value);
}

#[test]
fn the_sellers_record_knows_of_a_ruling_with_return_when_the_refund_is_paid() {
    let mut world = returned_batch();
    rejects_everything(&mut world.sellers[0]);
    world.policy.dispute_rate.basis = Basis::Ruled;
    world.days = 40;
    assert!(only_seller(&run(&world)).rate.0 > 0);
    world.buyers[0].return_delay = days(6.0);
    let missed = run(&world);
    assert_eq!(only_seller(&missed).rate.0, 0, "nothing was refunded");
    assert_eq!(count(&missed, Count::DisputesRuledLiable), count(&missed, Count::OrdersPlaced));
}

#[test]
fn a_return_open_at_the_horizon_leaves_the_money_held() {
    let mut world = returned_batch();
    let sent = [Count::ReturnsAsked, Count::ReturnsGranted, Count::ReturnsSent, Count::ReturnsOpen];
    for (days, counts) in [
        (GRANTED + 1, &[Count::ReturnsAsked, Count::ReturnsGranted, Count::ReturnsOpen][..]),
        (GRANTED + 5, &sent),
        (GRANTED + 8, &sent),
    ] {
        world.days = days as u32;
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_returns(&outcome, counts);
        assert_eq!(count(&outcome, Count::OrdersOpen), orders);
        assert_eq!(count(&outcome, Count::DisputesOpen), 0);
        assert_eq!(count(&outcome, Count::ValueHeld), orders * 10_000);
    }
}

#[test]
fn a_counter_offer_or_a_smaller_request_ends_without_return() {
    let mut offered = returned_batch();
    rejects_everything(&mut offered.sellers[0]);
    let mut modified = offered.clone();
    offered.sellers[0].counter_offer = 1.0;
    offered.buyers[0].accepts_counter_offer = 1.0;
    let outcome = run(&offered);
    assert_returns(&outcome, &[Count::ReturnsAsked]);
    assert_eq!(count(&outcome, Count::DisputesCountered), count(&outcome, Count::OrdersPlaced));
    modified.policy.dispute.modifications = 1;
    modified.buyers[0].modifies = 1.0;
    modified.days = 40;
    let outcome = run(&modified);
    assert_returns(&outcome, &[Count::ReturnsAsked]);
    assert_eq!(count(&outcome, Count::RefundedByRuling), count(&outcome, Count::OrdersPlaced) * 5_000);
}

#[test]
fn without_the_rule_and_of_a_parcel_not_received_nobody_asks_for_a_return() {
    let mut world = returned_batch();
    world.policy.returns = None;
    let mut plain = disputed_batch();
    plain.buyers[0].asks_return = 1.0;
    assert_returns(&run(&world), &[]);
    assert_eq!(run(&world), run(&plain));
    let mut lost = returned_batch();
    lost.sellers[0].loss = always();
    lost.sellers[0].promise = Some(days(8.0));
    lost.buyers[0].late_tolerance = complains_at_once();
    let outcome = run(&lost);
    assert_eq!(count(&outcome, Count::DisputesNotReceived), count(&outcome, Count::OrdersPlaced));
    assert_returns(&outcome, &[]);
}

#[test]
fn what_returns_count_is_reported_where_the_policy_has_them_and_nowhere_else() {
    let mut world = returned_batch();
    let reported = |world: &World| {
        let groups = Groups::of(world).each();
        let has = |metric: &&Metric| groups.iter().any(|group| group.has(metric));
        METRICS.iter().filter(has).filter(|metric| metric.name.starts_with("returns_")).count()
    };
    assert_eq!(reported(&world), 8);
    world.policy.returns = None;
    assert_eq!(reported(&world), 0);
}

#[test]
fn a_parcel_is_sent_back_before_it_is_received_and_received_before_it_is_paid() {
    use OrderState as S;
    let course = [Step::SendBack, Step::ReceiveBack, Step::ConfirmReturn];
    for (step, state) in course.into_iter().zip([S::AwaitingReturn, S::ReturnInTransit, S::Returned]) {
        for other in S::ALL {
            assert_eq!(other.after(step).is_some(), other == state, "{step:?} in {other:?}");
        }
    }
}
