//! The charts and the page of a sweep, as files.

use super::headline::people;
use super::origin::Origin;
use super::page::Page;
use super::run_page::{sentences, write_all};
use super::sweep_charts::{charts, remark};
use crate::experiment::SweepPoint;
use crate::export::study::StudyRecord;
use crate::export::{ExportError, RunDirectory};
use crate::observe::Metric;
use crate::scenario::Scenario;

/// Rows of a page that a browser shows without delay.
const MOST_ROWS: usize = 1_000;

/// Draws every chart of a sweep into `charts/` and writes `report.html`.
///
/// `first` is the scenario of the first design point.
///
/// # Errors
/// If a file cannot be written.
pub fn write(
    directory: &RunDirectory,
    name: &str,
    study: &StudyRecord,
    first: &Scenario,
    points: Vec<SweepPoint>,
    responses: &[&'static Metric],
    origin: &Origin,
) -> Result<(), ExportError> {
    let factors: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    let charts = charts(&origin.named(name), study, &first.world, &points, responses);
    let rows = points.iter().take(MOST_ROWS).map(|point| {
        let cell = |metric: &&'static Metric| {
            let estimate = point.summary.world(metric.name);
            estimate.map_or_else(|| "-".to_owned(), |estimate| people(estimate.mean, metric.unit))
        };
        point.point.labels.iter().cloned().chain(responses.iter().map(cell)).collect()
    });
    let mut facts = sentences(origin);
    facts.push(format!("{} design points{}.", points.len(), size(study, first)));
    facts.push(format!("redress {}, first scenario sha256 {}.", env!("CARGO_PKG_VERSION"), first.hash));
    facts.extend(remark(study, &points));
    if points.len() > MOST_ROWS {
        facts.push(format!("The table below has the first {MOST_ROWS} points; sweep.csv has all."));
    }
    let page = Page {
        title: name.to_owned(),
        description: origin.described(&study.description),
        facts,
        columns: factors
            .iter()
            .cloned()
            .chain(responses.iter().map(|metric| metric.label().to_owned()))
            .collect(),
        rows: rows.collect(),
        findings: Vec::new(),
        has_charts_first: true,
        scenario: first.resolved.clone(),
    };
    // What is drawn is in the charts: of thousands of points, these take as much memory as the drawings.
    drop(points);
    write_all(directory, &page, &charts)
}

/// Replications and seed of the points; what a factor varies stands in its column.
fn size(study: &StudyRecord, first: &Scenario) -> String {
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
