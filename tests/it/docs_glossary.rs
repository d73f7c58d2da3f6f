//! What the glossary and the README name exists under that name.

use redress::scenario::keys;
use std::fs;
use std::path::{Path, PathBuf};

const GLOSSARY: &str = include_str!("../../docs/glossary.md");
const README: &str = include_str!("../../README.md");

/// Every second piece between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The text of all files of a folder of `src/`, and of the folders in it.
fn folder_named(name: &str) -> String {
    text_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name))
}

fn text_below(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let text_of = |path: PathBuf| {
        if path.is_dir() { text_below(&path) } else { fs::read_to_string(path).unwrap() }
    };
    entries.map(|entry| text_of(entry.unwrap().path())).collect()
}

#[test]
fn every_term_of_the_glossary_names_code_that_exists() {
    let mut found = 0;
    for (folder, item) in quoted(GLOSSARY).filter_map(|name| name.split_once("::")) {
        let item = item.rsplit("::").next().unwrap_or(item);
        let text = folder_named(folder);
        let begins = ["struct", "enum", "fn", "mod"].map(|kind| format!("{kind} {item}"));
        assert!(begins.iter().any(|begin| text.contains(begin)), "{folder}::{item} does not exist");
        found += 1;
    }
    assert!(found > 30, "only {found} names were found");
}

#[test]
fn every_key_that_the_glossary_and_the_rules_name_is_read() {
    let rules: String = README.lines().filter(|line| line.starts_with("| R")).collect();
    let mut parent = String::new();
    for name in quoted(GLOSSARY).chain(quoted(&rules)).filter(|name| !name.contains("::")) {
        let path = if let Some(last) = name.strip_prefix('.') {
            format!("{parent}.{last}")
        } else {
            parent = name.rsplit_once('.').map_or(name, |(parent, _)| parent).to_owned();
            name.to_owned()
        };
        let is_key = ["buyers[]", "sellers[]", "policy", "run", "market", "justice"];
        if is_key.iter().any(|head| path.starts_with(&format!("{head}."))) {
            let below = format!("{path}.");
            let is_read = keys().iter().any(|key| key.path == path || key.path.starts_with(&below));
            assert!(is_read, "{path} is not read");
        }
    }
}
