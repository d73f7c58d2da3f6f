//! Every output says which world it is of: the scenario, the rules that it starts from, and what the command line set.

use crate::program::Program;
use redress::export::study::{Change, PointRecord};
use serde_json::{Value, json};
use std::fs;

fn manifest(program: &Program, folder: &str) -> Value {
    serde_json::from_str(&program.read(&format!("{folder}/manifest.json"))).unwrap()
}

/// A list of texts in a manifest.
fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn settings_of_the_command_line_are_named_wherever_the_scenario_is() {
    let program = Program::new();
    let source = program.read("small.toml");
    let described = format!("description = \"AliExpress rules\"\n{source}");
    fs::write(program.path("small.toml"), described).unwrap();
    let settings = ["--set", "policy.preset=ebay", "--set", "sellers[*].accept=0.5", "--seed", "7"];
    let printed = program.succeed(&[&["run", "small.toml", "--out", "out"], &settings[..]].concat());
    let words = "rules start from the preset ebay; set on the command line: policy.preset=ebay, \
                 sellers[*].accept=0.5, run.seed=7";
    assert_eq!(printed.lines().nth(1), Some(words));
    let report = program.read("out/report.html");
    assert!(report.contains("<li>Rules start from the preset ebay.</li>"), "{report}");
    assert!(
        report
            .contains("Set on the command line: policy.preset=ebay, sellers[*].accept=0.5, run.seed=7.</li>")
    );
    let said = "<p>The file, without what was set on the command line, says of itself: AliExpress rules</p>";
    assert!(report.contains(said));
    let manifest = manifest(&program, "out");
    assert_eq!(manifest["preset"], "ebay");
    assert_eq!(manifest["overrides"], json!(["policy.preset=ebay", "sellers[*].accept=0.5", "run.seed=7"]));
    assert_eq!(texts(&manifest["arguments"])[..3], ["run", "small.toml", "--out"]);
    let printed = program.succeed(&["run", "small.toml", "--out", "out"]);
    assert_eq!(printed.lines().nth(1), Some("rules start from the preset aliexpress"));
    let report = program.read("out/report.html");
    assert!(report.contains("<p>AliExpress rules</p>") && !report.contains("command line"));
}

#[test]
fn charts_and_page_of_a_sweep_name_its_settings() {
    let program = Program::new();
    let factor = ["--factor", "sellers[*].steering=0,1", "--set", "sellers[*].accept=0.5", "--out", "out"];
    let printed = program.succeed(&[&["sweep", "small.toml"], &factor[..]].concat());
    let words = "rules start from the preset aliexpress; set on the command line: sellers[*].accept=0.5";
    assert_eq!(printed.lines().nth(1), Some(words));
    assert!(printed.contains("  audited: the sums over all replications agree to the cent\n"), "{printed}");
    let chart = program.read("out/charts/curves_sellers_steering.svg");
    assert!(
        chart.contains("Study small_sweep with sellers[*].accept=0.5, all sellers and by segment"),
        "{chart}"
    );
    // A factor that varies the rules leaves no one preset to name.
    let printed =
        program.succeed(&["sweep", "small.toml", "--factor", "policy.preset=ebay,etsy", "--out", "out"]);
    assert!(!printed.contains("preset ebay") && !printed.contains("preset aliexpress"), "{printed}");
    assert_eq!(manifest(&program, "out")["preset"], Value::Null);
}

#[test]
fn the_manifest_of_a_sweep_tells_what_every_point_was() {
    let program = Program::new();
    let factors = ["run.replications=1,2", "policy.preset=ebay,etsy", "sellers[1].response.delay=1d,2d"];
    let factors: Vec<&str> = factors.iter().flat_map(|factor| ["--factor", factor]).collect();
    let size = ["--days", "3", "--no-charts", "--out", "out"];
    program.succeed(&[&["sweep", "small.toml"], &factors[..], &size[..]].concat());
    let manifest = manifest(&program, "out");
    assert_eq!(manifest["replications"], json!([1, 1, 1, 1, 2, 2, 2, 2]));
    assert_eq!(manifest["seed"], 1);
    let study = &manifest["study"];
    assert_eq!(study["file"], "small.toml");
    assert_eq!(study["design"], "grid");
    let preset = json!({"name": "policy.preset", "keys": ["policy.preset"], "levels": ["ebay", "etsy"],
                        "has_own_labels": false, "is_logarithmic": false});
    assert_eq!(study["factors"][1], preset);
    assert_eq!(study["points"][7]["labels"], json!(["2", "etsy", "2d"]));
    let settings = ["run.replications=2", "policy.preset=\"etsy\"", "sellers[1].response.delay=\"2d\""];
    assert_eq!(texts(&study["points"][7]["settings"]), settings);
    for (number, point) in study["points"].as_array().unwrap().iter().enumerate() {
        let change = |change: &Value| Change {
            line: change["line"].as_u64().unwrap() as usize,
            removed: change["removed"].as_u64().unwrap() as usize,
            lines: texts(&change["lines"]),
        };
        let changes = point["changes"].as_array().unwrap().iter().map(change).collect();
        let record = PointRecord { changes, ..PointRecord::default() };
        let first = manifest["scenario"].as_str().unwrap();
        assert_eq!(record.scenario_sha256(first).as_deref(), manifest["scenario_sha256"][number].as_str());
        // What is made of the manifest alone is the very scenario of the point.
        fs::write(program.path("point.toml"), record.scenario(first).unwrap()).unwrap();
        let checked = program.succeed(&["check", "point.toml"]);
        let hash = manifest["scenario_sha256"][number].as_str().unwrap();
        assert!(checked.lines().next().unwrap().ends_with(hash), "{number}: {checked}");
    }
    let seeds =
        ["sweep", "small.toml", "--factor", "run.seed=1,2,3", "--days", "3", "--no-charts", "--out", "out"];
    program.succeed(&seeds);
    let printed: Value = serde_json::from_str(&program.read("out/manifest.json")).unwrap();
    assert_eq!(printed["seed"], json!([1, 2, 3]));
    assert_eq!(printed["replications"], 2);
}

#[test]
fn every_factor_and_segment_has_charts_of_its_own_whatever_its_name() {
    let program = Program::new();
    let resolved = program.succeed(&["check", "small.toml"]);
    let renamed = resolved.replace("\"careful\"", "\"надёжный\"").replace("\"average\"", "\"Надёжный\"");
    fs::write(program.path("renamed.toml"), renamed).unwrap();
    let study = r#"
        scenario = "renamed.toml"
        days = 3
        responses = ["dispute_rate"]
        [[factor]]
        name = "задержка"
        key = "sellers[*].defect"
        values = [0.1, 0.5]
        [[factor]]
        name = "доля"
        key = "sellers[*].accept"
        values = [0.1, 0.9]
    "#;
    fs::write(program.path("study.toml"), study).unwrap();
    let charts = ["1", "4"].map(|threads| {
        program.succeed(&["sweep", "study.toml", "--threads", threads, "--out", threads]);
        let names = program.files(&format!("{threads}/charts"));
        names
            .into_iter()
            .map(|name| (program.read_bytes(&format!("{threads}/charts/{name}")), name))
            .collect::<Vec<_>>()
    });
    assert!(charts[0] == charts[1]);
    let names: Vec<&str> = charts[0].iter().filter_map(|(_, name)| name.strip_suffix(".svg")).collect();
    let expected = [
        "curves_доля_2",
        "curves_задержка_1",
        "heat_map_all_sellers",
        "heat_map_надёжный_4",
        "heat_map_надёжный_5",
        "heat_map_overloaded",
    ];
    let mut sorted = expected;
    sorted.sort_unstable();
    assert_eq!(names, sorted);
    assert_eq!(program.read("1/report.html").matches("<svg").count(), expected.len());
}
