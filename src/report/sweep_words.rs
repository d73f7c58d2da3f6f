//! What the charts of sweeps have in common: whose responses are drawn, in which unit, and where levels stand.

use super::Unit;
use super::meaning::{ALL_SELLERS, segment_color};
use super::response_curve::Levels;
use crate::engine::World;
use crate::experiment::Scope;
use crate::export::study::FactorRecord;
use crate::observe::Metric;
use crate::observe::metric;
use crate::scenario::duration;
use crate::stats::Estimate;
use plotters::style::RGBColor;

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

/// Words with their first letter in capitals.
pub(super) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// All sellers, then each segment.
pub(super) fn groups(world: &World) -> Vec<Group> {
    let all = Group {
        scope: Scope::World,
        key: "all".to_owned(),
        title: "all sellers".to_owned(),
        color: ALL_SELLERS,
    };
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
    let is_total = unit == Unit::Count || unit == Unit::Money;
    groups.retain(|group| !(is_total && world.sellers.len() > 1 && group.scope == Scope::World));
    groups
}

/// The labels as numbers, if all of them are finite numbers.
pub(super) fn numbers(labels: &[String]) -> Option<Vec<f64>> {
    let number = |label: &String| label.parse::<f64>().ok().filter(|number| number.is_finite());
    labels.iter().map(number).collect()
}

/// The labels in hours, if all of them are durations.
pub(super) fn hours(labels: &[String]) -> Option<Vec<f64>> {
    labels.iter().map(|label| duration(label).ok().map(|length| length.0 as f64 / 3_600.0)).collect()
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
    const DAY: f64 = 24.0;
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

/// Whether estimates lie within their noise: one value is in the intervals of all. `None` where none has an interval.
pub(super) fn is_within_noise<'a>(estimates: impl IntoIterator<Item = &'a Estimate>) -> Option<bool> {
    let (mut low, mut high, mut has_interval) = (f64::NEG_INFINITY, f64::INFINITY, false);
    for estimate in estimates {
        let ends = estimate.interval.ends();
        has_interval |= ends.is_some();
        let ends = ends.unwrap_or((estimate.mean, estimate.mean));
        (low, high) = (low.max(ends.0), high.min(ends.1));
    }
    has_interval.then_some(low <= high)
}

/// What moves with a factor, in a sentence: of each response its name, and whether it stays within its noise.
pub(super) fn moved(factor: &str, responses: &[(&str, Option<bool>)]) -> String {
    if responses.iter().all(|response| response.1.is_none()) {
        return format!("Responses to {factor}, without intervals");
    }
    let moved: Vec<&str> =
        responses.iter().filter(|response| response.1 == Some(false)).map(|response| response.0).collect();
    let factor = capitalised(factor);
    let verb = if factor.contains(" and ") { "move" } else { "moves" };
    match moved[..] {
        [] => format!("{factor} {verb} no response beyond its 95 % intervals"),
        [only] => format!("{factor} {verb} {only} beyond its 95 % intervals"),
        [first, second] => format!("{factor} {verb} {first} and {second} beyond their 95 % intervals"),
        _ if moved.len() == responses.len() => {
            format!("{factor} {verb} all {} responses beyond their 95 % intervals", moved.len())
        }
        _ => format!(
            "{factor} {verb} {} of {} responses beyond their 95 % intervals",
            moved.len(),
            responses.len()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_that_nothing_moves_where_all_lies_within_the_noise() {
        let estimate = |values: &[f64]| Estimate::of_values(values).unwrap();
        let (low, near, far) =
            (estimate(&[1.0, 1.2, 1.1]), estimate(&[1.1, 1.3, 1.2]), estimate(&[9.0, 9.1, 9.2]));
        assert_eq!(is_within_noise([&low, &near]), Some(true));
        assert_eq!(is_within_noise([&low, &near, &far]), Some(false));
        assert_eq!(is_within_noise([&estimate(&[1.0])]), None);
        let said = |noise| moved("steering", &[("dispute rate", Some(true)), ("refund share", noise)]);
        assert_eq!(said(Some(true)), "Steering moves no response beyond its 95 % intervals");
        assert_eq!(said(Some(false)), "Steering moves refund share beyond its 95 % intervals");
        assert_eq!(moved("steering", &[("dispute rate", None)]), "Responses to steering, without intervals");
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
