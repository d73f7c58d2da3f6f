//! `metrics`: what is reported, with units and labels.

use super::tables::METRIC;
use super::typed::{Cells, Column, TypedTable};
use crate::observe::catalogue::METRICS;
use std::io;

/// `metrics`: a row per metric, in the order of all tables.
#[derive(Clone, Copy, Debug)]
pub struct MetricsTable;

impl TypedTable for MetricsTable {
    fn name(&self) -> &'static str {
        "metrics"
    }

    fn columns(&self) -> Vec<Column> {
        [METRIC.as_slice(), &[Column::text("label", "its name for people")]].concat()
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for metric in METRICS {
            cells.text(metric.name);
            cells.text(metric.unit.name());
            cells.text(metric.label());
            cells.end_row();
        }
        Ok(())
    }
}
