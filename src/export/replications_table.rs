//! `replications.csv`: every metric of every group, replication by replication.

use super::table::Table;
use crate::experiment::{Groups, RunResult};
use crate::observe::catalogue::METRICS;

/// A table of more rows is left out: it would take longer to write than the run took.
pub const MOST_ROWS: usize = 5_000_000;

/// How many rows the table of a run has.
pub fn rows(groups: &Groups, result: &RunResult) -> usize {
    let metrics =
        |group| METRICS.iter().filter(|metric| crate::experiment::Group::has(group, metric)).count();
    result.replications.len() * groups.each().iter().map(metrics).sum::<usize>()
}

/// A row per replication, group and metric: the head, and then replication after replication.
pub fn replications(groups: &Groups, result: &RunResult) -> impl Iterator<Item = Vec<u8>> {
    let each = groups.each();
    let head = Table::new(&["scope", "group", "metric", "unit", "replication", "value"]).into_bytes();
    let numbered = result.numbers.iter().map(|&number| u64::from(number)).zip(&result.replications);
    let part = move |(number, replication)| {
        let mut table = Table::default();
        for group in &each {
            let values = group.values(replication);
            for (index, metric) in METRICS.iter().enumerate().filter(|(_, metric)| group.has(metric)) {
                for cell in [group.scope.name(), &group.name, metric.name, metric.unit.name()] {
                    table.text(cell);
                }
                table.whole(number);
                let value = values.and_then(|values| values.get(index).copied().flatten());
                table.number(value.map(crate::stats::Observation::value));
                table.end_row();
            }
        }
        table.into_bytes()
    };
    std::iter::once(head).chain(numbered.map(part))
}
