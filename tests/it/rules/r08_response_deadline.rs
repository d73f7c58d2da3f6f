//! R8: the seller answers within 120 hours to the instant; silence executes the requested amount.

use crate::support::batch::*;
use redress::behavior::RequestedAmount;
use redress::engine::World;
use redress::observe::{Count, Series};
use redress::policy::dispute::SilenceOutcome;
use redress::sim::{Distribution, Span, Weekday};

const DEADLINE: i64 = 120 * 3600;

/// A batch that asks for 30.00 of 100.00; the seller rejects after so many seconds, and the platform would
/// rule for the seller.
fn rejected_after(answer: i64) -> World {
    let mut world = disputed_batch();
    rejects_everything(&mut world.sellers[0]);
    world.sellers[0].response = answers_after(seconds(answer));
    world.buyers[0].requested = RequestedAmount::Fraction(Distribution::Constant(0.3));
    world.policy.mediation.accuracy = 0.0;
    world.policy.mediation.buyer_favour = 0.0;
    world
}

#[test]
fn an_answer_at_120_hours_is_in_time() {
    for answer in [DEADLINE - 1, DEADLINE] {
        let outcome = run(&rejected_after(answer));
        assert_eq!(count(&outcome, Count::DisputesRejected), count(&outcome, Count::OrdersPlaced));
        assert_eq!(count(&outcome, Count::DisputesAutoExecuted), 0);
        assert_eq!(count(&outcome, Count::ValueRefunded), 0);
    }
}

#[test]
fn silent_seller_refunds_the_requested_amount_at_120_hours() {
    let outcome = run(&rejected_after(DEADLINE + 1));
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::DisputesAnswered), 0);
    assert_eq!(count(&outcome, Count::DisputesAutoExecuted), orders);
    assert_eq!(count(&outcome, Count::RefundedBySilence), orders * 3000);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 7000);
    assert_eq!(days_of(&outcome, Series::ValueRefunded), [NOTICED + 5]);
}

#[test]
fn another_deadline_moves_the_boundary_with_it() {
    let mut world = rejected_after(48 * 3600);
    for (deadline, executed) in [(hours(48), false), (hours(47), true), (Span::Never, false)] {
        world.policy.dispute.response_deadline = deadline;
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::DisputesAutoExecuted), if executed { orders } else { 0 });
    }
}

#[test]
fn a_deadline_of_business_days_skips_the_weekend() {
    // Filed on a Tuesday at midnight: five business days end on the next Tuesday, seven days on.
    let week = 7 * 24 * 3600;
    for (answer, executed) in [(week, false), (week + 1, true)] {
        let mut world = rejected_after(answer);
        world.policy.dispute.response_deadline = Span::BusinessDays(5);
        assert_eq!(world.day_zero, Weekday::Monday);
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::DisputesAutoExecuted), if executed { orders } else { 0 });
    }
}

#[test]
fn silence_may_lead_to_the_platform_instead() {
    let mut world = rejected_after(DEADLINE + 1);
    world.policy.dispute.silence = SilenceOutcome::Platform;
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::DisputesSilentToPlatform), orders);
    assert_eq!(count(&outcome, Count::DisputesEscalated), orders);
    assert_eq!(count(&outcome, Count::DisputesRuledForSeller), orders);
    assert_eq!(count(&outcome, Count::DisputesAutoExecuted), 0);
    assert_eq!(days_of(&outcome, Series::DisputesRuledForSeller), [NOTICED + 5 + 3]);
}

#[test]
fn an_order_ruled_for_the_seller_completes_with_the_ruling() {
    let mut world = rejected_after(DEADLINE + 1);
    world.policy.dispute.silence = SilenceOutcome::Platform;
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::DisputesRuledForSeller), orders);
    assert_eq!(count(&outcome, Count::OrdersCompleted), orders);
    assert_eq!(days_of(&outcome, Series::OrdersCompleted), [NOTICED + 5 + 3]);
    // Those that were confirmed before the claim are not counted again.
    world.buyers[0].confirms_first = 1.0;
    world.buyers[0].notice_delay = days(4.0);
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::DisputesAfterCompletion), orders);
    assert_eq!(count(&outcome, Count::DisputesRuledForSeller), orders);
    assert_eq!(count(&outcome, Count::OrdersCompleted), orders);
}

/// The seller answers each round after four days; it accepts no more than half the value, and buyers
/// halve a rejected request of the whole.
fn modified_once() -> World {
    let mut world = disputed_batch();
    world.sellers[0].accept_up_to = 0.5;
    world.sellers[0].response = answers_after(days(4.0));
    world.buyers[0].modifies = 1.0;
    world.policy.dispute.modifications = 1;
    world
}

#[test]
fn a_modification_starts_a_new_clock_for_the_new_amount() {
    let outcome = run(&modified_once());
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::DisputesModified), orders);
    assert_eq!(count(&outcome, Count::DisputesAnswered), 2 * orders);
    assert_eq!(count(&outcome, Count::DisputesAutoExecuted), 0);
    assert_eq!(count(&outcome, Count::RefundedByAgreement), orders * 5000);
    assert_eq!(days_of(&outcome, Series::DisputesAccepted), [NOTICED + 8]);
    assert_eq!(count(&outcome, Count::DisputesFiled), orders, "a modification is no new dispute");
}

#[test]
fn a_request_is_modified_no_more_often_than_the_policy_allows() {
    let mut world = modified_once();
    rejects_everything(&mut world.sellers[0]);
    world.sellers[0].response = answers_after(days(1.0));
    for modifications in 0..4 {
        world.policy.dispute.modifications = modifications;
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::DisputesModified), u64::from(modifications) * orders);
        assert_eq!(count(&outcome, Count::DisputesRejected), (u64::from(modifications) + 1) * orders);
        assert_eq!(count(&outcome, Count::RefundedByRuling), orders * (10_000 >> modifications));
    }
}

#[test]
fn the_platform_steps_in_seven_days_after_filing_or_at_a_later_rejection() {
    let mut world = rejected_after(0);
    world.policy.dispute.response_deadline = span(10);
    for (answered, stepped_in) in [(1.0, 7), (7.0, 7), (8.0, 8)] {
        world.sellers[0].response = answers_after(days(answered));
        let outcome = run(&world);
        assert_eq!(days_of(&outcome, Series::DisputesRuledForSeller), [NOTICED + stepped_in + 3]);
    }
}

#[test]
fn a_buyer_who_does_not_wait_for_the_platform_withdraws_and_the_order_completes() {
    let mut world = rejected_after(3600);
    world.buyers[0].wait_for_platform = 0.0;
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::DisputesWithdrawn), orders);
    assert_eq!(count(&outcome, Count::DisputesEscalated), 0);
    assert_eq!(count(&outcome, Count::OrdersCompleted), orders);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 10_000);
}

#[test]
fn a_clock_that_still_runs_at_the_horizon_holds_the_money() {
    let mut world = rejected_after(DEADLINE + 1);
    world.days = NOTICED as u32 + 5;
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::OrdersOpen), orders);
    assert_eq!(count(&outcome, Count::ValueHeld), orders * 10_000);
}

#[test]
fn a_request_of_one_cent_cannot_be_modified() {
    for (value, modified) in [(2.0, true), (1.0, false)] {
        let mut world = modified_once();
        rejects_everything(&mut world.sellers[0]);
        world.market.order_value = Distribution::Constant(value);
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::DisputesModified), if modified { orders } else { 0 });
    }
}
