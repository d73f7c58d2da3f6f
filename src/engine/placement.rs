//! The path that every order takes: its itinerary is drawn when it is placed.
//!
//! Milestones that can meet nobody else's event (shipped, delivered, completed) are posted at once to the
//! day in which they fall. Only orders in trouble, about one in eight, go on to [`super::fate`].

use super::case::Order;
use super::fate::Drawn;
use super::population::Traits;
use super::records::{Finding, Records};
use super::seller_day::{Itinerary, SellerDay};
use super::shard::Shard;
use super::tables::Tables;
use crate::behavior::Purpose;
use crate::behavior::purpose::halves;
use crate::observe::{Count, Series, Tally};
use crate::sim::{DAY_SECONDS, Day, SimTime};

/// What the untroubled orders of a seller's day add up to, for one buyer segment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PlainSums {
    /// Orders whose whole life lies in the measured period, how many of them late, and their value.
    whole: u64,
    whole_late: u64,
    whole_value: u64,
    /// The others, milestone by milestone.
    placed: u64,
    shipped: u64,
    delivered: u64,
    late: u64,
    completed: u64,
    open: u64,
    paid: u64,
    released: u64,
    events: u64,
}

impl PlainSums {
    fn flush(&self, tally: &mut Tally, is_counted: bool) {
        tally.add_many(Count::OrdersShipped, self.whole + self.shipped);
        tally.add_many(Count::OrdersDelivered, self.whole + self.delivered);
        tally.add_many(Count::OrdersDeliveredLate, self.whole_late + self.late);
        tally.add_many(Count::OrdersCompleted, self.whole + self.completed);
        tally.add_many(Count::Events, 4 * self.whole + self.events);
        if is_counted {
            tally.add_many(Count::OrdersPlaced, self.whole + self.placed);
            tally.add_many(Count::OrdersOpen, self.open);
            tally.add_many(Count::ValuePaid, self.whole_value + self.paid);
            tally.add_many(Count::ValueReleased, self.whole_value + self.released);
            tally.add_many(Count::ValueHeld, self.paid - self.released);
        }
    }

    /// Adds an order that begins in the warm-up or goes on beyond the horizon; times are seconds from the
    /// day's start.
    #[cold]
    fn add_partly_measured(&mut self, order: &Itinerary, is_counted: bool, horizon: i64, day_start: i64) {
        let is_measured = |at: i64| u64::from(at < horizon && at + day_start >= 0);
        let value = order.value.0 as u64;
        let is_completed = order.completed < horizon;
        self.placed += u64::from(is_counted);
        self.shipped += is_measured(order.shipped);
        self.delivered += is_measured(order.delivered);
        self.late += u64::from(order.is_late) * is_measured(order.delivered);
        self.completed += is_measured(order.completed);
        self.open += u64::from(!is_completed);
        self.paid += value;
        self.released += if is_completed { value } else { 0 };
        self.events += 1
            + u64::from(order.shipped < horizon)
            + u64::from(order.delivered < horizon)
            + u64::from(is_completed);
    }
}

/// Whole days in so many seconds, which are not negative.
#[inline]
const fn days_in(seconds: i64) -> i32 {
    (seconds as u64 / DAY_SECONDS as u64) as i32
}

/// Adds one to a day of a series; a day outside the measured period is passed over.
#[inline]
fn count_on(series: &mut [u64], day: i32) {
    if let Some(number) = series.get_mut(day as usize) {
        *number += 1;
    }
}

/// The purpose of the number of a seller's orders of a day, apart from the orders' own keys.
const ORDERS_OF_DAY: u64 = u64::MAX;

impl Shard {
    /// Places a seller's orders of one day: first the milestones of those without trouble, then the
    /// others one by one.
    pub(super) fn place_orders(&mut self, tables: &Tables, day: Day, seller: usize, mean: f64) {
        let traits = self.records.sellers[seller];
        let key = traits.key.child(u64::from(day.0 as u32));
        let number = self.poisson.number(mean, key.child(ORDERS_OF_DAY));
        if number == 0 {
            return;
        }
        self.placed_today += u64::from(number);
        self.records.windows.today_mut(seller).placed += number;
        self.records.daily.add(Series::OrdersPlaced, day.0, u64::from(number));
        let shop = &tables.sellers[usize::from(traits.segment)];
        let is_counted = day.0 >= 0;
        let today = SellerDay { tables, traits, shop, key, day, is_counted, allowance: self.allowance };
        self.post_plain(&today, seller, number);
        for (segment, sums) in self.plain_sums.iter_mut().enumerate() {
            let sums = std::mem::take(sums);
            sums.flush(&mut self.records.ledger.by_seller[seller], is_counted);
            if let Some(tally) = self.records.ledger.by_buyer.get_mut(segment) {
                sums.flush(tally, is_counted);
            }
        }
        for place in 0..self.troubled.len() {
            let order = today.order(self.troubled[place], seller);
            let drawn = draw(tables, &order, &traits);
            if let Some(mut case) = self.records.decide_fate(tables, order, &drawn) {
                self.begin(tables, &mut case);
            }
        }
        self.troubled.clear();
    }

    /// Draws a seller's orders, posts the milestones of those that nothing goes wrong with, and sets the others aside.
    fn post_plain(&mut self, today: &SellerDay<'_>, seller: usize, number: u32) {
        let (day, is_counted, has_score) = (today.day.0, today.is_counted, today.tables.has_score);
        let horizon = today.tables.horizon.0 - today.day.start().0;
        let Records { windows, auditor, daily, .. } = &mut self.records;
        let milestones = daily.milestones_mut();
        let mut far = Vec::new();
        for index in 0..number {
            let order = today.itinerary(index);
            if order.is_troubled {
                self.troubled.push(index);
                continue;
            }
            auditor.see_plain([order.placed, order.shipped, order.delivered, order.completed]);
            let shipped_day = day + days_in(order.shipped);
            let delivered_day = day + days_in(order.delivered);
            count_on(milestones.shipped, shipped_day);
            count_on(milestones.delivered, delivered_day);
            let is_late = order.is_late;
            if has_score && !windows.post_delivered(seller, Day(delivered_day), is_late, false) {
                far.push((order.delivered, Finding::Delivered { is_late, is_defective: false }));
            }
            let sums = &mut self.plain_sums[usize::from(order.buyer_segment)];
            if is_counted && order.delivered.max(order.completed) < horizon {
                sums.whole += 1;
                sums.whole_late += u64::from(order.is_late);
                sums.whole_value += order.value.0 as u64;
                auditor.book_plain(order.value, true);
            } else {
                sums.add_partly_measured(&order, is_counted, horizon, today.day.start().0);
                if is_counted {
                    auditor.book_plain(order.value, order.completed < horizon);
                }
                if order.completed >= horizon {
                    continue;
                }
            }
            let completed_day = day + days_in(order.completed);
            count_on(milestones.completed, completed_day);
            if !windows.post_completed(seller, Day(completed_day)) {
                far.push((order.completed, Finding::Completed));
            }
        }
        for (seconds, finding) in far {
            if seconds < horizon {
                let at = SimTime(today.day.start().0 + seconds);
                self.records.note(seller as u16, at, finding);
            }
        }
    }
}

/// What else is drawn of an order in trouble, for the instant at which it is handed over.
pub(super) fn draw(tables: &Tables, order: &Order, traits: &Traits) -> Drawn {
    let shop = &tables.sellers[usize::from(traits.segment)];
    let buyer = &tables.buyers[usize::from(order.buyer_segment)];
    let (transit, confirmation) = halves(order.key.bits(Purpose::TransitAndConfirmation as u64));
    let (stock_out, change_of_mind) = halves(order.key.bits(Purpose::StockOutAndChangeOfMind as u64));
    let (loss, defect) = halves(order.key.bits(Purpose::LossAndDefect as u64));
    let (opportunism, promise) = halves(order.key.bits(Purpose::OpportunismAndPromise as u64));
    let delivered = SimTime(order.shipped.0 + i64::from(shop.transit_time.at(transit)));
    let promised = shop
        .promise
        .as_ref()
        .map_or(SimTime::NEVER, |table| SimTime(order.placed.0 + i64::from(table.at(transit, promise))));
    Drawn {
        delivered,
        confirmed: SimTime(delivered.0 + i64::from(buyer.confirmation_delay.at(confirmation))),
        promised,
        is_out_of_stock: traits.stock_out.happens(stock_out),
        changes_mind: buyer.change_of_mind.happens(change_of_mind),
        is_lost: traits.loss.happens(loss),
        is_defective: traits.defect.happens(defect),
        may_be_opportunistic: buyer.opportunism_bound.happens(opportunism),
        opportunism,
    }
}
