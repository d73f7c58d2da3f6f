//! Orders in trouble: those that wait for somebody's answer, deadline or ruling.

use crate::behavior::cancelling::ChosenReason;
use crate::market::{CancelCause, DisputeKind, Money, OrderState};
use crate::policy::cancellation::ShipmentRace;
use crate::sim::{Key, SimTime};

/// What is drawn of every order before its fate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    pub(super) key: Key,
    pub(super) placed: SimTime,
    /// When it is, or would be, handed over.
    pub(super) shipped: SimTime,
    pub(super) value: Money,
    /// Number of the buyer in its market.
    pub(super) buyer: u32,
    /// Number of the seller in its shard.
    pub(super) seller: u16,
    pub(super) buyer_segment: u8,
    /// Placed in the measured period.
    pub(super) is_counted: bool,
}

/// What the trouble is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trouble {
    /// Not shipped yet: the buyer asks to cancel, or the deadline will pass.
    Cancel {
        cause: CancelCause,
        /// Set when the request is made.
        reason: Option<ChosenReason>,
    },
    /// Shipped: the buyer claims.
    Claim { kind: DisputeKind },
}

/// A case's place at the seller's desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeskPlace {
    /// Not there.
    Away,
    /// In the queue.
    Waiting,
    /// With an agent.
    InService,
}

/// An order in trouble.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub(super) order: Order,
    pub(super) trouble: Trouble,
    pub(super) state: OrderState,
    pub(super) desk: DeskPlace,
    /// Rounds of the request so far; a modification begins the next.
    pub(super) round: u8,
    /// Tells pending events of this case from those of its earlier states.
    pub(super) generation: u16,
    pub(super) delivered: SimTime,
    /// When the order completes if no dispute stops it.
    pub(super) completes: SimTime,
    /// When the current request was made.
    pub(super) asked: SimTime,
    /// When the dispute was filed.
    pub(super) filed: SimTime,
    /// Until when the current request may be answered.
    pub(super) due: SimTime,
    pub(super) requested: Money,
    /// What the claim is worth in truth.
    pub(super) harm: Money,
    /// Paid to the buyer outside the platform.
    pub(super) offline: Money,
    /// When the agent who has the case will be done.
    pub(super) finished: SimTime,
    /// The deadline of the current request is in the calendar.
    pub(super) due_is_scheduled: bool,
    /// The buyer of a parcel not received will withdraw when it comes.
    pub(super) withdraws_on_arrival: bool,
}

impl Case {
    pub(super) const fn new(order: Order, trouble: Trouble, state: OrderState) -> Self {
        Self {
            order,
            trouble,
            state,
            desk: DeskPlace::Away,
            round: 0,
            generation: 0,
            delivered: SimTime::NEVER,
            completes: SimTime::NEVER,
            asked: SimTime::NEVER,
            filed: SimTime::NEVER,
            due: SimTime::NEVER,
            requested: Money(0),
            harm: Money(0),
            offline: Money(0),
            finished: SimTime::NEVER,
            due_is_scheduled: false,
            withdraws_on_arrival: false,
        }
    }

    /// Whether shipping can end the open cancel request.
    pub(super) fn is_raced(&self, race: ShipmentRace) -> bool {
        race == ShipmentRace::Open && self.order.shipped < SimTime::NEVER
    }
}

/// Storage of cases; numbers are reused, generations are not.
#[derive(Debug, Default)]
pub(super) struct Cases {
    slots: Vec<Case>,
    free: Vec<u32>,
}

impl Cases {
    /// Stores a case and gives its number.
    pub(super) fn open(&mut self, mut case: Case) -> u32 {
        if let Some(number) = self.free.pop() {
            let slot = &mut self.slots[number as usize];
            case.generation = slot.generation.wrapping_add(1);
            *slot = case;
            return number;
        }
        self.slots.push(case);
        self.slots.len() as u32 - 1
    }

    /// Forgets a case; its pending events are stale from now on.
    pub(super) fn close(&mut self, number: u32) {
        let slot = &mut self.slots[number as usize];
        slot.generation = slot.generation.wrapping_add(1);
        self.free.push(number);
    }

    #[inline]
    pub(super) fn get(&self, number: u32) -> &Case {
        &self.slots[number as usize]
    }

    #[inline]
    pub(super) fn get_mut(&mut self, number: u32) -> &mut Case {
        &mut self.slots[number as usize]
    }

    /// The numbers of the cases that are open.
    pub(super) fn open_numbers(&self) -> Vec<u32> {
        let mut is_free = vec![false; self.slots.len()];
        self.free.iter().for_each(|&number| is_free[number as usize] = true);
        (0..self.slots.len() as u32).filter(|&number| !is_free[number as usize]).collect()
    }
}
