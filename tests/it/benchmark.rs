//! `redress bench`, and the floor that it measures against.

use crate::program::{Program, cells};
use crate::support::world::reference_workload;
use redress::benchmark::{Floor, STANDARD_SET};
use redress::engine::{Tables, Workers, simulate_market};
use redress::observe::Count;

/// Cents are paid for every order of the observation period, so the same sum means the same orders with the same values.
#[test]
fn the_floor_draws_the_very_orders_that_the_engine_simulates() {
    let world = reference_workload(3, 40, 60);
    let (tables, floor) = (Tables::new(&world), Floor::new(&world));
    for market in 0..3 {
        let outcome = simulate_market(&tables, 0, market, Workers::One, false, &|_| true).unwrap();
        let drawn = floor.draw(market);
        let get = |count| outcome.market.tally.get(count) as u64;
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

#[test]
fn a_benchmark_writes_a_row_a_workload_and_number_of_threads_with_charts_and_manifest() {
    let program = Program::new();
    let printed = program.succeed(&["bench", "--quick", "--threads", "2"]);
    let charts = ["cost", "throughput"];
    let mut files = vec!["bench.csv".to_owned()];
    files.extend(charts.iter().flat_map(|chart| ["png", "svg"].map(|end| format!("charts/{chart}.{end}"))));
    files.push("manifest.json".to_owned());
    assert_eq!(program.files("output/bench"), files);
    let table = program.read("output/bench/bench.csv");
    let rows = cells(&table);
    let named: Vec<[&str; 2]> = rows[1..].iter().map(|row| [row[0], row[1]]).collect();
    let expected: Vec<[&str; 2]> =
        STANDARD_SET.iter().flat_map(|workload| ["1", "2"].map(|threads| [workload.name, threads])).collect();
    assert_eq!(named, expected);
    for row in &rows[1..] {
        let cell = |name: &str| {
            let column = rows[0].iter().position(|column| *column == name).unwrap();
            row[column].parse::<f64>().unwrap_or_else(|_| panic!("{name} of {row:?}"))
        };
        assert!(cell("orders") > 50_000.0 && cell("events") > cell("orders"), "{row:?}");
        let speed = cell("orders") / cell("wall_seconds");
        assert!((speed / cell("orders_per_second") - 1.0).abs() < 0.01, "{row:?}");
        assert!(cell("floor_distance") > 1.0, "an order costs less than its variates: {row:?}");
        assert!((cell("speedup") / cell("threads") - cell("efficiency")).abs() < 1e-3, "{row:?}");
        assert!(!cfg!(target_os = "linux") || cell("peak_mb") > 1.0, "{row:?}");
        assert!(printed.contains(row[0]), "{printed}");
    }
    assert!(
        printed.contains(" paid in all rounds, accounted for to the cent\nresults: output/bench\n"),
        "{printed}"
    );
    assert!(program.read("output/bench/manifest.json").contains("\"command\": \"bench\","));
}

#[test]
fn a_benchmark_that_cannot_write_leaves_nothing_behind() {
    let program = Program::new();
    let said = program.fail(1, &["bench", "--quick", "--out", "small.toml/bench"]);
    assert!(said.contains("cannot write small.toml/bench"), "{said}");
    assert_eq!(program.files(""), ["small.toml"]);
    assert!(program.fail(2, &["bench", "--rounds", "0"]).contains("--rounds"));
    assert!(program.fail(2, &["bench", "--measure", "nothing"]).contains("there is no such workload"));
}

#[test]
fn rounds_and_threads_are_as_many_as_asked_for() {
    let program = Program::new();
    let arguments =
        ["bench", "--quick", "--rounds", "2", "--threads", "1", "--no-charts", "--out", "out", "--quiet"];
    assert_eq!(program.succeed(&arguments), "");
    assert_eq!(program.files("out"), ["bench.csv", "manifest.json"]);
    let table = program.read("out/bench.csv");
    for row in &cells(&table)[1..] {
        assert_eq!(row[1..3], ["1", "2"], "{row:?}");
    }
}

/// The set is what figures of two machines are compared by: its orders do not move unnoticed.
#[test]
fn every_workload_of_the_standard_set_is_valid_and_as_large_as_the_reference_workload() {
    for workload in &STANDARD_SET {
        for is_quick in [false, true] {
            let world = workload.scenario(is_quick).unwrap_or_else(|errors| panic!("{errors}")).world;
            let days = f64::from(world.days + world.warm_up_days);
            let orders = days
                * world.market.orders_per_day
                * f64::from(world.market.count)
                * f64::from(world.replications);
            let least = if is_quick { 5e4 } else { 1.5e6 };
            assert!((least..least * 20.0).contains(&orders), "{}: {orders}", workload.name);
        }
    }
}
