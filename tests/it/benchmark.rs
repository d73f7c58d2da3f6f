//! What `redress bench` measures against.

use crate::support::world::reference_workload;
use redress::benchmark::Floor;
use redress::engine::{Tables, Workers, simulate_market};
use redress::observe::Count;

/// Cents are paid for every order of the measured period, so the same sum means the same orders with the same values.
#[test]
fn the_floor_draws_the_very_orders_that_the_engine_simulates() {
    let world = reference_workload(3, 40, 60);
    let (tables, floor) = (Tables::new(&world), Floor::new(&world));
    for market in 0..3 {
        let outcome = simulate_market(&tables, 0, market, Workers::One, false, &|_| true).unwrap();
        let drawn = floor.draw(market);
        let get = |count| outcome.market.tally.get(count);
        assert_eq!((drawn.orders, drawn.value), (get(Count::OrdersPlaced), get(Count::ValuePaid)));
    }
}

/// In the reference workload 6 % of orders are cancelled, with three draws each, and 7.5 % claim, with two draws each, an
/// answer, its delay, and for four in ten a ruling and its delay, as far as all that comes before the horizon.
#[test]
fn the_floor_takes_the_draws_of_trouble_as_often_as_it_happens() {
    let floor = Floor::new(&reference_workload(1, 100, 365));
    let drawn = floor.draw(0);
    let share = drawn.rare_draws as f64 / drawn.orders as f64;
    let theory = 0.06 * 3.0 + 0.94 * 0.08 * (2.0 + 1.0 + 1.0 + 0.4 * 2.0);
    assert!((0.9 * theory..theory).contains(&share), "{share} of at most {theory}");
}
