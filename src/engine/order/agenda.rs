//! What a case waits for: its own event queue, which never holds more than two events.
//!
//! Of two at the same instant
//!
//! 1. what somebody does ([`Phase::Action`]) comes before what a deadline does ([`Phase::Deadline`]), so an answer at
//!    exactly 120 h is in time (R8);
//! 2. then the rival comes first: it has been on its way since the request was made.

use crate::sim::SimTime;

/// Who acts first within one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// Somebody does something.
    Action = 0,
    /// A deadline passes.
    Deadline = 1,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventKind {
    /// A buyer asks to cancel.
    CancelRequest,
    /// A parcel is handed over while its cancel request is open.
    Overtake,
    /// The shipment deadline passes.
    ShipmentDue,
    /// A buyer files a dispute.
    File,
    /// A buyer asks again, for another amount.
    AskAgain,
    /// A buyer asks for an after-sale refund.
    AskAfterSale,
    /// The seller answers the open request.
    Answer,
    /// The time to answer is over.
    AnswerDue,
    /// A parcel comes while a not-received dispute is open, and the buyer withdraws.
    Arrive,
    /// The platform steps in.
    StepIn,
    /// The platform rules.
    Ruling,
    /// Manual service settles an after-sale case.
    Settle,
    /// The buyer hands the parcel over for its return (R13).
    SendBack,
    /// The time to hand it over is over.
    ReturnDue,
    /// The parcel is back at the seller's.
    ReceiveBack,
    /// The seller confirms it.
    ConfirmReturn,
    /// The time to confirm it is over.
    ConfirmationDue,
    /// An agent is free who has finished an answer that came too late.
    AgentFree,
    /// The desk opens with cases waiting.
    DeskOpens,
    /// A case begins that has waited for the day of its first event.
    CaseBegins,
    /// The loser of a ruling appeals (R12).
    Appeal,
    /// The platform rules on an appeal (R12).
    SecondRuling,
}

impl EventKind {
    pub(crate) const fn phase(self) -> Phase {
        match self {
            Self::AnswerDue | Self::ShipmentDue | Self::ReturnDue | Self::ConfirmationDue => Phase::Deadline,
            _ => Phase::Action,
        }
    }

    /// Whether it is what the parcel does, or the deadline of its shipment, while a request waits for its answer.
    const fn is_rival(self) -> bool {
        matches!(self, Self::Overtake | Self::ShipmentDue | Self::Arrive)
    }
}

/// An event and its instant; [`SimTime::NEVER`] where there is none.
pub(crate) type Planned = (SimTime, EventKind);

/// The events that a case waits for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agenda {
    /// The next step of the request or of the ruling.
    next: Planned,
    /// What may come between.
    rival: Planned,
}

impl Agenda {
    /// Nothing to wait for.
    pub(crate) const fn new() -> Self {
        Self { next: (SimTime::NEVER, EventKind::File), rival: (SimTime::NEVER, EventKind::Arrive) }
    }

    /// Plans an event instead of the one of its sort that was planned.
    pub(crate) fn plan(&mut self, at: SimTime, what: EventKind) {
        if what.is_rival() {
            self.rival = (at, what);
        } else {
            self.next = (at, what);
        }
    }

    /// What may come between.
    pub(crate) const fn rival(&self) -> Planned {
        self.rival
    }

    /// What comes first.
    pub(crate) fn first(&self) -> Planned {
        if self.is_rival_first() { self.rival } else { self.next }
    }

    /// Takes out what comes first.
    pub(crate) fn take_first(&mut self) -> Planned {
        if self.is_rival_first() {
            std::mem::replace(&mut self.rival, Self::new().rival)
        } else {
            std::mem::replace(&mut self.next, Self::new().next)
        }
    }

    fn is_rival_first(&self) -> bool {
        let rank = |(at, what): Planned| (at, what.phase());
        rank(self.rival) <= rank(self.next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(planned: &[Planned]) -> Vec<EventKind> {
        let mut agenda = Agenda::new();
        for &(at, what) in planned {
            agenda.plan(at, what);
        }
        let events =
            std::iter::from_fn(|| Some(agenda.take_first()).filter(|first| first.0 < SimTime::NEVER));
        events.map(|(_, what)| what).collect()
    }

    #[test]
    fn within_an_instant_actions_come_before_deadlines_and_then_the_rival() {
        use EventKind as H;
        let noon = SimTime(43_200);
        assert_eq!(order(&[(noon, H::ShipmentDue), (noon, H::Answer)]), [H::Answer, H::ShipmentDue]);
        assert_eq!(order(&[(noon, H::AnswerDue), (noon, H::Arrive)]), [H::Arrive, H::AnswerDue]);
        assert_eq!(order(&[(noon, H::Answer), (noon, H::Arrive)]), [H::Arrive, H::Answer]);
        assert_eq!(order(&[(noon, H::AnswerDue), (noon, H::ShipmentDue)]), [H::ShipmentDue, H::AnswerDue]);
    }

    #[test]
    fn the_earlier_event_comes_first_whichever_it_is() {
        use EventKind as H;
        assert_eq!(
            order(&[(SimTime(2), H::Overtake), (SimTime(1), H::AnswerDue)]),
            [H::AnswerDue, H::Overtake]
        );
        assert_eq!(order(&[(SimTime(1), H::Overtake), (SimTime(2), H::Answer)]), [H::Overtake, H::Answer]);
    }

    #[test]
    fn a_later_plan_takes_the_place_of_an_earlier_one_of_its_sort() {
        use EventKind as H;
        let plans = [(SimTime(9), H::AnswerDue), (SimTime(5), H::Answer), (SimTime(7), H::Arrive)];
        assert_eq!(order(&plans), [H::Answer, H::Arrive]);
    }
}
