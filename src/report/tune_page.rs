//! The page of a selection, with its charts.

use super::origin::Origin;
use super::page::{Page, Table};
use super::run_page::{factor_table, identity, sentences, write_all};
use super::tune_charts::{charts, operating_point};
use super::tune_words::{columns, finding, guarantee, rows, ruled_out};
use crate::experiment::tune::TuneOutcome;
use crate::export::{ExportError, RunDirectory};
use crate::observe::Books;
use crate::scenario::{Scenario, Study};
use crate::stats::detector::{Detector, Share};

/// Rows of a page that a browser shows without delay.
const MOST_ROWS: usize = 1_000;

/// Draws the charts of a selection into `charts/` and writes `report.html`; `scenario` is that of the best candidate, or of
/// the first where there is none.
///
/// # Errors
/// If a file cannot be written.
pub fn write(
    directory: &RunDirectory,
    study: &Study,
    scenario: &Scenario,
    outcome: &TuneOutcome,
    origin: &Origin,
    books: &Books,
) -> Result<(), ExportError> {
    let detector = outcome.detector.as_ref();
    let factors: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    let mut charts = charts(&origin.named(&study.name), &factors, outcome);
    super::file_names::tell_apart(&mut charts);
    let mut findings = vec![finding(&factors, outcome), guarantee(outcome)];
    findings.extend(detector.and_then(detector_words));
    let mut method: Vec<String> = ruled_out(outcome).into_iter().map(|line| format!("{line}.")).collect();
    method
        .push("Candidates share their random numbers; replications are added where they decide.".to_owned());
    let hash_name = if outcome.best.is_some() {
        "SHA-256 of the best candidate's scenario"
    } else {
        "SHA-256 of the first candidate's scenario"
    };
    let table = Table {
        title: "Candidates".to_owned(),
        caption: "One row per candidate: means per replication with 95 % intervals of each by itself; money in currency units. tune.csv \
                  has all of it."
            .to_owned(),
        columns: columns(&factors, outcome),
        rows: rows(outcome).into_iter().take(MOST_ROWS).collect(),
        has_words: false,
    };
    let page = Page {
        kind: "Selection of the best settings",
        title: study.name.clone(),
        description: origin.described(&study.description),
        findings,
        picture: 0,
        tables: vec![table],
        settings: sentences(origin),
        differences: Some(factor_table(study)),
        method,
        identity: identity(Some(scenario.world.seed), hash_name, &scenario.hash),
        command: origin.command.clone(),
        scenario_title: if outcome.best.is_some() {
            "The full configuration of the best candidate"
        } else {
            "The full configuration of the first candidate"
        },
        scenario: scenario.resolved.clone(),
        audit: Some((*books, "all replications of all candidates")),
    };
    write_all(directory, &page, &charts)
}

/// What penalties of any length say about sellers, in a sentence.
pub fn detector_words(detector: &Detector) -> Option<String> {
    let point = operating_point(detector)?;
    let share = |share: Option<Share>| {
        share.map_or("-".to_owned(), |share| {
            format!(
                "{:.1} % ({:.1} to {:.1} %)",
                100.0 * share.share,
                100.0 * share.interval.0,
                100.0 * share.interval.1
            )
        })
    };
    Some(format!(
        "As a detector: {} of sellers are bad; any penalty flags {} of these and {} of the good ones, and {} of the flagged are bad.",
        share(detector.base_rate),
        share(point.recall),
        share(point.false_positive_rate),
        share(point.precision)
    ))
}
