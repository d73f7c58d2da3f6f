//! R4: a suspended seller receives no new orders from the next day on, and its open orders go on.

use crate::support::batch::*;
use redress::engine::World;
use redress::observe::{Count, MarketOutcome, Series};
use redress::policy::not_sold::GradeEntry;
use redress::sim::{Distribution, SimDuration};

/// Every day's orders are sold out and cancelled within the day; one of them suspends the seller.
fn freezing(freeze_for: &[i64]) -> World {
    let mut world = quiet_world();
    let seller = &mut world.sellers[0];
    seller.stock_out = always();
    seller.stock_out_notice = days(0.0);
    seller.response = answers_after(days(0.0));
    let rule = &mut world.policy.not_sold;
    rule.freeze = Some(GradeEntry { count: 1, share: None });
    rule.freeze_for = freeze_for.iter().map(|&days| SimDuration::from_days(days)).collect();
    world
}

/// The days on which orders were placed.
fn trading_days(outcome: &MarketOutcome) -> Vec<usize> {
    days_of(outcome, Series::OrdersPlaced)
}

#[test]
fn a_freeze_stops_new_orders_from_the_next_day_until_the_stated_days_have_passed() {
    let outcome = run(&freezing(&[7]));
    assert_eq!(trading_days(&outcome), [0, 8, 16, 24, 32, 40, 48, 56]);
    assert_eq!(count(&outcome, Count::Freezes), 8);
    assert_eq!(count(&outcome, Count::SellerDaysFrozen), 60 - 8);
    assert_eq!(only_seller(&outcome).penalised_days, 60 - 8);
}

#[test]
fn the_entry_count_freezes_and_one_order_less_does_not() {
    let mut world = freezing(&[7]);
    no_orders_from(&mut world, 1);
    let orders = count(&run(&world), Count::OrdersPlaced) as u32;
    for (entry, freezes) in [(orders, 1), (orders + 1, 0)] {
        world.policy.not_sold.freeze = Some(GradeEntry { count: entry, share: None });
        assert_eq!(count(&run(&world), Count::Freezes), freezes);
    }
}

#[test]
fn repeated_freezes_escalate_and_the_last_length_holds() {
    let outcome = run(&freezing(&[2, 5, 10]));
    assert_eq!(trading_days(&outcome), [0, 3, 9, 20, 31, 42, 53]);
}

#[test]
fn a_length_of_part_of_a_day_freezes_for_that_whole_day() {
    let mut world = freezing(&[1]);
    world.policy.not_sold.freeze_for = vec![SimDuration(3600)];
    assert_eq!(trading_days(&run(&world))[..3], [0, 2, 4]);
}

#[test]
fn the_closing_freeze_ends_trade_for_good() {
    let mut world = freezing(&[7]);
    world.policy.not_sold.close_at_freeze = Some(3);
    let outcome = run(&world);
    assert_eq!(trading_days(&outcome), [0, 8, 16]);
    assert_eq!(count(&outcome, Count::Freezes), 3);
    assert!(only_seller(&outcome).is_frozen);
}

#[test]
fn a_freeze_lets_open_orders_go_on() {
    let mut world = freezing(&[50]);
    world.sellers[0].stock_out = Distribution::Constant(0.5);
    let outcome = run(&world);
    assert_eq!(trading_days(&outcome), [0, 51]);
    let mut first_day = world.clone();
    first_day.days = 40;
    let outcome = run(&first_day);
    let open = count(&outcome, Count::OrdersPlaced) - count(&outcome, Count::OrdersNotSold);
    assert!(open > 0);
    assert_eq!(count(&outcome, Count::OrdersShipped), open);
    assert_eq!(count(&outcome, Count::OrdersCompleted), open);
    assert_eq!(count(&outcome, Count::ValueReleased), open * 10_000);
}

#[test]
fn a_frozen_seller_still_answers_disputes_about_open_orders() {
    let mut world = freezing(&[50]);
    world.days = 40;
    world.sellers[0].stock_out = Distribution::Constant(0.5);
    world.sellers[0].defect = always();
    let outcome = run(&world);
    let open = count(&outcome, Count::OrdersPlaced) - count(&outcome, Count::OrdersNotSold);
    assert!(open > 0);
    assert_eq!(count(&outcome, Count::DisputesAccepted), open);
}

#[test]
fn a_freeze_settles_the_orders_that_led_to_it() {
    let mut world = freezing(&[7]);
    world.market.surges.clear();
    no_orders_from(&mut world, 1);
    let orders = count(&run(&world), Count::OrdersPlaced);
    // Half as many orders on day 20, inside the window of day 0.
    world.market.surges[0].days = 19;
    world.market.surges.push(redress::engine::Surge { first_day: 20, days: 1, multiplier: 0.5 });
    no_orders_from(&mut world, 21);
    world.policy.not_sold.freeze = Some(GradeEntry { count: orders as u32, share: None });
    let outcome = run(&world);
    assert_eq!(trading_days(&outcome), [0, 20]);
    assert_eq!(count(&outcome, Count::Freezes), 1);
}
