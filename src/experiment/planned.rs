//! The points of a study, checked before anything is simulated.

use super::points::Points;
use super::unit::WorldHash;
use crate::scenario::{PrecisionTarget, Scenario, ScenarioError, ScenarioErrors};
use rayon::prelude::*;

/// What is kept of a valid point; its scenario is made again when it is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedPoint {
    /// What its replications depend on.
    pub world_hash: WorldHash,
    /// Replications that its scenario asks for.
    pub replications: u32,
    /// How precise its metrics have to be; empty for a fixed number of replications.
    pub precision: Vec<PrecisionTarget>,
    /// The most replications for that.
    pub most_replications: u32,
}

impl PlannedPoint {
    /// Of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            world_hash: scenario.world_hash,
            replications: scenario.world.replications,
            precision: scenario.precision.clone(),
            most_replications: scenario.most_replications,
        }
    }
}

/// Checks every point on all threads, and keeps what `keep` takes of each.
///
/// `None` if `goes_on` answered false before all were checked.
///
/// # Errors
/// What keeps any of the points from being a valid scenario.
pub fn check_points<T: Send>(
    points: &dyn Points,
    goes_on: &(dyn Fn() -> bool + Sync),
    keep: impl Fn(usize, Scenario) -> T + Sync,
) -> Option<Result<Vec<T>, ScenarioErrors>> {
    let check = |number| goes_on().then(|| points.scenario(number).map(|scenario| keep(number, scenario)));
    let checked: Vec<_> = (0..points.count()).into_par_iter().map(check).while_some().collect();
    if checked.len() < points.count() {
        return None;
    }
    let mut errors: Vec<ScenarioError> = Vec::new();
    let valid = |point: Result<T, ScenarioErrors>| match point {
        Ok(point) => Some(point),
        Err(found) => {
            errors.extend(found.into_vec());
            None
        }
    };
    let kept: Vec<T> = checked.into_iter().filter_map(valid).collect();
    Some(if errors.is_empty() { Ok(kept) } else { Err(ScenarioErrors::all(errors)) })
}
