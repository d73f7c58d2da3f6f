//! The support desk of one seller that serves first come, first served (R11).
//!
//! Whoever comes later changes nothing for those before, so what becomes of a request at the desk is known as soon as it
//! comes: Lindley's recursion ("The theory of queues with a single server", 1952), with several agents (Kiefer and
//! Wolfowitz, 1955), opening hours, and requests that leave unanswered.

use crate::behavior::{DeskSpec, Reneging};
use crate::engine::order::agenda::{Phase, Planned};
use crate::policy::dispute::is_in_time;
use crate::sim::{SimDuration, SimTime};

/// When each agent of one seller's desk will be free.
#[derive(Clone, Debug, Default)]
pub(crate) struct FifoDesk {
    /// Of the first agent, if there is one: most desks have no more, and theirs is at hand with them.
    first_free_at: Option<SimTime>,
    others_free_at: Vec<SimTime>,
}

/// A request that comes to the desk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request {
    /// When it comes.
    pub(crate) at: SimTime,
    /// Until when it may be answered; an answer at that instant is in time (R8).
    pub(crate) due: SimTime,
    /// What may end it before.
    pub(crate) rival: Planned,
    /// Working time that the answer takes.
    pub(crate) work: SimDuration,
}

impl Request {
    /// Whether the request is still there for what an agent does at `at`.
    fn is_there(&self, at: SimTime) -> bool {
        let (rival, what) = self.rival;
        is_in_time(at, self.due) && (at < rival || (at == rival && what.phase() == Phase::Deadline))
    }
}

impl FifoDesk {
    /// A desk whose agents are all free.
    pub(crate) fn new(agents: u16) -> Self {
        let free = SimTime(i64::MIN);
        Self {
            first_free_at: (agents > 0).then_some(free),
            others_free_at: vec![free; usize::from(agents.saturating_sub(1))],
        }
    }

    /// Takes a request that comes no earlier than the ones before, and tells when it is answered; `None` if it leaves
    /// before that.
    pub(crate) fn serve(&mut self, spec: &DeskSpec, request: &Request) -> Option<SimTime> {
        let mut free_at = self.first_free_at.as_mut()?;
        for other in &mut self.others_free_at {
            if *other < *free_at {
                free_at = other;
            }
        }
        let start = spec.hours.next_open(request.at.max(*free_at));
        if !request.is_there(start) {
            return None;
        }
        let finished = spec.hours.after_work(start, request.work);
        if request.is_there(finished) {
            *free_at = finished;
            return Some(finished);
        }
        let (rival, _) = request.rival;
        let is_overdue = request.due < rival;
        *free_at = if is_overdue && spec.reneging == Reneging::WhileWaiting {
            finished
        } else {
            request.due.min(rival)
        };
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::behavior::Discipline;
    use crate::engine::order::agenda::EventKind;
    use crate::sim::{Distribution, Weekday, WorkCalendar};

    fn spec(agents: u16, hours: WorkCalendar, reneging: Reneging) -> DeskSpec {
        let service_time = Distribution::Constant(0.0);
        DeskSpec { agents, service_time, hours, discipline: Discipline::Fifo, reneging }
    }

    fn always() -> WorkCalendar {
        WorkCalendar::always(Weekday::Monday)
    }

    fn request(at: i64, due: i64, work: i64) -> Request {
        let rival = (SimTime::NEVER, EventKind::Arrive);
        Request { at: SimTime(at), due: SimTime(due), rival, work: SimDuration(work) }
    }

    /// When each of the requests is answered.
    fn answers(spec: &DeskSpec, requests: &[Request]) -> Vec<Option<i64>> {
        let mut desk = FifoDesk::new(spec.agents);
        requests.iter().map(|request| desk.serve(spec, request).map(|at| at.0)).collect()
    }

    #[test]
    fn requests_wait_for_one_another_and_an_answer_on_the_deadline_is_in_time() {
        let spec = spec(1, always(), Reneging::Always);
        let requests = [request(0, 100, 10), request(5, 25, 15), request(6, 200, 7), request(90, 200, 1)];
        assert_eq!(answers(&spec, &requests), [Some(10), Some(25), Some(32), Some(91)]);
    }

    #[test]
    fn two_agents_take_requests_up_in_the_order_of_arrival() {
        let spec = spec(2, always(), Reneging::Always);
        let requests = [request(0, 999, 30), request(1, 999, 10), request(2, 999, 5), request(3, 999, 5)];
        assert_eq!(answers(&spec, &requests), [Some(30), Some(11), Some(16), Some(21)]);
    }

    #[test]
    fn an_agent_is_free_at_the_deadline_of_a_request_that_leaves_its_service() {
        let requests = [request(0, 20, 50), request(1, 999, 5)];
        assert_eq!(answers(&spec(1, always(), Reneging::Always), &requests), [None, Some(25)]);
        assert_eq!(answers(&spec(1, always(), Reneging::WhileWaiting), &requests), [None, Some(55)]);
    }

    #[test]
    fn a_request_that_leaves_while_it_waits_costs_no_agent_anything() {
        let requests = [request(0, 999, 50), request(1, 40, 30), request(2, 999, 5)];
        assert_eq!(answers(&spec(1, always(), Reneging::Always), &requests), [Some(50), None, Some(55)]);
    }

    #[test]
    fn a_parcel_that_comes_ends_its_request_in_either_kind_of_desk() {
        for reneging in [Reneging::Always, Reneging::WhileWaiting] {
            let arrival = (SimTime(20), EventKind::Arrive);
            let requests = [Request { rival: arrival, ..request(0, 999, 20) }, request(1, 999, 5)];
            assert_eq!(answers(&spec(1, always(), reneging), &requests), [None, Some(25)]);
        }
    }

    #[test]
    fn a_parcel_that_comes_at_the_deadline_comes_first_and_the_agent_is_free() {
        for reneging in [Reneging::Always, Reneging::WhileWaiting] {
            let arrival = (SimTime(20), EventKind::Arrive);
            let requests = [Request { rival: arrival, ..request(0, 20, 30) }, request(1, 999, 5)];
            assert_eq!(answers(&spec(1, always(), reneging), &requests), [None, Some(25)]);
        }
    }

    #[test]
    fn an_answer_comes_before_the_shipment_deadline_of_the_same_instant() {
        let deadline = (SimTime(20), EventKind::ShipmentDue);
        let request = Request { rival: deadline, ..request(0, 999, 20) };
        assert_eq!(answers(&spec(1, always(), Reneging::Always), &[request]), [Some(20)]);
    }

    #[test]
    fn work_begins_when_the_desk_opens_and_goes_on_the_next_day() {
        let hours = WorkCalendar { from: 9 * 3600, until: 17 * 3600, ..always() };
        let spec = spec(1, hours, Reneging::Always);
        let hour = 3600;
        let requests = [request(0, i64::MAX, 7 * hour), request(10 * hour, i64::MAX, 2 * hour)];
        assert_eq!(answers(&spec, &requests), [Some(16 * hour), Some((24 + 10) * hour)]);
    }
}
