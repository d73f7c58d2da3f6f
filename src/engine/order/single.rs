//! A seller's day: how a single order follows from its key, drawn one by one.

use super::case::Order;
use crate::behavior::Purpose;
use crate::behavior::purpose::halves;
use crate::engine::setup::sellers::Traits;
use crate::engine::setup::tables::Tables;
use crate::market::Money;
use crate::sim::{DAY_SECONDS, Day, Key, SimTime};

/// What no order of a seller's day changes.
pub(crate) struct SellerDay<'a> {
    pub(crate) tables: &'a Tables,
    pub(crate) traits: &'a Traits,
    pub(crate) day: Day,
}

impl SellerDay<'_> {
    /// The order of a key.
    pub(crate) fn order(&self, key: Key, seller: usize) -> Order {
        let seller_segment = &self.tables.sellers[usize::from(self.traits.segment)];
        let (second, buyer) = halves(key.bits(Purpose::PlacementAndBuyer as u64));
        let (value, handling) = halves(key.bits(Purpose::ValueAndHandling as u64));
        let placed = SimTime(self.day.start().0 + second_of_day(second));
        let working = u64::from(seller_segment.handling_time.at(handling));
        let ready = SimTime(placed.0 + ((working * self.traits.handling_factor) >> 16) as i64);
        Order {
            key,
            placed,
            shipped: seller_segment.hand_over.map_or(ready, |hours| hours.next_open(ready)),
            value: Money(i64::from(self.tables.order_value.at(value)).max(1)),
            buyer: buyer_number(self.tables, buyer),
            seller: seller as u16,
            buyer_segment: self.tables.buyer_segment(buyer),
            is_counted: self.day.0 >= 0,
        }
    }
}

/// The second of the day that a uniform picks.
#[inline]
const fn second_of_day(uniform: u32) -> i64 {
    ((uniform as u64 * DAY_SECONDS as u64) >> 32) as i64
}

/// The buyer that a uniform picks.
#[inline]
pub(crate) fn buyer_number(tables: &Tables, uniform: u32) -> u32 {
    ((u64::from(uniform) * u64::from(tables.world.market.buyers)) >> 32) as u32
}
