//! What orders draw has the distributions of their world, and what one draw of an order is says nothing of another.

use super::fit::{KOLMOGOROV_LIMIT, kolmogorov, normal_tails, pearson};
use crate::support::world::{DAY, quiet_world};
use redress::engine::{OrderNumber, OrderPath, Tables, World, order_path};
use redress::sim::Distribution;

/// Sellers, days and orders of a day whose paths are drawn.
const SELLERS: u32 = 40;
const DAYS: i32 = 50;
const ORDERS: u32 = 50;
/// Chance refutes a correct sampler with this probability, test by test; there are about 40.
const LEAST: f64 = 1e-5;

fn exponential(days: f64) -> Distribution {
    Distribution::Exponential { mean: days * DAY }
}

fn world() -> World {
    let mut world = quiet_world();
    world.seed = 71;
    world.market.sellers = SELLERS;
    world.market.order_value = Distribution::Lognormal { median: 50_000.0, sigma: 0.8 };
    world.sellers[0].handling_time = exponential(2.0);
    world.sellers[0].transit_time = exponential(9.0);
    world.sellers[0].promise = Some(exponential(20.0));
    world.sellers[0].stock_out = Distribution::Constant(0.5);
    world.sellers[0].loss = Distribution::Constant(0.5);
    world.sellers[0].defect = Distribution::Constant(0.5);
    world.buyers[0].change_of_mind = 0.5;
    world.buyers[0].confirmation_delay = exponential(5.0);
    world
}

fn paths(world: &World) -> Vec<OrderPath> {
    let tables = Tables::new(world);
    let days = (0..SELLERS).flat_map(|seller| (0..DAYS).map(move |day| (seller, day)));
    let orders = days.flat_map(|(seller, day)| (0..ORDERS).map(move |number| (seller, day, number)));
    orders
        .map(|(seller, day, number)| {
            order_path(&tables, OrderNumber { replication: 0, market: 0, seller, day, number })
        })
        .collect()
}

/// Every draw of an order as a number that should be uniform, with its name. What only happens or not is 0 or 1.
fn draws(world: &World, paths: &[OrderPath]) -> Vec<(&'static str, Vec<f64>)> {
    let uniform = |of: &dyn Fn(&OrderPath) -> f64| paths.iter().map(of).collect::<Vec<f64>>();
    let seller = &world.sellers[0];
    let span = |law: &Distribution, seconds: i64| law.cdf(seconds as f64 + 0.5);
    let truth = |happened: bool| f64::from(u8::from(happened));
    vec![
        ("second", uniform(&|path| (path.placed.0.rem_euclid(86_400) as f64 + 0.5) / 86_400.0)),
        ("buyer", uniform(&|path| (f64::from(path.buyer) + 0.5) / f64::from(world.market.buyers))),
        ("value", uniform(&|path| world.market.order_value.cdf(path.value.0 as f64 + 0.5))),
        ("handling", uniform(&|path| span(&seller.handling_time, (path.shipped - path.placed).0))),
        ("transit", uniform(&|path| span(&seller.transit_time, (path.delivered - path.shipped).0))),
        (
            "confirmation",
            uniform(&|path| span(&world.buyers[0].confirmation_delay, (path.confirmed - path.delivered).0)),
        ),
        (
            "promise",
            uniform(&|path| {
                let promised = path.promised.expect("a promise is made");
                span(seller.promise.as_ref().unwrap(), (promised - path.placed).0)
            }),
        ),
        ("stock-out", uniform(&|path| truth(path.is_out_of_stock))),
        ("change of mind", uniform(&|path| truth(path.changes_mind))),
        ("loss", uniform(&|path| truth(path.is_lost))),
        ("defect", uniform(&|path| truth(path.is_defective))),
    ]
}

#[test]
fn orders_have_the_laws_of_their_world() {
    let world = world();
    for (name, mut uniforms) in draws(&world, &paths(&world)) {
        let n = uniforms.len() as u64;
        let ones = uniforms.iter().filter(|&&u| u >= 1.0).count() as u64;
        if ones > 0 {
            assert!(pearson(&[ones, n - ones], |_| n as f64 / 2.0) > LEAST, "{name}: {ones} of {n}");
            continue;
        }
        // A thousand buyers stand for steps of a thousandth.
        let step = if name == "buyer" { 0.5e-3 * (n as f64).sqrt() } else { 0.05 };
        let distance = kolmogorov(&mut uniforms);
        assert!(distance < KOLMOGOROV_LIMIT + step, "{name}: {distance}");
    }
}

/// Correlation of two draws of an order, of all pairs; of independent draws it is normal with variance 1 / n.
#[test]
fn no_draw_of_an_order_says_anything_of_another() {
    let world = world();
    let draws = draws(&world, &paths(&world));
    let centred: Vec<(&str, Vec<f64>)> = draws
        .iter()
        .map(|(name, values)| {
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let spread = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt();
            (*name, values.iter().map(|value| (value - mean) / spread).collect())
        })
        .collect();
    for (place, (one, first)) in centred.iter().enumerate() {
        for (other, second) in &centred[..place] {
            let n = first.len() as f64;
            let correlation = first.iter().zip(second).map(|(a, b)| a * b).sum::<f64>() / n;
            assert!(normal_tails(correlation * n.sqrt()) > LEAST, "{one} and {other}: {correlation}");
        }
    }
}

/// The same of one draw of consecutive orders, days and sellers.
#[test]
fn no_draw_of_an_order_says_anything_of_the_same_draw_of_its_neighbours() {
    let world = world();
    let paths = paths(&world);
    let (order, day, seller) = (1, ORDERS as usize, (ORDERS * DAYS as u32) as usize);
    for (name, values) in draws(&world, &paths) {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64;
        for (what, lag) in [("orders", order), ("days", day), ("sellers", seller)] {
            let pairs = values.iter().zip(&values[lag..]);
            let product: f64 = pairs.map(|(a, b)| (a - mean) * (b - mean)).sum();
            let z = product / variance / ((values.len() - lag) as f64).sqrt();
            assert!(normal_tails(z) > LEAST, "{name} of consecutive {what}: {z}");
        }
    }
}
