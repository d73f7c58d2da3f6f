//! The charts and the page of a run, as files.

use super::headline;
use super::origin::Origin;
use super::page::{Page, Table};
use super::run_charts::{NamedChart, charts};
use super::run_finding;
use super::sentence_case::capitalised;
use crate::engine::World;
use crate::experiment::{RunResult, Scope, Summary};
use crate::export::{ExportError, RunDirectory};
use crate::observe::Metric;
use crate::scenario::{Scenario, Study};
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
    let page = Page {
        kind: "Run of a scenario",
        title: scenario.name.clone(),
        description: origin.described(&scenario.description),
        findings: run_finding::findings(world, summary),
        picture: place_of(&charts, "dispute_outcomes"),
        tables: vec![headline_table(scenario, summary), segments_table(world, summary)],
        settings: sentences(origin),
        method: vec![
            format!(
                "{} market(s) of {} sellers, {} days after {} days of warm-up, {} replication(s).",
                world.market.count,
                world.market.sellers,
                world.days,
                world.warm_up_days,
                result.replications.len()
            ),
            "Intervals are of 95 % and of the mean over replications: how far chance in the simulation moves it, not how well the \
             scenario describes a market."
                .to_owned(),
            format!("Charts and tables are of the {} days of the observation period; the warm-up is not counted.", world.days),
        ],
        identity: identity(Some(world.seed), "scenario SHA-256", &scenario.hash),
        command: origin.command.clone(),
        scenario_title: "The full configuration",
        scenario: scenario.resolved.clone(),
        audit: Some((result.books, "all replications")),
        ..Page::default()
    };
    write_all(directory, &page, &charts)
}

/// The headline numbers.
fn headline_table(scenario: &Scenario, summary: &Summary) -> Table {
    Table {
        title: "Headline numbers".to_owned(),
        caption: format!(
            "Per replication of {} days: means, and 95 % intervals of the mean; money in currency units. summary.csv has every \
             metric and group.",
            scenario.world.days
        ),
        columns: ["metric", "mean", "95 % interval"].map(str::to_owned).to_vec(),
        rows: headline::rows(summary).into_iter().map(|row| row.to_vec()).collect(),
        has_words: false,
    }
}

/// The same metrics of each seller segment, side by side.
fn segments_table(world: &World, summary: &Summary) -> Table {
    let names: Vec<&str> = world.sellers.iter().map(|segment| segment.name.as_str()).collect();
    let row = |name: &&'static str| {
        let metric = Metric::named(name)?;
        let cell = |segment: &&str| {
            let estimate = summary.find(Scope::SellerSegment, segment, name);
            estimate.map_or_else(|| "-".to_owned(), |estimate| headline::people(estimate.mean, metric.unit))
        };
        Some(std::iter::once(metric.label().to_owned()).chain(names.iter().map(cell)).collect())
    };
    Table {
        title: "By seller segment".to_owned(),
        caption: format!(
            "Means per replication of {} days; their intervals are in summary.csv. A dash: the metric is not defined for the segment.",
            world.days
        ),
        columns: std::iter::once("metric").chain(names.iter().copied()).map(str::to_owned).collect(),
        rows: headline::HEADLINE.iter().filter_map(row).collect(),
        has_words: false,
    }
}

/// The place of a chart by its name; the first if there is none.
pub(super) fn place_of(charts: &[NamedChart], name: &str) -> usize {
    charts.iter().position(|chart| chart.name == name).unwrap_or(0)
}

/// What a study varies.
pub(super) fn factor_table(study: &Study) -> Table {
    Table {
        title: "What was varied".to_owned(),
        caption: String::new(),
        columns: ["factor", "keys"].map(str::to_owned).to_vec(),
        rows: study.factors.iter().map(|factor| vec![factor.name.clone(), factor.keys.join(", ")]).collect(),
        has_words: true,
    }
}

/// What tells this result from another: the seed, if there is one, the program, the hash.
pub(super) fn identity(
    seed: Option<u64>,
    hash_name: &'static str,
    hash: &str,
) -> Vec<(&'static str, String)> {
    let mut identity = Vec::new();
    identity.extend(seed.map(|seed| ("seed", seed.to_string())));
    identity.push(("program", format!("redress {}", env!("CARGO_PKG_VERSION"))));
    identity.push((hash_name, hash.to_owned()));
    identity
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
    let sentence = |words: String| format!("{}.", capitalised(&words));
    origin.sentences().into_iter().map(sentence).collect()
}
