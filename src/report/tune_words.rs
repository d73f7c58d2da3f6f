//! What a selection found, in sentences and rows for people.

use super::output_words::{shown, shown_estimate, words_of};
use crate::experiment::tune::{CandidateOutcome, Certainty, Plan, Status, TuneOutcome};
use crate::stats::selection::{Goal, Side};
use std::collections::BTreeMap;

/// A candidate by the values of its factors.
pub fn candidate_name(factors: &[String], candidate: &CandidateOutcome) -> String {
    let pairs = factors.iter().zip(&candidate.point.labels);
    pairs.map(|(factor, label)| format!("{factor} = {label}")).collect::<Vec<_>>().join(", ")
}

/// What was found, the best first.
pub fn finding(factors: &[String], outcome: &TuneOutcome) -> String {
    let goals: Vec<String> = outcome
        .rules
        .objectives
        .iter()
        .map(|(goal, output)| {
            let word = if *goal == Goal::Maximise { "largest" } else { "smallest" };
            format!("{word} {}", words_of(output))
        })
        .collect();
    let count = outcome.candidates.len();
    let Some(best) = outcome.best else {
        return match outcome.certainty {
            Certainty::Front => {
                let on_front = outcome.candidates.iter().filter(|each| each.status == Status::Best).count();
                format!(
                    "{on_front} of {count} candidates are surely on the front of the {}.",
                    goals.join(" and the ")
                )
            }
            Certainty::NoneFeasible => format!("None of {count} candidates keeps to all limits."),
            _ => format!("None of {count} candidates can be selected."),
        };
    };
    let candidate = &outcome.candidates[best];
    let (_, objective) = &outcome.rules.objectives[0];
    let value = shown_estimate(objective, candidate.estimates[0].as_ref());
    let name = candidate_name(factors, candidate);
    let among = if matches!(outcome.rules.plan, Plan::Search(..)) { "points tried" } else { "candidates" };
    format!(
        "Best of {count} {among} for the {}: {name}, with {} {value}.",
        goals.join(" and the "),
        words_of(objective)
    )
}

/// How sure that is, in a sentence.
pub fn guarantee(outcome: &TuneOutcome) -> String {
    let rules = &outcome.rules;
    let confidence = format!("{} %", (rules.confidence * 1e4).round() / 100.0);
    let (_, objective) = &rules.objectives[0];
    let limits = if rules.limits.is_empty() {
        String::new()
    } else {
        let each = rules.limits.iter().map(|(output, limit)| {
            let sign = if limit.side == Side::AtMost { "<=" } else { ">=" };
            format!(
                "{} {sign} {} (± {})",
                words_of(output),
                shown(output, limit.limit),
                shown(output, limit.tolerance)
            )
        });
        format!(", and the best keeps to {}", each.collect::<Vec<_>>().join(" and "))
    };
    match (&outcome.certainty, rules.plan) {
        (Certainty::Guaranteed, Plan::Search(_, indifference)) => format!(
            "With {confidence} confidence none of the other finalists of the search is better by {} or more{limits}; the rest \
             of the ranges has no guarantee.",
            difference(objective, indifference)
        ),
        (Certainty::Guaranteed, Plan::KimNelson(_)) if objective.is_factor() => {
            format!(
                "With {confidence} confidence no candidate with a better {} keeps to the limits{limits}.",
                words_of(objective)
            )
        }
        (Certainty::Guaranteed, Plan::KimNelson(indifference)) => format!(
            "With {confidence} confidence no other candidate is better by {} or more{limits} (Kim and Nelson, common random \
             numbers).",
            difference(objective, indifference)
        ),
        (Certainty::NoneFeasible, _) => {
            format!("With {confidence} confidence every candidate breaks a limit by more than its tolerance.")
        }
        (Certainty::Undecided(left), _) => format!(
            "No guarantee: {left} candidates were left when the replications were spent; raise budget or max_replications, or \
             the indifference."
        ),
        (Certainty::Probability(probability), _) => format!(
            "It is the best with a probability of at least about {:.1} % (normal approximation, no guarantee); candidates are \
             ruled out with {confidence} confidence together.",
            (probability * 1000.0).floor() / 10.0
        ),
        (Certainty::Front, _) => format!(
            "All statements about the front hold together with {confidence} confidence (paired intervals, Bonferroni)."
        ),
        _ => "Nothing can be said: no candidate has a value.".to_owned(),
    }
}

/// A difference, in percentage points for shares.
fn difference(output: &crate::experiment::Output, size: f64) -> String {
    use crate::observe::metric::Unit;
    match output.unit() {
        Unit::Share => format!("{} percentage points", (size * 1e8).round() / 1e6),
        Unit::None => format!("{size}"),
        _ => shown(output, size),
    }
}

/// What was ruled out and why, a line per reason.
pub fn ruled_out(outcome: &TuneOutcome) -> Vec<String> {
    let mut reasons: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (number, candidate) in outcome.candidates.iter().enumerate() {
        if candidate.status != Status::Best {
            // Replications differ from one to the next; the table has them.
            let reason = candidate.reason.split(" after ").next().unwrap_or_default();
            reasons.entry((candidate.status.name(), reason)).or_default().push(number);
        }
    }
    let line = |((status, reason), numbers): (&(&str, &str), &Vec<usize>)| {
        let named: Vec<String> = numbers.iter().take(12).map(usize::to_string).collect();
        let more =
            if numbers.len() > 12 { format!(" and {} more", numbers.len() - 12) } else { String::new() };
        format!("{status}: {}{more} ({reason})", named.join(", "))
    };
    reasons.iter().map(line).collect()
}

/// Head of the table that people read.
pub fn columns(factors: &[String], outcome: &TuneOutcome) -> Vec<String> {
    let head = std::iter::once("candidate".to_owned()).chain(factors.iter().cloned());
    let outputs = outcome.rules.outputs().filter(|output| !output.is_factor());
    let outputs = outputs.map(words_of);
    head.chain(outputs).chain(["replications".to_owned(), "status".to_owned()]).collect()
}

/// The table that people read: a row per candidate.
pub fn rows(outcome: &TuneOutcome) -> Vec<Vec<String>> {
    let row = |(number, candidate): (usize, &CandidateOutcome)| {
        let outputs =
            outcome.rules.outputs().zip(&candidate.estimates).filter(|(output, _)| !output.is_factor());
        let cells = outputs.map(|(output, estimate)| shown_estimate(output, estimate.as_ref()));
        std::iter::once(number.to_string())
            .chain(candidate.point.labels.iter().cloned())
            .chain(cells)
            .chain([candidate.replications.to_string(), candidate.status.name().to_owned()])
            .collect()
    };
    outcome.candidates.iter().enumerate().map(row).collect()
}
