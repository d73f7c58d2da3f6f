//! What the program says of a mistake answers it: what it proposes works.

use crate::program::{Program, text};
use std::fs;

/// A study of two points of the small scenario.
const STUDY: &str = "scenario = \"small.toml\"\ndays = 2\n[[factor]]\nkey = \"run.seed\"\nvalues = [1, 2]\n";

fn with_study(study: &str) -> Program {
    let program = Program::new();
    fs::write(program.path("study.toml"), study).unwrap();
    program
}

#[test]
fn what_a_message_proposes_for_a_duration_is_taken() {
    let program = Program::new();
    for wrong in ["0,5d", "12:00", "02:30:00", "5", "0,25", "90:00"] {
        let set = |value: &str| format!("buyers[*].notice_delay=\"{value}\"");
        let said = program.fail(2, &["check", "small.toml", "--set", &set(wrong)]);
        let proposed = said.lines().next().unwrap().rsplit('"').nth(1).unwrap();
        assert_ne!(proposed, wrong, "{said}");
        program.succeed(&["check", "small.toml", "--quiet", "--set", &set(proposed)]);
    }
    let bare = program.fail(2, &["check", "small.toml", "--set", "buyers[*].notice_delay=-3"]);
    assert!(bare.contains("write a number and a unit, such as \"5d\""), "{bare}");
}

#[test]
fn numbers_below_their_least_are_told_the_range() {
    let program = Program::new();
    for (option, said) in [
        ("--seed", "seeds are whole numbers from 0 to 9223372036854775807"),
        ("--days", "days are whole numbers from 1 to 20000"),
        ("--replications", "replications are whole numbers from 1 to 100000"),
    ] {
        for value in ["-1", "1.5", "99999999999999999999"] {
            let message = program.fail(2, &["run", "small.toml", option, value]);
            assert!(message.contains(said) && !message.contains("-- "), "{message}");
        }
    }
}

#[test]
fn a_study_in_place_of_a_scenario_is_told_to_sweep() {
    let program = with_study(STUDY);
    let said = program.fail(2, &["run", "study.toml"]);
    assert_eq!(said, "error: study.toml: this is a study: redress sweep study.toml\n");
    let command = said.trim_end().rsplit_once(": redress ").unwrap().1;
    program.succeed(&command.split(' ').chain(["--no-charts"]).collect::<Vec<_>>());
    let said = program.fail(2, &["sweep", "study.toml", "--factor", "run.seed=1,2"]);
    assert!(said.ends_with("leave out --factor, or name its scenario instead\n"), "{said}");
}

#[test]
fn a_scenario_in_place_of_a_study_is_told_of_factors() {
    let program = Program::new();
    let said = program.fail(2, &["sweep", "small.toml"]);
    assert!(said.starts_with("error: small.toml: this is a scenario: redress sweep small.toml --factor "));
    assert_eq!(said.lines().count(), 1);
    let example = said.trim_end().rsplit(' ').next().unwrap();
    program.succeed(&["sweep", "small.toml", "--factor", example, "--days", "2", "--no-charts"]);
}

#[test]
fn mistakes_in_several_settings_are_told_at_once() {
    let program = with_study(STUDY);
    let settings =
        ["--set", "run.dayz=1", "--set", "sellers.nobody.loss=1", "--set", "run.days", "--set", "run.seed=x"];
    for (command, wanted) in [("check", 4), ("run", 4)] {
        let said = program.fail(2, &[&[command, "small.toml"][..], &settings].concat());
        assert_eq!(said.lines().count(), wanted, "{said}");
    }
    let said = program.fail(2, &[&["check", "study.toml"][..], &settings[..6]].concat());
    assert_eq!(said.lines().count(), 3, "{said}");
    let said = program.fail(2, &[&["sweep", "study.toml"][..], &settings[2..6]].concat());
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn check_validates_every_point_of_a_study() {
    let program = with_study(STUDY);
    let printed = program.succeed(&["check", "study.toml", "small.toml"]);
    // 300 orders per day, 2 days of the observation period after 40 of warm-up, 2 replications, 2 points.
    let head = "# study.toml is a valid study: 2 design points, about 50400 orders in all\n# run.seed: 2 values of run.seed\n";
    assert!(printed.starts_with(&format!("{head}# small.toml is valid; ")), "{printed}");
    let program = with_study(&STUDY.replace("[1, 2]", "[1, -2, -3]"));
    let said = program.fail(2, &["check", "study.toml"]);
    assert_eq!(said.lines().filter(|line| line.contains("run.seed = -")).count(), 2, "{said}");
}

#[test]
fn a_key_of_scenarios_in_a_study_is_told_where_it_belongs() {
    let program = with_study(&format!("run.days = 3\nbudgit = 3\n{STUDY}"));
    let said = program.fail(2, &["sweep", "study.toml"]);
    assert!(said.contains("unknown key run; run belongs into the scenario that the study names"), "{said}");
    assert!(!said.contains("objective"), "{said}");
}

#[test]
fn tables_for_excel_begin_with_a_byte_order_mark_and_are_otherwise_the_same() {
    let program = Program::new();
    let run = |out: &str, option: &str| {
        program.succeed(&["run", "small.toml", "--days", "2", "--out", out, option, "--no-progress"]);
    };
    run("plain", "--no-charts");
    run("marked", "--csv-bom");
    for name in ["summary.csv", "daily.csv", "sellers.csv", "reasons.csv"] {
        let plain = program.read(&format!("plain/{name}"));
        assert!(!plain.starts_with('\u{feff}'));
        assert_eq!(program.read(&format!("marked/{name}")), format!("\u{feff}{plain}"));
    }
    assert!(program.read("marked/manifest.json").starts_with('{'));
    assert!(program.read("marked/report.html").starts_with("<!DOCTYPE html>"));
}

#[test]
fn what_has_no_effect_is_remarked_on_unless_quiet() {
    let program = Program::new();
    let surge = "market.surges=[{ first_day = 250, days = 3, multiplier = 12 }]";
    for command in ["check", "run"] {
        for quiet in [false, true] {
            let mut arguments = vec![command, "small.toml", "--set", surge];
            arguments.extend(quiet.then_some("--quiet"));
            arguments.extend((command == "run").then_some("--no-charts"));
            let output = program.run(&arguments);
            assert!(output.status.success());
            let said = text(&output.stderr);
            assert_eq!(said.contains("warning: market.surges[0]"), !quiet, "{said}");
        }
    }
}
