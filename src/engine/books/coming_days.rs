//! Milestones that are known in advance and counted for a rule seller by seller, by the day on which they fall: a ring of days
//! for every sixteen sellers.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::engine::ground::counted::{Counted, Row, TrackedCounts};
use crate::sim::Day;
use crate::sim::lanes::{LANES, Lanes, lanes};

/// Days ahead that milestones can be posted to; a power of two.
pub(crate) const AHEAD_DAYS: i32 = 128;

/// Days ahead of a milestone that is not counted; further than those of any untroubled order.
pub(crate) const NOWHERE: u8 = u8::MAX;

const _: () = assert!(AHEAD_DAYS as u32 <= NOWHERE as u32);

/// What is wrong with the parcels of a group of sellers that arrive on one coming day, for the service score.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Flaws {
    late: Row,
    defective: Row,
}

/// The coming days of a shard's sellers, group by group, and in a group day by day.
#[derive(Debug)]
pub(crate) struct ComingDays {
    /// Completions, and a row for those on no day; empty if no rule reads them.
    completions: Vec<Row>,
    /// Deliveries, and a row for those on no day, and what is wrong with them; empty without a service score.
    deliveries: Vec<Row>,
    flaws: Vec<Flaws>,
    /// The number of the first seller in the row for no day.
    nowhere: u32,
}

impl ComingDays {
    /// Coming days on which nothing falls yet.
    pub(crate) fn new(groups: usize, tracks: TrackedCounts) -> Self {
        let days = groups * AHEAD_DAYS as usize;
        Self {
            completions: vec![Row::default(); if tracks.completed { days + 1 } else { 0 }],
            deliveries: vec![Row::default(); if tracks.delivered { days + 1 } else { 0 }],
            flaws: vec![Flaws::default(); if tracks.delivered { days } else { 0 }],
            nowhere: (days * LANES) as u32,
        }
    }

    /// The place of a day of a group in the ring.
    #[inline]
    const fn slot(group: usize, day: Day) -> usize {
        group * AHEAD_DAYS as usize + day.0 as usize % AHEAD_DAYS as usize
    }

    /// The place of a coming day, or `None` if it is too far from today.
    #[inline]
    fn ahead_slot(seller: usize, today: Day, day: Day) -> Option<usize> {
        (day.0 - today.0 < AHEAD_DAYS).then(|| Self::slot(seller / LANES, day))
    }

    /// Where milestones of many orders can be posted at once.
    pub(crate) fn rings_mut(&mut self, today: Day) -> Rings<'_> {
        Rings {
            slots: RingSlots { today: (today.0 % AHEAD_DAYS + AHEAD_DAYS) as u32, nowhere: self.nowhere },
            deliveries: self.deliveries.as_flattened_mut(),
            completions: self.completions.as_flattened_mut(),
        }
    }

    /// Posts that a delivery on a day that is not too far ahead is late, or its item defective.
    pub(crate) fn post_flaws(&mut self, seller: usize, day: Day, is_late: bool, is_defective: bool) {
        let (flaws, lane) = (&mut self.flaws[Self::slot(seller / LANES, day)], seller % LANES);
        flaws.late[lane] += u32::from(is_late);
        flaws.defective[lane] += u32::from(is_defective);
    }

    /// Posts a completion; false if the day is too far ahead.
    #[inline]
    pub(crate) fn post_completed(&mut self, seller: usize, today: Day, day: Day) -> bool {
        let slot = Self::ahead_slot(seller, today, day);
        slot.map(|slot| self.completions[slot][seller % LANES] += 1).is_some()
    }

    /// Posts a delivery; false if the day is too far ahead.
    #[inline]
    pub(crate) fn post_delivered(
        &mut self,
        seller: usize,
        today: Day,
        day: Day,
        is_late: bool,
        is_defective: bool,
    ) -> bool {
        let Some(slot) = Self::ahead_slot(seller, today, day) else {
            return false;
        };
        self.deliveries[slot][seller % LANES] += 1;
        self.post_flaws(seller, day, is_late, is_defective);
        true
    }

    /// Takes what was posted to a day of a group, row by row.
    #[inline(always)]
    pub(crate) fn take(&mut self, group: usize, day: Day, mut row: impl FnMut(Counted, &Row)) {
        let slot = Self::slot(group, day);
        if let Some(completions) = self.completions.get_mut(slot) {
            row(Counted::Completed, &std::mem::take(completions));
        }
        if let Some((deliveries, flaws)) = self.deliveries.get_mut(slot).zip(self.flaws.get_mut(slot)) {
            let Flaws { late, defective } = std::mem::take(flaws);
            row(Counted::Delivered, &std::mem::take(deliveries));
            row(Counted::Late, &late);
            row(Counted::Defective, &defective);
        }
    }
}

/// The rows of the coming days, flat: a number a group, day and seller.
pub(crate) struct Rings<'a> {
    pub(crate) slots: RingSlots,
    /// Empty where nobody reads them.
    pub(crate) deliveries: &'a mut [u32],
    pub(crate) completions: &'a mut [u32],
}

/// Which number is that of a seller and a coming day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RingSlots {
    /// Days from a start of the ring to today.
    today: u32,
    /// The number for what falls on no day.
    nowhere: u32,
}

impl RingSlots {
    /// The numbers of these sellers, so many days after today or [`NOWHERE`].
    #[inline(always)]
    pub(crate) fn of_lanes(self, sellers: &Lanes<u32>, ahead: &Lanes<u8>) -> Lanes<u32> {
        const DAYS: u32 = AHEAD_DAYS as u32;
        const SELLERS: u32 = LANES as u32;
        let ahead = lanes(|lane| u32::from(ahead[lane]));
        let day = lanes(|lane| (self.today + ahead[lane]) % DAYS);
        lanes(|lane| {
            let slot = (sellers[lane] / SELLERS * DAYS + day[lane]) * SELLERS + sellers[lane] % SELLERS;
            if ahead[lane] == u32::from(NOWHERE) { self.nowhere } else { slot }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACKED: TrackedCounts =
        TrackedCounts { completed: true, delivered: true, refunded: false, ruled: false, unanswered: false };

    /// What the days from today on have of each seller: completions, deliveries, late and defective ones.
    fn taken(days: &mut ComingDays, today: i32, ahead: i32) -> Vec<[u32; 4]> {
        let mut all = vec![[0; 4]; 3 * LANES];
        for group in 0..3 {
            days.take(group, Day(today + ahead), |what, row| {
                let place = match what {
                    Counted::Completed => 0,
                    Counted::Delivered => 1,
                    Counted::Late => 2,
                    _ => 3,
                };
                for (lane, &number) in row.iter().enumerate() {
                    all[group * LANES + lane][place] += number;
                }
            });
        }
        all
    }

    #[test]
    fn what_is_posted_by_slots_is_what_is_posted_one_by_one() {
        for today in [-90, -1, 0, 127, 1000] {
            let (mut one, mut many) = (ComingDays::new(3, TRACKED), ComingDays::new(3, TRACKED));
            let sellers = lanes(|lane| 7 * lane as u32 % 48);
            let ahead = lanes(|lane| [0, 1, 31, 127, NOWHERE][lane % 5]);
            for (&seller, &days) in sellers.iter().zip(&ahead) {
                let day = Day(today + i32::from(days));
                if days != NOWHERE {
                    assert!(one.post_delivered(seller as usize, Day(today), day, false, false));
                    assert!(one.post_completed(seller as usize, Day(today), day));
                }
            }
            let rings = many.rings_mut(Day(today));
            for slot in rings.slots.of_lanes(&sellers, &ahead) {
                rings.deliveries[slot as usize] += 1;
                rings.completions[slot as usize] += 1;
            }
            let mut posted = 0;
            for ahead in 0..AHEAD_DAYS {
                let days = taken(&mut one, today, ahead);
                posted += days.iter().map(|counts| counts[0] + counts[1]).sum::<u32>();
                assert_eq!(days, taken(&mut many, today, ahead), "{ahead} days after {today}");
            }
            assert_eq!(posted, 26);
        }
    }

    #[test]
    fn a_day_that_is_too_far_ahead_is_refused_and_a_day_that_was_taken_is_empty() {
        let mut days = ComingDays::new(3, TRACKED);
        assert!(!days.post_completed(5, Day(3), Day(3 + AHEAD_DAYS)));
        assert!(!days.post_delivered(5, Day(3), Day(3 + AHEAD_DAYS), true, true));
        assert!(days.post_delivered(20, Day(3), Day(4), true, false));
        assert_eq!(taken(&mut days, 3, 1)[20], [0, 1, 1, 0]);
        assert_eq!(taken(&mut days, 3, 1)[20], [0; 4]);
    }
}
