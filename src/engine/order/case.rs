//! Orders in trouble: those that wait for somebody's answer, deadline or ruling.

use super::agenda::{Agenda, EventKind};
use super::owed::{Grant, ReturnCourse};
use crate::behavior::cancelling::ChosenReason;
use crate::market::{CancelCause, DisputeKind, Money, OrderState, Step};
use crate::observe::AuditedOrder;
use crate::observe::story::Detail;
use crate::policy::cancellation::ShipmentRace;
use crate::sim::{Key, SimTime};

/// What is drawn of every order, in trouble or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    pub(crate) key: Key,
    pub(crate) placed: SimTime,
    /// When it is, or would be, handed over.
    pub(crate) shipped: SimTime,
    pub(crate) value: Money,
    /// Number of the buyer in its market.
    pub(crate) buyer: u32,
    /// Number of the seller in its shard.
    pub(crate) seller: u16,
    pub(crate) buyer_segment: u8,
    /// Placed in the measured period.
    pub(crate) is_counted: bool,
}

/// What the trouble is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trouble {
    /// Not shipped yet: the buyer asks to cancel, or the deadline will pass.
    Cancel {
        cause: CancelCause,
        /// Set when the request is made.
        reason: Option<ChosenReason>,
    },
    /// Shipped: the buyer claims.
    Claim { kind: DisputeKind },
}

/// What a case begins with, as it is known when the order is placed: many wait for their day, so it is small.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    pub(crate) order: Order,
    pub(crate) trouble: Trouble,
    /// What happens first, and when.
    pub(crate) what: EventKind,
    pub(crate) at: SimTime,
    /// When the parcel of a claim comes, and when its order completes if no dispute stops it.
    pub(crate) delivered: SimTime,
    pub(crate) completes: SimTime,
}

impl Opening {
    /// Room for an opening.
    pub(crate) const NONE: Self = Self {
        order: Order {
            key: Key::root(0),
            placed: SimTime(0),
            shipped: SimTime::NEVER,
            value: Money(0),
            buyer: 0,
            seller: 0,
            buyer_segment: 0,
            is_counted: false,
        },
        trouble: Trouble::Claim { kind: DisputeKind::NotReceived },
        what: EventKind::File,
        at: SimTime::NEVER,
        delivered: SimTime::NEVER,
        completes: SimTime::NEVER,
    };
}

/// A case's place at the seller's desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeskPlace {
    /// Not there.
    Away,
    /// On its way into the queue, which it enters before anything else happens.
    Arriving,
    /// In the queue.
    Waiting,
    /// With an agent.
    InService,
}

/// An order in trouble.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub(crate) order: Order,
    pub(crate) trouble: Trouble,
    pub(crate) state: OrderState,
    pub(crate) desk: DeskPlace,
    /// Rounds of the request so far; a modification begins the next.
    pub(crate) round: u8,
    /// The buyer of a parcel not received will withdraw when it comes.
    pub(crate) withdraws_on_arrival: bool,
    /// R13.
    pub(crate) return_course: ReturnCourse,
    /// Things that have happened to the order.
    pub(crate) events: u16,
    /// Nothing more can happen to it.
    pub(crate) is_over: bool,
    pub(crate) delivered: SimTime,
    /// When the order completes if no dispute stops it.
    pub(crate) completes: SimTime,
    /// When the current request was made.
    pub(crate) asked: SimTime,
    /// When the dispute was filed.
    pub(crate) filed: SimTime,
    /// Until when the current request may be answered.
    pub(crate) due: SimTime,
    /// Its latest place in the desk's queue.
    pub(crate) ticket: u32,
    /// When the agent who has the case will be done.
    pub(crate) finished: SimTime,
    pub(crate) requested: Money,
    /// What the claim is worth in truth.
    pub(crate) harm: Money,
    /// Paid to the buyer outside the platform.
    pub(crate) offline: Money,
    /// What it waits for.
    pub(crate) agenda: Agenda,
    /// The auditor's record of it.
    pub(crate) audited: AuditedOrder,
}

impl Case {
    /// Room for a case.
    pub(crate) const NONE: Self = Self {
        order: Opening::NONE.order,
        trouble: Opening::NONE.trouble,
        state: OrderState::Placed,
        desk: DeskPlace::Away,
        round: 0,
        withdraws_on_arrival: false,
        return_course: ReturnCourse::None,
        events: 0,
        is_over: true,
        delivered: SimTime::NEVER,
        completes: SimTime::NEVER,
        asked: SimTime::NEVER,
        filed: SimTime::NEVER,
        due: SimTime::NEVER,
        ticket: 0,
        finished: SimTime::NEVER,
        requested: Money(0),
        harm: Money(0),
        offline: Money(0),
        agenda: Agenda::new(),
        audited: AuditedOrder::NONE,
    };

    /// Becomes the case that begins so.
    #[inline]
    pub(crate) fn open(&mut self, opening: &Opening, audited: AuditedOrder) {
        // Field by field: a copy of what has just been written would wait for it to arrive.
        self.order = opening.order;
        self.trouble = opening.trouble;
        self.state = OrderState::Placed;
        self.desk = DeskPlace::Away;
        self.round = 0;
        self.withdraws_on_arrival = false;
        self.return_course = ReturnCourse::None;
        self.events = 0;
        self.is_over = false;
        self.delivered = opening.delivered;
        self.completes = opening.completes;
        self.filed = SimTime::NEVER;
        self.requested = Money(0);
        self.harm = Money(0);
        self.offline = Money(0);
        self.agenda = Agenda::new();
        self.agenda.plan(opening.at, opening.what);
        self.audited = audited;
    }

    /// The kind of a case that is a claim.
    pub(crate) fn kind(&self) -> DisputeKind {
        match self.trouble {
            Trouble::Claim { kind } => kind,
            Trouble::Cancel { .. } => unreachable!("only claims are disputed"),
        }
    }

    /// What granted the return that the case waits for.
    pub(crate) fn owed_by(&self) -> Grant {
        match self.return_course {
            ReturnCourse::Owed { by, .. } => by,
            ReturnCourse::None | ReturnCourse::Asked => unreachable!("no return was granted"),
        }
    }

    /// What is known of a step besides its amount.
    pub(crate) fn detail(&self, step: Step) -> Option<Detail> {
        match (step, self.trouble) {
            (Step::RequestCancel, Trouble::Cancel { reason: Some(reason), .. }) => {
                let ChosenReason { index, attributed_to, is_steered } = reason;
                Some(Detail::Reason { entry: index, side: attributed_to, is_steered })
            }
            (Step::File | Step::OpenAfterSale, Trouble::Claim { kind }) => Some(Detail::Claim(kind)),
            _ => None,
        }
    }

    /// Whether shipping can end the open cancel request.
    pub(crate) fn is_raced(&self, race: ShipmentRace) -> bool {
        race == ShipmentRace::Open && self.order.shipped < SimTime::NEVER
    }

    /// Begins anew what the case waits for; a parcel still on its way is announced again.
    pub(crate) fn renew(&mut self) {
        self.agenda = Agenda::new();
        if self.withdraws_on_arrival {
            self.agenda.plan(self.delivered, EventKind::Arrive);
        }
    }

    /// Takes a legal step; the auditor watches.
    #[inline]
    pub(crate) fn step(&mut self, step: Step, at: SimTime, refund: Money) {
        self.events += 1;
        let Some(next) = self.state.after(step) else { panic!("{step:?} is not legal in {:?}", self.state) };
        self.state = next;
        self.audited.step(step, at, refund);
    }

    /// The parcel is handed over while a request to cancel is open.
    pub(crate) fn hand_over(&mut self, at: SimTime) {
        self.state = OrderState::Shipped;
        self.audited.step(Step::Ship, at, Money(0));
    }

    /// Takes the steps that a shipped order has passed: the parcel's up to the instant `at`, completion
    /// only before it, because a dispute filed at the instant of completion comes first.
    pub(crate) fn catch_up(&mut self, at: SimTime) {
        self.pass_milestones(at, at);
    }

    /// Takes the steps that a shipped order has passed at the horizon.
    pub(crate) fn catch_up_at_horizon(&mut self, horizon: SimTime) {
        self.pass_milestones(SimTime(horizon.0 - 1), horizon);
    }

    fn pass_milestones(&mut self, moved_by: SimTime, completed_before: SimTime) {
        use OrderState as S;
        let (shipped, delivered, completes) = (self.order.shipped, self.delivered, self.completes);
        let is_on_its_way = match self.state {
            S::Placed => shipped <= moved_by,
            S::Shipped | S::Delivered => true,
            _ => false,
        };
        if !is_on_its_way {
            return;
        }
        let has_come = self.state == S::Delivered || delivered <= moved_by.min(completes);
        let (state, at) = if completes < completed_before {
            (S::Completed, completes)
        } else if has_come {
            (S::Delivered, delivered)
        } else {
            (S::Shipped, shipped)
        };
        if state != self.state {
            self.state = state;
            self.audited.carry(state, at);
        }
    }
}

/// A stored case, or room for one.
#[derive(Clone, Copy, Debug)]
struct Slot {
    case: Case,
    /// Tells the latest event announced for the case from earlier ones, and from those of the slot's earlier cases.
    generation: u16,
    is_free: bool,
}

/// Storage of the cases that have to wait after they have begun; numbers are reused, generations are not.
#[derive(Debug, Default)]
pub(crate) struct Cases {
    slots: Vec<Slot>,
    free: Vec<u32>,
}

impl Cases {
    /// Stores a case and gives its number.
    pub(crate) fn store(&mut self, case: &Case) -> u32 {
        if let Some(number) = self.free.pop() {
            let slot = &mut self.slots[number as usize];
            slot.case = *case;
            slot.is_free = false;
            return number;
        }
        self.slots.push(Slot { case: *case, generation: 0, is_free: false });
        self.slots.len() as u32 - 1
    }

    /// Forgets a case; its pending event is stale from now on.
    pub(crate) fn forget(&mut self, number: u32) {
        let slot = &mut self.slots[number as usize];
        slot.generation = slot.generation.wrapping_add(1);
        slot.is_free = true;
        self.free.push(number);
    }

    /// Makes the case's pending event stale and gives the generation of the next.
    pub(crate) fn announce(&mut self, number: u32) -> u16 {
        let slot = &mut self.slots[number as usize];
        slot.generation = slot.generation.wrapping_add(1);
        slot.generation
    }

    /// The case, if the event of this generation is its latest.
    #[inline]
    pub(crate) fn awaited(&mut self, number: u32, generation: u16) -> Option<&mut Case> {
        let slot = &mut self.slots[number as usize];
        (slot.generation == generation).then_some(&mut slot.case)
    }

    #[inline]
    pub(crate) fn get(&self, number: u32) -> &Case {
        &self.slots[number as usize].case
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, number: u32) -> &mut Case {
        &mut self.slots[number as usize].case
    }

    /// The cases that are stored.
    pub(crate) fn stored_mut(&mut self) -> impl Iterator<Item = &mut Case> {
        self.slots.iter_mut().filter(|slot| !slot.is_free).map(|slot| &mut slot.case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_is_much_smaller_than_its_case() {
        assert_eq!(size_of::<Opening>(), 72);
        assert!(size_of::<Case>() > 2 * size_of::<Opening>());
    }
}
