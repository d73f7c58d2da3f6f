//! `sensitivity`.

use super::typed::{Cells, Column, TypedTable};
use crate::experiment::{OutputSensitivity, SensitivityResult};
use std::io;

/// `sensitivity`: a row per method, output, factor and index.
#[derive(Clone, Copy, Debug)]
pub struct SensitivityTable<'a>(pub &'a SensitivityResult);

impl TypedTable for SensitivityTable<'_> {
    fn name(&self) -> &'static str {
        "sensitivity"
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::text("method", "morris or sobol"),
            Column::text("metric", "output whose sensitivity it is"),
            Column::text("factor", "the factor; empty for what is of all of them"),
            Column::text("index", "name of the index"),
            Column::number("value", "its value"),
            Column::number("ci_low", "lower end of its 95 % interval"),
            Column::number("ci_high", "upper end of its 95 % interval"),
        ]
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for output in &self.0.outputs {
            screening(cells, self.0, output);
            shares(cells, self.0, output);
        }
        Ok(())
    }
}

fn row(cells: &mut impl Cells, head: [&str; 4], value: f64, interval: Option<(f64, f64)>) {
    for cell in head {
        cells.text(cell);
    }
    cells.number(Some(value));
    cells.number(interval.map(|interval| interval.0));
    cells.number(interval.map(|interval| interval.1));
    cells.end_row();
}

fn screening(cells: &mut impl Cells, result: &SensitivityResult, output: &OutputSensitivity) {
    for (factor, screening) in result.factors.iter().zip(&output.screening) {
        let head = |index| ["morris", output.output.name(), factor, index];
        row(cells, head("mu"), screening.mu, None);
        row(cells, head("mu_star"), screening.mu_star, screening.mu_star_interval);
        if let Some(sigma) = screening.sigma {
            row(cells, head("sigma"), sigma, None);
        }
    }
}

fn shares(cells: &mut impl Cells, result: &SensitivityResult, output: &OutputSensitivity) {
    let Some((indices, intervals)) = &output.shares else { return };
    for (place, &factor) in result.kept.iter().enumerate() {
        let head = |index| ["sobol", output.output.name(), result.factors[factor].as_str(), index];
        row(cells, head("first_order"), indices.first[place], Some(intervals[place].first));
        row(cells, head("total"), indices.total[place], Some(intervals[place].total));
    }
    let head = |index| ["sobol", output.output.name(), "", index];
    row(cells, head("variance"), indices.variance, None);
    if let Some(noise) = indices.noise_share {
        row(cells, head("noise_share"), noise, None);
    }
}
