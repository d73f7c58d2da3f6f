//! R4 as penalty points: points for a poor indicator, which expire, and the tiers that they lead to.

use crate::support::batch::*;
use redress::engine::World;
use redress::observe::Count;
use redress::policy::points::{Indicator, PointAward, PointTier, PointsRule};
use redress::policy::rate::Rate;
use redress::sim::SimDuration;

const TIER_WEIGHT: f64 = 0.25;

/// Points for `indicator` above a tenth of the orders in a week, judged weekly, valid for 28 days; three
/// points lead to a tier without a suspension.
fn weekly_points(indicator: Indicator) -> PointsRule {
    PointsRule {
        every: 7,
        expire_after: 28,
        awards: vec![PointAward { indicator, window: 7, above: Rate::new(0.1), minimum_count: 1, points: 3 }],
        tiers: vec![PointTier { at: 3, weight: TIER_WEIGHT, freeze_for: SimDuration(0) }],
    }
}

/// Sold-out orders of day 0, cancelled on day 1 and judged at the close of day 6.
fn sold_out() -> World {
    let mut world = sold_out_batch();
    world.days = 60;
    world.policy.points = Some(weekly_points(Indicator::NotSoldRate));
    world
}

fn rule(world: &mut World) -> &mut PointsRule {
    world.policy.points.as_mut().expect("the policy has points")
}

/// The days that the only seller spent at the weight of the tier.
fn days_in_tier(world: &World) -> f64 {
    let lost = (1.0 - only_seller(&run(world)).mean_weight) * f64::from(world.days);
    lost / (1.0 - TIER_WEIGHT)
}

fn assert_days_in_tier(world: &World, expected: f64) {
    let days = days_in_tier(world);
    assert!((days - expected).abs() < 1e-9, "{days} days instead of {expected}");
}

#[test]
fn points_lower_the_weight_from_the_judgement_until_they_expire() {
    assert_days_in_tier(&sold_out(), 28.0);
    let mut shorter = sold_out();
    rule(&mut shorter).expire_after = 10;
    assert_days_in_tier(&shorter, 10.0);
}

#[test]
fn points_below_a_tier_have_no_effect() {
    let mut world = sold_out();
    rule(&mut world).awards[0].points = 2;
    assert_days_in_tier(&world, 0.0);
}

#[test]
fn points_of_several_judgements_add_up() {
    let mut world = sold_out();
    rule(&mut world).awards[0].points = 2;
    rule(&mut world).awards[0].window = 14;
    // Two points at the close of day 6 and two at that of day 13; the first expire at that of day 34.
    assert_days_in_tier(&world, 21.0);
}

#[test]
fn of_the_awards_for_one_indicator_only_the_largest_counts() {
    let mut world = sold_out();
    let smaller = PointAward { points: 2, ..rule(&mut world).awards[0] };
    rule(&mut world).awards = vec![smaller, smaller];
    assert_days_in_tier(&world, 0.0);
    rule(&mut world).awards[1].points = 3;
    assert_days_in_tier(&world, 28.0);
}

#[test]
fn one_poor_order_below_the_minimum_count_earns_no_points() {
    let mut world = sold_out();
    let orders = count(&run(&world), Count::OrdersNotSold) as u32;
    for (minimum, expected) in [(orders, 28.0), (orders + 1, 0.0)] {
        rule(&mut world).awards[0].minimum_count = minimum;
        assert_days_in_tier(&world, expected);
    }
}

#[test]
fn a_rate_at_the_award_does_not_earn_it() {
    let mut world = sold_out();
    rule(&mut world).awards[0].above = Rate::new(1.0);
    assert_days_in_tier(&world, 0.0);
    rule(&mut world).awards[0].above = Rate(Rate::new(1.0).0 - 1);
    assert_days_in_tier(&world, 28.0);
}

#[test]
fn entering_a_tier_freezes_once_and_staying_in_it_does_not() {
    let mut world = sold_out();
    rule(&mut world).tiers[0].freeze_for = SimDuration::from_days(5);
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::Freezes), 1);
    assert_eq!(count(&outcome, Count::SellerDaysFrozen), 5);
    assert_eq!(count(&outcome, Count::SellerDaysDemoted), 28 - 5);
}

#[test]
fn late_parcels_of_a_window_without_orders_earn_no_points() {
    let mut world = one_batch();
    world.days = 60;
    world.sellers[0].promise = Some(days(1.0));
    world.policy.points = Some(weekly_points(Indicator::LateRate));
    // Delivered on day 7, judged at the close of day 13: the last orders in the window are a week older.
    assert_days_in_tier(&world, 0.0);
}

#[test]
fn disputes_and_late_parcels_earn_points_of_their_own() {
    let mut disputed = disputed_batch();
    disputed.days = 60;
    // Filed on day 8 and judged at the close of day 13; the window of 14 days reaches the orders of day 0.
    let mut late = one_batch();
    late.days = 60;
    late.sellers[0].promise = Some(days(1.0));
    for (mut world, indicator) in [(disputed, Indicator::DisputeRate), (late, Indicator::LateRate)] {
        for earning in [Indicator::NotSoldRate, Indicator::DisputeRate, Indicator::LateRate] {
            world.policy.points = Some(weekly_points(earning));
            rule(&mut world).awards[0].window = 14;
            assert_days_in_tier(&world, if earning == indicator { 28.0 } else { 0.0 });
        }
    }
}
