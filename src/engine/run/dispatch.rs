//! Who meets whom: most of what happens to a case concerns nobody else and is done at once, whenever it happens; what meets
//! others waits in the event queue for its instant.
//!
//! Cases of a seller meet at its desk, where one has to wait while another is answered, and in the count of transactions not
//! sold, which a seller watches who is close to a worse grade (R5).

use super::shard::Shard;
use crate::behavior::{Reneging, ResponseTables};
use crate::engine::books::observer::Observer;
use crate::engine::books::records::Records;
use crate::engine::flow::response::service;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::{Case, DeskPlace, Opening, Order};
use crate::engine::order::event_queue::Event;
use crate::engine::setup::tables::Tables;
use crate::market::OrderState;
use crate::policy::dispute::is_in_time;
use crate::sim::{Day, SimTime};

impl<O: Observer> Records<O> {
    /// Lets a case run on until it is over, which it also is if its next event lies beyond the horizon, or until it has
    /// to wait to meet somebody; then the answer is true.
    pub(crate) fn run_on(&mut self, tables: &Tables, case: &mut Case) -> bool {
        while !case.is_over {
            if case.desk != DeskPlace::Away {
                return true;
            }
            let (at, what) = case.agenda.take_first();
            if at >= tables.horizon {
                self.settle_open(tables, case);
                return false;
            }
            if self.meets_somebody(tables, &case.order, case.state, what) {
                case.agenda.plan(at, what);
                return true;
            }
            self.happen(tables, case, at, what);
        }
        false
    }

    /// Whether what happens next to a case that is not at the desk concerns other cases.
    fn meets_somebody(&self, tables: &Tables, order: &Order, state: OrderState, what: EventKind) -> bool {
        match what {
            EventKind::CancelRequest => self.seller_tables(tables, order).cancels_meet(),
            EventKind::Overtake | EventKind::ShipmentDue => self.seller_tables(tables, order).minds_grade(),
            EventKind::Answer | EventKind::AnswerDue => {
                state == OrderState::CancelRequested && self.seller_tables(tables, order).minds_grade()
            }
            EventKind::File | EventKind::AskAgain => self.seller_tables(tables, order).has_desk(),
            _ => false,
        }
    }

    /// What happens to a case.
    fn happen(&mut self, tables: &Tables, case: &mut Case, at: SimTime, what: EventKind) {
        match what {
            EventKind::CancelRequest => self.request_cancel(tables, case, at),
            EventKind::Overtake => self.overtake_cancel(tables, case, at),
            EventKind::ShipmentDue => self.close_unshipped(tables, case, at),
            EventKind::File => self.file(tables, case, at),
            EventKind::AskAgain => self.request(tables, case, at),
            EventKind::AskAfterSale => self.ask_after_sale(tables, case, at),
            EventKind::Answer => self.answer(tables, case, at),
            EventKind::AnswerDue => self.answer_due(tables, case, at),
            EventKind::Arrive => self.arrive(tables, case, at),
            EventKind::StepIn => self.step_in(tables, case, at),
            EventKind::Ruling => self.rule(tables, case, at),
            EventKind::Settle => self.settle(tables, case, at),
            EventKind::Appeal => self.appeal(tables, case, at),
            EventKind::SecondRuling => self.rule_again(tables, case, at),
            EventKind::AgentFree | EventKind::DeskOpens | EventKind::CaseBegins => {
                unreachable!("{what:?} does not happen to a case")
            }
        }
    }
}

impl<O: Observer> Shard<O> {
    /// An order has come to a case: it waits for the day of its first event if that meets somebody.
    pub(crate) fn begin(&mut self, tables: &Tables, day: Day) {
        let Opening { order, at, what, .. } = &self.opening;
        if *at < tables.horizon && self.records.meets_somebody(tables, order, OrderState::Placed, *what) {
            return self.event_queue.wait(self.opening);
        }
        if *what == EventKind::File && *at < tables.horizon {
            return self.delay_dispute(tables, day);
        }
        self.run_alone(tables);
    }

    /// A case begins that does not wait for anybody.
    pub(crate) fn run_alone(&mut self, tables: &Tables) {
        self.records.open_case(&self.opening, &mut self.case);
        if self.records.run_on(tables, &mut self.case) {
            let number = self.cases.store(&self.case);
            self.let_wait(number);
        }
    }

    /// A case begins that has waited for the day of its first event and is not predetermined.
    fn begin_today(&mut self, tables: &Tables, place: u32, at: SimTime) {
        let opening = self.event_queue.opening(place);
        self.records.open_case(opening, &mut self.case);
        let (_, what) = self.case.agenda.take_first();
        self.records.happen(tables, &mut self.case, at, what);
        if self.records.run_on(tables, &mut self.case) {
            let number = self.cases.store(&self.case);
            self.let_wait(number);
        }
    }

    /// An event of the queue, unless its case has moved on since it was scheduled.
    pub(crate) fn happen(&mut self, tables: &Tables, event: Event, at: SimTime) {
        let seller = event.seller();
        match event.what {
            EventKind::DeskOpens => self.desks[seller].awaits_opening = false,
            EventKind::AgentFree => self.desks[seller].release_agent(),
            EventKind::CaseBegins => {
                if self.pending.is_served(tables, &mut self.records, event.case) {
                    // A desk that serves the earliest deadline first has no predetermined dispute.
                    return;
                }
                self.begin_today(tables, event.case, at);
            }
            _ => {
                let Some(case) = self.cases.awaited(event.case, event.generation) else {
                    return;
                };
                let leaves = (case.desk == DeskPlace::InService).then_some((event.what, case.finished));
                case.agenda.take_first();
                self.records.happen(tables, case, at, event.what);
                let waits = self.records.run_on(tables, case);
                if let Some((what, finished)) = leaves {
                    self.let_agent_go(tables, seller, what, finished);
                }
                if waits {
                    self.let_wait(event.case);
                } else {
                    self.cases.forget(event.case);
                }
            }
        }
        if self.desks[seller].is_ready() {
            self.dispatch(tables, seller, at);
        }
    }

    /// A case has left the agent who had it. Only an answer that comes too late may be finished all the same.
    fn let_agent_go(&mut self, tables: &Tables, seller: usize, what: EventKind, finished: SimTime) {
        let finishes_anyway = what == EventKind::AnswerDue
            && matches!(self.response(tables, seller),
                ResponseTables::Desk { spec, .. } if spec.reneging == Reneging::WhileWaiting);
        if finishes_anyway {
            self.event_queue.schedule(finished, seller as u16, EventKind::AgentFree);
        } else {
            self.desks[seller].release_agent();
        }
    }

    /// A stored case has to wait for its next event, and if it comes to a desk that serves the earliest deadline first, in its queue.
    fn let_wait(&mut self, number: u32) {
        let case = self.cases.get_mut(number);
        if case.desk == DeskPlace::Arriving {
            self.tickets = self.tickets.wrapping_add(1);
            case.desk = DeskPlace::Waiting;
            case.ticket = self.tickets;
            self.desks[usize::from(case.order.seller)].enqueue(number, self.tickets, case.due);
        }
        self.event_queue.announce(number, &mut self.cases);
    }

    fn response<'a>(&self, tables: &'a Tables, seller: usize) -> &'a ResponseTables {
        &tables.sellers[usize::from(self.records.sellers[seller].segment)].response
    }

    /// Gives waiting cases to free agents while a desk that serves the earliest deadline first is open.
    fn dispatch(&mut self, tables: &Tables, seller: usize, at: SimTime) {
        let ResponseTables::Desk { spec, service_time } = self.response(tables, seller) else {
            return;
        };
        let opens = spec.hours.next_open(at);
        if opens > at {
            let desk = &mut self.desks[seller];
            if !desk.awaits_opening {
                desk.awaits_opening = true;
                self.event_queue.schedule(opens, seller as u16, EventKind::DeskOpens);
            }
            return;
        }
        while let Some(number) = self.desks[seller].take_up(&self.cases) {
            let case = self.cases.get_mut(number);
            case.desk = DeskPlace::InService;
            case.finished = spec.hours.after_work(at, service(case, service_time));
            if is_in_time(case.finished, case.due) {
                case.agenda.plan(case.finished, EventKind::Answer);
                self.event_queue.announce(number, &mut self.cases);
            }
        }
    }
}
