//! `verify.csv`: one row per case of `redress verify`.

use super::table::{Table, number};
use crate::verification::Finding;

/// The table of what came of every case.
pub fn verify(findings: &[Finding]) -> Vec<u8> {
    let mut table = Table::new(&[
        "case",
        "source",
        "scenario_sha256",
        "metric",
        "theory",
        "simulated",
        "standard_error",
        "z",
        "verdict",
        "replications",
        "detectable_error",
    ]);
    for Finding { case, scenario_sha256, comparison } in findings {
        table.row(&[
            case.name.as_str(),
            case.source,
            scenario_sha256,
            &case.statistic.to_string(),
            &number(Some(case.theory)),
            &number(Some(comparison.simulated)),
            &number(Some(comparison.standard_error)),
            &number(comparison.z),
            comparison.verdict.name(),
            &comparison.replications.to_string(),
            &number(Some(comparison.detectable_error)),
        ]);
    }
    table.into_bytes()
}
