//! The support desk of one seller that serves the earliest deadline first (R11): who is free, and who waits. Who comes later
//! may be served before, so that a case has to wait there to learn when it is answered.

use crate::engine::order::case::{Cases, DeskPlace};
use crate::sim::SimTime;

/// A case in the queue; stale once the case has another ticket or waits no more.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    due: SimTime,
    case: u32,
    ticket: u32,
}

/// Agents and queue of one seller's desk.
#[derive(Clone, Debug, Default)]
pub(crate) struct EarliestDeadlineDesk {
    queue: Vec<Waiting>,
    idle: u16,
    /// An opening is already scheduled.
    pub(crate) awaits_opening: bool,
}

impl EarliestDeadlineDesk {
    /// A desk whose agents are all free.
    pub(crate) fn new(agents: u16) -> Self {
        Self { queue: Vec::new(), idle: agents, awaits_opening: false }
    }

    /// Puts a case into the queue under a ticket that no other waiting case of the shard has.
    pub(crate) fn enqueue(&mut self, case: u32, ticket: u32, due: SimTime) {
        self.queue.push(Waiting { due, case, ticket });
    }

    /// An agent is free again.
    pub(crate) fn release_agent(&mut self) {
        self.idle += 1;
    }

    /// Takes up the case with the earliest deadline if an agent is free; of several the first that came. Cases that have
    /// left are passed over.
    pub(crate) fn take_up(&mut self, cases: &Cases) -> Option<u32> {
        if self.idle == 0 {
            return None;
        }
        self.queue.retain(|waiting| {
            let case = cases.get(waiting.case);
            case.ticket == waiting.ticket && case.desk == DeskPlace::Waiting
        });
        let urgent = (0..self.queue.len()).min_by_key(|&place| self.queue[place].due)?;
        let next = self.queue.remove(urgent);
        self.idle -= 1;
        Some(next.case)
    }

    /// Whether an agent is free and something is in the queue, stale or not.
    pub(crate) const fn is_ready(&self) -> bool {
        self.idle > 0 && !self.queue.is_empty()
    }
}
