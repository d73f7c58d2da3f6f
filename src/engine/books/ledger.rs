//! Counts of what happens to orders: for each seller, and for each segment of buyers.

use crate::engine::ground::counted::is_measured;
use crate::engine::order::case::Order;
use crate::market::Money;
use crate::observe::{Count, Tally};
use crate::sim::SimTime;

/// The counts of a shard.
#[derive(Debug)]
pub(crate) struct Ledger {
    /// Counts a seller.
    pub(crate) by_seller: Vec<Tally>,
    /// Counts a buyer segment; none if there is only one, whose counts are those of all sellers.
    pub(crate) by_buyer: Vec<Tally>,
    /// The end of the measured period.
    horizon: SimTime,
    /// What is not to be counted is counted here, so that whoever counts need not ask.
    unread: [Tally; 2],
}

/// The counts that one order adds to.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    seller: &'a mut Tally,
    buyer: &'a mut Tally,
}

impl Entry<'_> {
    /// Counts one.
    #[inline]
    pub(crate) fn add(&mut self, what: Count) {
        self.add_many(what, 1);
    }

    /// Counts several.
    #[inline]
    pub(crate) fn add_many(&mut self, what: Count, several: u64) {
        self.seller.add_many(what, several);
        self.buyer.add_many(what, several);
    }

    /// Adds an amount, which must not be negative.
    #[inline]
    pub(crate) fn add_money(&mut self, what: Count, amount: Money) {
        self.seller.add_money(what, amount);
        self.buyer.add_money(what, amount);
    }
}

impl Ledger {
    /// Zeros for so many sellers and segments of buyers, in a period that is measured up to a horizon.
    pub(crate) fn new(sellers: usize, segments: usize, horizon: SimTime) -> Self {
        Self {
            by_seller: vec![Tally::default(); sellers],
            by_buyer: vec![Tally::default(); if segments > 1 { segments } else { 0 }],
            horizon,
            unread: [Tally::default(); 2],
        }
    }

    /// For what is counted whenever it happens.
    #[inline]
    pub(crate) fn always(&mut self, order: &Order) -> Entry<'_> {
        let [_, unread] = &mut self.unread;
        Entry {
            seller: &mut self.by_seller[usize::from(order.seller)],
            buyer: self.by_buyer.get_mut(usize::from(order.buyer_segment)).unwrap_or(unread),
        }
    }

    /// For what is counted if it happens in the measured period.
    #[inline]
    pub(crate) fn at(&mut self, order: &Order, at: SimTime) -> Entry<'_> {
        self.if_so(order, is_measured(at, self.horizon))
    }

    /// For the money of orders placed in the measured period.
    #[inline]
    pub(crate) fn money(&mut self, order: &Order) -> Entry<'_> {
        self.if_so(order, order.is_counted)
    }

    #[inline]
    fn if_so(&mut self, order: &Order, counts: bool) -> Entry<'_> {
        if counts {
            return self.always(order);
        }
        let [seller, buyer] = &mut self.unread;
        Entry { seller, buyer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Key;

    fn order(is_counted: bool) -> Order {
        Order {
            key: Key::root(1),
            placed: SimTime(0),
            shipped: SimTime(1),
            value: Money(100),
            buyer: 0,
            seller: 1,
            buyer_segment: 1,
            is_counted,
        }
    }

    #[test]
    fn an_order_is_counted_for_its_seller_and_for_its_buyers_segment() {
        let mut ledger = Ledger::new(2, 2, SimTime(100));
        ledger.money(&order(true)).add_money(Count::ValuePaid, Money(7));
        let seen = |tallies: &[Tally]| [0, 1].map(|place| tallies[place].get(Count::ValuePaid));
        assert_eq!([seen(&ledger.by_seller), seen(&ledger.by_buyer)], [[0, 7], [0, 7]]);
    }

    #[test]
    fn what_is_not_to_be_counted_is_counted_nowhere() {
        let mut ledger = Ledger::new(2, 2, SimTime(100));
        ledger.money(&order(false)).add_money(Count::ValuePaid, Money(7));
        assert!(ledger.by_seller.iter().chain(&ledger.by_buyer).all(|tally| *tally == Tally::default()));
    }

    #[test]
    fn a_single_segment_of_buyers_has_no_counts_of_its_own() {
        let mut ledger = Ledger::new(2, 1, SimTime(100));
        ledger.always(&order(true)).add(Count::OrdersPlaced);
        assert!(ledger.by_buyer.is_empty());
        assert_eq!(ledger.by_seller[1].get(Count::OrdersPlaced), 1);
    }
}
