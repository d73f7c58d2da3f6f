//! What sellers did in the last days, for indicators over trailing windows; and in the coming ones, for
//! milestones that are known in advance.
//!
//! Sellers lie in groups of sixteen, and each count of a group's day is a row with a number a seller: rows are added up
//! side by side, and what one seller fetches from memory serves those after it.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::tables::Tables;
use crate::sim::Day;
use crate::sim::lanes::{LANES, Lanes, Vectorisable, lanes, vectorised};

/// What is counted of a seller's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Orders placed.
    Placed,
    /// Orders completed.
    Completed,
    /// Disputes filed, less those of them that were withdrawn.
    Filed,
    /// Disputes filed.
    FiledGross,
    /// Of these, for a parcel not received.
    NotReceived,
    /// Of these, for a defect, true or not.
    NotAsDescribed,
    /// Disputes that ended in a refund.
    Refunded,
    /// Disputes that the seller was held liable for.
    Ruled,
    /// Transactions not sold.
    NotSold,
    /// Requests left to silence.
    Unanswered,
    /// Parcels delivered.
    Delivered,
    /// Of these, late.
    Late,
    /// Of these, with a defective item.
    Defective,
}

const COUNTED: usize = Counted::Defective as usize + 1;

/// A number a seller of a group.
pub(super) type Row = Lanes<u32>;

/// The counts of a group of sellers, over a day or over a window.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
pub(super) struct Counts([Row; COUNTED]);

impl Counts {
    /// The numbers of all sellers of the group.
    #[inline(always)]
    pub(super) const fn row(&self, what: Counted) -> &Row {
        &self.0[what as usize]
    }
}

/// The counts of one seller.
#[derive(Clone, Copy, Debug)]
pub(super) struct SellerCounts<'a> {
    counts: &'a Counts,
    lane: usize,
}

impl SellerCounts<'_> {
    /// The number.
    #[inline]
    pub(super) const fn get(&self, what: Counted) -> u32 {
        self.counts.0[what as usize][self.lane]
    }
}

/// One of the windows that are kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window(usize);

/// What arrives at the buyers of a group of sellers on one coming day, for the service score.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Arrivals {
    delivered: Row,
    late: Row,
    defective: Row,
}

/// Days ahead that milestones can be posted to; a power of two.
pub(super) const AHEAD_DAYS: i32 = 128;

/// The days of a shard's sellers, group by group, and in a group day by day.
#[derive(Debug)]
pub(super) struct Windows {
    today: Day,
    groups: usize,
    /// Days kept, a power of two.
    kept: usize,
    past: Vec<Counts>,
    /// Completions of the coming days, apart from arrivals, so that an order touches few cache lines; empty if no rule
    /// reads them.
    completions: Vec<Row>,
    /// Arrivals of the coming days; empty without a service score.
    arrivals: Vec<Arrivals>,
    /// Lengths of the windows, without repetition.
    lengths: Vec<u16>,
    /// Sums over the windows, the lengths of a group one after the other.
    sums: Vec<Counts>,
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
        let (groups, kept) = (sellers.div_ceil(LANES), tables.window_days);
        let coming = groups * AHEAD_DAYS as usize;
        Self {
            today: tables.first_day(),
            groups,
            kept,
            past: vec![Counts::default(); groups * kept],
            completions: vec![Row::default(); if tables.reads.completed { coming } else { 0 }],
            arrivals: vec![Arrivals::default(); if tables.reads.delivered { coming } else { 0 }],
            sums: vec![Counts::default(); groups * lengths.len()],
            lengths,
        }
    }

    /// Begins a day.
    pub(super) fn begin_day(&mut self, day: Day) {
        self.today = day;
    }

    /// The day that is under way.
    #[inline]
    pub(super) const fn today(&self) -> Day {
        self.today
    }

    #[inline]
    fn slot(&self, group: usize, day: i32) -> usize {
        group * self.kept + (day as usize & (self.kept - 1))
    }

    #[inline]
    fn of_day(&mut self, seller: usize, day: i32, what: Counted) -> &mut u32 {
        let slot = self.slot(seller / LANES, day);
        &mut self.past[slot].0[what as usize][seller % LANES]
    }

    /// Counts something of a seller today.
    #[inline]
    pub(super) fn add(&mut self, seller: usize, what: Counted, several: u32) {
        *self.of_day(seller, self.today.0, what) += several;
    }

    /// Counts a dispute filed today.
    #[inline]
    pub(super) fn add_filed(&mut self, seller: usize, claim: Counted) {
        let slot = self.slot(seller / LANES, self.today.0);
        let rows = &mut self.past[slot].0;
        for what in [Counted::Filed, Counted::FiledGross, claim] {
            rows[what as usize][seller % LANES] += 1;
        }
    }

    /// Takes back one of what was counted on an earlier day, if that is still kept and its sums can still change.
    pub(super) fn take_back(&mut self, seller: usize, day: Day, what: Counted) {
        let age = self.today.0 - day.0;
        if age < 0 || age as usize >= self.kept {
            return;
        }
        *self.of_day(seller, day.0, what) -= 1;
        let first = seller / LANES * self.lengths.len();
        for (index, &length) in self.lengths.iter().enumerate() {
            // Today is added to the sums at its close; older days are in them while the window reaches them.
            if age > 0 && age <= i32::from(length) {
                self.sums[first + index].0[what as usize][seller % LANES] -= 1;
            }
        }
    }

    #[inline]
    const fn coming_slot(group: usize, day: Day) -> usize {
        group * AHEAD_DAYS as usize + day.0 as usize % AHEAD_DAYS as usize
    }

    /// The place of a coming day in the ring, or `None` if it is too far.
    #[inline]
    fn ahead_slot(&self, seller: usize, day: Day) -> Option<usize> {
        let lead = day.0 - self.today.0;
        (lead < AHEAD_DAYS).then(|| Self::coming_slot(seller / LANES, day))
    }

    /// Posts a completion; false if the day is too far ahead.
    #[inline]
    pub(super) fn post_completed(&mut self, seller: usize, day: Day) -> bool {
        let slot = self.ahead_slot(seller, day);
        slot.map(|slot| self.completions[slot][seller % LANES] += 1).is_some()
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
        let (arrivals, lane) = (&mut self.arrivals[slot], seller % LANES);
        arrivals.delivered[lane] += 1;
        if is_late | is_defective {
            arrivals.late[lane] += u32::from(is_late);
            arrivals.defective[lane] += u32::from(is_defective);
        }
        true
    }

    /// Closes the day of every seller: adds it to the sums and drops the day that leaves each window.
    pub(super) fn close_day(&mut self) {
        vectorised(Closing { windows: self });
    }

    /// The window of a length.
    #[inline]
    pub(super) fn window(&self, length: u16) -> Window {
        Window(self.lengths.iter().position(|&other| other == length).unwrap_or(0))
    }

    /// The sums of a group over a window that ends with the last day closed.
    #[inline(always)]
    pub(super) fn of_group(&self, group: usize, window: Window) -> &Counts {
        &self.sums[group * self.lengths.len() + window.0]
    }

    /// The sums of a seller over such a window.
    #[inline]
    pub(super) fn over(&self, seller: usize, window: Window) -> SellerCounts<'_> {
        SellerCounts { counts: self.of_group(seller / LANES, window), lane: seller % LANES }
    }

    /// The sums over the window of a length.
    #[inline]
    pub(super) fn sum(&self, seller: usize, length: u16) -> SellerCounts<'_> {
        self.over(seller, self.window(length))
    }

    /// Transactions not sold in the window that tonight's close will judge, as far as the day has come.
    pub(super) fn not_sold_so_far(&self, seller: usize, length: u16) -> u32 {
        let (row, lane) = (Counted::NotSold as usize, seller % LANES);
        let of_day = |day: i32| self.past[self.slot(seller / LANES, day)].0[row][lane];
        let sum = self.sum(seller, length).get(Counted::NotSold);
        sum - of_day(self.today.0 - i32::from(length)) + of_day(self.today.0)
    }

    /// Forgets a seller's transactions not sold: a freeze settles them.
    pub(super) fn forget_not_sold(&mut self, seller: usize) {
        let (group, row, lane) = (seller / LANES, Counted::NotSold as usize, seller % LANES);
        let of_group = |counts: &'_ mut [Counts], each: usize| {
            for counts in &mut counts[group * each..(group + 1) * each] {
                counts.0[row][lane] = 0;
            }
        };
        of_group(&mut self.past, self.kept);
        of_group(&mut self.sums, self.lengths.len());
    }
}

/// The work of [`Windows::close_day`].
struct Closing<'a> {
    windows: &'a mut Windows,
}

impl Vectorisable for Closing<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Windows { today, groups, kept, past, completions, arrivals, lengths, sums } = self.windows;
        let (today, kept) = (*today, *kept);
        let place = |day: i32| day as usize & (kept - 1);
        for group in 0..*groups {
            let days = &mut past[group * kept..(group + 1) * kept];
            let mut counts = days[place(today.0)];
            let coming = Windows::coming_slot(group, today);
            if let Some(completions) = completions.get_mut(coming) {
                add_to(&mut counts, Counted::Completed, &std::mem::take(completions));
            }
            if let Some(arrivals) = arrivals.get_mut(coming) {
                let Arrivals { delivered, late, defective } = std::mem::take(arrivals);
                add_to(&mut counts, Counted::Delivered, &delivered);
                add_to(&mut counts, Counted::Late, &late);
                add_to(&mut counts, Counted::Defective, &defective);
            }
            days[place(today.0)] = counts;
            let sums = &mut sums[group * lengths.len()..(group + 1) * lengths.len()];
            for (sum, &length) in sums.iter_mut().zip(&*lengths) {
                let leaving = &days[place(today.0 - i32::from(length))];
                for row in 0..COUNTED {
                    let (now, old, before) = (&counts.0[row], &leaving.0[row], sum.0[row]);
                    sum.0[row] = lanes(|lane| before[lane].wrapping_add(now[lane]).wrapping_sub(old[lane]));
                }
            }
            // The oldest day makes room for tomorrow.
            days[place(today.0 + 1)] = Counts::default();
        }
    }
}

#[inline(always)]
fn add_to(counts: &mut Counts, what: Counted, more: &Row) {
    let row = counts.0[what as usize];
    counts.0[what as usize] = lanes(|lane| row[lane] + more[lane]);
}
