//! Costs of the engine's parts, each in a world in which little else happens.
//!
//! `cargo bench --bench engine` runs them. Throughput is in what the name says: seller-days, events, or orders.
#![allow(missing_docs, reason = "the macros of the harness write functions without documentation")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use redress::behavior::{Response, ResponseDelay};
use redress::benchmark::Workload;
use redress::engine::{Tables, Workers, World, simulate_market};
use redress::experiment;
use redress::observe::{Count, MarketOutcome};
use redress::sim::Distribution;

/// A market of a workload of the standard set over 100 days.
fn world(name: &str) -> World {
    let workload = Workload::named(name).expect("the workload is there");
    let mut world = workload.scenario(false).expect("the shipped scenarios are valid").world;
    (world.market.count, world.replications, world.days, world.warm_up_days) = (1, 1, 100, 0);
    world
}

fn simulate(tables: &Tables) -> MarketOutcome {
    simulate_market(tables, 0, 0, Workers::One, false, &|_| true).expect("nobody stops it")
}

/// Measures a market, and quotes it in what `number` counts of its outcome.
fn measure(
    criterion: &mut Criterion,
    group: &str,
    name: &str,
    world: &World,
    number: impl Fn(&MarketOutcome) -> u64,
) {
    let tables = Tables::new(world);
    let mut group = criterion.benchmark_group(group);
    group.sample_size(10).throughput(Throughput::Elements(number(&simulate(&tables))));
    group.bench_with_input(BenchmarkId::from_parameter(name), &tables, |bencher, tables| {
        bencher.iter(|| simulate(tables));
    });
    group.finish();
}

/// Sellers without a single order: what a seller's day costs by itself, nearly all of it the day's close.
fn day_close(criterion: &mut Criterion) {
    for name in ["reference_workload", "baseline"] {
        let mut world = world(name);
        world.market.orders_per_day = 1e-9;
        let seller_days = |outcome: &MarketOutcome| outcome.market.tally.get(Count::SellerDays) as u64;
        measure(criterion, "day close, in seller-days", name, &world, seller_days);
    }
}

/// A seller's day with ten orders, untroubled in all but their number.
fn seller_day(criterion: &mut Criterion) {
    for name in ["reference_workload", "baseline"] {
        let mut world = world(name);
        let never = Distribution::Constant(0.0);
        for seller in &mut world.sellers {
            (seller.stock_out, seller.loss, seller.defect) = (never.clone(), never.clone(), never.clone());
        }
        for buyer in &mut world.buyers {
            (buyer.change_of_mind, buyer.opportunism, buyer.shipping_patience) = (0.0, never.clone(), None);
            buyer.late_tolerance.clear();
        }
        let seller_days = |outcome: &MarketOutcome| outcome.market.tally.get(Count::SellerDays) as u64;
        measure(criterion, "seller-day of untroubled orders, in seller-days", name, &world, seller_days);
    }
}

/// Every order is disputed. Answered after a delay, none meets another and each runs on at once; answered from a desk, each
/// waits in the calendar to be filed and to be served.
fn disputes(criterion: &mut Criterion) {
    let mut world = world("reference_workload");
    for seller in &mut world.sellers {
        seller.defect = Distribution::Constant(1.0);
        // Ten orders per day, and half a day's work each.
        if let Response::Desk(desk) = &mut seller.response {
            desk.agents = 10;
        }
    }
    let events = |outcome: &MarketOutcome| outcome.market.tally.get(Count::Events) as u64;
    measure(criterion, "every order disputed, in events", "from a desk", &world, events);
    let two_days = ResponseDelay::Elapsed(Distribution::Exponential { mean: 2.0 * 86_400.0 });
    for seller in &mut world.sellers {
        seller.response = Response::Delay { delay: two_days.clone(), never: 0.0 };
    }
    measure(criterion, "every order disputed, in events", "after a delay", &world, events);
}

/// A market from its first day to its last, orders of every kind.
fn market(criterion: &mut Criterion) {
    for name in ["reference_workload", "baseline"] {
        let orders = |outcome: &MarketOutcome| outcome.market.tally.get(Count::OrdersPlaced) as u64;
        measure(criterion, "market, in orders", name, &world(name), orders);
    }
}

/// A replication as the commands run it: tables made, all markets simulated, metrics taken.
fn replication(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("replication, in orders");
    for name in ["reference_workload", "baseline"] {
        let mut world = world(name);
        world.market.count = 4;
        let orders = experiment::run(&world, &|_| true).orders;
        group.sample_size(10).throughput(Throughput::Elements(orders));
        group.bench_function(name, |bencher| bencher.iter(|| experiment::run(&world, &|_| true)));
    }
    group.finish();
}

criterion_group!(benches, day_close, seller_day, disputes, market, replication);
criterion_main!(benches);
