//! `sweep.csv` and `sweep_segments.csv`, read from the store and written some points at a time.

use super::table::Table;
use super::tables::{ESTIMATE, end_with};
use crate::experiment::{Scope, StoreError, SweepPoint, SweepResult};
use rayon::prelude::*;

/// So many points are in memory at a time.
const TOGETHER: usize = 64;

/// `sweep.csv`: a row per design point and metric, of the whole world; the head, and then part after part.
///
/// A part is an error if the store cannot be read.
pub fn sweep(
    factors: &[String],
    result: &SweepResult<'_>,
) -> impl Iterator<Item = Result<Vec<u8>, StoreError>> {
    table(factors, result, false)
}

/// `sweep_segments.csv`: the same for every market, seller segment and buyer segment.
pub fn sweep_segments(
    factors: &[String],
    result: &SweepResult<'_>,
) -> impl Iterator<Item = Result<Vec<u8>, StoreError>> {
    table(factors, result, true)
}

/// The columns of `sweep.csv`, or of `sweep_segments.csv` if `by_group`.
pub fn columns(factors: &[String], by_group: bool) -> Vec<String> {
    let mut columns = vec!["point".to_owned()];
    columns.extend(factors.iter().cloned());
    if by_group {
        columns.extend(["scope", "group"].map(str::to_owned));
    }
    columns.extend(["metric", "unit"].iter().chain(&ESTIMATE).map(|&column| column.to_owned()));
    columns
}

fn table(
    factors: &[String],
    result: &SweepResult<'_>,
    by_group: bool,
) -> impl Iterator<Item = Result<Vec<u8>, StoreError>> {
    let head = Table::new(&columns(factors, by_group)).into_bytes();
    let parts = result.points.chunks(TOGETHER).flat_map(move |points| {
        let rows = points.par_iter().map(|point| Ok(rows(&result.read(point)?, by_group)));
        rows.collect::<Vec<_>>()
    });
    std::iter::once(Ok(head)).chain(parts)
}

fn rows(point: &SweepPoint, by_group: bool) -> Vec<u8> {
    let mut table = Table::default();
    for row in &point.summary.rows {
        if by_group == (row.scope == Scope::World) {
            continue;
        }
        table.whole(point.point.number as u64);
        point.point.labels.iter().for_each(|label| table.text(label));
        if by_group {
            table.text(row.scope.name());
            table.text(&row.group);
        }
        table.text(row.metric.name);
        table.text(row.metric.unit.name());
        end_with(&mut table, row.estimate.as_ref());
    }
    table.into_bytes()
}
