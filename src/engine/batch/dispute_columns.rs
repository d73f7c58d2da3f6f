//! Disputes that are ended side by side: a column for each thing that is known of them, a place for each dispute.
//!
//! Who will ask for how much, accept, reject, wait and win is predetermined ([`super::disputes`]); only when the answer comes depends
//! on others, who are at the same desk. Once that is known, the ends follow side by side ([`super::outcomes`]).

use crate::engine::desk::fifo::Request;
use crate::engine::ground::columns::{BATCH, Column, Mask, mask};
use crate::engine::ground::lane_arithmetic::{NEVER, instant};
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::{Opening, Trouble};
use crate::market::OrderState;
use crate::observe::DisputeFacts;
use crate::policy::completion::completes_before;
use crate::sim::{Day, Key, SimDuration, SimTime};

/// Disputes filed today or later; instants are seconds from the start of [`Self::day`], amounts are cents, truths are 0 or 1.
///
/// Columns begin where cache lines do, so that no lanes straddle two.
#[derive(Debug)]
#[repr(C, align(64))]
pub(crate) struct DisputeColumns {
    /// Random bits, a column a purpose.
    pub(crate) bits: [Column<u64>; 9],
    pub(crate) keys: Column<Key>,
    /// Number of the seller in its shard, of its segment, and of the buyer's.
    pub(crate) sellers: Column<u32>,
    pub(crate) seller_segments: Column<u32>,
    pub(crate) buyer_segments: Column<u32>,
    /// See [`kind`].
    pub(crate) kinds: Column<u32>,
    pub(crate) values: Column<u32>,
    pub(crate) filed: Column<u32>,
    /// The order completed before.
    pub(crate) is_late: Column<u32>,
    /// The parcel will come and may end the dispute.
    pub(crate) is_coming: Column<u32>,
    /// The order was placed in the measured period.
    pub(crate) is_counted: Column<u32>,
    /// Where the order stands when the dispute is filed.
    pub(crate) states: Column<u8>,

    /// What is predetermined: nothing that lanes cannot tell will happen.
    pub(crate) is_predetermined: Column<u8>,
    /// Whether what happens counts: all of it happens in the measured period, or nothing.
    pub(crate) is_measured: Column<u32>,
    pub(crate) requested: Column<u32>,
    pub(crate) harm: Column<u32>,
    /// The seller accepts if it answers; otherwise it rejects, and the buyer waits for the platform.
    pub(crate) accepts: Column<u32>,
    /// The platform rules for the buyer if it steps in, and what it then awards.
    pub(crate) wins: Column<u32>,
    pub(crate) is_partial: Column<u32>,
    pub(crate) is_liable: Column<u32>,
    pub(crate) awarded: Column<u32>,
    pub(crate) due: Column<u32>,
    pub(crate) steps_in: Column<u32>,
    pub(crate) mediation: Column<u32>,
    /// Working time that the answer takes at a desk.
    pub(crate) work: Column<u32>,
    /// When the seller answers; [`NEVER`] if it does not.
    pub(crate) answered: Column<u32>,

    /// What it comes to: see [`DisputeFacts`].
    pub(crate) courses: Column<u8>,
    pub(crate) decided: Column<u32>,
    pub(crate) stepped_in: Column<u32>,
    pub(crate) ended: Column<u32>,
    pub(crate) refunds: Column<u32>,
    /// What is counted, a bit a fact; see [`crate::engine::books::sums`].
    pub(crate) facts: Column<u32>,
    /// Days after [`Self::day`].
    pub(crate) ended_after: Column<u32>,
    /// The day whose start instants are counted from.
    pub(crate) day: Day,
    /// The first day on which one is filed, of those that [`Self::file_by`] has told.
    pub(crate) first_filed: Day,
    len: usize,
}

/// What a dispute claims, as lanes see it.
pub(crate) mod kind {
    use crate::market::DisputeKind;

    pub(crate) const NOT_RECEIVED: u32 = DisputeKind::NotReceived as u32;
    pub(crate) const NOT_AS_DESCRIBED: u32 = DisputeKind::NotAsDescribed as u32;
    pub(crate) const OPPORTUNISTIC: u32 = DisputeKind::Opportunistic as u32;
    /// Not a dispute at all.
    pub(crate) const OTHER: u32 = 3;

    /// The kinds by their numbers.
    pub(crate) const ALL: [DisputeKind; OTHER as usize] =
        [DisputeKind::NotReceived, DisputeKind::NotAsDescribed, DisputeKind::Opportunistic];
}

impl Default for DisputeColumns {
    fn default() -> Self {
        Self {
            bits: [[0; BATCH]; 9],
            keys: [Key::default(); BATCH],
            sellers: [0; BATCH],
            seller_segments: [0; BATCH],
            buyer_segments: [0; BATCH],
            kinds: [kind::OTHER; BATCH],
            values: [1; BATCH],
            filed: [0; BATCH],
            is_late: [0; BATCH],
            is_coming: [0; BATCH],
            is_counted: [0; BATCH],
            states: [0; BATCH],
            is_predetermined: [0; BATCH],
            is_measured: [0; BATCH],
            requested: [0; BATCH],
            harm: [0; BATCH],
            accepts: [0; BATCH],
            wins: [0; BATCH],
            is_partial: [0; BATCH],
            is_liable: [0; BATCH],
            awarded: [0; BATCH],
            due: [0; BATCH],
            steps_in: [0; BATCH],
            mediation: [0; BATCH],
            work: [0; BATCH],
            answered: [NEVER; BATCH],
            courses: [0; BATCH],
            decided: [0; BATCH],
            stepped_in: [0; BATCH],
            ended: [0; BATCH],
            refunds: [0; BATCH],
            facts: [0; BATCH],
            ended_after: [0; BATCH],
            day: Day(0),
            first_filed: Day(i32::MAX),
            len: 0,
        }
    }
}

impl DisputeColumns {
    /// Takes all disputes off; the instants of the next are counted from `day` on.
    pub(crate) fn clear(&mut self, day: Day) {
        self.len = 0;
        self.day = day;
        self.first_filed = Day(i32::MAX);
    }

    /// Number of disputes.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no room for another.
    pub(crate) const fn is_full(&self) -> bool {
        self.len == BATCH
    }

    /// Enters what begins so; whatever is not a dispute, or has no instant here, only takes its place.
    pub(crate) fn enter(&mut self, opening: &Opening, seller_segment: u32, is_regular: bool) {
        let Opening { order, at, delivered, completes, .. } = opening;
        let place = self.len % BATCH;
        self.len += 1;
        self.keys[place] = order.key;
        self.sellers[place] = u32::from(order.seller);
        self.seller_segments[place] = seller_segment;
        self.buyer_segments[place] = u32::from(order.buyer_segment);
        self.values[place] = order.value.0 as u32;
        self.filed[place] = u32::try_from((*at - self.day.start()).0).unwrap_or(NEVER);
        let is_completed = completes_before(*completes, *at);
        self.is_late[place] = u32::from(is_completed);
        self.is_counted[place] = u32::from(order.is_counted);
        let has_come = delivered <= at.min(completes);
        self.states[place] = if is_completed {
            OrderState::Completed
        } else if has_come {
            OrderState::Delivered
        } else {
            OrderState::Shipped
        } as u8;
        self.kinds[place] = match opening.trouble {
            Trouble::Claim { kind } if is_regular && opening.what == EventKind::File => kind as u32,
            _ => kind::OTHER,
        };
        self.is_coming[place] = u32::from(*delivered < SimTime::NEVER);
    }

    /// Takes down on which day one is filed.
    pub(crate) fn file_by(&mut self, day: Day) {
        self.first_filed = self.first_filed.min(day);
    }

    /// The disputes that are predetermined.
    pub(crate) fn predetermined(&self) -> Mask {
        mask(&self.is_predetermined) & self.all()
    }

    /// All that have been entered.
    pub(crate) const fn all(&self) -> Mask {
        if self.len == 0 { 0 } else { Mask::MAX >> (BATCH - self.len) }
    }

    /// Whether a dispute is predetermined.
    pub(crate) const fn is_predetermined(&self, place: usize) -> bool {
        self.is_predetermined[place] == 1
    }

    /// A predetermined dispute as a request to the seller's desk.
    pub(crate) fn request(&self, place: usize) -> Request {
        let instant = |seconds: u32| instant(self.day, seconds);
        Request {
            at: instant(self.filed[place]),
            due: instant(self.due[place]),
            rival: (SimTime::NEVER, EventKind::Arrive),
            work: SimDuration(i64::from(self.work[place])),
        }
    }

    /// Takes down when the desk answers.
    pub(crate) fn answer(&mut self, place: usize, answered: Option<SimTime>) {
        self.answered[place] = answered.map_or(NEVER, |at| (at - self.day.start()).0 as u32);
    }

    /// What the auditor looks at.
    pub(crate) fn facts(&self) -> DisputeFacts<'_> {
        let len = self.len;
        DisputeFacts {
            is_predetermined: &self.is_predetermined[..len],
            states: &self.states[..len],
            courses: &self.courses[..len],
            filed: &self.filed[..len],
            decided: &self.decided[..len],
            stepped_in: &self.stepped_in[..len],
            ended: &self.ended[..len],
            values: &self.values[..len],
            refunds: &self.refunds[..len],
            is_counted: &self.is_counted[..len],
        }
    }
}
