//! R11: how long an answer takes is a factor of its own: elapsed, a fraction of the deadline, or never.

use crate::support::batch::*;
use redress::behavior::{Response, ResponseDelay};
use redress::engine::World;
use redress::observe::{Count, MarketOutcome};
use redress::policy::cancellation::ShipmentRace;
use redress::sim::{Distribution, Span};

/// A batch of disputes answered like this.
fn answered(delay: ResponseDelay, never: f64) -> World {
    let mut world = disputed_batch();
    world.sellers[0].response = Response::Delay { delay, never };
    world
}

fn fraction_of_deadline(fraction: f64) -> World {
    answered(ResponseDelay::FractionOfDeadline(Distribution::Constant(fraction)), 0.0)
}

/// Exact mean delay of the answers, in hours.
fn mean_hours(outcome: &MarketOutcome) -> f64 {
    outcome.market.delays.mean().expect("there are answers") / 3600.0
}

#[test]
fn an_elapsed_delay_is_measured_to_the_second() {
    let outcome = run(&answered(ResponseDelay::Elapsed(seconds(4321)), 0.0));
    assert_eq!(outcome.market.delays.count(), count(&outcome, Count::DisputesFiled));
    assert!((outcome.market.delays.mean().unwrap() - 4321.0).abs() < 1e-9);
}

#[test]
fn a_fraction_of_the_deadline_follows_the_deadline() {
    let mut world = fraction_of_deadline(0.25);
    for (deadline, expected) in [(span(5), 30.0), (span(10), 60.0), (hours(4), 1.0)] {
        world.policy.dispute.response_deadline = deadline;
        assert!((mean_hours(&run(&world)) - expected).abs() < 1e-9);
    }
}

#[test]
fn a_fraction_of_a_business_day_deadline_counts_its_weekend() {
    let mut world = fraction_of_deadline(0.5);
    world.policy.dispute.response_deadline = Span::BusinessDays(5);
    assert!((mean_hours(&run(&world)) - 84.0).abs() < 1e-9, "half of seven days");
}

#[test]
fn an_answer_that_takes_the_whole_deadline_is_in_time() {
    let outcome = run(&fraction_of_deadline(1.0));
    assert_eq!(count(&outcome, Count::DisputesAnswered), count(&outcome, Count::DisputesFiled));
    assert!((mean_hours(&outcome) - 120.0).abs() < 1e-9);
    let late = run(&fraction_of_deadline(1.000_01));
    assert_eq!(count(&late, Count::DisputesAnswered), 0);
}

#[test]
fn a_seller_that_never_answers_leaves_everything_to_silence() {
    let outcome = run(&answered(ResponseDelay::Elapsed(seconds(1)), 1.0));
    assert_eq!(count(&outcome, Count::DisputesAutoExecuted), count(&outcome, Count::DisputesFiled));
    assert_eq!(outcome.market.delays.count(), 0);
}

#[test]
fn a_share_of_cases_is_never_answered_and_the_others_are() {
    let mut world = answered(ResponseDelay::Elapsed(seconds(1)), 0.2);
    world.market.orders_per_day = 4000.0;
    let outcome = run(&world);
    let filed = count(&outcome, Count::DisputesFiled);
    let silent = count(&outcome, Count::DisputesAutoExecuted);
    assert_eq!(silent + count(&outcome, Count::DisputesAnswered), filed);
    let share = silent as f64 / filed as f64;
    // Four standard errors of a share of a fifth.
    assert!((share - 0.2).abs() < 4.0 * (0.16 / filed as f64).sqrt(), "{share}");
}

#[test]
fn cancel_requests_may_have_a_delay_of_their_own() {
    let mut world = answered(ResponseDelay::Elapsed(seconds(1)), 1.0);
    world.buyers[0].change_of_mind = 1.0;
    world.sellers[0].handling_time = days(9.0);
    let silent = run(&world);
    assert_eq!(count(&silent, Count::CancelsGrantedBySilence), count(&silent, Count::OrdersPlaced));
    world.sellers[0].cancel_response = Some(seconds(48 * 3600));
    let answered = run(&world);
    assert_eq!(count(&answered, Count::CancelsGrantedBySilence), 0);
    assert_eq!(count(&answered, Count::OrdersCancelledBuyerReason), count(&answered, Count::OrdersPlaced));
    assert_eq!(answered.market.delays.count(), 0, "delays are those of answers to disputes");
}

#[test]
fn the_answer_to_a_refused_cancel_request_says_nothing_of_the_answer_to_the_dispute_that_follows() {
    let mut world = answered(ResponseDelay::Elapsed(Distribution::Exponential { mean: DAY }), 0.25);
    world.market.orders_per_day = 8000.0;
    world.buyers[0].change_of_mind = 1.0;
    world.buyers[0].change_of_mind_delay = days(0.0);
    world.sellers[0].agrees_to_cancel = 0.0;
    world.policy.cancellation.race = ShipmentRace::Held;
    let outcome = run(&world);
    // A quarter of requests is granted because nobody answers, and some that take longer than two days.
    let filed = count(&outcome, Count::DisputesFiled);
    assert!(filed > 4000 && filed == count(&outcome, Count::CancelsRefused));
    // Of disputes a quarter is not answered, and of the others those that take longer than five days.
    let silent = 0.25 + 0.75 * (-5.0_f64).exp();
    let share = count(&outcome, Count::DisputesAutoExecuted) as f64 / filed as f64;
    let error = (silent * (1.0 - silent) / filed as f64).sqrt();
    assert!((share - silent).abs() < 4.0 * error, "{share}");
}
