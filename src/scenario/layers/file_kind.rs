//! Scenarios and studies are both TOML files: which of the two a file is, and what is said where the other is wanted.

use crate::scenario::text::error::{ScenarioErrors, nearest};
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

/// The command that a file is for: `run` of a scenario, else that of the study. `None` of a file that is no TOML, or has no key
/// of either.
pub fn command_for(path: &Path) -> Option<&'static str> {
    let document = file::document(path).ok()?;
    if is_study_document(&document) {
        return Some(study_command(&document));
    }
    has_any(&document, &SCENARIO_KEYS).then_some("run")
}

/// What is said of a study in the place of a scenario, or of a file without a key.
pub(crate) fn study_in(path: &Path, document: &Node) -> Option<ScenarioErrors> {
    if is_empty(document) {
        let message = "is empty: redress init NEW.toml writes a scenario to begin with (docs/scenario.md)";
        return Some(ScenarioErrors::file(path, message));
    }
    let shown = path.display();
    let message = format!("this is a study: redress {} {shown}", study_command(document));
    is_study_document(document).then(|| ScenarioErrors::file(path, message))
}

/// The command that a study asks for itself: `tune` with an objective, `sensitivity` with its table or with ranges that have no
/// number of points, else `sweep`.
pub(crate) fn study_command(document: &Node) -> &'static str {
    if has_any(document, &["objective"]) {
        "tune"
    } else if has_any(document, &["sensitivity"]) || has_open_ranges(document) {
        "sensitivity"
    } else {
        "sweep"
    }
}

/// Whether a grid has a range without a number of points.
fn has_open_ranges(document: &Node) -> bool {
    let is_grid = value(document, "design").is_none_or(|design| design.text() == Some("grid"));
    let is_open = |factor: &Node| {
        let range = value(factor, "range").and_then(Node::text);
        range.is_some_and(|range| !range.contains('/') && !range.contains(" step "))
    };
    match value(document, "factor").map(|factors| &factors.item) {
        Some(Item::List(factors)) => is_grid && factors.iter().any(is_open),
        _ => false,
    }
}

fn value<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    node.table()?.get(key)
}

/// What is said of a scenario in the place of the study that a command takes, or of a file without a key.
pub(crate) fn scenario_in(path: &Path, document: &Node, command: &str) -> Option<ScenarioErrors> {
    if is_empty(document) {
        let message = "is empty: a study names its scenario and what is varied (docs/studies.md)";
        return Some(ScenarioErrors::file(path, message));
    }
    let is_scenario = !has_any(document, &STUDY_KEYS) && has_any(document, &SCENARIO_KEYS);
    let shown = path.display();
    let varied = format!(
        "redress sweep {shown} --factor KEY=V1,V2,... varies a key of it, for example \
         --factor policy.dispute.response_deadline=2d,10d"
    );
    let message = match command {
        "sweep" => format!("this is a scenario: {varied}"),
        _ => format!(
            "this is a scenario, and {command} takes a study (docs/studies.md) that names one: {varied}"
        ),
    };
    is_scenario.then(|| ScenarioErrors::file(path, message))
}

/// What is said of a study that is for another command than the one that reads it. One with a key that may be a misspelt
/// `objective` is read, and told of that.
pub(crate) fn other_study(path: &Path, document: &Node, command: &str) -> Option<ScenarioErrors> {
    let (shown, own) = (path.display(), study_command(document));
    let has = |key| has_any(document, &[key]);
    let is_misspelt = |key: &String| nearest(key, std::iter::once("objective")).is_some();
    let message = match (command, own) {
        ("tune", "sweep" | "sensitivity") => {
            if document.table()?.keys().any(is_misspelt) {
                return None;
            }
            format!(
                "this study has no objective to tune for: redress {own} {shown} takes it as it is, or add one, such as \
                 objective = {{ maximise = \"penalty_auc\" }}"
            )
        }
        ("sensitivity", "tune") if !has("sensitivity") => format!(
            "this study has an objective: redress tune {shown} finds its best point; a table [sensitivity] in it, empty or with \
             sizes, asks for the shares of variance as well"
        ),
        ("sweep", "tune" | "sensitivity")
            if has_open_ranges(document) && (has("objective") || has("sensitivity")) =>
        {
            format!(
                "this study is for redress {own} {shown}: a sweep needs ranges with a number of points, such as \"a..b/5\""
            )
        }
        _ => return None,
    };
    Some(ScenarioErrors::file(path, message))
}

/// What is odd about a study that is read by another command than its own.
pub(crate) fn remark_on_study(document: &Node, shown: &str, command: &str) -> Option<String> {
    let own = study_command(document);
    let (what, does) = match own {
        "tune" => ("an objective", "finds its best point"),
        "sensitivity" => ("a table [sensitivity]", "tells which of its factors matter"),
        _ => return None,
    };
    (own != command)
        .then(|| format!("{shown} has {what}, which {command} does not use: redress {own} {shown} {does}"))
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

/// Whether a file says nothing.
fn is_empty(document: &Node) -> bool {
    document.table().is_some_and(std::collections::BTreeMap::is_empty)
}

fn has_any(document: &Node, keys: &[&str]) -> bool {
    document.table().is_some_and(|table| keys.iter().any(|key| table.contains_key(*key)))
}
