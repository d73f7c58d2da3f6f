//! How outputs of questions are named and written.

use super::Unit;
use super::headline::people;
use crate::experiment::Output;
use crate::observe::metric;
use crate::scenario::Form;
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
    format!("{}{unit}", output.name().replace('_', " "))
}

/// The name alone, as a heading begins with it.
pub(super) fn heading_of(output: &Output) -> String {
    let words = output.name().replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// A value as people read it.
pub fn shown(output: &Output, value: f64) -> String {
    match output.measure.form {
        Form::Factor(_) => format!("{}", (value * 1e6).round() / 1e6),
        _ => people(value, output.unit()),
    }
}

/// A mean with its interval, as people read them; a dash where there is none.
pub fn shown_estimate(output: &Output, estimate: Option<&Estimate>) -> String {
    let Some(estimate) = estimate else { return "-".to_owned() };
    match estimate.interval.ends() {
        Some((low, high)) if high > low => {
            format!("{} ({} to {})", shown(output, estimate.mean), shown(output, low), shown(output, high))
        }
        _ => shown(output, estimate.mean),
    }
}
