//! Observations in the order of their replications, in whatever order they are told.

use std::collections::BTreeMap;
use std::ops::Range;

/// Why an observation cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Unusable {
    /// There are fewer systems.
    #[error("there is no system {0}")]
    System(usize),
    /// An output that has no value in a replication cannot be paired.
    #[error("replication {replication} of system {system} has an output without a value")]
    Value {
        /// The system, from 0.
        system: usize,
        /// The replication, from 0.
        replication: u32,
    },
    /// Another number of constrained outputs than there are constraints.
    #[error("{found} constrained outputs for {expected} constraints")]
    Outputs {
        /// How many were told.
        found: usize,
        /// How many there are.
        expected: usize,
    },
}

/// Replications that a procedure wants of a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The system, from 0.
    pub system: usize,
    /// The replications, from 0.
    pub replications: Range<u32>,
}

/// The outputs of one replication.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Observation {
    pub(super) objective: f64,
    pub(super) constrained: Vec<f64>,
}

impl Observation {
    /// Refuses what has no value, and another number of constrained outputs than `constraints`.
    pub(super) fn new(
        (system, replication): (usize, u32),
        objective: f64,
        constrained: &[f64],
        constraints: usize,
    ) -> Result<Self, Unusable> {
        if constrained.len() != constraints {
            return Err(Unusable::Outputs { found: constrained.len(), expected: constraints });
        }
        if [objective].iter().chain(constrained).all(|value| value.is_finite()) {
            Ok(Self { objective, constrained: constrained.to_vec() })
        } else {
            Err(Unusable::Value { system, replication })
        }
    }
}

/// What one system was told and what was taken of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Intake {
    waiting: BTreeMap<u32, Observation>,
    taken: u32,
}

impl Intake {
    /// Takes note of a replication; what is known already is passed over.
    pub(super) fn tell(&mut self, replication: u32, observation: Observation) {
        if replication >= self.taken {
            self.waiting.entry(replication).or_insert(observation);
        }
    }

    /// Whether the next replication is there.
    pub(super) fn is_ready(&self) -> bool {
        self.waiting.contains_key(&self.taken)
    }

    /// The next replication.
    pub(super) fn take(&mut self) -> Option<Observation> {
        let next = self.waiting.remove(&self.taken)?;
        self.taken += 1;
        Some(next)
    }

    /// How many replications were taken.
    pub(super) const fn taken(&self) -> u32 {
        self.taken
    }

    /// What is missing of the replications before `until`.
    pub(super) fn missing(&self, system: usize, until: u32) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        let mut from = self.taken;
        for &known in self.waiting.range(self.taken..until.max(self.taken)).map(|(known, _)| known) {
            if from < known {
                wanted.push(Wanted { system, replications: from..known });
            }
            from = known + 1;
        }
        if from < until {
            wanted.push(Wanted { system, replications: from..until });
        }
        wanted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_out_of_order_is_taken_in_order_and_the_gaps_are_wanted() {
        let mut intake = Intake::default();
        for (replication, value) in [(3, 3.0), (0, 0.0), (4, 4.0), (0, 9.0)] {
            intake.tell(replication, Observation::new((7, replication), value, &[], 0).unwrap());
        }
        assert_eq!(intake.take().unwrap().objective.to_bits(), 0.0_f64.to_bits());
        assert!(!intake.is_ready() && intake.take().is_none());
        let gaps: Vec<_> = intake.missing(7, 8).into_iter().map(|wanted| wanted.replications).collect();
        assert_eq!(gaps, [1..3, 5..8]);
        assert_eq!(intake.missing(7, 0), []);
    }

    #[test]
    fn an_output_without_a_value_is_refused_by_name() {
        let refused = Observation::new((2, 5), 1.0, &[f64::NAN], 1).unwrap_err();
        assert_eq!(refused.to_string(), "replication 5 of system 2 has an output without a value");
    }
}
