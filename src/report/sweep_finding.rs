//! What a sweep found, in sentences: what each factor does to each output from its lowest to its highest level.

use super::finding::{bound, capitalised, change, is_clear};
use super::headline::people;
use super::sweep_words::{ascend, hours, numbers};
use crate::experiment::{ComparisonRow, Scope, StoreError, SweepPoint, SweepResult};
use crate::export::study::StudyRecord;
use crate::observe::Metric;
use crate::stats::holm::holm;
use std::collections::BTreeSet;

/// Levels that are names are compared with the first; so many at most are told.
const MOST_NAMED: usize = 4;
/// So many factors are told at most.
const MOST_FACTORS: usize = 6;

/// Two finished points that differ in the level of one factor alone.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ends {
    factor: usize,
    from: String,
    to: String,
    /// Their numbers in the design.
    points: (usize, usize),
}

/// What a sweep found, a sentence per line.
///
/// Where the design has two points that differ in one factor alone, from its lowest to its highest level, replications are paired:
/// both have the same random numbers, unless the factor is the seed.
///
/// # Errors
/// If the store of the sweep cannot be read.
pub fn findings(
    study: &StudyRecord,
    result: &SweepResult<'_>,
    points: &[SweepPoint],
    responses: &[&'static Metric],
) -> Result<Vec<String>, StoreError> {
    let finished: BTreeSet<usize> = result.points.iter().map(|point| point.number).collect();
    let ends = ends(study, &finished);
    if ends.is_empty() {
        return Ok(responses.iter().filter_map(|metric| range(study, points, metric)).collect());
    }
    let mut rows = Vec::new();
    for (place, pair) in ends.iter().enumerate() {
        let paired = result.paired(pair.points.0, pair.points.1)?;
        let shown = |metric: &&'static Metric| {
            paired
                .iter()
                .find(|row| row.group.scope == Scope::World && row.metric.name == metric.name)
                .cloned()
        };
        rows.extend(responses.iter().filter_map(shown).map(|row| (place, row)));
    }
    adjust(&mut rows);
    let of_pair = |place: usize| -> Vec<&ComparisonRow> {
        rows.iter().filter(|(of, _)| *of == place).map(|(_, row)| row).collect()
    };
    Ok(ends.iter().enumerate().flat_map(|(place, pair)| told(study, pair, &of_pair(place))).collect())
}

/// Adjusts the p-values of all that is told together by Holm: the more is told, the more of it is chance.
fn adjust(rows: &mut [(usize, ComparisonRow)]) {
    let p_values: Vec<Option<f64>> =
        rows.iter().map(|(_, row)| row.difference.as_ref().and_then(|found| found.p_value)).collect();
    for ((_, row), adjusted) in rows.iter_mut().zip(holm(&p_values)) {
        row.p_adjusted = adjusted;
    }
}

/// The sentences of one pair of points: first what is told from nothing, then the rest.
fn told(study: &StudyRecord, ends: &Ends, rows: &[&ComparisonRow]) -> Vec<String> {
    let factor = &study.factors[ends.factor];
    let others = study.factors.iter().zip(&study.points[ends.points.0].labels).enumerate();
    let at: Vec<String> = others
        .filter(|(place, _)| *place != ends.factor)
        .map(|(_, (other, label))| format!("{} = {label}", other.name))
        .collect();
    let at = if at.is_empty() { String::new() } else { format!(" at {}", at.join(", ")) };
    let from = format!("From {} = {} to {}{at}", factor.name, ends.from, ends.to);
    if factor.keys.iter().any(|key| key == "run.seed") {
        return vec![format!("{from} only the seed differs: all that is seen is chance.")];
    }
    let pairs = rows.iter().filter_map(|row| row.difference.as_ref()).map(|found| found.replications).max();
    let pairs = pairs.unwrap_or(0);
    let (clear, unclear): (Vec<&ComparisonRow>, Vec<&ComparisonRow>) =
        rows.iter().copied().partition(|row| is_clear(row));
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
    sentences.extend(unclear.into_iter().filter_map(bound));
    sentences
}

/// A sentence as it goes on after a colon.
fn uncapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    format!("{first}{}", letters.as_str())
}

/// For each factor the points with its lowest and its highest level, all else as at the first finished point; of levels that are
/// names the first and each other.
fn ends(study: &StudyRecord, finished: &BTreeSet<usize>) -> Vec<Ends> {
    let Some(first) = finished.first().and_then(|&number| study.points.get(number)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (factor, record) in study.factors.iter().enumerate().take(MOST_FACTORS) {
        let mut levels = record.levels.clone();
        let is_ordered = numbers(&levels).is_some() || hours(&levels).is_some();
        ascend(&mut levels);
        let point = |level: &String| {
            finished.iter().copied().find(|&number| {
                let labels = &study.points[number].labels;
                let is_base =
                    |(place, label): (usize, &String)| place == factor || *label == first.labels[place];
                labels[factor] == *level && labels.iter().enumerate().all(is_base)
            })
        };
        let Some((from, others)) = levels.split_first() else { continue };
        let compared = if is_ordered { &others[others.len().saturating_sub(1)..] } else { others };
        for to in compared.iter().take(MOST_NAMED) {
            if let (Some(low), Some(high)) = (point(from), point(to)) {
                all.push(Ends { factor, from: from.clone(), to: to.clone(), points: (low, high) });
            }
        }
    }
    all
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
    use super::*;
    use crate::export::study::{FactorRecord, PointRecord};

    fn study(levels: [&[&str]; 2]) -> StudyRecord {
        let factor = |(name, levels): (&str, &[&str])| FactorRecord {
            name: name.to_owned(),
            levels: levels.iter().map(|level| (*level).to_owned()).collect(),
            ..FactorRecord::default()
        };
        let points = levels[0].iter().flat_map(|one| levels[1].iter().map(move |other| [*one, *other]));
        let point = |labels: [&str; 2]| PointRecord {
            labels: labels.map(str::to_owned).to_vec(),
            ..PointRecord::default()
        };
        StudyRecord {
            factors: [("a", levels[0]), ("b", levels[1])].map(factor).to_vec(),
            points: points.map(point).collect(),
            ..StudyRecord::default()
        }
    }

    #[test]
    fn numbers_are_compared_from_the_lowest_to_the_highest_and_names_with_the_first() {
        let study = study([&["10", "2"], &["x", "y", "z"]]);
        let all: BTreeSet<usize> = (0..6).collect();
        let found: Vec<(String, String, (usize, usize))> =
            ends(&study, &all).into_iter().map(|ends| (ends.from, ends.to, ends.points)).collect();
        let pair = |from: &str, to: &str, points| (from.to_owned(), to.to_owned(), points);
        assert_eq!(found, [pair("2", "10", (3, 0)), pair("x", "y", (0, 1)), pair("x", "z", (0, 2))]);
    }

    #[test]
    fn a_point_that_was_not_finished_is_not_compared() {
        let study = study([&["1", "2"], &["x"]]);
        assert!(ends(&study, &BTreeSet::from([0])).is_empty());
    }
}
