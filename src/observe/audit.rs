//! An independent auditor: its own books of money, its own record of where each order in trouble stands.
//!
//! It sees transitions from the outside and is always on. It asserts that every step is legal where it
//! happens, that time never runs backwards for an order, that no refund exceeds the order's value, and at
//! the end that paid = released + refunded + held to the cent, in its books and in the engine's.

use super::tally::{Count, Tally};
use crate::market::{Money, OrderState, Step};
use crate::sim::SimTime;

/// What the auditor knows of one order in trouble.
#[derive(Clone, Copy, Debug)]
struct Watched {
    state: OrderState,
    at: SimTime,
    value: Money,
    refunded: Money,
    is_counted: bool,
    is_open: bool,
    was_released: bool,
}

/// The money of the orders placed in the measured period, as they stand at the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// Paid by buyers.
    pub paid: Money,
    /// Released to sellers, net of what was taken back.
    pub released: Money,
    /// Refunded to buyers through the platform.
    pub refunded: Money,
    /// Still held.
    pub held: Money,
}

impl Books {
    /// The books as the engine counted them.
    pub fn of(tally: &Tally) -> Self {
        let money = |count| Money(tally.get(count) as i64);
        Self {
            paid: money(Count::ValuePaid),
            released: money(Count::ValueReleased),
            refunded: money(Count::ValueRefunded),
            held: money(Count::ValueHeld),
        }
    }

    /// Whether paid = released + refunded + held.
    pub fn balance(&self) -> bool {
        self.paid == self.released + self.refunded + self.held
    }

    /// Adds other books.
    pub fn merge(&mut self, other: &Self) {
        self.paid += other.paid;
        self.released += other.released;
        self.refunded += other.refunded;
        self.held += other.held;
    }
}

/// The auditor of a group of sellers.
#[derive(Clone, Debug, Default)]
pub struct Auditor {
    watched: Vec<Watched>,
    books: Books,
}

impl Auditor {
    /// An order without trouble: its milestones (placed, shipped, delivered, completed, in seconds from
    /// any common start) must come in order.
    ///
    /// Protection may end, and the order complete, while the parcel is still on its way.
    #[inline]
    pub fn see_plain(&mut self, milestones: [i64; 4]) {
        let [placed, shipped, delivered, completed] = milestones;
        assert!(
            placed <= shipped && shipped <= delivered.min(completed),
            "an order's milestones are out of order: {milestones:?}"
        );
    }

    /// The money of an order without trouble, placed in the measured period: released or still held at the
    /// horizon.
    #[inline]
    pub fn book_plain(&mut self, value: Money, is_released: bool) {
        self.books.paid += value;
        if is_released {
            self.books.released += value;
        } else {
            self.books.held += value;
        }
    }

    /// An order in trouble appears under the number `case`.
    pub fn open(&mut self, case: u32, state: OrderState, at: SimTime, value: Money, is_counted: bool) {
        let watched = Watched {
            state,
            at,
            value,
            refunded: Money(0),
            is_counted,
            is_open: true,
            was_released: state == OrderState::Completed,
        };
        if case as usize == self.watched.len() {
            self.watched.push(watched);
        } else {
            assert!(!self.watched[case as usize].is_open, "case {case} is opened twice");
            self.watched[case as usize] = watched;
        }
        if is_counted {
            self.books.paid += value;
        }
    }

    /// The order takes a step, with which so much is refunded.
    pub fn step(&mut self, case: u32, step: Step, at: SimTime, refund: Money) {
        let watched = &mut self.watched[case as usize];
        assert!(watched.is_open, "case {case} takes {step:?} after its end");
        assert!(at >= watched.at, "case {case}: {step:?} at {at} comes before {}", watched.at);
        let Some(next) = watched.state.after(step) else {
            panic!("case {case}: {step:?} is not legal in {:?} at {at}", watched.state)
        };
        watched.state = next;
        watched.at = at;
        watched.was_released |= next == OrderState::Completed;
        watched.refunded += refund;
        assert!(watched.refunded <= watched.value, "case {case} is refunded more than was paid");
        assert!(refund == Money(0) || next.is_final(), "case {case}: a refund with {step:?}");
    }

    /// The order in trouble ends, or the horizon comes.
    pub fn close(&mut self, case: u32) {
        let watched = &mut self.watched[case as usize];
        assert!(watched.is_open, "case {case} is closed twice");
        watched.is_open = false;
        if !watched.is_counted {
            return;
        }
        let rest = watched.value - watched.refunded;
        self.books.refunded += watched.refunded;
        if watched.was_released || watched.state.is_final() {
            self.books.released += rest;
        } else {
            self.books.held += rest;
        }
    }

    /// The final books, which must balance and agree with the engine's.
    pub fn settle(&self, engine: &Books) -> Books {
        assert!(self.watched.iter().all(|watched| !watched.is_open), "an order in trouble was forgotten");
        assert!(self.books.balance(), "the auditor's books do not balance: {:?}", self.books);
        assert_eq!(self.books, *engine, "the engine's books differ from the auditor's");
        self.books
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn auditor_with_a_dispute() -> Auditor {
        let mut auditor = Auditor::default();
        auditor.open(0, OrderState::Delivered, SimTime(0), Money(1000), true);
        auditor.step(0, Step::File, SimTime(10), Money(0));
        auditor
    }

    #[test]
    fn a_partial_refund_leaves_the_rest_to_the_seller() {
        let mut auditor = auditor_with_a_dispute();
        auditor.step(0, Step::Accept, SimTime(20), Money(300));
        auditor.close(0);
        let books = Books { paid: Money(1000), released: Money(700), refunded: Money(300), held: Money(0) };
        assert_eq!(auditor.settle(&books), books);
    }

    #[test]
    fn protection_may_end_while_a_parcel_is_on_its_way() {
        Auditor::default().see_plain([0, 10, 40, 30]);
    }

    #[test]
    #[should_panic(expected = "not legal")]
    fn shipping_a_disputed_order_is_caught() {
        auditor_with_a_dispute().step(0, Step::Ship, SimTime(20), Money(0));
    }

    #[test]
    #[should_panic(expected = "comes before")]
    fn time_running_backwards_is_caught() {
        auditor_with_a_dispute().step(0, Step::Accept, SimTime(9), Money(300));
    }

    #[test]
    #[should_panic(expected = "differ from the auditor's")]
    fn a_missing_cent_is_caught() {
        let mut auditor = auditor_with_a_dispute();
        auditor.step(0, Step::Accept, SimTime(20), Money(300));
        auditor.close(0);
        let engine = Books { paid: Money(1000), released: Money(700), refunded: Money(299), held: Money(0) };
        auditor.settle(&engine);
    }
}
