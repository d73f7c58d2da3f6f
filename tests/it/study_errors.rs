//! What is wrong with a study is said like what is wrong with a scenario.

use crate::scenario_errors::VALID;
use redress::scenario::Study;
use std::fs;
use tempfile::TempDir;

/// What is said about a study of the valid scenario.
fn said_of_study(text: &str) -> String {
    said_of_design(text, None)
}

/// The same beside a file of design points.
fn said_of_design(text: &str, design: Option<&str>) -> String {
    let dir = TempDir::new().unwrap();
    if let Some(design) = design {
        fs::write(dir.path().join("d.csv"), design).unwrap();
    }
    fs::write(dir.path().join("x.toml"), VALID).unwrap();
    fs::write(dir.path().join("s.toml"), text).unwrap();
    match Study::read(&dir.path().join("s.toml")).and_then(|study| study.scenarios()) {
        Ok(_) => "valid".to_owned(),
        Err(errors) => errors.to_string().replace(dir.path().to_str().unwrap(), "DIR"),
    }
}

#[test]
fn studies_are_checked_like_scenarios() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("", "error: DIR/s.toml: is empty: a study names its scenario and what is varied (docs/studies.md)"),
        (
            "scenario = \"y.toml\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml:1:12: scenario = \"y.toml\" is not found: there is no file DIR/y.toml",
        ),
        (
            "scenario = \"x.toml\"\nfactor = []",
            "error: DIR/s.toml:2:10: missing factor: write at least one [[factor]] table",
        ),
        (
            "scenario = \"x.toml\"\nbudget = 5\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml:2:10: budget is for tuning and there is no objective: add objective = { maximise = \"penalty_auc\" }, or remove it",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nvalues = []",
            "error: DIR/s.toml:4:10: factor[0].values = [] is empty: expected an array of values",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1, 0]",
            "error: DIR/s.toml:4:14: run.days = 0 is out of range: expected a whole number from 1 to 20000",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.dayz\"\nvalues = [1]",
            "error: DIR/s.toml:4:11: unknown key run.dayz; did you mean run.days?",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]\nlabels = [\"a\", \"b\"]",
            "error: DIR/s.toml:5:10: factor[0].labels and factor[0].values differ in length",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkeys = [\"run.days\", \"run.seed\"]\nvalues = [[1, 2], [3]]",
            "error: DIR/s.toml:4:19: [3] has 1 values for 2 keys",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nrange = \"1..x/3\"",
            "error: DIR/s.toml:4:9: factor[0].range = \"1..x/3\" is not a range: write \"0.1..0.5/5\", \"12h..7d/6\", \
             \"0.1..0.5 step 0.1\" or, with equal ratios, \"1h..8d/6 log\"",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nrange = \"1..3\"",
            "error: DIR/s.toml:4:9: the range of run.days has no number of points: write \"a..b/5\" for five (redress sensitivity takes it as it is)",
        ),
        (
            "scenario = \"x.toml\"\ndesign = \"lhs\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml: missing key points: expected the number of points, for example points = 64\nerror: DIR/s.toml:3:1: factor run.days has values: lhs needs range = \"a..b\"",
        ),
        (
            "scenario = \"x.toml\"\ndesign = \"list\"\npoints = 2\n[[factor]]\nkey = \"run.days\"\nvalues = [1, 2]\n[[factor]]\nkey = \"run.seed\"\nvalues = [1]",
            "error: DIR/s.toml:3:10: points is for lhs and sobol: a list has as many as each factor has values\nerror: DIR/s.toml:7:1: factor run.seed has 1 values and run.days has 2: in a list all have as many, one a point; grid combines them",
        ),
        (
            "scenario = \"x.toml\"\ndesign = \"csv\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml: missing key file: expected a CSV file with one column per factor, for example file = \"design.csv\"\nerror: DIR/s.toml:5:10: factor[0].values is not for design = \"csv\": the values of run.days are in the file",
        ),
        (
            "scenario = \"x.toml\"\nfile = \"d.csv\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml:2:8: file is for design = \"csv\": set that, or remove it",
        ),
        (
            "scenario = \"x.toml\"\ndesign = \"lsh\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml:2:10: design = \"lsh\" is unknown; did you mean \"lhs\"?",
        ),
    ] {
        let message = said_of_study(text);
        if message != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_of_design_points_is_wrong_at_its_own_lines() {
    let study = "scenario = \"x.toml\"\ndesign = \"csv\"\nfile = \"d.csv\"\n[[factor]]\nname = \"days\"\nkey = \"run.days\"\n\
                 [[factor]]\nname = \"seed\"\nkeys = [\"run.seed\", \"run.replications\"]\n";
    for (design, expected) in [
        (Some("seed,days\n1,2\n\n\"[3, 1]\",4\n"), "valid"),
        (None, "error: DIR/s.toml:3:8: DIR/d.csv cannot be read: there is no such file"),
        (Some("seed,days\n"), "error: DIR/s.toml:3:8: DIR/d.csv has no rows: write one row per design point"),
        (
            Some("seed,day\n1,2\n"),
            "error: DIR/s.toml:3:8: DIR/d.csv has a column day that is no factor: write a [[factor]] of that name, or remove \
             it\nerror: DIR/s.toml:3:8: DIR/d.csv has no column days: a factor has the column of its name, with cells between \
             commas; columns are seed, day",
        ),
        (
            Some("seed,days\r\n1,2\r\n\r\n\r\n,4\r\n1\r\n1,0\r\n"),
            "error: DIR/d.csv:5:1: the column seed has no value in this row\nerror: DIR/d.csv:6:1: the row has 1 cells and the \
             head has 2: put cells with commas in quotes",
        ),
        (
            Some("seed,days\n1,2\n1,0\n"),
            "error: DIR/d.csv:3:1: run.days = 0 is out of range: expected a whole number from 1 to 20000",
        ),
        (
            Some("seed,days\n1,2\n\"[1, 2, 3]\",5\n"),
            "error: DIR/d.csv:3:1: [1, 2, 3] has 3 values for 2 keys",
        ),
    ] {
        assert_eq!(said_of_design(study, design), expected, "{design:?}");
    }
}
