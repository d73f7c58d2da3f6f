//! A dispute from filing to its end (R1, R6 to R8), and what offline transfers make of it (R10).

use super::calendar::Happening;
use super::case::{Case, Trouble};
use super::shard::Shard;
use super::tables::Tables;
use crate::behavior::negotiating::{Answer, OfflineTransfer, Reply};
use crate::behavior::ruling::Ruling;
use crate::behavior::{claiming, negotiating, ruling};
use crate::market::{DisputeKind, Money, Step};
use crate::observe::{Count, Series};
use crate::policy::dispute::SilenceOutcome;
use crate::sim::SimTime;

impl Shard {
    /// The kind of a case that is a claim.
    fn kind(&self, case: u32) -> DisputeKind {
        match self.cases.get(case).trouble {
            Trouble::Claim { kind } => kind,
            Trouble::Cancel { .. } => unreachable!("only claims are disputed"),
        }
    }

    /// A buyer with a claim turns to the seller: offline (R10), or through a dispute (R6).
    pub(super) fn file(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.catch_up(case, at);
        self.assess_claim(tables, case);
        if self.is_settled_offline(tables, case, at) {
            return;
        }
        let order = self.cases.get(case).order;
        let buyer = &tables.buyers[usize::from(order.buyer_segment)];
        let Case { completes, requested, delivered, .. } = *self.cases.get(case);
        let kind = self.kind(case);
        self.step(case, Step::File, at, Money(0));
        let subject = self.cases.get_mut(case);
        subject.filed = at;
        subject.withdraws_on_arrival = kind == DisputeKind::NotReceived
            && delivered < SimTime::NEVER
            && claiming::withdraws_on_arrival(order.key, buyer);
        if subject.withdraws_on_arrival {
            self.schedule(delivered, Happening::Arrive, case);
        }
        self.count_filed(tables, case, at, kind);
        if requested == order.value {
            self.count(tables, case, Count::DisputesFullAmount, at);
        }
        if at > completes {
            self.count(tables, case, Count::DisputesAfterCompletion, at);
        }
        self.request(tables, case, at);
    }

    /// What the claim is worth in truth, and what is asked for it (R1).
    pub(super) fn assess_claim(&mut self, tables: &Tables, case: u32) {
        let order = self.cases.get(case).order;
        let kind = self.kind(case);
        let buyer = &tables.buyers[usize::from(order.buyer_segment)];
        let shop = &tables.sellers[usize::from(self.sellers[usize::from(order.seller)].segment)];
        let harm = claiming::harm(order.key, kind, shop);
        let subject = self.cases.get_mut(case);
        subject.requested = claiming::requested_amount(order.key, kind, order.value, harm, buyer);
        subject.harm = if harm.0 == 0 { Money(0) } else { order.value.part(harm) };
    }

    /// Whether seller and buyer settle the claim outside the platform and leave it at that (R10). A buyer
    /// who keeps the dispute as well goes on.
    pub(super) fn is_settled_offline(&mut self, tables: &Tables, case: u32, at: SimTime) -> bool {
        let order = self.cases.get(case).order;
        let buyer = &tables.buyers[usize::from(order.buyer_segment)];
        let shop = &tables.sellers[usize::from(self.sellers[usize::from(order.seller)].segment)];
        let Some(transfer) = negotiating::offline_transfer(order.key, buyer, shop, &tables.platform) else {
            return false;
        };
        self.pay_offline(tables, case, at, transfer);
        if transfer.keeps_dispute {
            return false;
        }
        self.close_claim(tables, case, at, Money(0));
        if self.cases.get(case).completes < at {
            self.end_released(case);
        } else {
            self.end_without_claim(tables, case);
        }
        true
    }

    fn pay_offline(&mut self, tables: &Tables, case: u32, at: SimTime, transfer: OfflineTransfer) {
        let subject = self.cases.get_mut(case);
        subject.offline = subject.requested;
        let (amount, seller) = (subject.requested, usize::from(subject.order.seller));
        self.step(case, Step::PayOffline, at, Money(0));
        self.count_event(case);
        self.count(tables, case, Count::OfflineTransfers, at);
        if tables.is_measured(at) {
            self.count_anyway(case, Count::ValueOffline, amount.0 as u64);
        }
        if transfer.is_detected {
            self.count(tables, case, Count::OfflineDetected, at);
            self.standings[seller].was_found_offline = true;
        }
    }

    fn count_filed(&mut self, tables: &Tables, case: u32, at: SimTime, kind: DisputeKind) {
        let of_kind = match kind {
            DisputeKind::NotReceived => Count::DisputesNotReceived,
            DisputeKind::NotAsDescribed => Count::DisputesNotAsDescribed,
            DisputeKind::Opportunistic => Count::DisputesOpportunistic,
        };
        self.count_event(case);
        self.count(tables, case, Count::DisputesFiled, at);
        self.count(tables, case, of_kind, at);
        self.count_daily(Series::DisputesFiled, at);
        let seller = usize::from(self.cases.get(case).order.seller);
        let today = self.windows.today_mut(seller);
        today.filed += 1;
        today.filed_gross += 1;
        match kind {
            DisputeKind::NotReceived => today.not_received += 1,
            DisputeKind::NotAsDescribed | DisputeKind::Opportunistic => today.not_as_described += 1,
        }
    }

    /// A request begins: the seller's clock runs (R8).
    fn request(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let due = Self::policy(tables).dispute.answer_due(at, tables.world.day_zero);
        let subject = self.cases.get_mut(case);
        subject.asked = at;
        subject.due = due;
        self.respond(tables, case, at);
    }

    /// The seller answers a dispute in time (R6, R8).
    pub(super) fn answer_dispute(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let Case { order, round, asked, requested, .. } = *self.cases.get(case);
        let traits = self.sellers[usize::from(order.seller)];
        let shop = &tables.sellers[usize::from(traits.segment)];
        let is_legitimate = self.kind(case).is_legitimate();
        let acceptance = if is_legitimate { traits.accept } else { traits.accept_unfounded };
        self.count_event(case);
        self.count(tables, case, Count::DisputesAnswered, at);
        if tables.is_measured(at) {
            self.delays[usize::from(traits.segment)].record((at - asked).0.min(i64::from(u32::MAX)) as u32);
        }
        match negotiating::answer(order.key, round, order.value, requested, acceptance, shop) {
            Answer::Accept => {
                self.count(tables, case, Count::DisputesAccepted, at);
                self.count_daily(Series::DisputesAccepted, at);
                self.refund(tables, case, at, Step::Accept, requested, Count::RefundedByAgreement);
            }
            Answer::Reject => self.reject(tables, case, at, None),
            Answer::CounterOffer(offer) => self.reject(tables, case, at, Some(offer)),
        }
    }

    /// The seller rejects; the buyer replies at once.
    fn reject(&mut self, tables: &Tables, case: u32, at: SimTime, offer: Option<Money>) {
        self.step(case, Step::Reject, at, Money(0));
        self.count(tables, case, Count::DisputesRejected, at);
        if offer.is_some() {
            self.count(tables, case, Count::CounterOffersMade, at);
        }
        let Case { order, round, requested, filed, .. } = *self.cases.get(case);
        let rule = &Self::policy(tables).dispute;
        let buyer = &tables.buyers[usize::from(order.buyer_segment)];
        let may_modify = round < rule.modifications && requested > Money(1);
        match negotiating::reply(order.key, round, requested, offer.is_some(), may_modify, buyer) {
            Reply::TakeCounterOffer => {
                self.count_event(case);
                self.count(tables, case, Count::DisputesCountered, at);
                self.count_daily(Series::DisputesCountered, at);
                let offer = offer.unwrap_or(requested);
                self.refund(tables, case, at, Step::TakeCounterOffer, offer, Count::RefundedByAgreement);
            }
            Reply::Modify(amount) => {
                self.step(case, Step::Modify, at, Money(0));
                self.count_event(case);
                self.count(tables, case, Count::DisputesModified, at);
                let subject = self.cases.get_mut(case);
                subject.requested = amount;
                subject.round += 1;
                self.renew(case);
                self.request(tables, case, at);
            }
            Reply::Wait => {
                self.renew(case);
                let steps_in = rule.platform_steps_in.after(filed, tables.world.day_zero);
                if steps_in <= at {
                    self.step_in(tables, case, at);
                } else {
                    self.schedule(steps_in, Happening::StepIn, case);
                }
            }
            Reply::Withdraw => self.withdraw(tables, case, at),
        }
    }

    /// Nobody answered in time (R8): the requested amount is executed, or the platform takes over.
    pub(super) fn execute_silence(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let Case { order, requested, .. } = *self.cases.get(case);
        self.windows.today_mut(usize::from(order.seller)).unanswered += 1;
        match Self::policy(tables).dispute.silence {
            SilenceOutcome::Refund => {
                self.count_event(case);
                self.count(tables, case, Count::DisputesAutoExecuted, at);
                self.count_daily(Series::DisputesAutoExecuted, at);
                self.refund(tables, case, at, Step::ExecuteBySilence, requested, Count::RefundedBySilence);
            }
            SilenceOutcome::Platform => {
                self.count(tables, case, Count::DisputesSilentToPlatform, at);
                self.renew(case);
                self.step_in(tables, case, at);
            }
        }
    }

    /// The platform takes the case over.
    pub(super) fn step_in(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.step(case, Step::StepIn, at, Money(0));
        self.count_event(case);
        self.count(tables, case, Count::DisputesEscalated, at);
        let delay = ruling::mediation_delay(self.cases.get(case).order.key, &tables.platform);
        self.schedule(at + delay, Happening::Ruling, case);
    }

    /// The platform rules.
    pub(super) fn rule(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let Case { order, requested, .. } = *self.cases.get(case);
        self.count_event(case);
        match ruling::rule(order.key, self.kind(case).is_legitimate(), requested, &tables.platform) {
            Ruling::ForSeller => {
                self.count(tables, case, Count::DisputesRuledForSeller, at);
                self.count_daily(Series::DisputesRuledForSeller, at);
                self.step(case, Step::RuleForSeller, at, Money(0));
                self.close_claim(tables, case, at, Money(0));
                self.end_released(case);
            }
            Ruling::ForBuyer { awarded, is_partial, is_seller_liable } => {
                self.count(tables, case, Count::DisputesRuledForBuyer, at);
                self.count_daily(Series::DisputesRuledForBuyer, at);
                if is_partial {
                    self.count(tables, case, Count::DisputesRuledInPart, at);
                }
                if is_seller_liable {
                    self.count(tables, case, Count::DisputesRuledLiable, at);
                    self.windows.today_mut(usize::from(order.seller)).ruled += 1;
                }
                self.refund(tables, case, at, Step::RuleForBuyer, awarded, Count::RefundedByRuling);
            }
        }
    }

    /// A dispute ends in a refund; the rest of the value is the seller's.
    fn refund(&mut self, tables: &Tables, case: u32, at: SimTime, by: Step, amount: Money, booked_as: Count) {
        self.step(case, by, at, amount);
        self.windows.today_mut(usize::from(self.cases.get(case).order.seller)).refunded += 1;
        self.pay_refund(tables, case, at, amount, booked_as);
    }

    /// Books a refund and ends the case.
    pub(super) fn pay_refund(
        &mut self,
        tables: &Tables,
        case: u32,
        at: SimTime,
        amount: Money,
        booked_as: Count,
    ) {
        let Case { order, offline, .. } = *self.cases.get(case);
        self.daily.add(Series::ValueRefunded, at.day().0, amount.0 as u64);
        self.book(case, Count::ValueRefunded, amount);
        self.book(case, booked_as, amount);
        self.book(case, Count::ValueReleased, order.value - amount);
        if offline > Money(0) {
            self.count(tables, case, Count::OfflinePaidTwice, at);
        }
        self.close_claim(tables, case, at, amount);
        self.close_case(case);
    }

    /// A parcel comes while its not-received dispute is open: the buyer withdraws.
    pub(super) fn arrive(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.leave_desk(tables, case, at);
        self.cases.get_mut(case).harm = Money(0);
        self.withdraw(tables, case, at);
    }

    /// The dispute no longer counts; the order completes when it would have, or now if that is past.
    fn withdraw(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.step(case, Step::Withdraw, at, Money(0));
        self.count_event(case);
        self.count(tables, case, Count::DisputesWithdrawn, at);
        self.count_daily(Series::DisputesWithdrawn, at);
        let Case { order, filed, completes, .. } = *self.cases.get(case);
        let forget = |counts: &mut super::windows::DayCounts| counts.filed -= 1;
        self.windows.correct(usize::from(order.seller), filed.day(), forget);
        if self.cases.get(case).harm > Money(0) || !self.kind(case).is_legitimate() {
            self.close_claim(tables, case, at, Money(0));
        }
        if filed > completes {
            return self.end_released(case);
        }
        self.cases.get_mut(case).completes = completes.max(at);
        self.end_without_claim(tables, case);
    }

    /// The seller keeps the money of a case that ends.
    pub(super) fn end_released(&mut self, case: u32) {
        let value = self.cases.get(case).order.value;
        self.book(case, Count::ValueReleased, value);
        self.close_case(case);
    }

    /// Was justice done? Counts a claim that has ended, by what is true and what was paid.
    pub(super) fn close_claim(&mut self, tables: &Tables, case: u32, at: SimTime, refund: Money) {
        let Case { harm, offline, .. } = *self.cases.get(case);
        let received = refund + offline;
        if self.kind(case).is_legitimate() {
            self.count(tables, case, Count::LegitimateClaimsClosed, at);
            if received == Money(0) {
                self.count(tables, case, Count::LegitimateClaimsUnpaid, at);
            } else if received < harm {
                self.count(tables, case, Count::LegitimateClaimsUnderpaid, at);
            }
        } else {
            self.count(tables, case, Count::OpportunisticClaimsClosed, at);
            if received > Money(0) {
                self.count(tables, case, Count::OpportunisticClaimsPaid, at);
            }
        }
    }
}
