//! `replications`: every metric of every group, replication by replication.

use super::tables::{GROUP, METRIC};
use super::typed::{Cells, Column, TypedTable};
use crate::experiment::{Group, Groups, RunResult};
use crate::observe::catalogue::METRICS;
use crate::stats::Observation;
use std::io;

/// A table of more rows is left out: it would take longer to write than the run took.
pub const MOST_ROWS: usize = 5_000_000;

/// A row per replication, group and metric, replication after replication.
#[derive(Clone, Copy, Debug)]
pub struct ReplicationsTable<'a> {
    /// The groups of the run's world.
    pub groups: &'a Groups,
    /// What came of it.
    pub result: &'a RunResult,
}

impl ReplicationsTable<'_> {
    /// How many rows it has.
    pub fn rows(&self) -> usize {
        let metrics = |group| METRICS.iter().filter(|metric| Group::has(group, metric)).count();
        self.result.replications.len() * self.groups.each().iter().map(metrics).sum::<usize>()
    }
}

impl TypedTable for ReplicationsTable<'_> {
    fn name(&self) -> &'static str {
        "replications"
    }

    fn columns(&self) -> Vec<Column> {
        let end = [
            Column::whole("replication", "number of the replication, from 0"),
            Column::number("value", "the metric in it"),
        ];
        [GROUP.as_slice(), &METRIC, &end].concat()
    }

    fn parts(&self) -> usize {
        self.result.numbers.len().min(self.result.replications.len())
    }

    fn fill<C: Cells>(&self, part: usize, cells: &mut C) -> io::Result<()> {
        let replication = &self.result.replications[part];
        for group in self.groups.each() {
            let values = group.values(replication);
            for (index, metric) in METRICS.iter().enumerate().filter(|(_, metric)| group.has(metric)) {
                for cell in [group.scope.name(), &group.name, metric.name, metric.unit.name()] {
                    cells.text(cell);
                }
                cells.whole(u64::from(self.result.numbers[part]));
                let value = values.and_then(|values| values.get(index).copied().flatten());
                cells.number(value.map(Observation::value));
                cells.end_row();
            }
        }
        Ok(())
    }
}
