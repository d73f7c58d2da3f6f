//! What describes the program: a scenario to begin with, the schema, completions and the manual page.

use crate::program::Program;
use redress::scenario::keys;
use serde_json::Value;

#[test]
fn the_scenario_to_begin_with_is_valid_runs_and_is_not_written_over_another() {
    let program = Program::new();
    let said = program.succeed(&["init"]);
    assert_eq!(said, "scenario.toml: a scenario to begin with; run it with redress run scenario.toml\n");
    program.succeed(&["check", "scenario.toml", "--quiet"]);
    let printed =
        program.succeed(&["run", "scenario.toml", "--days", "5", "--replications", "2", "--no-charts"]);
    assert!(printed.contains("my_market: 5 days"), "{printed}");
    let said = program.fail(2, &["init"]);
    assert_eq!(said, "error: scenario.toml is there already: name another file\n");
    let said = program.fail(2, &["init", "nowhere/x.toml"]);
    assert_eq!(said, "error: nowhere/x.toml cannot be made: its folder is not there\n");
}

#[test]
fn the_schema_has_every_key_where_it_stands_in_a_file() {
    let program = Program::new();
    let schema: Value = serde_json::from_str(&program.succeed(&["schema"])).expect("it is JSON");
    for key in keys() {
        let mut place = &schema;
        for part in key.path.split('.') {
            place = match part.strip_suffix("[]") {
                Some(name) => &place["properties"][name]["items"],
                None => &place["properties"][part],
            };
        }
        assert_eq!(place["description"], key.expects.as_str(), "{}", key.path);
        assert!(!place["type"].is_null(), "{}", key.path);
    }
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let program = Program::new();
    let man = program.succeed(&["man"]);
    assert!(man.contains(".TH redress 1"), "{man}");
    for command in
        ["run", "compare", "sweep", "sensitivity", "tune", "trace", "rerun", "check", "verify", "bench"]
    {
        assert!(man.contains(command), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = program.succeed(&["completions", shell]);
        assert!(text.contains("redress") && text.contains("seller-segment"), "{shell}");
    }
}
