//! A mistake in a file is shown with the line and its place marked; a file of the wrong kind is told the command for it.

use crate::program::{Program, text};
use std::fs;

/// A study of each kind, of the small scenario.
const STUDIES: [(&str, &str); 3] = [
    ("sweep", "scenario = \"small.toml\"\n[[factor]]\nkey = \"run.seed\"\nvalues = [1, 2]\n"),
    (
        "tune",
        "scenario = \"small.toml\"\nobjective = { minimise = \"dispute_rate\" }\n[[factor]]\nkey = \"run.seed\"\nvalues = [1, 2]\n",
    ),
    ("sensitivity", "scenario = \"small.toml\"\n[[factor]]\nkey = \"sellers[*].loss\"\nrange = \"0..0.1\"\n"),
];

fn with(name: &str, content: &str) -> Program {
    let program = Program::new();
    fs::write(program.path(name), content).unwrap();
    program
}

#[test]
fn a_mistake_is_shown_with_its_line_and_the_place_marked() {
    let program = with(
        "x.toml",
        "extends = \"small.toml\"\n\nrun = { days = 0 }\n[policy.dispute]\n\tresponse_deadline = \"0,5d\" # half\n",
    );
    let said = program.fail(2, &["run", "x.toml"]);
    let wanted = "\
error: x.toml:3:16: run.days = 0 is out of range: expected a whole number from 1 to 20000
  |
3 | run = { days = 0 }
  |                ^
error: x.toml:5:22: policy.dispute.response_deadline = \"0,5d\" has a decimal comma: write \"0.5d\"
  |
5 |  response_deadline = \"0,5d\" # half
  |                      ^^^^^^
";
    assert_eq!(said, wanted);
}

#[test]
fn a_mistake_in_the_file_that_is_extended_shows_the_line_of_that_file() {
    let program = with("base.toml", "extends = \"small.toml\"\n[market]\nsellerz = 4\n");
    fs::write(program.path("x.toml"), "extends = \"base.toml\"\n").unwrap();
    let said = program.fail(2, &["check", "x.toml", "--set", "run.days=0"]);
    assert!(
        said.contains("base.toml:3:1: unknown key market.sellerz") && said.contains("3 | sellerz = 4"),
        "{said}"
    );
    assert!(said.contains("error: --set run.days: run.days = 0 is out of range"), "{said}");
}

#[test]
fn colours_are_for_terminals_and_no_color_forbids_them() {
    let program = with("x.toml", "extends = \"small.toml\"\nrun = { days = 0 }\n");
    let said = |variables: &[(&str, &str)]| {
        let mut command = program.command(&["check", "x.toml"]);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").envs(variables.iter().copied());
        text(&command.output().unwrap().stderr)
    };
    assert!(!said(&[]).contains('\u{1b}'), "this is no terminal");
    assert!(said(&[("CLICOLOR_FORCE", "1")]).contains("\u{1b}[1m"));
    assert!(!said(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[test]
fn of_very_many_mistakes_twenty_are_shown_and_the_others_counted() {
    let keys = (0..50).map(|number| format!("wrong_{number} = 1")).collect::<Vec<String>>().join("\n");
    let program = with("x.toml", &format!("{keys}\nextends = \"small.toml\"\n"));
    let said = program.fail(2, &["run", "x.toml"]);
    assert_eq!(said.lines().filter(|line| line.contains("unknown key")).count(), 20);
    assert!(said.ends_with("error: and 30 more: mend these first\n"), "{said}");
}

#[test]
fn a_line_that_tries_to_move_the_cursor_is_shown_without() {
    let program = with("x.toml", "extends = \"small.toml\"\nname = 5 # \u{202e}gnorw\n");
    let said = program.fail(2, &["run", "x.toml"]);
    assert!(said.contains("2 | name = 5 # \u{fffd}gnorw"), "{said}");
}

#[test]
fn a_study_in_place_of_a_scenario_is_told_its_command_in_one_line() {
    for (command, study) in STUDIES {
        let program = with("study.toml", study);
        for arguments in [
            &["run", "study.toml"][..],
            &["compare", "study.toml"],
            &["compare", "small.toml", "study.toml"],
            &["compare", "study.toml", "--vary", "run.days=2"],
            &["trace", "study.toml"],
        ] {
            let said = program.fail(2, arguments);
            let wanted = format!("error: study.toml: this is a study: redress {command} study.toml\n");
            assert_eq!(said, wanted, "{arguments:?}");
        }
        program.succeed(&["check", "--quiet", "study.toml"]);
    }
}

#[test]
fn a_scenario_in_place_of_a_study_is_told_so_in_one_line() {
    let program = Program::new();
    for command in ["sweep", "tune", "sensitivity"] {
        let said = program.fail(2, &[command, "small.toml"]);
        assert!(said.starts_with("error: small.toml: this is a scenario"), "{said}");
        assert!(said.contains("redress sweep small.toml --factor ") && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn mistakes_in_all_scenarios_and_alternatives_of_a_comparison_are_told_at_once() {
    let program = with("x.toml", "extends = \"small.toml\"\nrun = { days = 0 }\n");
    let said = program.fail(
        2,
        &[
            "compare",
            "small.toml",
            "x.toml",
            "--vary",
            "run.dayz=1;sellers.nobody.loss=1",
            "--vary",
            "policy.preset=who",
        ],
    );
    for wanted in [
        "run.days = 0",
        "error: --vary run.dayz: unknown key run.dayz",
        "sellers.nobody",
        "policy.preset = \"who\" is not found",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}

#[test]
fn a_comparison_without_pairs_or_without_a_difference_is_refused_with_the_way_out() {
    let program = Program::new();
    for (settings, said) in [
        (
            ["--days=30", "run.days=2"],
            "has run.days = 30 and run.days=2 has 2: pairs of replications need the same; give both with --days N\n",
        ),
        (
            ["--seed=3", "run.seed=4"],
            "has run.seed = 3 and run.seed=4 has 4: pairs of replications need the same; give both with --seed N\n",
        ),
        (
            ["--seed=3", "run.seed=3"],
            "vary a key to a value that it does not have, or name another scenario\n",
        ),
    ] {
        let [option, variation] = settings;
        let found = program.fail(2, &["compare", "small.toml", option, "--vary", variation]);
        assert!(found.ends_with(said), "{found}");
    }
}
