//! The path that every order takes: its itinerary is drawn when it is placed.
//!
//! Milestones that can meet nobody else's event (shipped, delivered, completed) are posted at once to the
//! day in which they fall. Only orders in trouble, about one in eight, go on to [`super::fate`].

use super::calendar::Happening;
use super::case::Order;
use super::demand;
use super::fate::Drawn;
use super::population::Traits;
use super::shard::Shard;
use super::tables::Tables;
use crate::behavior::purpose::halves;
use crate::behavior::{Purpose, SellerTables, claiming};
use crate::market::Money;
use crate::observe::{Count, Series, Tally};
use crate::sim::{DAY_SECONDS, Day, Key, SimDuration, SimTime};

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
}

/// The purpose of the number of a seller's orders of a day, apart from the orders' own keys.
const ORDERS_OF_DAY: u64 = u64::MAX;

/// What no order of a seller's day changes.
struct SellerDay<'a> {
    tables: &'a Tables,
    traits: Traits,
    shop: &'a SellerTables,
    key: Key,
    day: Day,
    /// Whether the day lies in the measured period.
    is_counted: bool,
    /// Orders handed over sooner meet the shipment deadline.
    allowance: SimDuration,
}

/// Where an order's milestones go if nothing is wrong with it.
struct Itinerary {
    buyer_segment: usize,
    value: Money,
    placed: SimTime,
    shipped: SimTime,
    delivered: SimTime,
    completed: SimTime,
    is_late: bool,
    is_troubled: bool,
}

impl SellerDay<'_> {
    /// Draws an order's itinerary, and whether anything at all may go wrong.
    #[inline(always)]
    fn itinerary(&self, index: u32) -> Itinerary {
        let tables = self.tables;
        let key = self.key.order(index);
        let (second, buyer) = halves(key.bits(Purpose::PlacementAndBuyer as u64));
        let (value, handling) = halves(key.bits(Purpose::ValueAndHandling as u64));
        let (transit, confirmation) = halves(key.bits(Purpose::TransitAndConfirmation as u64));
        let (stock_out, change_of_mind) = halves(key.bits(Purpose::StockOutAndChangeOfMind as u64));
        let (loss, defect) = halves(key.bits(Purpose::LossAndDefect as u64));
        let buyer_segment = usize::from(tables.buyer_segment(buyer));
        let buyer = &tables.buyers[buyer_segment];
        let placed = placed_at(self.day, second);
        let shipped = self.hand_over(placed, handling);
        let delivered = SimTime(shipped.0 + i64::from(self.shop.transit_time.at(transit)));
        let confirmed = SimTime(delivered.0 + i64::from(buyer.confirmation_delay.at(confirmation)));
        let mut is_troubled = self.traits.stock_out.happens(stock_out)
            | buyer.change_of_mind.happens(change_of_mind)
            | self.traits.loss.happens(loss)
            | self.traits.defect.happens(defect)
            | (shipped - placed > self.allowance);
        let mut is_late = false;
        if tables.draws_opportunism_or_promise {
            let (opportunism, promise) = halves(key.bits(Purpose::OpportunismAndPromise as u64));
            is_troubled |= buyer.opportunism_bound.happens(opportunism);
            if let Some(table) = &self.shop.promise {
                is_late = delivered.0 > placed.0 + i64::from(table.at(transit, promise));
                is_troubled |= is_late & !buyer.late_tolerance.is_empty();
            }
        }
        if tables.has_impatience
            && let Some(patience) = &buyer.shipping_patience
        {
            is_troubled |= placed + claiming::shipping_patience(key, patience) < shipped;
        }
        let automatic = match tables.completion {
            Some((protection, confirmation)) => (shipped + protection).min(delivered + confirmation),
            None => tables.world.policy.completion.automatic_at(shipped, delivered, tables.world.day_zero),
        };
        Itinerary {
            buyer_segment,
            value: Money(i64::from(tables.order_value.at(value)).max(1)),
            placed,
            shipped,
            delivered,
            completed: confirmed.min(automatic),
            is_late,
            is_troubled,
        }
    }

    /// When an order placed at `placed` is handed over.
    #[inline(always)]
    fn hand_over(&self, placed: SimTime, handling: u32) -> SimTime {
        let handling = (u64::from(self.shop.handling_time.at(handling)) * self.traits.handling_factor) >> 16;
        let ready = SimTime(placed.0 + handling as i64);
        self.shop.hand_over.as_ref().map_or(ready, |hours| hours.next_open(ready))
    }

    /// The order as those who look into its trouble need it.
    fn order(&self, index: u32, seller: usize) -> Order {
        let key = self.key.order(index);
        let (second, buyer) = halves(key.bits(Purpose::PlacementAndBuyer as u64));
        let (value, handling) = halves(key.bits(Purpose::ValueAndHandling as u64));
        let placed = placed_at(self.day, second);
        Order {
            key,
            placed,
            shipped: self.hand_over(placed, handling),
            value: Money(i64::from(self.tables.order_value.at(value)).max(1)),
            buyer: ((u64::from(buyer) * u64::from(self.tables.world.market.buyers)) >> 32) as u32,
            seller: seller as u16,
            buyer_segment: self.tables.buyer_segment(buyer),
            is_counted: self.is_counted,
        }
    }
}

/// The instant of the day that a uniform picks.
#[inline(always)]
fn placed_at(day: Day, uniform: u32) -> SimTime {
    SimTime(day.start().0 + ((u64::from(uniform) * DAY_SECONDS as u64) >> 32) as i64)
}

impl Shard {
    /// Places a seller's orders of one day: first the milestones of those without trouble, then the
    /// others one by one.
    pub(super) fn place_orders(&mut self, tables: &Tables, day: Day, seller: usize, mean: f64) {
        let traits = self.sellers[seller];
        let key = traits.key.child(u64::from(day.0 as u32));
        let number = demand::poisson(mean, key.child(ORDERS_OF_DAY));
        self.placed_today += u64::from(number);
        self.windows.today_mut(seller).placed += number;
        self.daily.add(Series::OrdersPlaced, day.0, u64::from(number));
        let shop = &tables.sellers[usize::from(traits.segment)];
        let today =
            SellerDay { tables, traits, shop, key, day, is_counted: day.0 >= 0, allowance: self.allowance };
        let mut troubled = std::mem::take(&mut self.troubled);
        for index in 0..number {
            let itinerary = today.itinerary(index);
            if itinerary.is_troubled {
                troubled.push(index);
            } else {
                self.post_plain(tables, seller, &itinerary, today.is_counted);
            }
        }
        for (segment, sums) in self.plain_sums.iter_mut().enumerate() {
            let sums = std::mem::take(sums);
            sums.flush(&mut self.tallies[seller], today.is_counted);
            sums.flush(&mut self.by_buyer[segment], today.is_counted);
        }
        for index in troubled.drain(..) {
            let order = today.order(index, seller);
            let drawn = draw(tables, &order, &traits);
            self.decide_fate(tables, order, &drawn);
        }
        self.troubled = troubled;
    }

    /// Posts the milestones of an order that nothing goes wrong with.
    #[inline(always)]
    fn post_plain(&mut self, tables: &Tables, seller: usize, order: &Itinerary, is_counted: bool) {
        let Itinerary { shipped, delivered, completed, .. } = *order;
        self.auditor.see_plain([order.placed, shipped, delivered, completed]);
        self.daily.add(Series::OrdersShipped, shipped.day().0, 1);
        self.daily.add(Series::OrdersDelivered, delivered.day().0, 1);
        if tables.has_score {
            self.windows.post_delivered(seller, delivered.day(), order.is_late, false);
        }
        if is_counted && delivered.max(completed) < tables.horizon {
            let sums = &mut self.plain_sums[order.buyer_segment];
            sums.whole += 1;
            sums.whole_late += u64::from(order.is_late);
            sums.whole_value += order.value.0 as u64;
            self.auditor.book_plain(order.value, true);
            self.post_completed(seller as u16, completed);
        } else {
            self.post_partly_measured(tables, seller, order, is_counted);
        }
    }

    /// Posts an untroubled order that begins in the warm-up or goes on beyond the horizon.
    #[cold]
    fn post_partly_measured(&mut self, tables: &Tables, seller: usize, order: &Itinerary, is_counted: bool) {
        let Itinerary { shipped, delivered, completed, .. } = *order;
        let (horizon, value) = (tables.horizon, order.value.0 as u64);
        let is_completed = completed < horizon;
        let sums = &mut self.plain_sums[order.buyer_segment];
        sums.placed += 1;
        sums.shipped += u64::from(tables.is_measured(shipped));
        sums.delivered += u64::from(tables.is_measured(delivered));
        sums.late += u64::from(order.is_late & tables.is_measured(delivered));
        sums.completed += u64::from(tables.is_measured(completed));
        sums.open += u64::from(!is_completed);
        sums.paid += value;
        sums.released += if is_completed { value } else { 0 };
        sums.events +=
            1 + u64::from(shipped < horizon) + u64::from(delivered < horizon) + u64::from(is_completed);
        if is_counted {
            self.auditor.book_plain(order.value, is_completed);
        }
        if is_completed {
            self.post_completed(seller as u16, completed);
        }
    }

    /// Posts a completion before the horizon to its day.
    #[inline]
    pub(super) fn post_completed(&mut self, seller: u16, completed: SimTime) {
        let day = completed.day();
        self.daily.add(Series::OrdersCompleted, day.0, 1);
        if !self.windows.post_completed(usize::from(seller), day) {
            self.calendar.schedule(completed, seller, Happening::CompleteLater, 1, 0);
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
