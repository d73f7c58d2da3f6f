//! `bench.csv`: one row per workload and number of threads of `redress bench`.

use super::table::{Table, number};
use crate::benchmark::Figures;

/// The table of figures.
pub fn bench(figures: &[Figures]) -> Vec<u8> {
    let mut table = Table::new(&[
        "workload",
        "threads",
        "rounds",
        "orders",
        "events",
        "wall_seconds",
        "orders_per_second",
        "orders_per_second_low",
        "orders_per_second_high",
        "events_per_second",
        "wall_ns_per_order",
        "cpu_ns_per_order",
        "speedup",
        "efficiency",
        "floor_ns_per_order",
        "floor_distance",
        "peak_mb",
    ]);
    for row in figures {
        let [median, low, high] = row.orders_per_second.map(|speed| number(Some(speed.round())));
        table.row(&[
            row.workload.name.to_owned(),
            row.threads.to_string(),
            row.rounds.to_string(),
            row.orders.to_string(),
            row.events.to_string(),
            number(Some(row.wall_seconds)),
            median,
            low,
            high,
            number(Some(row.events_per_second().round())),
            number(Some(row.wall_ns_per_order())),
            number(row.cpu_ns_per_order),
            number(row.speedup),
            number(row.efficiency()),
            number(row.floor_ns_per_order),
            number(row.floor_distance),
            number(row.peak_bytes.map(|bytes| bytes as f64 / 1e6)),
        ]);
    }
    table.into_bytes()
}
