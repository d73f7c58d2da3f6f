//! Every file under `scenarios/` is valid, listed, and says how well its numbers are known.

use redress::engine::World;
use redress::experiment::tune::TuneRules;
use redress::scenario::{Source, Study};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// The TOML files of one folder, in order; there is at least one.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let is_toml = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    let mut files: Vec<PathBuf> = paths.filter(is_toml).collect();
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
fn every_point_of_every_study_resolves_and_fits_the_budget() {
    for path in files(&root().join("studies")) {
        let study = Study::read_for_its_use(&path).unwrap_or_else(|errors| panic!("{errors}"));
        let middle = study.point_at(0, &vec![0.5; study.factors.len()]);
        study.scenario_of(&middle).unwrap_or_else(|errors| panic!("{errors}"));
        if study.has_open_ranges() {
            continue;
        }
        let points = study.scenarios().unwrap_or_else(|errors| panic!("{errors}"));
        if let (Some(tuning), Some((_, first))) = (&study.tuning, points.first()) {
            let candidates: Vec<_> = points.iter().map(|(point, _)| point.clone()).collect();
            TuneRules::of(&study, tuning, &first.world, &candidates)
                .unwrap_or_else(|errors| panic!("{errors}"));
        }
        let orders: f64 = points.iter().map(|(_, scenario)| orders(&scenario.world)).sum();
        assert!(orders < 1e9, "{} simulates {orders} orders", path.display());
    }
}

/// Mean number of orders that a run places, warm-up included.
fn orders(world: &World) -> f64 {
    let days = f64::from(world.days + world.warm_up_days);
    world.market.orders_per_day * f64::from(world.market.count) * days * f64::from(world.replications)
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

#[test]
fn every_preset_is_shipped_with_the_program() {
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let world = std::fs::read_to_string(folder.join("baseline.toml")).unwrap();
    let path = elsewhere.path().join("mine.toml");
    std::fs::write(&path, world).unwrap();
    for entry in std::fs::read_dir(folder.join("policies")).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let mut source = Source::read(&path).unwrap();
        source.set(&format!("policy.preset={name}")).unwrap();
        assert!(source.resolve().is_ok(), "{name} is not shipped: {:?}", source.resolve().err());
    }
}
