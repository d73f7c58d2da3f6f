//! The documentation of keys and the keys that are read do not drift apart.

use redress::scenario::{Key, Study, keys};
use std::fs;

const SCENARIO_KEYS: &str = include_str!("../../docs/scenario.md");
const STUDIES: &str = include_str!("../../docs/studies.md");

/// The documented paths of a row with its default, as `sellers[].stock_out`.
fn documented() -> Vec<(Vec<String>, String)> {
    let rows = SCENARIO_KEYS.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let mut paths: Vec<String> = Vec::new();
        for name in cells[0].split('`').skip(1).step_by(2) {
            let parent =
                paths.first().and_then(|first| first.rsplit_once('.')).map_or("", |(parent, _)| parent);
            paths.push(if name.starts_with('.') { format!("{parent}{name}") } else { name.to_owned() });
        }
        (paths, cells.get(2).copied().unwrap_or_default().to_owned())
    })
    .collect()
}

/// The keys that a documented path stands for: itself, or all keys of a table.
fn covered(path: &str) -> Vec<&'static Key> {
    keys().iter().filter(|key| key.path == path || key.path.starts_with(&format!("{path}."))).collect()
}

#[test]
fn every_documented_key_is_read() {
    for (paths, _) in documented() {
        for path in paths {
            assert!(!covered(&path).is_empty(), "{path} is documented and not read");
        }
    }
}

#[test]
fn every_key_that_is_read_is_documented() {
    let documented = documented();
    for key in keys() {
        let is_documented =
            documented.iter().flat_map(|(paths, _)| paths).any(|path| covered(path).contains(&key));
        assert!(is_documented, "{} is read and not documented", key.path);
    }
}

#[test]
fn documented_defaults_are_those_that_are_read() {
    let mut compared = 0;
    for (paths, default) in documented() {
        let quoted: Vec<&str> = default.split('`').skip(1).step_by(2).collect();
        for (index, path) in paths.iter().enumerate() {
            let [key] = covered(path)[..] else { continue };
            let read = key.default.as_deref();
            if default.is_empty() {
                assert_eq!(read, None, "{path} is documented as required");
            } else if default == "none" {
                assert!(matches!(read, Some("\"none\"" | "[]")), "{path} is documented as optional");
            } else if let Ok(number) = default.parse::<f64>() {
                let read: f64 = read.unwrap_or_default().parse().unwrap_or(f64::NAN);
                assert!((read - number).abs() < 1e-12, "{path} defaults to {read}, not {number}");
            } else if let Some(other) = default.strip_prefix("same as `") {
                assert_eq!(read, Some(format!("same as {}", other.trim_end_matches('`')).as_str()), "{path}");
            } else if let Some(text) = quoted.get(index.min(quoted.len().saturating_sub(1))) {
                assert_eq!(read, Some(*text), "{path}");
            } else {
                continue;
            }
            compared += 1;
        }
    }
    assert!(compared > 100, "only {compared} defaults could be compared");
}

#[test]
fn every_key_is_declared_once() {
    for (index, key) in keys().iter().enumerate() {
        assert!(keys()[..index].iter().all(|other| other.path != key.path), "{} is declared twice", key.path);
    }
}

/// What a study's table takes, as the message about a key that it does not take lists it.
fn keys_of_studies(table: &str, text: &str) -> Vec<String> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("study.toml");
    fs::write(&path, text).expect("the study can be written");
    let said = Study::read(&path).expect_err("the key is unknown").to_string();
    let list = said.split_once(&format!("valid keys of {table} are ")).expect(&said).1;
    list.lines().next().unwrap_or_default().split(", ").map(str::to_owned).collect()
}

#[test]
fn keys_of_studies_are_documented_and_documented_ones_are_read() {
    let mut read = keys_of_studies("the top level", "qqq = 1");
    let factor = "[[factor]]\nqqq = 1\nvalues = [1]";
    read.extend(keys_of_studies("factor[0]", factor).into_iter().map(|key| format!("factor[].{key}")));
    read.sort();
    let (_, rest) = STUDIES.split_once("\n## Keys\n").expect("the heading is there");
    let rows = rest.split("\n## ").next().unwrap_or(rest).lines().filter(|line| line.starts_with("| `"));
    let mut documented: Vec<&str> = rows.map(|row| row.split('`').nth(1).unwrap_or_default()).collect();
    documented.sort_unstable();
    assert_eq!(documented, read);
}
