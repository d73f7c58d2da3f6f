//! The charts and the page of a sweep, as files.

use super::headline::people;
use super::page::Page;
use super::run_page::write_all;
use super::sweep_charts::charts;
use crate::experiment::SweepResult;
use crate::export::{ExportError, RunDirectory};
use crate::observe::Metric;
use crate::scenario::{Scenario, Study};

/// Draws every chart of a sweep into `charts/` and writes `report.html`.
///
/// `first` is the scenario of the first design point.
///
/// # Errors
/// If a file cannot be written.
pub fn write(
    directory: &RunDirectory,
    study: &Study,
    first: &Scenario,
    result: &SweepResult,
    responses: &[&'static Metric],
) -> Result<(), ExportError> {
    let factors: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    let charts = charts(&study.name, &factors, &first.world, result, responses);
    let rows = result.points.iter().map(|point| {
        let cell = |metric: &&'static Metric| {
            let estimate = point.summary.world(metric.name);
            estimate.map_or_else(|| "-".to_owned(), |estimate| people(estimate.mean, metric.unit))
        };
        point.point.labels.iter().cloned().chain(responses.iter().map(cell)).collect()
    });
    let page = Page {
        title: study.name.clone(),
        description: study.description.clone(),
        facts: vec![
            format!(
                "{} design points of {} replications each under common random numbers, seed {}.",
                result.points.len(),
                first.world.replications,
                first.world.seed
            ),
            format!("redress {}, first scenario sha256 {}.", env!("CARGO_PKG_VERSION"), first.hash),
        ],
        columns: factors
            .iter()
            .cloned()
            .chain(responses.iter().map(|metric| metric.name.replace('_', " ")))
            .collect(),
        rows: rows.collect(),
        has_charts_first: true,
        scenario: first.resolved.clone(),
    };
    write_all(directory, &page, &charts)
}
