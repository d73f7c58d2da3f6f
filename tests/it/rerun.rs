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

#[cfg(unix)]
#[test]
fn an_interrupted_run_is_repeated_with_the_replications_that_were_finished() {
    let program = Program::new();
    let mut child = program
        .command(&[
            "run",
            "small.toml",
            "--out",
            "out",
            "--replications",
            "50000",
            "--threads",
            "2",
            "--no-charts",
        ])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while !program.path(".out.lock").exists() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    std::thread::sleep(std::time::Duration::from_millis(500));
    let sent = std::process::Command::new("kill")
        .args([crate::program::interruption(), &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success() && child.wait().unwrap().code() == Some(130));
    let finished = manifest(&program, "out")["finished"].as_array().unwrap().len();
    assert!(finished > 2 && manifest(&program, "out")["replications"] == finished, "{finished}");
    assert_eq!(manifest(&program, "out")["interrupted"], true);
    expect_same(&program, "out");
}

#[test]
fn replications_with_gaps_keep_their_numbers_and_are_repeated_range_by_range() {
    let program = Program::new();
    let run = |more: &[&str]| program.succeed(&[&["run", "small.toml", "--no-charts"], more].concat());
    run(&["--out", "out", "--replications", "6"]);
    // As if it had been interrupted when 1, 2 and 4 were finished: the repetition has these rows of the whole.
    let text = program.read("out/manifest.json");
    let text = text.replace("\"replications\": 6", "\"replications\": 3");
    let text = text.replace("\"finished\": []", "\"finished\": [1, 2, 4]");
    fs::write(program.path("part.json"), text.replace("\"interrupted\": false", "\"interrupted\": true"))
        .unwrap();
    program.fail(1, &["rerun", "part.json", "--out", "part", "--quiet"]);
    let rows = |folder: &str| -> Vec<String> {
        let table = program.read(&format!("{folder}/replications.csv"));
        let is_one = |line: &&str| ["1", "2", "4"].contains(&line.split(',').nth(4).unwrap());
        table.lines().filter(is_one).map(str::to_owned).collect()
    };
    assert_eq!(rows("part"), rows("out"));
    assert_eq!(program.read("part/replications.csv").lines().count(), rows("part").len() + 1);
    assert_eq!(program.read("part/sellers.csv").lines().count(), 1, "they were those of replication 0");
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

/// A study of two factors, with what a command needs besides.
fn with_study(more: &str, factors: &str) -> Program {
    let program = Program::new();
    let study = format!(
        "scenario = \"small.toml\"\ndays = 3\nset = [\"sellers[*].response.delay*=0.5\"]\n\
         responses = [\"disputes_filed\"]\n{more}\n{factors}"
    );
    fs::write(program.path("study.toml"), study).unwrap();
    program
}

const VALUES: &str = "[[factor]]\nname = \"a\"\nkey = \"sellers[*].accept\"\nvalues = [0.1, 0.5, 0.9]\n";
const RANGES: &str = "[[factor]]\nname = \"a\"\nkey = \"sellers[*].accept\"\nrange = \"0..1\"\n\
                      [[factor]]\nkey = \"policy.dispute.response_deadline\"\nrange = \"12h..7d log\"\n";

#[test]
fn a_tuned_choice_is_repeated_from_the_texts_of_its_study() {
    let tune = "objective = { maximise = \"disputes_accepted\" }\nindifference = 5.0\nfirst = 3\nmax_replications = 20\n\
                constraints = [\"refund_share <= 90%\"]";
    let program = with_study(tune, VALUES);
    program.succeed(&["tune", "study.toml", "--out", "out", "--set", "market.sellers=20"]);
    expect_same(&program, "out");
}

#[test]
fn a_tuned_choice_among_the_points_of_a_file_is_repeated_without_the_file() {
    let tune = "objective = { maximise = \"disputes_accepted\" }\nmethod = \"ocba\"\nindifference = 5.0\nfirst = 3\n\
                budget = 20\ndesign = \"csv\"\nfile = \"points.csv\"";
    let program = with_study(tune, "[[factor]]\nname = \"a\"\nkey = \"sellers[*].accept\"\n");
    fs::write(program.path("points.csv"), "a\n0.2\n0.7\n").unwrap();
    program.succeed(&["tune", "study.toml", "--out", "out", "--no-charts"]);
    fs::remove_file(program.path("points.csv")).unwrap();
    expect_same(&program, "out");
}

#[test]
fn a_search_of_ranges_is_repeated_from_the_texts_of_its_study() {
    let tune = "objective = { minimise = \"refund_share\" }\nindifference = 0.02\nfirst = 3\nbudget = 80\nreplications = 2";
    let program = with_study(tune, RANGES);
    program.succeed(&["tune", "study.toml", "--out", "out"]);
    expect_same(&program, "out");
}

#[test]
fn an_analysis_of_sensitivity_is_repeated_from_the_texts_of_its_study() {
    let program = with_study("sensitivity = { trajectories = 3, base_samples = 4, bootstrap = 100 }", RANGES);
    program.succeed(&["sensitivity", "study.toml", "--out", "out", "--seed", "9"]);
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
    assert!(program.fail(2, &["rerun", "out"]).contains("redress rerun out/manifest.json repeats them"));
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
