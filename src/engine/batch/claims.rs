//! Whether the buyers of orders that are handed over will claim (R6), when, and when the orders complete: sixteen at a time.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::suspects::Suspects;
use crate::behavior::{Purpose, claiming};
use crate::engine::books::sums::{OF_CANCELLED, OF_HANDED_OVER, Sums, fact, facts_of};
use crate::engine::ground::columns::{cause, write};
use crate::engine::ground::lane_arithmetic::{NEVER, after, happens, second};
use crate::engine::setup::tables::Tables;
use crate::market::Step;
use crate::observe::course::disposition;
use crate::observe::{Auditor, Count};
use crate::policy::{completion, dispute};
use crate::sim::lanes::{LANES, Vectorisable, bit, either, lanes, lanes_of, saturating_sum, upper};
use crate::sim::{Day, Key, SimTime};

/// Decides what becomes of the orders of a day that may be in trouble, as far as it can be told in advance.
pub(crate) struct DecidingSuspects<'a> {
    pub(crate) suspects: &'a mut Suspects,
    /// Nobody stops the orders from being handed over; otherwise their buyers may ask to cancel them.
    pub(crate) are_shipped: bool,
    pub(crate) tables: &'a Tables,
    /// The key of the market's buyers.
    pub(crate) buyers: Key,
    pub(crate) day: Day,
    pub(crate) sums: &'a mut Sums,
    pub(crate) auditor: &'a mut Auditor,
}

impl Vectorisable for DecidingSuspects<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { suspects, are_shipped, tables, buyers, day, sums, auditor } = self;
        let len = suspects.len();
        if !tables.predetermines || !(are_shipped || tables.any.cancels_alone) {
            return suspects.leave_open();
        }
        if are_shipped {
            for first in (0..len).step_by(LANES) {
                suspects.draw_bits_of_claims(first);
            }
            for first in (0..len).step_by(LANES) {
                suspects.predetermine_claim(tables, buyers, day, first);
            }
            for first in (0..len).step_by(LANES) {
                suspects.predetermine_completion(tables, day, first);
            }
        } else {
            for first in (0..len).step_by(LANES) {
                suspects.draw_bits_of_cancels(first);
            }
            for first in (0..len).step_by(LANES) {
                suspects.predetermine_request(tables, day, first);
            }
            for first in (0..len).step_by(LANES) {
                suspects.predetermine_reason(tables, first);
            }
            for first in (0..len).step_by(LANES) {
                suspects.predetermine_grant(tables, day, first);
            }
        }
        auditor.see_dispositions(&suspects.facts(), day.0 >= 0);
        for place in 0..len {
            if suspects.disposition(place) != disposition::OPEN {
                let (seller, buyer) = (suspects.sellers[place], suspects.buyer_segments[place]);
                let contribution = suspects.contribution(place, day.0 >= 0);
                if are_shipped {
                    sums.add::<OF_HANDED_OVER>(seller, buyer, &contribution);
                } else {
                    sums.add::<OF_CANCELLED>(seller, buyer, &contribution);
                }
            }
        }
    }
}

/// Columns of random bits.
const CLAIM: usize = 0;
const NOTICE: usize = 1;

/// What keeps lanes from telling whether the buyer of an order that is handed over will claim.
const DOUBTS: u32 = (cause::UNSURE | cause::LOSS | cause::LATENESS) as u32;

impl Suspects {
    #[inline(always)]
    fn draw_bits_of_claims(&mut self, first: usize) {
        let keys = lanes_of(&self.keys, first);
        write(&mut self.bits[CLAIM], first, &Key::bits_of(&keys, Purpose::ClaimAndConfirmsFirst as u64));
        write(&mut self.bits[NOTICE], first, &Key::bits_of(&keys, Purpose::NoticeAndSeverity as u64));
    }

    /// Whether the buyers claim, and when.
    #[inline(always)]
    fn predetermine_claim(&mut self, tables: &Tables, buyers: Key, day: Day, first: usize) {
        let (banks, rule) = (&tables.buyer_banks, &tables.world.policy.dispute);
        let (causes, segments) = (lanes_of(&self.causes, first), lanes_of(&self.buyer_segments, first));
        let (placed, shipped) = (lanes_of(&self.placed, first), lanes_of(&self.shipped, first));
        let (delivered, promised) = (lanes_of(&self.delivered, first), lanes_of(&self.promised, first));
        let (claims, _) = self.uniforms(CLAIM, first);
        let (notice, _) = self.uniforms(NOTICE, first);
        let given_defect = tables.buyers.chance(&segments, |buyer| buyer.claim_given_defect);
        let is_defect = lanes(|lane| u32::from(causes[lane] & u32::from(cause::DEFECT) != 0));
        let mut is_claimed = lanes(|lane| is_defect[lane] & happens(claims[lane], given_defect[lane]));
        if tables.draws_opportunism_or_promise {
            let (numbers, drawn) = (lanes_of(&self.buyers, first), lanes_of(&self.opportunism, first));
            let of_buyer = lanes(|lane| buyers.child(u64::from(numbers[lane])));
            let own = banks.opportunism.of_lanes::<true>(&segments, &upper(&Key::bits_of(&of_buyer, 0)));
            is_claimed = lanes(|lane| {
                let may_claim = u32::from(causes[lane] & u32::from(cause::OPPORTUNISM) != 0);
                let is_opportunistic =
                    may_claim & happens(drawn[lane], own[lane].saturating_sub(1)) & (1 - is_defect[lane]);
                is_claimed[lane] | is_opportunistic
            });
        }
        let delay = banks.notice_delay.of_lanes::<true>(&segments, &notice);
        let opens_after = rule.opens_after.0.clamp(0, i64::from(NEVER)) as u32;
        let at_once_below = rule.opens_at_once_below.0.clamp(0, i64::from(NEVER)) as u32;
        let claimed = lanes(|lane| {
            let is_soon = promised[lane] != NEVER && promised[lane] - placed[lane] < at_once_below;
            let opens = dispute::opens(shipped[lane], saturating_sum(shipped[lane], opens_after), is_soon);
            saturating_sum(delivered[lane], delay[lane]).max(opens)
        });
        let horizon = second(tables.horizon, day);
        let dispositions = lanes(|lane| {
            let is_told = u32::from(causes[lane] & DOUBTS == 0);
            // A claim after the end of the run is looked at alone.
            let is_inside = u32::from(claimed[lane] < horizon);
            let claims = is_inside * u32::from(disposition::CLAIMS);
            (is_told * either(claims, is_claimed[lane], u32::from(disposition::COMPLETES))) as u8
        });
        write(&mut self.claimed, first, &claimed);
        write(&mut self.is_defect, first, &is_defect);
        write(&mut self.dispositions, first, &dispositions);
    }

    /// When the orders complete if no dispute stops them, and whether claims come in time for one (R9).
    #[inline(always)]
    fn predetermine_completion(&mut self, tables: &Tables, day: Day, first: usize) {
        let policy = &tables.world.policy;
        let (shipped, delivered) = (lanes_of(&self.shipped, first), lanes_of(&self.delivered, first));
        let (confirmed, claimed) = (lanes_of(&self.confirmed, first), lanes_of(&self.claimed, first));
        let (dispositions, segments) =
            (lanes_of(&self.dispositions, first), lanes_of(&self.buyer_segments, first));
        let (_, confirms) = self.uniforms(CLAIM, first);
        let confirms_first = tables.buyers.chance(&segments, |buyer| buyer.confirms_first);
        let protected = after(policy.completion.protection_period, tables.world.day_zero, day, &shipped);
        let confirmable =
            after(policy.completion.confirmation_period, tables.world.day_zero, day, &delivered);
        let is_claimed = lanes(|lane| u32::from(dispositions[lane] == disposition::CLAIMS));
        let completes = lanes(|lane| {
            let automatic = completion::automatic(protected[lane], confirmable[lane]);
            let is_first = happens(confirms[lane], confirms_first[lane]);
            let is_confirmed = claiming::confirms(is_claimed[lane], is_first);
            completion::completes_at(automatic, confirmed[lane], is_confirmed == 1)
        });
        let admitted = after(policy.dispute.after_completion, tables.world.day_zero, day, &completes);
        let is_after_sale = lanes(|lane| u32::from(!dispute::is_in_time(claimed[lane], admitted[lane])));
        let (measured_from, horizon) = (second(SimTime(0), day), second(tables.horizon, day));
        let is_counted = u32::from(day.0 >= 0);
        let is_over = lanes(|lane| u32::from(completes[lane] < horizon));
        let dispositions = lanes(|lane| {
            let is_told = is_claimed[lane] & u32::from(completes[lane] != NEVER)
                | is_over[lane] & (1 - is_claimed[lane]);
            dispositions[lane] * is_told as u8
        });
        let is_completed = lanes(|lane| {
            is_over[lane]
                & ((1 - is_claimed[lane])
                    | u32::from(completion::completes_before(completes[lane], claimed[lane])))
        });
        let facts = lanes(|lane| {
            let is_measured = is_completed[lane] & u32::from(completes[lane] >= measured_from);
            bit(is_counted, fact(Count::OrdersPlaced)) | bit(is_measured, const { facts_of(Step::Complete) })
        });
        write(&mut self.completes, first, &completes);
        write(&mut self.is_completed, first, &is_completed);
        write(&mut self.is_after_sale, first, &is_after_sale);
        write(&mut self.dispositions, first, &dispositions);
        write(&mut self.facts, first, &facts);
        write(&mut self.events, first, &lanes(|lane| 1 + is_completed[lane]));
    }
}
