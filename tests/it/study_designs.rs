//! Designs of studies: which points they have, and what a sweep makes of them.

use crate::program::{Program, text};
use redress::scenario::Study;
use std::fs;

/// A program beside a study of the small scenario, of few days and one replication.
fn with_study(design: &str) -> Program {
    let program = Program::new();
    let study = format!("scenario = \"small.toml\"\nname = \"d\"\ndays = 2\nreplications = 1\n{design}");
    fs::write(program.path("study.toml"), study).expect("the study can be written");
    program
}

/// The labels of every point of the study.
fn labels(program: &Program) -> Vec<Vec<String>> {
    let study = Study::read(&program.path("study.toml")).unwrap();
    study.points().into_iter().map(|point| point.labels).collect()
}

const TWO: &str = "[[factor]]\nname = \"accept\"\nkey = \"sellers[*].accept\"\nvalues = [0.2, 0.4, 0.9]\n\
                   [[factor]]\nname = \"deadline\"\nkey = \"policy.dispute.response_deadline\"\nrange = \"1d..4d/3 log\"\n";

#[test]
fn a_list_has_the_values_of_one_place_together() {
    let program = with_study(&format!("design = \"list\"\n{TWO}"));
    assert_eq!(labels(&program), [["0.2", "1d"], ["0.4", "2d"], ["0.9", "4d"]]);
    program.succeed(&["sweep", "study.toml"]);
    let table = program.read("output/d/sweep.csv");
    let row = |point: &str| table.lines().any(|line| line.starts_with(point));
    assert!(row("0,0.2,1d,") && row("2,0.9,4d,") && !row("3,"), "{table}");
    let charts = program.files("output/d/charts");
    // Factors that move together have no effects of their own.
    assert_eq!(
        charts,
        ["scatter_accept.png", "scatter_accept.svg", "scatter_deadline.png", "scatter_deadline.svg"]
    );
}

#[test]
fn a_file_of_points_is_swept_as_it_is_written() {
    let factors = "[[factor]]\nname = \"rules\"\nkey = \"policy.preset\"\n\
                   [[factor]]\nname = \"answer\"\nkey = \"sellers[*].response.delay\"\n";
    let program = with_study(&format!("design = \"csv\"\nfile = \"points.csv\"\n{factors}"));
    let points = "answer,rules\n2d,ebay\n\"{ lognormal = { median = \"\"6h\"\", sigma = 1 } }\",amazon\n36h,ebay\n1h,amazon\n";
    fs::write(program.path("points.csv"), points).unwrap();
    let lognormal = "{ lognormal = { median = \"6h\", sigma = 1 } }";
    assert_eq!(labels(&program), [["ebay", "2d"], ["amazon", lognormal], ["ebay", "36h"], ["amazon", "1h"]]);
    program.succeed(&["check", "study.toml"]);
    program.succeed(&["sweep", "study.toml"]);
    let charts = program.files("output/d/charts");
    assert!(
        charts.contains(&"scatter_rules.svg".to_owned())
            && charts.contains(&"effects_dispute_rate.svg".to_owned())
    );
    let chart = program.read("output/d/charts/scatter_rules.svg");
    assert!(!chart.contains("<polyline") && chart.contains("amazon"), "no line joins platforms");
}

#[test]
fn a_sobol_design_has_twelve_factors() {
    let keys = [
        "sellers[*].stock_out",
        "sellers[*].loss",
        "sellers[*].defect",
        "sellers[*].accept",
        "sellers[*].steering",
        "sellers[*].goodwill",
        "sellers[*].counter_offer",
        "sellers[*].agrees_to_cancel",
        "sellers[*].offline_offer",
        "buyers[*].reason_honesty",
        "buyers[*].steering_compliance",
        "policy.mediation.buyer_favour",
    ];
    let factor = |key: &str| format!("[[factor]]\nkey = \"{key}\"\nrange = \"0..0.5\"\n");
    let factors: String = keys.into_iter().map(factor).collect();
    let program = with_study(&format!("design = \"sobol\"\npoints = 16\n{factors}"));
    let points = labels(&program);
    assert_eq!((points.len(), points[0].len()), (16, 12));
    // Half of sixteen points lie in each half of every range, give or take the first point that is left out.
    for factor in 0..12 {
        let low = points.iter().filter(|labels| labels[factor].parse::<f64>().unwrap() < 0.25).count();
        assert!((7..=9).contains(&low), "{factor}: {low}");
    }
    program.succeed(&["check", "study.toml", "--quiet"]);
}

#[test]
fn a_latin_hypercube_has_dots_and_main_effects_and_durations_are_numbers() {
    let factors = "[[factor]]\nname = \"accept\"\nkey = \"sellers[*].accept\"\nrange = \"0..1\"\n\
                   [[factor]]\nname = \"deadline\"\nkey = \"policy.dispute.response_deadline\"\nrange = \"1h..8d log\"\n";
    let program = with_study(&format!(
        "design = \"lhs\"\npoints = 12\nresponses = [\"disputes_filed\", \"refund_share\"]\n{factors}"
    ));
    let output = program.run(&["sweep", "study.toml"]);
    assert!(output.status.success() && !text(&output.stderr).contains("charts"), "{}", text(&output.stderr));
    let names = ["effects_disputes_filed", "effects_refund_share", "scatter_accept", "scatter_deadline"];
    let expected: Vec<String> =
        names.iter().flat_map(|name| [format!("{name}.png"), format!("{name}.svg")]).collect();
    assert_eq!(program.files("output/d/charts"), expected);
    let chart = program.read("output/d/charts/scatter_deadline.svg");
    // One dot per point and response, one curve per response, and a logarithmic axis in days.
    assert_eq!((chart.matches("<circle").count(), chart.matches("<polyline").count()), (24, 2));
    assert!(chart.contains(">\n0.5 d\n") && chart.contains(">\n5 d\n"), "{chart}");
}

#[test]
fn every_design_point_has_as_many_replications_as_its_precision_takes() {
    let program =
        with_study("[[factor]]\nname = \"orders\"\nkey = \"market.orders_per_day\"\nvalues = [30, 3000]\n");
    let precision = ["--precision", "disputes_filed=20%", "--max-replications", "40"];
    program.succeed(&[&["sweep", "study.toml"], &precision[..]].concat());
    let manifest: serde_json::Value = serde_json::from_str(&program.read("output/d/manifest.json")).unwrap();
    let replications: Vec<u64> =
        manifest["replications"].as_array().unwrap().iter().map(|each| each.as_u64().unwrap()).collect();
    // Sixty orders have a dispute or two, six thousand a hundred.
    assert!(replications[0] == 40 && replications[1] < 20, "{replications:?}");
    let table = program.read("output/d/sweep.csv");
    let shown: Vec<&str> = table.lines().filter(|line| line.contains(",disputes_filed,")).collect();
    for (row, replications) in shown.iter().zip(&replications) {
        assert!(row.split(',').any(|cell| cell == replications.to_string()), "{row}");
    }
    // In the scenario it says the same.
    let own =
        ["--set", "run.precision=['disputes_filed=20%']", "--set", "run.max_replications=40", "--out", "own"];
    program.succeed(&[&["sweep", "study.toml"], &own[..]].concat());
    assert_eq!(program.read("own/sweep.csv"), table);
}
