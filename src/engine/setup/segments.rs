//! Segments made ready to run. Their parameters are laid out once, a segment after the other; sixteen orders look their own up at
//! once. Only tables are laid out again, side by side, as all lanes together find their cells in them.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::lookup::TablesBySegment;
use crate::behavior::{BuyerTables, SellerTables};
use crate::policy::Policy;
use crate::sim::lanes::{LANES, Lanes, lanes};
use crate::sim::{Chance, QuantileTable};
use std::ops::Deref;

/// Segments of buyers, or of sellers, by their numbers.
#[derive(Debug)]
pub(crate) struct Segments<T>(Vec<T>);

/// So many segments are chosen from one after the other, which takes less time than to load each lane's own.
const FEW: usize = 4;

impl<T> Segments<T> {
    pub(crate) const fn new(segments: Vec<T>) -> Self {
        Self(segments)
    }

    /// A parameter of the segments of sixteen orders.
    #[inline(always)]
    pub(crate) fn of_lanes(&self, segments: &Lanes<u32>, parameter: impl Fn(&T) -> u32) -> Lanes<u32> {
        if let [only] = &self.0[..] {
            let number = parameter(only);
            return lanes(|_| number);
        }
        if self.0.len() > FEW {
            return self.of_each_lane(segments, parameter);
        }
        let [first, others @ ..] = &self.0[..] else {
            return [0; LANES];
        };
        let number = parameter(first);
        let mut numbers = lanes(|_| number);
        for (segment, other) in (1..).zip(others) {
            let number = parameter(other);
            numbers = lanes(|lane| if segments[lane] == segment { number } else { numbers[lane] });
        }
        numbers
    }

    /// [`Self::of_lanes`] of many segments, lane by lane: apart, so that worlds of few do not pay for it.
    #[cold]
    #[inline(never)]
    fn of_each_lane(&self, segments: &Lanes<u32>, parameter: impl Fn(&T) -> u32) -> Lanes<u32> {
        segments.map(|segment| parameter(&self.0[segment as usize]))
    }

    /// The chance of something in the segments of sixteen orders, as its ceiling.
    #[inline(always)]
    pub(crate) fn chance(&self, segments: &Lanes<u32>, chance: impl Fn(&T) -> Chance) -> Lanes<u32> {
        self.of_lanes(segments, |segment| chance(segment).ceiling())
    }

    /// A table of each.
    fn tables<'a>(&'a self, table: impl Fn(&'a T) -> &'a QuantileTable) -> TablesBySegment {
        TablesBySegment::new(self.0.iter().map(table))
    }
}

impl<T> Deref for Segments<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.0
    }
}

/// Tables of the buyer segments, side by side.
#[derive(Debug)]
pub(crate) struct BuyerBanks {
    pub(crate) confirmation_delay: TablesBySegment,
    /// Patience for shipment, if anybody lacks it.
    pub(crate) shipping_patience: Option<TablesBySegment>,
    pub(crate) change_of_mind_delay: TablesBySegment,
    pub(crate) notice_delay: TablesBySegment,
    pub(crate) opportunism: TablesBySegment,
    pub(crate) requested: TablesBySegment,
}

impl BuyerBanks {
    pub(crate) fn new(buyers: &Segments<BuyerTables>) -> Self {
        // Whoever waits for ever waits longer than any table tells.
        let endless = QuantileTable::constant_of(u32::MAX);
        let patience = || buyers.iter().map(|buyer| buyer.shipping_patience.as_ref().unwrap_or(&endless));
        Self {
            confirmation_delay: buyers.tables(|buyer| &buyer.confirmation_delay),
            shipping_patience: buyers
                .iter()
                .any(|buyer| buyer.shipping_patience.is_some())
                .then(|| TablesBySegment::new(patience())),
            change_of_mind_delay: buyers.tables(|buyer| &buyer.change_of_mind_delay),
            notice_delay: buyers.tables(|buyer| &buyer.notice_delay),
            opportunism: buyers.tables(|buyer| &buyer.opportunism),
            requested: buyers.tables(|buyer| &buyer.requested),
        }
    }

    /// Whether the delays that every order draws are all found by cells.
    pub(crate) fn has_cells(&self) -> bool {
        self.confirmation_delay.has_cells()
            && self.shipping_patience.as_ref().is_none_or(TablesBySegment::has_cells)
    }
}

/// Tables of the seller segments, side by side.
#[derive(Debug)]
pub(crate) struct SellerBanks {
    pub(crate) severity: TablesBySegment,
    pub(crate) stock_out_notice: TablesBySegment,
    /// What an answer takes to a dispute; see [`crate::behavior::ResponseTables::time`].
    pub(crate) response_time: TablesBySegment,
    /// What an answer takes to a request to cancel.
    pub(crate) cancel_response_time: TablesBySegment,
}

impl SellerBanks {
    pub(crate) fn new(sellers: &Segments<SellerTables>) -> Self {
        Self {
            severity: sellers.tables(|seller| &seller.severity),
            stock_out_notice: sellers.tables(|seller| &seller.stock_out_notice),
            response_time: sellers.tables(|seller| seller.response.time()),
            cancel_response_time: sellers.tables(SellerTables::cancel_response_time),
        }
    }
}

/// What somebody in some segment may do; what nobody does need not be looked up.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any may hold")]
pub(crate) struct AnySegment {
    /// A seller may offer to settle outside the platform (R10).
    pub(crate) settles_offline: bool,
    /// A seller answers disputes after a part of the deadline (R8), or requests to cancel.
    pub(crate) answers_by_deadline: bool,
    pub(crate) answers_cancels_by_deadline: bool,
    /// A seller's requests to cancel concern no other order.
    pub(crate) cancels_alone: bool,
    /// A desk does not serve first come, first served (R11).
    pub(crate) serves_out_of_turn: bool,
    /// A buyer may ask for return and refund (R13).
    pub(crate) asks_return: bool,
}

impl AnySegment {
    pub(crate) fn new(
        buyers: &Segments<BuyerTables>,
        sellers: &Segments<SellerTables>,
        policy: &Policy,
    ) -> Self {
        let any_seller = |does: fn(&SellerTables) -> bool| sellers.iter().any(does);
        Self {
            settles_offline: any_seller(|seller| seller.offline_offer != Chance::NEVER),
            answers_by_deadline: any_seller(|seller| seller.response.is_fraction()),
            answers_cancels_by_deadline: any_seller(SellerTables::answers_cancels_by_deadline),
            cancels_alone: any_seller(|seller| !seller.cancels_meet()),
            serves_out_of_turn: any_seller(|seller| !seller.response.is_in_turn()),
            asks_return: policy.returns.is_some()
                && buyers.iter().any(|buyer| buyer.asks_return != Chance::NEVER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lane_has_the_parameter_of_its_own_segment() {
        for len in [1, 2, 4, 5, 200] {
            let all = Segments::new((0..len).map(|segment| 11 + 7 * segment).collect());
            let segments = lanes(|lane| lane as u32 * 5 % len);
            assert_eq!(
                all.of_lanes(&segments, |&number| number),
                lanes(|lane| 11 + 7 * segments[lane]),
                "{len}"
            );
        }
    }
}
