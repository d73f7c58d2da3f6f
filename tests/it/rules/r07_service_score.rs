//! R7: the dispute rate shows in the service score, which falls only above its starting rate; levels follow.

use crate::support::batch::*;
use redress::engine::World;
use redress::observe::Count;
use redress::policy::service_score::{ScoreComponent, ScoreLevel, ServiceScoreRule};
use redress::sim::Distribution;

/// A component that is worth nothing at any rate.
const NOTHING: ScoreComponent = ScoreComponent { points: 0.0, floor: 0.0, starts_at: 0.0, worst: 1.0 };

/// A score of 100 points for disputes about items alone, all lost above `starts_at`.
fn disputes_only(starts_at: f64) -> ServiceScoreRule {
    ServiceScoreRule {
        not_sold: NOTHING,
        not_received: NOTHING,
        not_as_described: ScoreComponent { points: 100.0, floor: 0.0, starts_at, worst: starts_at + 1e-9 },
        description: NOTHING,
        service: NOTHING,
        logistics: NOTHING,
        ..score_without_tolerance()
    }
}

/// The score of the only seller at the end.
fn score(world: &World) -> f64 {
    only_seller(&run(world)).score.expect("the policy has a score")
}

#[test]
fn the_score_is_full_at_the_starting_rate_and_falls_above_it() {
    let mut world = one_batch();
    world.sellers[0].defect = Distribution::Constant(0.5);
    let (disputes, closed) = only_seller(&run(&world)).rate;
    assert!(0 < disputes && disputes < closed);
    let rate = f64::from(disputes) / f64::from(closed);
    world.policy.service_score = Some(disputes_only(rate));
    assert_eq!(score(&world).to_bits(), 100.0_f64.to_bits());
    world.policy.service_score = Some(disputes_only(rate - 1e-6));
    assert!(score(&world).abs() < 1e-9);
}

#[test]
fn each_trouble_takes_marks_from_its_own_components() {
    let disputed = disputed_batch();
    let mut silent = disputed_batch();
    silent.sellers[0].response = answers_after(days(6.0));
    let mut late = one_batch();
    late.sellers[0].promise = Some(days(1.0));
    let mut lost = one_batch();
    lost.sellers[0].loss = always();
    lost.sellers[0].promise = Some(days(10.0));
    lost.buyers[0].late_tolerance = complains_at_once();
    // Not sold 10, not received 15, not as described 15, description 30, service 15, logistics 15.
    for (mut world, left) in [
        (one_batch(), 100.0),
        (sold_out_batch(), 90.0),
        (lost, 85.0),
        (late, 85.0),
        (disputed, 55.0),
        (silent, 40.0),
    ] {
        world.policy.service_score = Some(score_without_tolerance());
        let score = score(&world);
        assert!((score - left).abs() < 1e-9, "{score} instead of {left}");
    }
}

/// A score of 100 on days 0 to 7 and 0 from day 8 on, with levels set every ten days.
fn falling_on_day_8(limit: f64) -> World {
    let mut world = disputed_batch();
    let mut rule = disputes_only(0.0);
    rule.level_every = 10;
    rule.levels = vec![ScoreLevel { at: limit, weight: 1.0 }, ScoreLevel { at: 0.0, weight: 0.5 }];
    world.policy.service_score = Some(rule);
    world
}

#[test]
fn a_level_follows_the_mean_score_and_holds_until_it_is_set_again() {
    // The first ten days have a mean of 80 points, the next ten of 0.
    for (limit, lowered_days) in [(80.0, 10), (80.1, 20)] {
        let outcome = run(&falling_on_day_8(limit));
        let weight = only_seller(&outcome).mean_weight;
        assert_eq!(count(&outcome, Count::SellerDaysDemoted), lowered_days);
        assert!((weight - (30.0 - lowered_days as f64 / 2.0) / 30.0).abs() < 1e-12, "{limit}: {weight}");
    }
}

#[test]
fn a_score_without_levels_is_shown_and_does_nothing() {
    let mut world = falling_on_day_8(80.0);
    world.policy.service_score.as_mut().unwrap().levels.clear();
    let outcome = run(&world);
    assert!(only_seller(&outcome).score.unwrap().abs() < 1e-9);
    assert_eq!(only_seller(&outcome).mean_weight.to_bits(), 1.0_f64.to_bits());
    assert_eq!(count(&outcome, Count::SellerDaysDemoted), 0);
}

#[test]
fn the_score_of_a_day_is_the_one_under_which_the_seller_traded() {
    let outcome = run(&falling_on_day_8(80.0));
    // The close of day 8 is the first to find a score of 0. The sum is kept in hundredths above -1000.
    assert_eq!(count(&outcome, Count::ScoreSum), 9 * 110_000 + 21 * 100_000);
}

#[test]
fn demand_that_a_better_level_draws_away_is_not_lost_to_a_penalty() {
    let mut world = falling_on_day_8(80.0);
    world.market.surges.clear();
    world.market.sellers = 2;
    world.sellers[0].share = 0.5;
    let mut good = world.sellers[0].clone();
    good.defect = never();
    world.sellers.push(good);
    let levels = &mut world.policy.service_score.as_mut().unwrap().levels;
    levels[0].weight = 2.0;
    levels[1].weight = 1.0;
    let outcome = run(&world);
    let orders = |seller: usize| outcome.sellers[seller].tally.get(Count::OrdersPlaced);
    assert!(orders(0) < orders(1));
    assert_eq!(count(&outcome, Count::LostOrdersMicro), 0);
}
