//! A unit: some replications of one world, the piece of work that every question is made of.

use super::run::{Replication, RunResult, run_replications};
use super::summary::Groups;
use super::warm_up::Weeks;
use crate::engine::{Tables, Watch, World};
use crate::observe::{Books, Count, PenaltyTally};
use crate::scenario::DesignPoint;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// Raised with every value-breaking change: what was simulated before it is not what is simulated now.
pub const VALUES: u32 = 1;

/// What a replication depends on, hashed; see [`crate::scenario::Scenario::world_hash`].
pub type WorldHash = [u8; 32];

/// Which replications of which point a question wants to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The world, as what it changes of the question's scenario.
    pub point: Arc<DesignPoint>,
    /// Numbers of the replications.
    pub replications: Range<u32>,
}

/// What came of a unit. Nothing in it depends on where, when or beside what it ran.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnitResult {
    /// The groups that the metrics are of.
    pub groups: Groups,
    /// Number of the first replication.
    pub first: u32,
    /// The metrics of each replication, in order.
    pub replications: Vec<Replication>,
    /// Orders simulated, warm-up included.
    pub orders: u64,
    /// Things that happened to them.
    pub events: u128,
    /// The money audit, added up.
    pub books: Books,
    /// What tells whether the warm-up was long enough.
    pub weeks: Weeks,
    /// Sellers by penalised days, added up.
    pub penalties: PenaltyTally,
}

impl UnitResult {
    /// What a question needs of a run.
    pub fn of(world: &World, result: &RunResult) -> Self {
        Self {
            groups: Groups::of(world),
            first: result.first_replication,
            replications: result.replications.clone(),
            orders: result.orders,
            events: result.tally().get(Count::Events),
            books: result.books,
            weeks: Weeks::of(world, result),
            penalties: result.world.penalties.clone(),
        }
    }

    /// Simulates some replications; `None` if they were stopped.
    pub fn simulate(tables: &Tables, replications: Range<u32>, watch: Watch<'_>) -> Option<Self> {
        let result = run_replications(tables, replications, watch);
        (!result.is_interrupted).then(|| Self::of(tables.world(), &result))
    }

    /// The numbers of the replications.
    pub fn range(&self) -> Range<u32> {
        self.first..self.first + self.replications.len() as u32
    }

    /// Adds the replications that follow these.
    pub fn merge(&mut self, later: Self) {
        if self.replications.is_empty() {
            *self = later;
            return;
        }
        self.replications.extend(later.replications);
        self.orders += later.orders;
        self.events += later.events;
        self.books.merge(&later.books);
        self.weeks.merge(&later.weeks);
        self.penalties.merge(&later.penalties);
    }
}
