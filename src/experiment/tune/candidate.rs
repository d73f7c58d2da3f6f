//! A candidate with all that is known of it.

use crate::experiment::output::Output;
use crate::experiment::unit::UnitResult;
use crate::observe::PenaltyTally;
use crate::scenario::DesignPoint;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A candidate.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) point: Arc<DesignPoint>,
    /// By replication, the value of every output.
    pub(super) told: BTreeMap<u32, Vec<Option<f64>>>,
    /// Sellers by penalised days, over all replications told.
    pub(super) penalties: PenaltyTally,
    /// Why it is out of the question, if it is.
    pub(super) dropped: Option<String>,
}

impl Candidate {
    pub(super) fn new(point: DesignPoint) -> Self {
        Self {
            point: Arc::new(point),
            told: BTreeMap::new(),
            penalties: PenaltyTally::default(),
            dropped: None,
        }
    }

    /// Takes note of some replications.
    pub(super) fn tell(&mut self, result: &UnitResult, outputs: &[&Output]) {
        for (number, replication) in result.range().zip(&result.replications) {
            let values = outputs.iter().map(|output| output.value(replication, &self.point)).collect();
            self.told.insert(number, values);
        }
        self.penalties.merge(&result.penalties);
    }

    /// The values of an output in the replications from `base` on, `count` of them at most; those that are defined.
    pub(super) fn values(&self, output: usize, base: u32, count: u32) -> Vec<f64> {
        let until = base.saturating_add(count);
        self.told.range(base..until).filter_map(|(_, values)| values[output]).collect()
    }
}
