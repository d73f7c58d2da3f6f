//! `sweep` and `sweep_segments`, read from the store and written some points at a time.

use super::study::FactorRecord;
use super::tables::{ESTIMATE, GROUP, METRIC, end_with};
use super::typed::{Cells, Column, TypedTable};
use crate::experiment::{Scope, SweepResult};
use std::io;

/// So many points are in memory at a time.
const TOGETHER: usize = 64;

/// `sweep`: a row per design point and metric, of the whole world; or `sweep_segments`: the same for every market, seller
/// segment and buyer segment.
#[derive(Clone, Copy, Debug)]
pub struct SweepTable<'a> {
    /// What was varied.
    pub factors: &'a [FactorRecord],
    /// What came of it.
    pub result: &'a SweepResult<'a>,
    /// Whether it is `sweep_segments`.
    pub by_group: bool,
}

/// The columns of `sweep`, or of `sweep_segments` if `by_group`.
pub fn columns(factors: &[FactorRecord], by_group: bool) -> Vec<Column> {
    let mut columns = vec![Column::whole("point", "number of the design point, from 0")];
    columns.extend(
        factors.iter().map(|factor| Column::factor(&factor.name, factor.levels.iter().map(String::as_str))),
    );
    if by_group {
        columns.extend(GROUP);
    }
    columns.extend(METRIC);
    columns.extend(ESTIMATE);
    columns
}

impl TypedTable for SweepTable<'_> {
    fn name(&self) -> &'static str {
        if self.by_group { "sweep_segments" } else { "sweep" }
    }

    fn columns(&self) -> Vec<Column> {
        columns(self.factors, self.by_group)
    }

    fn parts(&self) -> usize {
        self.result.points.len()
    }

    fn parts_together(&self) -> usize {
        TOGETHER
    }

    fn fill<C: Cells>(&self, part: usize, cells: &mut C) -> io::Result<()> {
        let point = self.result.read(&self.result.points[part]).map_err(io::Error::other)?;
        for row in point.summary.rows.iter().filter(|row| self.by_group != (row.scope == Scope::World)) {
            cells.whole(point.point.number as u64);
            point.point.labels.iter().for_each(|label| cells.label(label));
            if self.by_group {
                cells.text(row.scope.name());
                cells.text(&row.group);
            }
            cells.text(row.metric.name);
            cells.text(row.metric.unit.name());
            end_with(cells, row.estimate.as_ref());
        }
        Ok(())
    }
}
