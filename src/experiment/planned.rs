//! The points of a study, checked before anything is simulated.

use super::store::WorldHash;
use crate::scenario::{Plan, Scenario, ScenarioError, ScenarioErrors};
use rayon::prelude::*;

/// What is kept of a valid point; its scenario is made again when it is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedPoint {
    /// What its replications depend on.
    pub world_hash: WorldHash,
    /// SHA-256 of its resolved scenario, in hexadecimal digits.
    pub scenario_hash: String,
    /// Seed of every draw.
    pub seed: u64,
    /// Replications that its scenario asks for.
    pub replications: u32,
    /// Orders that one of them will have, about.
    pub orders_expected: f64,
}

impl PlannedPoint {
    /// Of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let world = &scenario.world;
        let days = f64::from(world.days + world.warm_up_days);
        Self {
            world_hash: scenario.world_hash,
            scenario_hash: scenario.hash.clone(),
            seed: world.seed,
            replications: world.replications,
            orders_expected: days * world.market.orders_per_day * f64::from(world.market.count),
        }
    }
}

/// Checks every point of a plan, on all threads.
///
/// `None` if `goes_on` answered false before all were checked.
///
/// # Errors
/// What keeps any of the points from being a valid scenario.
pub fn check_points(plan: &Plan<'_>, goes_on: &(dyn Fn() -> bool + Sync)) -> Option<Result<Vec<PlannedPoint>, ScenarioErrors>> {
    let check = |number| goes_on().then(|| plan.scenario(number).map(|scenario| PlannedPoint::of(&scenario)));
    let checked: Vec<_> = (0..plan.len()).into_par_iter().map(check).while_some().collect();
    if checked.len() < plan.len() {
        return None;
    }
    let mut points = Vec::with_capacity(checked.len());
    let mut errors: Vec<ScenarioError> = Vec::new();
    for point in checked {
        match point {
            Ok(point) => points.push(point),
            Err(found) => errors.extend(found.into_vec()),
        }
    }
    Some(if errors.is_empty() { Ok(points) } else { Err(ScenarioErrors::all(errors)) })
}
