//! How outputs of questions are named and written.

use super::Unit;
use super::finding::difference_text;
use super::headline::people;
use super::sentence_case::capitalised;
use crate::experiment::Output;
use crate::observe::metric;
use crate::scenario::{Form, Term};
use crate::stats::Estimate;

/// How an output is written in charts, and what its values are divided by.
pub(super) fn drawn_in(output: &Output) -> (Unit, f64) {
    match output.unit() {
        metric::Unit::Share => (Unit::Percent, 1.0),
        metric::Unit::Orders | metric::Unit::Cases | metric::Unit::SellerDays => (Unit::Count, 1.0),
        metric::Unit::Hours => (Unit::Hours, 1.0),
        metric::Unit::Cents => (Unit::Money, 100.0),
        metric::Unit::Points | metric::Unit::None => (Unit::Ratio, 1.0),
    }
}

/// Its name and unit as people read them.
pub(super) fn title_of(output: &Output) -> String {
    let unit = match output.unit() {
        metric::Unit::Share => ", %",
        metric::Unit::Hours => ", hours",
        metric::Unit::Cents => ", currency units",
        metric::Unit::Points => ", points",
        _ => "",
    };
    format!("{}{unit}", words_of(output))
}

/// Its name as people read it, with the groups that its metrics are of.
pub(super) fn words_of(output: &Output) -> String {
    let term = |term: &Term| match &term.group {
        Some((_, group)) => format!("{} ({group})", term.metric.label()),
        None => term.metric.label().to_owned(),
    };
    match &output.measure.form {
        Form::One(only) => term(only),
        Form::Difference(first, second) => format!("{} less {}", term(first), term(second)),
        Form::Ratio(first, second) => format!("{} over {}", term(first), term(second)),
        Form::Factor(_) => output.name().replace('_', " "),
    }
}

/// The name alone, as a heading begins with it.
pub(super) fn heading_of(output: &Output) -> String {
    capitalised(&words_of(output))
}

/// A difference as people read it: of shares in percentage points.
pub(super) fn effect_shown(output: &Output, difference: f64) -> String {
    match output.measure.form {
        Form::Factor(_) => shown(output, difference),
        _ => difference_text(difference, output.unit()),
    }
}

/// A value as people read it.
pub(crate) fn shown(output: &Output, value: f64) -> String {
    match output.measure.form {
        Form::Factor(_) => format!("{}", (value * 1e6).round() / 1e6),
        _ => people(value, output.unit()),
    }
}

/// A mean with its interval, as people read them; a dash where there is none.
pub(crate) fn shown_estimate(output: &Output, estimate: Option<&Estimate>) -> String {
    let Some(estimate) = estimate else { return "-".to_owned() };
    match estimate.interval.ends() {
        Some((low, high)) if high > low => {
            format!("{} ({} to {})", shown(output, estimate.mean), shown(output, low), shown(output, high))
        }
        _ => shown(output, estimate.mean),
    }
}

/// A mean, what it is, and its interval, as titles say it.
pub(super) fn with_interval(estimate: &Estimate, unit: Unit, what: &str) -> String {
    let mean = unit.value(estimate.mean);
    let interval = estimate.interval.ends().map_or_else(String::new, |(low, high)| {
        format!(" (95 % interval {} to {})", unit.value(low), unit.value(high))
    });
    format!("{mean} {what}{interval}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_its_number_with_the_interval() {
        let estimate = Estimate::of_values(&[0.03, 0.04, 0.05]).unwrap();
        let words = with_interval(&estimate, Unit::Percent, "was refunded");
        assert!(words.starts_with("4 % was refunded (95 % interval 1.") && words.ends_with(" %)"), "{words}");
        let alone = Estimate::of_values(&[0.03]).unwrap();
        assert_eq!(with_interval(&alone, Unit::Percent, "was refunded"), "3 % was refunded");
    }
}
