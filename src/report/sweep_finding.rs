//! What a sweep found, in sentences: what each factor does to each output from its lowest to its highest level.

use super::contrasts::{Contrast, Contrasts};
use super::finding::{bound, change, family, is_clear};
use super::headline::people;
use super::sentence_case::capitalised;
use super::sweep_words::is_seed;
use crate::experiment::{ComparisonRow, SweepPoint};
use crate::export::study::StudyRecord;
use crate::observe::Metric;

/// What a sweep found, a sentence per line.
///
/// Where the design has two points that differ in one factor alone, from its lowest to its highest level, it is their paired
/// difference; else the range of the points' means.
pub fn findings(
    study: &StudyRecord,
    contrasts: &Contrasts,
    points: &[SweepPoint],
    responses: &[&'static Metric],
) -> Vec<String> {
    if contrasts.all.is_empty() {
        return responses.iter().filter_map(|metric| range(study, points, metric)).collect();
    }
    contrasts.all.iter().flat_map(|contrast| told(study, contrasts, contrast, responses)).collect()
}

/// The sentences of one pair of points: first what is told from nothing, then the rest. Of opposite corners it is only what neither
/// factor does by itself.
fn told(
    study: &StudyRecord,
    contrasts: &Contrasts,
    contrast: &Contrast,
    responses: &[&'static Metric],
) -> Vec<String> {
    let ends = &contrast.ends;
    let at_point = |number: usize, is_shown: &dyn Fn(usize) -> bool| -> String {
        let labels = study.factors.iter().zip(&study.points[number].labels).enumerate();
        let shown = labels.filter(|(place, _)| is_shown(*place));
        shown.map(|(_, (factor, label))| format!("{} = {label}", factor.name)).collect::<Vec<_>>().join(", ")
    };
    let is_varied = |place: usize| ends.factors.contains(&place);
    let at = at_point(ends.points.0, &|place| !is_varied(place));
    let at = if at.is_empty() { at } else { format!(" at {at}") };
    let from = at_point(ends.points.0, &is_varied);
    let to = match ends.factors[..] {
        [only] => study.points[ends.points.1].labels[only].clone(),
        _ => at_point(ends.points.1, &is_varied),
    };
    let from = format!("From {from} to {to}{at}");
    let is_alone = ends.factors.len() == 1;
    if ends.factors.iter().any(|&factor| is_seed(&study.factors[factor])) {
        return if is_alone {
            vec![format!("{from} only the seed differs: all that is seen is chance.")]
        } else {
            Vec::new()
        };
    }
    let mut rows = contrast.world(responses);
    if !is_alone {
        rows.retain(|row| {
            let of = (row.group.scope, row.group.name.as_str());
            let moves = |factor: &usize| contrasts.is_moved(&[*factor], of, row.metric.name) == Some(true);
            is_clear(row) && !ends.factors.iter().any(moves)
        });
        if rows.is_empty() {
            return Vec::new();
        }
    }
    let pairs = rows.iter().filter_map(|row| row.difference.as_ref()).map(|found| found.replications).max();
    let pairs = pairs.unwrap_or(0);
    let (clear, unclear): (Vec<&ComparisonRow>, Vec<&ComparisonRow>) =
        rows.into_iter().partition(|row| is_clear(row));
    let mut changes = clear.into_iter().filter_map(change);
    let mut sentences = vec![match changes.next() {
        Some(first) => format!(
            "{from} ({pairs} pairs of replications with the same random numbers; in brackets 95 % intervals of the difference): {}",
            uncapitalised(&first)
        ),
        None => format!(
            "{from} no output changes beyond chance ({pairs} pairs of replications with the same random numbers)."
        ),
    }];
    sentences.extend(changes);
    let all = contrasts.all.iter().flat_map(|contrast| contrast.world(responses));
    let compared = family(all);
    sentences.extend(unclear.into_iter().filter_map(|row| bound(row, compared)));
    sentences
}

/// A sentence as it goes on after a colon.
fn uncapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    format!("{first}{}", letters.as_str())
}

/// "Dispute rate lies between 1.2 % and 3.4 % at 64 points: lowest at a = 1, highest at a = 9."
fn range(study: &StudyRecord, points: &[SweepPoint], metric: &Metric) -> Option<String> {
    let mean = |point: &SweepPoint| point.summary.world(metric.name).map(|estimate| estimate.mean);
    let known: Vec<(&SweepPoint, f64)> =
        points.iter().filter_map(|point| Some((point, mean(point)?))).collect();
    let least = known.iter().min_by(|one, other| one.1.total_cmp(&other.1))?;
    let most = known.iter().max_by(|one, other| one.1.total_cmp(&other.1))?;
    let at = |point: &SweepPoint| {
        let pairs = study.factors.iter().zip(&point.point.labels);
        pairs.map(|(factor, label)| format!("{} = {label}", factor.name)).collect::<Vec<_>>().join(", ")
    };
    Some(format!(
        "{} between {} ({}) and {} ({}) over {} points; the extremes of many points are in part chance.",
        capitalised(&format!("{} {}", metric.label(), if metric.is_plural() { "lie" } else { "lies" })),
        people(least.1, metric.unit),
        at(least.0),
        people(most.1, metric.unit),
        at(most.0),
        known.len()
    ))
}

#[cfg(test)]
mod tests {
    use super::super::contrasts::tests::{contrast, judged, study};
    use super::*;

    const CLEAR: [f64; 4] = [50.0, 51.0, 49.0, 50.0];
    const NOISE: [f64; 4] = [1.0, -2.0, 3.0, -2.0];

    #[test]
    fn a_sentence_says_at_which_levels_of_the_others_it_holds_and_of_both_only_what_neither_does() {
        let study = study([&["1", "2", "3"], &["x", "y", "z"]]);
        let responses = ["orders_cancelled", "disputes_filed"].map(|metric| Metric::named(metric).unwrap());
        let contrasts = judged(vec![
            contrast(&[0], (1, 7), &[("orders_cancelled", CLEAR), ("disputes_filed", NOISE)]),
            contrast(&[0, 1], (0, 8), &[("orders_cancelled", CLEAR), ("disputes_filed", CLEAR)]),
        ]);
        let found = findings(&study, &contrasts, &[], &responses);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("From a = 1 to 3 at b = y (4 pairs of replications"), "{found:?}");
        assert!(found[1].contains("not distinguishable from noise"), "{found:?}");
        assert!(found[2].starts_with("From a = 1, b = x to a = 3, b = z (4 pairs"), "{found:?}");
        assert!(found[2].contains("disputes filed rise"), "the other is told of a alone: {found:?}");
    }
}
