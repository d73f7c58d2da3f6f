//! The thread that simulates: it answers the newest move, round by round, and leaves off when another comes.

use super::figures::{Told, told};
use super::moves;
use super::sample::Sample;
use crate::experiment::{Compare, Store, Unanswered, Worker};
use crate::scenario::{DesignPoint, Scenario, ScenarioErrors, Source};
use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tokio::sync::mpsc::Sender;

/// So many replications are kept in memory, about 20 KB each, before those of earlier moves are forgotten.
const MOST_KEPT: u64 = 4_000;

/// A move on its way: the values of its settings, the pinned one first, and where its answers go.
#[derive(Debug)]
pub struct Job {
    /// What each setting sets; one if both are the same.
    pub settings: Vec<Vec<(String, toml::Value)>>,
    /// The world that answers.
    pub sample: Sample,
    /// Where answers go; who hears no more closes it.
    pub answers: Sender<Answer>,
}

/// What is told of a move.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Answer {
    /// Figures over some replications.
    Figures {
        /// Replications of each setting.
        replications: u32,
        /// Whether more are on their way.
        is_last: bool,
        /// Orders simulated for this answer since the last, warm-up included.
        orders: u64,
        /// The figures.
        figures: Vec<Told>,
    },
    /// The next answer takes a while.
    Progress {
        /// Replications of each setting that it will have.
        replications: u32,
        /// The part that is done, in percent.
        percent: u64,
    },
    /// A setting could not be simulated.
    Failed {
        /// Why.
        message: String,
    },
}

/// Where the newest move is left for the thread that simulates.
#[derive(Debug, Default)]
pub struct Desk {
    waiting: Mutex<Option<Job>>,
    arrived: Condvar,
    newest: AtomicU64,
}

impl Desk {
    /// Leaves a move; the one before, waiting or under way, is given up.
    pub fn leave(&self, job: Job) {
        self.newest.fetch_add(1, Ordering::Relaxed);
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(job);
        self.arrived.notify_one();
    }

    fn take(&self) -> (Job, u64) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(job) = waiting.take() {
                return (job, self.newest.load(Ordering::Relaxed));
            }
            waiting = self.arrived.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Answers moves on a pool of threads until the process ends.
pub fn simulate(desk: &Arc<Desk>, source: &Source, threads: &rayon::ThreadPool) {
    let store = Store::in_memory();
    let current: Mutex<(Option<Sender<Answer>>, u64)> = Mutex::default();
    let at_work = AtomicU64::new(0);
    let counted = AtomicU64::new(0);
    let expected = AtomicU64::new(u64::MAX);
    let round = AtomicU64::new(0);
    let worlds = |point: &DesignPoint| -> Result<Scenario, ScenarioErrors> {
        moves::scenario(source, &point.settings)
    };
    let goes_on = |orders: u64| {
        let before = counted.fetch_add(orders, Ordering::Relaxed);
        let all = expected.load(Ordering::Relaxed).max(1);
        let percent = |orders: u64| (100 * orders / all).min(99);
        let current = current.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(answers) = &current.0 else { return false };
        if all > 2_000_000 && percent(before) / 4 != percent(before + orders) / 4 {
            let (replications, percent) = (round.load(Ordering::Relaxed) as u32, percent(before + orders));
            // Progress that does not fit in is not missed.
            let _ = answers.try_send(Answer::Progress { replications, percent });
        }
        at_work.load(Ordering::Relaxed) == desk.newest.load(Ordering::Relaxed) && !answers.is_closed()
    };
    let worker = Worker::new(&worlds, &store, &goes_on);
    let mut kept = 0;
    loop {
        let (job, number) = desk.take();
        at_work.store(number, Ordering::Relaxed);
        *current.lock().unwrap_or_else(PoisonError::into_inner) = (Some(job.answers.clone()), number);
        if worker.effort().replications > kept + MOST_KEPT {
            kept = worker.effort().replications;
            // A store in memory does not fail.
            let _ = store.clear();
        }
        threads.install(|| answer(&job, &worker, (&expected, &counted, &round), &worlds));
        *current.lock().unwrap_or_else(PoisonError::into_inner) = (None, 0);
    }
}

/// Answers one move, round by round.
fn answer(
    job: &Job,
    worker: &Worker<'_>,
    (expected, counted, round): (&AtomicU64, &AtomicU64, &AtomicU64),
    worlds: &dyn Fn(&DesignPoint) -> Result<Scenario, ScenarioErrors>,
) {
    let point = |(number, settings): (usize, &Vec<(String, toml::Value)>)| DesignPoint {
        number,
        settings: settings.clone(),
        ..DesignPoint::default()
    };
    let points: Vec<DesignPoint> = job.settings.iter().enumerate().map(point).collect();
    let failed = |message: String| {
        let _ = job.answers.try_send(Answer::Failed { message });
    };
    let scenarios = match points.iter().map(worlds).collect::<Result<Vec<Scenario>, ScenarioErrors>>() {
        Ok(scenarios) => scenarios,
        Err(errors) => return failed(errors.to_string()),
    };
    let rounds = job.sample.rounds();
    let mut before = 0;
    for replications in &rounds {
        let more = f64::from(replications - before) * job.sample.orders * points.len() as f64;
        expected.store(more as u64, Ordering::Relaxed);
        counted.store(0, Ordering::Relaxed);
        round.store(u64::from(*replications), Ordering::Relaxed);
        let mut question = Compare::exactly(points.clone(), *replications, &[]);
        match worker.answer(&mut question) {
            Ok(()) => {}
            Err(Unanswered::Interrupted) => return,
            Err(error) => return failed(error.to_string()),
        }
        let known = match question.result() {
            Ok(known) => known,
            Err((_, why)) => return failed(why.reason),
        };
        let answer = Answer::Figures {
            replications: *replications,
            is_last: rounds.last() == Some(replications),
            orders: counted.load(Ordering::Relaxed),
            figures: told(&known, &scenarios),
        };
        if job.answers.try_send(answer).is_err() {
            return;
        }
        before = *replications;
    }
}
