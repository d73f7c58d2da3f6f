//! The charts and the page of a sweep, as files.

use super::contrasts::Contrasts;
use super::headline::with_interval;
use super::origin::Origin;
use super::page::{Page, Table};
use super::run_page::{identity, sentences, write_all};
use super::sweep_charts::{charts, remark};
use crate::experiment::SweepPoint;
use crate::export::study::{FactorRecord, StudyRecord};
use crate::export::{ExportError, RunDirectory};
use crate::observe::{Books, Metric};
use crate::scenario::Scenario;

/// Rows of a page that a browser shows without delay.
const MOST_ROWS: usize = 1_000;

/// What a sweep is of, but for its points.
#[derive(Clone, Debug)]
pub struct SweepPage<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its study.
    pub study: &'a StudyRecord,
    /// The scenario of the first design point.
    pub first: &'a Scenario,
    /// Metrics that charts and table show.
    pub responses: &'a [&'static Metric],
    /// The rules that it starts from, and what was set on the command line.
    pub origin: &'a Origin,
    /// What was found, in sentences.
    pub findings: Vec<String>,
    /// By what its points differ.
    pub contrasts: &'a Contrasts,
    /// The money audit of all points.
    pub books: &'a Books,
}

impl SweepPage<'_> {
    /// Draws every chart into `charts/` and writes `report.html`.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn write(&self, directory: &RunDirectory, points: Vec<SweepPoint>) -> Result<(), ExportError> {
        let Self { study, first, origin, .. } = self;
        let drawn = (points.as_slice(), self.contrasts);
        let charts = charts(&origin.named(self.name), study, &first.world, drawn, self.responses);
        let mut method = vec![
            format!("{} design points{}, design {}.", points.len(), size(study, first), study.design),
            "Intervals are of 95 % and of the mean over replications.".to_owned(),
        ];
        method.extend(remark(study, &points));
        let is_seed_varied = is_varied(study, "run.seed");
        let page = Page {
            kind: "Sweep over design points",
            title: self.name.to_owned(),
            description: origin.described(&study.description),
            findings: self.findings.clone(),
            picture: 0,
            tables: vec![self.table(&points)],
            settings: sentences(origin),
            differences: Some(factors(study)),
            method,
            identity: identity(
                (!is_seed_varied).then_some(first.world.seed),
                "SHA-256 of the first point's scenario",
                &first.hash,
            ),
            command: origin.command.clone(),
            scenario_title: "The full configuration of the first point",
            scenario: first.resolved.clone(),
            audit: Some((*self.books, "all replications of all design points")),
        };
        // What is drawn is in the charts: of thousands of points, these take as much memory as the drawings.
        drop(points);
        write_all(directory, &page, &charts)
    }

    /// The first points with the means of their outputs and their intervals.
    fn table(&self, points: &[SweepPoint]) -> Table {
        let rows = points.iter().take(MOST_ROWS).map(|point| {
            let cell = |metric: &&'static Metric| {
                let estimate = point.summary.world(metric.name);
                estimate.map_or_else(|| "-".to_owned(), |estimate| with_interval(estimate, metric.unit))
            };
            point.point.labels.iter().cloned().chain(self.responses.iter().map(cell)).collect()
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let most = if points.len() > MOST_ROWS {
            format!("The first {MOST_ROWS} of {} points", points.len())
        } else {
            "All points".to_owned()
        };
        let names = self.study.factors.iter().map(|factor| factor.name.clone());
        Table {
            title: "Design points".to_owned(),
            caption: format!(
                "{most}: means per replication over all sellers, in brackets their 95 % intervals; money in currency units. sweep.csv \
                 has every metric, sweep_segments.csv every segment."
            ),
            columns: names.chain(self.responses.iter().map(|metric| metric.label().to_owned())).collect(),
            rows,
            has_words: false,
        }
    }
}

/// What was varied.
fn factors(study: &StudyRecord) -> Table {
    const MOST_LEVELS: usize = 12;
    let row = |factor: &FactorRecord| {
        let shown: Vec<&str> = factor.levels.iter().take(MOST_LEVELS).map(String::as_str).collect();
        let more = factor.levels.len().saturating_sub(MOST_LEVELS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        vec![factor.name.clone(), factor.keys.join(", "), format!("{}{more}", shown.join(", "))]
    };
    Table {
        title: "What was varied".to_owned(),
        caption: String::new(),
        columns: ["factor", "keys", "levels"].map(str::to_owned).to_vec(),
        rows: study.factors.iter().map(row).collect(),
        has_words: true,
    }
}

/// Whether a factor varies a key.
fn is_varied(study: &StudyRecord, key: &str) -> bool {
    study.factors.iter().any(|factor| factor.keys.iter().any(|each| each == key))
}

/// Replications and seed of the points; what a factor varies stands in its column.
fn size(study: &StudyRecord, first: &Scenario) -> String {
    let replications = if is_varied(study, "run.replications") {
        String::new()
    } else {
        format!(" of {} replications each", first.world.replications)
    };
    if is_varied(study, "run.seed") {
        return replications;
    }
    format!("{replications} under common random numbers, seed {}", first.world.seed)
}
