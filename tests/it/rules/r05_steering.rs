//! R5: a seller may ask for a buyer's reason, a buyer may comply, and fear of a penalty tier may decide.

use crate::support::batch::*;
use redress::engine::{OrderNumber, Tables, World, order_path};
use redress::observe::{Count, Series};
use redress::policy::not_sold::GradeEntry;
use redress::sim::{Distribution, SimDuration, SimTime};

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
fn each_of_many_sellers_fears_a_grade_of_its_own() {
    let mut world = sold_out_one_by_one(0.0, 1.0);
    world.market.sellers = 20;
    world.market.orders_per_day = 400.0;
    world.sellers[0].steering_near_grade = 1.0;
    world.sellers[0].near_grade = 3;
    world.policy.not_sold.demote = Some(GradeEntry { count: 10, share: None });
    let outcome = run(&world);
    let not_sold: Vec<u32> = outcome.sellers.iter().map(|seller| seller.not_sold.0).collect();
    assert_eq!(not_sold, [7; 20]);
}

#[test]
fn a_seller_near_a_grade_knows_of_no_cancellation_that_it_has_yet_to_agree_to() {
    let mut world = sold_out_one_by_one(0.0, 1.0);
    world.sellers[0].steering_near_grade = 1.0;
    world.sellers[0].near_grade = 3;
    world.policy.not_sold.demote = Some(GradeEntry { count: 10, share: None });
    let not_sold = [0, 6].map(|hours| {
        world.sellers[0].response = answers_after(seconds(hours * 3600));
        steered_and_not_sold(&world).1
    });
    assert_eq!(not_sold[0], 7);
    assert!(not_sold[1] > 7, "requests made in the six hours after the seventh are not steered either");
}

#[test]
fn orders_closed_unshipped_bring_a_grade_near_from_their_own_instant_on() {
    let mut world = sold_out_one_by_one(0.0, 1.0);
    world.market.orders_per_day = 100.0;
    world.policy.shipment.deadline = hours(24);
    world.policy.not_sold.demote = Some(GradeEntry { count: 70, share: None });
    let seller = &mut world.sellers[0];
    seller.stock_out = Distribution::Constant(0.5);
    seller.stock_out_notice = seconds(12 * 3600);
    seller.handling_time = days(3.0);
    seller.steering_near_grade = 1.0;
    seller.near_grade = 20;
    let tables = Tables::new(&world);
    let orders = count(&run(&world), Count::OrdersPlaced) as u32;
    // A request twelve hours after an order that is out of stock, and the deadline of any other.
    let mut events: Vec<(SimTime, bool)> = (0..orders)
        .map(|number| {
            let order = OrderNumber { replication: 0, market: 0, seller: 0, day: 0, number };
            let path = order_path(&tables, order);
            let hours = if path.is_out_of_stock { 12 } else { 24 };
            (path.placed + SimDuration(hours * 3600), path.is_out_of_stock)
        })
        .collect();
    events.sort_unstable();
    let (mut steered, mut not_sold) = (0, 0);
    for (_, is_request) in events {
        if is_request && (50..70).contains(&not_sold) {
            steered += 1;
        } else {
            not_sold += 1;
        }
    }
    assert!(steered > 0 && not_sold > 70);
    assert_eq!(steered_and_not_sold(&world), (steered, not_sold));
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
