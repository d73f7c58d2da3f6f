//! The charts of a sweep: response curves of each factor and heat maps of two, or of other designs dots and main effects.

use super::Heading;
use super::design_charts;
use super::file_names::tell_apart;
use super::heat_map::{HeatMap, HeatPanel};
use super::response_curve::{Levels, ResponseCurve, ResponsePanel};
use super::run_charts::NamedChart;
use super::series::{Band, Series};
use super::sweep_words::{Group, ascend, capitalised, drawn_in, groups, placed, shown_groups, title_of};
use crate::engine::World;
use crate::experiment::SweepPoint;
use crate::export::study::{FactorRecord, StudyRecord};
use crate::observe::Metric;
use crate::stats::Estimate;
use std::collections::BTreeSet;

/// A grid of design points: factors with their levels, and the results by place.
#[derive(Debug)]
struct Grid<'a> {
    factors: &'a [FactorRecord],
    /// Labels of each factor: ascending where they are numbers or durations, otherwise in the order of the design.
    levels: Vec<Vec<String>>,
    points: &'a [SweepPoint],
}

/// What a reader has to know of the charts of a sweep, if anything: a grid that lacks points, or factors that are not drawn.
pub fn remark(study: &StudyRecord, points: &[SweepPoint]) -> Option<String> {
    if Grid::of(&study.factors, points).is_some() {
        return None;
    }
    let most = design_charts::MOST_FACTORS;
    if study.factors.len() > most {
        let all = study.factors.len();
        return Some(format!("Charts show the first {most} of {all} factors; sweep.csv has all."));
    }
    (study.design == "grid").then(|| {
        "Not every combination of the factors' levels was finished: the charts show the points that were."
            .to_owned()
    })
}

/// Every chart of a sweep: over all combinations of its factors' levels, which a design of one factor always is, response
/// curves and heat maps; of other designs dots with a curve through them, and main effects.
pub fn charts(
    name: &str,
    study: &StudyRecord,
    world: &World,
    points: &[SweepPoint],
    responses: &[&'static Metric],
) -> Vec<NamedChart> {
    let Some(grid) = Grid::of(&study.factors, points) else {
        let mut charts = design_charts::charts(name, study, world, points, responses);
        tell_apart(&mut charts);
        return charts;
    };
    let mut charts: Vec<NamedChart> =
        (0..study.factors.len()).map(|factor| grid.curves(name, factor, world, responses)).collect();
    if let [across, up] = grid.levels.as_slice()
        && across.len() > 1
        && up.len() > 1
    {
        charts.extend(groups(world).iter().map(|group| grid.heat_map(name, group, responses)));
    }
    tell_apart(&mut charts);
    charts
}

impl<'a> Grid<'a> {
    /// The grid that the points make; `None` if a combination is missing.
    fn of(factors: &'a [FactorRecord], points: &'a [SweepPoint]) -> Option<Self> {
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

    /// Responses to one factor, one line per seller segment.
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
                let shown = shown_groups(world, unit).into_iter();
                let series = shown.map(|group| self.line(&along, &group, metric, scale)).collect();
                ResponsePanel { title: title_of(metric), unit, series, levels: None, dots: Vec::new() }
            })
            .collect();
        let levels = placed(&self.levels[factor], &self.factors[factor]);
        let marks = if matches!(levels, Levels::Named(_)) { "bars" } else { "bands" };
        let fixed: Vec<String> = (0..self.factors.len())
            .filter(|&other| other != factor)
            .map(|other| format!("{} at {}", self.factors[other].name, middle[other]))
            .collect();
        let fixed = if fixed.is_empty() { String::new() } else { format!("; {}", fixed.join(", ")) };
        let chart = ResponseCurve {
            heading: Heading::new(
                format!("How {} shifts disputes and penalties", self.factors[factor].name),
                format!("Study {name}, by seller segment{fixed}; {marks} are 95 % intervals of the mean"),
            )
            .if_empty("no response was defined"),
            x_title: self.factors[factor].name.clone(),
            levels,
            panels,
            shares_y: false,
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
