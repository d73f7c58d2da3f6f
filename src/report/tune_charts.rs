//! The charts of a selection: candidates with their intervals, the front of two objectives, and the best as a detector.

use super::ladder::{Ladder, LadderRow};
use super::output_words::{drawn_in, heading_of, shown, title_of};
use super::plane::{Curve, Dot, Plane};
use super::run_charts::NamedChart;
use super::tune_words::candidate_name;
use super::{Heading, Unit};
use crate::experiment::Output;
use crate::experiment::tune::{CandidateOutcome, Status, TuneOutcome};
use crate::stats::Estimate;
use crate::stats::detector::{Detector, OperatingPoint, Share};

/// The most candidates that a chart has rows for.
const MOST_ROWS: usize = 40;

/// What may become of candidates, in the order of colours.
const CLASSES: [Status; 4] = [Status::Best, Status::Alive, Status::Eliminated, Status::Infeasible];

fn class_of(status: Status) -> usize {
    CLASSES.iter().position(|class| *class == status).unwrap_or(0)
}

fn class_names(is_front: bool) -> Vec<String> {
    let name = |status: &Status| match status {
        Status::Best if is_front => "on the front",
        Status::Alive => "not distinguishable",
        status => status.name(),
    };
    CLASSES.iter().map(name).map(str::to_owned).collect()
}

/// Every chart of a selection.
pub fn charts(name: &str, factors: &[String], outcome: &TuneOutcome) -> Vec<NamedChart> {
    let mut charts = Vec::new();
    if outcome.rules.objectives.len() == 2 {
        charts.push(NamedChart { name: "front".into(), chart: front(name, factors, outcome).into() });
    }
    for (place, output) in outcome.rules.outputs().enumerate() {
        if !output.is_factor() {
            let chart = ladder(name, factors, outcome, place, output);
            charts.push(NamedChart { name: format!("candidates_{}", output.name()), chart: chart.into() });
        }
    }
    if let Some(detector) = &outcome.detector {
        let best =
            outcome.best.map_or_else(String::new, |best| candidate_name(factors, &outcome.candidates[best]));
        charts.push(NamedChart { name: "roc".into(), chart: roc(name, &best, detector).into() });
        charts.push(NamedChart {
            name: "precision_recall".into(),
            chart: precision_recall(name, &best, detector).into(),
        });
    }
    charts
}

/// The candidates to draw: all, or those of most interest, in the order of their numbers.
fn drawn(outcome: &TuneOutcome) -> Vec<&CandidateOutcome> {
    let mut order: Vec<usize> = (0..outcome.candidates.len()).collect();
    let goal = outcome.rules.objectives[0].0;
    let merit = |number: usize| {
        outcome.candidates[number].estimates[0]
            .map_or(f64::NEG_INFINITY, |estimate| goal.merit(estimate.mean))
    };
    order.sort_by(|&a, &b| {
        let class = |number: usize| class_of(outcome.candidates[number].status);
        class(a).cmp(&class(b)).then(merit(b).total_cmp(&merit(a)))
    });
    order.truncate(MOST_ROWS);
    order.sort_unstable();
    order.into_iter().map(|number| &outcome.candidates[number]).collect()
}

fn ladder(name: &str, factors: &[String], outcome: &TuneOutcome, place: usize, output: &Output) -> Ladder {
    let (unit, scale) = drawn_in(output);
    let drawn = drawn(outcome);
    let row = |candidate: &&CandidateOutcome| {
        let estimate = candidate.estimates[place];
        let ends = |pick: fn((f64, f64)) -> f64| interval(estimate.as_ref()).map_or(f64::NAN, pick) / scale;
        LadderRow {
            name: if factors.len() == 1 {
                candidate.point.labels[0].clone()
            } else {
                candidate.point.labels.join(", ")
            },
            value: estimate.map_or(f64::NAN, |estimate| estimate.mean / scale),
            interval: (ends(|interval| interval.0), ends(|interval| interval.1)),
            words: estimate.map_or("-".into(), |estimate| shown(output, estimate.mean)),
            class: class_of(candidate.status),
        }
    };
    let limits = outcome.rules.objectives.len();
    let limit = place.checked_sub(limits).and_then(|at| outcome.rules.limits.get(at));
    let of_all = if drawn.len() < outcome.candidates.len() {
        format!("; {} of {} candidates", drawn.len(), outcome.candidates.len())
    } else {
        String::new()
    };
    Ladder {
        heading: Heading::new(
            format!("{} by {}", heading_of(output), factors.join(" and ")),
            format!("Study {name}: means with 95 % intervals{of_all}"),
        )
        .if_empty("no candidate has a value"),
        x_title: title_of(output),
        unit,
        classes: class_names(outcome.rules.objectives.len() == 2),
        rows: drawn.iter().map(row).collect(),
        limit: limit
            .map(|(output, limit)| (limit.limit / scale, format!("limit {}", shown(output, limit.limit)))),
    }
}

fn interval(estimate: Option<&Estimate>) -> Option<(f64, f64)> {
    estimate.and_then(|estimate| estimate.interval.ends())
}

fn front(name: &str, factors: &[String], outcome: &TuneOutcome) -> Plane {
    let outputs: Vec<&Output> = outcome.rules.objectives.iter().map(|(_, output)| output).collect();
    let drawn_in = [drawn_in(outputs[0]), drawn_in(outputs[1])];
    let mean = |candidate: &CandidateOutcome, at: usize| {
        candidate.estimates[at].map_or(f64::NAN, |estimate| estimate.mean / drawn_in[at].1)
    };
    let ends = |candidate: &CandidateOutcome, at: usize| {
        let scale = drawn_in[at].1;
        interval(candidate.estimates[at].as_ref())
            .map_or((f64::NAN, f64::NAN), |(low, high)| (low / scale, high / scale))
    };
    let dot = |candidate: &CandidateOutcome| Dot {
        at: (mean(candidate, 0), mean(candidate, 1)),
        x: ends(candidate, 0),
        y: ends(candidate, 1),
        label: if candidate.status == Status::Best {
            candidate.point.labels.join(", ")
        } else {
            String::new()
        },
        class: class_of(candidate.status),
    };
    let on_front = outcome.candidates.iter().filter(|candidate| candidate.status == Status::Best);
    let mut points: Vec<(f64, f64)> = on_front.map(|each| (mean(each, 0), mean(each, 1))).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    Plane {
        heading: Heading::new(
            format!("{} against {}", heading_of(outputs[0]), outputs[1].name().replace('_', " ")),
            format!(
                "Study {name}: a dot per {}, with 95 % intervals; the line joins what is surely on the front",
                factors.join(" and ")
            ),
        )
        .if_empty("no candidate has both values"),
        titles: [title_of(outputs[0]), title_of(outputs[1])],
        units: [drawn_in[0].0, drawn_in[1].0],
        range: None,
        curves: vec![Curve { points, ..Curve::default() }],
        classes: class_names(true),
        dots: outcome.candidates.iter().map(dot).collect(),
    }
}

/// The threshold at which penalties themselves flag: any penalised day.
pub fn operating_point(detector: &Detector) -> Option<&OperatingPoint> {
    detector.points.iter().rev().find(|point| point.threshold >= 1.0 && point.threshold.is_finite())
}

fn dot(x: Option<Share>, y: Option<Share>, label: &str) -> Option<Dot> {
    let (x, y) = (x?, y?);
    Some(Dot { at: (x.share, y.share), x: x.interval, y: y.interval, label: label.to_owned(), class: 0 })
}

const FLAGGED: &str = "penalised at all";

fn roc(name: &str, best: &str, detector: &Detector) -> Plane {
    let pairs = detector.points.iter().filter_map(|point| Some((point.false_positive_rate?, point.recall?)));
    let pairs: Vec<(Share, Share)> = pairs.collect();
    let area = detector.area.map_or_else(String::new, |area| {
        format!("; area {:.3} ({:.3} to {:.3})", area.share, area.interval.0, area.interval.1)
    });
    let operating = operating_point(detector);
    Plane {
        heading: Heading::new(
            format!("Penalised days as a detector of bad sellers: {best}"),
            format!("Study {name}: sellers flagged from so many penalised days on, all replications together{area}"),
        )
        .if_empty("there are not both good and bad sellers"),
        titles: ["good sellers flagged, %".into(), "bad sellers flagged (recall), %".into()],
        units: [Unit::Percent, Unit::Percent],
        range: Some((0.0, 1.0)),
        curves: vec![
            Curve { points: vec![(0.0, 0.0), (1.0, 1.0)], is_reference: true, label: "chance".into(), ..Curve::default() },
            Curve {
                points: pairs.iter().map(|(x, y)| (x.share, y.share)).collect(),
                band: pairs.iter().map(|(_, y)| y.interval).collect(),
                ..Curve::default()
            },
        ],
        classes: vec![FLAGGED.to_owned()],
        dots: operating.and_then(|point| dot(point.false_positive_rate, point.recall, "")).into_iter().collect(),
    }
}

fn precision_recall(name: &str, best: &str, detector: &Detector) -> Plane {
    let pairs = detector.points.iter().filter_map(|point| Some((point.recall?, point.precision?)));
    let pairs: Vec<(Share, Share)> = pairs.collect();
    let base = detector.base_rate.map_or(f64::NAN, |base| base.share);
    let operating = operating_point(detector);
    Plane {
        heading: Heading::new(
            format!("Of the sellers that are flagged, how many are bad: {best}"),
            format!("Study {name}: precision that goes with each recall, with 95 % intervals; {:.1} % of sellers are bad", base * 100.0),
        )
        .if_empty("nobody is flagged"),
        titles: ["bad sellers flagged (recall), %".into(), "flagged sellers that are bad (precision), %".into()],
        units: [Unit::Percent, Unit::Percent],
        range: Some((0.0, 1.0)),
        curves: vec![
            Curve {
                points: vec![(0.0, base), (1.0, base)],
                is_reference: true,
                label: "base rate".into(),
                ..Curve::default()
            },
            Curve {
                points: pairs.iter().map(|(x, y)| (x.share, y.share)).collect(),
                band: pairs.iter().map(|(_, y)| y.interval).collect(),
                ..Curve::default()
            },
        ],
        classes: vec![FLAGGED.to_owned()],
        dots: operating.and_then(|point| dot(point.recall, point.precision, "")).into_iter().collect(),
    }
}
