//! What a comparison found, in sentences.

use super::headline::{label, people};
use crate::experiment::{ComparisonRow, Scope};
use crate::observe::metric::Unit;
use crate::stats::Interval;

/// What a finding says something about, where it says anything: what became of disputes, of money, of sellers.
const TOLD: [&str; 10] = [
    "disputes_auto_executed",
    "auto_executed_share",
    "dispute_rate",
    "value_refunded",
    "legitimate_claims_unpaid_share",
    "opportunistic_claims_paid_share",
    "seller_days_demoted",
    "seller_days_frozen",
    "orders_lost_to_penalties",
    "orders_cancelled",
];

/// From this adjusted p-value on a difference is not told from none.
pub const LEVEL: f64 = 0.05;

/// Whether a difference is told from none, all metrics and alternatives of its group considered.
pub fn is_clear(row: &ComparisonRow) -> bool {
    row.p_adjusted.is_some_and(|p| p < LEVEL)
}

/// A difference in the unit of its metric; shares in percentage points.
pub fn difference_text(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => people(value, unit).replace(" %", " points"),
        _ => people(value, unit),
    }
}

/// What one alternative changes in the world, one sentence for all that is told from nothing and one for the rest.
pub fn findings(rows: &[ComparisonRow], other: usize, name: &str, days: u32) -> Vec<String> {
    let told: Vec<&ComparisonRow> = TOLD
        .iter()
        .filter_map(|metric| {
            rows.iter().find(|row| {
                row.other == other && row.group.scope == Scope::World && row.metric.name == *metric
            })
        })
        .collect();
    let (clear, unclear): (Vec<&ComparisonRow>, Vec<&ComparisonRow>) =
        told.into_iter().partition(|row| is_clear(row));
    let mut sentences = Vec::new();
    let changes: Vec<String> = clear.into_iter().filter_map(change).collect();
    if changes.is_empty() {
        sentences.push(format!("{name}: no difference that the replications tell from chance."));
    } else {
        sentences.push(format!("{name}, over {days} days: {}.", changes.join("; ")));
    }
    let bounds: Vec<String> = unclear.into_iter().filter_map(bound).collect();
    if !bounds.is_empty() {
        sentences.push(format!("Not distinguishable: {}.", bounds.join("; ")));
    }
    sentences
}

/// "silent refunds fall by 15,478 (15,106 to 15,850), from 21,400 to 5,922, by 72 %".
fn change(row: &ComparisonRow) -> Option<String> {
    let (found, unit) = (row.difference.as_ref()?, row.metric.unit);
    let (before, after) = (row.baseline.as_ref()?.mean, row.alternative.as_ref()?.mean);
    let Interval::TwoSided { low, high } = found.interval else { return None };
    let falls = found.mean < 0.0;
    let (verb, near, far) = if falls { ("falls", -high, -low) } else { ("rises", low, high) };
    let relative = row.relative().map_or_else(String::new, |share| format!(", by {}", percent(share.abs())));
    Some(format!(
        "{} {verb} by {} (95 % interval {} to {}), from {} to {}{relative}",
        label(row.metric),
        difference_text(found.mean.abs(), unit),
        difference_text(near, unit),
        difference_text(far, unit),
        people(before, unit),
        people(after, unit),
    ))
}

/// "orders lost to penalties (a difference of at most 11,000 either way)".
fn bound(row: &ComparisonRow) -> Option<String> {
    let (found, label) = (row.difference.as_ref()?, label(row.metric));
    Some(match found.interval {
        Interval::TwoSided { low, high } => {
            let (low, high) = (difference_text(low, row.metric.unit), difference_text(high, row.metric.unit));
            format!("{label} (between {low} and {high})")
        }
        _ if found.alike == found.replications => format!("{label} (the same in every replication)"),
        _ => format!("{label} (too few events to tell)"),
    })
}

/// A share in percent with two significant digits.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let decimals = if percent >= 10.0 {
        0
    } else if percent >= 1.0 {
        1
    } else {
        2
    };
    format!("{percent:.decimals$} %")
}
