//! An order before shipment: cancel requests (R2, R3, R5) and the shipment deadline (R4).

use super::calendar::Happening;
use super::case::{Case, Trouble};
use super::fate::Drawn;
use super::placement::draw;
use super::shard::Shard;
use super::tables::Tables;
use crate::behavior::cancelling;
use crate::behavior::cancelling::ChosenReason;
use crate::market::{Attribution, CancelCause, Money, Step};
use crate::observe::{Count, Series};
use crate::policy::cancellation::counts_as_not_sold;
use crate::sim::SimTime;

impl Shard {
    /// The buyer asks to cancel and picks a reason (R3).
    pub(super) fn request_cancel(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let Case { order, trouble: Trouble::Cancel { cause, .. }, .. } = *self.cases.get(case) else {
            return;
        };
        let policy = Self::policy(tables);
        let seller = usize::from(order.seller);
        let shop = &tables.sellers[usize::from(self.sellers[seller].segment)];
        let buyer = &tables.buyers[usize::from(order.buyer_segment)];
        let is_near = self.is_near_grade(tables, seller, shop.near_grade);
        let reason = cancelling::reason(order.key, cause, &policy.cancellation.reasons, buyer, shop, is_near);
        self.step(case, Step::RequestCancel, at, Money(0));
        self.count_event(case);
        self.count(tables, case, Count::CancelsRequested, at);
        if reason.is_steered {
            self.count(tables, case, Count::ReasonsSteered, at);
        }
        let subject = self.cases.get_mut(case);
        subject.trouble = Trouble::Cancel { cause, reason: Some(reason) };
        subject.asked = at;
        subject.due = policy.cancellation.silence.after(at, tables.world.day_zero);
        let is_raced = subject.is_raced(policy.cancellation.race);
        let deadline = policy.shipment.due(order.placed, tables.world.day_zero);
        if is_raced && order.shipped <= deadline {
            self.schedule(order.shipped, Happening::Overtake, case);
        } else {
            self.schedule(deadline, Happening::ShipmentDue, case);
        }
        self.respond(tables, case, at);
    }

    /// The seller answers a cancel request (R2).
    pub(super) fn answer_cancel(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let Case { order, trouble: Trouble::Cancel { cause, .. }, .. } = *self.cases.get(case) else {
            return;
        };
        let shop = &tables.sellers[usize::from(self.sellers[usize::from(order.seller)].segment)];
        if cancelling::seller_agrees(order.key, cause, shop) {
            self.cancel(tables, case, at, Step::AgreeCancel);
        } else {
            self.refuse_cancel(tables, case, at);
        }
    }

    /// The request is granted: the order closes and is refunded in full (R2); a seller's reason makes it a
    /// transaction not sold, a buyer's changes nothing for the seller (R3).
    pub(super) fn cancel(&mut self, tables: &Tables, case: u32, at: SimTime, by: Step) {
        let Case { order, trouble: Trouble::Cancel { cause, reason: Some(reason) }, .. } =
            *self.cases.get(case)
        else {
            return;
        };
        self.step(case, by, at, order.value);
        self.count_event(case);
        self.count_cancelled(tables, case, at, cause, reason);
        if by == Step::GrantCancelBySilence {
            self.count(tables, case, Count::CancelsGrantedBySilence, at);
        }
        if counts_as_not_sold(reason.attributed_to) {
            self.count_not_sold(tables, case, at);
        }
        self.refund_before_shipment(case, at);
    }

    fn count_cancelled(
        &mut self,
        tables: &Tables,
        case: u32,
        at: SimTime,
        cause: CancelCause,
        reason: ChosenReason,
    ) {
        let (chosen, series) = match reason.attributed_to {
            Attribution::Buyer => (Count::OrdersCancelledBuyerReason, Series::CancelledBuyerReason),
            Attribution::Seller => (Count::OrdersCancelledSellerReason, Series::CancelledSellerReason),
        };
        let truly = match cause.attribution() {
            Attribution::Buyer => Count::OrdersCancelledBuyerCause,
            Attribution::Seller => Count::OrdersCancelledSellerCause,
        };
        self.count(tables, case, chosen, at);
        self.count(tables, case, truly, at);
        self.count_daily(series, at);
        if tables.is_measured(at) {
            self.reasons[usize::from(reason.index)] += 1;
        }
    }

    fn count_not_sold(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.count(tables, case, Count::OrdersNotSold, at);
        self.count_daily(Series::NotSold, at);
        let seller = usize::from(self.cases.get(case).order.seller);
        self.windows.today_mut(seller).not_sold += 1;
    }

    fn refund_before_shipment(&mut self, case: u32, at: SimTime) {
        let order = self.cases.get(case).order;
        self.book(case, Count::ValueRefunded, order.value);
        self.book(case, Count::RefundedByCancellation, order.value);
        self.daily.add(Series::ValueRefunded, at.day().0, order.value.0 as u64);
        self.close_case(case);
    }

    /// The seller refuses: the order goes on, and is handed over when it would have been, or now if that
    /// is past.
    fn refuse_cancel(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.step(case, Step::RefuseCancel, at, Money(0));
        self.count_event(case);
        self.count(tables, case, Count::CancelsRefused, at);
        let order = self.cases.get(case).order;
        let deadline = Self::policy(tables).shipment.due(order.placed, tables.world.day_zero);
        if order.shipped.max(at) > deadline {
            self.renew(case);
            return self.schedule(deadline, Happening::ShipmentDue, case);
        }
        self.ship_after_request(tables, case, order.shipped.max(at));
    }

    /// The parcel is handed over before the request is answered: the request ends.
    pub(super) fn overtake_cancel(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.leave_desk(tables, case, at);
        self.count(tables, case, Count::CancelsOvertaken, at);
        self.step(case, Step::Ship, at, Money(0));
        self.ship_after_request(tables, case, at);
    }

    fn ship_after_request(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.renew(case);
        let mut order = self.cases.get(case).order;
        let shift = at - order.shipped;
        order.shipped = at;
        let traits = self.sellers[usize::from(order.seller)];
        let mut drawn: Drawn = draw(tables, &order, &traits);
        drawn.is_out_of_stock = false;
        debug_assert!(shift.0 >= 0);
        self.ship(tables, order, &drawn, Some(case));
    }

    /// The shipment deadline passes: the platform closes the order, refunds it in full, and counts it as
    /// not sold (R4).
    pub(super) fn close_unshipped(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.leave_desk(tables, case, at);
        let order = self.cases.get(case).order;
        self.step(case, Step::CloseUnshipped, at, order.value);
        self.count_event(case);
        self.count(tables, case, Count::OrdersUnshipped, at);
        self.count_not_sold(tables, case, at);
        self.refund_before_shipment(case, at);
    }
}
