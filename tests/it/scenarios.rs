//! Every file under `scenarios/` is valid, listed, and says how well its numbers are known.

use redress::scenario::Source;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// The TOML files of one folder, in order; there is at least one.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    files.sort();
    assert!(!files.is_empty(), "no scenario in {}", folder.display());
    files
}

#[test]
fn every_world_resolves_under_its_own_file_name() {
    for path in files(&root()) {
        let scenario = Source::read(&path).and_then(|source| source.resolve());
        let scenario = scenario.unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!(path.file_stem().unwrap().to_str(), Some(scenario.name.as_str()));
        assert!(!scenario.description.is_empty(), "{} has no description", path.display());
    }
}

#[test]
fn every_preset_carries_the_baseline() {
    for path in files(&root().join("policies")) {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let mut source = Source::read(&root().join("baseline.toml")).unwrap();
        source.set(&format!("policy.preset=\"{name}\"")).unwrap();
        source.resolve().unwrap_or_else(|errors| panic!("{name}: {errors}"));
    }
}

#[test]
fn every_preset_says_at_its_head_whether_it_is_official() {
    for path in files(&root().join("policies")) {
        let text = fs::read_to_string(&path).unwrap();
        let head: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
        let head = head.join(" ").to_lowercase();
        assert!(head.contains("official"), "{} does not say how well it is known", path.display());
    }
}

#[test]
fn every_level_of_every_study_resolves() {
    for path in files(&root().join("studies")) {
        let shown = path.display();
        let study: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let world = path.parent().unwrap().join(study["scenario"].as_str().unwrap());
        let source = Source::read(&world).unwrap_or_else(|errors| panic!("{shown}: {errors}"));
        for factor in study["factor"].as_array().unwrap() {
            let one = factor.get("key").into_iter();
            let several = factor.get("keys").and_then(toml::Value::as_array).into_iter().flatten();
            let keys: Vec<&str> = one.chain(several).map(|key| key.as_str().unwrap()).collect();
            let values = factor["values"].as_array().unwrap();
            if let Some(labels) = factor.get("labels") {
                assert_eq!(labels.as_array().unwrap().len(), values.len(), "{shown}: a label for each value");
            }
            for value in values {
                let mut source = source.clone();
                for key in &keys {
                    source.set_value(key, value).unwrap_or_else(|errors| panic!("{shown}: {errors}"));
                }
                source.resolve().unwrap_or_else(|errors| panic!("{shown}: {keys:?} = {value}: {errors}"));
            }
        }
    }
}

#[test]
fn the_list_names_every_file_and_no_other() {
    let list = fs::read_to_string(root().join("README.md")).unwrap();
    let entries = list.lines().filter_map(|line| line.strip_prefix("- ["));
    let listed: BTreeSet<String> = entries
        .map(|entry| {
            let (name, rest) = entry.split_once("](").expect("an entry links to its file");
            let (link, sentence) = rest.split_once("): ").expect("an entry ends in a sentence");
            assert_eq!(name, link);
            assert!(sentence.ends_with('.'), "{name}: {sentence}");
            name.to_owned()
        })
        .collect();
    let folders = [root(), root().join("policies"), root().join("studies")];
    let written: BTreeSet<String> = folders
        .iter()
        .flat_map(|folder| files(folder))
        .map(|path| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    assert_eq!(listed, written);
}

#[test]
fn the_reference_workload_cancels_six_percent_three_tenths_of_them_by_the_seller() {
    let world = Source::read(&root().join("reference_workload.toml")).unwrap().resolve().unwrap().world;
    let stock_out = world.sellers[0].stock_out.constant().unwrap();
    let cancelled = stock_out + (1.0 - stock_out) * world.buyers[0].change_of_mind;
    assert!((cancelled - 0.06).abs() < 1e-9);
    assert!((stock_out / cancelled - 0.3).abs() < 1e-9);
}

#[test]
fn the_two_platforms_differ_in_nothing_but_their_rules() {
    let world = |name: &str| Source::read(&root().join(name)).unwrap().resolve().unwrap().world;
    let [one, mut other] = [world("two_platforms_aliexpress.toml"), world("two_platforms_ebay.toml")];
    assert_ne!(one.policy, other.policy);
    other.policy = one.policy.clone();
    assert_eq!(one, other);
}
