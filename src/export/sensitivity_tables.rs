//! `sensitivity.csv`.

use super::table::Table;
use crate::experiment::{OutputSensitivity, SensitivityResult};

/// Columns of the table.
const COLUMNS: [&str; 7] = ["method", "metric", "factor", "index", "value", "ci_low", "ci_high"];

/// A row per method, output, factor and index.
pub fn sensitivity(result: &SensitivityResult) -> Vec<u8> {
    let mut table = Table::new(&COLUMNS);
    for output in &result.outputs {
        screening(&mut table, result, output);
        shares(&mut table, result, output);
    }
    table.into_bytes()
}

fn row(table: &mut Table, head: [&str; 4], value: f64, interval: Option<(f64, f64)>) {
    for cell in head {
        table.text(cell);
    }
    table.number(Some(value));
    table.number(interval.map(|interval| interval.0));
    table.number(interval.map(|interval| interval.1));
    table.end_row();
}

fn screening(table: &mut Table, result: &SensitivityResult, output: &OutputSensitivity) {
    for (factor, screening) in result.factors.iter().zip(&output.screening) {
        let head = |index| ["morris", output.output.name(), factor, index];
        row(table, head("mu"), screening.mu, None);
        row(table, head("mu_star"), screening.mu_star, screening.mu_star_interval);
        if let Some(sigma) = screening.sigma {
            row(table, head("sigma"), sigma, None);
        }
    }
}

fn shares(table: &mut Table, result: &SensitivityResult, output: &OutputSensitivity) {
    let Some((indices, intervals)) = &output.shares else { return };
    for (place, &factor) in result.kept.iter().enumerate() {
        let head = |index| ["sobol", output.output.name(), result.factors[factor].as_str(), index];
        row(table, head("first_order"), indices.first[place], Some(intervals[place].first));
        row(table, head("total"), indices.total[place], Some(intervals[place].total));
    }
    let head = |index| ["sobol", output.output.name(), "", index];
    row(table, head("variance"), indices.variance, None);
    if let Some(noise) = indices.noise_share {
        row(table, head("noise_share"), noise, None);
    }
}
