//! A seller's day: what none of its orders changes, and how an order follows from its number.

use super::case::Order;
use super::population::Traits;
use super::tables::Tables;
use crate::behavior::purpose::halves;
use crate::behavior::{Purpose, SellerTables, claiming};
use crate::market::Money;
use crate::sim::{DAY_SECONDS, Day, Key, SimDuration, SimTime};

/// What no order of a seller's day changes.
pub(super) struct SellerDay<'a> {
    pub(super) tables: &'a Tables,
    pub(super) traits: Traits,
    pub(super) shop: &'a SellerTables,
    pub(super) key: Key,
    pub(super) day: Day,
    /// Whether the day lies in the measured period.
    pub(super) is_counted: bool,
    /// Orders handed over sooner meet the shipment deadline.
    pub(super) allowance: SimDuration,
}

/// Where an order's milestones go if nothing is wrong with it; times are seconds from the day's start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Itinerary {
    pub(super) buyer_segment: u8,
    pub(super) value: Money,
    pub(super) placed: i64,
    pub(super) shipped: i64,
    pub(super) delivered: i64,
    pub(super) completed: i64,
    pub(super) is_late: bool,
    /// Something may go wrong with the order.
    pub(super) is_troubled: bool,
}

impl SellerDay<'_> {
    /// Draws the path of an order, in one go: what is drawn stays in registers until it is posted.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "the loop over a seller's orders keeps its tables in registers")]
    #[allow(clippy::needless_bitwise_bool, reason = "any one is rare, so testing them together is quicker")]
    pub(super) fn itinerary(&self, index: u32) -> Itinerary {
        let (tables, shop, traits) = (self.tables, self.shop, &self.traits);
        let key = self.key.order(index);
        let (second, buyer) = halves(key.bits(Purpose::PlacementAndBuyer as u64));
        let buyer_segment = if tables.buyers.len() > 1 { tables.buyer_segment(buyer) } else { 0 };
        let buyer = &tables.buyers[usize::from(buyer_segment)];
        let placed = second_of_day(second);
        let (value, handling) = halves(key.bits(Purpose::ValueAndHandling as u64));
        let value = order_value(tables, value);
        let mut shipped = placed + self.handling_seconds(handling);
        if let Some(hours) = &shop.hand_over {
            let start = self.day.start();
            shipped = (hours.next_open(start + SimDuration(shipped)) - start).0;
        }
        let (transit, confirmation) = halves(key.bits(Purpose::TransitAndConfirmation as u64));
        let delivered = shipped + i64::from(shop.transit_time.at(transit));
        let confirmed = delivered + i64::from(buyer.confirmation_delay.at(confirmation));
        let completed = confirmed.min(self.automatic_completion(shipped, delivered));

        let (stock_out, change_of_mind) = halves(key.bits(Purpose::StockOutAndChangeOfMind as u64));
        let (loss, defect) = halves(key.bits(Purpose::LossAndDefect as u64));
        let mut is_troubled = traits.stock_out.happens(stock_out)
            | buyer.change_of_mind.happens(change_of_mind)
            | traits.loss.happens(loss)
            | traits.defect.happens(defect)
            | (shipped - placed > self.allowance.0);
        let mut is_late = false;
        if tables.draws_opportunism_or_promise {
            let (opportunism, promise) = halves(key.bits(Purpose::OpportunismAndPromise as u64));
            is_troubled |= buyer.opportunism_bound.happens(opportunism);
            if let Some(table) = &shop.promise {
                is_late = delivered > placed + i64::from(table.at(transit, promise));
                is_troubled |= is_late & !buyer.late_tolerance.is_empty();
            }
        }
        if let Some(patience) = &buyer.shipping_patience {
            is_troubled |= placed + claiming::shipping_patience(key, patience).0 < shipped;
        }
        Itinerary { buyer_segment, value, placed, shipped, delivered, completed, is_late, is_troubled }
    }

    /// When the order completes without the buyer.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "see `itinerary`")]
    fn automatic_completion(&self, shipped: i64, delivered: i64) -> i64 {
        if let Some((protection, confirmation)) = self.tables.completion {
            return (shipped + protection.0).min(delivered + confirmation.0);
        }
        let (rule, zero) = (&self.tables.world.policy.completion, self.tables.world.day_zero);
        let at = |seconds: i64| self.day.start() + SimDuration(seconds);
        (rule.automatic_at(at(shipped), at(delivered), zero) - self.day.start()).0
    }

    /// The order as those who look into its trouble need it.
    pub(super) fn order(&self, index: u32, seller: usize) -> Order {
        let key = self.key.order(index);
        let (second, buyer) = halves(key.bits(Purpose::PlacementAndBuyer as u64));
        let (value, handling) = halves(key.bits(Purpose::ValueAndHandling as u64));
        let placed = SimTime(self.day.start().0 + second_of_day(second));
        let ready = SimTime(placed.0 + self.handling_seconds(handling));
        Order {
            key,
            placed,
            shipped: self.shop.hand_over.map_or(ready, |hours| hours.next_open(ready)),
            value: order_value(self.tables, value),
            buyer: ((u64::from(buyer) * u64::from(self.tables.world.market.buyers)) >> 32) as u32,
            seller: seller as u16,
            buyer_segment: self.tables.buyer_segment(buyer),
            is_counted: self.is_counted,
        }
    }

    /// Seconds from placement until the parcel is ready.
    #[inline]
    pub(super) fn handling_seconds(&self, uniform: u32) -> i64 {
        ((u64::from(self.shop.handling_time.at(uniform)) * self.traits.handling_factor) >> 16) as i64
    }
}

/// The second of the day that a uniform picks.
#[inline]
pub(super) const fn second_of_day(uniform: u32) -> i64 {
    ((uniform as u64 * DAY_SECONDS as u64) >> 32) as i64
}

/// The value that a uniform picks; never nothing.
#[inline]
pub(super) fn order_value(tables: &Tables, uniform: u32) -> Money {
    Money(i64::from(tables.order_value.at(uniform)).max(1))
}
