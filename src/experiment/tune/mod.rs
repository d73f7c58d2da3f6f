//! The best point of a study: which candidate to run how often, and what may be said of it.
//!
//! [`TuneRules`] are what a study asks for, [`Tune`] is the question, [`TuneOutcome`] its answer. `machine` puts the procedures
//! of `stats::selection` behind one face, `candidate` keeps what was told, `ranges` searches where no design names candidates.
//!
//! All candidates have the same replications under common random numbers, so differences are paired. What a question asks for
//! next depends on the values of replications alone, never on the order in which they came.

mod candidate;
mod machine;
mod outcome;
mod ranges;
mod rules;

pub use outcome::{CandidateOutcome, Certainty, Status, TuneOutcome};
pub use rules::{Plan, TuneRules};

use super::question::{Failed, Question};
use super::totals::Totals;
use super::unit::{Unit, UnitResult};
use crate::scenario::{DesignPoint, Study};
use candidate::Candidate;
use machine::Machine;
use ranges::Ranges;

/// The question.
#[derive(Debug)]
pub struct Tune<'a> {
    rules: TuneRules,
    candidates: Vec<Candidate>,
    /// The search of ranges, if there is one and it is not over.
    ranges: Option<Ranges<'a>>,
    selecting: Selecting,
    is_budget_spent: bool,
    totals: Totals,
}

/// A selection among some candidates.
#[derive(Clone, Debug)]
struct Selecting {
    /// Their numbers.
    members: Vec<usize>,
    /// The number of the first replication that counts: those of a search before it do not, as they favour who was lucky.
    base: u32,
    machine: Machine,
    /// How many replications of each member the machine knows.
    fed: Vec<u32>,
}

impl Selecting {
    fn new(members: Vec<usize>, base: u32, rules: &TuneRules) -> Self {
        Self { machine: Machine::new(members.len(), rules), fed: vec![0; members.len()], members, base }
    }
}

impl<'a> Tune<'a> {
    /// A selection among candidates.
    pub fn among(points: Vec<DesignPoint>, rules: TuneRules) -> Self {
        let candidates: Vec<Candidate> = points.into_iter().map(Candidate::new).collect();
        let selecting = Selecting::new((0..candidates.len()).collect(), 0, &rules);
        Self { rules, candidates, ranges: None, selecting, is_budget_spent: false, totals: Totals::default() }
    }

    /// A search of the ranges of a study's factors.
    pub fn in_ranges(study: &'a Study, rules: TuneRules) -> Self {
        let ranges = Ranges::new(study, &rules);
        Self { ranges: Some(ranges), ..Self::among(Vec::new(), rules) }
    }

    /// What its units add up to.
    pub const fn totals(&self) -> &Totals {
        &self.totals
    }

    /// What it is tuned for.
    pub const fn rules(&self) -> &TuneRules {
        &self.rules
    }

    fn unit(&self, candidate: usize, replications: std::ops::Range<u32>) -> Unit {
        Unit { point: self.candidates[candidate].point.clone(), replications }
    }

    /// The next points of the search; none when it is over and the selection among its best begins.
    fn search(&mut self) -> Vec<Unit> {
        let Some(ranges) = &mut self.ranges else { return Vec::new() };
        let fresh = ranges.next(&mut self.candidates, &self.rules);
        if fresh.is_empty() {
            let finalists = ranges.finalists(&self.candidates);
            self.selecting = Selecting::new(finalists, self.rules.first, &self.rules);
            self.ranges = None;
        }
        fresh.into_iter().map(|candidate| self.unit(candidate, 0..self.rules.first)).collect()
    }

    /// Lets the machine know what was told since, and begins anew without candidates that turned out to have no value.
    fn feed(&mut self) {
        loop {
            let found =
                self.selecting.members.iter().position(|&member| self.candidates[member].dropped.is_some());
            if let Some(place) = found {
                let mut members = self.selecting.members.clone();
                members.remove(place);
                self.selecting = Selecting::new(members, self.selecting.base, &self.rules);
                continue;
            }
            let deciding = self.rules.deciding();
            let Selecting { members, base, machine, fed } = &mut self.selecting;
            for (place, &member) in members.iter().enumerate() {
                let candidate = &mut self.candidates[member];
                while let Some(values) = candidate.told.get(&(*base + fed[place])) {
                    let values: Result<Vec<f64>, usize> =
                        values[..deciding].iter().enumerate().map(|(at, value)| value.ok_or(at)).collect();
                    match values {
                        Ok(values) => machine.tell(place, fed[place], &values),
                        Err(at) => {
                            let name = self.rules.outputs().nth(at).map_or("", |output| output.name());
                            let replication = *base + fed[place];
                            candidate.dropped =
                                Some(format!("{name} is undefined in replication {replication}"));
                            break;
                        }
                    }
                    fed[place] += 1;
                }
            }
            let is_dropped = |&member: &usize| self.candidates[member].dropped.is_some();
            if !self.selecting.members.iter().any(is_dropped) {
                return;
            }
        }
    }
}

impl Question for Tune<'_> {
    fn ask(&mut self) -> Vec<Unit> {
        if self.ranges.is_some() {
            let units = self.search();
            if !units.is_empty() {
                return units;
            }
        }
        self.feed();
        let Selecting { members, base, machine, .. } = &self.selecting;
        if members.is_empty() || self.is_budget_spent {
            return Vec::new();
        }
        let wanted = machine.ask();
        let more: u64 = wanted.iter().map(|wanted| wanted.replications.len() as u64).sum();
        let budget = self.rules.budget.map_or(u64::MAX, u64::from);
        if more > 0 && self.totals.replications + more > budget {
            self.is_budget_spent = true;
            return Vec::new();
        }
        let units = wanted.into_iter().map(|wanted| {
            let range = wanted.replications;
            self.unit(members[wanted.system], base + range.start..base + range.end)
        });
        units.collect()
    }

    fn tell(&mut self, unit: &Unit, result: Result<UnitResult, Failed>) {
        let Some(candidate) = self.candidates.get_mut(unit.point.number) else { return };
        match result {
            Ok(result) => {
                self.totals.add(&result);
                let outputs: Vec<_> = self.rules.outputs().collect();
                candidate.tell(&result, &outputs);
            }
            Err(Failed { reason }) => candidate.dropped = Some(reason),
        }
    }
}
