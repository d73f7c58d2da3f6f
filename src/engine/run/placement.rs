//! The path that every order takes: it is drawn when the order is placed, side by side with others of the day.
//!
//! Milestones that can meet nobody else's event (shipped, delivered, completed) are posted at once to the
//! day in which they fall. Only orders in trouble, about one in eight, go on to
//! [`crate::engine::batch::claims`], and those of them whose end cannot be told at once to [`crate::engine::flow::opening`].

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::shard::{Shard, Watch};
use crate::engine::arrivals::batches::{Arrivals, BatchOwners};
use crate::engine::batch::orders::{Batch, Common};
use crate::engine::batch::untroubled::{DaysAhead, Period, UntroubledOrders, UntroubledSums};
use crate::engine::books::coming_days::Rings;
use crate::engine::books::observer::Observer;
use crate::engine::ground::columns::{BATCH, Mask, SECONDS_LATER, cause, write};
use crate::engine::ground::counted::Counted;
use crate::engine::setup::lookup::SellerLookup;
use crate::engine::setup::tables::Tables;
use crate::observe::{Auditor, BatchFacts, Series};
use crate::sim::lanes::{LANES, Vectorisable, lanes_of, vectorised};
use crate::sim::{Day, SimDuration, SimTime};

/// After so many batches it is asked whether to go on: often enough to stop within milliseconds.
const BATCHES_TOGETHER: u32 = 1024;

/// Takes the next orders of a stretch and draws them in one go: at most [`BATCH`], of one seller segment.
///
/// `OBSERVED` says whether some of the laws that every order draws from have observed values.
struct Placing<'a, const OBSERVED: bool> {
    tables: &'a Tables,
    lookup: &'a SellerLookup,
    arrivals: &'a mut Arrivals,
    owners: &'a mut BatchOwners,
    /// The first day of the stretch.
    day: Day,
    allowance: SimDuration,
    /// By reference, as it is built: a copy of what has just been written would wait for it to arrive.
    period: &'a Period,
    batch: &'a mut Batch,
    untroubled: &'a mut UntroubledOrders,
    ahead: &'a mut DaysAhead,
    by_seller: &'a mut [UntroubledSums],
    by_buyer: &'a mut [UntroubledSums],
    auditor: &'a mut Auditor,
    /// Somebody looks at the orders one by one.
    are_seen: bool,
}

impl<const OBSERVED: bool> Vectorisable for Placing<'_, OBSERVED> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { arrivals, owners, period, batch, untroubled, ahead, by_seller, by_buyer, auditor, .. } =
            self;
        arrivals.take(owners);
        let len = owners.len.min(BATCH);
        let common = Common::new(self.tables, owners.segment, self.lookup, self.day, self.allowance);
        batch.look_sellers_up(&common, owners.runs());
        untroubled.clear();
        for first in (0..len).step_by(LANES) {
            batch.draw_bits(first, &owners.keys(first));
            untroubled.count_milestones(first, ahead);
        }
        untroubled.count_milestones_from(len.next_multiple_of(LANES), ahead);
        for first in (0..len).step_by(LANES) {
            batch.draw_hand_over::<OBSERVED>(&common, first, &owners.starts(first));
        }
        for first in (0..len).step_by(LANES) {
            batch.draw_delivery::<OBSERVED>(&common, first);
        }
        for first in (0..len).step_by(LANES) {
            batch.draw_causes::<OBSERVED>(&common, first);
        }
        if self.are_seen {
            batch.causes = [cause::UNSURE; BATCH];
        }
        for first in (0..len).step_by(LANES) {
            untroubled.derive(&common, batch, first, len);
        }
        untroubled.sum_up(&common, batch, len, *period);
        let mut from = 0;
        for &(seller, to) in owners.runs() {
            untroubled.add_run(&mut by_seller[usize::from(seller)], from, usize::from(to), period.is_counted);
            from = usize::from(to);
        }
        if by_buyer.len() > 1 {
            untroubled.add_by_buyer(by_buyer, batch, len, period.is_counted);
        }
        auditor.see_batch(&facts(batch, len), period.until, period.is_counted);
    }
}

/// Posts the milestones of a batch to the rows of its sellers that a rule reads.
struct Posting<'a> {
    untroubled: &'a UntroubledOrders,
    owners: &'a BatchOwners,
    coming: Rings<'a>,
}

impl Vectorisable for Posting<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { untroubled, owners, coming } = self;
        let len = owners.len.min(BATCH);
        for (ring, days) in
            [(coming.deliveries, &untroubled.delivered), (coming.completions, &untroubled.completed)]
        {
            if ring.is_empty() {
                continue;
            }
            let mut slots = [0; BATCH];
            for first in (0..len).step_by(LANES) {
                write(
                    &mut slots,
                    first,
                    &coming.slots.of_lanes(&owners.sellers(first), &lanes_of(days, first)),
                );
            }
            // One by one from memory: numbers are slow to get out of lanes.
            for &slot in slots.iter().take(len) {
                ring[slot as usize] += 1;
            }
        }
    }
}

/// What the auditor looks at of every order.
#[inline(always)]
fn facts(batch: &Batch, len: usize) -> BatchFacts<'_> {
    BatchFacts {
        placed: &batch.placed[..len],
        shipped: &batch.shipped[..len],
        delivered: &batch.delivered[..len],
        completed: &batch.completed[..len],
        values: &batch.values[..len],
        causes: &batch.causes[..len],
    }
}

impl<O: Observer> Shard<O> {
    /// Places every seller's orders of a stretch of days that begins with `day`: the milestones of those without trouble, and
    /// the others one by one.
    ///
    /// `means` holds the mean number of orders of each seller on each day of the stretch. False if `watch` stops it: a day of one
    /// seller may have any number of orders.
    pub(crate) fn place_orders(
        &mut self,
        tables: &Tables,
        day: Day,
        means: &[f64],
        watch: Watch<'_>,
    ) -> bool {
        if !self.arrivals.draw(day, means, &|| watch(0)) {
            return false;
        }
        while !self.arrivals.are_taken() {
            for _ in 0..BATCHES_TOGETHER {
                if self.arrivals.are_taken() {
                    break;
                }
                self.place_batch(tables, day);
            }
            if !watch(0) {
                return false;
            }
        }
        self.decide_suspects(tables, day, false);
        self.decide_suspects(tables, day, true);
        self.untroubled.count_milestones_from(0, &mut self.days_ahead);
        self.days_ahead.flush(&mut self.records.daily, day);
        true
    }

    /// Counts the orders that are placed on a day of the stretch, counted from its first.
    pub(crate) fn count_placed(&mut self, day: Day, place: usize) {
        self.placed_today = 0;
        for (seller, number) in self.arrivals.numbers(place).take(self.records.sellers.len()).enumerate() {
            self.records.windows.add(seller, Counted::Placed, number);
            self.placed_today += u64::from(number);
        }
        self.placed += self.placed_today;
        assert!(
            self.placed < 1 << 32,
            "a group of a market's sellers has had more than 4,294,967,295 orders in one replication: lower \
             market.orders_per_day, or simulate fewer days"
        );
        self.records.daily.add(Series::OrdersPlaced, day.0, self.placed_today);
    }

    /// Draws the next orders of one segment.
    fn draw_batch<const OBSERVED: bool>(&mut self, tables: &Tables, day: Day) {
        let second = |at: SimTime| (at - day.start()).0.clamp(0, SECONDS_LATER) as u32;
        vectorised(Placing::<OBSERVED> {
            tables,
            lookup: &self.lookup,
            arrivals: &mut self.arrivals,
            owners: &mut self.owners,
            day,
            allowance: self.allowance,
            period: &Period {
                from: second(SimTime(0)),
                until: second(tables.horizon),
                is_counted: day.0 >= 0,
            },
            batch: &mut self.batch,
            untroubled: &mut self.untroubled,
            ahead: &mut self.days_ahead,
            by_seller: &mut self.untroubled_by_seller,
            by_buyer: &mut self.untroubled_by_buyer,
            auditor: &mut self.records.auditor,
            are_seen: O::SEES_ORDERS,
        });
    }

    /// Draws the next orders of one segment, and lets them go their ways.
    fn place_batch(&mut self, tables: &Tables, day: Day) {
        if tables.orders_draw_observations {
            self.draw_batch::<true>(tables, day);
        } else {
            self.draw_batch::<false>(tables, day);
        }
        if tables.tracks.completed || tables.tracks.delivered {
            let (coming, today) = self.records.windows.coming_mut();
            let coming = coming.rings_mut(today);
            vectorised(Posting { untroubled: &self.untroubled, owners: &self.owners, coming });
        }
        if tables.tracks.delivered {
            self.post_flaws(day);
        }
        if self.owners.len == 0 {
            return;
        }
        let mut troubled = !self.untroubled.untroubled & (Mask::MAX >> (BATCH - self.owners.len));
        while troubled != 0 {
            let place = troubled.trailing_zeros() as usize;
            troubled &= troubled - 1;
            let seller = self.owners.seller(place);
            // Nobody stops an order that is handed over as it was drawn.
            let is_shipped = self.untroubled.shipping >> place & 1 == 1;
            let suspects = &mut self.pending.suspects[usize::from(is_shipped)];
            suspects.enter(tables, &self.batch, place, self.owners.segment, seller);
            if suspects.is_full() {
                self.decide_suspects(tables, day, is_shipped);
            }
        }
    }

    /// Posts what is wrong with the parcels of the batch that arrive.
    fn post_flaws(&mut self, day: Day) {
        let Self { untroubled, owners, records, .. } = self;
        let mut flawed = untroubled.arriving & (untroubled.late | untroubled.broken);
        while flawed != 0 {
            let place = flawed.trailing_zeros() as usize;
            flawed &= flawed - 1;
            let (is_late, is_defective) =
                (untroubled.late >> place & 1 == 1, untroubled.broken >> place & 1 == 1);
            let arrives = Day(day.0 + i32::from(untroubled.delivered[place]));
            let (coming, _) = records.windows.coming_mut();
            coming.post_flaws(owners.seller(place), arrives, is_late, is_defective);
        }
    }

    /// At the horizon: counts the untroubled and the predetermined orders of each seller and of each buyer segment.
    pub(crate) fn count_batches(&mut self) {
        for (sums, tally) in self.untroubled_by_seller.iter_mut().zip(&mut self.records.ledger.by_seller) {
            std::mem::take(sums).flush(tally);
        }
        for (sums, tally) in self.untroubled_by_buyer.iter_mut().zip(&mut self.records.ledger.by_buyer) {
            std::mem::take(sums).flush(tally);
        }
        let ledger = &mut self.records.ledger;
        self.pending.sums.flush(&mut ledger.by_seller, &mut ledger.by_buyer);
    }
}
