//! `bench`: one row per workload and number of threads of `redress bench`.

use super::typed::{Cells, Column, TypedTable};
use crate::benchmark::Figures;
use std::io;

/// The table of figures.
#[derive(Clone, Copy, Debug)]
pub struct BenchTable<'a>(pub &'a [Figures]);

impl TypedTable for BenchTable<'_> {
    fn name(&self) -> &'static str {
        "bench"
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::text("workload", "name of the workload"),
            Column::whole("threads", "threads"),
            Column::whole("rounds", "rounds of measurement"),
            Column::whole("orders", "orders of a round"),
            Column::whole("events", "events of a round"),
            Column::number("wall_seconds", "median seconds of a round"),
            Column::number("orders_per_second", "median orders per second"),
            Column::number("orders_per_second_low", "fewest orders per second"),
            Column::number("orders_per_second_high", "most orders per second"),
            Column::number("events_per_second", "median events per second"),
            Column::number("wall_ns_per_order", "nanoseconds per order"),
            Column::number("cpu_ns_per_order", "nanoseconds of all processors per order"),
            Column::number("speedup", "speed over that of one thread"),
            Column::number("efficiency", "speedup over threads"),
            Column::number("floor_ns_per_order", "nanoseconds that an order's variates alone take"),
            Column::number("floor_distance", "nanoseconds per order over those"),
            Column::number("peak_mb", "largest memory in megabytes"),
        ]
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for row in self.0 {
            cells.text(row.workload.name);
            cells.whole(row.threads as u64);
            cells.whole(row.rounds as u64);
            cells.whole(row.orders);
            cells.whole(row.events);
            cells.number(Some(row.wall_seconds));
            row.orders_per_second.iter().for_each(|speed| cells.number(Some(speed.round())));
            cells.number(Some(row.events_per_second().round()));
            cells.number(Some(row.wall_ns_per_order()));
            for figure in [
                row.cpu_ns_per_order,
                row.speedup,
                row.efficiency(),
                row.floor_ns_per_order,
                row.floor_distance,
                row.peak_bytes.map(|bytes| bytes as f64 / 1e6),
            ] {
                cells.number(figure);
            }
            cells.end_row();
        }
        Ok(())
    }
}
