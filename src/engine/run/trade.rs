//! Days of trade of a shard, stretch by stretch: placement, the events of each day, and its close.

use super::shard::{Shard, Watch};
use crate::engine::books::observer::Observer;
use crate::engine::setup::tables::Tables;
use crate::sim::{Day, SimDuration};
use std::ops::Range;

/// After so many events of a day it is asked whether to go on.
const EVENTS_TOGETHER: usize = 1 << 14;

impl<O: Observer> Shard<O> {
    /// Days of trade, stretch by stretch; false if `watch` stops it. The market has `orders` on average on a day.
    pub(crate) fn trade(
        &mut self,
        tables: &Tables,
        days: Range<i32>,
        orders: impl Fn(Day) -> f64,
        base: &[f64],
        shares: &[f64],
        watch: Watch<'_>,
    ) -> bool {
        let mut first = days.start;
        while first < days.end {
            // No stretch reaches from the warm-up into the measured period.
            let end = if first < 0 { days.end.min(0) } else { days.end };
            let until = end.min(first + self.arrivals.days() as i32);
            let mut means = std::mem::take(&mut self.means);
            means.clear();
            means.resize(shares.len() * self.arrivals.days(), 0.0);
            let mut of_market = std::mem::take(&mut self.of_market);
            of_market.clear();
            of_market.extend((first..until).map(|day| orders(Day(day))));
            self.share_out(tables, Day(first), &of_market, base, shares, &mut means);
            self.of_market = of_market;
            let mut goes_on = self.begin_stretch(tables, first..until, &means, watch);
            self.means = means;
            for (place, day) in (first..until).enumerate() {
                goes_on = goes_on && self.run_day(tables, Day(day), place, watch);
            }
            if !goes_on {
                return false;
            }
            first = until;
        }
        true
    }

    /// The mean orders of the days from `first` on: each seller's share of the market's, nothing for a frozen one.
    fn share_out(
        &mut self,
        tables: &Tables,
        first: Day,
        orders: &[f64],
        base: &[f64],
        shares: &[f64],
        means: &mut [f64],
    ) {
        let means = means.chunks_exact_mut(self.arrivals.days());
        for (seller, (means, (&base, &share))) in means.zip(base.iter().zip(shares)).enumerate() {
            for ((mean, &orders), day) in means.iter_mut().zip(orders).zip(first.0..) {
                let (standing, day) = (&self.records.standings[seller], Day(day));
                let share = if standing.is_frozen(day) { 0.0 } else { share };
                *mean = orders * share;
                if share < base && standing.is_penalised(&tables.world.policy, day) {
                    self.records.count_lost(tables, day, seller, orders * (base - share));
                }
            }
        }
    }

    /// Begins a stretch of days: places their orders; false if `watch` stops it. `means` holds the mean number of orders of each
    /// seller on each day of it.
    fn begin_stretch(&mut self, tables: &Tables, days: Range<i32>, means: &[f64], watch: Watch<'_>) -> bool {
        let first = Day(days.start);
        self.records.begin_day(first);
        let allowances = days.map(|day| tables.shipment_allowance(Day(day)));
        self.allowance = allowances.min().unwrap_or(SimDuration(0));
        self.place_orders(tables, first, means, watch)
    }

    /// A day of these sellers, so many after the first of its stretch: what happens to orders in trouble, then the day's close;
    /// false if `watch` stops it.
    ///
    /// What `Records::weights` then holds is what search will see tomorrow.
    fn run_day(&mut self, tables: &Tables, day: Day, place: usize, watch: Watch<'_>) -> bool {
        self.records.begin_day(day);
        self.count_placed(day, place);
        self.end_delayed_disputes_by(tables, day);
        let mut events = std::mem::take(&mut self.events);
        let mut done = 0;
        self.event_queue.begin(day, &mut events);
        self.predetermine_today(tables, day);
        while let Some(event) = self.event_queue.next(&events, &mut done) {
            self.happen(tables, event, event.at(day));
            if done.is_multiple_of(EVENTS_TOGETHER) && !watch(0) {
                return false;
            }
        }
        self.end_todays_disputes(tables);
        self.event_queue.end();
        self.events = events;
        self.records.close_day(tables, day);
        watch(self.placed_today)
    }
}
