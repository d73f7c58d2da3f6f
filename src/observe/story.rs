//! What a story tells of an order: every step, its instant, who took it, the amount that goes with it, and the rule that it follows.

use crate::market::{Attribution, DisputeKind, Money, Step};
use crate::sim::SimTime;

/// Who lets something happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The buyer.
    Buyer,
    /// The seller.
    Seller,
    /// Whoever carries the parcel.
    Carrier,
    /// The platform, by a deadline or by a ruling.
    Platform,
}

/// What happens to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The buyer places and pays it.
    Placed,
    /// It takes a step.
    Step(Step),
    /// The seller declines a claim that comes too late for a dispute (R9).
    DeclineAfterSale,
}

/// What else is known of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The reason that the buyer gives for cancelling (R3).
    Reason {
        /// The place of the reason in the platform's menu.
        entry: u8,
        /// Whose reason it is.
        side: Attribution,
        /// It is the buyer's because the seller asked for that (R5).
        is_steered: bool,
    },
    /// What the buyer claims (R6).
    Claim(DisputeKind),
}

/// One line of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryStep {
    /// When it happens.
    pub at: SimTime,
    /// What happens.
    pub what: Event,
    /// Who lets it happen.
    pub actor: Actor,
    /// What is paid, asked for, offered, refunded, or released to the seller, if anything is.
    pub amount: Option<Money>,
    /// What else is known.
    pub detail: Option<Detail>,
}

impl StoryStep {
    /// The number of the rule R1 to R13 that it follows (`docs/rules.md`); `None` for what no rule is about.
    pub const fn rule(&self) -> Option<u8> {
        self.what.rule()
    }
}

impl Event {
    /// Who lets it happen; a completion is the platform's unless the buyer confirms.
    pub const fn actor(self) -> Actor {
        match self {
            Self::Placed => Actor::Buyer,
            Self::DeclineAfterSale => Actor::Seller,
            Self::Step(step) => match step {
                Step::RequestCancel
                | Step::File
                | Step::TakeCounterOffer
                | Step::Modify
                | Step::Withdraw
                | Step::SendBack
                | Step::AppealByBuyer => Actor::Buyer,
                Step::AgreeCancel
                | Step::RefuseCancel
                | Step::Ship
                | Step::Accept
                | Step::Reject
                | Step::OpenAfterSale
                | Step::PayOffline
                | Step::AcceptReturn
                | Step::ConfirmReturn
                | Step::AppealBySeller => Actor::Seller,
                Step::Deliver | Step::ReceiveBack => Actor::Carrier,
                Step::GrantCancelBySilence
                | Step::CloseUnshipped
                | Step::Complete
                | Step::ExecuteBySilence
                | Step::StepIn
                | Step::RuleForBuyer
                | Step::RuleForSeller
                | Step::SettleAfterSale
                | Step::GrantReturnBySilence
                | Step::RuleForReturn
                | Step::MissReturn
                | Step::RefundReturnBySilence
                | Step::DecideForBuyer
                | Step::DecideForSeller => Actor::Platform,
            },
        }
    }

    /// The number of the rule R1 to R13 that it follows; `None` for what no rule is about.
    pub const fn rule(self) -> Option<u8> {
        match self {
            Self::Placed | Self::Step(Step::Ship | Step::Deliver) => None,
            Self::DeclineAfterSale => Some(9),
            Self::Step(step) => Some(match step {
                Step::AgreeCancel | Step::GrantCancelBySilence | Step::RefuseCancel => 2,
                Step::RequestCancel => 3,
                Step::CloseUnshipped => 4,
                Step::File | Step::Accept | Step::Reject | Step::TakeCounterOffer | Step::Withdraw => 6,
                Step::ExecuteBySilence
                | Step::Modify
                | Step::StepIn
                | Step::RuleForBuyer
                | Step::RuleForSeller
                | Step::DecideForBuyer
                | Step::DecideForSeller => 8,
                Step::Complete | Step::OpenAfterSale | Step::SettleAfterSale => 9,
                Step::PayOffline => 10,
                Step::AcceptReturn
                | Step::GrantReturnBySilence
                | Step::RuleForReturn
                | Step::SendBack
                | Step::MissReturn
                | Step::ReceiveBack
                | Step::ConfirmReturn
                | Step::RefundReturnBySilence => 13,
                Step::AppealByBuyer | Step::AppealBySeller => 12,
                Step::Ship | Step::Deliver => unreachable!(),
            }),
        }
    }

    /// Whether an amount goes with it even if that is 0.
    const fn names_an_amount(self) -> bool {
        match self {
            Self::Placed => true,
            Self::DeclineAfterSale => false,
            Self::Step(step) => !matches!(
                step,
                Step::RequestCancel
                    | Step::RefuseCancel
                    | Step::Ship
                    | Step::Deliver
                    | Step::Reject
                    | Step::Withdraw
                    | Step::StepIn
                    | Step::SendBack
                    | Step::ReceiveBack
                    | Step::DecideForSeller
                    | Step::AppealByBuyer
                    | Step::AppealBySeller
            ),
        }
    }

    /// The line of a story that tells it.
    pub fn at(self, at: SimTime, amount: Money, detail: Option<Detail>) -> StoryStep {
        let amount = (self.names_an_amount() || amount != Money(0)).then_some(amount);
        StoryStep { at, what: self, actor: self.actor(), amount, detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_an_actor_and_only_the_parcels_follow_no_rule() {
        for step in Step::ALL {
            let event = Event::Step(step);
            let is_parcels = matches!(step, Step::Ship | Step::Deliver);
            assert_eq!(event.rule().is_none(), is_parcels, "{step:?}");
            assert!(event.rule().is_none_or(|rule| (1..=13).contains(&rule)));
        }
        assert_eq!(Event::Step(Step::ExecuteBySilence).actor(), Actor::Platform);
    }
}
