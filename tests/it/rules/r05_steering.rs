//! R5: a seller may ask for a buyer's reason, a buyer may comply, and fear of a grade may decide.

use crate::support::batch::*;
use redress::engine::World;
use redress::observe::{Count, Series};
use redress::policy::not_sold::GradeEntry;

/// Sold-out orders, each cancelled in the second in which it is placed, so that the next one sees it.
fn sold_out_one_by_one(steering: f64, compliance: f64) -> World {
    let mut world = sold_out_batch();
    world.sellers[0].stock_out_notice = days(0.0);
    world.sellers[0].steering = steering;
    world.sellers[0].steering_near_grade = steering;
    world.buyers[0].steering_compliance = compliance;
    world
}

/// Steered requests, and orders not sold.
fn steered_and_not_sold(world: &World) -> (u64, u64) {
    let outcome = run(world);
    (count(&outcome, Count::ReasonsSteered), count(&outcome, Count::OrdersNotSold))
}

#[test]
fn a_reason_is_steered_only_if_the_seller_asks_and_the_buyer_complies() {
    let orders = count(&run(&sold_out_one_by_one(0.0, 0.0)), Count::OrdersPlaced);
    for (steering, compliance) in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)] {
        assert_eq!(steered_and_not_sold(&sold_out_one_by_one(steering, compliance)), (0, orders));
    }
    assert_eq!(steered_and_not_sold(&sold_out_one_by_one(1.0, 1.0)), (orders, 0));
}

#[test]
fn steering_changes_the_chosen_reason_and_not_the_true_cause() {
    let outcome = run(&sold_out_one_by_one(1.0, 1.0));
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::OrdersCancelledBuyerReason), orders);
    assert_eq!(count(&outcome, Count::OrdersCancelledSellerCause), orders);
    assert_eq!(count(&outcome, Count::RefundedByCancellation), orders * 10_000);
}

#[test]
fn a_buyer_who_would_choose_its_own_reason_anyway_is_not_steered() {
    let mut world = sold_out_one_by_one(1.0, 1.0);
    world.buyers[0].reason_honesty = 0.0;
    assert_eq!(steered_and_not_sold(&world), (0, 0));
}

#[test]
fn a_seller_that_fears_a_grade_steers_only_near_it_and_stops_short_of_it() {
    let mut world = sold_out_one_by_one(0.0, 1.0);
    world.sellers[0].steering_near_grade = 1.0;
    world.sellers[0].near_grade = 3;
    world.policy.not_sold.demote = Some(GradeEntry { count: 10, share: None });
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert!(orders > 10);
    assert_eq!(count(&outcome, Count::OrdersNotSold), 7);
    assert_eq!(count(&outcome, Count::ReasonsSteered), orders - 7);
    assert_eq!(only_seller(&outcome).mean_weight.to_bits(), 1.0_f64.to_bits());
}

#[test]
fn a_seller_past_its_last_grade_fears_nothing_more() {
    let mut world = sold_out_one_by_one(1.0, 1.0);
    world.sellers[0].steering_near_grade = 0.0;
    world.sellers[0].near_grade = 10;
    world.policy.not_sold.demote = Some(GradeEntry { count: 10, share: None });
    let (steered, not_sold) = steered_and_not_sold(&world);
    assert_eq!(not_sold, 10);
    assert!(steered > 0);
}

#[test]
fn without_grades_nobody_is_near_one() {
    let mut world = sold_out_one_by_one(0.0, 1.0);
    world.sellers[0].steering_near_grade = 1.0;
    world.sellers[0].near_grade = 1000;
    assert_eq!(steered_and_not_sold(&world).0, 0);
}

#[test]
fn orders_that_leave_the_window_tonight_are_feared_no_longer() {
    let mut world = sold_out_one_by_one(0.0, 1.0);
    world.market.surges.clear();
    world.sellers[0].steering_near_grade = 1.0;
    world.sellers[0].near_grade = 3;
    world.policy.not_sold.window = 3;
    world.policy.not_sold.demote = Some(GradeEntry { count: 10, share: None });
    let outcome = run(&world);
    assert_eq!(days_of(&outcome, Series::NotSold), (0..30).step_by(3).collect::<Vec<_>>());
    assert_eq!(count(&outcome, Count::OrdersNotSold), 7 * 10);
    assert_eq!(only_seller(&outcome).penalised_days, 0);
}
