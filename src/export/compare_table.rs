//! `compare.csv`: differences of alternatives and a baseline.

use super::table::Table;
use crate::experiment::ComparisonRow;

/// Columns of the table.
const COLUMNS: [&str; 17] = [
    "scope",
    "group",
    "metric",
    "unit",
    "baseline",
    "other",
    "baseline_mean",
    "other_mean",
    "difference",
    "ci_low",
    "ci_high",
    "relative",
    "p_value",
    "p_adjusted",
    "variance_ratio",
    "replications",
    "interval",
];

/// A row per metric, group and alternative; `names` are those of the scenarios, the baseline's first.
pub fn compare(names: &[String], rows: &[ComparisonRow]) -> Vec<u8> {
    let mut table = Table::new(&COLUMNS);
    for row in rows {
        let texts = [row.group.scope.name(), &row.group.name, row.metric.name, row.metric.unit.name()];
        texts.into_iter().chain([names[0].as_str(), &names[row.other]]).for_each(|cell| table.text(cell));
        let found = row.difference.as_ref();
        let ends = found.and_then(|found| found.interval.ends());
        table.number(row.baseline.map(|estimate| estimate.mean));
        table.number(row.alternative.map(|estimate| estimate.mean));
        table.number(found.map(|found| found.mean));
        table.number(ends.map(|ends| ends.0));
        table.number(ends.map(|ends| ends.1));
        table.number(row.relative());
        table.number(found.and_then(|found| found.p_value));
        table.number(row.p_adjusted);
        table.number(row.variance_ratio());
        table.whole(found.map_or(0, |found| found.replications as u64));
        table.text(found.map_or("", |found| found.interval.name()));
        table.end_row();
    }
    table.into_bytes()
}
