//! Return and refund (R13): what is granted is owed until the parcel is back.
//!
//! A rule of this model, not of the source article. Its disputes are left out of the lanes: they go through the flow alone.

use super::Flow;
use crate::behavior::returning;
use crate::engine::books::day_facts::DayFact;
use crate::engine::books::observer::Observer;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::Case;
use crate::engine::order::owed::{Grant, ReturnCourse};
use crate::engine::setup::tables::Tables;
use crate::market::{Money, Step};
use crate::policy::dispute::is_in_time;
use crate::policy::returns::ReturnRule;
use crate::sim::SimTime;

impl Tables {
    /// The rule of a platform on which a return was asked for.
    fn return_rule(&self) -> &ReturnRule {
        self.policy()
            .returns
            .as_ref()
            .unwrap_or_else(|| unreachable!("nobody asks for a return without its rule"))
    }
}

impl<O: Observer> Flow<'_, O> {
    /// Whether the buyer of a claim asks for return and refund, which is for the whole value.
    #[inline]
    pub(crate) fn ask_return(&mut self, case: &mut Case) {
        if self.tables.policy().returns.is_none() {
            return;
        }
        if returning::asks_return(case.order.key, case.kind(), self.tables.buyer(case.order.buyer_segment)) {
            case.return_course = ReturnCourse::Asked;
            case.requested = case.order.value;
        }
    }

    /// A dispute is decided for the buyer: the amount is refunded at once, or owed until the parcel is back.
    #[inline]
    pub(crate) fn grant(&mut self, case: &mut Case, at: SimTime, by: Grant, amount: Money, is_liable: bool) {
        if case.return_course == ReturnCourse::None {
            if is_liable {
                self.records.note(case.order.seller, at, DayFact::Ruled);
            }
            return self.refund(case, at, by.refund(), amount);
        }
        self.grant_return(case, at, by, amount, is_liable);
    }

    /// The return is granted: the buyer hands the parcel over in time, or never.
    #[cold]
    fn grant_return(&mut self, case: &mut Case, at: SimTime, by: Grant, amount: Money, is_liable: bool) {
        self.records.take(case, by.on_return(), at, amount);
        case.return_course = ReturnCourse::Owed { by, is_liable };
        case.requested = amount;
        case.renew();
        let due = self.tables.return_rule().sent_until(at, self.tables.world.day_zero);
        let sent = at + returning::delay(case.order.key, self.tables.buyer(case.order.buyer_segment));
        if is_in_time(sent, due) {
            case.agenda.plan(sent, EventKind::SendBack);
        } else {
            case.agenda.plan(due, EventKind::ReturnDue);
        }
    }

    /// The buyer hands the parcel over.
    pub(crate) fn send_back(&mut self, case: &mut Case, at: SimTime) {
        self.records.take(case, Step::SendBack, at, Money(0));
        let transit = returning::transit(case.order.key, self.tables.buyer(case.order.buyer_segment));
        case.agenda.plan(at + transit, EventKind::ReceiveBack);
    }

    /// The parcel is back: the seller confirms it in time, or is silent.
    pub(crate) fn receive_back(&mut self, case: &mut Case, at: SimTime) {
        self.records.take(case, Step::ReceiveBack, at, Money(0));
        let due = self.tables.return_rule().confirmed_until(at, self.tables.world.day_zero);
        let confirmed = at + returning::check(case.order.key, self.seller_tables(&case.order));
        if is_in_time(confirmed, due) {
            case.agenda.plan(confirmed, EventKind::ConfirmReturn);
        } else {
            case.agenda.plan(due, EventKind::ConfirmationDue);
        }
    }

    /// The refund that was owed is paid; only now does the seller's record know of it.
    pub(crate) fn end_return(&mut self, case: &mut Case, at: SimTime, by: Step) {
        if let ReturnCourse::Owed { is_liable: true, .. } = case.return_course {
            self.records.note(case.order.seller, at, DayFact::Ruled);
        }
        self.refund(case, at, by, case.requested);
    }

    /// The parcel was not handed over in time: the seller is paid as after a ruling for it.
    pub(crate) fn miss_return(&mut self, case: &mut Case, at: SimTime) {
        self.end_upheld(case, at, Step::MissReturn);
    }
}
