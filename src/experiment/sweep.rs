//! A sweep: the same run at every point of a design, under common random numbers.

use super::planned::PlannedPoint;
use super::points::Points;
use super::precision::PrecisionWatch;
use super::question::{Failed, Question};
use super::run::Replication;
use super::store::{Store, StoreError};
use super::sweep_result::{FinishedPoint, SweepResult};
use super::unit::{Unit, UnitResult};
use super::warm_up::Weeks;
use crate::observe::Books;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many points are asked for at a time: enough to keep many threads busy to their end, few enough for their results to be
/// told soon. The same for any number of threads.
const POINTS_TOGETHER: usize = 256;

/// The question: every replication of every point, or as many of each as make it precise.
///
/// All points share the seed, so that they differ by their factors and by the chance that these change. What is kept of a point
/// that is done are a few numbers; the metrics of its replications are in the store.
#[derive(Debug)]
pub struct Sweep<'a> {
    points: &'a dyn Points,
    planned: &'a [PlannedPoint],
    /// The parts in which the replications of each point are asked for, if they are given.
    parts: Option<&'a [Vec<u32>]>,
    together: usize,
    next: usize,
    open: BTreeMap<usize, OpenPoint>,
    done: Vec<Option<PointOutcome>>,
}

/// A point of which replications are wanted still.
#[derive(Debug, Default)]
struct OpenPoint {
    asked: u32,
    told: u32,
    watch: Option<PrecisionWatch>,
    /// What was told, by the first replication; taken over in order.
    parts: BTreeMap<u32, UnitResult>,
    known: Vec<Replication>,
    totals: Totals,
}

/// What is added up over the replications of a point.
#[derive(Clone, Debug, Default)]
struct Totals {
    orders: u64,
    events: u128,
    books: Books,
    weeks: Weeks,
}

/// What came of a point.
#[derive(Clone, Debug)]
enum PointOutcome {
    Finished {
        replications: u32,
        orders: u64,
        events: u128,
        books: Books,
        suggested_warm_up_days: Option<u32>,
    },
    Failed(Failed),
    LeftOut,
}

impl<'a> Sweep<'a> {
    /// Of points that were checked.
    pub fn new(points: &'a dyn Points, planned: &'a [PlannedPoint]) -> Self {
        let done = vec![None; planned.len()];
        Self { points, planned, parts: None, together: POINTS_TOGETHER, next: 0, open: BTreeMap::new(), done }
    }

    /// The same with the replications of each point in parts of these sizes, and without the points that have none: what an
    /// earlier sweep has done, again. No precision is looked at.
    pub fn in_parts(points: &'a dyn Points, planned: &'a [PlannedPoint], parts: &'a [Vec<u32>]) -> Self {
        let left_out = |parts: &Vec<u32>| parts.is_empty().then_some(PointOutcome::LeftOut);
        Self { parts: Some(parts), done: parts.iter().map(left_out).collect(), ..Self::new(points, planned) }
    }

    /// The same with all points asked for at once: what other machines are to share needs no pause between some and the next.
    pub fn all_at_once(self) -> Self {
        Self { together: usize::MAX, ..self }
    }

    /// Answers as far as a store knows, without simulating anything; the units that it lacks, which are none if the sweep has its
    /// answer.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn recall(&mut self, store: &Store) -> Result<Vec<Unit>, StoreError> {
        loop {
            let units = self.ask();
            if units.is_empty() {
                return Ok(Vec::new());
            }
            let mut missing = Vec::new();
            for unit in units {
                let world = &self.planned[unit.point.number].world_hash;
                let (known, lacking) = store.known(world, unit.replications.clone())?;
                if lacking.is_empty() {
                    let mut whole = UnitResult::default();
                    for part in known {
                        whole.merge(part);
                    }
                    self.tell(&unit, Ok(whole));
                }
                missing.extend(
                    lacking
                        .into_iter()
                        .map(|replications| Unit { point: Arc::clone(&unit.point), replications }),
                );
            }
            if !missing.is_empty() {
                return Ok(missing);
            }
        }
    }

    /// What came of it, also of a sweep that was stopped.
    pub fn result(self, store: &'a Store) -> SweepResult<'a> {
        let mut result = SweepResult {
            points: Vec::new(),
            failures: Vec::new(),
            orders: 0,
            events: 0,
            books: Books::default(),
            is_interrupted: self.done.iter().any(Option::is_none),
            design: self.points,
            planned: self.planned,
            store,
        };
        for (number, outcome) in self.done.into_iter().enumerate() {
            match outcome {
                Some(PointOutcome::Finished {
                    replications,
                    orders,
                    events,
                    books,
                    suggested_warm_up_days,
                }) => {
                    result.points.push(FinishedPoint { number, replications, suggested_warm_up_days });
                    result.orders += orders;
                    result.events += events;
                    result.books.merge(&books);
                }
                Some(PointOutcome::Failed(failed)) => result.failures.push((number, failed)),
                Some(PointOutcome::LeftOut) | None => {}
            }
        }
        result
    }

    /// Units of the points that are open, after what was told of them is taken over.
    fn units_of_open(&mut self) -> Vec<Unit> {
        let mut units = Vec::new();
        let planned = self.planned;
        for (&number, point) in &mut self.open {
            let several = point.wanted(&planned[number]);
            if several == 0 {
                self.done[number].get_or_insert_with(|| point.outcome());
                continue;
            }
            let design_point = Arc::new(self.points.point(number));
            let whole = [several];
            for several in self.parts.map_or(&whole[..], |parts| &parts[number]) {
                let replications = point.asked..point.asked + several;
                point.asked = replications.end;
                units.push(Unit { point: Arc::clone(&design_point), replications });
            }
        }
        self.open.retain(|&number, _| self.done[number].is_none());
        units
    }
}

impl OpenPoint {
    /// How many replications more it takes.
    fn wanted(&mut self, planned: &PlannedPoint) -> u32 {
        for (_, part) in std::mem::take(&mut self.parts) {
            self.totals.orders += part.orders;
            self.totals.events += part.events;
            self.totals.books.merge(&part.books);
            self.totals.weeks.merge(&part.weeks);
            if self.watch.is_some() {
                self.known.extend(part.replications);
            }
        }
        if planned.precision.is_empty() {
            return planned.replications - self.asked;
        }
        let new = || PrecisionWatch::new(&planned.precision, planned.replications, planned.most_replications);
        let watch = self.watch.get_or_insert_with(new);
        if self.asked > 0 {
            watch.look_at(&self.known);
        }
        watch.wanted().unwrap_or(0)
    }

    fn outcome(&self) -> PointOutcome {
        PointOutcome::Finished {
            replications: self.asked,
            orders: self.totals.orders,
            events: self.totals.events,
            books: self.totals.books,
            suggested_warm_up_days: self.totals.weeks.suggested_warm_up_days(),
        }
    }
}

impl Question for Sweep<'_> {
    fn ask(&mut self) -> Vec<Unit> {
        loop {
            let units = self.units_of_open();
            if !units.is_empty() || self.next == self.planned.len() {
                return units;
            }
            let points = self.next..self.planned.len().min(self.next.saturating_add(self.together));
            self.next = points.end;
            let wanted = points.filter(|&number| self.done[number].is_none());
            self.open.extend(wanted.map(|number| (number, OpenPoint::default())));
        }
    }

    fn tell(&mut self, unit: &Unit, result: Result<UnitResult, Failed>) {
        let number = unit.point.number;
        match (result, self.open.get_mut(&number)) {
            (Ok(result), Some(point)) => {
                point.told += result.replications.len() as u32;
                point.parts.insert(result.first, result);
            }
            (Err(failed), _) => self.done[number] = Some(PointOutcome::Failed(failed)),
            (Ok(_), None) => {}
        }
        // A point that looks at no precision is done when all of it is told; what a stopped sweep leaves is then whole.
        if self.planned[number].precision.is_empty()
            && let Some(point) = self.open.get_mut(&number)
            && self.done[number].is_none()
            && point.told == point.asked
            && point.wanted(&self.planned[number]) == 0
        {
            self.done[number] = Some(point.outcome());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Study;
    use std::path::Path;

    fn result(unit: &Unit) -> UnitResult {
        let count = unit.replications.len();
        UnitResult {
            first: unit.replications.start,
            replications: vec![Replication::default(); count],
            orders: 10 * count as u64,
            ..UnitResult::default()
        }
    }

    fn planned(count: usize) -> Vec<PlannedPoint> {
        let point = |number: usize| PlannedPoint {
            world_hash: [number as u8; 32],
            replications: 3,
            precision: Vec::new(),
            most_replications: 1000,
        };
        (0..count).map(point).collect()
    }

    fn study(values: usize) -> Study {
        let factor = format!("sellers[*].defect=0..0.5/{values}");
        Study::from_factors(Path::new("scenarios/verification/base.toml"), &[factor]).unwrap()
    }

    #[test]
    fn every_point_is_asked_for_once_and_a_failing_one_stops_nothing() {
        let (study, planned, store) = (study(300), planned(300), Store::in_memory());
        let plan = study.plan();
        let mut sweep = Sweep::new(&plan, &planned);
        let mut asked = Vec::new();
        loop {
            let units = sweep.ask();
            if units.is_empty() {
                break;
            }
            // In any order.
            for unit in units.iter().rev() {
                asked.push(unit.point.number);
                assert_eq!(unit.replications, 0..3);
                let failed = Failed { reason: "no reason".to_owned() };
                sweep.tell(unit, if unit.point.number == 7 { Err(failed) } else { Ok(result(unit)) });
            }
        }
        asked.sort_unstable();
        assert_eq!(asked, (0..300).collect::<Vec<_>>());
        let result = sweep.result(&store);
        assert_eq!((result.points.len(), result.failures[0].0, result.orders), (299, 7, 299 * 30));
        assert!(!result.is_interrupted);
    }

    #[test]
    fn a_sweep_in_parts_asks_for_these_and_leaves_the_other_points_out() {
        let (study, planned, store) = (study(300), planned(300), Store::in_memory());
        let mut parts = vec![Vec::new(); 300];
        parts[299] = vec![1, 2];
        let plan = study.plan();
        let mut sweep = Sweep::in_parts(&plan, &planned, &parts);
        let units = sweep.ask();
        let asked: Vec<_> = units.iter().map(|unit| (unit.point.number, unit.replications.clone())).collect();
        assert_eq!(asked, [(299, 0..1), (299, 1..3)]);
        units.iter().rev().for_each(|unit| sweep.tell(unit, Ok(result(unit))));
        assert!(sweep.ask().is_empty());
        let result = sweep.result(&store);
        assert_eq!((result.points.len(), result.orders, result.is_interrupted), (1, 30, false));
    }

    #[test]
    fn a_sweep_is_answered_from_the_store_and_names_what_it_lacks() {
        let (study, planned, store) = (study(3), planned(3), Store::in_memory());
        let plan = study.plan();
        let lacking = |store: &Store| {
            let mut sweep = Sweep::new(&plan, &planned);
            let units = sweep.recall(store).unwrap();
            let lacking: Vec<_> =
                units.into_iter().map(|unit| (unit.point.number, unit.replications)).collect();
            (lacking, sweep.result(store).points.len())
        };
        for (number, range) in [(0, 0..3), (1, 0..2)] {
            let point = Arc::new(plan.point(number));
            let found = result(&Unit { point, replications: range });
            store.append(&planned[number].world_hash, &found).unwrap();
        }
        assert_eq!(lacking(&store), (vec![(1, 2..3), (2, 0..3)], 1));
        for (number, range) in [(1, 2..3), (2, 0..3)] {
            let point = Arc::new(plan.point(number));
            store.append(&planned[number].world_hash, &result(&Unit { point, replications: range })).unwrap();
        }
        assert_eq!(lacking(&store), (vec![], 3));
    }

    #[test]
    fn a_stopped_sweep_has_the_points_that_were_told() {
        let (study, planned, store) = (study(5), planned(5), Store::in_memory());
        let plan = study.plan();
        let mut sweep = Sweep::new(&plan, &planned);
        let units = sweep.ask();
        for unit in &units[2..4] {
            sweep.tell(unit, Ok(result(unit)));
        }
        let result = sweep.result(&store);
        assert_eq!(result.points.iter().map(|point| point.number).collect::<Vec<_>>(), [2, 3]);
        assert!(result.is_interrupted);
    }
}
