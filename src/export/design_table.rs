//! `design`: the points of a study before they are simulated.

use super::study::StudyRecord;
use super::typed::{Cells, Column, TypedTable};
use std::io;

/// `design`: a row per design point.
#[derive(Clone, Copy, Debug)]
pub struct DesignTable<'a>(pub &'a StudyRecord);

impl TypedTable for DesignTable<'_> {
    fn name(&self) -> &'static str {
        "design"
    }

    fn columns(&self) -> Vec<Column> {
        let factors = self.0.factors.iter();
        let factors =
            factors.map(|factor| Column::factor(&factor.name, factor.levels.iter().map(String::as_str)));
        std::iter::once(Column::whole("point", "number of the design point, from 0")).chain(factors).collect()
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for (number, point) in self.0.points.iter().enumerate() {
            cells.whole(number as u64);
            point.labels.iter().for_each(|label| cells.label(label));
            cells.end_row();
        }
        Ok(())
    }
}
