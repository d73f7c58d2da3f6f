//! R2: an order is cancelled only before shipment; agreement closes it and refunds it in full.

use crate::support::batch::*;
use redress::behavior::Response;
use redress::engine::World;
use redress::observe::{Count, Series};
use redress::policy::cancellation::ShipmentRace;
use redress::sim::{DAY_SECONDS, Span};

/// Every buyer changes their mind half a day after placing; parcels are ready after three days.
fn regretting() -> World {
    let mut world = quiet_world();
    no_orders_from(&mut world, 1);
    world.buyers[0].change_of_mind = 1.0;
    world.sellers[0].handling_time = days(3.0);
    world
}

/// Regretting buyers of a seller who ships after a day and answers after so many seconds.
fn raced(race: ShipmentRace, answer: i64) -> World {
    let mut world = regretting();
    world.policy.cancellation.race = race;
    world.sellers[0].handling_time = days(1.0);
    world.sellers[0].response = answers_after(seconds(answer));
    world
}

#[test]
fn an_agreed_cancellation_refunds_in_full_and_ships_nothing() {
    let outcome = run(&regretting());
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::CancelsRequested), orders);
    assert_eq!(count(&outcome, Count::OrdersCancelledBuyerReason), orders);
    assert_eq!(count(&outcome, Count::RefundedByCancellation), orders * 10_000);
    assert_eq!(count(&outcome, Count::ValueReleased), 0);
    assert_eq!(count(&outcome, Count::OrdersShipped), 0);
}

#[test]
fn the_last_second_before_shipment_can_cancel_and_the_instant_of_shipment_cannot() {
    let mut world = regretting();
    world.sellers[0].response = answers_after(seconds(0));
    world.buyers[0].change_of_mind_delay = seconds(3 * DAY_SECONDS - 1);
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::OrdersCancelledBuyerReason), orders);
    world.buyers[0].change_of_mind_delay = days(3.0);
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::CancelsRequested), 0);
    assert_eq!(count(&outcome, Count::OrdersShipped), orders);
}

#[test]
fn an_impatient_buyer_of_a_shipped_order_has_nothing_to_cancel() {
    let mut world = regretting();
    world.buyers[0].change_of_mind = 0.0;
    world.buyers[0].shipping_patience = Some(days(3.0));
    assert_eq!(count(&run(&world), Count::CancelsRequested), 0);
    let mut defective = world.clone();
    defective.sellers[0].defect = always();
    assert_eq!(count(&run(&defective), Count::CancelsRequested), 0, "nor has one with another trouble");
    let mut regretted = world.clone();
    regretted.buyers[0].change_of_mind = 1.0;
    regretted.buyers[0].change_of_mind_delay = days(4.0);
    assert_eq!(count(&run(&regretted), Count::CancelsRequested), 0, "nor has one who regrets it too late");
    world.buyers[0].shipping_patience = Some(seconds(3 * DAY_SECONDS - 1));
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::CancelsRequested), count(&outcome, Count::OrdersPlaced));
}

#[test]
fn the_buyer_of_an_item_out_of_stock_asks_when_its_patience_ends_if_it_has_not_been_told_before() {
    // In stock, it would be handed over after a day.
    for (patience, notice, day) in [(4.0, 5.0, 4), (5.0, 4.0, 4), (2.0, 5.0, 2)] {
        let mut world = sold_out_batch();
        world.sellers[0].stock_out_notice = days(notice);
        world.buyers[0].shipping_patience = Some(days(patience));
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(outcome.daily.get(Series::CancelledSellerReason, day), orders, "{patience} and {notice}");
    }
}

#[test]
fn a_shipment_overtakes_an_open_request_that_is_not_answered_before_it() {
    let half_a_day = DAY_SECONDS / 2;
    let overtaken = run(&raced(ShipmentRace::Open, half_a_day));
    let orders = count(&overtaken, Count::OrdersPlaced);
    assert_eq!(count(&overtaken, Count::CancelsOvertaken), orders);
    assert_eq!(count(&overtaken, Count::OrdersCompleted), orders);
    assert_eq!(count(&overtaken, Count::ValueRefunded), 0);
    let cancelled = run(&raced(ShipmentRace::Open, half_a_day - 1));
    assert_eq!(count(&cancelled, Count::CancelsOvertaken), 0);
    assert_eq!(count(&cancelled, Count::OrdersCancelledBuyerReason), orders);
}

#[test]
fn a_held_parcel_waits_for_the_answer() {
    let outcome = run(&raced(ShipmentRace::Held, DAY_SECONDS));
    assert_eq!(count(&outcome, Count::CancelsOvertaken), 0);
    assert_eq!(count(&outcome, Count::OrdersCancelledBuyerReason), count(&outcome, Count::OrdersPlaced));
}

#[test]
fn an_exclusive_race_cancels_an_order_whose_buyer_asks_only_later_than_it_would_ship() {
    for (race, cancelled) in [(ShipmentRace::Open, false), (ShipmentRace::Exclusive, true)] {
        let mut world = raced(race, DAY_SECONDS);
        world.buyers[0].change_of_mind_delay = days(5.0);
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        let expected = if cancelled { (orders, 0) } else { (0, orders) };
        let seen =
            (count(&outcome, Count::OrdersCancelledBuyerReason), count(&outcome, Count::OrdersShipped));
        assert_eq!(seen, expected, "{race:?}");
    }
}

#[test]
fn a_refused_request_ships_as_planned() {
    let mut world = regretting();
    world.sellers[0].agrees_to_cancel = 0.0;
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::CancelsRefused), orders);
    assert_eq!(count(&outcome, Count::OrdersCompleted), orders);
    assert_eq!(count(&outcome, Count::ValueReleased), orders * 10_000);
    assert_eq!(days_of(&outcome, Series::OrdersShipped), [3]);
}

#[test]
fn a_refusal_after_the_planned_shipment_ships_at_once() {
    let mut world = raced(ShipmentRace::Held, 3 * DAY_SECONDS / 2);
    world.sellers[0].agrees_to_cancel = 0.0;
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::OrdersShipped), count(&outcome, Count::OrdersPlaced));
    assert_eq!(days_of(&outcome, Series::OrdersShipped), [2], "asked at half a day, refused at two");
}

#[test]
fn a_refusal_that_comes_too_late_to_ship_leaves_the_order_to_the_shipment_deadline() {
    let mut world = raced(ShipmentRace::Held, DAY_SECONDS);
    world.sellers[0].agrees_to_cancel = 0.0;
    for (deadline_hours, unshipped) in [(36, false), (35, true)] {
        world.policy.shipment.deadline = hours(deadline_hours);
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::OrdersUnshipped), if unshipped { orders } else { 0 });
        assert_eq!(count(&outcome, Count::OrdersShipped), if unshipped { 0 } else { orders });
    }
}

#[test]
fn silence_grants_a_request_one_second_after_48_hours() {
    let mut world = regretting();
    world.sellers[0].agrees_to_cancel = 0.0;
    world.sellers[0].response = answers_after(seconds(48 * 3600));
    let refused = run(&world);
    let orders = count(&refused, Count::OrdersPlaced);
    assert_eq!(count(&refused, Count::CancelsRefused), orders);
    world.sellers[0].response = answers_after(seconds(48 * 3600 + 1));
    let granted = run(&world);
    assert_eq!(count(&granted, Count::CancelsGrantedBySilence), orders);
    assert_eq!(count(&granted, Count::RefundedByCancellation), orders * 10_000);
}

#[test]
fn a_seller_without_stock_cannot_refuse() {
    let mut world = sold_out_batch();
    world.sellers[0].agrees_to_cancel = 0.0;
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::CancelsRefused), 0);
    assert_eq!(count(&outcome, Count::OrdersCancelledSellerReason), count(&outcome, Count::OrdersPlaced));
}

#[test]
fn a_request_made_far_ahead_comes_to_the_desk_on_its_day() {
    // The ring of coming days holds 128 of them.
    for day in [127, 128, 129, 300] {
        let mut world = regretting();
        world.days = 310;
        world.policy.shipment.deadline = Span::Never;
        world.buyers[0].change_of_mind_delay = days(f64::from(day));
        world.sellers[0].handling_time = days(400.0);
        world.sellers[0].response = Response::Desk(desk(20, seconds(60)));
        let outcome = run(&world);
        assert_eq!(count(&outcome, Count::OrdersCancelledBuyerReason), count(&outcome, Count::OrdersPlaced));
        let cancelled = days_of(&outcome, Series::CancelledBuyerReason);
        assert!(cancelled.iter().all(|&on| on == day as usize || on == day as usize + 1), "{cancelled:?}");
    }
}
