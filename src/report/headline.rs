//! The headline numbers of a run in words for people.

use crate::experiment::{Scope, Summary};
use crate::observe::metric::Unit;
use crate::stats::Estimate;

/// What the table shows, with words for people.
const ROWS: &[(&str, &str)] = &[
    ("orders placed", "orders_placed"),
    ("cancelled before shipment", "orders_cancelled"),
    ("  with a seller's reason", "orders_cancelled_seller_reason"),
    ("not-sold rate (R4)", "not_sold_rate"),
    ("disputes filed", "disputes_filed"),
    ("dispute rate (R7)", "dispute_rate"),
    ("executed by silence (R8)", "auto_executed_share"),
    ("median answer (R11)", "response_delay_p50"),
    ("refunded, of paid", "refund_share"),
    ("seller-days demoted", "seller_days_demoted"),
    ("seller-days frozen", "seller_days_frozen"),
    ("orders lost to penalties", "orders_lost_to_penalties"),
    ("orders open at the end", "orders_open"),
    ("disputes open at the end", "disputes_open"),
    ("legitimate claims unpaid", "legitimate_claims_unpaid_share"),
    ("penalty AUC", "penalty_auc"),
];

/// A number as people read it, in its unit.
pub fn people(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => format!("{:.2} %", value * 100.0),
        Unit::Hours => format!("{value:.1} h"),
        Unit::Cents => grouped((value / 100.0).round() as i64),
        Unit::None => format!("{value:.3}"),
        Unit::Points => format!("{value:.1}"),
        Unit::Orders | Unit::Cases | Unit::SellerDays => grouped(value.round() as i64),
    }
}

/// Thousands separated by commas.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// The mean and its 95 % interval of one row; a dash where nothing is defined.
fn cells(estimate: Option<&Estimate>, unit: Unit) -> (String, String) {
    let Some(estimate) = estimate else { return ("-".into(), String::new()) };
    let interval = estimate
        .interval
        .map_or_else(String::new, |(low, high)| format!("{} to {}", people(low, unit), people(high, unit)));
    (people(estimate.mean, unit), interval)
}

/// Rows of what a run found: words, mean, and 95 % interval.
pub fn rows(summary: &Summary) -> Vec<[String; 3]> {
    let row_of =
        |name: &str| summary.rows.iter().find(|row| row.scope == Scope::World && row.metric.name == name);
    ROWS.iter()
        .filter_map(|(words, name)| {
            let row = row_of(name)?;
            let (mean, interval) = cells(row.estimate.as_ref(), row.metric.unit);
            Some([(*words).to_owned(), mean, interval])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1000), "1,000");
        assert_eq!(grouped(-12_345_678), "-12,345,678");
    }
}
