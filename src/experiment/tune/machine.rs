//! The procedures of `stats::selection` behind one face.

use super::rules::{Plan, TuneRules};
use crate::stats::selection::kn::{KimNelson, KimNelsonRules, Selection, Standing};
use crate::stats::selection::ocba::{Ocba, OcbaRules, OcbaSelection};
use crate::stats::selection::{Constraint, Goal, Wanted};

/// Stages that the procedure of Kim and Nelson asks for at once, so that all cores have something to do.
const STAGES_AT_ONCE: u32 = 4;

/// A procedure under way.
#[derive(Clone, Debug)]
pub(super) enum Machine {
    KimNelson(KimNelson),
    Ocba(Ocba),
    /// So many replications of each, and how many each has.
    Equal(u32, Vec<u32>),
}

impl Machine {
    /// Begins with so many systems.
    pub(super) fn new(systems: usize, rules: &TuneRules) -> Self {
        let goal = rules.objectives.first().map_or(Goal::Minimise, |(goal, _)| *goal);
        let constraints: Vec<Constraint> = rules.limits.iter().map(|(_, limit)| *limit).collect();
        match rules.plan {
            Plan::KimNelson(indifference) | Plan::Search(_, indifference) => {
                let rules = KimNelsonRules {
                    goal,
                    indifference,
                    error: 1.0 - rules.confidence,
                    first: rules.first,
                    most: rules.most,
                    batch: STAGES_AT_ONCE,
                    constraints,
                };
                Self::KimNelson(KimNelson::new(systems, rules))
            }
            Plan::Ocba(budget) => {
                let increment = (systems as u32).max(STAGES_AT_ONCE);
                let rules = OcbaRules { goal, first: rules.first, increment, budget, constraints };
                Self::Ocba(Ocba::new(systems, rules))
            }
            Plan::Front(each) => Self::Equal(each, vec![0; systems]),
        }
    }

    pub(super) fn ask(&self) -> Vec<Wanted> {
        match self {
            Self::KimNelson(machine) => machine.ask(),
            Self::Ocba(machine) => machine.ask(),
            Self::Equal(each, told) => {
                let open = told.iter().enumerate().filter(|(_, told)| *told < each);
                open.map(|(system, told)| Wanted { system, replications: *told..*each }).collect()
            }
        }
    }

    /// Tells the next replication of a system; its outputs are finite, objectives before limits.
    pub(super) fn tell(&mut self, system: usize, replication: u32, outputs: &[f64]) {
        // The only refusals are of systems, numbers of outputs and values that there cannot be here.
        let _ = match self {
            Self::KimNelson(machine) => machine.tell(system, replication, outputs[0], &outputs[1..]),
            Self::Ocba(machine) => machine.tell(system, replication, outputs[0], &outputs[1..]),
            Self::Equal(_, told) => {
                told[system] = told[system].max(replication + 1);
                Ok(())
            }
        };
    }

    /// Replications that count of each system.
    pub(super) fn replications(&self) -> Vec<u32> {
        match self {
            Self::KimNelson(machine) => machine.replications(),
            Self::Ocba(machine) => machine.replications(),
            Self::Equal(_, told) => told.clone(),
        }
    }

    /// How Kim and Nelson's procedure ended, and what it knows of each system.
    pub(super) fn selection(&self) -> Option<(Option<&Selection>, Vec<Standing>)> {
        match self {
            Self::KimNelson(machine) => Some((machine.selection(), machine.standings())),
            _ => None,
        }
    }

    /// What the allocation selects.
    pub(super) fn allocation(&self) -> Option<OcbaSelection> {
        match self {
            Self::Ocba(machine) => machine.selection(),
            _ => None,
        }
    }
}
