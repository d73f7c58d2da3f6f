//! R11: cancel requests and disputes wait in one queue, and the discipline decides which come first.

use crate::support::batch::*;
use redress::behavior::{DeskSpec, Discipline, Response};
use redress::engine::{Surge, World};
use redress::observe::{Count, MarketOutcome};
use redress::policy::cancellation::ShipmentRace;

/// A batch in the warm-up whose disputes are all filed at the first midnight of the observation period, and a
/// batch of day 0 of which half the buyers ask to cancel at once, with 48 hours against 120. One agent
/// needs ten hours a case.
fn disputes_and_cancel_requests(discipline: Discipline) -> World {
    let mut world = disputed_batch();
    world.warm_up_days = 8;
    world.days = 6;
    world.market.surges = vec![Surge { first_day: -7, days: 7, multiplier: 0.0 }];
    no_orders_from(&mut world, 1);
    world.policy.cancellation.race = ShipmentRace::Held;
    world.buyers[0].change_of_mind = 0.5;
    world.buyers[0].change_of_mind_delay = days(0.0);
    world.sellers[0].response = Response::Desk(DeskSpec { discipline, ..desk(1, seconds(10 * 3600)) });
    world.market.orders_per_day = 60.0;
    world
}

/// Disputes answered; cancel requests answered and left to silence.
fn answered(outcome: &MarketOutcome) -> (u64, u64, u64) {
    let silent = count(outcome, Count::CancelsGrantedBySilence);
    let agreed = count(outcome, Count::OrdersCancelledBuyerReason) - silent;
    (count(outcome, Count::DisputesAnswered), agreed, silent)
}

#[test]
fn first_come_first_served_keeps_later_cancel_requests_waiting_behind_disputes() {
    let outcome = run(&disputes_and_cancel_requests(Discipline::Fifo));
    let requests = count(&outcome, Count::CancelsRequested);
    assert!(requests > 8 && count(&outcome, Count::DisputesFiled) > 12);
    assert_eq!(answered(&outcome), (12, 0, requests), "a case every ten hours until 120");
}

#[test]
fn the_earliest_deadline_first_answers_cancel_requests_before_the_disputes_in_line() {
    let outcome = run(&disputes_and_cancel_requests(Discipline::EarliestDeadline));
    let (disputes, cancels, silent) = answered(&outcome);
    // A dispute until hour 10, cancel requests until 50; those left are due before 72, each under the
    // agent's hands; then disputes until 120.
    assert_eq!((disputes, cancels), (5, 4));
    assert_eq!(cancels + silent, count(&outcome, Count::CancelsRequested));
}

#[test]
fn cancel_requests_answered_elsewhere_leave_the_desk_to_disputes() {
    let mut world = disputes_and_cancel_requests(Discipline::EarliestDeadline);
    world.sellers[0].cancel_response = Some(days(1.0));
    let outcome = run(&world);
    let requests = count(&outcome, Count::CancelsRequested);
    assert_eq!(answered(&outcome), (12, requests, 0));
}

#[test]
fn a_shipment_takes_its_cancel_request_off_the_desk() {
    let mut world = disputes_and_cancel_requests(Discipline::EarliestDeadline);
    world.policy.cancellation.race = ShipmentRace::Open;
    world.sellers[0].handling_time = seconds(1);
    world.sellers[0].hand_over = redress::sim::WorkCalendar::always(redress::sim::Weekday::Monday);
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::CancelsOvertaken), count(&outcome, Count::CancelsRequested));
    assert!(count(&outcome, Count::CancelsRequested) > 8);
}
