//! The auditor's look at many orders at once: as they are drawn, as their ends are told in advance, and as their disputes end.

#![allow(
    clippy::inline_always,
    reason = "what draws and ends orders side by side has the auditor look at them side by side"
)]

use super::audit::Auditor;
use super::course::{DisputeFacts, LEGAL, REFUNDS, SuspectFacts, disposition};
use crate::market::Money;

/// Orders of one day, a place each in every column; times are seconds from the day's start.
#[derive(Clone, Copy, Debug)]
pub struct BatchFacts<'a> {
    /// Placed at.
    pub placed: &'a [u32],
    /// Handed over at.
    pub shipped: &'a [u32],
    /// Delivered at.
    pub delivered: &'a [u32],
    /// Completed at.
    pub completed: &'a [u32],
    /// Cents.
    pub values: &'a [u32],
    /// Not 0 if the order may be in trouble, and is watched step by step.
    pub causes: &'a [u8],
}

impl Auditor {
    /// Orders of one day as they were drawn, many at once: the milestones of each must come in order, and the money of
    /// those without trouble is booked if they are counted, as released or, if they complete at the horizon or later, as
    /// held.
    #[inline(always)]
    pub fn see_batch(&mut self, orders: &BatchFacts<'_>, horizon: u32, is_counted: bool) {
        let BatchFacts { placed, shipped, delivered, completed, values, causes } = *orders;
        let mut disorder = 0;
        let milestones = placed.iter().zip(shipped).zip(delivered.iter().zip(completed));
        for ((&placed, &shipped), (&delivered, &completed)) in milestones {
            disorder |= u32::from(placed > shipped) | u32::from(shipped > delivered.min(completed));
        }
        assert!(disorder == 0, "an order's milestones are out of order: {orders:?}");
        if !is_counted {
            return;
        }
        let (mut paid, mut released) = (0, 0);
        for ((&value, &cause), &completed) in values.iter().zip(causes).zip(completed) {
            let value = if cause == 0 { value } else { 0 };
            paid += u64::from(value);
            released += u64::from(if completed < horizon { value } else { 0 });
        }
        self.books.paid += Money(paid as i64);
        self.books.released += Money(released as i64);
        self.books.held += Money((paid - released) as i64);
    }

    /// Orders of one day that may be in trouble, many at once: the steps of those that complete or are cancelled must come in
    /// order, and their money, if they are counted, is the seller's or the buyer's.
    ///
    /// # Panics
    /// If they do not.
    #[inline(always)]
    pub fn see_dispositions(&mut self, orders: &SuspectFacts<'_>, is_counted: bool) {
        let len = orders.dispositions.len();
        let [placed, shipped, completes] =
            [orders.placed, orders.shipped, orders.completes].map(|all| &all[..len]);
        let [requested, granted, values] =
            [orders.requested, orders.granted, orders.values].map(|all| &all[..len]);
        let (mut disorder, mut released, mut refunded) = (0, 0, 0);
        for place in 0..len {
            let is_completed = u32::from(orders.dispositions[place] == disposition::COMPLETES);
            let is_cancelled = u32::from(orders.dispositions[place] == disposition::CANCELLED);
            let completes_early =
                u32::from(placed[place] > shipped[place] || shipped[place] > completes[place]);
            let is_granted_early =
                u32::from(placed[place] > requested[place] || requested[place] > granted[place]);
            disorder |= is_completed & completes_early | is_cancelled & is_granted_early;
            released += u64::from(is_completed * values[place]);
            refunded += u64::from(is_cancelled * values[place]);
        }
        assert!(disorder == 0, "an order's steps are out of order: {orders:?}");
        if is_counted {
            self.books.paid += Money((released + refunded) as i64);
            self.books.released += Money(released as i64);
            self.books.refunded += Money(refunded as i64);
        }
    }

    /// Disputes that are over, many at once: the course of each must be legal where it begins, its instants must come in
    /// order, and only what is refunded to the buyer, at most what was paid, is not the seller's.
    ///
    /// # Panics
    /// If that is not so.
    #[inline(always)]
    pub fn see_disputes(&mut self, disputes: &DisputeFacts<'_>) {
        let len = disputes.is_predetermined.len();
        let (states, courses) = (&disputes.states[..len], &disputes.courses[..len]);
        let [filed, decided, stepped_in, ended] =
            [disputes.filed, disputes.decided, disputes.stepped_in, disputes.ended].map(|all| &all[..len]);
        let [values, refunds, is_counted] =
            [disputes.values, disputes.refunds, disputes.is_counted].map(|all| &all[..len]);
        let (mut wrong, mut paid, mut refunded) = (0, 0, 0);
        for place in 0..len {
            let is_seen = u32::from(disputes.is_predetermined[place]);
            let course = usize::from(courses[place]) % LEGAL.len();
            let is_legal = LEGAL[course] >> (states[place] % 32) & 1;
            let is_late = u32::from(filed[place] > decided[place])
                | u32::from(decided[place] > stepped_in[place])
                | u32::from(decided[place] > ended[place]);
            let is_too_much = u32::from(refunds[place] > REFUNDS[course].min(values[place]));
            wrong |= is_seen & ((1 - is_legal) | is_late | is_too_much);
            let is_booked = is_seen & is_counted[place];
            paid += u64::from(is_booked * values[place]);
            refunded += u64::from(is_booked * refunds[place]);
        }
        assert!(
            wrong == 0,
            "a dispute takes an illegal course, runs backwards, or refunds too much: {disputes:?}"
        );
        self.books.paid += Money(paid as i64);
        self.books.refunded += Money(refunded as i64);
        self.books.released += Money((paid - refunded) as i64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::{MoneySum, OrderState};
    use crate::observe::Books;
    use crate::observe::course;

    fn one_order(milestones: [&[u32]; 4]) -> BatchFacts<'_> {
        let [placed, shipped, delivered, completed] = milestones;
        BatchFacts { placed, shipped, delivered, completed, values: &[5], causes: &[0] }
    }

    #[test]
    fn a_batch_is_held_where_it_completes_at_the_horizon() {
        let mut auditor = Auditor::default();
        auditor.see_batch(&one_order([&[0], &[10], &[40], &[30]]), 30, true);
        assert_eq!(auditor.books, Books { paid: MoneySum(5), held: MoneySum(5), ..Books::default() });
    }

    #[test]
    #[should_panic(expected = "out of order")]
    fn a_parcel_delivered_before_its_hand_over_is_caught() {
        Auditor::default().see_batch(&one_order([&[0], &[10], &[9], &[30]]), 100, true);
    }

    /// An order of 10.00 that is placed at 1, with such a disposition, and these other instants.
    fn disposed<'a>(dispositions: &'a [u8], shipped: &'a [u32], ends: &'a [u32]) -> SuspectFacts<'a> {
        let (placed, values) = (&[1], &[1000]);
        SuspectFacts {
            dispositions,
            placed,
            shipped,
            completes: ends,
            requested: shipped,
            granted: ends,
            values,
        }
    }

    #[test]
    fn a_completed_order_is_the_sellers_and_a_cancelled_one_the_buyers() {
        let mut auditor = Auditor::default();
        auditor.see_dispositions(&disposed(&[disposition::COMPLETES], &[1], &[1]), true);
        auditor.see_dispositions(&disposed(&[disposition::CANCELLED], &[2], &[3]), true);
        let books = Books {
            paid: MoneySum(2000),
            released: MoneySum(1000),
            refunded: MoneySum(1000),
            held: MoneySum(0),
        };
        assert_eq!(auditor.books, books);
    }

    #[test]
    fn what_is_open_or_not_counted_is_not_booked() {
        let mut auditor = Auditor::default();
        for (what, is_counted) in
            [(disposition::OPEN, true), (disposition::CLAIMS, true), (disposition::CANCELLED, false)]
        {
            auditor.see_dispositions(&disposed(&[what], &[2], &[3]), is_counted);
        }
        assert_eq!(auditor.books, Books::default());
    }

    #[test]
    #[should_panic(expected = "out of order")]
    fn a_completion_before_the_hand_over_is_caught() {
        Auditor::default().see_dispositions(&disposed(&[disposition::COMPLETES], &[3], &[2]), true);
    }

    #[test]
    #[should_panic(expected = "out of order")]
    fn a_request_before_its_order_is_caught() {
        Auditor::default().see_dispositions(&disposed(&[disposition::CANCELLED], &[0], &[2]), true);
    }

    /// A dispute about an order of 10.00.
    #[derive(Clone, Copy)]
    struct Dispute {
        state: OrderState,
        course: u32,
        instants: [u32; 4],
        refund: u32,
        is_counted: u32,
    }

    const RULED: Dispute = Dispute {
        state: OrderState::Delivered,
        course: course::RULED_FOR_BUYER,
        instants: [1, 2, 3, 4],
        refund: 300,
        is_counted: 1,
    };

    fn books_of(dispute: &Dispute) -> Books {
        let mut auditor = Auditor::default();
        let [filed, decided, stepped_in, ended] = dispute.instants.map(|at| [at]);
        auditor.see_disputes(&DisputeFacts {
            is_predetermined: &[1],
            states: &[dispute.state as u8],
            courses: &[dispute.course as u8],
            filed: &filed,
            decided: &decided,
            stepped_in: &stepped_in,
            ended: &ended,
            values: &[1000],
            refunds: &[dispute.refund],
            is_counted: &[dispute.is_counted],
        });
        auditor.books
    }

    #[test]
    fn what_a_dispute_does_not_refund_is_the_sellers() {
        let books = Books {
            paid: MoneySum(1000),
            released: MoneySum(700),
            refunded: MoneySum(300),
            held: MoneySum(0),
        };
        assert_eq!(books_of(&RULED), books);
        assert_eq!(books_of(&Dispute { is_counted: 0, ..RULED }), Books::default());
        let lost = Dispute { course: course::RULED_FOR_SELLER, refund: 0, ..RULED };
        assert_eq!(books_of(&lost).released, MoneySum(1000));
    }

    #[test]
    fn whatever_is_wrong_with_a_dispute_is_caught() {
        let late = |instants| Dispute { instants, ..RULED };
        for (what, dispute) in [
            ("not shipped", Dispute { state: OrderState::Placed, ..RULED }),
            ("no such course", Dispute { course: 6, refund: 0, ..RULED }),
            ("answered before it is filed", late([3, 2, 3, 4])),
            ("the platform steps in before the answer", late([1, 3, 2, 4])),
            ("ended before the answer", late([1, 3, 3, 2])),
            ("more than was paid", Dispute { refund: 1001, ..RULED }),
            ("a refund and a ruling for the seller", Dispute { course: course::RULED_FOR_SELLER, ..RULED }),
        ] {
            assert!(std::panic::catch_unwind(|| books_of(&dispute)).is_err(), "{what}");
        }
    }
}
