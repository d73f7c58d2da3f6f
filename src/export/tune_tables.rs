//! `tune.csv` and `detector.csv`.

use super::table::Table;
use crate::experiment::tune::TuneOutcome;
use crate::stats::detector::{Detector, Share};

/// `tune.csv`: a row per candidate and output: objectives, limits, and what else is reported.
pub fn tune(factors: &[String], outcome: &TuneOutcome) -> Vec<u8> {
    let mut columns = vec!["candidate"];
    columns.extend(factors.iter().map(String::as_str));
    columns.extend(["metric", "mean", "ci_low", "ci_high", "replications", "status"]);
    let mut table = Table::new(&columns);
    for (number, candidate) in outcome.candidates.iter().enumerate() {
        for (output, estimate) in outcome.rules.outputs().zip(&candidate.estimates) {
            table.whole(number as u64);
            for label in &candidate.point.labels {
                table.text(label);
            }
            table.text(output.name());
            let interval = estimate.and_then(|estimate| estimate.interval.ends());
            table.number(estimate.map(|estimate| estimate.mean));
            table.number(interval.map(|interval| interval.0));
            table.number(interval.map(|interval| interval.1));
            table.whole(estimate.map_or(0, |estimate| estimate.replications as u64));
            table.text(candidate.status.name());
            table.end_row();
        }
    }
    table.into_bytes()
}

/// `detector.csv`: penalised days of the best candidate as a detector of bad sellers, a row per threshold.
pub fn detector(detector: &Detector) -> Vec<u8> {
    let mut columns = vec!["penalised_days", "flagged_good", "flagged_bad"];
    for names in [
        ["false_positive_rate", "false_positive_rate_low", "false_positive_rate_high"],
        ["recall", "recall_low", "recall_high"],
        ["precision", "precision_low", "precision_high"],
    ] {
        columns.extend(names);
    }
    let mut table = Table::new(&columns);
    // The first threshold flags nobody.
    for point in detector.points.iter().filter(|point| point.threshold.is_finite()) {
        table.number(Some(point.threshold));
        table.whole(point.flagged_good);
        table.whole(point.flagged_bad);
        for share in [point.false_positive_rate, point.recall, point.precision] {
            cells(&mut table, share);
        }
        table.end_row();
    }
    table.into_bytes()
}

fn cells(table: &mut Table, share: Option<Share>) {
    table.number(share.map(|share| share.share));
    table.number(share.map(|share| share.interval.0));
    table.number(share.map(|share| share.interval.1));
}
