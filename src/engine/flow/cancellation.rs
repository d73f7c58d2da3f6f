//! An order before shipment: cancel requests (R2, R3, R5) and the shipment deadline (R4).

use super::Flow;
use crate::behavior::cancelling;
use crate::behavior::cancelling::ChosenReason;
use crate::engine::books::effects::ReasonEffects;
use crate::engine::books::observer::Observer;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::{Case, DeskPlace, Trouble};
use crate::engine::order::drawn::draw;
use crate::market::{CancelCause, Money, Step};
use crate::observe::Count;
use crate::sim::SimTime;

impl<O: Observer> Flow<'_, O> {
    /// The buyer asks to cancel and picks a reason (R3).
    pub(crate) fn request_cancel(&mut self, case: &mut Case, at: SimTime) {
        let Trouble::Cancel { cause, .. } = case.trouble else {
            return;
        };
        let policy = self.tables.policy();
        let seller = usize::from(case.order.seller);
        let (seller_segment, buyer) =
            (self.seller_tables(&case.order), self.tables.buyer(case.order.buyer_segment));
        let is_near = seller_segment.minds_grade()
            && self.records.is_near_grade(self.tables, seller, seller_segment.near_grade);
        let menu = &self.tables.platform.menu;
        let reason = cancelling::reason(case.order.key, cause, menu, buyer, seller_segment, is_near);
        case.trouble = Trouble::Cancel { cause, reason: Some(reason) };
        self.records.take(case, Step::RequestCancel, at, Money(0));
        let mut entry = self.records.ledger.at(&case.order, at);
        entry.add_many(Count::ReasonsSteered, u64::from(reason.is_steered));
        case.asked = at;
        case.due = policy.cancellation.silence.after(at, self.tables.world.day_zero);
        let deadline = policy.shipment.due(case.order.placed, self.tables.world.day_zero);
        if case.is_raced(policy.cancellation.race) && case.order.shipped <= deadline {
            case.agenda.plan(case.order.shipped, EventKind::Overtake);
        } else {
            case.agenda.plan(deadline, EventKind::ShipmentDue);
        }
        self.respond(case, at);
    }

    /// The seller answers a cancel request (R2).
    pub(crate) fn answer_cancel(&mut self, case: &mut Case, at: SimTime) {
        let Trouble::Cancel { cause, .. } = case.trouble else {
            return;
        };
        if cancelling::seller_agrees(case.order.key, cause, self.seller_tables(&case.order)) {
            self.cancel(case, at, Step::AgreeCancel);
        } else {
            self.refuse_cancel(case, at);
        }
    }

    /// The request is granted: the order closes and is refunded in full (R2); a seller's reason makes it a
    /// transaction not sold, a buyer's changes nothing for the seller (R3).
    pub(crate) fn cancel(&mut self, case: &mut Case, at: SimTime, by: Step) {
        let Trouble::Cancel { cause, reason: Some(reason) } = case.trouble else {
            return;
        };
        self.records.take(case, by, at, case.order.value);
        self.count_cancelled(case, at, cause, reason);
        self.records.close_case(case);
    }

    fn count_cancelled(&mut self, case: &Case, at: SimTime, cause: CancelCause, reason: ChosenReason) {
        let mut entry = self.records.ledger.at(&case.order, at);
        for &count in ReasonEffects::of(reason.attributed_to).counts {
            entry.add(count);
        }
        entry.add(ReasonEffects::of_cause(cause.attribution()));
        self.records.count_reason(case.order.seller, reason.attributed_to, at);
        if self.tables.is_measured(at) {
            self.records.reasons[usize::from(reason.index)] += 1;
        }
    }

    /// The seller refuses: the order goes on, and is handed over when it would have been, or now if that
    /// is past.
    fn refuse_cancel(&mut self, case: &mut Case, at: SimTime) {
        self.records.take(case, Step::RefuseCancel, at, Money(0));
        let deadline = self.tables.policy().shipment.due(case.order.placed, self.tables.world.day_zero);
        let shipped = case.order.shipped.max(at);
        if shipped > deadline {
            case.renew();
            return case.agenda.plan(deadline, EventKind::ShipmentDue);
        }
        self.ship_after_request(case, shipped);
    }

    /// The parcel is handed over before the request is answered: the request ends.
    pub(crate) fn overtake_cancel(&mut self, case: &mut Case, at: SimTime) {
        case.desk = DeskPlace::Away;
        self.records.ledger.at(&case.order, at).add(Count::CancelsOvertaken);
        case.hand_over(at);
        self.ship_after_request(case, at);
    }

    fn ship_after_request(&mut self, case: &mut Case, at: SimTime) {
        debug_assert!(at >= case.order.shipped);
        case.renew();
        case.order.shipped = at;
        let traits = &self.records.sellers[usize::from(case.order.seller)];
        let drawn = draw(self.tables, &case.order, traits);
        self.ship_late(case, &drawn);
    }

    /// The shipment deadline passes: the platform closes the order, refunds it in full, and counts it as
    /// not sold (R4).
    pub(crate) fn close_unshipped(&mut self, case: &mut Case, at: SimTime) {
        case.desk = DeskPlace::Away;
        self.records.take(case, Step::CloseUnshipped, at, case.order.value);
        self.records.close_case(case);
    }
}
