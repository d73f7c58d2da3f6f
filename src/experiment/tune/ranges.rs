//! The search of factors' ranges, where no design names the candidates.

use super::candidate::Candidate;
use super::rules::{Plan, TuneRules};
use crate::scenario::Study;
use crate::stats::Estimate;
use crate::stats::selection::search::{Search, SearchRules};
use crate::stats::selection::{Constraint, Goal};

/// How many of the points found are selected among.
const FINALISTS: usize = 5;

/// The share of the budget that the search has; the rest is for the selection.
const SEARCHED: f64 = 0.6;

/// Points asked for at once, so that all cores have something to do.
const BATCH: usize = 4;

/// How many indifferences a point counts as worse for each tolerance that it lies beyond a limit.
const PENALTY: f64 = 5.0;

/// A search under way.
#[derive(Debug)]
pub(super) struct Ranges<'a> {
    study: &'a Study,
    search: Search,
    goal: Goal,
    limits: Vec<Constraint>,
    indifference: f64,
}

impl<'a> Ranges<'a> {
    pub(super) fn new(study: &'a Study, rules: &TuneRules) -> Self {
        let (budget, indifference) = match rules.plan {
            Plan::Search(budget, indifference) => (budget, indifference),
            _ => (0, 1.0),
        };
        let goal = rules.objectives.first().map_or(Goal::Minimise, |(goal, _)| *goal);
        let dimensions = study.factors.len();
        let points = (f64::from(budget) * SEARCHED / f64::from(rules.first)) as usize;
        let search =
            Search::new(SearchRules { goal, dimensions, first: 4 * dimensions, batch: BATCH, points });
        let limits = rules.limits.iter().map(|(_, limit)| *limit).collect();
        Self { study, search, goal, limits, indifference }
    }

    /// Lets the search know what was told, and adds the candidates that it wants next.
    pub(super) fn next(&mut self, candidates: &mut Vec<Candidate>, rules: &TuneRules) -> Vec<usize> {
        let common = common(candidates, rules.first);
        for trial in self.search.ask() {
            let Some(candidate) = candidates.get(trial.number) else { continue };
            let judged = self.judged(candidate, rules, &common);
            let (mean, noise) = judged.unwrap_or_else(|| self.worst(candidates, rules, &common));
            self.search.tell(trial.number, mean, noise, rules.first);
        }
        let mut fresh = Vec::new();
        for trial in self.search.ask() {
            fresh.push(trial.number);
            candidates.push(Candidate::new(self.study.point_at(trial.number, &trial.point)));
        }
        fresh
    }

    /// The mean of the objective and the variance of its noise, worse by as much as limits are broken; `None` if it has no
    /// value. Noise is what is left of a replication without what it has in common with the same replication of other
    /// points: under common random numbers that moves all points alike, and no point of the surface against another.
    fn judged(&self, candidate: &Candidate, rules: &TuneRules, common: &[f64]) -> Option<(f64, f64)> {
        let of = |output: usize| {
            let values = candidate.values(output, 0, rules.first);
            (values.len() == rules.first as usize).then(|| Estimate::of_values(&values)).flatten()
        };
        let objective = of(0)?;
        let mut penalty = 0.0;
        for (place, limit) in self.limits.iter().enumerate() {
            let excess = limit.excess(of(place + 1)?.mean).max(0.0);
            penalty += PENALTY * self.indifference * excess / limit.tolerance;
        }
        let values = candidate.values(0, 0, rules.first);
        let own: Vec<f64> = values.iter().zip(common).map(|(value, common)| value - common).collect();
        let own = Estimate::of_values(&own)?;
        let noise = own.std_dev.unwrap_or(0.0).powi(2) / own.replications as f64;
        Some((objective.mean - self.goal.merit(penalty), noise))
    }

    /// What a point without a value counts as: the worst that there was.
    fn worst(&self, candidates: &[Candidate], rules: &TuneRules, common: &[f64]) -> (f64, f64) {
        let known = candidates.iter().filter_map(|candidate| self.judged(candidate, rules, common));
        known.min_by(|a, b| self.goal.merit(a.0).total_cmp(&self.goal.merit(b.0))).unwrap_or((0.0, 0.0))
    }

    /// The best points found, of different settings.
    pub(super) fn finalists(&self, candidates: &[Candidate]) -> Vec<usize> {
        let mut finalists: Vec<usize> = Vec::new();
        for ranked in self.search.ranked() {
            let candidate = &candidates[ranked.number];
            let is_new = |&other: &usize| candidates[other].point.settings != candidate.point.settings;
            let has_value =
                candidate.dropped.is_none() && candidate.told.values().all(|told| told[0].is_some());
            if finalists.len() < FINALISTS && has_value && finalists.iter().all(is_new) {
                finalists.push(ranked.number);
            }
        }
        finalists.sort_unstable();
        finalists
    }
}

/// The mean of the objective over all points with a value, replication by replication.
fn common(candidates: &[Candidate], first: u32) -> Vec<f64> {
    let mean = |replication: u32| {
        let value = |candidate: &Candidate| candidate.told.get(&replication).and_then(|values| values[0]);
        let values: Vec<f64> = candidates.iter().filter_map(value).collect();
        values.iter().sum::<f64>() / values.len().max(1) as f64
    };
    (0..first).map(mean).collect()
}
