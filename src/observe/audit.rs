//! An independent auditor: its own books of money, its own record of where each order in trouble stands.
//!
//! It sees transitions from the outside and is always on. It asserts that every step is legal where it
//! happens, that time never runs backwards for an order, that no refund exceeds the order's value, and at
//! the end that paid = released + refunded + held to the cent, in its books and in the engine's.

use super::tally::{Count, Totals};
use crate::market::{Money, MoneySum, OrderState, Step};
use crate::sim::SimTime;
use serde::{Deserialize, Serialize};

/// What the auditor knows of one order in trouble; it goes where the order goes.
#[derive(Clone, Copy, Debug)]
pub struct AuditedOrder {
    state: OrderState,
    at: SimTime,
    value: Money,
    refunded: Money,
    is_counted: bool,
    was_released: bool,
    is_closed: bool,
}

impl AuditedOrder {
    /// The record of no order.
    pub const NONE: Self = Self {
        state: OrderState::Placed,
        at: SimTime(0),
        value: Money(0),
        refunded: Money(0),
        is_counted: false,
        was_released: false,
        is_closed: true,
    };

    /// The order takes a step, with which so much is refunded.
    ///
    /// # Panics
    /// If the step is not legal, comes before an earlier one, or refunds more than was paid.
    #[inline]
    pub fn step(&mut self, step: Step, at: SimTime, refund: Money) {
        assert!(!self.is_closed, "an order takes {step:?} after its end");
        assert!(at >= self.at, "{step:?} at {at} comes before {}", self.at);
        let Some(next) = self.state.after(step) else {
            panic!("{step:?} is not legal in {:?} at {at}", self.state)
        };
        self.state = next;
        self.at = at;
        self.was_released |= next == OrderState::Completed;
        self.refunded += refund;
        assert!(self.refunded <= self.value, "more is refunded with {step:?} than was paid");
        assert!(refund == Money(0) || next.is_final(), "a refund with {step:?}");
    }
}

impl AuditedOrder {
    /// The parcel takes steps of its own, the last of them at `at`, and so brings the order to `state`: handed over,
    /// delivered, or completed.
    ///
    /// # Panics
    /// If no such steps lead there, or they come before an earlier one.
    pub fn carry(&mut self, state: OrderState, at: SimTime) {
        assert!(!self.is_closed, "an order becomes {state:?} after its end");
        assert!(at >= self.at, "{state:?} at {at} comes before {}", self.at);
        assert!(self.state.leads_to(state), "no step of the parcel leads from {:?} to {state:?}", self.state);
        self.state = state;
        self.at = at;
        self.was_released |= state == OrderState::Completed;
    }
}

/// The money of the orders placed in the observation period, as they stand at the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Books {
    /// Paid by buyers.
    pub paid: MoneySum,
    /// Released to sellers, net of what was taken back.
    pub released: MoneySum,
    /// Refunded to buyers through the platform.
    pub refunded: MoneySum,
    /// Still held.
    pub held: MoneySum,
}

impl Books {
    /// The books as the engine counted them.
    pub fn of(totals: &Totals) -> Self {
        let money = |count| MoneySum(totals.get(count) as i128);
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
    /// Orders in trouble that have not ended.
    open: u64,
    pub(super) books: Books,
}

impl Auditor {
    /// An order without trouble: its milestones (placed, shipped, delivered, completed, in seconds from
    /// any common start) must come in order.
    ///
    /// Protection may end, and the order complete, while the parcel is still on its way.
    #[inline]
    pub fn see_untroubled(&mut self, milestones: [i64; 4]) {
        let [placed, shipped, delivered, completed] = milestones;
        assert!(
            placed <= shipped && shipped <= delivered.min(completed),
            "an order's milestones are out of order: {milestones:?}"
        );
    }

    /// The money of an order without trouble, placed in the observation period: released or still held at the
    /// horizon.
    #[inline]
    pub fn book_untroubled(&mut self, value: Money, is_released: bool) {
        self.books.paid += value;
        if is_released {
            self.books.released += value;
        } else {
            self.books.held += value;
        }
    }

    /// An order in trouble has been placed.
    #[inline]
    pub fn open(&mut self, at: SimTime, value: Money, is_counted: bool) -> AuditedOrder {
        self.open += 1;
        if is_counted {
            self.books.paid += value;
        }
        AuditedOrder {
            state: OrderState::Placed,
            at,
            value,
            refunded: Money(0),
            is_counted,
            was_released: false,
            is_closed: false,
        }
    }

    /// The order in trouble ends, or the horizon comes.
    ///
    /// # Panics
    /// If it has ended before.
    pub fn close(&mut self, order: &mut AuditedOrder) {
        assert!(!order.is_closed, "an order in trouble ends twice");
        order.is_closed = true;
        self.open -= 1;
        if !order.is_counted {
            return;
        }
        let rest = order.value - order.refunded;
        self.books.refunded += order.refunded;
        if order.was_released || order.state.is_final() {
            self.books.released += rest;
        } else {
            self.books.held += rest;
        }
    }

    /// The final books, which must balance and agree with the engine's.
    pub fn settle(&self, engine: &Books) -> Books {
        assert_eq!(self.open, 0, "orders in trouble were forgotten");
        assert!(self.books.balance(), "the auditor's books do not balance: {:?}", self.books);
        assert_eq!(self.books, *engine, "the engine's books differ from the auditor's");
        self.books
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An order of 10.00 with a dispute, and its auditor.
    fn dispute() -> (Auditor, AuditedOrder) {
        let mut auditor = Auditor::default();
        let mut order = auditor.open(SimTime(0), Money(1000), true);
        order.step(Step::Ship, SimTime(1), Money(0));
        order.step(Step::Deliver, SimTime(2), Money(0));
        order.step(Step::File, SimTime(10), Money(0));
        (auditor, order)
    }

    #[test]
    fn a_partial_refund_leaves_the_rest_to_the_seller() {
        let (mut auditor, mut order) = dispute();
        order.step(Step::Accept, SimTime(20), Money(300));
        auditor.close(&mut order);
        let books = Books {
            paid: MoneySum(1000),
            released: MoneySum(700),
            refunded: MoneySum(300),
            held: MoneySum(0),
        };
        assert_eq!(auditor.settle(&books), books);
    }

    #[test]
    #[should_panic(expected = "no step of the parcel")]
    fn a_parcel_that_comes_after_completion_is_caught() {
        let mut order = Auditor::default().open(SimTime(0), Money(1000), true);
        order.carry(OrderState::Completed, SimTime(5));
        order.carry(OrderState::Delivered, SimTime(6));
    }

    #[test]
    fn protection_may_end_while_a_parcel_is_on_its_way() {
        Auditor::default().see_untroubled([0, 10, 40, 30]);
    }

    #[test]
    #[should_panic(expected = "not legal")]
    fn shipping_a_disputed_order_is_caught() {
        dispute().1.step(Step::Ship, SimTime(20), Money(0));
    }

    #[test]
    #[should_panic(expected = "comes before")]
    fn time_running_backwards_is_caught() {
        dispute().1.step(Step::Accept, SimTime(9), Money(300));
    }

    #[test]
    #[should_panic(expected = "more is refunded")]
    fn a_refund_beyond_what_was_paid_is_caught() {
        dispute().1.step(Step::Accept, SimTime(20), Money(1001));
    }

    #[test]
    #[should_panic(expected = "ends twice")]
    fn an_order_that_ends_twice_is_caught() {
        let (mut auditor, mut order) = dispute();
        auditor.close(&mut order);
        auditor.close(&mut order);
    }

    #[test]
    #[should_panic(expected = "after its end")]
    fn a_step_after_the_end_is_caught() {
        let (mut auditor, mut order) = dispute();
        auditor.close(&mut order);
        order.step(Step::Accept, SimTime(20), Money(0));
    }

    #[test]
    #[should_panic(expected = "were forgotten")]
    fn an_order_without_an_end_is_caught() {
        dispute().0.settle(&Books::default());
    }

    #[test]
    fn books_of_more_than_64_bits_balance_to_the_cent() {
        let of_market = MoneySum(i128::from(i64::MAX) - 5);
        let mut books = Books::default();
        for _ in 0..4 {
            books.merge(&Books { paid: of_market, released: of_market, ..Books::default() });
        }
        assert!(books.balance());
        assert_eq!(books.paid, MoneySum(4 * (i128::from(i64::MAX) - 5)));
    }

    #[test]
    #[should_panic(expected = "differ from the auditor's")]
    fn a_missing_cent_is_caught() {
        let (mut auditor, mut order) = dispute();
        order.step(Step::Accept, SimTime(20), Money(300));
        auditor.close(&mut order);
        let engine = Books {
            paid: MoneySum(1000),
            released: MoneySum(700),
            refunded: MoneySum(299),
            held: MoneySum(0),
        };
        auditor.settle(&engine);
    }
}
