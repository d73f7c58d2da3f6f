//! The charts and the page of a run, as files.

use super::headline;
use super::origin::Origin;
use super::page::Page;
use super::run_charts::{NamedChart, charts};
use crate::experiment::{RunResult, Summary};
use crate::export::{ExportError, RunDirectory};
use crate::scenario::Scenario;
use rayon::prelude::*;

/// Draws every chart of a run into `charts/` and writes `report.html`.
///
/// # Errors
/// If a file cannot be written.
pub fn write(
    directory: &RunDirectory,
    scenario: &Scenario,
    result: &RunResult,
    summary: &Summary,
    origin: &Origin,
) -> Result<(), ExportError> {
    let charts = charts(scenario, result, summary);
    let world = &scenario.world;
    let books = &result.books;
    let mut facts = sentences(origin);
    facts.extend([
            format!(
                "{} markets of {} sellers, {} days after {} days of warm-up, {} replications, seed {}.",
                world.market.count,
                world.market.sellers,
                world.days,
                world.warm_up_days,
                result.replications.len(),
                world.seed
            ),
            format!(
                "Money audit, sums over all replications: paid {} = released {} + refunded {} + held {}, to the cent.",
                books.paid, books.released, books.refunded, books.held
            ),
            format!("redress {}, scenario sha256 {}.", env!("CARGO_PKG_VERSION"), scenario.hash),
    ]);
    let page = Page {
        title: scenario.name.clone(),
        description: origin.described(&scenario.description),
        facts,
        columns: ["", "mean", "95 % interval"].map(str::to_owned).to_vec(),
        rows: headline::rows(summary).into_iter().map(|row| row.to_vec()).collect(),
        findings: Vec::new(),
        has_charts_first: false,
        scenario: scenario.resolved.clone(),
    };
    write_all(directory, &page, &charts)
}

/// Writes a page and its charts.
pub(super) fn write_all(
    directory: &RunDirectory,
    page: &Page,
    charts: &[NamedChart],
) -> Result<(), ExportError> {
    write_charts(directory, charts)?;
    directory.write_parts("report.html", page.parts(charts))
}

/// Writes charts, drawn side by side, as SVG and PNG.
pub(super) fn write_charts(directory: &RunDirectory, charts: &[NamedChart]) -> Result<(), ExportError> {
    let drawn = charts.par_iter().filter(|chart| chart.chart.sentence_if_empty().is_none());
    drawn.try_for_each(|chart| {
        directory.write(&format!("charts/{}.svg", chart.name), chart.chart.svg().as_bytes())?;
        directory.write(&format!("charts/{}.png", chart.name), &chart.chart.png())
    })
}

/// The world in whole sentences.
pub(super) fn sentences(origin: &Origin) -> Vec<String> {
    let sentence = |words: String| {
        let mut letters = words.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{}.", letters.as_str())
    };
    origin.sentences().into_iter().map(sentence).collect()
}
