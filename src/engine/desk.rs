//! The support desk of one seller (R11): who is free, and who waits.

use super::case::{Cases, DeskPlace};
use crate::behavior::Discipline;
use crate::sim::SimTime;
use std::collections::VecDeque;

/// A case in the queue; stale once the case has another generation.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    due: SimTime,
    case: u32,
    generation: u16,
}

/// Agents and queue of one seller's desk.
#[derive(Clone, Debug, Default)]
pub(super) struct Desk {
    queue: VecDeque<Waiting>,
    idle: u16,
    /// An opening is already scheduled.
    pub(super) awaits_opening: bool,
}

impl Desk {
    /// A desk whose agents are all free.
    pub(super) fn new(agents: u16) -> Self {
        Self { queue: VecDeque::new(), idle: agents, awaits_opening: false }
    }

    /// Puts a case into the queue.
    pub(super) fn enqueue(&mut self, case: u32, generation: u16, due: SimTime) {
        self.queue.push_back(Waiting { due, case, generation });
    }

    /// An agent is free again.
    pub(super) fn release_agent(&mut self) {
        self.idle += 1;
    }

    /// Takes up the next case if an agent is free, by the desk's discipline; cases that have left are
    /// passed over.
    pub(super) fn take_up(&mut self, discipline: Discipline, cases: &Cases) -> Option<u32> {
        if self.idle == 0 {
            return None;
        }
        let is_here = |waiting: &Waiting| {
            let case = cases.get(waiting.case);
            case.generation == waiting.generation && case.desk == DeskPlace::Waiting
        };
        let next = match discipline {
            Discipline::Fifo => loop {
                let first = self.queue.pop_front()?;
                if is_here(&first) {
                    break first;
                }
            },
            Discipline::EarliestDeadline => {
                self.queue.retain(is_here);
                let urgent = (0..self.queue.len()).min_by_key(|&place| self.queue[place].due)?;
                self.queue.remove(urgent)?
            }
        };
        self.idle -= 1;
        Some(next.case)
    }

    /// Whether anything is in the queue, stale or not.
    pub(super) fn has_queue(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Whether an agent is free.
    pub(super) const fn has_idle_agent(&self) -> bool {
        self.idle > 0
    }
}
