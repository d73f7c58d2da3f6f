//! Demand: Poisson days, days with a chance of their own, and shares by place in the ranking.

use crate::support::evidence::{Evidence, markets, mean_and_error};
use crate::support::world::quiet_world;
use redress::engine::{Surge, World};
use redress::observe::{Count, Series};
use redress::policy::exposure::Exposure;
use redress::policy::not_sold::GradeEntry;
use redress::sim::Distribution;

/// Orders of each day of a world without warm-up.
fn daily_orders(world: &World) -> Vec<f64> {
    markets(world)[0].daily.row(Series::OrdersPlaced).iter().map(|&orders| orders as f64).collect()
}

/// Mean and variance of independent days; the variance is held against theory by the spread of the
/// squared deviations, `Var(s^2) = (m4 - s^4) / n`.
fn weigh_days(evidence: &mut Evidence, name: &str, mean: f64, variance: f64, orders: &[f64]) {
    evidence.weigh_batches(&format!("orders per day, {name}: mean"), mean, orders);
    let average = mean_and_error(orders).0;
    let squares: Vec<f64> = orders.iter().map(|n| (n - average).powi(2)).collect();
    evidence.weigh_batches(&format!("orders per day, {name}: variance"), variance, &squares);
}

/// A Poisson day has its mean as its variance; a gamma multiplier of variance `v` adds `mean^2 v`.
#[test]
fn orders_a_day_have_the_variance_of_a_mixed_poisson_number() {
    let mut evidence = Evidence::default();
    for (dispersion, sellers) in [(0.0, 1), (0.0, 7), (0.12, 7)] {
        let mut world = quiet_world();
        world.days = 10_000;
        world.market.sellers = sellers;
        world.market.orders_per_day = 80.0;
        world.market.day_dispersion = dispersion;
        let name = format!("{sellers} sellers, dispersion {dispersion}");
        weigh_days(&mut evidence, &name, 80.0, 80.0 + 6400.0 * dispersion, &daily_orders(&world));
    }
    evidence.judge();
}

/// Weekdays and surges multiply the mean of their days and leave them Poisson.
#[test]
fn weekdays_and_surges_multiply_the_mean() {
    let mut evidence = Evidence::default();
    let profile = [1.1, 1.05, 1.11, 1.09, 1.04, 0.74, 0.87];
    let mut world = quiet_world();
    world.days = 7 * 1400;
    world.market.weekday_profile = profile;
    world.market.surges.push(Surge { first_day: 7 * 700, days: 7 * 700, multiplier: 3.0 });
    let orders = daily_orders(&world);
    let (before, during) = orders.split_at(7 * 700);
    for (weekday, factor) in profile.iter().enumerate() {
        for (name, part, mean) in [("before", before, 20.0), ("during", during, 60.0)] {
            let total: f64 = part.iter().skip(weekday).step_by(7).sum();
            let theory = 700.0 * mean * factor;
            evidence.weigh_count(
                &format!("orders on weekday {weekday} {name} a surge"),
                theory,
                total as u64,
            );
        }
    }
    evidence.judge();
}

/// Four sellers by position with exponent 1: exposures 1, 1/2, 1/3, 1/4. The last has twice the pull of
/// the others and would stand first, with `1 / (25/12) = 0.48` of demand; demoted to a tenth it stands
/// last, with 0.12, and the three others share the rest equally. Orders per seller are Poisson; what it
/// lost is counted in expectation, so exactly.
#[test]
fn a_demoted_seller_falls_to_the_last_place_and_the_others_gain_what_it_loses() {
    let mut world = quiet_world();
    (world.days, world.warm_up_days) = (2000, 30);
    world.market.sellers = 4;
    world.market.orders_per_day = 200.0;
    world.market.exposure = Exposure::Position { exponent: 1.0 };
    let mut bad = world.sellers[0].clone();
    (bad.name, bad.share) = ("bad".into(), 0.25);
    (bad.attractiveness, bad.stock_out) = (Distribution::Constant(2.0), Distribution::Constant(0.5));
    world.sellers[0].share = 0.75;
    world.sellers.push(bad);
    world.policy.not_sold.demote = Some(GradeEntry { count: 1, share: None });
    world.policy.not_sold.demotion_weight = 0.1;
    let days = f64::from(world.days);
    let mut evidence = Evidence::default();
    let outcome = &markets(&world)[0];
    for seller in &outcome.sellers {
        let share = if seller.segment == 1 { 0.12 } else { 0.88 / 3.0 };
        let name = format!("orders of seller {} by position", seller.seller);
        evidence.weigh_count(&name, 200.0 * days * share, seller.tally.get(Count::OrdersPlaced));
    }
    evidence.weigh_count(
        "orders of the market",
        200.0 * days,
        outcome.market.tally.get(Count::OrdersPlaced) as u64,
    );
    let lost = outcome.sellers[3].tally.get(Count::LostOrdersMicro) as f64 / 1e6;
    evidence.weigh("orders lost by demotion", 200.0 * days * 0.36, lost, 1e-3);
    evidence.judge();
}
