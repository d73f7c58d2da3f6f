//! R4: an order not shipped by its deadline is not sold, and enough of them lower, hide or spare the seller.

use crate::support::batch::*;
use redress::engine::World;
use redress::observe::Count;
use redress::policy::not_sold::GradeEntry;
use redress::policy::rate::Rate;
use redress::sim::{DAY_SECONDS, Span, Weekday};

/// A batch that is handed over so many seconds after each placement.
fn shipped_after(handling: i64) -> World {
    let mut world = quiet_world();
    no_orders_from(&mut world, 1);
    world.sellers[0].handling_time = seconds(handling);
    world
}

/// Sold-out orders, and how many there are: all of them not sold on day 1.
fn sold_out() -> (World, u32) {
    let world = sold_out_batch();
    let orders = count(&run(&world), Count::OrdersNotSold);
    (world, orders as u32)
}

#[test]
fn the_deadlines_own_instant_ships_in_time_and_the_next_second_does_not() {
    let deadline = 10 * DAY_SECONDS;
    for (handling, is_late) in [(deadline - 1, false), (deadline, false), (deadline + 1, true)] {
        let outcome = run(&shipped_after(handling));
        let orders = count(&outcome, Count::OrdersPlaced);
        let unshipped = if is_late { orders } else { 0 };
        assert_eq!(count(&outcome, Count::OrdersUnshipped), unshipped, "{handling}");
        assert_eq!(count(&outcome, Count::OrdersNotSold), unshipped);
        assert_eq!(count(&outcome, Count::RefundedByCancellation), unshipped * 10_000);
        assert_eq!(count(&outcome, Count::OrdersShipped), orders - unshipped);
    }
}

#[test]
fn a_shipment_deadline_of_business_days_skips_the_weekend() {
    for (handling, is_late) in [(5 * DAY_SECONDS, false), (5 * DAY_SECONDS + 1, true)] {
        let mut world = shipped_after(handling);
        world.day_zero = Weekday::Friday;
        world.policy.shipment.deadline = Span::BusinessDays(3);
        let outcome = run(&world);
        assert_eq!(count(&outcome, Count::OrdersUnshipped) > 0, is_late, "{handling}");
    }
}

#[test]
fn a_cancellation_with_a_sellers_reason_before_the_deadline_is_not_sold_once() {
    let mut world = sold_out_batch();
    world.policy.shipment.deadline = hours(24);
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::OrdersNotSold), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::OrdersUnshipped), 0, "an answer at the deadline comes before it");
}

#[test]
fn a_seller_is_demoted_at_the_count_and_not_one_below() {
    let (mut world, orders) = sold_out();
    world.policy.not_sold.demote = Some(GradeEntry { count: orders, share: None });
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::SellerDaysDemoted), 28, "from day 2 to the last");
    assert_eq!(only_seller(&outcome).penalised_days, 28);
    world.policy.not_sold.demote = Some(GradeEntry { count: orders + 1, share: None });
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::SellerDaysDemoted), 0);
    assert_eq!(only_seller(&outcome).mean_weight.to_bits(), 1.0_f64.to_bits());
}

#[test]
fn a_demotion_has_its_weight_for_as_long_as_the_window_remembers() {
    let (mut world, orders) = sold_out();
    world.policy.not_sold.window = 7;
    world.policy.not_sold.demote = Some(GradeEntry { count: orders, share: None });
    world.policy.not_sold.demotion_weight = 0.4;
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::SellerDaysDemoted), 7, "days 2 to 8");
    let expected = (30.0 - 7.0 * 0.6) / 30.0;
    assert!((only_seller(&outcome).mean_weight - expected).abs() < 1e-12);
}

#[test]
fn a_share_is_reached_by_exactly_that_share_and_by_none_below() {
    let mut world = sold_out_batch();
    world.sellers[0].stock_out = redress::sim::Distribution::Constant(0.5);
    let outcome = run(&world);
    let (not_sold, placed) = only_seller(&outcome).not_sold;
    assert!(0 < not_sold && not_sold < placed);
    let at_most = Rate(u64::from(not_sold) * 1_000_000_000 / u64::from(placed));
    for (share, is_demoted) in [(at_most, true), (Rate(at_most.0 + 1), false)] {
        world.policy.not_sold.demote = Some(GradeEntry { count: 1, share: Some(share) });
        assert_eq!(only_seller(&run(&world)).mean_weight < 1.0, is_demoted);
    }
}

#[test]
fn one_order_below_the_minimum_volume_no_grade_applies() {
    let (mut world, orders) = sold_out();
    world.policy.not_sold.demote = Some(GradeEntry { count: 1, share: Some(Rate::new(0.02)) });
    for (minimum, is_demoted) in [(orders, true), (orders + 1, false)] {
        world.policy.not_sold.minimum_orders = minimum;
        assert_eq!(only_seller(&run(&world)).mean_weight < 1.0, is_demoted);
    }
}

#[test]
fn a_hidden_seller_has_no_weight_and_is_not_frozen() {
    let (mut world, orders) = sold_out();
    world.policy.not_sold.demote = Some(GradeEntry { count: 1, share: None });
    world.policy.not_sold.hide = Some(GradeEntry { count: orders, share: None });
    let outcome = run(&world);
    assert!((only_seller(&outcome).mean_weight - 2.0 / 30.0).abs() < 1e-12);
    assert_eq!(count(&outcome, Count::Freezes), 0);
    assert_eq!(count(&outcome, Count::SellerDaysFrozen), 0);
    world.policy.not_sold.hide = Some(GradeEntry { count: orders + 1, share: None });
    let demoted = run(&world);
    assert!((only_seller(&demoted).mean_weight - (2.0 + 28.0 * 0.5) / 30.0).abs() < 1e-12);
}

#[test]
fn a_hidden_seller_is_found_by_nobody_while_search_has_feedback() {
    let mut world = sold_out_batch();
    world.market.surges.clear();
    world.policy.not_sold.hide = Some(GradeEntry { count: 1, share: None });
    let hidden = run(&world);
    assert_eq!(days_of(&hidden, redress::observe::Series::OrdersPlaced), [0, 1]);
    world.market.feedback = false;
    assert!(placed_by_day(&run(&world)).iter().all(|&orders| orders > 0));
}

#[test]
fn a_penalised_seller_is_rightly_so_if_its_faults_are_above_the_bound_and_not_at_it() {
    let (mut world, _) = sold_out();
    world.policy.not_sold.demote = Some(GradeEntry { count: 1, share: None });
    let fault = only_seller(&run(&world)).fault;
    for (bound, precision) in [(fault, 0.0), (fault - 1e-9, 1.0)] {
        world.bad_seller_fault = bound;
        assert_eq!(run(&world).market.penalties.precision(), Some(precision));
    }
}
