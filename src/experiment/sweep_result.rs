//! What came of a sweep: its finished points, read from the store when they are asked for.

use super::compare::{ComparisonRow, Known, comparison};
use super::planned::PlannedPoint;
use super::points::Points;
use super::question::Failed;
use super::store::{Store, StoreError};
use super::summary::{Scope, Summary};
use super::unit::UnitResult;
use crate::observe::{Books, Metric};
use crate::scenario::DesignPoint;
use std::ops::Range;

/// A point of which all replications are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinishedPoint {
    /// Its number in the design.
    pub number: usize,
    /// Its replications, from the first on.
    pub replications: u32,
    /// The warm-up that the point should have had, if its own was too short.
    pub suggested_warm_up_days: Option<u32>,
}

/// What a sweep leaves behind; the metrics are read from the store, point by point.
#[derive(Debug)]
pub struct SweepResult<'a> {
    /// Points that were finished, in the order of the design.
    pub points: Vec<FinishedPoint>,
    /// Points of which nothing came, and why.
    pub failures: Vec<(usize, Failed)>,
    /// Orders of all points, warm-up included.
    pub orders: u64,
    /// Things that happened to orders at all points.
    pub events: u128,
    /// The money audit of all points.
    pub books: Books,
    /// Whether the sweep was stopped before its last point.
    pub is_interrupted: bool,
    pub(super) design: &'a dyn Points,
    pub(super) planned: &'a [PlannedPoint],
    pub(super) store: &'a Store,
}

/// One design point and what came of it.
#[derive(Clone, Debug)]
pub struct SweepPoint {
    /// The factors' levels.
    pub point: DesignPoint,
    /// Estimates of metrics and groups.
    pub summary: Summary,
}

impl SweepResult<'_> {
    /// A finished point with the estimates of every metric and group.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn read(&self, finished: &FinishedPoint) -> Result<SweepPoint, StoreError> {
        let whole = self.whole(finished)?;
        let summary = Summary::of(&whole.groups, &whole.replications);
        Ok(SweepPoint { point: self.design.point(finished.number), summary })
    }

    /// All that is known of a finished point.
    fn whole(&self, finished: &FinishedPoint) -> Result<UnitResult, StoreError> {
        let wanted: Range<u32> = 0..finished.replications;
        let (parts, _) = self.store.known(&self.planned[finished.number].world_hash, wanted)?;
        let mut whole = UnitResult::default();
        for part in parts {
            whole.merge(part);
        }
        Ok(whole)
    }

    /// Every metric and group at two finished points of the design, by their numbers: the second less the first, replication by
    /// replication, which have the same random numbers where both points have the same seed.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn paired(&self, first: usize, second: usize) -> Result<Vec<ComparisonRow>, StoreError> {
        let known = |number: usize| {
            let finished = self.points.iter().find(|point| point.number == number);
            finished.map_or_else(|| Ok(Known::default()), |point| self.whole(point).map(Known::of))
        };
        Ok(comparison(&[known(first)?, known(second)?]))
    }

    /// The first `most` finished points with the estimates of some metrics, of the world and if `with_sellers` of seller
    /// segments.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn points_with(
        &self,
        metrics: &[&Metric],
        most: usize,
        with_sellers: bool,
    ) -> Result<Vec<SweepPoint>, StoreError> {
        let few = |finished| {
            let mut point = self.read(finished)?;
            point.summary.rows.retain(|row| {
                let is_shown =
                    row.scope == Scope::World || (with_sellers && row.scope == Scope::SellerSegment);
                is_shown && metrics.iter().any(|metric| metric.name == row.metric.name)
            });
            point.summary.rows.shrink_to_fit();
            // Charts know a point by its labels.
            point.point.settings = Vec::new();
            Ok(point)
        };
        self.points.iter().take(most).map(few).collect()
    }

    /// The numbers of replications of the units that a finished point consists of, in their order.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn parts(&self, finished: &FinishedPoint) -> Result<Vec<u32>, StoreError> {
        let wanted = 0..finished.replications;
        let (parts, _) = self.store.known(&self.planned[finished.number].world_hash, wanted)?;
        Ok(parts.iter().map(|part| part.replications.len() as u32).collect())
    }

    /// Where the units are.
    pub const fn store(&self) -> &Store {
        self.store
    }

    /// The longest warm-up that a point should have had, if any was too short.
    pub fn suggested_warm_up_days(&self) -> Option<u32> {
        self.points.iter().filter_map(|point| point.suggested_warm_up_days).max()
    }
}
