//! Which files each command writes, and what is in them.

use crate::program::{Program, cells};
use std::fs;

const SUMMARY_HEAD: &str =
    "scope,group,metric,unit,mean,std_dev,ci_low,ci_high,replications,estimator,interval";

/// The names that scripts outside the project rely on.
const CONTRACT: &str = "orders_placed orders_cancelled orders_cancelled_buyer_reason
    orders_cancelled_seller_reason orders_not_sold orders_shipped orders_delivered orders_completed orders_open
    disputes_filed disputes_not_received disputes_not_as_described disputes_opportunistic disputes_accepted
    disputes_auto_executed disputes_countered disputes_withdrawn disputes_ruled_for_buyer
    disputes_ruled_for_seller after_sale_cases offline_transfers dispute_rate auto_executed_share not_sold_rate
    response_delay_mean response_delay_p50 response_delay_p95 value_paid value_released value_refunded value_held
    refund_share seller_days_demoted seller_days_frozen orders_lost_to_penalties legitimate_claims_unpaid_share
    opportunistic_claims_paid_share penalty_precision penalty_recall penalty_auc";

/// The files of a run, in order.
const RUN_FILES: [&str; 21] = [
    "charts/daily_rates.png",
    "charts/daily_rates.svg",
    "charts/dispute_outcomes.png",
    "charts/dispute_outcomes.svg",
    "charts/exposure_lost.png",
    "charts/exposure_lost.svg",
    "charts/money.png",
    "charts/money.svg",
    "charts/penalties.png",
    "charts/penalties.svg",
    "charts/response_delay.png",
    "charts/response_delay.svg",
    "charts/sellers.png",
    "charts/sellers.svg",
    "daily.csv",
    "manifest.json",
    "reasons.csv",
    "replications.csv",
    "report.html",
    "sellers.csv",
    "summary.csv",
];

#[test]
fn a_run_writes_tables_charts_report_and_manifest_and_nothing_else() {
    let program = Program::new();
    let printed = program.succeed(&["run", "small.toml"]);
    assert_eq!(program.files("output/small"), RUN_FILES);
    assert!(printed.starts_with("small: 14 days, 1 market(s) of 30 sellers, 2 replication(s), seed 1\n"));
    assert!(
        printed.contains("\nmoney of a replication, in currency units (the mean of 2):\n  paid "),
        "{printed}"
    );
    assert!(printed.contains("\n  audited: the sums over all replications agree to the cent\n"), "{printed}");
    assert!(printed.ends_with("\nresults: output/small\n"), "{printed}");
}

#[test]
fn a_run_without_charts_takes_those_of_the_run_before_away() {
    let program = Program::new();
    program.succeed(&["run", "small.toml"]);
    program.succeed(&["run", "small.toml", "--no-charts"]);
    let expected =
        ["daily.csv", "manifest.json", "reasons.csv", "replications.csv", "sellers.csv", "summary.csv"];
    assert_eq!(program.files("output/small"), expected);
}

#[test]
fn tables_of_a_run_have_the_columns_that_scripts_rely_on() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--no-charts"]);
    let head = |name: &str| program.read(&format!("output/small/{name}")).lines().next().unwrap().to_owned();
    assert_eq!(head("summary.csv"), SUMMARY_HEAD);
    assert_eq!(head("reasons.csv"), "reason,attributed_to,orders_cancelled");
    assert!(head("daily.csv").starts_with("day,market,orders_placed,"));
    assert!(head("sellers.csv").starts_with("market,seller,segment,attractiveness,true_fault,is_bad,"));
    assert_eq!(program.read("output/small/daily.csv").lines().count(), 1 + 14);
    assert_eq!(program.read("output/small/sellers.csv").lines().count(), 1 + 30);
    assert_eq!(program.read("output/small/reasons.csv").lines().count(), 1 + 6);
}

#[test]
fn every_metric_of_the_contract_is_there_for_the_world() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--no-charts"]);
    let summary = program.read("output/small/summary.csv");
    let rows = cells(&summary);
    for metric in CONTRACT.split_whitespace() {
        let found = rows.iter().find(|row| row[..3] == ["world", "all", metric]);
        let row = found.unwrap_or_else(|| panic!("{metric} is not reported"));
        assert_eq!(row[8], "2", "{metric} is undefined in a world in which everything happens");
    }
    for (scope, groups) in [("seller_segment", 3), ("buyer_segment", 3), ("market", 1)] {
        let placed = rows.iter().filter(|row| row[0] == scope && row[2] == "orders_placed");
        assert_eq!(placed.count(), groups, "{scope}");
    }
}

#[test]
fn one_replication_leaves_deviation_and_interval_empty() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--no-charts", "--replications", "1"]);
    let summary = program.read("output/small/summary.csv");
    for row in &cells(&summary)[1..] {
        assert_eq!(row[5..8], ["", "", ""], "{row:?}");
        assert_eq!(row[4].is_empty(), row[8] == "0", "{row:?}");
    }
}

#[test]
fn the_manifest_tells_how_the_result_came_about_and_that_the_money_balances() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--threads", "1", "--seed", "7"]);
    let manifest: serde_json::Value =
        serde_json::from_str(&program.read("output/small/manifest.json")).unwrap();
    assert_eq!(manifest["command"], "run");
    assert_eq!(manifest["seed"], 7);
    assert_eq!(manifest["threads"], 1);
    assert_eq!(manifest["replications"], 2);
    assert_eq!(manifest["interrupted"], false);
    assert_eq!(manifest["scenario_sha256"][0].as_str().unwrap().len(), 64);
    assert_eq!(manifest["files"].as_array().unwrap().len(), RUN_FILES.len() - 1);
    let audit = |name: &str| manifest["audit"][name].as_i64().unwrap();
    assert_eq!(audit("paid_cents"), audit("released_cents") + audit("refunded_cents") + audit("held_cents"));
    assert_eq!(manifest["audit"]["balanced"], true);
    assert!(manifest["orders"].as_u64() < manifest["events"].as_u64());
}

#[test]
fn a_study_writes_a_row_a_point_and_metric_and_draws_its_factors() {
    let program = Program::new();
    let study = r#"
        scenario = "small.toml"
        responses = ["dispute_rate", "not_sold_rate"]
        [[factor]]
        name = "steering"
        key = "sellers[*].steering"
        values = [0.0, 1.0]
        [[factor]]
        name = "silence"
        key = "policy.cancellation.silence"
        values = ["1d", "2d"]
    "#;
    fs::write(program.path("steering.toml"), study).unwrap();
    let printed = program.succeed(&["sweep", "steering.toml"]);
    let head = "steering: 4 design points, 8 replications of 14 days in all\nrules start from the preset aliexpress\n\n\
                From steering = 0 to 1 at silence = 2d ";
    assert!(printed.starts_with(head), "{printed}");
    let (findings, printed) =
        printed.split_once("\n\nMeans of a replication, in brackets their 95 % intervals:\n").unwrap();
    assert!(findings.contains("\nFrom silence = 1d to 2d at steering = 1 "), "{findings}");
    assert!(
        printed.contains("\npoint  steering  silence            dispute rate      cancellation rate\n"),
        "{printed}"
    );
    assert!(printed.lines().all(|line| line.chars().count() <= 80), "{printed}");
    let charts = [
        "curves_silence",
        "curves_steering",
        "heat_map_all_sellers",
        "heat_map_average",
        "heat_map_careful",
        "heat_map_overloaded",
    ];
    let mut expected: Vec<String> = charts
        .iter()
        .flat_map(|chart| ["png", "svg"].map(|ending| format!("charts/{chart}.{ending}")))
        .collect();
    expected.extend(
        ["manifest.json", "report.html", "sweep.csv", "sweep_segments.csv", "units.bin"].map(str::to_owned),
    );
    assert_eq!(program.files("output/steering"), expected);
    let table = program.read("output/steering/sweep.csv");
    let rows = cells(&table);
    assert_eq!(
        rows[0].join(","),
        "point,steering,silence,metric,unit,mean,std_dev,ci_low,ci_high,replications,estimator,interval"
    );
    let placed: Vec<_> = rows.iter().filter(|row| row[3] == "orders_placed").map(|row| &row[..3]).collect();
    assert_eq!(placed, [["0", "0", "1d"], ["1", "0", "2d"], ["2", "1", "1d"], ["3", "1", "2d"]]);
    assert!(
        program
            .read("output/steering/sweep_segments.csv")
            .starts_with("point,steering,silence,scope,group,metric,")
    );
}

#[test]
fn factors_on_the_command_line_make_a_study_of_a_scenario() {
    let program = Program::new();
    let values = "policy.dispute.response_deadline=2d,5d";
    let range = "buyers[*].reason_honesty=0..1/3";
    program.succeed(&["sweep", "small.toml", "--factor", values, "--factor", range, "--out", "swept"]);
    let table = program.read("swept/sweep.csv");
    let rows = cells(&table);
    assert_eq!(rows[0][..3], ["point", "policy.dispute.response_deadline", "buyers[*].reason_honesty"]);
    let points = rows.iter().filter(|row| row[3] == "dispute_rate").map(|row| row[1..3].join(" "));
    assert_eq!(points.collect::<Vec<_>>(), ["2d 0", "2d 0.5", "2d 1", "5d 0", "5d 0.5", "5d 1"]);
}

#[test]
fn check_prints_a_scenario_that_can_be_checked_again_and_writes_nothing() {
    let program = Program::new();
    let printed = program.succeed(&["check", "small.toml"]);
    assert_eq!(program.files(""), ["small.toml"]);
    let (head, resolved) = printed.split_once('\n').unwrap();
    assert!(head.starts_with("# small.toml is valid; sha256 "), "{head}");
    fs::write(program.path("resolved.toml"), &printed).unwrap();
    let again = program.succeed(&["check", "resolved.toml"]);
    assert_eq!(again.split_once('\n').unwrap().1, resolved);
    assert_eq!(again.lines().next().unwrap().rsplit(' ').next(), head.rsplit(' ').next());
}
