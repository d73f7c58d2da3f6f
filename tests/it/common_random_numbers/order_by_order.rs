//! A parameter moves every order one way, not only their sums: worlds in which a seller has one order, or a market one
//! seller, show each of them by itself.

use crate::support::batch::*;
use crate::support::evidence::markets;
use crate::support::stress::stress_world;
use redress::behavior::{Response, ResponseDelay};
use redress::engine::{Surge, World};
use redress::observe::{Count, MarketOutcome, SellerOutcome, Series};
use redress::policy::rate::Rate;
use redress::sim::{Distribution, Span};
use redress::verification::theory::counts::decided_for_buyer;

/// Sellers that have one order each on average, on day 0, and do not meet.
fn one_order_a_seller(seed: u64) -> World {
    let mut world = stress_world(seed);
    world.warm_up_days = 0;
    world.market.feedback = false;
    world.market.sellers = 4000;
    world.market.orders_per_day = 4000.0;
    world.market.day_dispersion = 0.0;
    world.market.surges = vec![Surge { first_day: 1, days: 10_000, multiplier: 0.0 }];
    world.sellers.iter_mut().for_each(|seller| seller.attractiveness = always());
    world.sellers.iter_mut().for_each(|seller| seller.defect = Distribution::Constant(0.5));
    world
}

/// Sellers with exactly one order: each is an order.
fn orders(outcome: &MarketOutcome) -> impl Iterator<Item = &SellerOutcome> {
    outcome.sellers.iter().filter(|seller| seller.tally.get(Count::OrdersPlaced) == 1)
}

/// The orders of two worlds, pair by pair.
fn pairs<'a>(
    before: &'a MarketOutcome,
    after: &'a MarketOutcome,
) -> impl Iterator<Item = (&'a SellerOutcome, &'a SellerOutcome)> {
    orders(before).zip(orders(after)).inspect(|(before, after)| assert_eq!(before.seller, after.seller))
}

fn is(order: &SellerOutcome, what: Count) -> bool {
    order.tally.get(what) > 0
}

/// Every seller answers after a lognormal time, and modifications do not start a clock anew.
fn answered_after(median: f64, deadline: Span) -> World {
    let mut world = one_order_a_seller(45);
    world.policy.dispute.modifications = 0;
    world.policy.dispute.response_deadline = deadline;
    for seller in &mut world.sellers {
        seller.cancel_response = Some(days(0.5));
        let delay = ResponseDelay::Elapsed(Distribution::Lognormal { median: median * DAY, sigma: 0.9 });
        seller.response = Response::Delay { delay, never: 0.05 };
    }
    world
}

/// Holds that no dispute that silence decided is answered afterwards, and that some answers are lost to silence.
fn assert_only_more_silent(quick: &MarketOutcome, slow: &MarketOutcome) {
    let mut lost = 0;
    for (quick, slow) in pairs(quick, slow) {
        assert_eq!(is(quick, Count::DisputesFiled), is(slow, Count::DisputesFiled));
        if is(quick, Count::DisputesAutoExecuted) {
            assert!(is(slow, Count::DisputesAutoExecuted) && !is(slow, Count::DisputesAnswered));
        }
        lost += u32::from(is(quick, Count::DisputesAnswered) && is(slow, Count::DisputesAutoExecuted));
    }
    assert!(lost > 10, "only {lost} orders are moved");
}

#[test]
fn a_longer_delay_never_turns_an_order_that_silence_decided_into_an_answered_one() {
    let outcomes = [0.5, 1.0, 2.0, 4.0, 8.0].map(|median| run(&answered_after(median, span(5))));
    outcomes.windows(2).for_each(|pair| assert_only_more_silent(&pair[0], &pair[1]));
}

#[test]
fn a_shorter_deadline_never_turns_an_order_that_silence_decided_into_an_answered_one() {
    let outcomes = [10, 7, 5, 3, 1].map(|deadline| run(&answered_after(2.0, span(deadline))));
    outcomes.windows(2).for_each(|pair| assert_only_more_silent(&pair[0], &pair[1]));
}

#[test]
fn slower_handling_never_ships_an_order_that_was_closed_as_not_shipped() {
    let mut world = one_order_a_seller(46);
    world.buyers.iter_mut().for_each(|buyer| {
        buyer.change_of_mind = 0.0;
        buyer.shipping_patience = None;
    });
    world.sellers.iter_mut().for_each(|seller| seller.stock_out = never());
    let outcomes = [1.0, 2.0, 4.0, 8.0].map(|median| {
        let law = Distribution::Lognormal { median: median * DAY, sigma: 1.0 };
        world.sellers.iter_mut().for_each(|seller| seller.handling_time = law.clone());
        run(&world)
    });
    for outcome in outcomes.windows(2) {
        let mut lost = 0;
        for (quick, slow) in pairs(&outcome[0], &outcome[1]) {
            assert!(!is(quick, Count::OrdersUnshipped) || is(slow, Count::OrdersUnshipped));
            lost += u32::from(is(slow, Count::OrdersUnshipped) && !is(quick, Count::OrdersUnshipped));
        }
        assert!(lost > 10, "only {lost} orders are moved");
    }
}

#[test]
fn a_higher_threshold_never_demotes_a_seller_on_a_day_on_which_a_lower_one_does_not() {
    let mut world = stress_world(47);
    world.market.feedback = false;
    world.market.count = 60;
    world.market.sellers = 1;
    world.market.orders_per_day = 8.0;
    let outcomes = [0.0, 0.03, 0.06, 0.1, 0.2, 1.0].map(|threshold| {
        world.policy.dispute_rate.threshold = Rate::new(threshold);
        markets(&world)
    });
    let mut spared = 0;
    for pair in outcomes.windows(2) {
        for (strict, mild) in pair[0].iter().zip(&pair[1]) {
            for series in [Series::SellersDemoted, Series::SellersAboveThreshold] {
                for (strict, mild) in strict.daily.row(series).iter().zip(mild.daily.row(series)) {
                    assert!(strict >= mild, "{series:?}");
                    spared += strict - mild;
                }
            }
        }
    }
    assert!(spared > 1000, "only {spared} seller-days are moved");
}

/// On Taobao at most 2 % of rulings are flipped by the partiality of jurors who are sellers. The same disputes before an
/// impartial jury and before a partial one: rulings only go from the buyer to the seller, and so few that 2 % is beyond
/// four standard errors.
#[test]
fn partial_jurors_flip_rulings_one_way_and_at_most_two_in_a_hundred() {
    let mut world = quiet_world();
    world.market.sellers = 500;
    world.market.orders_per_day = 1500.0;
    world.sellers[0].defect = always();
    rejects_everything(&mut world.sellers[0]);
    world.policy.mediation.accuracy = 0.0;
    let mut before = |partiality: f64| {
        world.policy.mediation.buyer_favour = decided_for_buyer(25, 6, partiality);
        run(&world)
    };
    let (impartial, partial) = (before(0.0), before(0.1));
    let mut flips = 0;
    for (impartial, partial) in impartial.sellers.iter().zip(&partial.sellers) {
        let both = |what| (impartial.tally.get(what), partial.tally.get(what));
        let (before, after) = both(Count::DisputesRuledForBuyer);
        assert!(after <= before, "seller {}", partial.seller);
        flips += before - after;
        let (before, after) = both(Count::DisputesEscalated);
        assert_eq!(before, after);
    }
    let rulings = [Count::DisputesRuledForBuyer, Count::DisputesRuledForSeller]
        .iter()
        .map(|&what| count(&partial, what))
        .sum::<u64>() as f64;
    let share = flips as f64 / rulings;
    assert!(rulings > 50_000.0);
    assert!(share > 0.01 && share + 4.0 * (share / rulings).sqrt() < 0.02, "{share} of {rulings} rulings");
}
