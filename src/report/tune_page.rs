//! The page of a selection, with its charts.

use super::origin::Origin;
use super::page::Page;
use super::run_page::{sentences, write_all};
use super::tune_charts::{charts, operating_point};
use super::tune_words::{columns, finding, guarantee, rows, ruled_out};
use crate::experiment::tune::TuneOutcome;
use crate::export::{ExportError, RunDirectory};
use crate::scenario::{Scenario, Study};
use crate::stats::detector::{Detector, Share};

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
) -> Result<(), ExportError> {
    let detector = outcome.detector.as_ref();
    let factors: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    let mut charts = charts(&origin.named(&study.name), &factors, outcome);
    super::file_names::tell_apart(&mut charts);
    let mut facts = sentences(origin);
    facts.extend(ruled_out(outcome).into_iter().map(|line| format!("{line}.")));
    facts.extend(detector.and_then(detector_words));
    facts.push(format!("Common random numbers, seed {}.", scenario.world.seed));
    let which = if outcome.best.is_some() { "the best candidate" } else { "the first candidate" };
    facts.push(format!("redress {}, sha256 of {which} {}.", env!("CARGO_PKG_VERSION"), scenario.hash));
    let page = Page {
        title: study.name.clone(),
        description: origin.described(&study.description),
        facts,
        columns: columns(&factors, outcome),
        rows: rows(outcome),
        findings: vec![finding(&factors, outcome), guarantee(outcome)],
        has_charts_first: true,
        scenario: scenario.resolved.clone(),
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
