//! The charts, the finding and the page of an analysis of sensitivity.

use super::bars::{Bar, BarGroup, Bars};
use super::origin::Origin;
use super::output_words::{drawn_in, effect_shown, heading_of, title_of, words_of};
use super::page::{Page, Table};
use super::run_charts::NamedChart;
use super::run_page::{factor_table, identity, sentences, write_all};
use super::sentence_case::capitalised;
use super::sweep_words::brief_level;
use super::tornado::{Tornado, TornadoRow};
use super::{Heading, Unit};
use crate::experiment::sensitivity_result::WIDEST;
use crate::experiment::{OutputSensitivity, SensitivityResult};
use crate::export::{ExportError, RunDirectory};
use crate::observe::Books;
use crate::scenario::{Scenario, Study};

/// Draws the charts of an analysis into `charts/` and writes `report.html`; `middle` is the scenario with every factor in
/// the middle of its range.
///
/// # Errors
/// If a file cannot be written.
pub fn write(
    directory: &RunDirectory,
    study: &Study,
    middle: &Scenario,
    result: &SensitivityResult,
    origin: &Origin,
    books: &Books,
) -> Result<(), ExportError> {
    let name = origin.named(&study.name);
    let mut charts: Vec<NamedChart> =
        result.outputs.iter().flat_map(|output| charts(&name, result, output)).collect();
    super::file_names::tell_apart(&mut charts);
    let method = vec![
        format!(
            "{} points of the screening (Morris) and {} of the indices (Saltelli's design, Jansen's estimators), {} replications each \
             under common random numbers; intervals of 95 % by bootstrap.",
            result.points[0], result.points[1], middle.world.replications
        ),
        screened_out(result),
    ];
    let table = Table {
        title: "Factors".to_owned(),
        caption: "One row per output and factor, the strongest first: the mean absolute effect of the screening, in the output's unit, \
                  and the shares of the output's variance with 95 % intervals."
            .to_owned(),
        columns: COLUMNS.map(str::to_owned).to_vec(),
        rows: result.outputs.iter().flat_map(|output| rows(result, output)).collect(),
        has_words: false,
    };
    let page = Page {
        kind: "Sensitivity analysis",
        title: study.name.clone(),
        description: origin.described(&study.description),
        findings: result.outputs.iter().map(|output| finding(result, output)).collect(),
        picture: 0,
        tables: vec![table],
        settings: sentences(origin),
        differences: Some(factor_table(study)),
        method,
        identity: identity(
            Some(middle.world.seed),
            "SHA-256 of the scenario in the middle of the ranges",
            &middle.hash,
        ),
        command: origin.command.clone(),
        scenario_title: "The full configuration in the middle of the ranges",
        scenario: middle.resolved.clone(),
        audit: Some((*books, "all replications of all points")),
    };
    write_all(directory, &page, &charts)
}

/// Head of the table that people read.
pub const COLUMNS: [&str; 5] = ["output", "factor", "mean absolute effect", "alone", "with interactions"];

/// The table that people read: a row per factor, the strongest first.
pub fn rows(result: &SensitivityResult, output: &OutputSensitivity) -> Vec<Vec<String>> {
    let mut order: Vec<usize> = output.by_total().into_iter().map(|place| result.kept[place]).collect();
    order.extend((0..result.factors.len()).filter(|factor| !result.kept.contains(factor)));
    if output.shares.is_none() {
        order = (0..result.factors.len()).collect();
    }
    let row = |factor: usize| {
        let effect = output
            .screening
            .get(factor)
            .map_or("-".into(), |found| effect_shown(&output.output, found.mu_star));
        let place = result.kept.iter().position(|&kept| kept == factor);
        let [alone, whole] = match (place, &output.shares) {
            (None, _) => ["screened out".to_owned(), String::new()],
            (Some(_), None) => ["-".to_owned(), "-".to_owned()],
            (Some(place), Some((indices, intervals))) => [
                share(indices.first[place], intervals[place].first),
                share(indices.total[place], intervals[place].total),
            ],
        };
        vec![words_of(&output.output), result.factors[factor].clone(), effect, alone, whole]
    };
    order.into_iter().map(row).collect()
}

/// An index in percent with its interval.
fn share(value: f64, (low, high): (f64, f64)) -> String {
    format!("{} ({} to {})", percent(value), percent(low), percent(high))
}

/// In percent without a sign on what rounds to 0.
fn percent(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 10.0;
    format!("{:.1} %", rounded + 0.0)
}

/// What was found of an output, in sentences.
pub fn finding(result: &SensitivityResult, output: &OutputSensitivity) -> String {
    let name = heading_of(&output.output);
    if output.screening.is_empty() {
        return format!("{name} has no value at some points and is left out.");
    }
    let Some((indices, intervals)) = &output.shares else {
        let all_equal = output.screening.iter().all(|factor| factor.mu_star <= 0.0);
        let why = if all_equal { "no factor moves it" } else { "it varies no more than by chance" };
        return format!("{name}: {why}.");
    };
    let noise = indices.noise_share.map_or_else(String::new, |noise| {
        format!(" Of the variance of its means {} is noise.", percent(noise))
    });
    if !output.is_precise() {
        let factor = (output.widest() / WIDEST).powi(2).ceil();
        return format!(
            "{name}: not precise enough to say which factor matters more, as intervals are up to {:.3} wide and more than \
             {WIDEST} is not interpreted; about {factor:.0} times as many base_samples would do.{noise}",
            output.widest()
        );
    }
    let strongest = output.by_total()[0];
    let factor = &result.factors[result.kept[strongest]];
    format!(
        "{name}: {factor} alone explains {} of its variance and {} with its interactions ({} to {}).{noise}",
        percent(indices.first[strongest]),
        percent(indices.total[strongest]),
        percent(intervals[strongest].total.0),
        percent(intervals[strongest].total.1),
    )
}

/// An output as a heading begins with it.
pub fn heading(output: &OutputSensitivity) -> String {
    heading_of(&output.output)
}

/// Which factors were screened out, in a sentence.
pub fn screened_out(result: &SensitivityResult) -> String {
    let out: Vec<&str> = (0..result.factors.len())
        .filter(|factor| !result.kept.contains(factor))
        .map(|factor| result.factors[factor].as_str())
        .collect();
    if out.is_empty() {
        "No factor was screened out.".to_owned()
    } else {
        format!("Screened out and held in the middle of their ranges: {}.", out.join(", "))
    }
}

/// The charts of an output: the strongest factors with their effects, and their shares of its variance.
pub fn charts(name: &str, result: &SensitivityResult, output: &OutputSensitivity) -> Vec<NamedChart> {
    let Some((indices, intervals)) = &output.shares else { return Vec::new() };
    let (unit, scale) = drawn_in(&output.output);
    let order = output.by_total();
    let words = words_of(&output.output);
    let [moves, explains] = if output.is_precise() {
        let strongest = &result.factors[result.kept[order[0]]];
        let strongest = capitalised(strongest);
        [
            format!("{strongest} moves {words} most"),
            format!("{strongest} explains most of the variance of {words}"),
        ]
    } else {
        let heading = heading_of(&output.output);
        ["ends of the ranges", "shares of variance"]
            .map(|what| format!("{heading}, {what}: too imprecise to rank factors"))
    };
    let row = |&place: &usize| {
        let end = |at: usize| output.swings[place][at].map_or(f64::NAN, |estimate| estimate.mean / scale);
        let factor = result.kept[place];
        TornadoRow {
            name: result.factors[factor].clone(),
            ends: [end(0), end(1)],
            labels: result.ends[factor].each_ref().map(|label| brief_level(label)),
            words: format!("{} of variance", percent(indices.total[place])),
        }
    };
    let tornado = Tornado {
        heading: Heading::new(
            moves,
            format!("Study {name}: means over the lowest and the highest fifth of each factor, all others varied; total indices at the right"),
        )
        .if_empty("no factor is left"),
        x_title: title_of(&output.output),
        unit,
        mean: output.mean.map_or(f64::NAN, |mean| mean / scale),
        rows: order.iter().map(row).collect(),
    };
    let bar = |value: f64, (low, high): (f64, f64)| Bar { value, low, high };
    let group = |&place: &usize| BarGroup {
        name: result.factors[result.kept[place]].clone(),
        bars: vec![
            bar(indices.first[place], intervals[place].first),
            bar(indices.total[place], intervals[place].total),
        ],
        color: None,
    };
    let bars = Bars {
        heading: Heading::new(
            explains,
            format!("Study {name}: shares of the variance of {words}, with 95 % bootstrap intervals"),
        )
        .if_empty("no factor is left"),
        x_title: "share of variance, %".to_owned(),
        unit: Unit::Percent,
        series: vec!["alone (first order)".to_owned(), "with interactions (total)".to_owned()],
        groups: order.iter().map(group).collect(),
    };
    vec![
        NamedChart { name: format!("tornado_{}", output.output.name()), chart: tornado.into() },
        NamedChart { name: format!("indices_{}", output.output.name()), chart: bars.into() },
    ]
}
