//! The warning of a warm-up that is too short: it speaks when it should, and hardly ever when it should not.

use crate::support::world::{always, days, quiet_world};
use rayon::prelude::*;
use redress::engine::{Surge, World};
use redress::experiment::{run, transient};
use redress::sim::Distribution;

/// A world whose disputes come weeks after the orders, with a week that has its own shape.
fn settling(warm_up_days: u32, seed: u64) -> World {
    let mut world = quiet_world();
    world.seed = seed;
    world.days = 182;
    world.warm_up_days = warm_up_days;
    world.replications = 4;
    world.market.orders_per_day = 100.0;
    world.market.weekday_profile = [1.4, 1.2, 1.0, 1.0, 1.0, 0.8, 0.6];
    world.market.day_dispersion = 0.1;
    world.sellers[0].transit_time = Distribution::Gamma { shape: 3.0, scale: 4.0 * 86_400.0 };
    world.sellers[0].defect = always();
    world.buyers[0].notice_delay = days(2.0);
    world
}

/// How many of so many seeds raise the warning.
fn warned(seeds: u64, warm_up_days: u32) -> usize {
    let is_warned = |seed: &u64| {
        let world = settling(warm_up_days, *seed);
        transient(&world, &run(&world, &|_| true)).is_some()
    };
    (1..=seeds).into_par_iter().filter(is_warned).count()
}

/// At most 2 % of stationary worlds are warned of: 10 of 500.
#[test]
fn a_settled_world_is_hardly_ever_warned_of() {
    let warned = warned(500, 90);
    assert!(warned <= 10, "{warned}");
}

#[test]
fn a_world_that_starts_empty_is_nearly_always_warned_of() {
    let warned = warned(100, 0);
    assert!(warned >= 98, "{warned}");
}

#[test]
fn the_suggested_warm_up_is_long_enough_and_not_absurd() {
    let world = settling(0, 1);
    let found = transient(&world, &run(&world, &|_| true)).unwrap();
    assert!((14..=91).contains(&found.suggested(0)), "{found:?}");
    assert!(found.bias < -0.01 && !found.is_unsettled, "{found:?}");
    let longer = settling(found.suggested(0), 1);
    assert_eq!(transient(&longer, &run(&longer, &|_| true)), None);
}

#[test]
fn a_world_with_a_surge_on_measured_days_is_not_judged() {
    let mut world = settling(0, 1);
    world.market.surges = vec![Surge { first_day: 100, days: 3, multiplier: 5.0 }];
    assert_eq!(transient(&world, &run(&world, &|_| true)), None);
    world.market.surges = vec![Surge { first_day: -5, days: 3, multiplier: 5.0 }];
    assert!(transient(&world, &run(&world, &|_| true)).is_some());
}
