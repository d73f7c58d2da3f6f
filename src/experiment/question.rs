//! Questions, and the one loop that answers them.
//!
//! A question is a state machine: it asks for units and is told what came of them, and decides on nothing but that. It
//! never runs anything, so it is tested with made-up results, and the same question is answered by one thread, by all
//! cores, or by other machines.

use super::store::{Store, StoreError};
use super::unit::{Unit, UnitResult};
use crate::engine::{Tables, Watch};
use crate::scenario::{DesignPoint, Scenario, ScenarioErrors};
use crate::sim::TableCache;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use thiserror::Error;

/// A question that is answered by replications of some points.
pub trait Question {
    /// The units that it wants to know next; none if it has its answer. It is asked again when all of them were told,
    /// so what it asks for may depend on what it was told, and never on the order in which it was.
    fn ask(&mut self) -> Vec<Unit>;

    /// Tells what came of a unit, or why nothing did. Units of one `ask` are told in any order.
    fn tell(&mut self, unit: &Unit, result: Result<UnitResult, Failed>);
}

/// The scenarios of a question's points.
pub trait Worlds: Sync {
    /// The scenario of a point.
    ///
    /// # Errors
    /// All that is wrong with it.
    fn scenario(&self, point: &DesignPoint) -> Result<Scenario, ScenarioErrors>;
}

impl<F: Fn(&DesignPoint) -> Result<Scenario, ScenarioErrors> + Sync> Worlds for F {
    fn scenario(&self, point: &DesignPoint) -> Result<Scenario, ScenarioErrors> {
        self(point)
    }
}

/// Why nothing came of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// What is wrong with the point.
    pub reason: String,
}

/// Why a question has no answer yet.
#[derive(Debug, Error)]
pub enum Unanswered {
    /// It was stopped; what was finished is in the store.
    #[error("interrupted")]
    Interrupted,
    /// Finished units could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How much work an answer took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Orders simulated, warm-up included; those of unfinished units too.
    pub orders: u64,
    /// Replications simulated.
    pub replications: u64,
    /// Replications that were known already.
    pub replications_known: u64,
}

/// Tables of distributions that several workers use.
pub type SharedTables = Arc<TableCache>;

/// Executes units on the current thread pool, and keeps what came of them.
pub struct Worker<'a> {
    worlds: &'a dyn Worlds,
    store: &'a Store,
    watch: Watch<'a>,
    cache: SharedTables,
    orders: AtomicU64,
    simulated: AtomicU64,
    known: AtomicU64,
}

impl std::fmt::Debug for Worker<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Worker").field("store", self.store).finish_non_exhaustive()
    }
}

impl<'a> Worker<'a> {
    /// A worker for the points of `worlds`, which keeps finished units in `store` and is stopped by `watch`.
    pub fn new(worlds: &'a dyn Worlds, store: &'a Store, watch: Watch<'a>) -> Self {
        let counter = AtomicU64::default;
        Self {
            worlds,
            store,
            watch,
            cache: Arc::default(),
            orders: counter(),
            simulated: counter(),
            known: counter(),
        }
    }

    /// The same with tables of distributions that others have made, and go on to use.
    pub fn sharing(self, cache: SharedTables) -> Self {
        Self { cache, ..self }
    }

    /// Answers a question: executes what it asks for until it asks for nothing.
    ///
    /// Units are executed side by side, and each of them on all threads that are free, so that the machine is busy across
    /// points as well as within one.
    ///
    /// # Errors
    /// If it was stopped, or finished units could not be kept.
    pub fn answer<Q: Question + Send>(&self, question: &mut Q) -> Result<(), Unanswered> {
        loop {
            let units = question.ask();
            if units.is_empty() {
                return Ok(());
            }
            let is_stopped = AtomicBool::new(false);
            let asking = Mutex::new(&mut *question);
            let failure = units
                .into_par_iter()
                .with_max_len(1)
                .map(|unit| {
                    if is_stopped.load(Ordering::Relaxed) {
                        return Ok(());
                    }
                    let result =
                        self.execute(&unit).inspect_err(|_| is_stopped.store(true, Ordering::Relaxed))?;
                    asking.lock().unwrap_or_else(PoisonError::into_inner).tell(&unit, result);
                    Ok(())
                })
                .find_any(Result::is_err);
            if let Some(Err(failure)) = failure {
                return Err(failure);
            }
        }
    }

    /// Executes one unit, or as much of it as is not known yet; the inner error is the point's own.
    ///
    /// # Errors
    /// If it was stopped, or its result could not be kept.
    pub fn execute(&self, unit: &Unit) -> Result<Result<UnitResult, Failed>, Unanswered> {
        if !(self.watch)(0) {
            return Err(Unanswered::Interrupted);
        }
        let scenario = match self.worlds.scenario(&unit.point) {
            Ok(scenario) => scenario,
            Err(errors) => return Ok(Err(Failed { reason: errors.to_string().trim_end().to_owned() })),
        };
        let (mut parts, missing) = self.store.known(&scenario.world_hash, unit.replications.clone())?;
        let count =
            |parts: &[UnitResult]| parts.iter().map(|part| part.replications.len() as u64).sum::<u64>();
        self.known.fetch_add(count(&parts), Ordering::Relaxed);
        if !missing.is_empty() {
            let tables = Tables::cached(&scenario.world, &self.cache);
            let counting = |orders: u64| {
                self.orders.fetch_add(orders, Ordering::Relaxed);
                (self.watch)(orders)
            };
            for range in missing {
                // A defect that one point brings to light is told of that point, and the others go on.
                let simulated =
                    catch_unwind(AssertUnwindSafe(|| UnitResult::simulate(&tables, range, &counting)));
                let Ok(part) = simulated else {
                    let reason = "the simulation stopped itself at a defect of the program".to_owned();
                    return Ok(Err(Failed { reason }));
                };
                let part = part.ok_or(Unanswered::Interrupted)?;
                self.simulated.fetch_add(part.replications.len() as u64, Ordering::Relaxed);
                self.store.append(&scenario.world_hash, &part)?;
                parts.push(part);
            }
        }
        parts.sort_by_key(|part| part.first);
        let mut whole = UnitResult::default();
        for part in parts {
            whole.merge(part);
        }
        Ok(Ok(whole))
    }

    /// How much work it was so far.
    pub fn effort(&self) -> Effort {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Effort {
            orders: of(&self.orders),
            replications: of(&self.simulated),
            replications_known: of(&self.known),
        }
    }
}
