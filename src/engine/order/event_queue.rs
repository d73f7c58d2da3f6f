//! The event queue of what meets somebody: buckets by day, ordered inside a day by seller and instant.
//!
//! Events of one seller are ordered by
//!
//! 1. instant;
//! 2. phase, as within a case ([`super::agenda`]); the day's close comes last;
//! 3. tie-breaker: what belongs to the desk itself, then cases by a part of their orders' keys.
//!
//! So the order does not depend on what was scheduled first, and nobody's turn on how far ahead orders are placed.
//!
//! Sellers do not meet within a day, so the day's events are done seller by seller. A case has at most one event here
//! that is not stale, the first of its agenda; before its first event only its opening is kept.

use super::agenda::EventKind;
use super::case::{Cases, Opening, Order};
use crate::engine::ground::day_ring::{DayRing, Turning, turn_of};
use crate::sim::{Day, SimTime};

/// A scheduled event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    /// Seller, second of the day, phase and tie-breaker, from the highest bit down.
    rank: u64,
    /// Number of the case, or the place of its opening; 0 for events of the desk itself.
    pub(crate) case: u32,
    /// The case's generation when the event was scheduled.
    pub(crate) generation: u16,
    turn: u8,
    pub(crate) what: EventKind,
}

impl Event {
    /// Room for an event.
    const NONE: Self = Self { rank: 0, case: 0, generation: 0, turn: 0, what: EventKind::CaseBegins };
}

/// So many events of a seller's day are put in order as they are dealt out.
const FEW: u32 = 16;

const TIE_BREAKER_BITS: u32 = 32;
const PHASE_BITS: u32 = 1;
const SECOND_BITS: u32 = 17;
/// Sellers in a shard have numbers below this.
pub(crate) const SELLER_LIMIT: usize = 1 << (64 - TIE_BREAKER_BITS - PHASE_BITS - SECOND_BITS);
impl Event {
    /// Number of the seller in its shard.
    #[inline]
    pub(crate) const fn seller(&self) -> usize {
        (self.rank >> (TIE_BREAKER_BITS + PHASE_BITS + SECOND_BITS)) as usize
    }

    /// The instant, on `day`.
    #[inline]
    pub(crate) const fn at(&self, day: Day) -> SimTime {
        let second = (self.rank >> (TIE_BREAKER_BITS + PHASE_BITS)) & ((1 << SECOND_BITS) - 1);
        SimTime(day.start().0 + second as i64)
    }
}

impl Turning for Event {
    #[inline]
    fn turn(&self) -> u8 {
        self.turn
    }
}

impl Turning for Opening {
    #[inline]
    fn turn(&self) -> u8 {
        turn_of(self.at.day())
    }
}

/// The coming events of a shard.
#[derive(Debug)]
pub(crate) struct EventQueue {
    days: DayRing<Event>,
    /// Cases that wait for the day of their first event: they lie side by side when it comes.
    openings: DayRing<Opening>,
    /// Those of the day being done.
    begins_today: Vec<Opening>,
    /// The day being done, and its events that were scheduled while it was done, last first.
    today: Option<Day>,
    fresh: Vec<Event>,
    /// Number of sellers.
    sellers: usize,
    /// Nothing is scheduled at or after the horizon.
    horizon: SimTime,
    /// Scratch of [`Self::sort`]: where the next event of each seller goes, and events as they are dealt out.
    ends: Vec<u32>,
    dealt: Vec<Event>,
}

impl EventQueue {
    /// An empty queue for so many sellers.
    pub(crate) fn new(sellers: usize, horizon: SimTime) -> Self {
        assert!(sellers <= SELLER_LIMIT);
        Self {
            days: DayRing::new(),
            openings: DayRing::new(),
            begins_today: Vec::new(),
            today: None,
            fresh: Vec::new(),
            sellers,
            horizon,
            ends: Vec::new(),
            dealt: Vec::new(),
        }
    }

    /// Schedules an event of a seller's desk itself; one at or after the horizon is forgotten.
    pub(crate) fn schedule(&mut self, at: SimTime, seller: u16, what: EventKind) {
        self.put(at, seller, what, 0, 0, 0);
    }

    #[inline]
    fn put(
        &mut self,
        at: SimTime,
        seller: u16,
        what: EventKind,
        tie_breaker: u32,
        case: u32,
        generation: u16,
    ) {
        if at >= self.horizon {
            return;
        }
        let day = at.day();
        let rank = rank(second_of(at, day), seller, what, tie_breaker);
        let event = Event { rank, case, generation, turn: turn_of(day), what };
        if self.today == Some(day) {
            let place = self.fresh.partition_point(|other| other.rank > rank);
            self.fresh.insert(place, event);
        } else {
            debug_assert!(self.today.is_none_or(|today| day > today), "{what:?} is scheduled in the past");
            self.days.push(day, event);
        }
    }

    /// Lets a case wait for its first event, which lies before the horizon.
    #[inline]
    pub(crate) fn wait(&mut self, opening: Opening) {
        self.openings.push(opening.at.day(), opening);
    }

    /// What the case begins with whose beginning is an event of today.
    pub(crate) fn opening(&self, place: u32) -> &Opening {
        &self.begins_today[place as usize]
    }

    /// What all of those cases begin with.
    pub(crate) fn openings_today(&self) -> &[Opening] {
        &self.begins_today
    }

    /// Schedules the next event of a stored case; what was scheduled for it before is stale.
    pub(crate) fn announce(&mut self, number: u32, cases: &mut Cases) {
        let generation = cases.announce(number);
        let case = cases.get(number);
        let (at, what) = case.agenda.first();
        let Order { key, seller, .. } = case.order;
        self.put(at, seller, what, key.tie_breaker(), number, generation);
    }

    /// Begins a day: gives its events in order. Events scheduled for the same day from now on come from
    /// [`Self::next`] too.
    pub(crate) fn begin(&mut self, day: Day, events: &mut Vec<Event>) {
        self.today = Some(day);
        self.days.take(day, events);
        self.openings.take(day, &mut self.begins_today);
        let begin = |(case, opening): (u32, &Opening)| {
            let Order { key, seller, .. } = opening.order;
            let rank = rank(second_of(opening.at, day), seller, opening.what, key.tie_breaker());
            Event { rank, case, generation: 0, turn: turn_of(day), what: EventKind::CaseBegins }
        };
        events.extend((0..).zip(&self.begins_today).map(begin));
        self.sort(events);
    }

    /// Sorts a day's events: they are dealt out to their sellers, who have few each, and put in order there.
    fn sort(&mut self, events: &mut [Event]) {
        let Self { ends, dealt, .. } = self;
        ends.clear();
        ends.resize(self.sellers, 0);
        for event in events.iter() {
            ends[event.seller()] += 1;
        }
        // The first place is nobody's: what lies there comes before every event, as does what is not dealt out yet.
        let (mut most, mut end) = (0, 1);
        for number in ends.iter_mut() {
            most = most.max(*number);
            end += std::mem::replace(number, end);
        }
        if most > FEW {
            return events.sort_unstable_by_key(|event| event.rank);
        }
        dealt.clear();
        dealt.resize(events.len() + 1, Event::NONE);
        for event in events.iter() {
            let end = &mut ends[event.seller()];
            let mut hole = *end as usize;
            *end += 1;
            while dealt[hole - 1].rank > event.rank {
                dealt[hole] = dealt[hole - 1];
                hole -= 1;
            }
            dealt[hole] = *event;
        }
        events.copy_from_slice(&dealt[1..]);
    }

    /// The next event of today: of `events`, or of those scheduled meanwhile.
    #[inline]
    pub(crate) fn next(&mut self, events: &[Event], done: &mut usize) -> Option<Event> {
        let planned = events.get(*done);
        match (planned, self.fresh.last()) {
            (Some(planned), Some(fresh)) if fresh.rank < planned.rank => self.fresh.pop(),
            (Some(planned), _) => {
                *done += 1;
                Some(*planned)
            }
            (None, _) => self.fresh.pop(),
        }
    }

    /// Ends the day.
    pub(crate) fn end(&mut self) {
        debug_assert!(self.fresh.is_empty());
        self.today = None;
    }
}

/// The second of its day at which something happens.
#[inline]
fn second_of(at: SimTime, day: Day) -> u64 {
    (at - day.start()).0 as u64
}

/// Where an event of a seller stands among the others of its day.
#[inline]
fn rank(second: u64, seller: u16, what: EventKind, tie_breaker: u32) -> u64 {
    u64::from(seller) << (TIE_BREAKER_BITS + PHASE_BITS + SECOND_BITS)
        | second << (TIE_BREAKER_BITS + PHASE_BITS)
        | (what.phase() as u64) << TIE_BREAKER_BITS
        | u64::from(tie_breaker)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drain(event_queue: &mut EventQueue, day: i32) -> Vec<(u32, EventKind)> {
        let (mut events, mut done, mut seen) = (Vec::new(), 0, Vec::new());
        event_queue.begin(Day(day), &mut events);
        while let Some(event) = event_queue.next(&events, &mut done) {
            seen.push((event.case, event.what));
        }
        event_queue.end();
        seen
    }

    #[test]
    fn within_an_instant_actions_come_before_deadlines_and_then_the_desk_before_cases_by_lot() {
        let noon = SimTime(43_200);
        let events = [
            (noon, EventKind::AnswerDue, 7, 1),
            (noon, EventKind::Answer, 9, 2),
            (noon, EventKind::Answer, 8, 3),
            (SimTime(43_199), EventKind::AnswerDue, 9, 4),
        ];
        let order = |events: &mut dyn Iterator<Item = (SimTime, EventKind, u32, u32)>| -> Vec<u32> {
            let mut event_queue = EventQueue::new(1, SimTime::NEVER);
            for (at, what, tie_breaker, case) in events {
                event_queue.put(at, 0, what, tie_breaker, case, 0);
            }
            event_queue.schedule(noon, 0, EventKind::AgentFree);
            drain(&mut event_queue, 0).into_iter().map(|(case, _)| case).collect()
        };
        assert_eq!(order(&mut events.into_iter()), [4, 0, 3, 2, 1]);
        assert_eq!(order(&mut events.into_iter().rev()), [4, 0, 3, 2, 1], "whatever was scheduled first");
    }

    #[test]
    fn an_event_scheduled_for_today_is_done_today_in_its_place() {
        let mut event_queue = EventQueue::new(2, SimTime::NEVER);
        event_queue.put(SimTime(10), 0, EventKind::File, 1, 1, 0);
        event_queue.put(SimTime(30), 0, EventKind::File, 2, 2, 0);
        event_queue.put(SimTime(5), 1, EventKind::File, 3, 3, 0);
        let (mut events, mut done) = (Vec::new(), 0);
        event_queue.begin(Day(0), &mut events);
        assert_eq!(event_queue.next(&events, &mut done).unwrap().case, 1);
        event_queue.put(SimTime(20), 0, EventKind::Answer, 4, 4, 0);
        let rest: Vec<u32> =
            std::iter::from_fn(|| event_queue.next(&events, &mut done)).map(|event| event.case).collect();
        assert_eq!(rest, [4, 2, 3]);
    }

    #[test]
    fn what_lies_beyond_the_horizon_is_forgotten() {
        let mut event_queue = EventQueue::new(1, Day(3).start());
        event_queue.put(Day(3).start(), 0, EventKind::File, 1, 1, 0);
        assert!(drain(&mut event_queue, 3).is_empty());
    }

    #[test]
    fn the_number_of_a_seller_below_the_limit_fills_what_a_rank_has_left_for_it() {
        let below = TIE_BREAKER_BITS + PHASE_BITS + SECOND_BITS;
        assert_eq!((SELLER_LIMIT as u64 - 1).leading_zeros(), below);
    }
}
