//! A sweep: the same run at every design point, under common random numbers.

use super::run::run;
use super::summary::Summary;
use super::warm_up::transient;
use crate::engine::Watch;
use crate::observe::Books;
use crate::scenario::{DesignPoint, Scenario};

/// One design point and what came of it.
#[derive(Clone, Debug)]
pub struct SweepPoint {
    /// The factors' levels.
    pub point: DesignPoint,
    /// Estimates of every metric and group.
    pub summary: Summary,
    /// The warm-up that the point should have had, if its own was too short.
    pub suggested_warm_up_days: Option<u32>,
}

/// What a sweep leaves behind.
#[derive(Clone, Debug, Default)]
pub struct SweepResult {
    /// Points that were finished, in the order of the design.
    pub points: Vec<SweepPoint>,
    /// Orders simulated at all points, warm-up included.
    pub orders: u64,
    /// Things that happened to orders at all points.
    pub events: u64,
    /// The money audit of all points.
    pub books: Books,
    /// Whether the sweep was stopped before its last point.
    pub is_interrupted: bool,
}

/// Runs every point in turn; each keeps the whole thread pool busy with its replications and markets.
///
/// All points share the seed, and with it every draw that their factors do not touch.
pub fn sweep(points: Vec<(DesignPoint, Scenario)>, watch: Watch<'_>) -> SweepResult {
    let mut whole = SweepResult::default();
    for (point, scenario) in points {
        let result = run(&scenario.world, watch);
        whole.orders += result.orders;
        if result.is_interrupted {
            whole.is_interrupted = true;
            break;
        }
        whole.events += result.tally().get(crate::observe::Count::Events);
        whole.books.merge(&result.books);
        let world = &scenario.world;
        whole.points.push(SweepPoint {
            point,
            summary: Summary::new(world, &result),
            suggested_warm_up_days: transient(world, &result)
                .map(|found| found.suggested(world.warm_up_days)),
        });
    }
    whole
}
