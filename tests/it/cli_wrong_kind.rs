//! Whatever a command is given in place of what it takes, one line says which command, option or file is meant.

use crate::program::{Program, text};
use std::fs;

const SCENARIO: &str = "scenario = \"small.toml\"\ndays = 2\n";
const SEEDS: &str = "[[factor]]\nkey = \"run.seed\"\nvalues = [1, 2]\n";
const OPEN: &str = "[[factor]]\nkey = \"sellers[*].loss\"\nrange = \"0..0.1\"\n";
const OBJECTIVE: &str = "objective = { minimise = \"dispute_rate\" }\nindifference = 0.05\n";

/// A folder with one of everything that a command may be given.
fn with_everything() -> Program {
    let program = Program::new();
    let write = |name: &str, content: &str| fs::write(program.path(name), content).unwrap();
    write("sweep.toml", &format!("{SCENARIO}{SEEDS}"));
    write("tune.toml", &format!("{SCENARIO}{OBJECTIVE}{SEEDS}"));
    write("open.toml", &format!("{SCENARIO}{OPEN}"));
    write("search.toml", &format!("{SCENARIO}{OBJECTIVE}budget = 200\n{OPEN}"));
    write("table.csv", "days\n1\n");
    write("empty.toml", "# nothing\n");
    for folder in ["planned", "results", "folder", "worlds"] {
        fs::create_dir(program.path(folder)).unwrap();
    }
    write("planned/plan.json", "{}");
    write("results/manifest.json", "{}");
    write("worlds/first.toml", "extends = \"../small.toml\"\n");
    write(".out.units", "redress units 1\n");
    program
}

/// What is given, and what the line must say to each group of commands: those that take a scenario, those that take a study, `rerun`,
/// and those that take the folder of a plan. An empty text is what is taken.
const GIVEN: [(&str, [&str; 4]); 16] = [
    (
        "small.toml",
        [
            "",
            "this is a scenario",
            "is a scenario and no manifest: redress run small.toml",
            "is a scenario: redress plan small.toml --factor KEY",
        ],
    ),
    (
        "sweep.toml",
        [
            "this is a study: redress sweep sweep.toml",
            "",
            "is a study and no manifest: redress sweep sweep.toml",
            "is a study: redress plan sweep.toml --out FOLDER",
        ],
    ),
    (
        "tune.toml",
        [
            "this is a study: redress tune tune.toml",
            "",
            "is a study and no manifest: redress tune tune.toml",
            "is a study: redress plan tune.toml",
        ],
    ),
    (
        "open.toml",
        [
            "this is a study: redress sensitivity open.toml",
            "",
            "is a study and no manifest: redress sensitivity open.toml",
            "is a study",
        ],
    ),
    (
        "search.toml",
        [
            "this is a study: redress tune search.toml",
            "",
            "is a study and no manifest: redress tune search.toml",
            "is a study",
        ],
    ),
    ("planned", ["redress report planned", "redress report planned", "redress report planned", ""]),
    (
        "planned/plan.json",
        [
            "is a plan: redress report planned",
            "is a plan: redress report planned",
            "is a plan: redress report planned",
            "is the plan itself: name its folder, planned",
        ],
    ),
    ("results", ["redress rerun results/manifest.json"; 4]),
    (
        "results/manifest.json",
        ["redress rerun results/manifest.json", "redress rerun results/manifest.json", "", "redress rerun"],
    ),
    (
        "folder",
        [
            "is a directory: name a TOML file",
            "is a directory: name a TOML file",
            "is a directory without results: name a manifest.json",
            "is no folder of a plan: redress plan STUDY --out FOLDER makes one",
        ],
    ),
    (
        "worlds",
        [
            "is a directory: name a TOML file, such as worlds/first.toml",
            "is a directory: name a TOML file, such as worlds/first.toml",
            "is a directory without results",
            "is no folder of a plan",
        ],
    ),
    ("table.csv", ["is a table and no TOML file", "is a table and no TOML file", "is a table", "is a table"]),
    (
        "empty.toml",
        ["is empty: redress init", "is empty: a study names", "is no manifest of redress", "is not there"],
    ),
    (".out.units", ["holds finished units of a command that was interrupted"; 4]),
    (
        "smal.toml",
        [
            "there is no such file; did you mean small.toml?",
            "there is no such file; did you mean small.toml?",
            "there is no such file; did you mean small.toml?",
            "name a folder that redress plan STUDY",
        ],
    ),
    (
        "first.toml",
        [
            "there is no such file; did you mean worlds/first.toml?",
            "there is no such file; did you mean worlds/first.toml?",
            "there is no such file; did you mean worlds/first.toml?",
            "name a folder that redress plan STUDY",
        ],
    ),
];

/// The commands by what they take, as in [`GIVEN`].
const COMMANDS: [(usize, &[&str]); 11] = [
    (0, &["run"]),
    (0, &["compare", "--vary", "run.seed=2"]),
    (0, &["trace"]),
    (0, &["explore"]),
    (1, &["sweep"]),
    (1, &["tune"]),
    (1, &["sensitivity"]),
    (1, &["plan", "--out", "new"]),
    (2, &["rerun"]),
    (3, &["report"]),
    (3, &["unit", "0"]),
];

#[test]
fn what_is_of_another_kind_than_a_command_takes_is_told_its_own_command_in_one_line() {
    let program = with_everything();
    let before = program.files(".");
    for (command, options) in COMMANDS {
        for (given, wanted) in GIVEN {
            let wanted = wanted[command];
            if wanted.is_empty() {
                continue;
            }
            let arguments = [&options[..1], &[given], &options[1..]].concat();
            let said = program.fail(2, &arguments);
            assert!(said.contains(wanted), "{arguments:?}: {said}");
            assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
        }
    }
    assert_eq!(program.files("."), before, "nothing is written");
    let said = program.fail(2, &["check", "results", "small.toml", "folder"]);
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn a_study_for_another_command_is_told_which() {
    let program = with_everything();
    for (command, given, wanted) in [
        ("tune", "sweep.toml", "has no objective to tune for: redress sweep sweep.toml"),
        ("tune", "open.toml", "has no objective to tune for: redress sensitivity open.toml"),
        ("sensitivity", "tune.toml", "has an objective: redress tune tune.toml"),
        ("sensitivity", "search.toml", "has an objective: redress tune search.toml"),
        ("sweep", "search.toml", "this study is for redress tune search.toml"),
    ] {
        let said = program.fail(2, &[command, given]);
        assert!(said.contains(wanted) && said.lines().count() == 1, "{said}");
    }
    let said = program.fail(2, &["sweep", "open.toml"]);
    assert!(said.contains("redress sensitivity takes it as it is"), "{said}");
    for (quiet, lines) in [(&[][..], 1), (&["--quiet"], 0)] {
        let output = program.run(&[&["sweep", "tune.toml", "--no-charts", "--no-progress"], quiet].concat());
        let said = text(&output.stderr);
        assert_eq!(
            said.matches("warning: tune.toml has an objective, which sweep does not use").count(),
            lines,
            "{said}"
        );
    }
}

#[test]
fn a_misspelt_objective_is_told_as_such() {
    let program = Program::new();
    let study = format!("{SCENARIO}{}{SEEDS}", OBJECTIVE.replace("objective", "objectiv"));
    fs::write(program.path("study.toml"), study).unwrap();
    let said = program.fail(2, &["tune", "study.toml"]);
    assert!(said.contains("unknown key objectiv; did you mean objective?"), "{said}");
    assert!(!said.contains("to tune for") && !said.contains("missing key objective"), "{said}");
}

#[test]
fn an_option_of_another_command_is_told_whose_it_is() {
    let program = Program::new();
    for (arguments, wanted) in [
        (&["run", "small.toml", "--vary", "run.seed=2"][..], "run takes no --vary: compare does"),
        (
            &["compare", "small.toml", "--factor", "run.seed=1,2"],
            "compare takes no --factor: sweep and plan do",
        ),
        (&["small.toml"], "small.toml is a scenario and no command: redress run small.toml"),
    ] {
        let said = program.fail(2, arguments);
        assert!(said.contains(wanted) && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn what_sensitivity_and_a_search_take_is_foretold() {
    let program = with_everything();
    let said = program.succeed(&["check", "open.toml"]);
    // Twenty trajectories of two points, and 256 rows of three, of two replications each.
    assert!(said.contains("\n# redress sensitivity takes at most 1616 replications, about "), "{said}");
    let said = program.succeed(&["check", "search.toml"]);
    assert!(said.contains("\n# redress tune takes about 200 replications, about "), "{said}");
}
