//! What surrounds a simulation: a thread pool, the time, and a progress bar.

use super::failure::Failure;
use super::interruption::{self, is_interrupted};
use super::progress::orders_bar;
use crate::engine::World;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// How a simulation went.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing {
    pub(super) wall_seconds: f64,
    pub(super) threads: usize,
}

/// How many orders the worlds will have, about.
pub(super) fn expected_orders<'a>(worlds: impl Iterator<Item = &'a World>) -> u64 {
    let of_world = |world: &World| {
        let days = f64::from(world.days + world.warm_up_days);
        days * world.market.orders_per_day * f64::from(world.market.count) * f64::from(world.replications)
    };
    worlds.map(of_world).sum::<f64>() as u64
}

/// Starts the threads asked for, the calling one among them, unless they were started before.
pub(super) fn start_threads(threads: Option<u16>) -> Result<(), Failure> {
    static STARTED: AtomicBool = AtomicBool::new(false);
    if STARTED.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, usize::from))
        .use_current_thread()
        .build_global()
        .map_err(|error| Failure::Running(format!("cannot start threads: {error}; try --threads 1")))
}

/// Simulates on the threads asked for, the calling one among them, with progress, until done or interrupted; charts are drawn
/// on them later.
pub(super) fn simulate<T: Send>(
    threads: Option<u16>,
    shows_progress: bool,
    expected_orders: u64,
    work: impl FnOnce(crate::engine::Watch<'_>) -> T + Send,
) -> Result<(T, Timing), Failure> {
    start_threads(threads)?;
    let bar = orders_bar(expected_orders, shows_progress);
    let begun = Instant::now();
    let watch = |orders: u64| {
        bar.inc(orders);
        !is_interrupted()
    };
    let outcome = interruption::keeping_what_is_finished(|| work(&watch));
    bar.finish_and_clear();
    let threads = rayon::current_num_threads();
    Ok((outcome, Timing { wall_seconds: begun.elapsed().as_secs_f64(), threads }))
}
