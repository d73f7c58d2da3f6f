//! What sellers did in the last days, for indicators over trailing windows; and in the coming ones, for
//! milestones that are known in advance.
//!
//! Sellers lie in groups of sixteen, and each count of a group's day is a row with a number a seller: rows are added up
//! side by side, and what one seller fetches from memory serves those after it.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::coming_days::ComingDays;
use crate::engine::ground::counted::{COUNTED, Counted, Row};
use crate::engine::setup::tables::Tables;
use crate::sim::Day;
use crate::sim::lanes::{LANES, Vectorisable, lanes, vectorised};

/// A row that begins where a cache line does.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct AlignedRow(Row);

/// The counts of a group of sellers, over a day or over a window: a row for each that is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts<'a>(&'a [AlignedRow]);

impl<'a> Counts<'a> {
    /// The numbers of all sellers of the group.
    ///
    /// # Panics
    /// If the policy does not read them.
    #[inline(always)]
    pub(crate) const fn row(self, what: Counted) -> &'a Row {
        &self.0[what as usize].0
    }
}

/// The counts of one seller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SellerCounts<'a> {
    counts: Counts<'a>,
    lane: usize,
}

impl SellerCounts<'_> {
    /// The number.
    #[inline]
    pub(crate) const fn get(&self, what: Counted) -> u32 {
        self.counts.row(what)[self.lane]
    }
}

/// One of the windows that are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window(usize);

/// The days of a shard's sellers, group by group, and in a group day by day.
#[derive(Debug)]
pub(crate) struct Windows {
    today: Day,
    groups: usize,
    /// Days kept, a power of two.
    kept: usize,
    /// Rows of a day.
    rows: usize,
    past: Vec<AlignedRow>,
    /// What is known of the coming days.
    coming: ComingDays,
    /// Lengths of the windows, without repetition.
    lengths: Vec<u16>,
    /// Sums over the windows, the lengths of a group one after the other.
    sums: Vec<AlignedRow>,
}

impl Windows {
    pub(crate) fn new(sellers: usize, tables: &Tables) -> Self {
        let policy = &tables.world.policy;
        let mut lengths = vec![policy.dispute_rate.window, policy.not_sold.window];
        lengths.extend(policy.service_score.iter().map(|score| score.window));
        lengths
            .extend(policy.points.iter().flat_map(|points| points.awards.iter().map(|award| award.window)));
        lengths.sort_unstable();
        lengths.dedup();
        let (groups, kept) = (sellers.div_ceil(LANES), tables.window_days);
        let rows = Counted::last_read_by(policy) as usize + 1;
        Self {
            today: tables.first_day(),
            groups,
            kept,
            rows,
            past: vec![AlignedRow::default(); groups * kept * rows],
            coming: ComingDays::new(groups, tables.tracks),
            sums: vec![AlignedRow::default(); groups * lengths.len() * rows],
            lengths,
        }
    }

    /// Begins a day.
    pub(crate) fn begin_day(&mut self, day: Day) {
        self.today = day;
    }

    /// The day that is under way.
    #[inline]
    pub(crate) const fn today(&self) -> Day {
        self.today
    }

    /// The place of the first row of a day of a group.
    #[inline]
    fn slot(&self, group: usize, day: i32) -> usize {
        (group * self.kept + (day as usize & (self.kept - 1))) * self.rows
    }

    /// The place of the first row of the sums of a group over a window.
    #[inline]
    fn sums_slot(&self, group: usize, window: usize) -> usize {
        (group * self.lengths.len() + window) * self.rows
    }

    /// Counts something of a seller today.
    #[inline]
    pub(crate) fn add(&mut self, seller: usize, what: Counted, several: u32) {
        if (what as usize) < self.rows {
            let slot = self.slot(seller / LANES, self.today.0);
            self.past[slot + what as usize].0[seller % LANES] += several;
        }
    }

    /// Counts a dispute filed today.
    #[inline]
    pub(crate) fn add_filed(&mut self, seller: usize, claim: Counted) {
        let slot = self.slot(seller / LANES, self.today.0);
        let rows = &mut self.past[slot..slot + self.rows];
        for what in [Counted::Filed, Counted::FiledGross, claim] {
            if let Some(row) = rows.get_mut(what as usize) {
                row.0[seller % LANES] += 1;
            }
        }
    }

    /// Takes back one of what was counted on an earlier day, if that is still kept and its sums can still change.
    pub(crate) fn take_back(&mut self, seller: usize, day: Day, what: Counted) {
        let age = self.today.0 - day.0;
        if age < 0 || age as usize >= self.kept || what as usize >= self.rows {
            return;
        }
        let (group, row, lane) = (seller / LANES, what as usize, seller % LANES);
        let slot = self.slot(group, day.0);
        self.past[slot + row].0[lane] -= 1;
        for window in 0..self.lengths.len() {
            // Today is added to the sums at its close; older days are in them while the window reaches them.
            if age > 0 && age <= i32::from(self.lengths[window]) {
                let slot = self.sums_slot(group, window);
                self.sums[slot + row].0[lane] -= 1;
            }
        }
    }

    /// What is known of the coming days, and today.
    #[inline]
    pub(crate) fn coming_mut(&mut self) -> (&mut ComingDays, Day) {
        (&mut self.coming, self.today)
    }

    /// Closes the day of every seller: adds it to the sums and drops the day that leaves each window.
    pub(crate) fn close_day(&mut self) {
        vectorised(Closing { windows: self });
    }

    /// The window of a length.
    #[inline]
    pub(crate) fn window(&self, length: u16) -> Window {
        Window(self.lengths.iter().position(|&other| other == length).unwrap_or(0))
    }

    /// The sums of a group over a window that ends with the last day closed.
    #[inline(always)]
    pub(crate) fn of_group(&self, group: usize, window: Window) -> Counts<'_> {
        let slot = self.sums_slot(group, window.0);
        Counts(&self.sums[slot..slot + self.rows])
    }

    /// The sums of a seller over such a window.
    #[inline]
    pub(crate) fn over(&self, seller: usize, window: Window) -> SellerCounts<'_> {
        SellerCounts { counts: self.of_group(seller / LANES, window), lane: seller % LANES }
    }

    /// The sums over the window of a length.
    #[inline]
    pub(crate) fn sum(&self, seller: usize, length: u16) -> SellerCounts<'_> {
        self.over(seller, self.window(length))
    }

    /// Transactions not sold in the window that tonight's close will judge, as far as the day has come.
    pub(crate) fn not_sold_so_far(&self, seller: usize, length: u16) -> u32 {
        let (row, lane) = (Counted::NotSold as usize, seller % LANES);
        let of_day = |day: i32| self.past[self.slot(seller / LANES, day) + row].0[lane];
        let sum = self.sum(seller, length).get(Counted::NotSold);
        sum - of_day(self.today.0 - i32::from(length)) + of_day(self.today.0)
    }

    /// Forgets a seller's transactions not sold: a freeze settles them.
    pub(crate) fn forget_not_sold(&mut self, seller: usize) {
        let (group, row, lane) = (seller / LANES, Counted::NotSold as usize, seller % LANES);
        let of_group = |all: &'_ mut [AlignedRow], each: usize, rows: usize| {
            for counts in all[group * each * rows..(group + 1) * each * rows].chunks_exact_mut(rows) {
                counts[row].0[lane] = 0;
            }
        };
        of_group(&mut self.past, self.kept, self.rows);
        of_group(&mut self.sums, self.lengths.len(), self.rows);
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
        // A number of rows that the compiler knows lets it keep many in registers.
        match self.windows.rows {
            COUNTED => self.windows.close_rows(COUNTED),
            rows => self.windows.close_rows(rows),
        }
    }
}

impl Windows {
    #[inline(always)]
    fn close_rows(&mut self, rows: usize) {
        let Self { today, groups, kept, past, coming, lengths, sums, .. } = self;
        let (today, kept) = (*today, *kept);
        let place = |day: i32| (day as usize & (kept - 1)) * rows;
        for group in 0..*groups {
            let days = &mut past[group * kept * rows..(group + 1) * kept * rows];
            coming.take(group, today, |what: Counted, more: &Row| {
                let row = &mut days[place(today.0) + what as usize].0;
                let before = *row;
                *row = lanes(|lane| before[lane] + more[lane]);
            });
            let each = lengths.len() * rows;
            let sums = &mut sums[group * each..(group + 1) * each];
            for (sums, &length) in sums.chunks_exact_mut(rows).zip(&*lengths) {
                let today_and_leaving = [today.0, today.0 - i32::from(length)].map(place);
                let [counts, leaving] = today_and_leaving.map(|place| &days[place..place + rows]);
                for ((sum, now), old) in sums.iter_mut().zip(counts).zip(leaving) {
                    let before = sum.0;
                    sum.0 = lanes(|lane| before[lane].wrapping_add(now.0[lane]).wrapping_sub(old.0[lane]));
                }
            }
            // The oldest day makes room for tomorrow.
            let tomorrow = place(today.0 + 1);
            days[tomorrow..tomorrow + rows].fill(AlignedRow::default());
        }
    }
}
