//! Answers to requests (R8, R11): after a delay of their own, or from a desk.

use crate::clock::{Event, NEVER, Phase, after, after_work, next_open};
use crate::market::Market;
use crate::order::Stage;
use redress::behavior::{Discipline, Reneging, Response, ResponseDelay};
use redress::sim::Span;

/// A request at a desk.
#[derive(Clone, Copy, Debug)]
struct Ticket {
    number: u32,
    order: usize,
    request: u32,
    due: i64,
}

/// The desk of a seller: who waits, in order of arrival, and who is being served.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    waiting: Vec<Ticket>,
    served: Vec<Ticket>,
    tickets: u32,
}

impl Market<'_> {
    /// A request is made now: its deadline begins to run, and its answer is prepared.
    pub(crate) fn ask(&mut self, number: usize, deadline: Span, is_cancel_request: bool) {
        let now = self.now;
        let due = after(deadline, now, self.world.day_zero);
        let order = &mut self.orders[number];
        order.request += 1;
        (order.asked_at, order.answer_due) = (now, due);
        let (request, seller) = (order.request, order.seller);
        self.agenda.note(due, Phase::Deadline, Event::Silence { order: number, request });

        let segment = self.seller_segment(number);
        let delay = match (&segment.cancel_response, &segment.response) {
            (Some(delay), _) if is_cancel_request => self.stream.seconds(delay),
            (_, Response::Desk(_)) => {
                let desk = &mut self.sellers[seller].desk;
                desk.tickets += 1;
                desk.waiting.push(Ticket { number: desk.tickets, order: number, request, due });
                self.take_up(seller);
                return;
            }
            (_, Response::Delay { never, .. }) if self.stream.happens(*never) => NEVER,
            (_, Response::Delay { delay: ResponseDelay::Elapsed(law), .. }) => self.stream.seconds(law),
            (_, Response::Delay { delay: ResponseDelay::FractionOfDeadline(law), .. }) => {
                (self.stream.draw(law) * (due - now) as f64).round() as i64
            }
        };
        if delay < NEVER && now + delay <= due {
            self.agenda.note(now + delay, Phase::Deed, Event::Answer { order: number, request });
        }
    }

    /// Whether a request is still the open one of its order.
    fn is_pending(&self, number: usize, request: u32) -> bool {
        let order = &self.orders[number];
        order.request == request && matches!(order.stage, Stage::CancelRequested | Stage::AwaitingSeller)
    }

    /// An answer comes, if it is still asked for.
    pub(crate) fn hear_answer(&mut self, number: usize, request: u32) {
        if !self.is_pending(number, request) {
            return;
        }
        if self.orders[number].stage == Stage::CancelRequested {
            self.answer_cancel_request(number);
        } else {
            self.count("disputes_answered");
            if self.now >= 0 {
                self.tally.delays.push(self.now - self.orders[number].asked_at);
            }
            self.answer_dispute(number);
        }
    }

    /// The deadline of a request passes, if it is still open.
    pub(crate) fn hear_silence(&mut self, number: usize, request: u32) {
        if !self.is_pending(number, request) {
            return;
        }
        let seller = self.orders[number].seller;
        let leaves_while_served = match &self.seller_segment(number).response {
            Response::Desk(desk) => desk.reneging == Reneging::Always,
            Response::Delay { .. } => true,
        };
        let is_served = self.sellers[seller].desk.served.iter().any(|ticket| ticket.order == number);
        if leaves_while_served || !is_served {
            self.leave_desk(number);
        }
        if self.orders[number].stage == Stage::CancelRequested {
            self.grant_by_silence(number);
        } else {
            self.execute_silence(number);
        }
    }

    /// Free agents take up cases while the desk is open; otherwise the desk's opening is awaited.
    pub(crate) fn take_up(&mut self, number: usize) {
        let Response::Desk(spec) = &self.world.sellers[self.sellers[number].segment].response else { return };
        let opens = next_open(&spec.hours, self.now);
        let desk = &mut self.sellers[number].desk;
        while !desk.waiting.is_empty() && desk.served.len() < usize::from(spec.agents) {
            if opens > self.now {
                self.agenda.note(opens, Phase::Deed, Event::DeskOpens(number));
                return;
            }
            let place = match spec.discipline {
                Discipline::Fifo => 0,
                Discipline::EarliestDeadline => {
                    let waiting = desk.waiting.iter().enumerate();
                    waiting.min_by_key(|(place, ticket)| (ticket.due, *place)).map_or(0, |(place, _)| place)
                }
            };
            let ticket = desk.waiting.remove(place);
            desk.served.push(ticket);
            let work = self.stream.seconds(&spec.service_time);
            let ends = after_work(&spec.hours, self.now, work);
            let event = Event::ServiceEnds { seller: number, ticket: ticket.number };
            self.agenda.note(ends, Phase::Deed, event);
        }
    }

    /// An agent has finished an answer, and takes up the next case.
    pub(crate) fn end_service(&mut self, number: usize, ticket: u32) {
        let served = &mut self.sellers[number].desk.served;
        let Some(place) = served.iter().position(|served| served.number == ticket) else { return };
        let ticket = served.remove(place);
        self.hear_answer(ticket.order, ticket.request);
        self.take_up(number);
    }

    /// An order's case leaves the desk.
    pub(crate) fn leave_desk(&mut self, number: usize) {
        let seller = self.orders[number].seller;
        let desk = &mut self.sellers[seller].desk;
        desk.waiting.retain(|ticket| ticket.order != number);
        desk.served.retain(|ticket| ticket.order != number);
        self.take_up(seller);
    }
}
