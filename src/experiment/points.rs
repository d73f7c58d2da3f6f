//! The points of a question, one by one.

use crate::scenario::{DesignPoint, Plan, Scenario, ScenarioErrors};
use std::fmt::Debug;

/// Points in an order, with their scenarios. Each is made when it is asked for.
pub trait Points: Debug + Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// A point by its number, below the count.
    fn point(&self, number: usize) -> DesignPoint;

    /// The scenario of a point.
    ///
    /// # Errors
    /// All that is wrong with it.
    fn scenario(&self, number: usize) -> Result<Scenario, ScenarioErrors>;
}

impl Points for Plan<'_> {
    fn count(&self) -> usize {
        self.len()
    }

    fn point(&self, number: usize) -> DesignPoint {
        Plan::point(self, number)
    }

    fn scenario(&self, number: usize) -> Result<Scenario, ScenarioErrors> {
        Plan::scenario(self, number)
    }
}
