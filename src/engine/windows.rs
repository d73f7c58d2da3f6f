//! What sellers did in the last days, for indicators over trailing windows; and in the coming ones, for
//! milestones that are known in advance.

use super::tables::Tables;
use crate::sim::Day;

/// A seller's counts of one day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DayCounts {
    pub(super) placed: u32,
    pub(super) completed: u32,
    /// Disputes filed, less those of them that were withdrawn.
    pub(super) filed: u32,
    pub(super) filed_gross: u32,
    pub(super) not_received: u32,
    pub(super) not_as_described: u32,
    pub(super) refunded: u32,
    pub(super) ruled: u32,
    pub(super) not_sold: u32,
    pub(super) unanswered: u32,
    pub(super) delivered: u32,
    pub(super) late: u32,
    pub(super) defective: u32,
}

impl DayCounts {
    fn add(&mut self, other: &Self) {
        self.combine(other, u32::wrapping_add);
    }

    fn subtract(&mut self, other: &Self) {
        self.combine(other, u32::wrapping_sub);
    }

    #[inline]
    fn combine(&mut self, other: &Self, f: impl Fn(u32, u32) -> u32) {
        self.placed = f(self.placed, other.placed);
        self.completed = f(self.completed, other.completed);
        self.filed = f(self.filed, other.filed);
        self.filed_gross = f(self.filed_gross, other.filed_gross);
        self.not_received = f(self.not_received, other.not_received);
        self.not_as_described = f(self.not_as_described, other.not_as_described);
        self.refunded = f(self.refunded, other.refunded);
        self.ruled = f(self.ruled, other.ruled);
        self.not_sold = f(self.not_sold, other.not_sold);
        self.unanswered = f(self.unanswered, other.unanswered);
        self.delivered = f(self.delivered, other.delivered);
        self.late = f(self.late, other.late);
        self.defective = f(self.defective, other.defective);
    }
}

/// What arrives at a seller's buyers on one coming day, for the service score.
#[derive(Clone, Copy, Debug, Default)]
struct Arrivals {
    delivered: u32,
    late: u32,
    defective: u32,
}

/// Days ahead that milestones can be posted to; a power of two.
pub(super) const AHEAD_DAYS: i32 = 128;

/// Sellers whose days lie together: a day's completions of so many fill a cache line, and what one seller fetches from
/// memory serves those after it.
const GROUP: usize = 16;

/// The place of a seller's day among so many of its group.
#[inline]
const fn in_group(seller: usize, day: usize, days: usize) -> usize {
    (seller / GROUP * days + day) * GROUP + seller % GROUP
}

/// The days of a shard's sellers, group by group, and in a group day by day.
#[derive(Debug)]
pub(super) struct Windows {
    today: Day,
    /// Days kept, a power of two.
    kept: usize,
    past: Vec<DayCounts>,
    /// Completions of the coming days: apart from arrivals, so that an order touches few cache lines.
    completions: Vec<u32>,
    /// Arrivals of the coming days; empty without a service score.
    arrivals: Vec<Arrivals>,
    /// Lengths of the windows, without repetition.
    lengths: Vec<u16>,
    /// Sums over the windows, a seller after the other.
    sums: Vec<DayCounts>,
}

impl Windows {
    pub(super) fn new(sellers: usize, tables: &Tables) -> Self {
        let policy = &tables.world.policy;
        let mut lengths = vec![policy.dispute_rate.window, policy.not_sold.window];
        lengths.extend(policy.service_score.iter().map(|score| score.window));
        lengths
            .extend(policy.points.iter().flat_map(|points| points.awards.iter().map(|award| award.window)));
        lengths.sort_unstable();
        lengths.dedup();
        let kept = tables.window_days;
        let coming = sellers.next_multiple_of(GROUP) * AHEAD_DAYS as usize;
        Self {
            today: tables.first_day(),
            kept,
            past: vec![DayCounts::default(); sellers.next_multiple_of(GROUP) * kept],
            completions: vec![0; coming],
            arrivals: vec![Arrivals::default(); if tables.has_score { coming } else { 0 }],
            sums: vec![DayCounts::default(); sellers * lengths.len()],
            lengths,
        }
    }

    /// Begins a day.
    pub(super) fn begin_day(&mut self, day: Day) {
        self.today = day;
    }

    fn slot(&self, seller: usize, day: i32) -> usize {
        in_group(seller, day as usize & (self.kept - 1), self.kept)
    }

    /// Today's counts of a seller.
    #[inline]
    pub(super) fn today_mut(&mut self, seller: usize) -> &mut DayCounts {
        let slot = self.slot(seller, self.today.0);
        &mut self.past[slot]
    }

    /// The counts of an earlier day, if it is still kept and its sums can still change.
    pub(super) fn correct(&mut self, seller: usize, day: Day, change: impl Fn(&mut DayCounts)) {
        let age = self.today.0 - day.0;
        if age < 0 || age as usize >= self.kept {
            return;
        }
        let slot = self.slot(seller, day.0);
        change(&mut self.past[slot]);
        for (index, &length) in self.lengths.iter().enumerate() {
            // Today is added to the sums at its close; older days are in them while the window reaches them.
            if age > 0 && age <= i32::from(length) {
                change(&mut self.sums[seller * self.lengths.len() + index]);
            }
        }
    }

    /// The place of a coming day in the ring, or `None` if it is too far.
    #[inline]
    fn ahead_slot(&self, seller: usize, day: Day) -> Option<usize> {
        let lead = day.0 - self.today.0;
        (lead < AHEAD_DAYS).then(|| Self::coming_slot(seller, day))
    }

    fn coming_slot(seller: usize, day: Day) -> usize {
        in_group(seller, day.0 as usize % AHEAD_DAYS as usize, AHEAD_DAYS as usize)
    }

    /// Posts a completion; false if the day is too far ahead.
    #[inline]
    pub(super) fn post_completed(&mut self, seller: usize, day: Day) -> bool {
        let slot = self.ahead_slot(seller, day);
        slot.map(|slot| self.completions[slot] += 1).is_some()
    }

    /// Posts a delivery; false if the day is too far ahead.
    #[inline]
    pub(super) fn post_delivered(
        &mut self,
        seller: usize,
        day: Day,
        is_late: bool,
        is_defective: bool,
    ) -> bool {
        let Some(slot) = self.ahead_slot(seller, day) else {
            return false;
        };
        let arrivals = &mut self.arrivals[slot];
        arrivals.delivered += 1;
        arrivals.late += u32::from(is_late);
        arrivals.defective += u32::from(is_defective);
        true
    }

    /// Closes a seller's day: adds it to the sums and drops the day that leaves each window.
    pub(super) fn close_day(&mut self, seller: usize) {
        let today = self.slot(seller, self.today.0);
        let coming = Self::coming_slot(seller, self.today);
        let counts = &mut self.past[today];
        counts.completed += std::mem::take(&mut self.completions[coming]);
        if let Some(arrivals) = self.arrivals.get_mut(coming) {
            let Arrivals { delivered, late, defective } = std::mem::take(arrivals);
            counts.delivered += delivered;
            counts.late += late;
            counts.defective += defective;
        }
        let counts = *counts;
        for (index, &length) in self.lengths.iter().enumerate() {
            let leaving = self.past[self.slot(seller, self.today.0 - i32::from(length))];
            let sum = &mut self.sums[seller * self.lengths.len() + index];
            sum.add(&counts);
            sum.subtract(&leaving);
        }
        // The oldest day makes room for tomorrow.
        let tomorrow = self.slot(seller, self.today.0 + 1);
        self.past[tomorrow] = DayCounts::default();
    }

    /// The sums over a window that ends with the last day closed.
    pub(super) fn sum(&self, seller: usize, length: u16) -> &DayCounts {
        let index = self.lengths.iter().position(|&other| other == length).unwrap_or(0);
        &self.sums[seller * self.lengths.len() + index]
    }

    /// Transactions not sold in the window that tonight's close will judge, as far as the day has come.
    pub(super) fn not_sold_so_far(&self, seller: usize, length: u16) -> u32 {
        let leaving = &self.past[self.slot(seller, self.today.0 - i32::from(length))];
        let today = &self.past[self.slot(seller, self.today.0)];
        self.sum(seller, length).not_sold - leaving.not_sold + today.not_sold
    }

    /// Forgets a seller's transactions not sold: a freeze settles them.
    pub(super) fn forget_not_sold(&mut self, seller: usize) {
        for day in 0..self.kept {
            self.past[in_group(seller, day, self.kept)].not_sold = 0;
        }
        for index in 0..self.lengths.len() {
            self.sums[seller * self.lengths.len() + index].not_sold = 0;
        }
    }
}
