//! R9: a dispute until 15 days after completion; later only an agreement, settled by hand, outside the rate.

use crate::support::batch::*;
use redress::engine::World;
use redress::observe::{Count, Series};
use redress::policy::dispute_rate::{Basis, PenaltyCurve, PenaltyStep};
use redress::policy::rate::Rate;
use redress::sim::{DAY_SECONDS, Span};

const WINDOW: i64 = 15 * DAY_SECONDS;

/// A batch of defective items that is confirmed on day 9 and claimed so many seconds after that.
fn claimed_after_completion(elapsed: i64) -> World {
    let mut world = disputed_batch();
    world.days = 40;
    world.buyers[0].confirms_first = 1.0;
    world.buyers[0].notice_delay = seconds(2 * DAY_SECONDS + elapsed);
    world.sellers[0].goodwill = 1.0;
    world
}

#[test]
fn a_claim_at_15_days_after_completion_is_a_dispute() {
    for elapsed in [WINDOW - 1, WINDOW] {
        let outcome = run(&claimed_after_completion(elapsed));
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::OrdersCompleted), orders);
        assert_eq!(count(&outcome, Count::DisputesAfterCompletion), orders);
        assert_eq!(count(&outcome, Count::AfterSaleCases), 0);
        assert_eq!(count(&outcome, Count::RefundedByAgreement), orders * 10_000);
    }
}

#[test]
fn a_claim_one_second_after_the_window_is_an_after_sale_case() {
    let outcome = run(&claimed_after_completion(WINDOW + 1));
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::DisputesFiled), 0);
    assert_eq!(count(&outcome, Count::AfterSaleCases), orders);
    assert_eq!(count(&outcome, Count::RefundedAfterSale), orders * 10_000);
    assert_eq!(count(&outcome, Count::ValueReleased), 0);
}

#[test]
fn a_dispute_in_the_instant_of_completion_comes_before_it() {
    let outcome = run(&claimed_after_completion(0));
    assert_eq!(count(&outcome, Count::DisputesFiled), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::DisputesAfterCompletion), 0);
    assert_eq!(count(&outcome, Count::OrdersCompleted), 0);
    let later = run(&claimed_after_completion(1));
    assert_eq!(count(&later, Count::DisputesAfterCompletion), count(&later, Count::OrdersPlaced));
}

#[test]
fn the_window_is_the_policys() {
    let mut world = claimed_after_completion(20 * DAY_SECONDS);
    for (window, disputed) in [(span(20), true), (span(19), false), (Span::Never, true)] {
        world.policy.dispute.after_completion = window;
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::DisputesFiled), if disputed { orders } else { 0 });
        assert_eq!(count(&outcome, Count::AfterSaleCases), if disputed { 0 } else { orders });
    }
}

#[test]
fn without_a_confirmation_the_window_begins_at_automatic_completion() {
    // Delivered orders complete after 15 days; the window adds as many.
    for (notice, disputed) in [(30 * DAY_SECONDS, true), (30 * DAY_SECONDS + 1, false)] {
        let mut world = claimed_after_completion(0);
        world.days = 60;
        world.buyers[0].confirms_first = 0.0;
        world.buyers[0].notice_delay = seconds(notice);
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(days_of(&outcome, Series::OrdersCompleted), [DELIVERED + 15]);
        assert_eq!(count(&outcome, Count::DisputesFiled), if disputed { orders } else { 0 });
    }
}

#[test]
fn the_protection_period_completes_an_order_that_nobody_confirms() {
    let mut world = claimed_after_completion(0);
    world.policy.completion.protection_period = span(12);
    world.buyers[0].confirms_first = 0.0;
    world.buyers[0].notice_delay = days(20.0);
    assert_eq!(days_of(&run(&world), Series::OrdersCompleted), [HANDED_OVER + 12]);
}

#[test]
fn the_protection_period_may_end_while_the_parcel_is_on_its_way() {
    let mut world = one_batch();
    world.policy.completion.protection_period = span(4);
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(days_of(&outcome, Series::OrdersCompleted), [HANDED_OVER + 4]);
    assert_eq!(days_of(&outcome, Series::OrdersDelivered), [DELIVERED]);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 10_000);
}

#[test]
fn without_goodwill_there_is_no_agreement_and_the_seller_keeps_the_money() {
    let mut world = claimed_after_completion(WINDOW + 1);
    world.sellers[0].goodwill = 0.0;
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::AfterSaleDeclined), orders);
    assert_eq!(count(&outcome, Count::AfterSaleCases), 0);
    assert_eq!(count(&outcome, Count::ValueRefunded), 0);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 10_000);
    assert_eq!(count(&outcome, Count::LegitimateClaimsUnpaid), orders);
}

#[test]
fn an_after_sale_refund_comes_after_the_manual_delay() {
    // Claimed a second into day 24.
    let mut world = claimed_after_completion(WINDOW + 1);
    for delay in [3, 6] {
        world.policy.after_sale.delay = seconds(delay * DAY_SECONDS);
        assert_eq!(days_of(&run(&world), Series::ValueRefunded), [24 + delay as usize]);
    }
}

#[test]
fn an_after_sale_case_open_at_the_horizon_leaves_the_money_with_the_seller() {
    let mut world = claimed_after_completion(WINDOW + 1);
    world.days = 26;
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::AfterSaleCases), orders);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 10_000);
    assert_eq!(count(&outcome, Count::OrdersOpen), 0);
}

#[test]
fn after_sale_cases_stay_outside_the_dispute_rate() {
    for (elapsed, basis, is_disputed) in [
        (WINDOW, Basis::Filed, true),
        (WINDOW + 1, Basis::Filed, false),
        (WINDOW, Basis::Refunded, true),
        (WINDOW + 1, Basis::Refunded, false),
    ] {
        let mut world = claimed_after_completion(elapsed);
        world.policy.dispute_rate.basis = basis;
        world.policy.dispute_rate.threshold = Rate(0);
        world.policy.dispute_rate.penalty =
            PenaltyCurve::Steps(vec![PenaltyStep { above: Rate(0), weight: 0.5 }]);
        let outcome = run(&world);
        let seller = only_seller(&outcome);
        assert_eq!(seller.rate.0 > 0, is_disputed);
        assert_eq!(seller.mean_weight.to_bits() == 1.0_f64.to_bits(), !is_disputed);
    }
}

#[test]
fn a_dispute_filed_in_the_instant_of_completion_holds_the_money_while_it_is_open() {
    let mut world = claimed_after_completion(0);
    world.days = 10;
    world.sellers[0].response = answers_after(days(2.0));
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::DisputesFiled), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::OrdersOpen), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::ValueReleased), 0);
}

#[test]
fn an_order_that_will_be_claimed_releases_its_money_when_it_completes_before_the_horizon() {
    let mut world = claimed_after_completion(0);
    world.buyers[0].confirms_first = 0.0;
    world.buyers[0].notice_delay = days(20.0);
    // Delivered orders complete after 15 days.
    for (horizon, is_released) in [(DELIVERED + 15, false), (DELIVERED + 16, true)] {
        world.days = horizon as u32;
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::ValueReleased), if is_released { orders * 10_000 } else { 0 });
        assert_eq!(count(&outcome, Count::OrdersOpen), if is_released { 0 } else { orders });
    }
}

#[test]
fn a_lost_parcel_that_nobody_claims_is_never_confirmed() {
    let mut world = one_batch();
    world.days = 80;
    world.sellers[0].loss = always();
    assert_eq!(days_of(&run(&world), Series::OrdersCompleted), [HANDED_OVER + 60], "the protection ends");
}
