//! The charts of a sweep: response curves of each factor, and heat maps of two.

use super::file_names::tell_apart;
use super::heat_map::{HeatMap, HeatPanel};
use super::response_curve::{Levels, ResponseCurve, ResponsePanel};
use super::run_charts::NamedChart;
use super::series::{Band, Series};
use super::{Heading, Unit};
use crate::engine::World;
use crate::experiment::{Scope, SweepPoint};
use crate::observe::Metric;
use crate::observe::metric;
use crate::scenario::{Design, Factor, Study, duration};
use crate::stats::Estimate;
use std::collections::BTreeSet;

/// A grid of design points: factors with their levels, and the results by place.
#[derive(Debug)]
struct Grid<'a> {
    factors: &'a [Factor],
    /// Labels of each factor: ascending where they are numbers or durations, otherwise in the order of the design.
    levels: Vec<Vec<String>>,
    points: &'a [SweepPoint],
}

/// Whose responses are drawn.
#[derive(Clone, Debug)]
struct Group {
    scope: Scope,
    key: String,
    title: String,
}

/// How a metric is written in charts, and what its values are divided by.
fn drawn_in(metric: &Metric) -> (Unit, f64) {
    match metric.unit {
        metric::Unit::Share => (Unit::Percent, 1.0),
        metric::Unit::Orders | metric::Unit::Cases | metric::Unit::SellerDays => (Unit::Count, 1.0),
        metric::Unit::Hours => (Unit::Hours, 1.0),
        metric::Unit::Cents => (Unit::Money, 100.0),
        metric::Unit::Points | metric::Unit::None => (Unit::Ratio, 1.0),
    }
}

/// A metric's name and unit as people read them.
fn title_of(metric: &Metric) -> String {
    let name = metric.name.replace('_', " ");
    let unit = match metric.unit {
        metric::Unit::Share => ", %",
        metric::Unit::Hours => ", hours",
        metric::Unit::Cents => ", currency units",
        metric::Unit::Points => ", points",
        _ => "",
    };
    format!("{}{unit}", capitalised(&name))
}

/// Words with their first letter in capitals.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// Why a sweep has no charts, if it has none.
pub fn reason_for_none(study: &Study, points: &[SweepPoint], is_interrupted: bool) -> Option<String> {
    if Grid::of(&study.factors, points).is_some() {
        return None;
    }
    Some(if is_interrupted {
        "No charts: the sweep was interrupted, and they need every combination of the factors' levels."
            .to_owned()
    } else {
        format!(
            "No charts: they need every combination of the factors' levels, which {} of {} factors does not have; \
             sweep.csv holds every point.",
            match study.design {
                Design::Grid => "this grid",
                Design::Lhs => "a Latin hypercube",
                Design::Sobol => "a Sobol design",
            },
            study.factors.len()
        )
    })
}

/// Every chart of a sweep over all combinations of its factors' levels, which a design of one factor always is; none for
/// others.
pub fn charts(
    name: &str,
    factors: &[Factor],
    world: &World,
    points: &[SweepPoint],
    responses: &[&'static Metric],
) -> Vec<NamedChart> {
    let Some(grid) = Grid::of(factors, points) else {
        return Vec::new();
    };
    let mut charts: Vec<NamedChart> =
        (0..factors.len()).map(|factor| grid.curves(name, factor, world, responses)).collect();
    if let [across, up] = grid.levels.as_slice()
        && across.len() > 1
        && up.len() > 1
    {
        charts.extend(groups(world).iter().map(|group| grid.heat_map(name, group, responses)));
    }
    tell_apart(&mut charts);
    charts
}

/// All sellers, then each segment.
fn groups(world: &World) -> Vec<Group> {
    let all = Group { scope: Scope::World, key: "all".to_owned(), title: "all sellers".to_owned() };
    let segments = world.sellers.iter().map(|segment| Group {
        scope: Scope::SellerSegment,
        key: segment.name.clone(),
        title: segment.name.clone(),
    });
    if world.sellers.len() == 1 { vec![all] } else { std::iter::once(all).chain(segments).collect() }
}

impl<'a> Grid<'a> {
    /// The grid that the points make; `None` if a combination is missing.
    fn of(factors: &'a [Factor], points: &'a [SweepPoint]) -> Option<Self> {
        let mut levels: Vec<Vec<String>> = vec![Vec::new(); factors.len()];
        for point in points {
            for (levels, label) in levels.iter_mut().zip(&point.point.labels) {
                if !levels.contains(label) {
                    levels.push(label.clone());
                }
            }
        }
        let cells = levels.iter().map(Vec::len).fold(1, usize::saturating_mul);
        // A design of whole numbers may come to one combination twice.
        let combinations: BTreeSet<&[String]> = points.iter().map(|point| &point.point.labels[..]).collect();
        for labels in &mut levels {
            ascend(labels);
        }
        (cells == combinations.len() && cells > 0).then_some(Self { factors, levels, points })
    }

    /// The result at one combination of labels.
    fn at(&self, labels: &[&str]) -> Option<&SweepPoint> {
        self.points
            .iter()
            .find(|point| point.point.labels.iter().zip(labels).all(|(mine, label)| mine == label))
    }

    fn estimate(&self, labels: &[&str], group: &Group, metric: &Metric) -> Option<&Estimate> {
        self.at(labels).and_then(|point| point.summary.find(group.scope, &group.key, metric.name))
    }

    /// The labels at which the other factors stand while one varies: their middle levels.
    fn middle(&self) -> Vec<&str> {
        self.levels.iter().map(|levels| levels[levels.len() / 2].as_str()).collect()
    }

    /// Responses to one factor, a line a seller segment.
    fn curves(&self, name: &str, factor: usize, world: &World, responses: &[&'static Metric]) -> NamedChart {
        let middle = self.middle();
        let along: Vec<Vec<&str>> = self.levels[factor]
            .iter()
            .map(|label| {
                let mut labels = middle.clone();
                labels[factor] = label;
                labels
            })
            .collect();
        let panels = responses
            .iter()
            .map(|metric| {
                let (unit, scale) = drawn_in(metric);
                let is_total = unit == Unit::Count || unit == Unit::Money;
                let shown = groups(world).into_iter().filter(|group| {
                    // The sum over segments would press the segments' own lines flat.
                    !(is_total && world.sellers.len() > 1 && group.scope == Scope::World)
                });
                let series = shown.map(|group| self.line(&along, &group, metric, scale)).collect();
                ResponsePanel { title: title_of(metric), unit, series }
            })
            .collect();
        let fixed: Vec<String> = (0..self.factors.len())
            .filter(|&other| other != factor)
            .map(|other| format!("{} at {}", self.factors[other].name, middle[other]))
            .collect();
        let fixed = if fixed.is_empty() { String::new() } else { format!("; {}", fixed.join(", ")) };
        let chart = ResponseCurve {
            heading: Heading::new(
                format!("How {} shifts disputes and penalties", self.factors[factor].name),
                format!("Study {name}, by seller segment{fixed}; bands are 95 % intervals of the mean"),
            )
            .if_empty("no response was defined"),
            x_title: self.factors[factor].name.clone(),
            levels: placed(&self.levels[factor], self.factors[factor].has_own_labels()),
            panels,
        };
        NamedChart { name: format!("curves_{}", self.factors[factor].name), chart: chart.into() }
    }

    fn line(&self, along: &[Vec<&str>], group: &Group, metric: &Metric, scale: f64) -> Series {
        let estimates: Vec<Option<&Estimate>> =
            along.iter().map(|labels| self.estimate(labels, group, metric)).collect();
        let values = |pick: fn(&Estimate) -> Option<f64>| -> Vec<f64> {
            let value = |estimate: Option<&Estimate>| estimate.and_then(pick).map_or(f64::NAN, |x| x / scale);
            estimates.iter().copied().map(value).collect()
        };
        let mut series = Series::new(group.title.clone(), values(|estimate| Some(estimate.mean)));
        if estimates.iter().flatten().any(|estimate| estimate.interval.ends().is_some()) {
            series.band = Some(Band {
                low: values(|estimate| estimate.interval.ends().map(|ends| ends.0)),
                high: values(|estimate| estimate.interval.ends().map(|ends| ends.1)),
            });
        }
        series
    }

    /// Responses of one group to two factors: the first along x, the second along y.
    fn heat_map(&self, name: &str, group: &Group, responses: &[&'static Metric]) -> NamedChart {
        let panels = responses
            .iter()
            .map(|metric| {
                let (unit, scale) = drawn_in(metric);
                let cell = |x: &String, y: &String| {
                    self.estimate(&[x, y], group, metric).map_or(f64::NAN, |estimate| estimate.mean / scale)
                };
                let rows = self.levels[1]
                    .iter()
                    .map(|y| self.levels[0].iter().map(|x| cell(x, y)).collect())
                    .collect();
                HeatPanel { title: title_of(metric), unit, rows }
            })
            .collect();
        let chart = HeatMap {
            heading: Heading::new(
                format!(
                    "{} and {}: {}",
                    capitalised(&self.factors[0].name),
                    self.factors[1].name,
                    group.title
                ),
                format!("Study {name}, means over replications; each panel has its own scale"),
            )
            .if_empty("no response was defined"),
            x_title: self.factors[0].name.clone(),
            x_levels: self.levels[0].clone(),
            y_title: self.factors[1].name.clone(),
            y_levels: self.levels[1].clone(),
            panels,
        };
        NamedChart { name: format!("heat_map_{}", group.title), chart: chart.into() }
    }
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

/// Sorts labels that are all numbers or all durations by their value.
fn ascend(labels: &mut Vec<String>) {
    if let Some(values) = numbers(labels).or_else(|| hours(labels)) {
        let mut order: Vec<usize> = (0..labels.len()).collect();
        order.sort_by(|&one, &other| values[one].total_cmp(&values[other]));
        *labels = order.into_iter().map(|index| labels[index].clone()).collect();
    }
}

/// Where levels are drawn: by their value where they are numbers or durations; labels of the study's own are names, unless
/// they are plain numbers.
fn placed(labels: &[String], are_own: bool) -> Levels {
    const DAY: f64 = 24.0;
    if let Some(values) = numbers(labels) {
        return Levels::Numeric { values, unit: Unit::Ratio };
    }
    match hours(labels).filter(|_| !are_own) {
        Some(values) if values.iter().any(|&hours| hours > 3.0 * DAY) => {
            Levels::Numeric { values: values.iter().map(|hours| hours / DAY).collect(), unit: Unit::Days }
        }
        Some(values) => Levels::Numeric { values, unit: Unit::Hours },
        None => Levels::Named(labels.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_are_numbers_or_durations_are_placed_by_value() {
        let levels = |labels: &[&str], are_own| {
            let mut labels: Vec<String> = labels.iter().copied().map(str::to_owned).collect();
            ascend(&mut labels);
            placed(&labels, are_own)
        };
        let numeric = |values: &[f64], unit| Levels::Numeric { values: values.to_vec(), unit };
        assert_eq!(levels(&["0.5", "0.1", "10"], false), numeric(&[0.1, 0.5, 10.0], Unit::Ratio));
        assert_eq!(levels(&["2d", "6h", "1d 12h"], false), numeric(&[6.0, 36.0, 48.0], Unit::Hours));
        assert_eq!(levels(&["5d", "12h"], false), numeric(&[0.5, 5.0], Unit::Days));
        assert_eq!(levels(&["2 d", "6 h"], true), Levels::Named(vec!["6 h".to_owned(), "2 d".to_owned()]));
        assert_eq!(levels(&["b", "a"], false), Levels::Named(vec!["b".to_owned(), "a".to_owned()]));
    }
}
