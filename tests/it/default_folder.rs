//! Without `--out` two questions never share a folder, and with it nothing is replaced in silence.

use crate::program::{Program, text};
use std::fs;

fn folder(printed: &str) -> &str {
    printed.lines().find_map(|line| line.strip_prefix("results: ")).expect("it says where the results are")
}

#[test]
fn another_question_of_the_same_name_has_a_folder_of_its_own() {
    let program = Program::new();
    let run = |more: &[&str]| {
        let printed = program.succeed(&[&["run", "small.toml", "--no-charts", "--days", "2"], more].concat());
        folder(&printed).to_owned()
    };
    assert_eq!(run(&[]), "output/small");
    let summary = program.read("output/small/summary.csv");
    let other = run(&["--set", "sellers[*].accept=0.1"]);
    assert!(other.starts_with("output/small-") && other.len() == "output/small-".len() + 8, "{other}");
    let third = run(&["--replication", "1"]);
    assert!(third.starts_with("output/small-") && third != other, "{third}");
    assert_eq!(run(&["--set", "sellers[*].accept=0.1", "--threads", "1"]), other);
    assert_eq!(run(&["--csv-bom"]), "output/small", "the same question, written otherwise");
    assert_eq!(run(&[]), "output/small");
    assert_eq!(program.read("output/small/summary.csv"), summary);
    // A file that was edited asks something else.
    let scenario = program.read("small.toml").replace("orders_per_day = 300", "orders_per_day = 200");
    fs::write(program.path("small.toml"), scenario).unwrap();
    assert_ne!(run(&[]), "output/small");
    assert_eq!(program.read("output/small/summary.csv"), summary);
}

#[test]
fn comparisons_sweeps_and_studies_of_one_name_are_told_apart() {
    let program = Program::new();
    let written = |arguments: &[&str]| {
        let printed = program.succeed(&[arguments, &["--no-charts", "--days", "2"]].concat());
        folder(&printed).to_owned()
    };
    let mut folders = Vec::new();
    for value in ["0.5", "0.7"] {
        folders.push(written(&["compare", "small.toml", "--vary", &format!("sellers[*].accept={value}")]));
        folders.push(written(&["sweep", "small.toml", "--factor", &format!("sellers[*].accept=0,{value}")]));
        let study = format!(
            "scenario = \"small.toml\"\nobjective = {{ maximise = \"disputes_accepted\" }}\nindifference = 1.0\n\
             max_replications = 4\nfirst = 2\n[[factor]]\nkey = \"sellers[*].accept\"\nvalues = [0.1, {value}]\n"
        );
        fs::write(program.path("study.toml"), study).unwrap();
        folders.push(written(&["tune", "study.toml"]));
    }
    assert_eq!(folders[..3], ["output/small_compared", "output/small_sweep", "output/study"]);
    for (first, second) in folders[..3].iter().zip(&folders[3..]) {
        assert!(second.starts_with(&format!("{first}-")), "{second}");
    }
}

#[test]
fn a_folder_that_was_asked_for_is_not_given_to_another_question_in_silence() {
    let program = Program::new();
    let said = |more: &[&str]| {
        let arguments = ["run", "small.toml", "--no-charts", "--quiet", "--days", "2", "--out", "here"];
        text(&program.run(&[&arguments[..], more].concat()).stderr)
    };
    assert_eq!(said(&[]), "");
    assert_eq!(said(&[]), "");
    let asked = "here held the answer to another question, which this one replaces: redress run small.toml --no-charts \
                 --quiet --days 2 --out here\n";
    assert_eq!(said(&["--seed", "2"]), asked);
}
