//! Choices, delays and numbers of orders are inverse transforms of the same uniforms, so that a larger
//! parameter moves every seller the same way.

use crate::support::batch::*;
use crate::support::stress::stress_world;
use redress::behavior::{Response, ResponseDelay, SellerSegment};
use redress::engine::World;
use redress::observe::{Count, MarketOutcome};
use redress::policy::rate::Rate;
use redress::sim::Distribution;

/// A market of every misery but search: no ranking moves orders from one seller to another.
fn without_feedback(seed: u64) -> World {
    let mut world = stress_world(seed);
    world.market.feedback = false;
    world.days = 60;
    world
}

#[test]
fn a_longer_delay_never_lets_a_seller_answer_more_or_be_silent_less() {
    let mut world = without_feedback(27);
    // Nothing else may follow from an answer: a new request has a new clock, points suspend, and a warm-up
    // hides the answers that come before its end.
    world.warm_up_days = 0;
    world.policy.dispute.modifications = 0;
    world.policy.points = None;
    for seller in &mut world.sellers {
        seller.cancel_response = Some(days(0.5));
    }
    let mut last: Option<MarketOutcome> = None;
    for median in [0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 20.0] {
        for seller in &mut world.sellers {
            let delay = ResponseDelay::Elapsed(Distribution::Lognormal { median: median * DAY, sigma: 0.9 });
            seller.response = Response::Delay { delay, never: 0.05 };
        }
        let slower = run(&world);
        if let Some(quicker) = last {
            assert!(count(&quicker, Count::DisputesAnswered) > count(&slower, Count::DisputesAnswered));
            for (quicker, slower) in quicker.sellers.iter().zip(&slower.sellers) {
                let both = |what| (quicker.tally.get(what), slower.tally.get(what));
                let (answered, still_answered) = both(Count::DisputesAnswered);
                assert!(answered >= still_answered, "median {median}, seller {}", slower.seller);
                let (silent, more_silent) = both(Count::DisputesAutoExecuted);
                assert!(silent <= more_silent, "median {median}, seller {}", slower.seller);
                let (filed, as_many) = both(Count::DisputesFiled);
                assert_eq!(filed, as_many, "median {median}, seller {}", slower.seller);
            }
        }
        last = Some(slower);
    }
}

#[test]
fn a_higher_threshold_never_demotes_a_seller_for_more_days() {
    for mut world in [without_feedback(28), without_feedback(29)] {
        let mut last: Option<MarketOutcome> = None;
        for threshold in [0.0, 0.02, 0.05, 0.08, 0.12, 0.2, 0.4, 1.0] {
            world.policy.dispute_rate.threshold = Rate::new(threshold);
            let milder = run(&world);
            if let Some(stricter) = last {
                for (stricter, milder) in stricter.sellers.iter().zip(&milder.sellers) {
                    for what in [Count::SellerDaysDemoted, Count::SellerDaysAboveThreshold] {
                        let (more, fewer) = (stricter.tally.get(what), milder.tally.get(what));
                        assert!(more >= fewer, "{what:?} at {threshold}, seller {}", milder.seller);
                    }
                    assert!(stricter.penalised_days >= milder.penalised_days);
                    assert!(stricter.mean_weight <= milder.mean_weight);
                }
            }
            last = Some(milder);
        }
    }
}

/// Orders of each seller on each day: how much each further day of the horizon adds.
fn orders_by_day(world: &World) -> Vec<Vec<u64>> {
    let mut world = world.clone();
    let mut last = vec![0; world.market.sellers as usize];
    let mut days = Vec::new();
    for horizon in 1..=25 {
        world.days = horizon;
        let placed: Vec<u64> =
            run(&world).sellers.iter().map(|seller| seller.tally.get(Count::OrdersPlaced)).collect();
        days.push(placed.iter().zip(&last).map(|(now, before)| now - before).collect());
        last = placed;
    }
    days
}

#[test]
fn more_demand_never_gives_a_seller_fewer_orders_on_any_day() {
    let mut world = reference_workload(1, 8, 1);
    world.sellers[0].attractiveness = Distribution::Lognormal { median: 1.0, sigma: 1.0 };
    world.market.day_dispersion = 0.2;
    let mut last = orders_by_day(&world);
    for orders_per_day in [80.5, 100.0, 150.0, 400.0, 1000.0] {
        world.market.orders_per_day = orders_per_day;
        let more = orders_by_day(&world);
        assert!(more.iter().flatten().zip(last.iter().flatten()).all(|(more, fewer)| more >= fewer));
        assert!(more > last);
        last = more;
    }
}

#[test]
fn a_more_attractive_seller_never_gets_fewer_orders_and_its_rivals_never_more() {
    let mut world = reference_workload(1, 8, 1);
    let rivals = world.sellers[0].clone();
    world.sellers = vec![SellerSegment { share: 0.125, ..rivals.clone() }, rivals];
    world.sellers[1].share = 0.875;
    let mut last = orders_by_day(&world);
    for attractiveness in [1.01, 1.5, 3.0, 20.0] {
        world.sellers[0].attractiveness = Distribution::Constant(attractiveness);
        let pulled = orders_by_day(&world);
        for (pulled, before) in pulled.iter().zip(&last) {
            assert!(pulled[0] >= before[0]);
            assert!(pulled[1..].iter().zip(&before[1..]).all(|(pulled, before)| pulled <= before));
        }
        assert_ne!(pulled, last);
        last = pulled;
    }
}
