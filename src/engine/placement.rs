//! The path that every order takes: its itinerary is drawn when it is placed.
//!
//! Milestones that can meet nobody else's event (shipped, delivered, completed) are posted at once to the
//! day in which they fall. Only orders in trouble, about one in eight, go on to [`super::fate`].

use super::calendar::Happening;
use super::case::Order;
use super::demand;
use super::fate::Drawn;
use super::shard::Shard;
use super::tables::Tables;
use crate::behavior::purpose::halves;
use crate::behavior::{Purpose, claiming};
use crate::market::Money;
use crate::observe::{Count, Series, Tally};
use crate::sim::{DAY_SECONDS, Day, SimTime};

/// What the untroubled orders of a seller's day add up to, for one buyer segment.
#[derive(Clone, Copy, Debug, Default)]
struct PlainSums {
    placed: u64,
    shipped: u64,
    delivered: u64,
    late: u64,
    completed: u64,
    open: u64,
    paid: i64,
    released: i64,
    events: u64,
}

impl PlainSums {
    fn flush(&self, tally: &mut Tally, is_counted: bool) {
        tally.add_many(Count::OrdersShipped, self.shipped);
        tally.add_many(Count::OrdersDelivered, self.delivered);
        tally.add_many(Count::OrdersDeliveredLate, self.late);
        tally.add_many(Count::OrdersCompleted, self.completed);
        tally.add_many(Count::Events, self.events);
        if is_counted {
            tally.add_many(Count::OrdersPlaced, self.placed);
            tally.add_many(Count::OrdersOpen, self.open);
            tally.add_money(Count::ValuePaid, Money(self.paid));
            tally.add_money(Count::ValueReleased, Money(self.released));
            tally.add_money(Count::ValueHeld, Money(self.paid - self.released));
        }
    }
}

/// The purpose of the number of a seller's orders of a day, apart from the orders' own keys.
const ORDERS_OF_DAY: u64 = u64::MAX;

/// Buyer segments whose sums fit on the stack; worlds with more are valid, and summed in turns.
const SUMS: usize = 8;

impl Shard {
    /// Places a seller's orders of one day.
    pub(super) fn place_orders(&mut self, tables: &Tables, day: Day, seller: usize, mean: f64) {
        let traits = self.sellers[seller];
        let day_key = traits.key.child(u64::from(day.0 as u32));
        let number = demand::poisson(mean, day_key.child(ORDERS_OF_DAY));
        self.placed_today += u64::from(number);
        self.windows.today_mut(seller).placed += number;
        self.daily.add(Series::OrdersPlaced, day.0, u64::from(number));
        let is_counted = day.0 >= 0;
        let mut sums = [PlainSums::default(); SUMS];
        for index in 0..number {
            let key = day_key.order(index);
            let (second, buyer_uniform) = halves(key.bits(Purpose::PlacementAndBuyer as u64));
            let (value, handling) = halves(key.bits(Purpose::ValueAndHandling as u64));
            let segment = tables.buyer_segment(buyer_uniform);
            let shop = &tables.sellers[usize::from(traits.segment)];
            let placed = SimTime(day.start().0 + ((u64::from(second) * DAY_SECONDS as u64) >> 32) as i64);
            let handling = (u64::from(shop.handling_time.at(handling)) * traits.handling_factor) >> 16;
            let ready = SimTime(placed.0 + handling as i64);
            let order = Order {
                key,
                placed,
                shipped: shop.hand_over.map_or(ready, |hours| hours.next_open(ready)),
                value: Money(i64::from(tables.order_value.at(value)).max(1)),
                buyer: ((u64::from(buyer_uniform) * u64::from(tables.world.market.buyers)) >> 32) as u32,
                seller: seller as u16,
                buyer_segment: segment,
                is_counted,
            };
            let drawn = self.draw(tables, &order, &traits);
            let slot = usize::from(segment) % SUMS;
            if drawn.is_troubled {
                self.decide_fate(tables, order, &drawn);
            } else {
                self.post_plain(tables, &order, &drawn, &mut sums[slot]);
            }
            if tables.buyers.len() > SUMS {
                sums[slot].flush(&mut self.tallies[seller], is_counted);
                sums[slot].flush(&mut self.by_buyer[usize::from(segment)], is_counted);
                sums[slot] = PlainSums::default();
            }
        }
        for (segment, sums) in sums.iter().enumerate().take(tables.buyers.len()) {
            sums.flush(&mut self.tallies[seller], is_counted);
            sums.flush(&mut self.by_buyer[segment], is_counted);
        }
    }

    /// Draws the itinerary after hand-over, and whether anything at all may go wrong.
    #[inline]
    pub(super) fn draw(&self, tables: &Tables, order: &Order, traits: &super::population::Traits) -> Drawn {
        let shop = &tables.sellers[usize::from(traits.segment)];
        let buyer = &tables.buyers[usize::from(order.buyer_segment)];
        let (transit, confirmation) = halves(order.key.bits(Purpose::TransitAndConfirmation as u64));
        let (stock_out, change_of_mind) = halves(order.key.bits(Purpose::StockOutAndChangeOfMind as u64));
        let (loss, defect) = halves(order.key.bits(Purpose::LossAndDefect as u64));
        let delivered = SimTime(order.shipped.0 + i64::from(shop.transit_time.at(transit)));
        let confirmed = SimTime(delivered.0 + i64::from(buyer.confirmation_delay.at(confirmation)));
        let mut drawn = Drawn {
            delivered,
            confirmed,
            promised: SimTime::NEVER,
            is_out_of_stock: traits.stock_out.happens(stock_out),
            changes_mind: buyer.change_of_mind.happens(change_of_mind),
            is_lost: traits.loss.happens(loss),
            is_defective: traits.defect.happens(defect),
            may_be_opportunistic: false,
            opportunism: 0,
            is_troubled: false,
        };
        let is_overdue = match tables.shipment_seconds {
            Some(seconds) => order.shipped.0 - order.placed.0 > seconds,
            None => !tables.world.policy.shipment.is_met(order.placed, order.shipped, tables.world.day_zero),
        };
        if tables.draws_opportunism_or_promise {
            let (opportunism, promise) = halves(order.key.bits(Purpose::OpportunismAndPromise as u64));
            drawn.opportunism = opportunism;
            drawn.may_be_opportunistic = buyer.opportunism_bound.happens(opportunism);
            if let Some(table) = &shop.promise {
                drawn.promised = SimTime(order.placed.0 + i64::from(table.at(transit, promise)));
            }
        }
        let is_late = drawn.delivered > drawn.promised;
        let is_impatient = tables.has_impatience
            && buyer.shipping_patience.as_ref().is_some_and(|patience| {
                order.placed + claiming::shipping_patience(order.key, patience) < order.shipped
            });
        drawn.is_troubled = drawn.is_out_of_stock
            | drawn.changes_mind
            | drawn.is_lost
            | drawn.is_defective
            | drawn.may_be_opportunistic
            | is_overdue
            | (is_late & !buyer.late_tolerance.is_empty())
            | is_impatient;
        drawn
    }

    /// Posts the milestones of an order that nothing goes wrong with.
    #[inline]
    fn post_plain(&mut self, tables: &Tables, order: &Order, drawn: &Drawn, sums: &mut PlainSums) {
        let policy = &tables.world.policy;
        let automatic = policy.completion.automatic_at(order.shipped, drawn.delivered, tables.world.day_zero);
        let completed = drawn.confirmed.min(automatic);
        let horizon = tables.horizon;
        let is_late = drawn.delivered > drawn.promised;
        sums.placed += 1;
        sums.shipped += u64::from(tables.is_measured(order.shipped));
        sums.delivered += u64::from(tables.is_measured(drawn.delivered));
        sums.late += u64::from(is_late & tables.is_measured(drawn.delivered));
        sums.completed += u64::from(tables.is_measured(completed));
        sums.open += u64::from(completed >= horizon);
        sums.paid += order.value.0;
        sums.released += if completed < horizon { order.value.0 } else { 0 };
        sums.events += 1
            + u64::from(order.shipped < horizon)
            + u64::from(drawn.delivered < horizon)
            + u64::from(completed < horizon);
        self.daily.add(Series::OrdersShipped, order.shipped.day().0, 1);
        self.daily.add(Series::OrdersDelivered, drawn.delivered.day().0, 1);
        let milestones = [order.placed, order.shipped, drawn.delivered, completed];
        self.auditor.see_plain(milestones, order.value, order.is_counted, horizon);
        if tables.has_score {
            let day = drawn.delivered.day();
            self.windows.post_delivered(usize::from(order.seller), day, is_late, false);
        }
        self.post_completed(order.seller, completed, tables);
    }

    /// Posts a completion to its day.
    #[inline]
    pub(super) fn post_completed(&mut self, seller: u16, completed: SimTime, tables: &Tables) {
        if completed >= tables.horizon {
            return;
        }
        let day = completed.day();
        self.daily.add(Series::OrdersCompleted, day.0, 1);
        if !self.windows.post_completed(usize::from(seller), day) {
            self.calendar.schedule(completed, seller, Happening::CompleteLater, 1, 0);
        }
    }
}
