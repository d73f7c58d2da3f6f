//! What the charts of sweeps have in common: whose responses are drawn, in which unit, and where levels stand.

use super::Unit;
use super::meaning::{ALL_SELLERS, segment_color};
use super::response_curve::Levels;
use super::sentence_case::capitalised;
use crate::engine::World;
use crate::experiment::Scope;
use crate::export::study::FactorRecord;
use crate::observe::Metric;
use crate::observe::metric;
use crate::scenario::duration;
use plotters::style::RGBColor;

/// Hours of a day.
const DAY: f64 = 24.0;

/// Whose responses are drawn.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) scope: Scope,
    pub(super) key: String,
    pub(super) title: String,
    pub(super) color: RGBColor,
}

/// How a metric is written in charts, and what its values are divided by.
pub(super) fn drawn_in(metric: &Metric) -> (Unit, f64) {
    match metric.unit {
        metric::Unit::Share => (Unit::Percent, 1.0),
        metric::Unit::Orders | metric::Unit::Cases | metric::Unit::SellerDays => (Unit::Count, 1.0),
        metric::Unit::Hours => (Unit::Hours, 1.0),
        metric::Unit::Cents => (Unit::Money, 100.0),
        metric::Unit::Points | metric::Unit::None => (Unit::Ratio, 1.0),
    }
}

/// A metric's name and unit as people read them.
pub(super) fn title_of(metric: &Metric) -> String {
    let unit = match metric.unit {
        metric::Unit::Share => ", %",
        metric::Unit::Hours => ", hours",
        metric::Unit::Cents => ", currency units",
        metric::Unit::Points => ", points",
        _ => "",
    };
    format!("{}{unit}", capitalised(metric.label()))
}

/// All sellers together.
pub(super) fn all_sellers() -> Group {
    Group { scope: Scope::World, key: "all".to_owned(), title: "all sellers".to_owned(), color: ALL_SELLERS }
}

/// All sellers, then each segment.
pub(super) fn groups(world: &World) -> Vec<Group> {
    let all = all_sellers();
    let segments = world.sellers.iter().enumerate().map(|(place, segment)| Group {
        scope: Scope::SellerSegment,
        key: segment.name.clone(),
        title: segment.name.clone(),
        color: segment_color(place),
    });
    if world.sellers.len() == 1 { vec![all] } else { std::iter::once(all).chain(segments).collect() }
}

/// The groups that a panel of this unit shows: where it is a total, the sum over segments would press their own lines flat.
pub(super) fn shown_groups(world: &World, unit: Unit) -> Vec<Group> {
    let mut groups = groups(world);
    groups.retain(|group| group.scope != Scope::World || omitted(world, unit).is_empty());
    groups
}

/// What a panel of this unit adds to its title where it leaves out the line of all sellers.
pub(super) fn omitted(world: &World, unit: Unit) -> &'static str {
    let is_total = unit == Unit::Count || unit == Unit::Money;
    if is_total && world.sellers.len() > 1 { " (each segment, without their sum)" } else { "" }
}

/// Says of a subtitle whose lines are drawn, if they are of several segments.
pub(super) fn by_segment(world: &World) -> &'static str {
    if world.sellers.len() > 1 { ", all sellers and by segment" } else { "" }
}

/// The labels as numbers, if all of them are finite numbers.
fn numbers(labels: &[String]) -> Option<Vec<f64>> {
    let number = |label: &String| label.parse::<f64>().ok().filter(|number| number.is_finite());
    labels.iter().map(number).collect()
}

/// The labels in hours, if all of them are durations.
fn hours(labels: &[String]) -> Option<Vec<f64>> {
    labels.iter().map(|label| duration(label).ok().map(|length| length.0 as f64 / 3_600.0)).collect()
}

/// Whether levels go from a lowest to a highest: all of them are numbers or durations.
pub(super) fn is_ordered(labels: &[String]) -> bool {
    numbers(labels).or_else(|| hours(labels)).is_some()
}

/// A level as it stands beside a mark: a duration with two significant digits, a number with three, else as it is.
pub(super) fn brief_level(label: &str) -> String {
    let own = [label.to_owned()];
    if let Some(values) = numbers(&own) {
        return Unit::Ratio.value(values[0]);
    }
    let Some(hours) = hours(&own) else { return label.to_owned() };
    let rounded = |value: f64| {
        let place = if value > 0.0 { 10.0_f64.powi(value.log10().floor() as i32 - 1) } else { 1.0 };
        (value / place).round() * place
    };
    if hours[0] > 3.0 * DAY {
        Unit::Days.value(rounded(hours[0] / DAY))
    } else {
        Unit::Hours.value(rounded(hours[0]))
    }
}

/// Sorts labels that are all numbers or all durations by their value.
pub(super) fn ascend(labels: &mut Vec<String>) {
    if let Some(values) = numbers(labels).or_else(|| hours(labels)) {
        let mut order: Vec<usize> = (0..labels.len()).collect();
        order.sort_by(|&one, &other| values[one].total_cmp(&values[other]));
        *labels = order.into_iter().map(|index| labels[index].clone()).collect();
    }
}

/// Where levels are drawn: by their value where they are numbers or durations; labels of the study's own are names, unless
/// they are plain numbers.
pub(super) fn placed(labels: &[String], factor: &FactorRecord) -> Levels {
    let along = |values: Vec<f64>, unit: Unit| {
        if factor.is_logarithmic && values.iter().all(|&value| value > 0.0) {
            Levels::Logarithmic { values, unit }
        } else {
            Levels::Numeric { values, unit }
        }
    };
    if let Some(values) = numbers(labels) {
        return along(values, Unit::Ratio);
    }
    match hours(labels).filter(|_| !factor.has_own_labels) {
        Some(values) if values.iter().any(|&hours| hours > 3.0 * DAY) => {
            along(values.iter().map(|hours| hours / DAY).collect(), Unit::Days)
        }
        Some(values) => along(values, Unit::Hours),
        None => Levels::Named(labels.to_vec()),
    }
}

/// Whether a factor varies the seed, so that all that it does is chance.
pub(super) fn is_seed(factor: &FactorRecord) -> bool {
    factor.keys.iter().any(|key| key == "run.seed")
}

/// What moves with a factor, in a sentence: of each response its name, and whether it differs beyond chance.
pub(super) fn moved(factor: &str, responses: &[(&str, Option<bool>)]) -> String {
    if responses.iter().all(|response| response.1.is_none()) {
        return format!("Responses to {factor}; nothing tells them from chance");
    }
    let moved: Vec<&str> =
        responses.iter().filter(|response| response.1 == Some(true)).map(|response| response.0).collect();
    let factor = capitalised(factor);
    match moved[..] {
        [] => format!("{factor} moves no response beyond chance"),
        [only] => format!("{factor} moves {only} beyond chance"),
        [first, second] => format!("{factor} moves {first} and {second} beyond chance"),
        _ if moved.len() == responses.len() => {
            format!("{factor} moves all {} responses beyond chance", moved.len())
        }
        _ => format!("{factor} moves {} of {} responses beyond chance", moved.len(), responses.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_what_moves_beyond_chance() {
        let said = |is_moved| moved("steering", &[("dispute rate", Some(false)), ("refund share", is_moved)]);
        assert_eq!(said(Some(false)), "Steering moves no response beyond chance");
        assert_eq!(said(Some(true)), "Steering moves refund share beyond chance");
        assert_eq!(
            moved("steering", &[("dispute rate", None)]),
            "Responses to steering; nothing tells them from chance"
        );
    }

    #[test]
    fn a_level_beside_a_mark_is_rounded() {
        assert_eq!(
            ["8h 29m 7s", "7d 5h 11m", "0.123456", "careful", "0s"].map(brief_level),
            ["8.5 h", "7.2 d", "0.123", "careful", "0 h"]
        );
    }

    #[test]
    fn labels_that_are_numbers_or_durations_are_placed_by_value() {
        let levels = |labels: &[&str], has_own_labels| {
            let factor = FactorRecord { has_own_labels, ..FactorRecord::default() };
            let mut labels: Vec<String> = labels.iter().copied().map(str::to_owned).collect();
            ascend(&mut labels);
            placed(&labels, &factor)
        };
        let numeric = |values: &[f64], unit| Levels::Numeric { values: values.to_vec(), unit };
        assert_eq!(levels(&["0.5", "0.1", "10"], false), numeric(&[0.1, 0.5, 10.0], Unit::Ratio));
        assert_eq!(levels(&["2d", "6h", "1d 12h"], false), numeric(&[6.0, 36.0, 48.0], Unit::Hours));
        assert_eq!(levels(&["5d", "12h"], false), numeric(&[0.5, 5.0], Unit::Days));
        assert_eq!(levels(&["2 d", "6 h"], true), Levels::Named(vec!["6 h".to_owned(), "2 d".to_owned()]));
        assert_eq!(levels(&["b", "a"], false), Levels::Named(vec!["b".to_owned(), "a".to_owned()]));
    }
}
