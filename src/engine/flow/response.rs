//! When a request is answered (R8, R11): after a delay of its own, or from the seller's desk.

use super::Flow;
use crate::behavior::purpose::halves;
use crate::behavior::{Discipline, Purpose, ResponseTables};
use crate::engine::books::observer::Observer;
use crate::engine::desk::fifo::Request;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::{Case, DeskPlace, Trouble};
use crate::market::{Fraction, OrderState, Step};
use crate::policy::dispute::is_in_time;
use crate::sim::{QuantileTable, SimDuration, SimTime};

/// The draws of an answer from a delay.
const fn response_purpose(trouble: Trouble, round: u8) -> u64 {
    match trouble {
        Trouble::Cancel { .. } => Purpose::CancelResponse as u64,
        Trouble::Claim { .. } => Purpose::Response.in_round(round),
    }
}

/// The working time that an answer from a desk takes.
pub(crate) fn service(case: &Case, service_time: &QuantileTable) -> SimDuration {
    let purpose = match case.trouble {
        Trouble::Cancel { .. } => Purpose::CancelService as u64,
        Trouble::Claim { .. } => Purpose::Service.in_round(case.round),
    };
    let (uniform, _) = halves(case.order.key.bits(purpose));
    SimDuration(i64::from(service_time.at(uniform)))
}

impl<O: Observer> Flow<'_, O> {
    /// The seller has a new request to answer: one made at `at`, due at the case's deadline.
    pub(crate) fn respond(&mut self, case: &mut Case, at: SimTime) {
        let (key, due) = (case.order.key, case.due);
        let seller_segment = self.seller_tables(&case.order);
        if let (Trouble::Cancel { .. }, Some(delay)) = (case.trouble, &seller_segment.cancel_response) {
            let (_, uniform) = halves(key.bits(Purpose::CancelAnswer as u64));
            return case.answer_at(at + SimDuration(i64::from(delay.at(uniform))));
        }
        match &seller_segment.response {
            ResponseTables::Delay { delay, is_fraction, never } => {
                let (uniform, silent) = halves(key.bits(response_purpose(case.trouble, case.round)));
                let drawn = i64::from(delay.at(uniform));
                let answered = if never.happens(silent) {
                    SimTime::NEVER
                } else if *is_fraction {
                    let part = i128::from((due - at).0) * i128::from(drawn) / i128::from(Fraction::ONE.0);
                    SimTime(at.0 + part as i64)
                } else {
                    at + SimDuration(drawn)
                };
                case.answer_at(answered);
            }
            ResponseTables::Desk { spec, service_time } => match spec.discipline {
                Discipline::Fifo => {
                    let work = service(case, service_time);
                    let request = Request { at, due, rival: case.agenda.rival(), work };
                    let answered = self.records.desks[usize::from(case.order.seller)].serve(spec, &request);
                    case.answer_at(answered.unwrap_or(SimTime::NEVER));
                }
                Discipline::EarliestDeadline => {
                    case.desk = DeskPlace::Arriving;
                    case.agenda.plan(due, EventKind::AnswerDue);
                }
            },
        }
    }

    /// The seller answers the open request.
    pub(crate) fn answer(&mut self, case: &mut Case, at: SimTime) {
        case.desk = DeskPlace::Away;
        if case.state == OrderState::CancelRequested {
            self.answer_cancel(case, at);
        } else {
            self.answer_dispute(case, at);
        }
    }

    /// The time to answer is over (R8): silence decides.
    pub(crate) fn answer_due(&mut self, case: &mut Case, at: SimTime) {
        case.desk = DeskPlace::Away;
        if case.state == OrderState::CancelRequested {
            self.cancel(case, at, Step::GrantCancelBySilence);
        } else {
            self.execute_silence(case, at);
        }
    }
}

impl Case {
    /// Plans the answer if it is in time, otherwise the deadline; the deadline's own instant is in time.
    fn answer_at(&mut self, answered: SimTime) {
        if is_in_time(answered, self.due) {
            self.agenda.plan(answered, EventKind::Answer);
        } else {
            self.agenda.plan(self.due, EventKind::AnswerDue);
        }
    }
}
