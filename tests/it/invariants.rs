//! What holds in every world: the same outcome for the same world, books that balance, demand that is
//! conserved, and nothing that moves what it does not touch.

use crate::support::batch::*;
use crate::support::stress::{stress_variants, stress_world};
use redress::engine::{Surge, Tables, Workers, World, simulate_market};
use redress::observe::{Count, MarketOutcome, Series};
use redress::policy::exposure::Exposure;
use redress::policy::not_sold::GradeEntry;
use redress::scenario::Source;
use redress::sim::{Distribution, SimDuration};
use std::path::Path;

fn run_with(world: &World, workers: Workers) -> MarketOutcome {
    simulate_market(&Tables::new(world), 0, 0, workers, true, &|_| true).expect("nobody stops the run")
}

#[test]
fn the_same_world_has_the_same_outcome() {
    assert_eq!(run(&stress_world(3)), run(&stress_world(3)));
    assert_ne!(run(&stress_world(3)), run(&stress_world(4)));
}

#[test]
fn one_worker_and_many_have_the_same_outcome() {
    let mut world = stress_world(5);
    world.market.sellers = 300;
    world.market.orders_per_day = 1200.0;
    world.days = 40;
    world.warm_up_days = 0;
    let one = run_with(&world, Workers::One);
    assert!(count(&one, Count::Freezes) > 0, "sellers meet through the ranking");
    assert_eq!(one, run_with(&world, Workers::Many));
}

#[test]
fn sellers_who_never_meet_have_the_same_outcome_in_any_number_of_groups_at_once() {
    let mut world = stress_world(6);
    world.market.feedback = false;
    world.market.sellers = 1_500;
    world.market.orders_per_day = 3_000.0;
    world.days = 20;
    world.warm_up_days = 0;
    let one = run_with(&world, Workers::One);
    assert!(one.sellers.iter().map(|seller| seller.seller).eq(0..1_500));
    let tables = Tables::new(&world);
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(one, pool.install(|| run_with(&world, Workers::Many)), "{threads} threads");
        let stopped = || simulate_market(&tables, 0, 0, Workers::Many, true, &|_| false);
        assert!(pool.install(stopped).is_none());
    }
}

#[test]
fn books_balance_where_everything_goes_wrong() {
    for seed in [1, 2] {
        for world in stress_variants(seed) {
            let outcome = run(&world);
            assert!(outcome.books.balance());
            assert_eq!(outcome.books.paid.0 as u64, count(&outcome, Count::ValuePaid));
            let by_reason: u64 = [
                Count::RefundedByCancellation,
                Count::RefundedByAgreement,
                Count::RefundedBySilence,
                Count::RefundedByRuling,
                Count::RefundedAfterSale,
            ]
            .into_iter()
            .map(|reason| count(&outcome, reason))
            .sum();
            assert_eq!(by_reason, count(&outcome, Count::ValueRefunded));
        }
    }
}

#[test]
fn the_stress_world_meets_every_rule() {
    let mut seen = run(&stress_world(1)).market;
    for world in stress_variants(1) {
        seen.merge(&run(&world).market);
    }
    for &what in Count::ALL {
        assert!(seen.tally.get(what) > 0, "{what:?} never happens");
    }
}

#[test]
fn segments_and_sellers_add_up_to_the_market() {
    let outcome = run(&stress_world(2));
    for &what in Count::ALL {
        let whole = count(&outcome, what);
        let of_sellers: u64 = outcome.sellers.iter().map(|seller| seller.tally.get(what)).sum();
        let of_segments: u64 =
            outcome.seller_segments.iter().map(|segment| segment.tally.get(what) as u64).sum();
        assert_eq!((of_sellers, of_segments), (whole, whole), "{what:?}");
    }
    let buyers =
        |what| outcome.buyer_segments.iter().map(|segment| segment.tally.get(what) as u64).sum::<u64>();
    for what in [Count::OrdersPlaced, Count::DisputesFiled, Count::ValueRefunded, Count::ValueHeld] {
        assert_eq!(buyers(what), count(&outcome, what), "{what:?}");
    }
}

#[test]
fn the_scenarios_balance_their_books_and_repeat_themselves() {
    for name in ["baseline", "support_desk", "offline_transfers", "two_platforms_ebay", "singles_day"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
        let mut world = Source::read(&path).and_then(|source| source.resolve()).unwrap().world;
        world.days = 50;
        world.warm_up_days = 0;
        world.market.count = 1;
        world.market.orders_per_day *= 20.0 / f64::from(world.market.sellers);
        world.market.sellers = 20;
        let outcome = run(&world);
        assert!(count(&outcome, Count::OrdersPlaced) > 0, "{name}");
        assert!(outcome.books.balance(), "{name}");
        assert_eq!(outcome, run(&world), "{name}");
    }
}

#[test]
fn a_longer_horizon_never_rewrites_the_days_before_it() {
    for mut world in stress_variants(6) {
        world.days = 60;
        let short = run(&world);
        world.days = 75;
        let long = run(&world);
        for &series in Series::ALL {
            assert_eq!(short.daily.row(series), &long.daily.row(series)[..60], "{series:?}");
        }
    }
}

#[test]
fn without_feedback_a_slower_seller_changes_no_order_of_another() {
    let mut world = stress_world(7);
    world.market.feedback = false;
    let before = run(&world);
    world.sellers[1].handling_time = days(9.0);
    world.sellers[1].response = answers_after(days(6.0));
    let after = run(&world);
    let mut changed = 0;
    for (before, after) in before.sellers.iter().zip(&after.sellers) {
        if before.segment == 0 {
            assert_eq!(before, after);
        } else {
            changed += u32::from(before.tally != after.tally);
        }
    }
    assert!(changed > 0);
}

/// Ten equal sellers, of whom half the first one's orders are out of stock; one of them suspends it for the
/// whole run.
fn with_a_frozen_seller(feedback: bool, leaves_market: f64) -> MarketOutcome {
    let mut world = quiet_world();
    let mut poor = world.sellers[0].clone();
    poor.name = "poor".into();
    poor.stock_out = Distribution::Constant(0.5);
    poor.share = 0.1;
    world.sellers[0].share = 0.9;
    world.sellers.insert(0, poor);
    world.market.sellers = 10;
    world.market.orders_per_day = 1000.0;
    world.market.feedback = feedback;
    world.market.leaves_market = leaves_market;
    world.policy.not_sold.freeze = Some(GradeEntry { count: 1, share: None });
    world.policy.not_sold.freeze_for = vec![SimDuration::from_days(1000)];
    run(&world)
}

#[test]
fn what_a_frozen_seller_loses_the_others_gain_unless_it_leaves_the_market() {
    let others = |outcome: &MarketOutcome| -> Vec<u64> {
        outcome.sellers[1..].iter().map(|seller| seller.tally.get(Count::OrdersPlaced)).collect()
    };
    let lost = with_a_frozen_seller(false, 0.0);
    let gained = with_a_frozen_seller(true, 0.0);
    let left = with_a_frozen_seller(true, 1.0);
    let frozen_days = count(&gained, Count::SellerDaysFrozen);
    assert!(frozen_days >= 55);
    assert_eq!(count(&gained, Count::LostOrdersMicro), frozen_days * 100_000_000);
    assert_eq!(others(&lost), others(&left), "nobody gains what leaves the market");
    assert!(others(&lost).iter().zip(others(&gained)).all(|(lost, gained)| *lost < gained));
    // Four standard errors of 60,000 Poisson orders.
    let placed = count(&gained, Count::OrdersPlaced) as f64;
    assert!((placed - 60_000.0).abs() < 4.0 * 60_000.0_f64.sqrt(), "{placed}");
    let stays = 60_000.0 - frozen_days as f64 * 100.0;
    let placed = count(&left, Count::OrdersPlaced) as f64;
    assert!((placed - stays).abs() < 4.0 * stays.sqrt(), "{placed}");
}

#[test]
fn surges_multiply_their_days_and_no_other() {
    let mut world = quiet_world();
    world.market.orders_per_day = 1000.0;
    let usual = run(&world);
    let surge = |first_day, days, multiplier| Surge { first_day, days, multiplier };
    world.market.surges = vec![surge(10, 2, 3.0), surge(11, 2, 2.0), surge(30, 1, 0.0)];
    let surged = run(&world);
    for day in 0..60 {
        let expected = match day {
            10 => 3000.0,
            11 => 6000.0,
            12 => 2000.0,
            30 => 0.0,
            _ => {
                assert_eq!(placed_by_day(&surged)[day], placed_by_day(&usual)[day]);
                continue;
            }
        };
        let placed = placed_by_day(&surged)[day] as f64;
        assert!((placed - expected).abs() <= 4.0 * f64::sqrt(expected), "day {day}: {placed}");
    }
}

#[test]
fn orders_follow_the_weekday_profile_from_the_first_weekday_on() {
    let mut world = quiet_world();
    world.day_zero = redress::sim::Weekday::Saturday;
    world.market.orders_per_day = 1000.0;
    world.market.weekday_profile = [1.5, 1.5, 1.0, 1.0, 1.0, 1.0, 0.0];
    let outcome = run(&world);
    for (day, &placed) in placed_by_day(&outcome).iter().enumerate() {
        let expected = 1000.0 * world.market.weekday_profile[(day + 5) % 7];
        assert!((placed as f64 - expected).abs() <= 4.5 * f64::sqrt(expected), "day {day}: {placed}");
    }
}

#[test]
fn a_penalty_that_touches_nobody_changes_no_byte() {
    for exposure in [Exposure::Proportional, Exposure::Position { exponent: 1.0 }] {
        let mut world = reference_workload(2, 20, 60);
        world.market.feedback = true;
        world.market.exposure = exposure;
        let before = run(&world);
        world.policy.not_sold.freeze = Some(GradeEntry { count: 100_000, share: None });
        world.policy.offline.detection = 1.0;
        world.sellers[0].goodwill = 1.0;
        assert_eq!(before, run(&world));
    }
}
