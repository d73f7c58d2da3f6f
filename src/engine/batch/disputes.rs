//! What will become of disputes, sixteen at a time: what is asked for (R1), how the seller answers (R6) and
//! how the platform rules, whoever else is at the desk.
//!
//! The draws are those of [`crate::behavior`]. Where more than one round, an agreement apart or the end of the run would come
//! in, the dispute is not predetermined and goes through the flows.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::dispute_columns::{DisputeColumns, kind};
use crate::behavior::{Purpose, claiming, negotiating, ruling};
use crate::engine::ground::columns::write;
use crate::engine::ground::lane_arithmetic::{NEVER, after, happens, part_of_deadline, second};
use crate::engine::setup::lookup::SellerLookup;
use crate::engine::setup::tables::Tables;
use crate::policy::dispute::{SilenceOutcome, is_in_time};
use crate::sim::lanes::{LANES, Lanes, Vectorisable, either, lanes, lanes_of, lower, saturating_sum, upper};
use crate::sim::{Day, Key, SimTime};

/// Predetermines how disputes go on.
pub(crate) struct PredeterminingDisputes<'a> {
    pub(crate) disputes: &'a mut DisputeColumns,
    pub(crate) tables: &'a Tables,
    pub(crate) sellers: &'a SellerLookup,
    /// Whether the sellers answer from desks; otherwise after delays.
    pub(crate) at_desk: bool,
}

impl Vectorisable for PredeterminingDisputes<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { disputes, tables, sellers, at_desk } = self;
        let (len, day) = (disputes.len(), disputes.day);
        for first in (0..len).step_by(LANES) {
            disputes.draw_bits(first, at_desk);
        }
        for first in (0..len).step_by(LANES) {
            disputes.predetermine_request(tables, first);
        }
        for first in (0..len).step_by(LANES) {
            disputes.predetermine_answer(tables, sellers, first);
        }
        for first in (0..len).step_by(LANES) {
            disputes.predetermine_instants(tables, day, first, at_desk);
        }
        for first in (0..len).step_by(LANES) {
            disputes.predetermine_ruling(tables, first);
        }
        for first in (0..len).step_by(LANES) {
            disputes.predetermine_limits(tables, day, first);
        }
        if tables.has_appeals {
            for first in (0..len).step_by(LANES) {
                disputes.leave_out_rulings(tables, first, at_desk);
            }
        }
    }
}

/// Columns of random bits.
const NOTICE: usize = 0;
const REQUEST: usize = 1;
const ANSWER: usize = 2;
const REPLY: usize = 3;
const RESPONSE: usize = 4;
const MEDIATION: usize = 5;
const RULING: usize = 6;
const AWARD: usize = 7;
const LIABILITY: usize = 8;

impl DisputeColumns {
    #[inline(always)]
    fn draw_bits(&mut self, first: usize, at_desk: bool) {
        let keys = lanes_of(&self.keys, first);
        let response = if at_desk { Purpose::Service } else { Purpose::Response };
        write(&mut self.bits[NOTICE], first, &Key::bits_of(&keys, Purpose::NoticeAndSeverity as u64));
        write(&mut self.bits[REQUEST], first, &Key::bits_of(&keys, Purpose::Request as u64));
        write(&mut self.bits[ANSWER], first, &Key::bits_of(&keys, Purpose::Answer as u64));
        write(&mut self.bits[REPLY], first, &Key::bits_of(&keys, Purpose::AfterRejection as u64));
        write(&mut self.bits[RESPONSE], first, &Key::bits_of(&keys, response as u64));
        write(&mut self.bits[MEDIATION], first, &Key::bits_of(&keys, Purpose::MediationDelay as u64));
        write(&mut self.bits[RULING], first, &Key::bits_of(&keys, Purpose::Ruling as u64));
        write(&mut self.bits[AWARD], first, &Key::bits_of(&keys, Purpose::Award as u64));
        write(&mut self.bits[LIABILITY], first, &Key::bits_of(&keys, Purpose::Liability as u64));
    }

    #[inline(always)]
    fn uniforms(&self, column: usize, first: usize) -> (Lanes<u32>, Lanes<u32>) {
        let bits = lanes_of(&self.bits[column], first);
        (upper(&bits), lower(&bits))
    }

    /// What the claims are worth in truth, what is asked for them (R1), and whether they come to a dispute that runs its
    /// course.
    #[inline(always)]
    fn predetermine_request(&mut self, tables: &Tables, first: usize) {
        let (buyers, sellers) = (&tables.buyers, &tables.sellers);
        let (kinds, values) = (lanes_of(&self.kinds, first), lanes_of(&self.values, first));
        let (buyer_segments, seller_segments) =
            (lanes_of(&self.buyer_segments, first), lanes_of(&self.seller_segments, first));
        let (_, severity) = self.uniforms(NOTICE, first);
        let severity = tables.seller_banks.severity.of_lanes::<true>(&seller_segments, &severity);
        // Choices between what is known of all lanes: three ways to go would be gone lane by lane.
        let is_defect = lanes(|lane| u32::from(kinds[lane] == kind::NOT_AS_DESCRIBED));
        let is_missing = lanes(|lane| u32::from(kinds[lane] == kind::NOT_RECEIVED));
        let harm = lanes(|lane| claiming::harmed_part(is_missing[lane], is_defect[lane], severity[lane]));
        let (full, fraction) = self.uniforms(REQUEST, first);
        let in_full = buyers.chance(&buyer_segments, |buyer| buyer.full_request);
        let is_full = lanes(|lane| is_missing[lane] | happens(full[lane], in_full[lane]));
        let drawn = tables.buyer_banks.requested.of_lanes::<true>(&buyer_segments, &fraction);
        let is_greed = buyers.of_lanes(&buyer_segments, |buyer| u32::from(buyer.is_greed));
        let part = lanes(|lane| claiming::requested_part(is_greed[lane], harm[lane], drawn[lane]));
        let requested = lanes(|lane| claiming::requested(values[lane], part[lane], is_full[lane]));
        let lost = lanes(|lane| claiming::lost(values[lane], harm[lane]));
        let mut is_predetermined = lanes(|lane| u32::from(kinds[lane] != kind::OTHER));
        let keys = lanes_of(&self.keys, first);
        let is_coming = lanes_of(&self.is_coming, first);
        let withdrawal = upper(&Key::bits_of(&keys, Purpose::Withdrawal as u64));
        let withdraws = buyers.chance(&buyer_segments, |buyer| buyer.withdraws_on_arrival);
        is_predetermined = lanes(|lane| {
            let waits = is_missing[lane] & is_coming[lane];
            let may_withdraw = happens(withdrawal[lane], withdraws[lane]);
            is_predetermined[lane] & (1 - (waits & may_withdraw))
        });
        if tables.any.settles_offline {
            let bits = Key::bits_of(&keys, Purpose::OfflineOffer as u64);
            let (offers, takes) = (upper(&bits), lower(&bits));
            let (offer, compliance) = (
                sellers.chance(&seller_segments, |seller| seller.offline_offer),
                buyers.chance(&buyer_segments, |buyer| buyer.offline_compliance),
            );
            is_predetermined = lanes(|lane| {
                let settles = happens(offers[lane], offer[lane]) & happens(takes[lane], compliance[lane]);
                is_predetermined[lane] & (1 - settles)
            });
        }
        if tables.any.asks_return {
            // A return goes through the flow (R13).
            let asks = upper(&Key::bits_of(&keys, Purpose::AsksReturnAndDelay as u64));
            let chance = buyers.chance(&buyer_segments, |buyer| buyer.asks_return);
            is_predetermined = lanes(|lane| {
                let asks_return = (1 - is_missing[lane]) & happens(asks[lane], chance[lane]);
                is_predetermined[lane] & (1 - asks_return)
            });
        }
        write(&mut self.requested, first, &requested);
        write(&mut self.harm, first, &lost);
        write(&mut self.is_predetermined, first, &lanes(|lane| is_predetermined[lane] as u8));
    }

    /// Whether the sellers accept (R6), and whether buyers who are rejected wait for the platform.
    #[inline(always)]
    fn predetermine_answer(&mut self, tables: &Tables, sellers: &SellerLookup, first: usize) {
        let (kinds, values) = (lanes_of(&self.kinds, first), lanes_of(&self.values, first));
        let (buyer_segments, seller_segments) =
            (lanes_of(&self.buyer_segments, first), lanes_of(&self.seller_segments, first));
        let requested = lanes_of(&self.requested, first);
        let places = lanes_of(&self.sellers, first);
        let (accepts, counters) = self.uniforms(ANSWER, first);
        let up_to = tables.sellers.of_lanes(&seller_segments, |seller| seller.accept_up_to.0);
        let limit = tables.sellers.of_lanes(&seller_segments, |seller| seller.accept_value_limit);
        let (founded, unfounded) =
            (sellers.accept.of_lanes(&places), sellers.accept_unfounded.of_lanes(&places));
        let accepted = lanes(|lane| {
            let chance = if kinds[lane] == kind::OPPORTUNISTIC { unfounded[lane] } else { founded[lane] };
            let is_willing = happens(accepts[lane], chance);
            negotiating::accepts(requested[lane], values[lane], up_to[lane], limit[lane], is_willing)
        });
        let (modifies, waits) = self.uniforms(REPLY, first);
        let counter = tables.sellers.chance(&seller_segments, |seller| seller.counter_offer);
        let modify = tables.buyers.chance(&buyer_segments, |buyer| buyer.modifies);
        let wait = tables.buyers.chance(&buyer_segments, |buyer| buyer.wait_for_platform);
        let rule = &tables.policy().dispute;
        let is_predetermined = lanes_of(&self.is_predetermined, first);
        let is_predetermined = lanes(|lane| {
            let modified =
                u32::from(rule.may_modify(0, requested[lane])) & happens(modifies[lane], modify[lane]);
            let waits_on = happens(waits[lane], wait[lane])
                & (1 - happens(counters[lane], counter[lane]))
                & (1 - modified);
            u32::from(is_predetermined[lane]) & (accepted[lane] | waits_on)
        });
        write(&mut self.accepts, first, &accepted);
        write(&mut self.is_predetermined, first, &lanes(|lane| is_predetermined[lane] as u8));
    }

    /// Until when the sellers may answer (R8), when those do who have no desk, and when the platform would step in.
    #[inline(always)]
    fn predetermine_instants(&mut self, tables: &Tables, day: Day, first: usize, at_desk: bool) {
        let (sellers, rule) = (&tables.sellers, &tables.world.policy.dispute);
        let (filed, seller_segments) = (lanes_of(&self.filed, first), lanes_of(&self.seller_segments, first));
        let due = rule.answer_due(|span| after(span, tables.world.day_zero, day, &filed));
        let steps_in = after(rule.platform_steps_in, tables.world.day_zero, day, &filed);
        let (uniform, silent) = self.uniforms(RESPONSE, first);
        let drawn = tables.seller_banks.response_time.of_lanes::<true>(&seller_segments, &uniform);
        write(&mut self.due, first, &due);
        write(&mut self.steps_in, first, &steps_in);
        if at_desk {
            write(&mut self.work, first, &drawn);
            write(&mut self.answered, first, &[NEVER; LANES]);
            return;
        }
        let mut delay = drawn;
        if tables.any.answers_by_deadline {
            let is_fraction =
                sellers.of_lanes(&seller_segments, |seller| u32::from(seller.response.is_fraction()));
            delay = lanes(|lane| {
                let of_deadline = part_of_deadline(filed[lane], due[lane], delay[lane]);
                either(of_deadline, is_fraction[lane], delay[lane])
            });
        }
        let never = sellers.chance(&seller_segments, |seller| seller.response.never());
        let answered = lanes(|lane| {
            let answered = saturating_sum(filed[lane], delay[lane]);
            let is_silent = happens(silent[lane], never[lane]) | u32::from(!is_in_time(answered, due[lane]));
            either(NEVER, is_silent, answered)
        });
        write(&mut self.answered, first, &answered);
    }

    /// How the platform rules if it steps in.
    #[inline(always)]
    fn predetermine_ruling(&mut self, tables: &Tables, first: usize) {
        let platform = &tables.platform;
        let (kinds, requested) = (lanes_of(&self.kinds, first), lanes_of(&self.requested, first));
        let (mediation, _) = self.uniforms(MEDIATION, first);
        let (finds_truth, favours) = self.uniforms(RULING, first);
        let (partly, fraction) = self.uniforms(AWARD, first);
        let (liable, _) = self.uniforms(LIABILITY, first);
        let (accuracy, favour) = (platform.accuracy.ceiling(), platform.buyer_favour.ceiling());
        let wins = lanes(|lane| {
            let is_legitimate = u32::from(kinds[lane] != kind::OPPORTUNISTIC);
            let (finds_truth, favours) =
                (happens(finds_truth[lane], accuracy), happens(favours[lane], favour));
            ruling::is_for_buyer(is_legitimate, finds_truth, favours)
        });
        let partial_share = platform.partial_share.ceiling();
        let is_partial = lanes(|lane| happens(partly[lane], partial_share));
        let fractions = platform.partial_fraction.of_lanes::<true>(&fraction);
        let awarded = lanes(|lane| ruling::awarded(requested[lane], fractions[lane], is_partial[lane]));
        let seller_liable = platform.seller_liable.ceiling();
        let is_liable = lanes(|lane| happens(liable[lane], seller_liable));
        write(&mut self.mediation, first, &platform.mediation_delay.of_lanes::<true>(&mediation));
        write(&mut self.wins, first, &wins);
        write(&mut self.is_partial, first, &is_partial);
        write(&mut self.is_liable, first, &is_liable);
        write(&mut self.awarded, first, &awarded);
    }

    /// Leaves out what may come to a ruling, where rulings may be appealed against (R12).
    #[inline(always)]
    fn leave_out_rulings(&mut self, tables: &Tables, first: usize, at_desk: bool) {
        let silence_refunds = u32::from(tables.policy().dispute.silence == SilenceOutcome::Refund);
        let (answered, accepts) = (lanes_of(&self.answered, first), lanes_of(&self.accepts, first));
        let is_predetermined = lanes_of(&self.is_predetermined, first);
        let is_predetermined = lanes(|lane| {
            let is_settled = if at_desk {
                // Whether it will be silent, only the desk knows.
                accepts[lane] & silence_refunds
            } else {
                either(silence_refunds, u32::from(answered[lane] == NEVER), accepts[lane])
            };
            is_predetermined[lane] & is_settled as u8
        });
        write(&mut self.is_predetermined, first, &is_predetermined);
    }

    /// Leaves out what may go on at the horizon, or begins in the warm-up and may end in the measured period.
    #[inline(always)]
    fn predetermine_limits(&mut self, tables: &Tables, day: Day, first: usize) {
        let (measured_from, horizon) = (second(SimTime(0), day), second(tables.horizon, day));
        let (filed, due) = (lanes_of(&self.filed, first), lanes_of(&self.due, first));
        let (steps_in, mediation) = (lanes_of(&self.steps_in, first), lanes_of(&self.mediation, first));
        let is_predetermined = lanes_of(&self.is_predetermined, first);
        let latest = lanes(|lane| saturating_sum(due[lane].max(steps_in[lane]), mediation[lane]));
        let is_measured = lanes(|lane| u32::from(filed[lane] >= measured_from));
        let is_predetermined = lanes(|lane| {
            let is_before = u32::from(latest[lane] < measured_from);
            let is_inside = u32::from(latest[lane] < horizon);
            is_predetermined[lane] & (is_inside & (is_measured[lane] | is_before)) as u8
        });
        write(&mut self.is_measured, first, &is_measured);
        write(&mut self.is_predetermined, first, &is_predetermined);
    }
}
