//! The charts of a selection: candidates with their intervals, the front of two objectives, and the best as a detector.

use super::ladder::{Ladder, LadderRow};
use super::output_words::{drawn_in, heading_of, shown, title_of, words_of};
use super::plane::{Curve, Dot, Plane};
use super::run_charts::NamedChart;
use super::scale;
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
            ladder_title(factors, outcome, place, output),
            format!("Study {name}: means with 95 % intervals over replications{of_all}"),
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

/// What a ladder shows: of the objective what is best, of all else from where to where it goes.
fn ladder_title(factors: &[String], outcome: &TuneOutcome, place: usize, output: &Output) -> String {
    let subject = format!("{} by {}", heading_of(output), factors.join(" and "));
    let is_objective = place == 0 && outcome.rules.objectives.len() == 1;
    if let Some(best) = outcome.best.filter(|_| is_objective)
        && let Some(estimate) = outcome.candidates[best].estimates[place]
    {
        let label = outcome.candidates[best].point.labels.join(", ");
        return format!("{subject}: best at {label} with {}", shown(output, estimate.mean));
    }
    let estimates = || outcome.candidates.iter().filter_map(|candidate| candidate.estimates[place].as_ref());
    if estimates().count() > 1 && is_in_common(estimates()) == Some(true) {
        return format!("{subject}: one value lies in all intervals");
    }
    match scale::extent(estimates().map(|estimate| estimate.mean)) {
        Some((low, high)) => format!("{subject}: {} to {}", shown(output, low), shown(output, high)),
        None => subject,
    }
}

/// Whether one value lies in the intervals of all estimates; `None` where none has an interval.
fn is_in_common<'a>(estimates: impl IntoIterator<Item = &'a Estimate>) -> Option<bool> {
    let (mut low, mut high, mut has_interval) = (f64::NEG_INFINITY, f64::INFINITY, false);
    for estimate in estimates {
        let ends = estimate.interval.ends();
        has_interval |= ends.is_some();
        let ends = ends.unwrap_or((estimate.mean, estimate.mean));
        (low, high) = (low.max(ends.0), high.min(ends.1));
    }
    has_interval.then_some(low <= high)
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
    let of = |status| outcome.candidates.iter().filter(|candidate| candidate.status == status).count();
    let open = match of(Status::Alive) {
        0 => String::new(),
        open => format!(", {open} more may be"),
    };
    let are = if of(Status::Best) == 1 { "is" } else { "are" };
    let title = format!(
        "{} of {} candidates {are} surely on the front{open}",
        of(Status::Best),
        outcome.candidates.len()
    );
    Plane {
        heading: Heading::new(
            title,
            format!(
                "Study {name}: {} against {}, a dot per {}, with 95 % intervals over replications",
                words_of(outputs[0]),
                words_of(outputs[1]),
                factors.join(" and ")
            ),
        )
        .if_empty("no candidate has both values"),
        titles: [title_of(outputs[0]), title_of(outputs[1])],
        units: [drawn_in[0].0, drawn_in[1].0],
        range: None,
        curves: Vec::new(),
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

/// The curve of a detector over thresholds of a day and more, and a dashed line from its end to where everybody is flagged:
/// no number of days lies between.
fn split(detector: &Detector, pair: impl Fn(&OperatingPoint) -> Option<(Share, Share)>) -> (Curve, Curve) {
    let pairs: Vec<(bool, (Share, Share))> =
        (detector.points.iter()).filter_map(|point| Some((point.threshold >= 1.0, pair(point)?))).collect();
    let places = |is_measured: bool| {
        pairs.iter().filter(move |each| each.0 == is_measured).map(|(_, (x, y))| (x.share, y.share))
    };
    let measured = Curve {
        points: places(true).collect(),
        band: pairs.iter().filter(|each| each.0).map(|(_, (_, y))| y.interval).collect(),
        ..Curve::default()
    };
    let guess = places(true).next_back().into_iter().chain(places(false)).collect();
    (measured, Curve { points: guess, is_reference: true, ..Curve::default() })
}

const FLAGGED: &str = "penalised at all";

fn roc(name: &str, best: &str, detector: &Detector) -> Plane {
    let area = detector.area.map_or_else(String::new, |area| {
        format!("; its area {:.3} ({:.3} to {:.3})", area.share, area.interval.0, area.interval.1)
    });
    let operating = operating_point(detector);
    let shares = operating.and_then(|point| Some((point.recall?, point.false_positive_rate?)));
    let title = shares.map_or_else(
        || format!("{best}: penalised days as a detector of bad sellers"),
        |(bad, good)| {
            let percent = |share: Share| Unit::Percent.value((share.share * 1e3).round() / 1e3);
            format!(
                "{best}: {} of bad sellers are penalised, and {} of good ones",
                percent(bad),
                percent(good)
            )
        },
    );
    let (measured, guess) = split(detector, |point| Some((point.false_positive_rate?, point.recall?)));
    Plane {
        heading: Heading::new(
            title,
            format!("Study {name}: sellers flagged from so many penalised days on, 95 % bands, all replications together{area}"),
        )
        .if_empty("there are not both good and bad sellers"),
        titles: ["good sellers flagged, %".into(), "bad sellers flagged (recall), %".into()],
        units: [Unit::Percent, Unit::Percent],
        range: Some((0.0, 1.0)),
        curves: vec![
            Curve { points: vec![(0.0, 0.0), (1.0, 1.0)], is_reference: true, label: "chance".into(), ..Curve::default() },
            guess,
            measured,
        ],
        classes: vec![FLAGGED.to_owned()],
        dots: operating.and_then(|point| dot(point.false_positive_rate, point.recall, "")).into_iter().collect(),
    }
}

fn precision_recall(name: &str, best: &str, detector: &Detector) -> Plane {
    let base = detector.base_rate.map_or(f64::NAN, |base| base.share);
    let operating = operating_point(detector);
    let percent = |share: f64| Unit::Percent.value((share * 1e3).round() / 1e3);
    let title = operating.and_then(|point| point.precision).map_or_else(
        || format!("{best}: of the sellers that are flagged, how many are bad"),
        |precision| {
            let flagged = percent(precision.share);
            format!("{best}: {flagged} of penalised sellers are bad, {} of all", percent(base))
        },
    );
    let (measured, guess) = split(detector, |point| Some((point.recall?, point.precision?)));
    Plane {
        heading: Heading::new(
            title,
            format!("Study {name}: sellers flagged from so many penalised days on; precision that goes with each recall, 95 % bands, all replications together"),
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
            guess,
            measured,
        ],
        classes: vec![FLAGGED.to_owned()],
        dots: operating.and_then(|point| dot(point.recall, point.precision, "")).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_in_all_intervals_is_found_where_there_are_intervals() {
        let estimate = |values: &[f64]| Estimate::of_values(values).unwrap();
        let (low, near, far) =
            (estimate(&[1.0, 1.2, 1.1]), estimate(&[1.1, 1.3, 1.2]), estimate(&[9.0, 9.1, 9.2]));
        assert_eq!(is_in_common([&low, &near]), Some(true));
        assert_eq!(is_in_common([&low, &near, &far]), Some(false));
        assert_eq!(is_in_common([&estimate(&[1.0])]), None);
    }
}
