//! A setting as a scenario file that extends the one explored.

use crate::scenario::{Scenario, ScenarioErrors, differences};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The text of a file that resolves to `changed` if it lies beside the scenario file, of the name `beside`, that resolves to
/// `base`.
///
/// # Errors
/// None for scenarios that were resolved.
pub fn scenario_file(beside: &str, base: &Scenario, changed: &Scenario) -> Result<String, ScenarioErrors> {
    let mut text = format!("extends = {}\n", quoted(beside));
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut segments: BTreeMap<(&str, String), Vec<String>> = BTreeMap::new();
    for found in differences(base, changed)? {
        let Some(value) = found.second else { continue };
        let lists = ["sellers", "buyers"].into_iter();
        let mut in_list =
            lists.filter_map(|list| Some((list, found.key.strip_prefix(list)?.strip_prefix('.')?)));
        if let Some((list, rest)) = in_list.next() {
            let names = names(list, changed);
            let mut named = names.iter().filter_map(|name| Some((name, key_of(rest, name)?)));
            let Some((name, key)) = named.next() else { continue };
            segments.entry((list, name.clone())).or_default().push(format!("{key} = {value}"));
        } else {
            let (table, key) = found.key.rsplit_once('.').unwrap_or(("", &found.key));
            tables.entry(table.to_owned()).or_default().push(format!("{key} = {value}"));
        }
    }
    for line in tables.remove("").unwrap_or_default() {
        // Writing to memory does not fail.
        let _ = writeln!(text, "{line}");
    }
    for (table, lines) in &tables {
        let _ = write!(text, "\n[{table}]\n{}\n", lines.join("\n"));
    }
    for list in ["buyers", "sellers"] {
        if !segments.keys().any(|(of, _)| *of == list) {
            continue;
        }
        let _ = writeln!(
            text,
            "\n# Segments replace those inherited; one without a share starts from its namesake."
        );
        for name in names(list, changed) {
            let _ = writeln!(text, "[[{list}]]\nname = {}", quoted(&name));
            for line in segments.remove(&(list, name)).unwrap_or_default() {
                let _ = writeln!(text, "{line}");
            }
        }
    }
    Ok(text)
}

/// The key in the segment of this name, if the path leads there.
fn key_of<'a>(path: &'a str, name: &str) -> Option<&'a str> {
    path.strip_prefix(name)?.strip_prefix('.')
}

/// The names of segments.
fn names(list: &str, scenario: &Scenario) -> Vec<String> {
    match list {
        "sellers" => scenario.world.sellers.iter().map(|segment| segment.name.clone()).collect(),
        _ => scenario.world.buyers.iter().map(|segment| segment.name.clone()).collect(),
    }
}

/// Text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
