//! Scenarios and studies are both TOML files: which of the two a file is, and what is said where the other is wanted.

use crate::scenario::text::error::ScenarioErrors;
use crate::scenario::text::file;
use crate::scenario::text::node::{Item, Node};
use std::path::Path;

/// Keys that only studies have.
const STUDY_KEYS: [&str; 2] = ["scenario", "factor"];

/// Keys that only scenarios have.
const SCENARIO_KEYS: [&str; 7] = ["extends", "run", "market", "justice", "buyers", "sellers", "policy"];

/// Whether the file can be read and is a study rather than a scenario.
pub fn is_study(path: &Path) -> bool {
    file::document(path).is_ok_and(|document| is_study_document(&document))
}

/// What is said of a study in the place of a scenario.
pub(crate) fn study_in(path: &Path, document: &Node) -> Option<ScenarioErrors> {
    let shown = path.display();
    let message = format!("this is a study: redress {} {shown}", study_command(document));
    is_study_document(document).then(|| ScenarioErrors::file(path, message))
}

/// The command that a study asks for itself: `tune` with an objective, `sensitivity` with its table or with ranges that have no
/// number of points, else `sweep`.
pub(crate) fn study_command(document: &Node) -> &'static str {
    let is_grid = match value(document, "design") {
        Some(design) => design.text() == Some("grid"),
        None => true,
    };
    let is_open = |factor: &Node| {
        let range = value(factor, "range").and_then(Node::text);
        range.is_some_and(|range| !range.contains('/'))
    };
    let has_open_ranges = || match value(document, "factor").map(|factors| &factors.item) {
        Some(Item::List(factors)) => factors.iter().any(is_open),
        _ => false,
    };
    if has_any(document, &["objective"]) {
        "tune"
    } else if has_any(document, &["sensitivity"]) || (is_grid && has_open_ranges()) {
        "sensitivity"
    } else {
        "sweep"
    }
}

fn value<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    node.table()?.get(key)
}

/// What is said of a scenario in the place of the study that a command takes.
pub(crate) fn scenario_in(path: &Path, document: &Node, command: &str) -> Option<ScenarioErrors> {
    let is_scenario = !has_any(document, &STUDY_KEYS) && has_any(document, &SCENARIO_KEYS);
    let shown = path.display();
    let varied = format!(
        "redress sweep {shown} --factor KEY=V1,V2,... varies a key of it, for example --factor run.seed=1,2"
    );
    let message = match command {
        "sweep" => format!("this is a scenario: {varied}"),
        _ => format!(
            "this is a scenario, and {command} takes a study (docs/studies.md) that names one: {varied}"
        ),
    };
    is_scenario.then(|| ScenarioErrors::file(path, message))
}

/// What is said of a study to which factors are given as options.
pub(crate) fn study_with_factors(path: &Path) -> Option<ScenarioErrors> {
    let message = "this is a study with factors of its own: leave out --factor, or name its scenario instead";
    is_study(path).then(|| ScenarioErrors::file(path, message))
}

fn is_study_document(document: &Node) -> bool {
    let has = |key| has_any(document, &[key]);
    (has("scenario") && has("factor"))
        || (has_any(document, &STUDY_KEYS) && !has_any(document, &SCENARIO_KEYS))
}

fn has_any(document: &Node, keys: &[&str]) -> bool {
    document.table().is_some_and(|table| keys.iter().any(|key| table.contains_key(*key)))
}
