//! What is known in advance of coming days, in a ring of buckets by day.

use crate::sim::Day;

/// Days in the ring; a power of two. Later entries wait in their bucket for a later turn.
pub(crate) const RING_DAYS: i32 = 128;

/// An entry of the ring that knows on which turn it is due.
pub(crate) trait Turning: Copy {
    /// The turn, from [`turn_of`].
    fn turn(&self) -> u8;
}

/// Entries by the day on which they are due.
#[derive(Debug)]
pub(crate) struct DayRing<T> {
    buckets: Vec<Vec<T>>,
    /// Room that days behind have left. Whoever needs some takes the latest first, which is still at hand.
    spare: Vec<Vec<T>>,
}

impl<T: Turning> DayRing<T> {
    /// A ring without entries.
    pub(crate) fn new() -> Self {
        Self { buckets: (0..RING_DAYS).map(|_| Vec::new()).collect(), spare: Vec::new() }
    }

    /// Adds an entry of a day.
    #[inline]
    pub(crate) fn push(&mut self, day: Day, entry: T) {
        debug_assert_eq!(entry.turn(), turn_of(day));
        let bucket = &mut self.buckets[day.0.rem_euclid(RING_DAYS) as usize];
        if bucket.capacity() == 0
            && let Some(room) = self.spare.pop()
        {
            *bucket = room;
        }
        bucket.push(entry);
    }

    /// Takes the entries of a day, in the order in which they were added, instead of what is in `due`.
    pub(crate) fn take(&mut self, day: Day, due: &mut Vec<T>) {
        let turn = turn_of(day);
        let bucket = &mut self.buckets[day.0.rem_euclid(RING_DAYS) as usize];
        due.clear();
        if bucket.iter().any(|entry| entry.turn() != turn) {
            due.extend(bucket.extract_if(.., |entry| entry.turn() == turn));
        } else if !bucket.is_empty() {
            self.spare.push(std::mem::replace(due, std::mem::take(bucket)));
        }
    }
}

/// The turn of the ring that brings a day.
#[inline]
pub(crate) const fn turn_of(day: Day) -> u8 {
    day.0.div_euclid(RING_DAYS) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Turning for (u8, u32) {
        fn turn(&self) -> u8 {
            self.0
        }
    }

    fn due(ring: &mut DayRing<(u8, u32)>, day: i32) -> Vec<u32> {
        let mut due = vec![(0, u32::MAX)];
        ring.take(Day(day), &mut due);
        due.into_iter().map(|(_, number)| number).collect()
    }

    #[test]
    fn an_entry_beyond_the_ring_waits_for_its_own_turn() {
        let mut ring = DayRing::new();
        let days = [5, 5 + RING_DAYS, 5, 5 + 2 * RING_DAYS];
        for (number, day) in (0..).zip(days) {
            ring.push(Day(day), (turn_of(Day(day)), number));
        }
        assert_eq!(
            [0, 1, 2, 3].map(|turn| due(&mut ring, 5 + turn * RING_DAYS)),
            [vec![0, 2], vec![1], vec![3], vec![]]
        );
    }

    #[test]
    fn a_bucket_that_holds_only_a_later_turn_gives_nothing_today() {
        let mut ring = DayRing::new();
        let later = Day(-3 + RING_DAYS);
        ring.push(later, (turn_of(later), 7));
        assert!(due(&mut ring, -3).is_empty());
        assert_eq!(due(&mut ring, later.0), [7]);
    }
}
