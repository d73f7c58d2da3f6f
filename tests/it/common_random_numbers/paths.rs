//! What is drawn of an order follows from its number alone: it is what a run does, and whatever two worlds differ in, an
//! order that exists in both has the same draws in both.

use crate::support::batch::*;
use crate::support::evidence::markets;
use crate::support::stress::stress_world;
use redress::engine::{OrderNumber, OrderPath, Surge, Tables, World, order_path};
use redress::market::DisputeKind;
use redress::observe::{Count, MarketOutcome, Series};
use redress::policy::cancellation::ShipmentRace;
use redress::policy::dispute::SilenceOutcome;
use redress::policy::exposure::Exposure;
use redress::policy::rate::Rate;
use redress::sim::{DAY_SECONDS, Distribution, SimDuration, SimTime, Span};

/// Markets of one seller with one order on average, on day 0; the seller is of this segment.
fn one_order_a_market(segment: usize) -> World {
    let mut world = stress_world(41);
    world.sellers = vec![world.sellers[segment].clone()];
    world.sellers[0].share = 1.0;
    world.warm_up_days = 0;
    world.market.count = 1500;
    world.market.sellers = 1;
    world.market.orders_per_day = 1.0;
    world.market.surges = vec![Surge { first_day: 1, days: 10_000, multiplier: 0.0 }];
    world
}

/// The day on which something happened that a series counts, if it did.
fn day_of(outcome: &MarketOutcome, series: Series) -> Option<usize> {
    outcome.daily.row(series).iter().position(|&number| number > 0)
}

fn happened(outcome: &MarketOutcome, what: Count) -> bool {
    count(outcome, what) > 0
}

/// Holds what became of the only order of a market to its path.
fn assert_follows(world: &World, outcome: &MarketOutcome, path: &OrderPath) {
    let horizon = i64::from(world.days) * DAY_SECONDS;
    let day = |at: SimTime| (at.0 < horizon).then(|| at.day().0 as usize);
    assert_eq!(count(outcome, Count::ValuePaid), path.value.0 as u64);
    let of_segment = |segment: usize| outcome.buyer_segments[segment].tally.get(Count::OrdersPlaced);
    assert_eq!(of_segment(path.buyer_segment), 1);
    let is_asked = happened(outcome, Count::CancelsRequested);
    assert!(is_asked || !path.is_out_of_stock || happened(outcome, Count::OrdersUnshipped));
    if is_asked || happened(outcome, Count::OrdersUnshipped) {
        return;
    }
    assert_eq!(day_of(outcome, Series::OrdersShipped), day(path.shipped));
    assert_eq!(happened(outcome, Count::OrdersLost), path.is_lost);
    assert_eq!(happened(outcome, Count::OrdersDefective), path.is_defective);
    let arrives = if path.is_lost { SimTime::NEVER } else { path.delivered };
    assert_eq!(day_of(outcome, Series::OrdersDelivered), day(arrives));
    let is_late = path.promised.is_some_and(|promised| arrives > promised) && day(arrives).is_some();
    assert_eq!(happened(outcome, Count::OrdersDeliveredLate), is_late);
    let Some((kind, at)) = path.claim else {
        let automatic = world.policy.completion.automatic_at(path.shipped, arrives, world.day_zero);
        let completes = if path.is_lost { automatic } else { path.confirmed.min(automatic) };
        assert_eq!(day_of(outcome, Series::OrdersCompleted), day(completes));
        assert!(!happened(outcome, Count::DisputesFiled) && !happened(outcome, Count::OfflineTransfers));
        return;
    };
    if happened(outcome, Count::DisputesFiled) {
        assert_eq!(day_of(outcome, Series::DisputesFiled), day(at));
        let counted = match kind {
            DisputeKind::NotReceived => Count::DisputesNotReceived,
            DisputeKind::NotAsDescribed => Count::DisputesNotAsDescribed,
            DisputeKind::Opportunistic => Count::DisputesOpportunistic,
        };
        assert!(happened(outcome, counted));
    }
}

#[test]
fn an_order_of_a_run_follows_its_path_to_the_day_and_the_cent() {
    for segment in 0..2 {
        let world = one_order_a_market(segment);
        let tables = Tables::new(&world);
        let (mut orders, mut disputes) = (0, 0);
        for (market, outcome) in (0..).zip(markets(&world)) {
            if count(&outcome, Count::OrdersPlaced) == 1 {
                let order = OrderNumber { replication: 0, market, seller: 0, day: 0, number: 0 };
                assert_follows(&world, &outcome, &order_path(&tables, order));
                orders += 1;
                disputes += count(&outcome, Count::DisputesFiled);
            }
        }
        assert!(orders > 400 && disputes > 30, "{orders} orders, {disputes} disputes");
    }
}

#[test]
fn the_orders_of_each_of_many_sellers_have_the_values_of_their_paths() {
    let mut world = quiet_world();
    world.market.sellers = 200;
    world.market.orders_per_day = 2000.0;
    world.market.order_value = Distribution::Uniform { min: 1000.0, max: 9000.0 };
    no_orders_from(&mut world, 1);
    let tables = Tables::new(&world);
    for (seller, outcome) in (0..).zip(&run(&world).sellers) {
        let value = |number: u32| {
            let order = OrderNumber { replication: 0, market: 0, seller, day: 0, number };
            order_path(&tables, order).value.0 as u64
        };
        let orders = outcome.tally.get(Count::OrdersPlaced) as u32;
        let values: u64 = (0..orders).map(value).sum();
        assert_eq!(outcome.tally.get(Count::ValuePaid), values, "seller {seller}");
    }
}

#[test]
fn the_path_of_an_order_shows_a_promise_only_if_its_seller_makes_one() {
    let mut world = quiet_world();
    let order = OrderNumber { replication: 0, market: 0, seller: 0, day: 0, number: 0 };
    assert_eq!(order_path(&Tables::new(&world), order).promised, None);
    world.sellers[0].promise = Some(days(7.0));
    let path = order_path(&Tables::new(&world), order);
    assert_eq!(path.promised, Some(path.placed + SimDuration::from_days(7)));
}

/// Paths of some orders of every kind of day, with their numbers.
fn paths(world: &World, sellers: &[u32]) -> Vec<(OrderNumber, OrderPath)> {
    let tables = Tables::new(world);
    let mut paths = Vec::new();
    for (replication, market) in [(0, 0), (0, 1), (3, 0)] {
        for &seller in sellers {
            for day in [-30, -1, 0, 41, 77] {
                for number in [0, 1, 63, 64, 500] {
                    let order = OrderNumber { replication, market, seller, day, number };
                    paths.push((order, order_path(&tables, order)));
                }
            }
        }
    }
    paths
}

/// Worlds that differ from the first in rules and in demand, and in nothing that is drawn of an order.
fn with_other_rules(world: &World) -> Vec<(&'static str, World)> {
    let change = |change: &dyn Fn(&mut World)| {
        let mut world = world.clone();
        change(&mut world);
        world
    };
    vec![
        ("more demand", change(&|world| world.market.orders_per_day *= 7.0)),
        ("more markets", change(&|world| world.market.count = 9)),
        ("other search", change(&|world| world.market.exposure = Exposure::Proportional)),
        ("uneven days", change(&|world| world.market.day_dispersion = 2.0)),
        ("no feedback", change(&|world| world.market.feedback = false)),
        ("other horizon", change(&|world| (world.days, world.warm_up_days) = (400, 3))),
        ("other race", change(&|world| world.policy.cancellation.race = ShipmentRace::Held)),
        ("silence to the platform", change(&|world| world.policy.dispute.silence = SilenceOutcome::Platform)),
        ("no deadline", change(&|world| world.policy.dispute.response_deadline = Span::Never)),
        ("stricter shipment", change(&|world| world.policy.shipment.deadline = span(1))),
        ("early completion", change(&|world| world.policy.completion.protection_period = span(1))),
        ("other rulings", change(&|world| world.policy.mediation.accuracy = 0.1)),
        ("other threshold", change(&|world| world.policy.dispute_rate.threshold = Rate::new(0.5))),
        ("no score", change(&|world| world.policy.service_score = None)),
        ("no points", change(&|world| world.policy.points = None)),
        ("other answers", change(&|world| world.sellers[0].response = answers_after(days(6.0)))),
        ("steering", change(&|world| world.sellers[1].steering = 1.0)),
        ("no patience", change(&|world| world.buyers[0].shipping_patience = Some(days(0.1)))),
        ("offline", change(&|world| world.buyers[1].offline_compliance = 1.0)),
    ]
}

#[test]
fn an_order_of_two_worlds_that_differ_in_rules_has_the_same_path_in_both() {
    let world = stress_world(42);
    let sellers: Vec<u32> = (0..40).step_by(3).collect();
    let before = paths(&world, &sellers);
    for (what, other) in with_other_rules(&world) {
        for ((order, before), (_, after)) in before.iter().zip(paths(&other, &sellers)) {
            assert_eq!(*before, after, "{what}: {order:?}");
        }
    }
}

#[test]
fn a_law_moves_its_own_field_of_every_path_and_no_other() {
    let world = stress_world(43);
    let sellers: Vec<u32> = (0..20).collect();
    let before = paths(&world, &sellers);
    let moved = |change: &dyn Fn(&mut World)| {
        let mut other = world.clone();
        change(&mut other);
        paths(&other, &sellers)
    };
    let dearer = moved(&|world| world.market.order_value = seconds(123_456));
    let calmer = moved(&|world| world.sellers.iter_mut().for_each(|seller| seller.defect = never()));
    let slower =
        moved(&|world| world.buyers.iter_mut().for_each(|buyer| buyer.confirmation_delay = days(30.0)));
    for (place, (order, path)) in before.iter().enumerate() {
        let expected = OrderPath { value: redress::market::Money(123_456), ..*path };
        assert_eq!(dearer[place].1, expected, "{order:?}");
        let confirmed = slower[place].1.confirmed;
        assert_eq!(slower[place].1, OrderPath { confirmed, ..*path }, "{order:?}");
        let claim = calmer[place].1.claim;
        assert_eq!(calmer[place].1, OrderPath { is_defective: false, claim, ..*path }, "{order:?}");
    }
}

#[test]
fn one_slower_seller_moves_no_path_of_another_and_only_the_times_of_its_own() {
    let mut world = stress_world(44);
    let one = world.sellers[1].clone();
    world.sellers.truncate(1);
    let (place, sellers) = (17, f64::from(world.market.sellers));
    let (mut before, mut after) = (world.sellers[0].clone(), world.sellers[0].clone());
    before.share = f64::from(place) / sellers;
    after.share = 1.0 - f64::from(place + 1) / sellers;
    let among_others = |handling: f64| {
        let mut one = one.clone();
        one.share = 1.0 / sellers;
        one.handling_time = days(handling);
        one.response = answers_after(days(handling));
        let mut world = world.clone();
        world.sellers = vec![before.clone(), one, after.clone()];
        paths(&world, &(0..40).collect::<Vec<u32>>())
    };
    for ((order, quick), (_, slow)) in among_others(1.0).into_iter().zip(among_others(9.0)) {
        if order.seller == place {
            assert!(slow.shipped > quick.shipped && slow.delivered > quick.delivered);
            let OrderPath { shipped, delivered, confirmed, claim, .. } = slow;
            assert_eq!(slow, OrderPath { shipped, delivered, confirmed, claim, ..quick }, "{order:?}");
        } else {
            assert_eq!(quick, slow, "{order:?}");
        }
    }
}
