//! The headline numbers of a run in words for people.

use crate::experiment::{Scope, Summary};
use crate::observe::Metric;
use crate::observe::metric::Unit;
use crate::stats::{Estimate, Interval, Reason};

/// The metrics that the table shows.
pub const HEADLINE: &[&str] = &[
    "orders_placed",
    "orders_cancelled",
    "orders_cancelled_seller_reason",
    "not_sold_rate",
    "disputes_filed",
    "dispute_rate",
    "auto_executed_share",
    "response_delay_p50",
    "refund_share",
    "value_refunded",
    "seller_days_demoted",
    "seller_days_frozen",
    "orders_lost_to_penalties",
    "orders_open",
    "disputes_open",
    "legitimate_claims_unpaid_share",
    "penalty_auc",
];

/// A metric's name for people, with the unit that its numbers do not carry.
pub fn label(metric: &Metric) -> String {
    let unit = match metric.unit {
        Unit::Cents => ", currency units",
        Unit::Points => ", points",
        _ => "",
    };
    format!("{}{unit}", metric.label())
}

/// A mean with its interval in a few characters: `1.76 % (1.74 to 1.78)`; a dash where nothing is defined.
pub fn brief(estimate: Option<&Estimate>, unit: Unit) -> String {
    let (mean, interval) = cells(estimate, unit);
    let interval = interval.replace(" %", "").replace(" h", "");
    if interval.is_empty() { mean } else { format!("{mean} ({interval})") }
}

/// A number as people read it, in its unit.
pub fn people(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => fixed(value * 100.0, 2) + " %",
        Unit::Hours => fixed(value, 1) + " h",
        Unit::Cents => counted(value / 100.0),
        Unit::None => fixed(value, 3),
        Unit::Points => fixed(value, 1),
        Unit::Orders | Unit::Cases | Unit::SellerDays => counted(value),
    }
}

/// With so many decimals, or as many as two significant digits need: what is not 0 is not written as 0, and 0 has no sign.
fn fixed(value: f64, decimals: usize) -> String {
    let size = value.abs();
    let first_digit = if size > 0.0 { (-size.log10().floor()) as usize } else { 0 };
    match first_digit {
        0 if size <= 0.0 => format!("{:.decimals$}", 0.0),
        place if place > 9 => format!("{value:.1e}"),
        place if place > decimals.saturating_sub(1) => format!("{value:.*}", decimals.max(place + 1)),
        _ => format!("{value:.decimals$}"),
    }
}

/// What is counted: whole from a hundred on, with thousands separated by commas; below, the three significant digits that a
/// mean of a few has.
fn counted(value: f64) -> String {
    let size = value.abs();
    if size >= 99.95 {
        return grouped(value.round() as i64);
    }
    let decimals = if size >= 9.995 { 1 } else { 2 };
    let text = fixed(value, decimals);
    if text.contains('.') && !text.contains('e') {
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    text
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

/// The interval, the bound, or in a word why there is none.
fn interval(interval: Interval, unit: Unit) -> String {
    match interval {
        // Beside the other end a lower one of less than a thousandth is 0 for people, who then see a wider interval.
        Interval::TwoSided { low, high } => {
            let low = if low > 0.0 && low < high / 1000.0 { 0.0 } else { low };
            format!("{} to {}", people(low, unit), people(high, unit))
        }
        Interval::UpperBound { high, .. } => format!("at most {}", people(high, unit)),
        Interval::LowerBound { low, .. } => format!("at least {}", people(low, unit)),
        Interval::Unknown(Reason::OneReplication) => String::new(),
        Interval::Unknown(Reason::AllEqual) => "all replications equal".to_owned(),
        Interval::Unknown(Reason::NothingSeen) => "none seen".to_owned(),
    }
}

/// A mean with its interval in brackets, where both ends have the unit that the mean has; its bound, if it has only one.
pub fn with_interval(estimate: &Estimate, unit: Unit) -> String {
    let mean = people(estimate.mean, unit);
    match estimate.interval {
        Interval::TwoSided { .. } | Interval::UpperBound { .. } | Interval::LowerBound { .. } => {
            let ends = interval(estimate.interval, unit);
            let ends = if unit == Unit::Share { ends.replacen(" % to ", " to ", 1) } else { ends };
            format!("{mean} ({ends})")
        }
        Interval::Unknown(_) => mean,
    }
}

/// The mean of one row and where it lies; a dash where nothing is defined.
fn cells(estimate: Option<&Estimate>, unit: Unit) -> (String, String) {
    let Some(estimate) = estimate else { return ("-".into(), String::new()) };
    (people(estimate.mean, unit), interval(estimate.interval, unit))
}

/// Rows of what a run found: words, mean, and 95 % interval.
pub fn rows(summary: &Summary) -> Vec<[String; 3]> {
    let row_of =
        |name: &str| summary.rows.iter().find(|row| row.scope == Scope::World && row.metric.name == name);
    HEADLINE
        .iter()
        .filter_map(|name| {
            let row = row_of(name)?;
            let (mean, interval) = cells(row.estimate.as_ref(), row.metric.unit);
            Some([label(row.metric), mean, interval])
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

    #[test]
    fn nothing_that_happened_is_written_as_zero_and_zero_has_no_sign() {
        assert_eq!(people(-1e-19, Unit::Share), "-1.0e-17 %");
        assert_eq!(people(-0.0, Unit::Share), "0.00 %");
        assert_eq!(people(1.3e-7, Unit::Share), "0.000013 %");
        assert_eq!(people(0.000_04, Unit::Share), "0.0040 %");
        assert_eq!(people(0.000_4, Unit::Share), "0.040 %");
        assert_eq!(people(0.0216, Unit::Share), "2.16 %");
        assert_eq!(people(-0.000_2, Unit::None), "-0.00020");
        assert_eq!(people(0.3, Unit::Cases), "0.3");
        assert_eq!(people(0.004, Unit::Cases), "0.004");
        assert_eq!(people(2.0, Unit::Cases), "2");
        assert_eq!(people(12.34, Unit::SellerDays), "12.3");
        assert_eq!(people(1234.5, Unit::Orders), "1,235");
        assert_eq!(people(0.0, Unit::Orders), "0");
    }

    #[test]
    fn a_bound_is_called_one_and_no_count_is_less_than_nothing() {
        use crate::stats::{Estimator, Observation};
        let words = |estimator, values: &[f64], unit| {
            let observed: Vec<Observation> = values.iter().copied().map(Observation::Value).collect();
            cells(Estimate::new(estimator, &observed).as_ref(), unit).1
        };
        assert_eq!(words(Estimator::Count, &[0.0; 10], Unit::Cases), "at most 0.37");
        assert_eq!(words(Estimator::Total, &[0.0; 10], Unit::SellerDays), "none seen");
        assert_eq!(words(Estimator::Total, &[48.0; 5], Unit::Hours), "all replications equal");
        let words = words(Estimator::Count, &[5.0, 1.0, 1.0], Unit::Cases);
        assert!(words.contains(" to ") && !words.contains('-'), "{words}");
    }
}
