//! What the orders of a batch add up to as they were drawn, and on which days their milestones fall: all of those that nothing
//! goes wrong with, and hand-over and delivery of those that are handed over in any case.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::orders::{Batch, Common};
use crate::engine::books::coming_days::{AHEAD_DAYS, NOWHERE};
use crate::engine::ground::columns::{BATCH, Column, Mask, cause, mask, mask_of, write};
use crate::observe::{Count, Daily, Series, Tally};
use crate::sim::lanes::{LANES, Lanes, lanes, lanes_of};
use crate::sim::{DAY_SECONDS, Day};
use std::ops::Range;

/// Milestones on each day ahead.
#[derive(Debug)]
pub(crate) struct DaysAhead {
    shipped: [u32; 256],
    delivered: [u32; 256],
    completed: [u32; 256],
}

impl Default for DaysAhead {
    fn default() -> Self {
        Self { shipped: [0; 256], delivered: [0; 256], completed: [0; 256] }
    }
}

impl DaysAhead {
    /// Counts the milestones of the sixteen orders from place `first` on.
    #[inline(always)]
    fn count(&mut self, shipped: &Column<u8>, delivered: &Column<u8>, completed: &Column<u8>, first: usize) {
        // Eight days are loaded in one go: loads are what this loop waits for.
        let eights = |column: &Column<u8>, place: usize| u64::from_le_bytes(column.as_chunks::<8>().0[place]);
        for place in first / 8..first / 8 + 2 {
            let [shipped, delivered, completed] =
                [shipped, delivered, completed].map(|column| eights(column, place));
            for shift in (0..64).step_by(8) {
                self.shipped[usize::from((shipped >> shift) as u8)] += 1;
                self.delivered[usize::from((delivered >> shift) as u8)] += 1;
                self.completed[usize::from((completed >> shift) as u8)] += 1;
            }
        }
    }

    /// Posts what was counted of the orders of `day`, and forgets it.
    pub(crate) fn flush(&mut self, daily: &mut Daily, day: Day) {
        for (series, counts) in [
            (Series::OrdersShipped, &mut self.shipped),
            (Series::OrdersDelivered, &mut self.delivered),
            (Series::OrdersCompleted, &mut self.completed),
        ] {
            // Days of the warm-up that lie behind are passed over, as is what lies beyond the horizon.
            let passed = (-day.0).clamp(0, AHEAD_DAYS) as usize;
            let row = daily.row_from_mut(series, day.0.max(0) as usize);
            for (number, &count) in row.iter_mut().zip(&counts[passed..AHEAD_DAYS as usize]) {
                *number += u64::from(count);
            }
            counts.fill(0);
        }
    }
}

/// The number of each lane.
const PLACES: Lanes<u32> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// How far the orders of a batch come in the measured period, a bit an order.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    /// Before the horizon.
    shipped: Mask,
    delivered: Mask,
    completed: Mask,
    /// Of these, in the measured period and not in the warm-up.
    shipped_measured: Mask,
    delivered_measured: Mask,
    completed_measured: Mask,
}

/// The period that is measured, in seconds from the start of a stretch of days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period {
    pub(crate) from: u32,
    /// The horizon.
    pub(crate) until: u32,
    /// Whether orders of the stretch are counted: its days are not of the warm-up.
    pub(crate) is_counted: bool,
}

/// Causes for which an order may not be handed over as it was drawn.
const STOPS: u8 = cause::STOCK_OUT | cause::CHANGE_OF_MIND | cause::SLOWNESS | cause::UNSURE;

/// What is worked out of the orders of a batch.
///
/// Columns begin where cache lines do, so that no lanes straddle two.
#[derive(Debug)]
#[repr(C, align(64))]
pub(crate) struct UntroubledOrders {
    is_untroubled: Column<u8>,
    ships: Column<u8>,
    arrives: Column<u8>,
    is_broken: Column<u8>,
    /// Days from the first of the stretch to each milestone, or [`NOWHERE`].
    shipped: Column<u8>,
    pub(crate) delivered: Column<u8>,
    pub(crate) completed: Column<u8>,
    /// Cents of each untroubled order, 0 of others; and of those that complete before the horizon, if not all do.
    paid: Column<u32>,
    released: Column<u32>,
    /// Places up to which milestones are not counted yet.
    uncounted: usize,
    /// The latest milestone.
    latest: Lanes<u32>,
    /// Which orders of the batch are untroubled.
    pub(crate) untroubled: Mask,
    /// Which are handed over as they were drawn, untroubled or not, and which of these arrive, late, or defective.
    pub(crate) shipping: Mask,
    pub(crate) arriving: Mask,
    pub(crate) late: Mask,
    pub(crate) broken: Mask,
    /// `None` if all lie in the measured period.
    progress: Option<Progress>,
}

impl Default for UntroubledOrders {
    fn default() -> Self {
        Self {
            untroubled: 0,
            shipping: 0,
            arriving: 0,
            late: 0,
            broken: 0,
            is_untroubled: [0; BATCH],
            ships: [0; BATCH],
            arrives: [0; BATCH],
            is_broken: [0; BATCH],
            shipped: [NOWHERE; BATCH],
            delivered: [NOWHERE; BATCH],
            completed: [NOWHERE; BATCH],
            paid: [0; BATCH],
            released: [0; BATCH],
            uncounted: 0,
            latest: [0; LANES],
            progress: None,
        }
    }
}

impl UntroubledOrders {
    /// Begins a batch.
    #[inline(always)]
    pub(crate) fn clear(&mut self) {
        self.is_untroubled = [0; BATCH];
        self.ships = [0; BATCH];
        self.arrives = [0; BATCH];
        self.latest = [0; LANES];
    }

    /// Works out what the sixteen orders from `first` on add, of `len` in the batch.
    #[inline(always)]
    pub(crate) fn derive(&mut self, common: &Common<'_>, batch: &Batch, first: usize, len: usize) {
        const DAY: u32 = DAY_SECONDS as u32;
        let shipped = lanes_of(&batch.shipped, first);
        let delivered = lanes_of(&batch.delivered, first);
        let completed = lanes_of(&batch.completed, first);
        let (values, causes) = (lanes_of(&batch.values, first), lanes_of(&batch.causes, first));
        // Whole numbers of one width: lanes of truths are packed and unpacked one by one.
        let is_there = lanes(|lane| u32::from(PLACES[lane] < (len - first) as u32));
        let lacks = |any: u8| lanes(|lane| is_there[lane] & u32::from(causes[lane] & any == 0));
        let (is_untroubled, ships) = (lacks(u8::MAX), lacks(STOPS));
        let arrives = if common.may_be_lost { lacks(STOPS | cause::LOSS) } else { ships };
        let ahead = |at: &Lanes<u32>, counts: &Lanes<u32>| {
            lanes(|lane| if counts[lane] == 1 { (at[lane] / DAY) as u8 } else { NOWHERE })
        };
        write(&mut self.shipped, first, &ahead(&shipped, &ships));
        write(&mut self.delivered, first, &ahead(&delivered, &arrives));
        write(&mut self.completed, first, &ahead(&completed, &is_untroubled));
        write(&mut self.paid, first, &lanes(|lane| is_untroubled[lane] * values[lane]));
        let latest = self.latest;
        self.latest = lanes(|lane| {
            let of_parcel = ships[lane] * delivered[lane];
            latest[lane].max(of_parcel).max(is_untroubled[lane] * completed[lane])
        });
        write(&mut self.is_untroubled, first, &lanes(|lane| is_untroubled[lane] as u8));
        write(&mut self.ships, first, &lanes(|lane| ships[lane] as u8));
        if common.may_be_lost {
            write(&mut self.arrives, first, &lanes(|lane| arrives[lane] as u8));
        }
        write(&mut self.is_broken, first, &lanes(|lane| u8::from(causes[lane] & cause::DEFECT != 0)));
    }

    /// Counts the milestones of sixteen orders of the last batch, unless there are none.
    ///
    /// That is work for other parts of the processor than drawing, and done between draws it costs little.
    #[inline(always)]
    pub(crate) fn count_milestones(&self, first: usize, ahead: &mut DaysAhead) {
        if first < self.uncounted {
            ahead.count(&self.shipped, &self.delivered, &self.completed, first % BATCH);
        }
    }

    /// Counts the milestones of the orders of the last batch from a place on.
    #[inline(always)]
    pub(crate) fn count_milestones_from(&mut self, first: usize, ahead: &mut DaysAhead) {
        for first in (first..self.uncounted).step_by(LANES) {
            self.count_milestones(first, ahead);
        }
        self.uncounted = 0;
    }

    /// Adds up what was derived of `len` orders.
    #[inline(always)]
    pub(crate) fn sum_up(&mut self, common: &Common<'_>, batch: &Batch, len: usize, period: Period) {
        let len = len.min(BATCH);
        self.untroubled = mask(&self.is_untroubled);
        self.shipping = mask(&self.ships);
        self.arriving = if common.may_be_lost { mask(&self.arrives) } else { self.shipping };
        self.late = if common.may_be_late { self.arriving & mask(&batch.is_late) } else { 0 };
        self.broken = self.shipping & mask(&self.is_broken);
        self.uncounted = len;
        let latest = self.latest.iter().fold(0, |latest, &at| latest.max(at));
        self.progress = None;
        if !period.is_counted || latest >= period.until {
            self.follow(batch, len, period);
        }
    }

    /// How far each order comes in the measured period.
    #[inline(always)]
    fn follow(&mut self, batch: &Batch, len: usize, period: Period) {
        let mut progress = Progress::default();
        for (column, before, measured) in [
            (&batch.shipped, &mut progress.shipped, &mut progress.shipped_measured),
            (&batch.delivered, &mut progress.delivered, &mut progress.delivered_measured),
            (&batch.completed, &mut progress.completed, &mut progress.completed_measured),
        ] {
            *before = mask_of(len, |first| {
                let at = lanes_of(column, first);
                lanes(|lane| u32::from(at[lane] < period.until))
            });
            *measured = *before;
            if !period.is_counted {
                *measured &= mask_of(len, |first| {
                    let at = lanes_of(column, first);
                    lanes(|lane| u32::from(at[lane] >= period.from))
                });
            }
        }
        for first in (0..len).step_by(LANES) {
            let (paid, completed) = (lanes_of(&self.paid, first), lanes_of(&batch.completed, first));
            let released = lanes(|lane| if completed[lane] < period.until { paid[lane] } else { 0 });
            write(&mut self.released, first, &released);
        }
        self.progress = Some(progress);
    }

    /// Adds the orders from place `from` to before `to`.
    #[inline(always)]
    pub(crate) fn add_run(&self, sums: &mut UntroubledSums, from: usize, to: usize, is_counted: bool) {
        let some = (Mask::MAX >> (BATCH - (to - from))) << from;
        let own = |first: usize| {
            let (offset, number) = ((first as u32).wrapping_sub(from as u32), (to - from) as u32);
            lanes(|lane| if PLACES[lane].wrapping_add(offset) < number { u32::MAX } else { 0 })
        };
        self.add(sums, some, from / LANES * LANES..to, own, is_counted);
    }

    /// Adds the orders of each buyer segment.
    #[inline(always)]
    pub(crate) fn add_by_buyer(
        &self,
        sums: &mut [UntroubledSums],
        batch: &Batch,
        len: usize,
        is_counted: bool,
    ) {
        for (segment, sums) in (0_u32..).zip(sums) {
            let own = |first: usize| {
                let segments = lanes_of(&batch.buyer_segments, first);
                lanes(|lane| if u32::from(segments[lane]) == segment { u32::MAX } else { 0 })
            };
            self.add(sums, mask_of(len, own), 0..len, own, is_counted);
        }
    }

    /// Cents of those orders in some places that are somebody's own: all bits are set there, and none elsewhere.
    #[inline(always)]
    fn value(column: &Column<u32>, places: Range<usize>, own: impl Fn(usize) -> Lanes<u32>) -> u64 {
        let mut sums = [0_u64; LANES];
        for first in places.step_by(LANES) {
            let (values, own) = (lanes_of(column, first), own(first));
            sums = lanes(|lane| sums[lane] + u64::from(values[lane] & own[lane]));
        }
        sums.iter().sum()
    }

    #[inline(always)]
    fn add(
        &self,
        sums: &mut UntroubledSums,
        some: Mask,
        places: Range<usize>,
        own: impl Fn(usize) -> Lanes<u32>,
        is_counted: bool,
    ) {
        let paid = Self::value(&self.paid, places.clone(), &own);
        let number = |mask: Mask| u64::from((mask & some).count_ones());
        let lost = self.shipping & !self.arriving;
        let Some(progress) = &self.progress else {
            let (shipped, delivered) = (number(self.shipping), number(self.arriving));
            sums.whole += number(self.untroubled);
            sums.whole_value += paid;
            sums.shipped += shipped;
            sums.delivered += delivered;
            sums.late += number(self.late);
            sums.broken += number(self.broken);
            sums.lost += number(lost);
            sums.events += shipped + delivered;
            return;
        };
        let (untroubled, completed) = (number(self.untroubled), number(self.untroubled & progress.completed));
        sums.shipped += number(self.shipping & progress.shipped_measured);
        sums.delivered += number(self.arriving & progress.delivered_measured);
        sums.late += number(self.late & progress.delivered_measured);
        sums.broken += number(self.broken & progress.shipped_measured);
        sums.lost += number(lost & progress.shipped_measured);
        sums.completed += number(self.untroubled & progress.completed_measured);
        sums.events += untroubled + completed;
        sums.events += number(self.shipping & progress.shipped) + number(self.arriving & progress.delivered);
        if is_counted {
            sums.placed += untroubled;
            sums.open += untroubled - completed;
            sums.paid += paid;
            sums.released += Self::value(&self.released, places, &own);
        }
    }
}

/// What the orders of a seller, or of a buyer segment, add up to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct UntroubledSums {
    /// Untroubled orders whose whole life lies in the measured period, and their value.
    whole: u64,
    whole_value: u64,
    /// Parcels handed over as they were drawn, in the measured period, and what becomes of them.
    shipped: u64,
    delivered: u64,
    late: u64,
    broken: u64,
    lost: u64,
    /// Other untroubled orders, milestone by milestone.
    placed: u64,
    completed: u64,
    open: u64,
    paid: u64,
    released: u64,
    /// Things that happen, but for the placement and completion of the first.
    events: u64,
}

impl UntroubledSums {
    /// Adds them to a tally.
    pub(crate) fn flush(&self, tally: &mut Tally) {
        tally.add_many(Count::OrdersPlaced, self.whole + self.placed);
        tally.add_many(Count::OrdersShipped, self.shipped);
        tally.add_many(Count::OrdersDelivered, self.delivered);
        tally.add_many(Count::OrdersDeliveredLate, self.late);
        tally.add_many(Count::OrdersDefective, self.broken);
        tally.add_many(Count::OrdersLost, self.lost);
        tally.add_many(Count::OrdersCompleted, self.whole + self.completed);
        tally.add_many(Count::OrdersOpen, self.open);
        tally.add_many(Count::Events, 2 * self.whole + self.events);
        tally.add_many(Count::ValuePaid, self.whole_value + self.paid);
        tally.add_many(Count::ValueReleased, self.whole_value + self.released);
        tally.add_many(Count::ValueHeld, self.paid - self.released);
    }
}
