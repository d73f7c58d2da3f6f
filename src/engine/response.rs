//! When a request is answered (R8, R11): after a delay of its own, or from the seller's desk.

use super::calendar::Happening;
use super::case::{Case, DeskPlace, Trouble};
use super::shard::Shard;
use super::tables::Tables;
use crate::behavior::purpose::halves;
use crate::behavior::{Purpose, Reneging, ResponseTables};
use crate::market::{Fraction, OrderState};
use crate::sim::{SimDuration, SimTime};

/// The draws of an answer from a delay.
const fn response_purpose(trouble: Trouble, round: u8) -> u64 {
    match trouble {
        Trouble::Cancel { .. } => Purpose::CancelResponse as u64,
        Trouble::Claim { .. } => Purpose::Response.in_round(round),
    }
}

/// The draw of an answer from a desk.
const fn service_purpose(trouble: Trouble, round: u8) -> u64 {
    match trouble {
        Trouble::Cancel { .. } => Purpose::CancelService as u64,
        Trouble::Claim { .. } => Purpose::Service.in_round(round),
    }
}

impl Shard {
    /// The seller has a new request to answer: one made at `at`, due at the case's deadline.
    pub(super) fn respond(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let Case { order, trouble, round, due, .. } = *self.cases.get(case);
        let shop = &tables.sellers[usize::from(self.sellers[usize::from(order.seller)].segment)];
        if let (Trouble::Cancel { .. }, Some(delay)) = (trouble, &shop.cancel_response) {
            let (_, uniform) = halves(order.key.bits(Purpose::CancelAnswer as u64));
            return self.answer_at(case, at + SimDuration(i64::from(delay.at(uniform))), due);
        }
        match &shop.response {
            ResponseTables::Delay { delay, is_fraction, never } => {
                let (uniform, silent) = halves(order.key.bits(response_purpose(trouble, round)));
                let drawn = i64::from(delay.at(uniform));
                let answered = if never.happens(silent) {
                    SimTime::NEVER
                } else if *is_fraction {
                    SimTime(
                        at.0 + (i128::from((due - at).0) * i128::from(drawn) / i128::from(Fraction::ONE.0))
                            as i64,
                    )
                } else {
                    at + SimDuration(drawn)
                };
                self.answer_at(case, answered, due);
            }
            ResponseTables::Desk { .. } => self.queue_at_desk(tables, case, at),
        }
    }

    /// Schedules the answer if it is in time, otherwise the deadline; the deadline's own instant is in
    /// time.
    fn answer_at(&mut self, case: u32, answered: SimTime, due: SimTime) {
        if answered <= due {
            self.schedule(answered, Happening::Answer, case);
        } else {
            self.schedule(due, Happening::AnswerDue, case);
        }
    }

    fn queue_at_desk(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let subject = self.cases.get_mut(case);
        subject.desk = DeskPlace::Waiting;
        subject.due_is_scheduled = false;
        let (seller, due, generation) = (usize::from(subject.order.seller), subject.due, subject.generation);
        self.desks[seller].enqueue(case, generation, due);
        self.dispatch(tables, seller, at);
        let subject = self.cases.get_mut(case);
        if subject.desk == DeskPlace::Waiting {
            subject.due_is_scheduled = true;
            self.schedule(due, Happening::AnswerDue, case);
        }
    }

    /// Gives waiting cases to free agents while the desk is open.
    pub(super) fn dispatch(&mut self, tables: &Tables, seller: usize, at: SimTime) {
        let segment = usize::from(self.sellers[seller].segment);
        let ResponseTables::Desk { spec, service_time } = &tables.sellers[segment].response else {
            return;
        };
        let desk = &mut self.desks[seller];
        if !desk.has_queue() || !desk.has_idle_agent() {
            return;
        }
        let opens = if spec.hours.is_always() { at } else { spec.hours.next_open(at) };
        if opens > at {
            if !desk.awaits_opening {
                desk.awaits_opening = true;
                self.calendar.schedule(opens, seller as u16, Happening::DeskOpens, 0, 0);
            }
            return;
        }
        while let Some(case) = self.desks[seller].take_up(spec.discipline, &self.cases) {
            let subject = self.cases.get_mut(case);
            let (uniform, _) =
                halves(subject.order.key.bits(service_purpose(subject.trouble, subject.round)));
            let work = SimDuration(i64::from(service_time.at(uniform)));
            let finished = spec.hours.after_work(at, work);
            subject.desk = DeskPlace::InService;
            subject.finished = finished;
            let (due, is_scheduled) = (subject.due, subject.due_is_scheduled);
            if finished <= due {
                self.schedule(finished, Happening::Answer, case);
            } else if !is_scheduled {
                self.cases.get_mut(case).due_is_scheduled = true;
                self.schedule(due, Happening::AnswerDue, case);
            }
        }
    }

    /// The seller answers the open request.
    pub(super) fn answer(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let seller = usize::from(self.cases.get(case).order.seller);
        let was_at_desk = self.cases.get(case).desk == DeskPlace::InService;
        if was_at_desk {
            self.cases.get_mut(case).desk = DeskPlace::Away;
            self.desks[seller].release_agent();
        }
        if self.cases.get(case).state == OrderState::CancelRequested {
            self.answer_cancel(tables, case, at);
        } else {
            self.answer_dispute(tables, case, at);
        }
        if was_at_desk {
            self.dispatch(tables, seller, at);
        }
    }

    /// The time to answer is over (R8): silence decides.
    pub(super) fn answer_due(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let Case { order, desk, finished, state, .. } = *self.cases.get(case);
        let segment = usize::from(self.sellers[usize::from(order.seller)].segment);
        let finishes_anyway = desk == DeskPlace::InService
            && matches!(&tables.sellers[segment].response,
                ResponseTables::Desk { spec, .. } if spec.reneging == Reneging::WhileWaiting);
        if finishes_anyway {
            self.cases.get_mut(case).desk = DeskPlace::Away;
            self.calendar.schedule(finished, order.seller, Happening::AgentFree, 0, 0);
        } else {
            self.leave_desk(tables, case, at);
        }
        if state == OrderState::CancelRequested {
            self.cancel(tables, case, at, crate::market::Step::GrantCancelBySilence);
        } else {
            self.execute_silence(tables, case, at);
        }
    }

    /// A case leaves the desk unanswered; its agent takes up the next.
    pub(super) fn leave_desk(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let Case { order, desk, .. } = *self.cases.get(case);
        self.cases.get_mut(case).desk = DeskPlace::Away;
        if desk == DeskPlace::InService {
            let seller = usize::from(order.seller);
            self.desks[seller].release_agent();
            self.dispatch(tables, seller, at);
        }
    }

    /// Makes the pending events of a case's request stale; a parcel still on its way is announced anew.
    pub(super) fn renew(&mut self, case: u32) {
        let subject = self.cases.get_mut(case);
        subject.generation = subject.generation.wrapping_add(1);
        if subject.withdraws_on_arrival {
            let delivered = subject.delivered;
            self.schedule(delivered, Happening::Arrive, case);
        }
    }
}
