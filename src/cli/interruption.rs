//! Ctrl-C and requests to end: what they stop, and what is kept.
//!
//! A thread of its own waits for them. While a simulation runs it only leaves word, and the simulation stops by itself so that
//! what is finished is kept. At any other time nothing would be kept: then that thread removes what was written so far and ends
//! the process at once, whatever the other threads are doing. So does a second request during a simulation.

use super::terminal::remark;
use crate::export::Leftovers;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Exit status of an interrupted command.
pub(super) const INTERRUPTED_STATUS: u8 = 130;

/// Requests that follow one another more quickly are one: `timeout` asks its command, and then all of its group.
const SAME_REQUEST: Duration = Duration::from_millis(500);

/// Set by the first request; a simulation that sees it stops.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// What a request would stop now.
static STATE: Mutex<State> =
    Mutex::new(State { phase: Phase::Replaceable, words: "", leftovers: None, first: None });

/// What the command is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// What would be lost if it ended now can be had again by the same command.
    Replaceable,
    /// Simulating: it stops by itself, with what is finished.
    Simulating,
    /// Putting results in their place, which takes a moment and must not be cut in two.
    Publishing,
}

impl Phase {
    /// Whether a request, the first or another, ends the process there and then.
    const fn ends_at_once(self, is_second: bool) -> bool {
        match self {
            Self::Replaceable => true,
            Self::Simulating => is_second,
            Self::Publishing => false,
        }
    }
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// What is said if the command ends at once.
    words: &'static str,
    /// What is removed then.
    leftovers: Option<Leftovers>,
    /// When the first request came.
    first: Option<Instant>,
}

/// From here on Ctrl-C, a hang-up and a termination request end the command in order, and nothing half-written is left;
/// `words` say what is lost if that is before anything is finished. What the caller of the program has told it to ignore, as
/// `nohup` and scripts do for what they leave to itself, stays ignored.
pub(super) fn heed(words: &'static str) {
    state().words = words;
    listen();
}

/// Whether it was asked to stop.
pub(super) fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// Results on their way, to be removed if the command ends at once.
pub(super) fn discards(leftovers: Leftovers) {
    state().leftovers = Some(leftovers);
}

/// Does work that stops by itself once [`is_interrupted`].
pub(super) fn keeping_what_is_finished<T>(work: impl FnOnce() -> T) -> T {
    state().phase = Phase::Simulating;
    let done = work();
    let mut state = state();
    state.phase = Phase::Replaceable;
    state.words = "interrupted before the results were written: nothing is written";
    done
}

/// Publishes results, which a request does not cut in two.
pub(super) fn publishing<T>(work: impl FnOnce() -> T) -> T {
    state().phase = Phase::Publishing;
    let done = work();
    let mut state = state();
    (state.phase, state.leftovers) = (Phase::Replaceable, None);
    state.words = "interrupted: the results are written";
    done
}

/// From here on requests have nothing left to stop. If one is ending the process already, the caller goes no further.
pub(super) fn end() {
    state().phase = Phase::Publishing;
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a request does. The state stays locked if the process ends, so that nobody goes on to report what that breaks.
fn stop() {
    let mut state = state();
    INTERRUPTED.store(true, Ordering::Relaxed);
    let is_second = state.first.is_some_and(|first| first.elapsed() > SAME_REQUEST);
    state.first.get_or_insert_with(Instant::now);
    if state.phase.ends_at_once(is_second) {
        if let Some(leftovers) = &state.leftovers {
            leftovers.remove();
        }
        remark(state.words);
        #[allow(
            clippy::exit,
            reason = "other threads may be in the middle of anything, and nothing of it is kept"
        )]
        std::process::exit(i32::from(INTERRUPTED_STATUS));
    }
}

/// Starts the thread that waits for requests. Where the system has no such thread to give, they end the process as they do
/// without one.
#[cfg(unix)]
fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ignored = ignored_signals();
    let heeded = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|&signal| ignored >> (signal - 1) & 1 == 0);
    let Ok(mut signals) = signal_hook::iterator::Signals::new(heeded) else { return };
    let _ = std::thread::Builder::new().name("interruption".into()).spawn(move || {
        for _ in signals.forever() {
            stop();
        }
    });
}

#[cfg(not(unix))]
fn listen() {
    let _ = ctrlc::set_handler(stop);
}

/// The signals that the process was started to ignore, a bit each, the first one lowest; none where the system does not tell.
#[cfg(unix)]
fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_second_request_cuts_a_simulation_short_and_none_cuts_publishing() {
        let ends = |phase: Phase| [false, true].map(|is_second| phase.ends_at_once(is_second));
        assert_eq!(ends(Phase::Replaceable), [true, true]);
        assert_eq!(ends(Phase::Simulating), [false, true]);
        assert_eq!(ends(Phase::Publishing), [false, false]);
    }
}
