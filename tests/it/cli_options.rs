//! Options of the command line, and exit statuses of wrong usage.

use crate::program::{Program, text};
use crate::scenario_errors::VALID;
use std::fs;

#[test]
fn options_change_the_scenario_that_is_run() {
    let program = Program::new();
    let printed = program.succeed(&[
        "run",
        "small.toml",
        "--no-charts",
        "--days",
        "3",
        "--replications",
        "3",
        "--seed",
        "9",
        "--set",
        "market.sellers=12",
        "--threads",
        "1",
        "--format",
        "csv",
        "--no-progress",
        "--out",
        "elsewhere",
    ]);
    assert!(printed.starts_with("small: 3 days, 1 market(s) of 12 sellers, 3 replication(s), seed 9\n"));
    assert!(printed.contains(" on 1 thread(s): "), "{printed}");
    assert!(printed.ends_with("\nresults: elsewhere\n"), "{printed}");
    assert_eq!(program.read("elsewhere/daily.csv").lines().count(), 1 + 3);
    assert_eq!(program.read("elsewhere/sellers.csv").lines().count(), 1 + 12);
    assert!(program.read("elsewhere/manifest.json").contains("\"seed\": 9,"));
}

#[test]
fn another_seed_gives_other_numbers() {
    let program = Program::new();
    for seed in ["1", "2"] {
        program.succeed(&["run", "small.toml", "--no-charts", "--seed", seed, "--out", seed]);
    }
    assert_ne!(program.read("1/summary.csv"), program.read("2/summary.csv"));
}

#[test]
fn the_short_options_win_over_settings_of_the_same_key() {
    let program = Program::new();
    let printed = program.succeed(&["check", "small.toml", "--set", "run.seed=3", "--seed", "4"]);
    assert!(printed.contains("\nseed = 4\n"), "{printed}");
}

#[test]
fn quiet_prints_nothing() {
    let program = Program::new();
    for arguments in [
        &["run", "small.toml", "--quiet"][..],
        &["sweep", "small.toml", "--factor", "sellers[*].steering=0,1", "--quiet"],
        &["check", "small.toml", "--quiet"],
    ] {
        let output = program.run(arguments);
        assert!(output.status.success(), "{arguments:?}");
        assert_eq!(text(&output.stdout) + &text(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn nothing_but_results_goes_to_standard_output_and_progress_only_to_a_terminal() {
    let program = Program::new();
    let output = program.run(&["run", "small.toml", "--no-charts"]);
    assert_eq!(text(&output.stderr), "");
    assert!(!text(&output.stdout).contains('\u{1b}'));
}

#[test]
fn wrong_usage_has_status_2_and_says_what_would_be_right() {
    let program = Program::new();
    for (arguments, said) in [
        (&["run"][..], "required arguments were not provided"),
        (&["runn", "small.toml"], "a similar subcommand exists: 'run'"),
        (&["run", "small.toml", "--thread", "1"], "a similar argument exists: '--threads'"),
        (&["run", "small.toml", "--threads", "0"], "0 is not in 1..=1024"),
        (
            &["run", "small.toml", "--format", "xlsx"],
            "invalid value 'xlsx' for '--format <FORMATS>'\n  [possible values: csv, parquet]",
        ),
        (&["run", "small.toml", "--days", "many"], "invalid value 'many' for '--days <N>'"),
        (&["run", "nowhere.toml"], "nowhere.toml"),
        (&["run", "small.toml", "--set", "run.seeds=1"], "did you mean"),
        (&["run", "small.toml", "--days", "0"], "1 to 20000"),
        (&["sweep", "small.toml", "--factor", "run.days"], "KEY=V1,V2"),
        (&["check", "small.toml", "nowhere.toml"], "nowhere.toml"),
    ] {
        let arguments_said = program.run(arguments);
        assert_eq!(arguments_said.status.code(), Some(2), "{arguments:?}");
        let stderr = text(&arguments_said.stderr);
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
        assert_eq!(program.files(""), ["small.toml"], "{arguments:?} wrote something");
    }
}

#[test]
fn an_unknown_response_of_a_study_names_the_nearest_metric() {
    let program = Program::new();
    let study = "scenario = \"small.toml\"\nresponses = [\"dispute_rat\"]\n[[factor]]\nkey = \"run.days\"\nvalues = [1]\n";
    fs::write(program.path("study.toml"), study).unwrap();
    let said = program.fail(2, &["sweep", "study.toml"]);
    assert_eq!(said, "error: responses: unknown metric dispute_rat; did you mean dispute_rate?\n");
    assert_eq!(program.files(""), ["small.toml", "study.toml"]);
}

#[test]
fn help_and_version_go_to_standard_output() {
    let program = Program::new();
    assert!(program.succeed(&["--help"]).contains("Usage: redress <COMMAND>"));
    assert_eq!(program.succeed(&["--version"]), format!("redress {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_shipped_preset_is_found_from_any_folder() {
    let program = Program::new();
    fs::write(program.path("valid.toml"), VALID).unwrap();
    program.succeed(&["check", "valid.toml", "--set", "policy.preset=ebay"]);
}
