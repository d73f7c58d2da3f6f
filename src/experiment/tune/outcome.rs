//! What a selection found: a status and estimates of every candidate, and what may be said of the best.

use super::Tune;
use super::rules::{Plan, TuneRules};
use crate::observe::PenaltyTally;
use crate::scenario::DesignPoint;
use crate::stats::Estimate;
use crate::stats::detector::{Detector, ScoreCount};
use crate::stats::quantile::student_t_quantile;
use crate::stats::selection::feasibility::feasibility;
use crate::stats::selection::kn::{Selection, Standing};
use crate::stats::selection::pareto::{FrontStatus, pareto_front};
use crate::stats::selection::{Feasibility, Goal};
use std::sync::Arc;

/// The confidence of the detector's intervals.
const CONFIDENCE: f64 = 0.95;

/// What became of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is selected; of two objectives, no other beats it on both.
    Best,
    /// Another one is better.
    Eliminated,
    /// It does not keep to a limit, or has no value.
    Infeasible,
    /// It cannot be told from the best.
    Alive,
}

impl Status {
    /// The status as tables name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Eliminated => "eliminated",
            Self::Infeasible => "infeasible",
            Self::Alive => "alive",
        }
    }
}

/// How sure the selection is.
#[derive(Clone, Debug, PartialEq)]
pub enum Certainty {
    /// With the confidence asked for the best is within the indifference of the best there is.
    Guaranteed,
    /// With the confidence asked for no candidate keeps to all limits.
    NoneFeasible,
    /// It took more replications than there were: so many candidates are left.
    Undecided(usize),
    /// The probability of the selection is at least this, about.
    Probability(f64),
    /// Of two objectives: all statements together have the confidence asked for.
    Front,
    /// There was no candidate with a value.
    Nothing,
}

/// What became of one candidate.
#[derive(Clone, Debug)]
pub struct CandidateOutcome {
    /// The candidate.
    pub point: Arc<DesignPoint>,
    /// What became of it.
    pub status: Status,
    /// Why, in words; empty for the best.
    pub reason: String,
    /// Replications that count.
    pub replications: u32,
    /// Estimates of objectives, limits and what else is reported, over these replications.
    pub estimates: Vec<Option<Estimate>>,
    /// The objective less that of the best, paired by replication; `None` for the best itself and with two objectives.
    pub from_best: Option<Estimate>,
    /// Sellers by penalised days.
    pub penalties: PenaltyTally,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct TuneOutcome {
    /// What it was tuned for.
    pub rules: TuneRules,
    /// All candidates, in the order of their numbers.
    pub candidates: Vec<CandidateOutcome>,
    /// The number of the best, if there is one.
    pub best: Option<usize>,
    /// How sure that is.
    pub certainty: Certainty,
    /// Penalised days of the best as a detector of bad sellers, if measures are about penalties.
    pub detector: Option<Detector>,
}

/// Penalised days as a detector of bad sellers.
fn detector_of(penalties: &PenaltyTally) -> Detector {
    let days = penalties.by_days().iter().enumerate();
    let counts: Vec<ScoreCount> = days
        .filter(|(_, [good, bad])| good + bad > 0)
        .map(|(days, &[good, bad])| ScoreCount { score: days as f64, good, bad })
        .collect();
    Detector::new(&counts, CONFIDENCE)
}

impl Tune<'_> {
    /// What was found, once all it asked for was told.
    pub fn outcome(&self) -> TuneOutcome {
        let outputs = self.rules.outputs().count();
        let mut all: Vec<CandidateOutcome> = (0..self.candidates.len())
            .map(|number| {
                let candidate = &self.candidates[number];
                let (base, count) = self.counted(number);
                let estimates = self
                    .rules
                    .outputs()
                    .enumerate()
                    .map(|(at, output)| output.estimate(&candidate.values(at, base, count)));
                let estimates: Vec<_> = estimates.collect();
                debug_assert_eq!(estimates.len(), outputs, "an estimate for every output");
                CandidateOutcome {
                    point: candidate.point.clone(),
                    status: if candidate.dropped.is_some() { Status::Infeasible } else { Status::Eliminated },
                    reason: candidate
                        .dropped
                        .clone()
                        .unwrap_or_else(|| "not among the best of the search".into()),
                    replications: count,
                    estimates,
                    from_best: None,
                    penalties: candidate.penalties.clone(),
                }
            })
            .collect();
        let (best, certainty) = match self.rules.plan {
            _ if self.selecting.members.is_empty() => (None, Certainty::Nothing),
            Plan::KimNelson(_) | Plan::Search(..) => self.standings(&mut all),
            Plan::Ocba(_) => self.allocated(&mut all),
            Plan::Front(_) => (None, self.front(&mut all)),
        };
        if let Some(best) = best {
            (all[best].status, all[best].reason) = (Status::Best, String::new());
            for number in (0..all.len()).filter(|&number| number != best) {
                all[number].from_best = self.difference(number, best);
            }
        }
        let detector =
            best.filter(|_| self.is_about_penalties()).map(|best| detector_of(&all[best].penalties));
        TuneOutcome { rules: self.rules.clone(), candidates: all, best, certainty, detector }
    }

    fn is_about_penalties(&self) -> bool {
        let mut terms = self.rules.outputs().flat_map(|output| output.measure.terms());
        terms.any(|term| term.metric.name.starts_with("penalty_"))
    }

    /// The first replication of a candidate that counts, and how many do.
    fn counted(&self, number: usize) -> (u32, u32) {
        match self.selecting.members.iter().position(|&member| member == number) {
            // The only one that is left needs no replications of its own.
            Some(place) if self.selecting.machine.replications()[place] > 0 => {
                (self.selecting.base, self.selecting.machine.replications()[place])
            }
            _ => (0, self.candidates[number].told.len() as u32),
        }
    }

    /// The paired difference of the objective of a candidate from another.
    fn difference(&self, number: usize, other: usize) -> Option<Estimate> {
        let ((base, count), (other_base, other_count)) = (self.counted(number), self.counted(other));
        if base != other_base {
            return None;
        }
        let value = |number: usize, replication: u32| self.candidates[number].told.get(&replication)?[0];
        let until = base + count.min(other_count);
        let differences: Vec<f64> =
            (base..until).filter_map(|r| Some(value(number, r)? - value(other, r)?)).collect();
        Estimate::of_values(&differences)
    }

    fn name_of_limit(&self, constraint: usize) -> String {
        let (output, limit) = &self.rules.limits[constraint];
        let sign = if limit.side == crate::stats::selection::Side::AtMost { "<=" } else { ">=" };
        format!("does not keep to {} {sign} {}", output.name(), limit.limit)
    }

    /// The outcome of Kim and Nelson's procedure.
    fn standings(&self, all: &mut [CandidateOutcome]) -> (Option<usize>, Certainty) {
        let members = &self.selecting.members;
        let Some((selection, standings)) = self.selecting.machine.selection() else {
            return (None, Certainty::Nothing);
        };
        for (place, standing) in standings.iter().enumerate() {
            let outcome = &mut all[members[place]];
            (outcome.status, outcome.reason) = match *standing {
                Standing::Alive => (Status::Alive, "not told from the best".to_owned()),
                Standing::Eliminated { by, at } => (
                    Status::Eliminated,
                    format!("worse than candidate {} after {at} replications", members[by]),
                ),
                Standing::Equal { to, at } => (
                    Status::Eliminated,
                    format!("no better than candidate {} after {at} replications", members[to]),
                ),
                Standing::Infeasible { constraint, at } => (
                    Status::Infeasible,
                    format!("{} after {at} replications", self.name_of_limit(constraint)),
                ),
            };
        }
        match selection {
            Some(Selection::Selected(place)) => (Some(members[*place]), Certainty::Guaranteed),
            Some(Selection::NoneFeasible) => (None, Certainty::NoneFeasible),
            Some(Selection::Capped { best, left }) => {
                (Some(members[*best]), Certainty::Undecided(left.len()))
            }
            None => {
                let alive = (0..members.len()).filter(|&place| standings[place] == Standing::Alive);
                let left: Vec<usize> = alive.map(|place| members[place]).collect();
                (self.best_of(&left, all), Certainty::Undecided(left.len()))
            }
        }
    }

    /// The best mean among candidates whose means keep to the limits; none if none does.
    fn best_of(&self, among: &[usize], all: &[CandidateOutcome]) -> Option<usize> {
        let (goal, first_limit) = (self.rules.objectives[0].0, self.rules.objectives.len());
        let mean = |number: usize, output: usize| all[number].estimates[output].map(|estimate| estimate.mean);
        let keeps = |&number: &usize| {
            let limits = self.rules.limits.iter().enumerate();
            limits.into_iter().all(|(at, (_, limit))| {
                mean(number, first_limit + at).is_some_and(|mean| limit.excess(mean) <= 0.0)
            })
        };
        let merit = |number: usize| mean(number, 0).map_or(f64::NEG_INFINITY, |mean| goal.merit(mean));
        let kept = among.iter().copied().filter(keeps);
        kept.fold(None, |best: Option<usize>, next| match best {
            Some(best) if merit(best) >= merit(next) => Some(best),
            _ => Some(next),
        })
    }

    /// The outcome of an allocation. Candidates are told from the best by paired intervals that hold together.
    fn allocated(&self, all: &mut [CandidateOutcome]) -> (Option<usize>, Certainty) {
        let Some(selection) = self.selecting.machine.allocation() else { return (None, Certainty::Nothing) };
        let members = &self.selecting.members;
        let best = members[selection.best];
        let goal = self.rules.objectives[0].0;
        let statements = (members.len().saturating_sub(1) + members.len() * self.rules.limits.len()).max(1);
        let error = (1.0 - self.rules.confidence) / statements as f64;
        for &number in members {
            let broken = self.limit_state(&all[number], error);
            let outcome = &mut all[number];
            (outcome.status, outcome.reason) = match broken {
                Some(limit) => (Status::Infeasible, self.name_of_limit(limit)),
                None if self.is_surely_worse(number, best, goal, error) => {
                    (Status::Eliminated, format!("worse than candidate {best}"))
                }
                None => (Status::Alive, "not told from the best".to_owned()),
            };
        }
        (Some(best), Certainty::Probability(selection.probability))
    }

    /// The first limit that a candidate surely breaks.
    fn limit_state(&self, outcome: &CandidateOutcome, error: f64) -> Option<usize> {
        let first = self.rules.objectives.len();
        (0..self.rules.limits.len()).find(|&at| {
            let Some(estimate) = outcome.estimates[first + at] else { return true };
            let (std_dev, n) = (estimate.std_dev.unwrap_or(f64::INFINITY), estimate.replications as u32);
            feasibility(&self.rules.limits[at].1, estimate.mean, std_dev, n, error) == Feasibility::Infeasible
        })
    }

    fn is_surely_worse(&self, number: usize, best: usize, goal: Goal, error: f64) -> bool {
        let Some(difference) = self.difference(number, best) else { return false };
        let Some(std_dev) = difference.std_dev else { return false };
        let n = difference.replications as f64;
        let reach = student_t_quantile(1.0 - error, n - 1.0) * std_dev / n.sqrt();
        goal.merit(difference.mean) + reach < 0.0
    }

    /// The front of two objectives, among the candidates that do not surely break a limit.
    fn front(&self, all: &mut [CandidateOutcome]) -> Certainty {
        let members = &self.selecting.members;
        let limits = self.rules.limits.len();
        // With limits half of the error goes to them.
        let error = 1.0 - self.rules.confidence;
        let (limit_error, front_error) = if limits == 0 { (0.0, error) } else { (error / 2.0, error / 2.0) };
        let each = limit_error / (members.len() * limits).max(1) as f64;
        let mut feasible = Vec::new();
        for &number in members {
            match self.limit_state(&all[number], each) {
                Some(limit) => {
                    (all[number].status, all[number].reason) =
                        (Status::Infeasible, self.name_of_limit(limit));
                }
                None => feasible.push(number),
            }
        }
        let outputs = |&number: &usize| {
            let values = |at| self.candidates[number].values(at, 0, u32::MAX);
            values(0).into_iter().zip(values(1)).map(|(one, other)| [one, other]).collect()
        };
        let systems: Vec<Vec<[f64; 2]>> = feasible.iter().map(outputs).collect();
        let goals = [self.rules.objectives[0].0, self.rules.objectives[1].0];
        for (place, &number) in pareto_front(&systems, goals, front_error).into_iter().zip(&feasible) {
            (all[number].status, all[number].reason) = match place.status {
                FrontStatus::OnFront => (Status::Best, String::new()),
                FrontStatus::Dominated { by } => {
                    (Status::Eliminated, format!("candidate {} is as good or better on both", feasible[by]))
                }
                FrontStatus::NotDistinguishable => {
                    let words = if place.is_on_front_by_means { "on" } else { "behind" };
                    (Status::Alive, format!("{words} the front by its means, not distinguishable"))
                }
            };
        }
        Certainty::Front
    }
}
