//! A scenario is its layers: preset, extended files, the file itself, settings.

use redress::behavior::{Response, ResponseDelay};
use redress::scenario::{Source, Study};
use redress::sim::{Distribution, SimDuration, Span};
use std::fs;
use tempfile::TempDir;

const BASE: &str = r#"
name = "base"
[market]
sellers = 10
orders_per_day = 100
order_value = { exponential = { mean = 40 } }
[[buyers]]
name = "all"
share = 1
[[sellers]]
name = "quick"
share = 0.5
handling_time = "1d"
transit_time = "9d"
accept = 0.8
response = { delay = "2d", never = 0.1 }
[[sellers]]
name = "slow"
share = 0.5
handling_time = "3d"
transit_time = "9d"
accept = 0.8
response = { delay = "4d" }
[policy]
preset = "five"
mediation.buyer_favour = 0.5
"#;

const PRESET: &str = r#"
title = "Five days for everything"
[policy]
protection_period = "5d"
cancellation.silence = "5d"
shipment.deadline = "5d"
dispute = { response_deadline = "5d", after_completion = "5d", platform_steps_in = "5d" }
mediation = { delay = "5d", buyer_favour = 0.9 }
"#;

/// A folder with the base world, its presets and a file `x.toml`.
fn folder(text: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("policies")).unwrap();
    fs::write(dir.path().join("base.toml"), BASE).unwrap();
    fs::write(dir.path().join("x.toml"), text).unwrap();
    fs::write(dir.path().join("policies/five.toml"), PRESET).unwrap();
    fs::write(dir.path().join("policies/six.toml"), PRESET.replace("5d", "6d")).unwrap();
    dir
}

/// The world of `x.toml` after settings.
fn world(text: &str, settings: &[&str]) -> redress::engine::World {
    let dir = folder(text);
    let mut source = Source::read(&dir.path().join("x.toml")).unwrap();
    for setting in settings {
        source.set(setting).unwrap();
    }
    source.resolve().unwrap_or_else(|errors| panic!("{errors}")).world
}

fn days(count: i64) -> Span {
    Span::Elapsed(SimDuration::from_days(count))
}

const EXTENDS: &str = "extends = \"base.toml\"\n";

#[test]
fn a_preset_lies_below_the_keys_that_files_write() {
    let base = world(EXTENDS, &[]);
    assert_eq!(base.policy.dispute.response_deadline, days(5));
    assert_eq!(base.policy.mediation.buyer_favour.to_bits(), 0.5_f64.to_bits());
    let other = world(EXTENDS, &["policy.preset=six"]);
    assert_eq!(other.policy.dispute.response_deadline, days(6));
    assert_eq!(other.policy.mediation.buyer_favour.to_bits(), 0.5_f64.to_bits());
    assert_eq!(world(BASE, &["policy.preset=six"]).policy, other.policy);
}

#[test]
fn an_extending_file_overrides_key_by_key_and_keeps_its_own_name() {
    let dir = folder(&format!(
        "{EXTENDS}market.sellers = 20\nmarket.order_value = {{ gamma = {{ shape = 2, scale = 5 }} }}"
    ));
    let scenario = Source::read(&dir.path().join("x.toml")).unwrap().resolve().unwrap();
    assert_eq!(scenario.name, "x");
    assert_eq!(scenario.world.market.sellers, 20);
    assert_eq!(scenario.world.market.order_value, Distribution::Gamma { shape: 2.0, scale: 500.0 });
    assert!((scenario.world.market.orders_per_day - 100.0).abs() < 1e-12);
}

#[test]
fn a_segment_without_a_share_changes_its_namesake_only() {
    let text = format!(
        "{EXTENDS}[[sellers]]\nname = \"slow\"\nresponse.desk = {{ agents = 3, service_time = \"1h\" }}\n\
         [[sellers]]\nname = \"quick\"\n"
    );
    let sellers = world(&text, &[]).sellers;
    assert_eq!(sellers[0].name, "slow");
    assert!(matches!(&sellers[0].response, Response::Desk(desk) if desk.agents == 3));
    assert_eq!(sellers[0].handling_time, Distribution::Constant(3.0 * 86_400.0));
    assert_eq!(sellers[1], world(EXTENDS, &[]).sellers[0]);
}

#[test]
fn settings_reach_every_segment_one_by_name_and_one_by_number() {
    let delay =
        |never| Response::Delay { delay: ResponseDelay::Elapsed(Distribution::Constant(86_400.0)), never };
    let sellers =
        world(EXTENDS, &["sellers[*].response.delay=1d", "sellers.slow.response.never=0.5"]).sellers;
    assert_eq!(sellers[0].response, delay(0.1));
    assert_eq!(sellers[1].response, delay(0.5));
    let sellers = world(EXTENDS, &["sellers[1].stock_out={ beta = { alpha = 1, beta = 9 } }"]).sellers;
    assert_eq!(sellers[1].stock_out, Distribution::Beta { alpha: 1.0, beta: 9.0 });
    assert_eq!(sellers[0].stock_out, Distribution::Constant(0.0));
}

#[test]
fn none_undoes_what_is_inherited() {
    let text =
        format!("{EXTENDS}policy.not_sold.freeze_at = 5\npolicy.points = {{ awards = [], tiers = [] }}");
    assert!(world(&text, &[]).policy.points.is_some());
    let undone = world(&text, &["policy.points=none", "policy.not_sold.freeze_at=none"]).policy;
    assert_eq!(undone, world(EXTENDS, &[]).policy);
}

#[test]
fn damaged_files_are_refused_and_never_end_in_a_panic() {
    let dir = folder("");
    let path = dir.path().join("x.toml");
    let text = BASE.as_bytes();
    for at in 0..text.len() {
        let mut flipped = text.to_vec();
        flipped[at] ^= 0x15;
        let mut doubled = text.to_vec();
        doubled.insert(at, b'9');
        for damaged in [&text[..at], &flipped, &doubled] {
            fs::write(&path, damaged).unwrap();
            if let Err(errors) = Source::read(&path).and_then(|source| source.resolve()) {
                assert!(errors.to_string().starts_with("error: "));
            }
        }
    }
}

/// The study `s.toml` of the base world.
fn study(text: &str) -> Study {
    let dir = folder("");
    let path = dir.path().join("s.toml");
    fs::write(&path, text).unwrap();
    let study = Study::read(&path).unwrap_or_else(|errors| panic!("{errors}"));
    let resolved = study.scenarios().unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(resolved.len(), study.points().len());
    study
}

#[test]
fn a_grid_combines_factors_and_keys_that_move_together() {
    let study = study(
        "scenario = \"base.toml\"\ndays = 30\nresponses = [\"dispute_rate\"]\n\
         [[factor]]\nkey = \"policy.preset\"\nvalues = [\"five\", \"six\"]\n\
         [[factor]]\nname = \"both\"\nkeys = [\"run.seed\", \"market.sellers\"]\nvalues = [[1, 2], [3, 4], 5]\n",
    );
    let points = study.points();
    let labels: Vec<String> = points.iter().map(|point| point.labels.join(", ")).collect();
    assert_eq!(labels, ["five, 1 / 2", "five, 3 / 4", "five, 5", "six, 1 / 2", "six, 3 / 4", "six, 5"]);
    let seed = ("run.seed".to_owned(), toml::Value::Integer(3));
    let sellers = ("market.sellers".to_owned(), toml::Value::Integer(4));
    assert_eq!(points[1].settings[1..], [seed, sellers]);
    assert_eq!(study.factors[1].name, "both");
}

#[test]
fn sobol_points_fill_ranges_and_whole_keys_get_whole_numbers() {
    let ranges = "points = 3\n[[factor]]\nkey = \"sellers[*].accept\"\nrange = \"0..1\"\n\
                  [[factor]]\nkey = \"market.sellers\"\nrange = \"1..10\"\n\
                  [[factor]]\nkey = \"sellers.slow.response.delay\"\nrange = \"1d..3d\"\n";
    let sobol = study(&format!("scenario = \"base.toml\"\ndesign = \"sobol\"\n{ranges}"));
    let labels: Vec<Vec<String>> = sobol.points().into_iter().map(|point| point.labels).collect();
    assert_eq!(labels, [["0.5", "6", "2d"], ["0.75", "3", "1d 12h"], ["0.25", "8", "2d 12h"]]);
    let lhs = study(&format!("scenario = \"base.toml\"\ndesign = \"lhs\"\n{ranges}"));
    assert_eq!(lhs.points(), lhs.points());
}

#[test]
fn a_study_of_the_command_line_is_a_grid() {
    let dir = folder("");
    let factors =
        ["sellers[*].response.delay=6h,{ exponential = { mean = \"2d\" } }", "market.sellers=10..30/3"];
    let study = Study::from_factors(&dir.path().join("base.toml"), &factors).unwrap();
    assert_eq!(study.name, "base_sweep");
    assert_eq!(study.points().len(), 6);
    assert_eq!(study.points()[1].labels, ["6h", "20"]);
    assert_eq!(study.scenarios().unwrap()[4].1.world.market.sellers, 20);
}
