//! `verify`: one row per case of `redress verify`.

use super::typed::{Cells, Column, TypedTable};
use crate::verification::Finding;
use std::io;

/// The table of what came of every case.
#[derive(Clone, Copy, Debug)]
pub struct VerifyTable<'a>(pub &'a [Finding]);

impl TypedTable for VerifyTable<'_> {
    fn name(&self) -> &'static str {
        "verify"
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::text("case", "name of the case"),
            Column::text("source", "where its theory is from"),
            Column::text("scenario_sha256", "hash of its resolved scenario"),
            Column::text("metric", "what is compared"),
            Column::number("theory", "its value by theory"),
            Column::number("simulated", "its mean over replications"),
            Column::number("standard_error", "standard error of that mean"),
            Column::number("z", "their difference in standard errors"),
            Column::text("verdict", "what follows"),
            Column::whole("replications", "replications"),
            Column::number("detectable_error", "error that would be found"),
        ]
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for Finding { case, scenario_sha256, comparison } in self.0 {
            for cell in [case.name.as_str(), case.source, scenario_sha256, &case.statistic.to_string()] {
                cells.text(cell);
            }
            cells.number(Some(case.theory));
            cells.number(Some(comparison.simulated));
            cells.number(Some(comparison.standard_error));
            cells.number(comparison.z);
            cells.text(comparison.verdict.name());
            cells.whole(comparison.replications as u64);
            cells.number(Some(comparison.detectable_error));
            cells.end_row();
        }
        Ok(())
    }
}
