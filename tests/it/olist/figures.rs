//! The simulated figures: from a run of the scenario, and from a hundred thousand draws of its distributions.

use redress::behavior::{BuyerTables, SellerTables, claiming};
use redress::engine::World;
use redress::experiment::{RunResult, run};
use redress::market::{DisputeKind, Fraction, Money};
use redress::observe::{Count, SellerOutcome, Series};
use redress::scenario::Source;
use redress::sim::{DAY_SECONDS, Key, SimTime, TableCache};
use std::path::Path;

/// A figure as the table shows it.
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) value: f64,
    pub(super) decimals: usize,
}

pub(super) fn figures() -> Vec<Figure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/olist_brazil.toml");
    let world = Source::read(&path).and_then(|source| source.resolve()).unwrap().world;
    let result = run(&world, &|_| true);
    let mut all = of_orders(&result);
    all.extend(of_sellers(&result));
    all.extend(of_days(&result));
    all.extend(of_answers(&result));
    all.extend(of_requests(&world));
    all.extend(of_journeys(&world));
    all.into_iter().map(|(name, value, decimals)| Figure { name, value, decimals }).collect()
}

type Named = (&'static str, f64, usize);

fn of_orders(result: &RunResult) -> Vec<Named> {
    let get = |count| result.tally().get(count) as f64;
    let placed = get(Count::OrdersPlaced);
    let percent = |part: f64, whole: f64| 100.0 * part / whole;
    let cancelled = get(Count::OrdersCancelledBuyerCause) + get(Count::OrdersCancelledSellerCause);
    let filed = get(Count::DisputesFiled);
    vec![
        ("late parcels, %", percent(get(Count::OrdersDeliveredLate), get(Count::OrdersDelivered)), 2),
        ("failed before shipment, %", percent(cancelled + get(Count::OrdersUnshipped), placed), 2),
        ("of these not available, % of orders", percent(get(Count::OrdersCancelledSellerCause), placed), 2),
        ("order value, mean", get(Count::ValuePaid) / placed / 100.0, 1),
        ("unfounded, % of disputes", percent(get(Count::DisputesOpportunistic), filed), 1),
    ]
}

/// Gini coefficient of ascending sizes: `2 sum i x_i / (n sum x) - (n + 1) / n`.
fn gini(ascending: &[f64]) -> f64 {
    let n = ascending.len() as f64;
    let ranked: f64 = (1..).zip(ascending).map(|(rank, size)| f64::from(rank) * size).sum();
    2.0 * ranked / (n * ascending.iter().sum::<f64>()) - (n + 1.0) / n
}

fn of_sellers(result: &RunResult) -> Vec<Named> {
    let count = |seller: &SellerOutcome, what| seller.tally.get(what) as f64;
    let mut sizes: Vec<f64> = result.sellers().map(|seller| count(seller, Count::OrdersPlaced)).collect();
    sizes.sort_by(f64::total_cmp);
    let all: f64 = sizes.iter().sum();
    let top = |share: f64| {
        let number = (share * sizes.len() as f64).round() as usize;
        100.0 * sizes[sizes.len() - number..].iter().sum::<f64>() / all
    };
    let busy = result.sellers().filter(|seller| count(seller, Count::OrdersDelivered) >= 30.0);
    let mut late: Vec<f64> = busy
        .map(|seller| {
            100.0 * count(seller, Count::OrdersDeliveredLate) / count(seller, Count::OrdersDelivered)
        })
        .collect();
    late.sort_by(f64::total_cmp);
    let at = |p: f64| late[(p * late.len() as f64) as usize];
    vec![
        ("Gini of orders over sellers", gini(&sizes), 3),
        ("orders of the top 1 % of sellers, %", top(0.01), 1),
        ("orders of the top 10 % of sellers, %", top(0.1), 1),
        ("orders of the top 20 % of sellers, %", top(0.2), 1),
        ("late parcels of a seller, mean %", late.iter().sum::<f64>() / late.len() as f64, 1),
        ("late parcels of a seller, 10 % quantile, %", at(0.1), 1),
        ("late parcels of a seller, median, %", at(0.5), 1),
        ("late parcels of a seller, 90 % quantile, %", at(0.9), 1),
    ]
}

/// Day 0 is a Monday.
fn of_days(result: &RunResult) -> Vec<Named> {
    let row = |series| -> Vec<f64> { result.daily[0].row(series).iter().map(|&n| n as f64).collect() };
    let on = |numbers: &[f64], weekday: usize| {
        100.0 * numbers.iter().skip(weekday).step_by(7).sum::<f64>() / numbers.iter().sum::<f64>()
    };
    let (placed, shipped) = (row(Series::OrdersPlaced), row(Series::OrdersShipped));
    vec![
        ("orders placed on Mondays, %", on(&placed, 0), 1),
        ("orders placed on Saturdays, %", on(&placed, 5), 1),
        ("hand-overs on Saturdays and Sundays, %", on(&shipped, 5) + on(&shipped, 6), 1),
    ]
}

/// Days to the answer from the histogram of delays.
fn of_answers(result: &RunResult) -> Vec<Named> {
    let get = |count| result.tally().get(count) as f64;
    let day = |p| result.world.delays.quantile(p).unwrap_or(f64::NAN) / DAY_SECONDS as f64;
    let silent = get(Count::DisputesSilentToPlatform);
    vec![
        ("answers, 25 % within days", day(0.25), 1),
        ("answers, 50 % within days", day(0.5), 1),
        ("answers, 75 % within days", day(0.75), 1),
        ("never answered, %", 100.0 * silent / (silent + get(Count::DisputesAnswered)), 2),
    ]
}

const DRAWS: u64 = 200_000;

fn quantile(ascending: &[f64], p: f64) -> f64 {
    ascending[((p * ascending.len() as f64) as usize).min(ascending.len() - 1)]
}

/// What buyers of a defective item worth 10,000 units ask for.
fn of_requests(world: &World) -> Vec<Named> {
    let buyer = BuyerTables::new(&world.buyers[0], &TableCache::default());
    let value = Money(1_000_000);
    let ask = |i| {
        let order = Key::root(1).child(i);
        let kind = DisputeKind::NotAsDescribed;
        claiming::requested_amount(order, kind, value, Fraction(500_000), &buyer).0 as f64 / 10_000.0
    };
    let asked: Vec<f64> = (0..DRAWS).map(ask).collect();
    let mut partial: Vec<f64> = asked.iter().copied().filter(|&percent| percent < 99.999).collect();
    partial.sort_by(f64::total_cmp);
    let full = 100.0 * (asked.len() - partial.len()) as f64 / asked.len() as f64;
    vec![
        ("refund requests in full, %", full, 1),
        ("partial requests, 10 % quantile, % of value", quantile(&partial, 0.1), 1),
        ("partial requests, median, % of value", quantile(&partial, 0.5), 1),
        ("partial requests, 90 % quantile, % of value", quantile(&partial, 0.9), 1),
    ]
}

/// Days from placement to the door, of orders spread evenly over the week and over sellers' own paces.
fn of_journeys(world: &World) -> Vec<Named> {
    let segment = &world.sellers[0];
    let seller = SellerTables::new(segment, &TableCache::default());
    let promise = seller.promise.as_ref().expect("there is a promise");
    let mut journeys = Vec::new();
    let mut days_late = Vec::new();
    for i in 0..DRAWS {
        let key = Key::root(2).child(i);
        let pace = segment.handling_factor.quantile((f64::from(key.uniform(0)) + 0.5) / 4_294_967_296.0);
        let placed = SimTime((7 * DAY_SECONDS as u64 * i / DRAWS) as i64);
        let ready = SimTime(placed.0 + (f64::from(seller.handling_time.at(key.uniform(1))) * pace) as i64);
        let shipped = seller.hand_over.map_or(ready, |hours| hours.next_open(ready));
        let transit = key.uniform(2);
        let took = (shipped - placed).0 + i64::from(seller.transit_time.at(transit));
        let late = took - i64::from(promise.at(transit, key.uniform(3)));
        journeys.push(took as f64 / DAY_SECONDS as f64);
        if late > 0 {
            days_late.push(late as f64 / DAY_SECONDS as f64);
        }
    }
    let mean = journeys.iter().sum::<f64>() / journeys.len() as f64;
    journeys.sort_by(f64::total_cmp);
    days_late.sort_by(f64::total_cmp);
    vec![
        ("days to the door, mean", mean, 1),
        ("days to the door, 5 % quantile", quantile(&journeys, 0.05), 1),
        ("days to the door, median", quantile(&journeys, 0.5), 1),
        ("days to the door, 90 % quantile", quantile(&journeys, 0.9), 1),
        ("days to the door, 95 % quantile", quantile(&journeys, 0.95), 1),
        ("days to the door, 99 % quantile", quantile(&journeys, 0.99), 1),
        ("days late of late parcels, median", quantile(&days_late, 0.5), 1),
    ]
}
