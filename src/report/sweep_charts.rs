//! The charts of a sweep: response curves of each factor and heat maps of two, or of other designs dots and main effects.

use super::Heading;
use super::contrasts::{self, Contrasts};
use super::design_charts;
use super::file_names::tell_apart;
use super::heat_map::{HeatMap, HeatPanel};
use super::response_curve::{Levels, ResponseCurve, ResponsePanel};
use super::run_charts::NamedChart;
use super::sentence_case::capitalised;
use super::series::{Band, Series};
use super::sweep_words::{
    Group, all_sellers, by_segment, drawn_in, groups, is_ordered, is_seed, moved, omitted, placed,
    shown_groups, title_of,
};
use crate::engine::World;
use crate::experiment::SweepPoint;
use crate::export::study::{FactorRecord, StudyRecord};
use crate::observe::Metric;
use crate::stats::Estimate;

/// A grid of design points: factors with their levels, and the results by place.
#[derive(Debug)]
struct Grid<'a> {
    factors: &'a [FactorRecord],
    /// Labels of each factor: ascending where they are numbers or durations, otherwise in the order of the design.
    levels: Vec<Vec<String>>,
    points: &'a [SweepPoint],
    contrasts: &'a Contrasts,
}

/// What a reader has to know of the charts of a sweep, if anything: a grid that lacks points, or factors that are not drawn.
pub fn remark(study: &StudyRecord, points: &[SweepPoint]) -> Option<String> {
    if levels_of(study, points).is_some() {
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

/// The levels of each factor where the points are all combinations of them.
fn levels_of(study: &StudyRecord, points: &[SweepPoint]) -> Option<Vec<Vec<String>>> {
    contrasts::grid(study.factors.len(), points.iter().map(|point| point.point.labels.as_slice()))
}

/// Every chart of a sweep: over all combinations of its factors' levels, which a design of one factor always is, response
/// curves and heat maps; of other designs dots with a curve through them, and main effects.
pub fn charts(
    name: &str,
    study: &StudyRecord,
    world: &World,
    (points, contrasts): (&[SweepPoint], &Contrasts),
    responses: &[&'static Metric],
) -> Vec<NamedChart> {
    let Some(levels) = levels_of(study, points) else {
        let mut charts = design_charts::charts(name, study, world, points, responses);
        tell_apart(&mut charts);
        return charts;
    };
    let grid = Grid { factors: &study.factors, levels, points, contrasts };
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

impl Grid<'_> {
    /// The result at one combination of labels.
    fn at(&self, labels: &[&str]) -> Option<&SweepPoint> {
        self.points
            .iter()
            .find(|point| point.point.labels.iter().zip(labels).all(|(mine, label)| mine == label))
    }

    fn estimate(&self, labels: &[&str], group: &Group, metric: &Metric) -> Option<&Estimate> {
        self.at(labels).and_then(|point| point.summary.find(group.scope, &group.key, metric.name))
    }

    /// Of each response its name, and whether it moves beyond chance with some of the factors.
    fn moves(
        &self,
        factors: &[usize],
        group: &Group,
        responses: &[&'static Metric],
    ) -> Vec<(&'static str, Option<bool>)> {
        let is_moved =
            |metric: &Metric| self.contrasts.is_moved(factors, (group.scope, &group.key), metric.name);
        responses.iter().map(|metric| (metric.label(), is_moved(metric))).collect()
    }

    /// Which levels of a factor its title compares, in words; nothing of seeds.
    fn compared(&self, factor: usize) -> String {
        let (Some(low), Some(high)) = (self.levels[factor].first(), self.levels[factor].last()) else {
            return String::new();
        };
        if is_seed(&self.factors[factor]) {
            return "; only the seed differs".to_owned();
        }
        let with = if is_ordered(&self.levels[factor]) { high.as_str() } else { "the others" };
        format!("; the title compares {low} with {with}, all sellers, in pairs (Holm)")
    }

    /// Responses to one factor, one line per seller segment.
    fn curves(&self, name: &str, factor: usize, world: &World, responses: &[&'static Metric]) -> NamedChart {
        let middle = contrasts::middle(&self.levels);
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
                let title = format!("{}{}", title_of(metric), omitted(world, unit));
                ResponsePanel { title, unit, series, levels: None, dots: Vec::new() }
            })
            .collect();
        let levels = placed(&self.levels[factor], &self.factors[factor]);
        let marks = if matches!(levels, Levels::Named(_)) { "bars" } else { "bands" };
        let marks = self.marks(marks);
        let moves = self.moves(&[factor], &all_sellers(), responses);
        let fixed: Vec<String> = (0..self.factors.len())
            .filter(|&other| other != factor)
            .map(|other| format!("{} at {}", self.factors[other].name, middle[other]))
            .collect();
        let fixed = if fixed.is_empty() { String::new() } else { format!("; {}", fixed.join(", ")) };
        let chart = ResponseCurve {
            heading: Heading::new(
                moved(&self.factors[factor].name, &moves),
                format!("Study {name}{}{fixed}; {marks}{}", by_segment(world), self.compared(factor)),
            )
            .if_empty("no response was defined"),
            x_title: self.factors[factor].name.clone(),
            levels,
            panels,
            shares_y: false,
        };
        NamedChart { name: format!("curves_{}", self.factors[factor].name), chart: chart.into() }
    }

    /// The fewest and the most replications of a point.
    fn replications(&self) -> (usize, usize) {
        let of = |point: &SweepPoint| {
            let estimates = point.summary.rows.iter().filter_map(|row| row.estimate.as_ref());
            estimates.map(|estimate| estimate.replications).max().unwrap_or(0)
        };
        let each = || self.points.iter().map(of);
        (each().min().unwrap_or(0), each().max().unwrap_or(0))
    }

    /// What bars or bands are, over how many replications.
    fn marks(&self, name: &str) -> String {
        match self.replications() {
            (_, 0 | 1) => "one replication, so no intervals".to_owned(),
            (least, most) if least == most => {
                format!("{name} are 95 % intervals of the mean over {most} replications")
            }
            (least, most) => {
                format!("{name} are 95 % intervals of the mean over {least} to {most} replications")
            }
        }
    }

    /// What a cell is, over how many replications.
    fn means(&self) -> String {
        match self.replications().1 {
            0 | 1 => "one replication".to_owned(),
            most => format!(
                "means over {most} replications; grey where neither the ends of a factor nor opposite corners differ beyond chance \
                 (in pairs, Holm)"
            ),
        }
    }

    fn line(&self, along: &[Vec<&str>], group: &Group, metric: &Metric, scale: f64) -> Series {
        let estimates: Vec<Option<&Estimate>> =
            along.iter().map(|labels| self.estimate(labels, group, metric)).collect();
        let values = |pick: fn(&Estimate) -> Option<f64>| -> Vec<f64> {
            let value = |estimate: Option<&Estimate>| estimate.and_then(pick).map_or(f64::NAN, |x| x / scale);
            estimates.iter().copied().map(value).collect()
        };
        let mut series =
            Series::new(group.title.clone(), values(|estimate| Some(estimate.mean))).colored(group.color);
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
        let moves = self.moves(&[0, 1], group, responses);
        let factors = format!("{} or {}", self.factors[0].name, self.factors[1].name);
        let panels = responses
            .iter()
            .zip(&moves)
            .map(|(metric, (_, is_moved))| {
                let (unit, scale) = drawn_in(metric);
                let cell = |x: &String, y: &String| {
                    self.estimate(&[x, y], group, metric).map_or(f64::NAN, |estimate| estimate.mean / scale)
                };
                let rows = self.levels[1]
                    .iter()
                    .map(|y| self.levels[0].iter().map(|x| cell(x, y)).collect())
                    .collect();
                HeatPanel { title: title_of(metric), unit, rows, is_noise: *is_moved == Some(false) }
            })
            .collect();
        let chart = HeatMap {
            heading: Heading::new(
                format!("{}: {}", capitalised(&group.title), moved(&factors, &moves)),
                format!("Study {name}, {}; each panel has its own scale", self.means()),
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
