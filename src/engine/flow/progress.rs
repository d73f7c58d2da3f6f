//! Who meets whom: most of what happens to a case concerns nobody else and is done at once, whenever it happens; what meets
//! others waits for its instant.
//!
//! Cases of a seller meet at its desk, where one has to wait while another is answered, and in the count of transactions not
//! sold, which a seller watches who is close to a worse grade (R5).

use super::Flow;
use crate::engine::books::observer::Observer;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::{Case, DeskPlace, Order};
use crate::market::{OrderState, Step};
use crate::sim::SimTime;

impl<O: Observer> Flow<'_, O> {
    /// Lets a case run on until it is over, which it also is if its next event lies beyond the horizon, or until it has
    /// to wait to meet somebody; then the answer is true.
    pub(crate) fn run_on(&mut self, case: &mut Case) -> bool {
        while !case.is_over {
            if case.desk != DeskPlace::Away {
                return true;
            }
            let (at, what) = case.agenda.take_first();
            if at >= self.tables.horizon {
                self.settle_open(case);
                return false;
            }
            if self.meets_somebody(&case.order, case.state, what) {
                case.agenda.plan(at, what);
                return true;
            }
            self.happen(case, at, what);
        }
        false
    }

    /// Whether what happens next to a case that is not at the desk concerns other cases.
    pub(crate) fn meets_somebody(&self, order: &Order, state: OrderState, what: EventKind) -> bool {
        match what {
            EventKind::CancelRequest => self.seller_tables(order).cancels_meet(),
            EventKind::Overtake | EventKind::ShipmentDue => self.seller_tables(order).minds_grade(),
            EventKind::Answer | EventKind::AnswerDue => {
                state == OrderState::CancelRequested && self.seller_tables(order).minds_grade()
            }
            EventKind::File | EventKind::AskAgain => self.seller_tables(order).has_desk(),
            _ => false,
        }
    }

    /// What happens to a case.
    pub(crate) fn happen(&mut self, case: &mut Case, at: SimTime, what: EventKind) {
        match what {
            EventKind::CancelRequest => self.request_cancel(case, at),
            EventKind::Overtake => self.overtake_cancel(case, at),
            EventKind::ShipmentDue => self.close_unshipped(case, at),
            EventKind::File => self.file(case, at),
            EventKind::AskAgain => self.request(case, at),
            EventKind::AskAfterSale => self.ask_after_sale(case, at),
            EventKind::Answer => self.answer(case, at),
            EventKind::AnswerDue => self.answer_due(case, at),
            EventKind::Arrive => self.arrive(case, at),
            EventKind::StepIn => self.step_in(case, at),
            EventKind::Ruling => self.rule(case, at),
            EventKind::Settle => self.settle(case, at),
            EventKind::Appeal => self.appeal(case, at),
            EventKind::SecondRuling => self.rule_again(case, at),
            EventKind::SendBack => self.send_back(case, at),
            EventKind::ReturnDue => self.miss_return(case, at),
            EventKind::ReceiveBack => self.receive_back(case, at),
            EventKind::ConfirmReturn => self.end_return(case, at, Step::ConfirmReturn),
            EventKind::ConfirmationDue => self.end_return(case, at, Step::RefundReturnBySilence),
            EventKind::AgentFree | EventKind::DeskOpens | EventKind::CaseBegins => {
                unreachable!("{what:?} does not happen to a case")
            }
        }
    }
}
