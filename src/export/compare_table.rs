//! `compare`: differences of alternatives and a baseline.

use super::tables::{GROUP, METRIC};
use super::typed::{Cells, Column, TypedTable};
use crate::experiment::ComparisonRow;
use std::io;

/// Columns of the table after the metric's.
const COLUMNS: [Column; 13] = [
    Column::text("baseline", "the scenario that is compared with"),
    Column::text("other", "the alternative"),
    Column::number("baseline_mean", "estimate of the baseline"),
    Column::number("other_mean", "estimate of the alternative"),
    Column::number("difference", "the alternative less the baseline"),
    Column::number("ci_low", "lower end of the 95 % interval of the difference"),
    Column::number("ci_high", "upper end of the 95 % interval of the difference"),
    Column::number("relative", "the difference as a share of the baseline's mean"),
    Column::number("p_value", "probability of such a difference, or a larger one, if there were none"),
    Column::number("p_adjusted", "the same, adjusted by Holm's method"),
    Column::number("variance_ratio", "variance of unpaired draws over that of paired ones"),
    Column::whole("replications", "pairs of replications in which both are defined"),
    Column::text("interval", "kind of the interval"),
];

/// A row per metric, group and alternative.
#[derive(Clone, Copy, Debug)]
pub struct CompareTable<'a> {
    /// The names of the scenarios, the baseline's first.
    pub names: &'a [String],
    /// What was found.
    pub rows: &'a [ComparisonRow],
}

impl TypedTable for CompareTable<'_> {
    fn name(&self) -> &'static str {
        "compare"
    }

    fn columns(&self) -> Vec<Column> {
        [GROUP.as_slice(), &METRIC, &COLUMNS].concat()
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for row in self.rows {
            let texts = [row.group.scope.name(), &row.group.name, row.metric.name, row.metric.unit.name()];
            let names = [self.names[0].as_str(), &self.names[row.other]];
            texts.into_iter().chain(names).for_each(|cell| cells.text(cell));
            let found = row.difference.as_ref();
            let ends = found.and_then(|found| found.interval.ends());
            cells.number(row.baseline.map(|estimate| estimate.mean));
            cells.number(row.alternative.map(|estimate| estimate.mean));
            cells.number(found.map(|found| found.mean));
            cells.number(ends.map(|ends| ends.0));
            cells.number(ends.map(|ends| ends.1));
            cells.number(row.relative());
            cells.number(found.and_then(|found| found.p_value));
            cells.number(row.p_adjusted);
            cells.number(row.variance_ratio());
            cells.whole(found.map_or(0, |found| found.replications as u64));
            cells.text(found.map_or("", |found| found.interval.name()));
            cells.end_row();
        }
        Ok(())
    }
}
