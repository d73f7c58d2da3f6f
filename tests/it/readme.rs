//! What the README shows of the program is what it prints.

use crate::program::Program;
use std::path::Path;

/// The first block of its kind after a heading.
fn block<'a>(readme: &'a str, heading: &str, kind: &str) -> &'a str {
    let section = readme.split_once(heading).expect("the heading is there").1;
    let begin = section.split_once(kind).expect("the block is there").1;
    begin.split_once("\n```").expect("the block ends").0
}

#[test]
fn the_first_question_of_the_readme_has_the_answer_that_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README is there");
    let command = block(&readme, "## Ask it", "```sh\n");
    let (command, _) = command.split_once("   #").expect("it says what it takes");
    let arguments = command.strip_prefix("cargo run --release -- ").expect("it is a command of this program");
    let (arguments, setting) = arguments.split_once(" --vary ").expect("it varies a key");
    let program = Program::new();
    let scenarios = format!("{}/scenarios", root.display());
    let arguments = arguments.replace("scenarios", &scenarios);
    let arguments: Vec<&str> =
        arguments.split(' ').chain(["--vary", setting.trim_matches('\''), "--no-charts"]).collect();
    let printed = program.succeed(&arguments);
    let begin = readme.lines().take(12).filter_map(|line| line.strip_prefix("> "));
    assert!(begin.clone().count() >= 2 && readme.lines().take(5).any(|line| line.starts_with(command)));
    for line in begin.chain(block(&readme, "## Ask it", "```text\n").lines()) {
        assert!(printed.lines().any(|other| other == line), "{line}\n{printed}");
    }
}
