//! A seller's day: what none of its orders changes, and how an order follows from its number.

use super::case::Order;
use super::population::Traits;
use super::tables::Tables;
use crate::behavior::purpose::halves;
use crate::behavior::{Purpose, SellerTables};
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

impl SellerDay<'_> {
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
