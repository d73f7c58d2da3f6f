//! Claims and disputes: offline transfers, filing, answers, rulings, after-sale cases (R1, R6 to R10).

use crate::chance::part_of;
use crate::clock::{Event, NEVER, Phase, after};
use crate::market::Market;
use crate::order::{Claim, Order, Owed, Refund, Stage};
use redress::behavior::RequestedAmount;
use redress::market::DisputeKind;
use redress::policy::dispute::SilenceOutcome;

impl Market<'_> {
    /// The buyer makes its claim: first an offline transfer may be offered, then it files or asks.
    pub(crate) fn claim(&mut self, number: usize) {
        let (seller, buyer) = (self.seller_segment(number), self.buyer_segment(number));
        let mut claim = self.assess(number);
        let completed = self.orders[number].completes;
        let window = self.world.policy.dispute.after_completion;
        let is_dispute = completed == NEVER || self.now <= after(window, completed, self.world.day_zero);
        claim.asks_return = is_dispute
            && self.world.policy.returns.is_some()
            && claim.kind != DisputeKind::NotReceived
            && self.stream.happens(buyer.asks_return);
        if claim.asks_return {
            claim.requested = self.orders[number].value;
        }
        self.orders[number].claim = Some(claim);
        if self.stream.happens(seller.offline_offer) && self.stream.happens(buyer.offline_compliance) {
            self.orders[number].offline = claim.requested;
            self.transition();
            self.count("offline_transfers");
            self.count_much("value_offline", claim.requested as f64);
            if self.stream.happens(self.world.policy.offline.detection) {
                self.count("offline_detected");
                let seller = self.orders[number].seller;
                self.sellers[seller].standing.is_found_out = true;
            }
            if !self.stream.happens(buyer.keeps_dispute) {
                self.end_claim(number);
                return;
            }
        }
        if is_dispute {
            self.file(number);
        } else {
            self.ask_after_sale(number);
        }
    }

    /// Harm and requested amount (R1).
    fn assess(&mut self, number: usize) -> Claim {
        let (seller, buyer) = (self.seller_segment(number), self.buyer_segment(number));
        let order = &self.orders[number];
        let (kind, value) = (order.kind.expect("a claim has a kind"), order.value);
        let lost = match kind {
            DisputeKind::NotReceived => 1.0,
            DisputeKind::NotAsDescribed => self.stream.part(&seller.severity),
            DisputeKind::Opportunistic => 0.0,
        };
        let asks_for_all = kind == DisputeKind::NotReceived || self.stream.happens(buyer.full_request);
        let part = match &buyer.requested {
            _ if asks_for_all => 1.0,
            RequestedAmount::Fraction(law) => self.stream.part(law),
            RequestedAmount::Greed(law) => lost + self.stream.part(law) * (1.0 - lost),
        };
        let harm = if lost > 0.0 { part_of(value, lost) } else { 0 };
        let requested = part_of(value, part);
        let filed_at = self.now;
        Claim {
            kind,
            harm,
            requested,
            filed_at,
            modifications: 0,
            asks_return: false,
            is_first_for_buyer: false,
        }
    }

    pub(crate) fn claim_of(&self, number: usize) -> Claim {
        self.orders[number].claim.expect("a claim was made")
    }

    fn file(&mut self, number: usize) {
        let claim = self.claim_of(number);
        let order = &mut self.orders[number];
        let (is_full, is_completed) = (claim.requested == order.value, order.is_completed);
        order.stage = Stage::AwaitingSeller;
        self.transition();
        self.count("disputes_filed");
        self.today(number).filed += 1;
        match claim.kind {
            DisputeKind::NotReceived => {
                self.count("disputes_not_received");
                self.today(number).not_received += 1;
            }
            DisputeKind::NotAsDescribed => {
                self.count("disputes_not_as_described");
                self.today(number).not_as_described += 1;
            }
            DisputeKind::Opportunistic => {
                self.count("disputes_opportunistic");
                self.today(number).not_as_described += 1;
            }
        }
        if is_full {
            self.count("disputes_full_amount");
        }
        if is_completed {
            self.count("disputes_after_completion");
        }
        if claim.asks_return {
            self.count("returns_asked");
        }
        self.ask(number, self.world.policy.dispute.response_deadline, false);
    }

    /// The seller accepts or rejects, and the buyer replies at once (R6).
    pub(crate) fn answer_dispute(&mut self, number: usize) {
        let (seller, buyer) = (self.seller_segment(number), self.buyer_segment(number));
        let (claim, value) = (self.claim_of(number), self.orders[number].value);
        let own = &self.sellers[self.orders[number].seller];
        let is_opportunistic = claim.kind == DisputeKind::Opportunistic;
        let acceptance = if is_opportunistic { own.accept_unfounded } else { own.accept };
        let may_accept = claim.requested <= part_of(value, seller.accept_up_to)
            && seller.accept_value_limit.is_none_or(|limit| value <= limit);
        self.transition();
        if may_accept && self.stream.happens(acceptance) {
            self.count("disputes_accepted");
            self.grant(number, Refund::Agreement, claim.requested, false);
            return;
        }
        self.count("disputes_rejected");
        if self.stream.happens(seller.counter_offer) {
            self.count("counter_offers_made");
            let offer = part_of(claim.requested, self.stream.part(&seller.counter_fraction));
            if self.stream.happens(buyer.accepts_counter_offer) {
                self.transition();
                self.count("disputes_countered");
                self.refund(number, Refund::Agreement, offer);
                return;
            }
        }
        let rule = &self.world.policy.dispute;
        let may_modify = claim.modifications < rule.modifications && claim.requested > 1;
        if may_modify && self.stream.happens(buyer.modifies) {
            self.transition();
            self.count("disputes_modified");
            let claim = self.orders[number].claim.as_mut().expect("a claim was made");
            claim.modifications += 1;
            claim.requested = part_of(claim.requested, buyer.modified_fraction);
            claim.asks_return = false;
            self.ask(number, rule.response_deadline, false);
        } else if self.stream.happens(buyer.wait_for_platform) {
            self.orders[number].stage = Stage::AwaitingPlatform;
            let at = after(rule.platform_steps_in, claim.filed_at, self.world.day_zero);
            self.agenda.note(at.max(self.now), Phase::Deed, Event::StepIn(number));
        } else {
            self.withdraw(number);
            self.end_claim(number);
        }
    }

    /// The seller was silent to a request (R8).
    pub(crate) fn execute_silence(&mut self, number: usize) {
        self.today(number).silences += 1;
        match self.world.policy.dispute.silence {
            SilenceOutcome::Refund => {
                self.transition();
                self.count("disputes_auto_executed");
                self.grant(number, Refund::Silence, self.claim_of(number).requested, false);
            }
            SilenceOutcome::Platform => {
                self.count("disputes_silent_to_platform");
                self.orders[number].stage = Stage::AwaitingPlatform;
                self.step_in(number);
            }
        }
    }

    /// The platform takes the dispute over.
    pub(crate) fn step_in(&mut self, number: usize) {
        if self.orders[number].stage == Stage::AwaitingPlatform {
            self.orders[number].stage = Stage::UnderReview;
            self.transition();
            self.count("disputes_escalated");
            let at = self.now + self.stream.seconds(&self.world.policy.mediation.delay);
            self.agenda.note(at, Phase::Deed, Event::Rule(number));
        }
    }

    /// The platform rules.
    pub(crate) fn rule(&mut self, number: usize) {
        if self.orders[number].stage != Stage::UnderReview {
            return;
        }
        let is_for_buyer = self.finds_for_buyer(number, self.world.policy.mediation.accuracy);
        if !self.is_appealed(number, is_for_buyer) {
            self.conclude(number, is_for_buyer);
        }
    }

    /// Whether the platform rules for the buyer.
    pub(crate) fn finds_for_buyer(&mut self, number: usize, accuracy: f64) -> bool {
        if self.stream.happens(accuracy) {
            self.claim_of(number).kind != DisputeKind::Opportunistic
        } else {
            self.stream.happens(self.world.policy.mediation.buyer_favour)
        }
    }

    /// A ruling takes effect.
    pub(crate) fn conclude(&mut self, number: usize, is_for_buyer: bool) {
        let rule = &self.world.policy.mediation;
        let claim = self.claim_of(number);
        self.transition();
        if !is_for_buyer {
            self.count("disputes_ruled_for_seller");
            self.uphold(number);
            return;
        }
        self.count("disputes_ruled_for_buyer");
        let mut awarded = claim.requested;
        if self.stream.happens(rule.partial_share) {
            self.count("disputes_ruled_in_part");
            awarded = part_of(awarded, self.stream.part(&rule.partial_fraction));
        }
        let is_liable = self.stream.happens(rule.seller_liable);
        if is_liable {
            self.count("disputes_ruled_liable");
        }
        self.grant(number, Refund::Ruling, awarded, is_liable);
    }

    /// The seller is paid, and the order is finished if it was not.
    pub(crate) fn uphold(&mut self, number: usize) {
        self.orders[number].stage = Stage::Upheld;
        if !self.orders[number].is_completed {
            self.orders[number].is_completed = true;
            self.count("orders_completed");
            self.today(number).completed += 1;
        }
        self.end_claim(number);
    }

    /// The buyer is to have the amount: now, or when the parcel is back (R13).
    fn grant(&mut self, number: usize, how: Refund, amount: i64, is_liable: bool) {
        if self.claim_of(number).asks_return {
            self.await_return(number, Owed { how, amount, is_liable });
        } else {
            self.today(number).liable += u32::from(is_liable);
            self.refund(number, how, amount);
        }
    }

    /// A dispute ends in a refund.
    pub(crate) fn refund(&mut self, number: usize, how: Refund, amount: i64) {
        self.today(number).refunded += 1;
        self.pay(number, how, amount);
    }

    fn pay(&mut self, number: usize, how: Refund, amount: i64) {
        let order = &mut self.orders[number];
        order.stage = Stage::Refunded;
        order.refund = Some((how, amount));
        if order.offline > 0 {
            self.count("offline_paid_twice");
        }
        self.end_claim(number);
    }

    /// The dispute is withdrawn, and the order completes if its time has passed.
    pub(crate) fn withdraw(&mut self, number: usize) {
        self.leave_desk(number);
        self.orders[number].stage = Stage::Underway;
        self.transition();
        self.count("disputes_withdrawn");
        let filed_at = self.claim_of(number).filed_at;
        self.day_at(number, filed_at).withdrawn += 1;
        self.complete_if_due(number);
    }

    /// Too late for a dispute: the seller may agree to a refund by hand (R9).
    fn ask_after_sale(&mut self, number: usize) {
        if self.stream.happens(self.seller_segment(number).goodwill) {
            self.transition();
            self.count("after_sale_cases");
            self.orders[number].stage = Stage::AfterSale;
            let at = self.now + self.stream.seconds(&self.world.policy.after_sale.delay);
            self.agenda.note(at, Phase::Deed, Event::SettleAfterSale(number));
        } else {
            self.count("after_sale_declined");
            self.end_claim(number);
        }
    }

    /// Manual service pays.
    pub(crate) fn settle_after_sale(&mut self, number: usize) {
        self.transition();
        self.pay(number, Refund::AfterSale, self.claim_of(number).requested);
    }

    /// Fairness is counted when a claim ends: what was paid against what was lost.
    fn end_claim(&mut self, number: usize) {
        let Order { offline, refund, .. } = self.orders[number];
        let paid = offline + refund.map_or(0, |(_, amount)| amount);
        let claim = self.claim_of(number);
        if claim.kind == DisputeKind::Opportunistic {
            self.count("opportunistic_claims_ended");
            if paid > 0 {
                self.count("opportunistic_claims_paid");
            }
            return;
        }
        self.count("legitimate_claims_ended");
        if paid == 0 {
            self.count("legitimate_claims_unpaid");
        } else if paid < claim.harm {
            self.count("legitimate_claims_underpaid");
        }
    }
}
