//! The charts and the page of a sweep, as files.

use super::headline::people;
use super::origin::Origin;
use super::page::Page;
use super::run_page::{sentences, write_all};
use super::sweep_charts::{charts, reason_for_none};
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
    origin: &Origin,
) -> Result<(), ExportError> {
    let factors: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    let charts = charts(&origin.named(&study.name), &study.factors, &first.world, result, responses);
    let rows = result.points.iter().map(|point| {
        let cell = |metric: &&'static Metric| {
            let estimate = point.summary.world(metric.name);
            estimate.map_or_else(|| "-".to_owned(), |estimate| people(estimate.mean, metric.unit))
        };
        point.point.labels.iter().cloned().chain(responses.iter().map(cell)).collect()
    });
    let mut facts = sentences(origin);
    facts.push(format!("{} design points{}.", result.points.len(), size(study, first)));
    facts.push(format!("redress {}, first scenario sha256 {}.", env!("CARGO_PKG_VERSION"), first.hash));
    facts.extend(reason_for_none(study, result));
    let page = Page {
        title: study.name.clone(),
        description: origin.described(&study.description),
        facts,
        columns: factors
            .iter()
            .cloned()
            .chain(responses.iter().map(|metric| metric.name.replace('_', " ")))
            .collect(),
        rows: rows.collect(),
        findings: Vec::new(),
        has_charts_first: true,
        scenario: first.resolved.clone(),
    };
    write_all(directory, &page, &charts)
}

/// Replications and seed of the points; what a factor varies stands in its column.
fn size(study: &Study, first: &Scenario) -> String {
    let is_varied = |key: &str| study.factors.iter().any(|factor| factor.keys.iter().any(|each| each == key));
    let replications = if is_varied("run.replications") {
        String::new()
    } else {
        format!(" of {} replications each", first.world.replications)
    };
    if is_varied("run.seed") {
        return replications;
    }
    format!("{replications} under common random numbers, seed {}", first.world.seed)
}
