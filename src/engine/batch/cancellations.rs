//! Orders whose buyers ask to cancel before shipment and are granted it (R2, R3), where the request concerns no other order of
//! the seller: sixteen at a time.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::suspects::Suspects;
use crate::behavior::{Purpose, SellerTables, cancelling};
use crate::engine::books::effects::ReasonEffects;
use crate::engine::books::sums::{fact, facts, facts_of};
use crate::engine::ground::columns::{cause, write};
use crate::engine::ground::lane_arithmetic::{NEVER, after_if, happens, part_of_deadline, second};
use crate::engine::setup::tables::Tables;
use crate::market::{Attribution, Step};
use crate::observe::Count;
use crate::observe::course::disposition;
use crate::policy::cancellation::{ShipmentRace, counts_change_of_mind};
use crate::policy::dispute::is_in_time;
use crate::sim::lanes::{LANES, Lanes, bit, either, lanes, lanes_of, saturating_sum};
use crate::sim::{Day, Key, SimTime};

/// What keeps lanes from telling what becomes of a request to cancel.
const DOUBTS: u32 = (cause::UNSURE | cause::SLOWNESS) as u32;

/// Columns of random bits.
const DELAYS: usize = 0;
const ANSWER: usize = 1;
const RESPONSE: usize = 2;
const REASON: usize = 3;
const STEERING: usize = 4;

/// What is counted by whose reason a buyer chose.
const BUYERS_REASON: u32 = facts(ReasonEffects::of(Attribution::Buyer).counts);
const SELLERS_REASON: u32 = facts(ReasonEffects::of(Attribution::Seller).counts);

impl Suspects {
    #[inline(always)]
    pub(crate) fn draw_bits_of_cancels(&mut self, first: usize) {
        let keys = lanes_of(&self.keys, first);
        write(&mut self.bits[DELAYS], first, &Key::bits_of(&keys, Purpose::CancelDelays as u64));
        write(&mut self.bits[ANSWER], first, &Key::bits_of(&keys, Purpose::CancelAnswer as u64));
        write(&mut self.bits[RESPONSE], first, &Key::bits_of(&keys, Purpose::CancelResponse as u64));
        write(&mut self.bits[REASON], first, &Key::bits_of(&keys, Purpose::ReasonAndMenu as u64));
        write(&mut self.bits[STEERING], first, &Key::bits_of(&keys, Purpose::Steering as u64));
    }

    /// Whether the buyers of orders that are not shipped yet ask to cancel, and when.
    #[inline(always)]
    pub(crate) fn predetermine_request(&mut self, tables: &Tables, day: Day, first: usize) {
        let policy = &tables.world.policy;
        let is_exclusive = policy.cancellation.race == ShipmentRace::Exclusive;
        let (causes, segments) = (lanes_of(&self.causes, first), lanes_of(&self.buyer_segments, first));
        let (placed, shipped) = (lanes_of(&self.placed, first), lanes_of(&self.shipped, first));
        let seller_segments = lanes_of(&self.seller_segments, first);
        let (notice, delay) = self.uniforms(DELAYS, first);
        let notice = tables.seller_banks.stock_out_notice.of_lanes::<true>(&seller_segments, &notice);
        let delay = tables.buyer_banks.change_of_mind_delay.of_lanes::<true>(&segments, &delay);
        let out = lanes(|lane| u32::from(causes[lane] & u32::from(cause::STOCK_OUT) != 0));
        // Sums of all lanes first: one that is worked out only where it matters is worked out lane by lane.
        let (told, changes) = (
            lanes(|lane| saturating_sum(placed[lane], notice[lane])),
            lanes(|lane| saturating_sum(placed[lane], delay[lane])),
        );
        let noticed = lanes(|lane| either(told[lane], out[lane], NEVER));
        let changed = lanes(|lane| {
            let at = changes[lane];
            let is_drawn = causes[lane] & u32::from(cause::CHANGE_OF_MIND) != 0;
            let counts = counts_change_of_mind(is_exclusive, out[lane] == 1, at, shipped[lane]);
            if is_drawn && counts { at } else { NEVER }
        });
        let requested = lanes(|lane| noticed[lane].min(changed[lane]));
        let is_mind = lanes(|lane| u32::from(changed[lane] <= noticed[lane]));
        // The buyer of an item that is out of stock may lose its patience before it is told.
        let is_patient = u32::from(tables.buyer_banks.shipping_patience.is_none() || is_exclusive);
        let is_alone = tables.sellers.of_lanes(&seller_segments, |seller| u32::from(!seller.cancels_meet()));
        let asks = lanes(|lane| {
            let is_sure = u32::from(causes[lane] & DOUBTS == 0) & (is_patient | (1 - out[lane]));
            is_sure & u32::from(requested[lane] != NEVER) & is_alone[lane]
        });
        let deadline = after_if(policy.shipment.deadline, tables.world.day_zero, day, &placed, &asks);
        let dispositions = lanes(|lane| {
            let is_in_time = u32::from(requested[lane] <= deadline[lane]);
            (asks[lane] * is_in_time * u32::from(disposition::CANCELLED)) as u8
        });
        write(&mut self.dispositions, first, &dispositions);
        write(&mut self.requested, first, &requested);
        write(&mut self.deadlines, first, &deadline);
        write(&mut self.is_mind, first, &is_mind);
    }

    /// Which side's reason the buyers choose (R3), and whether the seller's asking made the difference (R5).
    #[inline(always)]
    pub(crate) fn predetermine_reason(&mut self, tables: &Tables, first: usize) {
        let (seller_segments, segments) =
            (lanes_of(&self.seller_segments, first), lanes_of(&self.buyer_segments, first));
        let is_mind = lanes_of(&self.is_mind, first);
        let (honesty, menu) = self.uniforms(REASON, first);
        let (asks, complies) = self.uniforms(STEERING, first);
        let honest = tables.buyers.chance(&segments, |buyer| buyer.reason_honesty);
        let (steering, compliance) = (
            tables.sellers.chance(&seller_segments, |seller| seller.steering),
            tables.buyers.chance(&segments, |buyer| buyer.steering_compliance),
        );
        let own_choice = lanes(|lane| {
            let is_honest = happens(honesty[lane], honest[lane]);
            cancelling::blames_seller(1 - is_mind[lane], is_honest)
        });
        let is_steered = lanes(|lane| {
            let (asks, complies) =
                (happens(asks[lane], steering[lane]), happens(complies[lane], compliance[lane]));
            cancelling::is_steered(own_choice[lane], asks, complies)
        });
        write(&mut self.is_steered, first, &is_steered);
        write(&mut self.blames_seller, first, &lanes(|lane| own_choice[lane] & (1 - is_steered[lane])));
        write(&mut self.reasons, first, &menu);
    }

    /// Whether the requests are granted before anything else happens, and what is counted of them.
    #[inline(always)]
    pub(crate) fn predetermine_grant(&mut self, tables: &Tables, day: Day, first: usize) {
        let (sellers, policy) = (&tables.sellers, &tables.world.policy);
        let (requested, deadline) = (lanes_of(&self.requested, first), lanes_of(&self.deadlines, first));
        let dispositions = lanes_of(&self.dispositions, first);
        let asks = lanes(|lane| u32::from(dispositions[lane] == disposition::CANCELLED));
        let seller_segments = lanes_of(&self.seller_segments, first);
        let is_mind = lanes_of(&self.is_mind, first);
        let due = after_if(policy.cancellation.silence, tables.world.day_zero, day, &requested, &asks);
        let (agrees, apart) = self.uniforms(ANSWER, first);
        let (uniform, silent) = self.response_of(tables, first, &apart);
        let mut delay = tables.seller_banks.cancel_response_time.of_lanes::<true>(&seller_segments, &uniform);
        if tables.any.answers_cancels_by_deadline {
            let is_fraction =
                sellers.of_lanes(&seller_segments, |seller| u32::from(seller.answers_cancels_by_deadline()));
            delay = lanes(|lane| {
                let of_deadline = part_of_deadline(requested[lane], due[lane], delay[lane]);
                either(of_deadline, is_fraction[lane], delay[lane])
            });
        }
        let never = sellers.chance(&seller_segments, SellerTables::never_answers_cancels);
        let answered = lanes(|lane| {
            let is_silent = happens(silent[lane], never[lane]);
            either(NEVER, is_silent, saturating_sum(requested[lane], delay[lane]))
        });
        let is_silent =
            lanes(|lane| u32::from(!is_in_time(answered[lane], due[lane]) || answered[lane] == NEVER));
        let granted = lanes(|lane| either(due[lane], is_silent[lane], answered[lane]));
        let (out, shipped) = (lanes_of(&self.causes, first), lanes_of(&self.shipped, first));
        let is_raced = u32::from(policy.cancellation.race == ShipmentRace::Open);
        let agreed = sellers.chance(&seller_segments, |seller| seller.agrees_to_cancel);
        let horizon = second(tables.horizon, day);
        let is_told = lanes(|lane| {
            let is_out = u32::from(out[lane] & u32::from(cause::STOCK_OUT) != 0);
            let overtakes = is_raced & (1 - is_out) & u32::from(shipped[lane] <= deadline[lane]);
            // The parcel comes before an answer of the same instant; its deadline comes after that, but before the other's.
            let limit = either(shipped[lane], overtakes, deadline[lane]);
            let is_first = u32::from(granted[lane] < limit)
                | (1 - overtakes) & (1 - is_silent[lane]) & u32::from(granted[lane] == limit);
            let is_granted =
                is_silent[lane] | cancelling::agrees(1 - is_mind[lane], happens(agrees[lane], agreed[lane]));
            is_first & is_granted & u32::from(granted[lane] < horizon)
        });
        write(&mut self.dispositions, first, &lanes(|lane| dispositions[lane] * is_told[lane] as u8));
        write(&mut self.granted, first, &granted);
        write(&mut self.is_silent, first, &is_silent);
        self.count_cancelled(tables, day, first);
    }

    /// The uniforms of an answer and of silence.
    #[inline(always)]
    fn response_of(&self, tables: &Tables, first: usize, apart: &Lanes<u32>) -> (Lanes<u32>, Lanes<u32>) {
        let (with_disputes, silent) = self.uniforms(RESPONSE, first);
        let is_apart = tables.sellers.of_lanes(&lanes_of(&self.seller_segments, first), |seller| {
            u32::from(seller.cancel_response.is_some())
        });
        (lanes(|lane| either(apart[lane], is_apart[lane], with_disputes[lane])), silent)
    }

    /// What is counted of the cancelled.
    #[inline(always)]
    fn count_cancelled(&mut self, tables: &Tables, day: Day, first: usize) {
        let (measured_from, horizon) = (second(SimTime(0), day), second(tables.horizon, day));
        let (requested, granted) = (lanes_of(&self.requested, first), lanes_of(&self.granted, first));
        let (is_silent, is_mind) = (lanes_of(&self.is_silent, first), lanes_of(&self.is_mind, first));
        let (is_steered, blames) = (lanes_of(&self.is_steered, first), lanes_of(&self.blames_seller, first));
        let is_counted = u32::from(day.0 >= 0);
        let facts = lanes(|lane| {
            let is_asked = u32::from(requested[lane] >= measured_from && requested[lane] < horizon);
            let is_granted = u32::from(granted[lane] >= measured_from);
            bit(is_counted, fact(Count::OrdersPlaced))
                | bit(is_asked, const { facts_of(Step::RequestCancel) })
                | bit(is_asked & is_steered[lane], fact(Count::ReasonsSteered))
                | bit(is_granted & is_silent[lane], const { facts_of(Step::GrantCancelBySilence) })
                | bit(is_granted & (1 - blames[lane]), BUYERS_REASON)
                | bit(is_granted & blames[lane], SELLERS_REASON)
                | bit(is_granted & is_mind[lane], fact(ReasonEffects::of_cause(Attribution::Buyer)))
                | bit(is_granted & (1 - is_mind[lane]), fact(ReasonEffects::of_cause(Attribution::Seller)))
        });
        write(&mut self.facts, first, &facts);
        // Placed, asked for and granted.
        write(&mut self.events, first, &[3; LANES]);
    }
}
