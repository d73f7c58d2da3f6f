//! A dispute from filing to its end (R1, R6 to R8), and what offline transfers make of it (R10).

use super::Flow;
use crate::behavior::negotiating::{Answer, OfflineTransfer, Reply};
use crate::behavior::ruling::Ruling;
use crate::behavior::{claiming, negotiating, ruling};
use crate::engine::books::day_facts::DayFact;
use crate::engine::books::observer::Observer;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::{Case, DeskPlace};
use crate::engine::order::owed::{Grant, ReturnCourse};
use crate::market::{DisputeKind, Money, Step};
use crate::observe::Count;
use crate::observe::justice::{is_underpaid, is_unpaid};
use crate::policy::completion::completes_before;
use crate::policy::dispute::{SilenceOutcome, taken_over_at};
use crate::sim::SimTime;

impl<O: Observer> Flow<'_, O> {
    /// A buyer with a claim turns to the seller: offline (R10), or through a dispute (R6).
    pub(crate) fn file(&mut self, case: &mut Case, at: SimTime) {
        case.catch_up(at);
        self.assess_claim(case);
        self.ask_return(case);
        if self.is_settled_offline(case, at) {
            return;
        }
        let kind = case.kind();
        case.filed = at;
        self.records.take(case, Step::File, at, case.requested);
        case.withdraws_on_arrival = kind == DisputeKind::NotReceived
            && case.delivered < SimTime::NEVER
            && claiming::withdraws_on_arrival(case.order.key, self.tables.buyer(case.order.buyer_segment));
        if case.withdraws_on_arrival {
            case.agenda.plan(case.delivered, EventKind::Arrive);
        }
        self.count_filed(case, at, kind);
        self.request(case, at);
    }

    /// What the claim is worth in truth, and what is asked for it (R1).
    #[inline]
    pub(crate) fn assess_claim(&mut self, case: &mut Case) {
        let (key, value, kind) = (case.order.key, case.order.value, case.kind());
        let harm = claiming::harm(key, kind, self.seller_tables(&case.order));
        let buyer = self.tables.buyer(case.order.buyer_segment);
        case.requested = claiming::requested_amount(key, kind, value, harm, buyer);
        case.harm = claiming::lost(value.cents(), harm.0).into();
    }

    /// Whether seller and buyer settle the claim outside the platform and leave it at that (R10). A buyer
    /// who keeps the dispute as well goes on.
    #[inline]
    pub(crate) fn is_settled_offline(&mut self, case: &mut Case, at: SimTime) -> bool {
        let (buyer, seller_segment) =
            (self.tables.buyer(case.order.buyer_segment), self.seller_tables(&case.order));
        let Some(transfer) =
            negotiating::offline_transfer(case.order.key, buyer, seller_segment, &self.tables.platform)
        else {
            return false;
        };
        self.pay_offline(case, at, transfer);
        if transfer.keeps_dispute {
            return false;
        }
        self.close_claim(case, at, Money(0));
        if completes_before(case.completes, at) {
            self.end_released(case);
        } else {
            self.end_without_claim(case);
        }
        true
    }

    fn pay_offline(&mut self, case: &mut Case, at: SimTime, transfer: OfflineTransfer) {
        case.offline = case.requested;
        self.records.take(case, Step::PayOffline, at, case.requested);
        let mut entry = self.records.ledger.at(&case.order, at);
        entry.add_money(Count::ValueOffline, case.requested);
        if transfer.is_detected {
            entry.add(Count::OfflineDetected);
            self.records.note(case.order.seller, at, DayFact::FoundOffline);
        }
    }

    #[inline]
    fn count_filed(&mut self, case: &Case, at: SimTime, kind: DisputeKind) {
        let of_kind = match kind {
            DisputeKind::NotReceived => Count::DisputesNotReceived,
            DisputeKind::NotAsDescribed => Count::DisputesNotAsDescribed,
            DisputeKind::Opportunistic => Count::DisputesOpportunistic,
        };
        let mut entry = self.records.ledger.at(&case.order, at);
        entry.add(of_kind);
        entry.add_many(Count::DisputesFullAmount, u64::from(case.requested == case.order.value));
        entry.add_many(Count::DisputesAfterCompletion, u64::from(completes_before(case.completes, at)));
        entry.add_many(Count::ReturnsAsked, u64::from(case.return_course == ReturnCourse::Asked));
    }

    /// A request begins: the seller's clock runs (R8).
    pub(crate) fn request(&mut self, case: &mut Case, at: SimTime) {
        case.asked = at;
        case.due = self.tables.policy().dispute.answer_due(|span| span.after(at, self.tables.world.day_zero));
        self.respond(case, at);
    }

    /// The seller answers a dispute in time (R6, R8).
    pub(crate) fn answer_dispute(&mut self, case: &mut Case, at: SimTime) {
        let (key, value, requested) = (case.order.key, case.order.value, case.requested);
        let traits = &self.records.sellers[usize::from(case.order.seller)];
        let seller_segment = &self.tables.sellers[usize::from(traits.segment)];
        let is_legitimate = case.kind().is_legitimate();
        let acceptance = if is_legitimate { traits.accept } else { traits.accept_unfounded };
        let answer = negotiating::answer(key, case.round, value, requested, acceptance, seller_segment);
        if self.tables.is_measured(at) {
            let delay = (at - case.asked).0.min(i64::from(u32::MAX));
            self.records.delays[usize::from(traits.segment)].record(delay as u32);
        }
        match answer {
            Answer::Accept => self.grant(case, at, Grant::Agreement, requested, false),
            Answer::Reject => self.reject(case, at, None),
            Answer::CounterOffer(offer) => self.reject(case, at, Some(offer)),
        }
    }

    /// The seller rejects; the buyer replies at once.
    #[inline]
    fn reject(&mut self, case: &mut Case, at: SimTime, offer: Option<Money>) {
        self.records.take(case, Step::Reject, at, offer.unwrap_or(Money(0)));
        let (key, round, requested) = (case.order.key, case.round, case.requested);
        let rule = &self.tables.policy().dispute;
        let buyer = self.tables.buyer(case.order.buyer_segment);
        let may_modify = rule.may_modify(round, requested.cents());
        let reply = negotiating::reply(key, round, requested, offer.is_some(), may_modify, buyer);
        let mut entry = self.records.ledger.at(&case.order, at);
        entry.add_many(Count::CounterOffersMade, u64::from(offer.is_some()));
        match reply {
            Reply::TakeCounterOffer => {
                self.refund(case, at, Step::TakeCounterOffer, offer.unwrap_or(requested));
            }
            Reply::Modify(amount) => {
                self.records.take(case, Step::Modify, at, amount);
                case.requested = amount;
                // Who asks for a part of the value keeps the item.
                case.return_course = ReturnCourse::None;
                case.round += 1;
                case.renew();
                case.agenda.plan(at, EventKind::AskAgain);
            }
            Reply::Wait => {
                case.renew();
                let steps_in = rule.platform_steps_in.after(case.filed, self.tables.world.day_zero);
                let taken_over = taken_over_at(at, steps_in, false);
                if taken_over == at {
                    self.step_in(case, at);
                } else {
                    case.agenda.plan(taken_over, EventKind::StepIn);
                }
            }
            Reply::Withdraw => self.withdraw(case, at),
        }
    }

    /// Nobody answered in time (R8): the requested amount is executed, or the platform takes over.
    pub(crate) fn execute_silence(&mut self, case: &mut Case, at: SimTime) {
        let requested = case.requested;
        self.records.note(case.order.seller, at, DayFact::Unanswered);
        match self.tables.policy().dispute.silence {
            SilenceOutcome::Refund => {
                self.grant(case, at, Grant::Silence, requested, false);
            }
            SilenceOutcome::Platform => {
                self.records.ledger.at(&case.order, at).add(Count::DisputesSilentToPlatform);
                case.renew();
                self.step_in(case, at);
            }
        }
    }

    /// The platform takes the case over.
    #[inline]
    pub(crate) fn step_in(&mut self, case: &mut Case, at: SimTime) {
        self.records.take(case, Step::StepIn, at, Money(0));
        let delay = ruling::mediation_delay(case.order.key, &self.tables.platform);
        case.agenda.plan(at + delay, EventKind::Ruling);
    }

    /// The platform rules; a ruling that the loser will appeal against has no effect until the second one (R12).
    pub(crate) fn rule(&mut self, case: &mut Case, at: SimTime) {
        let (key, is_legitimate) = (case.order.key, case.kind().is_legitimate());
        let ruling = ruling::rule(key, is_legitimate, case.requested, &self.tables.platform);
        if self.tables.has_appeals && self.is_appealed(case, at, ruling) {
            return;
        }
        self.execute_ruling(case, at, ruling);
    }

    /// A ruling takes effect.
    #[inline]
    pub(crate) fn execute_ruling(&mut self, case: &mut Case, at: SimTime, ruling: Ruling) {
        match ruling {
            Ruling::ForSeller => self.end_upheld(case, at, Step::RuleForSeller),
            Ruling::ForBuyer { awarded, is_partial, is_seller_liable } => {
                let mut entry = self.records.ledger.at(&case.order, at);
                entry.add_many(Count::DisputesRuledInPart, u64::from(is_partial));
                entry.add_many(Count::DisputesRuledLiable, u64::from(is_seller_liable));
                self.grant(case, at, Grant::Ruling, awarded, is_seller_liable);
            }
        }
    }

    /// A dispute ends without a refund: the seller is paid, so the order is as finished as one that is confirmed; some were so
    /// before the dispute.
    #[inline]
    pub(crate) fn end_upheld(&mut self, case: &mut Case, at: SimTime, by: Step) {
        self.records.take(case, by, at, case.order.value);
        if !completes_before(case.completes, case.filed) {
            self.finish(&case.order, at);
        }
        self.close_claim(case, at, Money(0));
        self.end_released(case);
    }

    /// A dispute or an after-sale case ends in a refund; the rest of the value is the seller's.
    #[inline]
    pub(crate) fn refund(&mut self, case: &mut Case, at: SimTime, by: Step, amount: Money) {
        self.records.take(case, by, at, amount);
        if case.offline > Money(0) {
            self.records.ledger.at(&case.order, at).add(Count::OfflinePaidTwice);
        }
        self.close_claim(case, at, amount);
        self.records.close_case(case);
    }

    /// A parcel comes while its not-received dispute is open: the buyer withdraws.
    pub(crate) fn arrive(&mut self, case: &mut Case, at: SimTime) {
        case.desk = DeskPlace::Away;
        case.harm = Money(0);
        self.withdraw(case, at);
    }

    /// The dispute no longer counts; the order completes when it would have, or now if that is past.
    fn withdraw(&mut self, case: &mut Case, at: SimTime) {
        self.records.take(case, Step::Withdraw, at, Money(0));
        let Case { filed, completes, .. } = *case;
        if case.harm > Money(0) || !case.kind().is_legitimate() {
            self.close_claim(case, at, Money(0));
        }
        if completes_before(completes, filed) {
            return self.end_released(case);
        }
        case.completes = completes.max(at);
        self.end_without_claim(case);
    }

    /// The seller keeps the money of a case that ends.
    #[inline]
    pub(crate) fn end_released(&mut self, case: &mut Case) {
        self.records.ledger.money(&case.order).add_money(Count::ValueReleased, case.order.value);
        self.records.close_case(case);
    }

    /// Was justice done? Counts a claim that has ended, by what is true and what was paid.
    #[inline]
    pub(crate) fn close_claim(&mut self, case: &Case, at: SimTime, refund: Money) {
        let received = refund + case.offline;
        let mut entry = self.records.ledger.at(&case.order, at);
        if case.kind().is_legitimate() {
            entry.add(Count::LegitimateClaimsClosed);
            entry.add_many(Count::LegitimateClaimsUnpaid, u64::from(is_unpaid(received)));
            entry.add_many(Count::LegitimateClaimsUnderpaid, u64::from(is_underpaid(received, case.harm)));
        } else {
            entry.add(Count::OpportunisticClaimsClosed);
            entry.add_many(Count::OpportunisticClaimsPaid, u64::from(!is_unpaid(received)));
        }
    }
}
