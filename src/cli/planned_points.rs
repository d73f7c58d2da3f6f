//! The points of a plan, and the units of them that are finished: neither is believed before it was looked at.

use super::failure::Failure;
use super::recorded_points::RecordedPoints;
use super::units;
use crate::experiment::{Groups, Points, Store, UnitResult};
use crate::export::plan::{Plan, PlannedUnit, unit_path};
use crate::observe::catalogue::METRICS;
use crate::scenario::Scenario;
use std::path::Path;

/// The points of a plan in a folder.
#[derive(Debug)]
pub(super) struct PlannedPoints<'a> {
    plan: &'a Plan,
    recorded: RecordedPoints<'a>,
    folder: &'a Path,
}

impl<'a> PlannedPoints<'a> {
    /// Of a plan.
    pub(super) fn of(plan: &'a Plan, folder: &'a Path) -> Result<Self, Failure> {
        let file = plan.scenario_path.to_str().ok_or_else(|| {
            Failure::Invalid(format!("{}: the path of the scenario is no text", plan.scenario_path.display()))
        })?;
        let recorded = RecordedPoints { study: &plan.study, file, first: &plan.scenario };
        Ok(Self { plan, recorded, folder })
    }

    pub(super) const fn recorded(&self) -> &RecordedPoints<'a> {
        &self.recorded
    }

    pub(super) const fn folder(&self) -> &Path {
        self.folder
    }

    /// How many replications a point has.
    pub(super) fn replications(&self, point: usize) -> u32 {
        self.plan.replications.get(point).unwrap_or(0)
    }

    /// The scenario of a point, which must be the one that was planned.
    pub(super) fn scenario(&self, point: usize) -> Result<Scenario, Failure> {
        let scenario = self.recorded.scenario(point)?;
        self.expect(&scenario, point)?;
        Ok(scenario)
    }

    /// Refuses a scenario that is not the one that was planned.
    pub(super) fn expect(&self, scenario: &Scenario, point: usize) -> Result<(), Failure> {
        if self.plan.scenario_sha256.get(point) == Some(&scenario.hash) {
            return Ok(());
        }
        Err(Failure::Invalid(format!(
            "{}: point {point} is not the scenario that was planned: plan.json or a file of observed values was changed; plan \
             the study again",
            self.folder.display()
        )))
    }

    /// What came of each part of a finished unit, in their order.
    pub(super) fn finished(&self, folder: &Path, unit: &PlannedUnit) -> Result<Vec<UnitResult>, Failure> {
        let path = unit_path(folder, unit);
        let refused = || {
            Failure::Running(format!(
                "{} is not this unit of the plan: remove it, and run the unit again",
                path.display()
            ))
        };
        let store = Store::read(&path).map_err(units::failure)?;
        let mut found = Vec::new();
        for part in &unit.parts {
            let scenario = self.scenario(part.point)?;
            let (parts, missing) = store.known(&scenario.world_hash, part.range()).map_err(|_| refused())?;
            let mut whole = UnitResult::default();
            for result in parts {
                whole.merge(result);
            }
            let groups = Groups::of(&scenario.world);
            if !missing.is_empty() || whole.range() != part.range() || !is_of(&whole, &groups) {
                return Err(refused());
            }
            found.push(whole);
        }
        Ok(found)
    }
}

/// Whether a result has every metric of every group of its world.
fn is_of(result: &UnitResult, groups: &Groups) -> bool {
    let (markets, sellers, buyers) = (groups.markets as usize, groups.sellers.len(), groups.buyers.len());
    result.groups == *groups
        && result.replications.iter().all(|replication| {
            let of = [&replication.markets, &replication.seller_segments, &replication.buyer_segments];
            let several = of.map(Vec::len) == [markets, sellers, buyers];
            several
                && of
                    .iter()
                    .flat_map(|groups| groups.iter())
                    .chain([&replication.world])
                    .all(|values| values.len() == METRICS.len())
        })
}
