//! Orders of one day that may be in trouble, side by side: a column for each thing that was drawn of them.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::orders::Batch;
use crate::engine::books::sums::{Contribution, refund_of};
use crate::engine::ground::columns::{BATCH, Column, cause};
use crate::engine::ground::lane_arithmetic::{NEVER, instant};
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::{Opening, Order, Trouble};
use crate::engine::order::drawn::{Drawn, draw};
use crate::engine::order::single::{SellerDay, buyer_number};
use crate::engine::setup::sellers::Traits;
use crate::engine::setup::tables::Tables;
use crate::market::{DisputeKind, Money, Step};
use crate::observe::SuspectFacts;
use crate::observe::course::disposition;
use crate::sim::lanes::{Lanes, lanes_of, lower, upper};
use crate::sim::{Day, Key, SimTime};

/// Orders of a day that may be in trouble; instants are seconds from its start, amounts are cents, truths are 0 or 1.
///
/// Columns begin where cache lines do, so that no lanes straddle two.
#[derive(Debug)]
#[repr(C, align(64))]
pub(crate) struct Suspects {
    pub(crate) bits: [Column<u64>; 5],
    pub(crate) keys: Column<Key>,
    /// Number of the seller in its shard, of its segment, and of the buyer's.
    pub(crate) sellers: Column<u32>,
    pub(crate) seller_segments: Column<u32>,
    pub(crate) buyer_segments: Column<u32>,
    /// Number of the buyer.
    pub(crate) buyers: Column<u32>,
    pub(crate) values: Column<u32>,
    pub(crate) placed: Column<u32>,
    pub(crate) shipped: Column<u32>,
    pub(crate) delivered: Column<u32>,
    pub(crate) confirmed: Column<u32>,
    /// [`NEVER`] without a promise.
    pub(crate) promised: Column<u32>,
    pub(crate) opportunism: Column<u32>,
    /// See [`cause`].
    pub(crate) causes: Column<u32>,

    /// See [`disposition`].
    pub(crate) dispositions: Column<u8>,
    /// When the buyer claims.
    pub(crate) claimed: Column<u32>,
    pub(crate) is_defect: Column<u32>,
    /// The claim comes too late for a dispute (R9).
    pub(crate) is_after_sale: Column<u32>,
    /// When the order completes if no dispute stops it.
    pub(crate) completes: Column<u32>,
    /// It completes before the horizon, and before any claim.
    pub(crate) is_completed: Column<u32>,
    /// When the buyer asks to cancel, and when that is granted.
    pub(crate) requested: Column<u32>,
    pub(crate) granted: Column<u32>,
    /// When the shipment deadline passes (R4).
    pub(crate) deadlines: Column<u32>,
    pub(crate) is_silent: Column<u32>,
    /// The buyer has changed its mind; otherwise the item is out of stock.
    pub(crate) is_mind: Column<u32>,
    pub(crate) is_steered: Column<u32>,
    /// The seller's reason is chosen, by this uniform of its part of the menu (R3).
    pub(crate) blames_seller: Column<u32>,
    pub(crate) reasons: Column<u32>,
    /// What is counted, a bit a fact; see [`crate::engine::books::sums`].
    pub(crate) facts: Column<u32>,
    pub(crate) events: Column<u32>,
    len: usize,
}

impl Default for Suspects {
    fn default() -> Self {
        Self {
            bits: [[0; BATCH]; 5],
            keys: [Key::default(); BATCH],
            sellers: [0; BATCH],
            seller_segments: [0; BATCH],
            buyer_segments: [0; BATCH],
            buyers: [0; BATCH],
            values: [1; BATCH],
            placed: [0; BATCH],
            shipped: [0; BATCH],
            delivered: [0; BATCH],
            confirmed: [0; BATCH],
            promised: [0; BATCH],
            opportunism: [0; BATCH],
            causes: [0; BATCH],
            dispositions: [disposition::OPEN; BATCH],
            claimed: [0; BATCH],
            is_defect: [0; BATCH],
            is_after_sale: [0; BATCH],
            completes: [0; BATCH],
            is_completed: [0; BATCH],
            requested: [0; BATCH],
            granted: [0; BATCH],
            deadlines: [0; BATCH],
            is_silent: [0; BATCH],
            is_mind: [0; BATCH],
            is_steered: [0; BATCH],
            blames_seller: [0; BATCH],
            reasons: [0; BATCH],
            facts: [0; BATCH],
            events: [0; BATCH],
            len: 0,
        }
    }
}

impl Suspects {
    /// Takes all orders off.
    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    /// Number of orders.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no room for another.
    pub(crate) const fn is_full(&self) -> bool {
        self.len == BATCH
    }

    /// Takes over the order at a place of a batch of one seller segment.
    #[inline]
    pub(crate) fn enter(
        &mut self,
        tables: &Tables,
        batch: &Batch,
        from: usize,
        segment: usize,
        seller: usize,
    ) {
        let (place, from) = (self.len % BATCH, from % BATCH);
        self.len += 1;
        self.keys[place] = batch.keys[from];
        self.sellers[place] = seller as u32;
        self.seller_segments[place] = segment as u32;
        self.buyer_segments[place] = u32::from(batch.buyer_segments[from]);
        self.buyers[place] = buyer_number(tables, batch.buyers[from]);
        self.values[place] = batch.values[from];
        self.placed[place] = batch.placed[from];
        self.shipped[place] = batch.shipped[from];
        self.delivered[place] = batch.delivered[from];
        self.confirmed[place] = batch.confirmed[from];
        self.promised[place] = batch.promised[from];
        self.opportunism[place] = batch.opportunism[from];
        self.causes[place] = u32::from(batch.causes[from]);
    }

    /// The two uniforms of a column of bits.
    #[inline(always)]
    pub(crate) fn uniforms(&self, column: usize, first: usize) -> (Lanes<u32>, Lanes<u32>) {
        let bits = lanes_of(&self.bits[column], first);
        (upper(&bits), lower(&bits))
    }

    /// Decides nothing.
    pub(crate) fn leave_open(&mut self) {
        self.dispositions = [disposition::OPEN; BATCH];
    }

    /// What becomes of an order; see [`disposition`].
    pub(crate) const fn disposition(&self, place: usize) -> u8 {
        self.dispositions[place]
    }

    /// Whether the claim of an order comes too late for a dispute (R9).
    pub(crate) const fn is_after_sale(&self, place: usize) -> bool {
        self.is_after_sale[place] == 1
    }

    /// Number of the segment of its seller.
    pub(crate) const fn seller_segment(&self, place: usize) -> usize {
        self.seller_segments[place] as usize
    }

    /// Number of the seller in its shard.
    pub(crate) const fn seller(&self, place: usize) -> usize {
        self.sellers[place] as usize
    }

    /// Whether lanes could not tell everything, so that the order has to be drawn again.
    const fn is_unsure(&self, place: usize) -> bool {
        self.causes[place] & cause::UNSURE as u32 != 0
    }

    /// Writes down an order that is decided alone. It is written where it stays: a copy of what has just been written would wait
    /// for it to arrive.
    #[inline]
    pub(crate) fn write_order(
        &self,
        tables: &Tables,
        place: usize,
        traits: &Traits,
        day: Day,
        order: &mut Order,
    ) {
        if self.is_unsure(place) {
            *order = self.redrawn_order(tables, place, traits, day);
        } else {
            *order = self.order(place, day);
        }
    }

    #[cold]
    #[inline(never)]
    fn redrawn_order(&self, tables: &Tables, place: usize, traits: &Traits, day: Day) -> Order {
        let day = instant(day, self.placed[place]).day();
        SellerDay { tables, traits, day }.order(self.keys[place], self.seller(place))
    }

    /// What else is drawn of it.
    #[inline]
    pub(crate) fn drawn(
        &self,
        tables: &Tables,
        place: usize,
        traits: &Traits,
        day: Day,
        order: &Order,
        is_shipped_anyway: bool,
    ) -> Drawn {
        if self.is_unsure(place) {
            return Drawn { is_shipped_anyway, ..draw(tables, order, traits) };
        }
        let at = |seconds: u32| instant(day, seconds);
        let holds = |cause: u8| self.causes[place] & u32::from(cause) != 0;
        let promised = self.promised[place];
        Drawn {
            delivered: at(self.delivered[place]),
            confirmed: at(self.confirmed[place]),
            promised: if promised == NEVER { SimTime::NEVER } else { at(promised) },
            is_out_of_stock: holds(cause::STOCK_OUT),
            changes_mind: holds(cause::CHANGE_OF_MIND),
            is_lost: holds(cause::LOSS),
            is_defective: holds(cause::DEFECT),
            may_be_opportunistic: holds(cause::OPPORTUNISM),
            opportunism: self.opportunism[place],
            is_shipped_anyway,
        }
    }

    /// An order as lanes drew it.
    #[inline]
    fn order(&self, place: usize, day: Day) -> Order {
        Order {
            key: self.keys[place],
            placed: instant(day, self.placed[place]),
            shipped: instant(day, self.shipped[place]),
            value: Money(i64::from(self.values[place])),
            buyer: self.buyers[place],
            seller: self.sellers[place] as u16,
            buyer_segment: self.buyer_segments[place] as u8,
            is_counted: day.0 >= 0,
        }
    }

    /// What the case of an order begins with whose buyer will claim.
    #[inline]
    pub(crate) fn claim(&self, place: usize, day: Day) -> Opening {
        let kind =
            if self.is_defect[place] == 1 { DisputeKind::NotAsDescribed } else { DisputeKind::Opportunistic };
        Opening {
            order: self.order(place, day),
            trouble: Trouble::Claim { kind },
            what: if self.is_after_sale[place] == 1 { EventKind::AskAfterSale } else { EventKind::File },
            at: instant(day, self.claimed[place]),
            delivered: instant(day, self.delivered[place]),
            completes: instant(day, self.completes[place]),
        }
    }

    /// What an order adds to the sums of its parties whose end is predetermined.
    #[inline]
    pub(crate) fn contribution(&self, place: usize, is_counted: bool) -> Contribution {
        let value = if is_counted { u64::from(self.values[place]) } else { 0 };
        let (refunded, released) = match self.dispositions[place] {
            disposition::CANCELLED => (value, 0),
            disposition::COMPLETES => (0, value),
            _ => (0, 0),
        };
        Contribution {
            facts: self.facts[place],
            by: refund_of(Step::AgreeCancel),
            paid: value,
            refunded,
            released,
            events: u64::from(self.events[place]),
        }
    }

    /// What the auditor looks at.
    pub(crate) fn facts(&self) -> SuspectFacts<'_> {
        let len = self.len;
        SuspectFacts {
            dispositions: &self.dispositions[..len],
            placed: &self.placed[..len],
            shipped: &self.shipped[..len],
            completes: &self.completes[..len],
            requested: &self.requested[..len],
            granted: &self.granted[..len],
            values: &self.values[..len],
        }
    }
}
