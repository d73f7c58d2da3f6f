//! What surrounds a simulation: threads, Ctrl-C and progress, without the interpreter's lock.

use crate::errors::Failure;
use pyo3::prelude::*;
use redress::engine::{Watch, World};
use redress::sim::TableCache;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

/// How often Python is asked whether Ctrl-C was pressed.
const POLL: Duration = Duration::from_millis(20);

/// Polls between two calls of the progress function.
const POLLS_PER_STEP: u32 = 5;

/// Tables of distributions, which take longer to make than a small world to simulate: the next call finds those of the last.
pub(crate) static TABLES: LazyLock<Arc<TableCache>> = LazyLock::new(Arc::default);

/// How a call simulates.
#[derive(Debug)]
pub(crate) struct Session {
    /// Threads; 0 for one a processor.
    threads: usize,
    /// Called with the orders simulated and those expected.
    progress: Option<Py<PyAny>>,
}

impl Session {
    pub(crate) fn new(threads: Option<u16>, progress: Option<Py<PyAny>>) -> Self {
        Self { threads: threads.map_or(0, usize::from), progress }
    }

    /// Works until done, or until Python raises something, which stops the work.
    ///
    /// The work has threads of its own each time: a pool that outlived the call would be lost in a process that forks.
    pub(crate) fn simulate<T: Send>(
        &self,
        py: Python<'_>,
        expected: u64,
        work: impl FnOnce(Watch<'_>) -> T + Send,
    ) -> Result<T, Failure> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads).build();
        let pool = pool.map_err(|error| Failure::Running(format!("cannot start threads: {error}")))?;
        let (is_stopped, orders, outcome) = (AtomicBool::new(false), AtomicU64::new(0), Mutex::new(None));
        let watch = |placed: u64| {
            orders.fetch_add(placed, Ordering::Relaxed);
            !is_stopped.load(Ordering::Relaxed)
        };
        let (begun, done) = channel::<()>();
        let mut raised = None;
        pool.in_place_scope(|scope| {
            let (watch, outcome) = (&watch, &outcome);
            scope.spawn(move |_| {
                // It goes when the work ends, also in a panic.
                let _begun = begun;
                let done = work(watch);
                if let Ok(mut outcome) = outcome.lock() {
                    *outcome = Some(done);
                }
            });
            let mut polls = 0;
            // A receiver belongs to one thread, and waiting for it is done without the lock.
            let done = Mutex::new(done);
            let waits =
                || done.lock().is_ok_and(|done| done.recv_timeout(POLL) == Err(RecvTimeoutError::Timeout));
            while py.detach(waits) {
                polls += 1;
                if let (None, Err(error)) = (&raised, self.look(py, polls, &orders, expected)) {
                    is_stopped.store(true, Ordering::Relaxed);
                    raised = Some(error);
                }
            }
        });
        if let Some(error) = raised {
            return Err(error.into());
        }
        self.tell(py, orders.into_inner(), expected)?;
        let outcome = outcome.into_inner().ok().flatten();
        outcome.ok_or_else(|| Failure::Running("the simulation stopped itself at a defect".to_owned()))
    }

    fn look(&self, py: Python<'_>, polls: u32, orders: &AtomicU64, expected: u64) -> PyResult<()> {
        py.check_signals()?;
        if polls.is_multiple_of(POLLS_PER_STEP) {
            self.tell(py, orders.load(Ordering::Relaxed), expected)?;
        }
        Ok(())
    }

    fn tell(&self, py: Python<'_>, orders: u64, expected: u64) -> PyResult<()> {
        if let Some(progress) = &self.progress {
            progress.call1(py, (orders, expected))?;
        }
        Ok(())
    }
}

/// How many orders so many replications of a world have, about.
pub(crate) fn orders_of(world: &World, replications: u32) -> u64 {
    let days = f64::from(world.days + world.warm_up_days);
    let orders = days * world.market.orders_per_day * f64::from(world.market.count);
    (orders * f64::from(replications)) as u64
}
