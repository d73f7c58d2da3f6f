//! The charts of designs that do not have every combination of their factors' levels: dots and main effects.

use super::response_curve::{Levels, ResponseCurve, ResponsePanel};
use super::run_charts::NamedChart;
use super::scatter::PointGroup;
use super::sentence_case::capitalised;
use super::series::{Band, Series};
use super::sweep_words::{ascend, drawn_in, omitted, placed, shown_groups, title_of};
use super::{Heading, thinning, unit};
use crate::engine::World;
use crate::experiment::{Scope, SweepPoint};
use crate::export::study::{FactorRecord, StudyRecord};
use crate::observe::Metric;
use crate::stats::smooth::{BinMean, loess, main_effect};

/// So many factors are drawn at most; more would be a page that nobody scrolls through.
pub(super) const MOST_FACTORS: usize = 24;

/// Dots of one panel at most.
const MOST_DOTS: usize = 500;

/// Places at which a smooth curve is computed.
const CURVE_PLACES: usize = 41;

/// The part of the points that a smooth curve looks at in one place: little enough to follow a jump, since points that share
/// their random draws have little noise.
const SPAN: f64 = 0.3;

/// Fewer points say nothing of a curve, and it looks at no fewer in one place.
const LEAST_FOR_CURVE: usize = 10;

/// Parts of a factor's range in which means are taken.
const BINS: usize = 5;

/// A part of fewer points has no mean worth the name.
const LEAST_IN_BIN: usize = 3;

/// Where the points of a design lie along one factor.
struct Axis {
    /// The levels, each once; in ascending order if they are numbers.
    levels: Levels,
    /// The place of each point.
    at: Vec<f64>,
}

impl Axis {
    fn of(points: &[SweepPoint], number: usize, factor: &FactorRecord) -> Self {
        let label = |point: &SweepPoint| point.point.labels.get(number).cloned().unwrap_or_default();
        let mut labels: Vec<String> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for point in points {
            if seen.insert(label(point)) {
                labels.push(label(point));
            }
        }
        ascend(&mut labels);
        let levels = placed(&labels, factor);
        let place: std::collections::BTreeMap<String, f64> = match &levels {
            Levels::Numeric { values, .. } | Levels::Logarithmic { values, .. } => {
                labels.into_iter().zip(values.iter().copied()).collect()
            }
            Levels::Named(names) => {
                (0..).map(f64::from).zip(names).map(|(at, name)| (name.clone(), at)).collect()
            }
        };
        let at = points.iter().map(|point| place.get(&label(point)).copied().unwrap_or(f64::NAN)).collect();
        Self { levels, at }
    }

    /// The levels at which a curve is drawn: those of the design if they are few.
    fn of_curve(&self) -> Levels {
        let between = |low: f64, high: f64| -> Vec<f64> {
            let step = (high - low) / (CURVE_PLACES - 1) as f64;
            (0..CURVE_PLACES).map(|place| low + step * place as f64).collect()
        };
        match &self.levels {
            Levels::Numeric { values, unit } if values.len() > CURVE_PLACES => {
                Levels::Numeric { values: between(values[0], values[values.len() - 1]), unit: *unit }
            }
            Levels::Logarithmic { values, unit } if values.len() > CURVE_PLACES => {
                let places = between(values[0].ln(), values[values.len() - 1].ln());
                Levels::Logarithmic { values: places.into_iter().map(f64::exp).collect(), unit: *unit }
            }
            levels => levels.clone(),
        }
    }

    /// Each point's place and response, where it is defined.
    fn with(&self, responses: &[f64]) -> Vec<(f64, f64)> {
        let points = self.at.iter().copied().zip(responses.iter().copied());
        points.filter(|point| point.0.is_finite() && point.1.is_finite()).collect()
    }
}

/// One chart per factor with one dot per design point, and of designs whose factors do not move together one per response with the main
/// effects of all factors.
pub(super) fn charts(
    name: &str,
    study: &StudyRecord,
    world: &World,
    points: &[SweepPoint],
    responses: &[&'static Metric],
) -> Vec<NamedChart> {
    let axes: Vec<Axis> = (study.factors.iter().take(MOST_FACTORS).enumerate())
        .map(|(number, factor)| Axis::of(points, number, factor))
        .collect();
    let dots = axes
        .iter()
        .zip(&study.factors)
        .map(|(axis, factor)| dots(name, &factor.name, axis, points, responses));
    let mut charts: Vec<NamedChart> = dots.collect();
    // Of a list all factors move together, and of a grid that lacks points some do: neither has an effect of one alone.
    if ["lhs", "sobol", "csv"].contains(&study.design.as_str()) {
        let effects = |metric: &&'static Metric| effects(name, study, &axes, world, points, metric);
        charts.extend(responses.iter().map(effects));
    }
    charts
}

/// What a metric of a group is at each point.
fn values(points: &[SweepPoint], scope: Scope, key: &str, metric: &Metric, scale: f64) -> Vec<f64> {
    let value = |point: &SweepPoint| {
        point.summary.find(scope, key, metric.name).map_or(f64::NAN, |estimate| estimate.mean / scale)
    };
    points.iter().map(value).collect()
}

/// A smooth curve at the levels of a factor, along its own axis; it does not leave the range of what the metric can be.
fn curve(points: &[(f64, f64)], levels: &Levels, range: (f64, f64), scale: f64) -> Option<Vec<f64>> {
    let (values, along): (_, fn(f64) -> f64) = match levels {
        Levels::Numeric { values, .. } => (values, |value| value),
        Levels::Logarithmic { values, .. } => (values, f64::ln),
        Levels::Named(_) => return None,
    };
    let points: Vec<(f64, f64)> = points.iter().map(|&(x, y)| (along(x), y)).collect();
    let places: Vec<f64> = values.iter().map(|&value| along(value)).collect();
    let kept = |value: f64| value.clamp(range.0 / scale, range.1 / scale);
    let span = SPAN.max(LEAST_FOR_CURVE as f64 / points.len() as f64).min(1.0);
    let curve = loess(&points, &places, span).into_iter().map(|value| value.map_or(f64::NAN, kept));
    (values.len() > 2).then(|| curve.collect())
}

/// One dot per design point, over one factor.
fn dots(
    name: &str,
    factor: &str,
    axis: &Axis,
    points: &[SweepPoint],
    responses: &[&'static Metric],
) -> NamedChart {
    let levels = axis.of_curve();
    let mut has_curve = false;
    let panels = responses.iter().map(|metric| {
        let (unit, scale) = drawn_in(metric);
        let there = axis.with(&values(points, Scope::World, "all", metric, scale));
        let mut series = Vec::new();
        if there.len() >= LEAST_FOR_CURVE
            && let Some(curve) = curve(&there, &levels, metric.estimator().range(), scale)
        {
            series.push(Series::new("smooth curve through all of them", curve));
            has_curve = true;
        }
        let points = thinning::evenly(&there, MOST_DOTS.min(there.len()));
        let dots = vec![PointGroup { name: "a design point, all sellers".to_owned(), points, color: None }];
        ResponsePanel { title: title_of(metric), unit, series, levels: None, dots }
    });
    let panels = panels.collect();
    let thinned = if points.len() > MOST_DOTS {
        format!("; {} of {} points drawn", unit::count(MOST_DOTS), unit::count(points.len()))
    } else {
        String::new()
    };
    let curve = if has_curve { "; the curve is a local linear regression" } else { "" };
    let chart = ResponseCurve {
        heading: Heading::new(
            format!("Disputes and penalties over {factor}"),
            format!(
                "Study {name}; the other factors vary too, which is what spreads the dots{curve}{thinned}"
            ),
        )
        .if_empty("no response was defined"),
        x_title: factor.to_owned(),
        levels,
        panels,
        shares_y: false,
    };
    NamedChart { name: format!("scatter_{factor}"), chart: chart.into() }
}

/// The means of one response by parts of each factor's range, one panel per factor, all on one scale.
fn effects(
    name: &str,
    study: &StudyRecord,
    axes: &[Axis],
    world: &World,
    points: &[SweepPoint],
    metric: &'static Metric,
) -> NamedChart {
    let (unit, scale) = drawn_in(metric);
    // Points of a file lie where its author put them: no law of chance says how far their mean may be off.
    let is_drawn = study.design != "csv";
    let groups = shown_groups(world, unit);
    let panels = axes.iter().zip(&study.factors).map(|(axis, factor)| {
        let mut levels = axis.levels.clone();
        let mut series = Vec::new();
        for group in &groups {
            let there = axis.with(&values(points, group.scope, &group.key, metric, scale));
            let (at, mut line) = means(&group.title, &there, &axis.levels, is_drawn);
            line.color = Some(group.color);
            line.keep_within(metric.estimator().range(), scale);
            if let Levels::Numeric { values, .. } | Levels::Logarithmic { values, .. } = &mut levels {
                // Groups that a response is undefined of somewhere would have other parts: they go by the first.
                if series.is_empty() {
                    *values = at;
                } else if *values != at {
                    continue;
                }
            }
            series.push(line);
        }
        ResponsePanel { title: factor.name.clone(), unit, series, levels: Some(levels), dots: Vec::new() }
    });
    let bars = if is_drawn {
        "bands are 95 % intervals of a part's mean, from the spread of its points"
    } else {
        "means of the points of the file"
    };
    let chart = ResponseCurve {
        heading: Heading::new(
            format!("{}: main effects", title_of(metric)),
            format!(
                "Study {name}, means over parts of each factor's range, the other factors varying{}; {bars}",
                omitted(world, unit)
            ),
        )
        .if_empty("no response was defined, or there are too few points"),
        x_title: capitalised("values of each factor; all panels have the same scale"),
        levels: Levels::Named(Vec::new()),
        panels: panels.collect(),
        shares_y: true,
    };
    NamedChart { name: format!("effects_{}", metric.name), chart: chart.into() }
}

/// The means of points over parts of a range of numbers, or at each of some names, and where they are.
fn means(title: &str, points: &[(f64, f64)], levels: &Levels, is_drawn: bool) -> (Vec<f64>, Series) {
    let parts: Vec<Option<BinMean>> = match levels {
        Levels::Named(names) => (0..names.len())
            .map(|name| {
                let own: Vec<(f64, f64)> =
                    points.iter().copied().filter(|point| (point.0 - name as f64).abs() < 0.5).collect();
                main_effect(&own, 1).pop()
            })
            .collect(),
        Levels::Numeric { .. } | Levels::Logarithmic { .. } => {
            let bins = BINS.min(points.len() / LEAST_IN_BIN);
            main_effect(points, bins).into_iter().map(Some).collect()
        }
    };
    let number = |pick: &dyn Fn(&BinMean) -> Option<f64>| -> Vec<f64> {
        parts.iter().map(|part| part.as_ref().and_then(pick).unwrap_or(f64::NAN)).collect()
    };
    let mut series = Series::new(title, number(&|part| Some(part.mean)));
    if is_drawn {
        let low = number(&|part| part.half_width().map(|half| part.mean - half));
        let high = number(&|part| part.half_width().map(|half| part.mean + half));
        series.band = Some(Band { low, high });
    }
    (number(&|part| Some(part.at)), series)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_range_have_their_own_means_and_names_theirs() {
        let points: Vec<(f64, f64)> = (0..20).map(|at| (f64::from(at), f64::from(2 * at))).collect();
        let numeric = Levels::Numeric {
            values: points.iter().map(|point| point.0).collect(),
            unit: super::super::Unit::Ratio,
        };
        let (at, line) = means("all", &points, &numeric, true);
        assert_eq!((at, line.values), (vec![1.5, 5.5, 9.5, 13.5, 17.5], vec![3.0, 11.0, 19.0, 27.0, 35.0]));
        let named = Levels::Named(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]);
        let (_, line) = means("all", &[(1.0, 4.0), (0.0, 1.0), (1.0, 6.0), (1.0, 5.0)], &named, false);
        assert_eq!(&line.values[..2], [1.0, 5.0]);
        assert!(line.values[2].is_nan() && line.band.is_none());
    }
}
