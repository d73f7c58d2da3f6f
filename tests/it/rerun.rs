//! A result is made again from its manifest alone, to the byte, and whoever changed it is told.

use crate::program::Program;
use serde_json::Value;
use std::fs;

fn manifest(program: &Program, folder: &str) -> Value {
    serde_json::from_str(&program.read(&format!("{folder}/manifest.json"))).unwrap()
}

/// Repeats the result in `folder` from another folder than its files were in, which are gone, and holds both against each other.
fn expect_same(program: &Program, folder: &str) {
    for file in ["small.toml", "study.toml"] {
        let _ = fs::remove_file(program.path(file));
    }
    let path = format!("{folder}/manifest.json");
    let printed = program.succeed(&["rerun", &path, "--out", "again", "--threads", "1"]);
    assert!(printed.contains(", each with the SHA-256 that "), "{printed}");
    let (first, again) = (manifest(program, folder), manifest(program, "again"));
    assert_eq!(program.files(folder), program.files("again"));
    for key in [
        "files_sha256",
        "scenario",
        "study",
        "alternatives",
        "precision",
        "replications",
        "first_replication",
        "seed",
    ] {
        assert_eq!(first[key], again[key], "{key}");
    }
    // The result of a rerun can be repeated like any other.
    program.succeed(&["rerun", "again/manifest.json", "--out", "third", "--quiet", "--no-charts"]);
    assert!(program.files("third").iter().all(|file| !file.contains("charts")));
}

#[test]
fn a_run_to_precision_is_repeated_with_the_replications_that_it_took() {
    let program = Program::new();
    let options =
        ["--precision", "dispute_rate=20%", "--max-replications", "12", "--set", "sellers[*].accept=0.5"];
    program.succeed(&[&["run", "small.toml", "--out", "out", "--csv-bom"], &options[..]].concat());
    assert!(manifest(&program, "out")["replications"].as_u64().unwrap() > 2);
    expect_same(&program, "out");
}

#[test]
fn one_replication_alone_is_repeated_alone() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--out", "out", "--replication", "17", "--no-charts"]);
    expect_same(&program, "out");
    assert_eq!(manifest(&program, "again")["first_replication"], 17);
}

#[test]
fn a_comparison_is_repeated_with_its_alternatives_and_its_precision() {
    let program = Program::new();
    let vary =
        ["--vary", "sellers[*].response.delay=1h", "--vary", "sellers[*].accept*=0.5;run.warm_up_days=50"];
    let options =
        ["--precision", "dispute_rate=30%", "--max-replications", "8", "--seed", "5", "--out", "out"];
    program.succeed(&[&["compare", "small.toml"], &vary[..], &options[..]].concat());
    expect_same(&program, "out");
}

#[test]
fn a_sweep_is_repeated_point_by_point_in_the_parts_it_was_done_in() {
    let program = Program::new();
    let study = "scenario = \"small.toml\"\ndescription = \"two factors\"\ndesign = \"sobol\"\npoints = 3\ndays = 3\n\
                 responses = [\"disputes_filed\"]\n[[factor]]\nname = \"a\"\nkey = \"sellers[*].accept\"\nrange = \"0..1\"\n\
                 [[factor]]\nkey = \"market.orders_per_day\"\nrange = \"50..500 log\"\n";
    fs::write(program.path("study.toml"), study).unwrap();
    let precision = ["--precision", "disputes_filed=25%", "--max-replications", "15"];
    program.succeed(&[&["sweep", "study.toml", "--out", "out"], &precision[..]].concat());
    let study = manifest(&program, "out")["study"].clone();
    let parts = |point: &Value| point["parts"].as_array().unwrap().len();
    assert!(study["points"].as_array().unwrap().iter().any(|point| parts(point) > 1), "{}", study["points"]);
    expect_same(&program, "out");
}

#[test]
fn a_file_that_is_not_the_same_again_is_named() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--out", "out", "--no-charts", "--days", "3"]);
    let text = program.read("out/manifest.json");
    let hash = manifest(&program, "out")["files_sha256"]["daily.csv"].as_str().unwrap().to_owned();
    fs::write(program.path("other.json"), text.replace(&hash, &"0".repeat(64))).unwrap();
    let said = program.fail(1, &["rerun", "other.json"]);
    assert_eq!(
        said,
        "error: daily.csv in output/small_rerun are not what other.json says, by their SHA-256\n"
    );
    let other = text.replace("orders_per_day = 300", "orders_per_day = 301");
    fs::write(program.path("other.json"), other).unwrap();
    let said = program.fail(2, &["rerun", "other.json", "--out", "x"]);
    assert!(said.contains("other.json has a scenario that is not of its SHA-256"), "{said}");
    assert!(program.files("x").is_empty());
}

#[test]
fn what_cannot_be_repeated_is_said_in_one_line_with_the_way_out() {
    let program = Program::new();
    program.succeed(&[
        "run",
        "small.toml",
        "--out",
        "out",
        "--no-charts",
        "--days",
        "3",
        "--set",
        "sellers[*].loss=0",
    ]);
    let text = program.read("out/manifest.json");
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let line = "redress run small.toml --out out --no-charts --days 3 --set 'sellers[*].loss=0'";
    for (content, expected) in [
        ("[]".to_owned(), "m.json is no manifest of redress (line 1, column 2)"),
        ("{}".to_owned(), "m.json is no manifest of redress (line 1, column 2)"),
        (text[..text.len() / 2].to_owned(), "m.json is no manifest of redress (line "),
        (text.replace(&version, "\"version\": \"0.0.9\""), "m.json is of redress 0.0.9 and this is "),
        (
            text.replace("\"command\": \"run\"", "\"command\": \"bench\""),
            "m.json is of bench, which a manifest alone does not repeat",
        ),
        (text.replace("\"files_sha256\"", "\"files\""), "m.json is no whole manifest of this version: "),
        (
            text.replace("\"replications\": 2", "\"replications\": 0"),
            "m.json has a number of replications that is out of range",
        ),
    ] {
        fs::write(program.path("m.json"), &content).unwrap();
        let said = program.fail(2, &["rerun", "m.json"]);
        assert!(said.starts_with(&format!("error: {expected}")) && said.lines().count() == 1, "{said}");
        let is_ours = expected.contains(" is of ") || expected.contains("whole");
        assert_eq!(said.contains(line), is_ours, "{said}");
    }
    assert!(program.fail(2, &["rerun", "out"]).contains("cannot be read"));
    assert!(program.fail(2, &["rerun", "none.json"]).contains("there is no such file"));
    assert!(program.fail(2, &["rerun", "/dev/zero"]).contains("it is a pipe or a device"));
}

#[test]
fn long_columns_of_observed_values_are_read_from_their_file_again_and_must_be_the_same() {
    let program = Program::new();
    let delays = (1..3000).map(|row| f64::from(row % 90) + 0.5).map(|hours| hours.to_string());
    let delays = delays.collect::<Vec<String>>().join("\n");
    fs::write(program.path("delays.csv"), format!("hours\n{delays}")).unwrap();
    let observed = "sellers[*].response.delay={ empirical = { file = \"delays.csv\", column = \"hours\" } }";
    program.succeed(&["run", "small.toml", "--out", "out", "--no-charts", "--days", "3", "--set", observed]);
    program.succeed(&["rerun", "out/manifest.json", "--out", "again", "--quiet"]);
    fs::write(program.path("delays.csv"), format!("hours\n1\n{delays}")).unwrap();
    let said = program.fail(2, &["rerun", "out/manifest.json", "--out", "again"]);
    assert!(said.contains("does not hold here") && said.contains("delays.csv has changed"), "{said}");
    fs::remove_file(program.path("delays.csv")).unwrap();
    let said = program.fail(2, &["rerun", "out/manifest.json", "--out", "again"]);
    assert!(said.contains("delays.csv: there is no such file"), "{said}");
}
