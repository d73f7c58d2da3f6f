//! Options and words of runs to precision.

use super::failure::Failure;
use crate::experiment::Achieved;
use crate::report::headline::people;
use crate::scenario::PrecisionTarget;

/// The targets of the command line, or else those of the scenario; all mistakes are reported.
pub(super) fn targets(options: &[String], own: &[PrecisionTarget]) -> Result<Vec<PrecisionTarget>, Failure> {
    if options.is_empty() {
        return Ok(own.to_vec());
    }
    let mut targets = Vec::new();
    let mut problems = Vec::new();
    for option in options {
        match PrecisionTarget::parse(option) {
            Ok(target) => targets.push(target),
            Err(problem) => problems.push(format!("error: --precision {option}: {problem}")),
        }
    }
    if problems.is_empty() { Ok(targets) } else { Err(Failure::Invalid(problems.join("\n"))) }
}

/// What was asked for and what was reached: "precision of dispute rate: 1.8 % of the mean reached, 2 % asked for".
pub(super) fn achieved_text(achieved: &Achieved, of: &str) -> String {
    let metric = achieved.target.metric;
    let asked = achieved.target.text();
    let asked = asked.split_once('=').map_or(asked.as_str(), |(_, width)| width);
    let verdict = if achieved.is_met { "reached" } else { "not reached" };
    let half_width = achieved
        .half_width
        .map_or_else(|| "no interval yet".to_owned(), |width| format!("± {}", people(width, metric.unit)));
    let share = match achieved.achieved {
        Some(share) if achieved.is_relative() => format!(", {:.2} % of the mean", share * 100.0),
        _ => String::new(),
    };
    format!("precision of {} ({of}): {half_width}{share}; {asked} {verdict}", metric.label())
}
