//! What each step of an order adds to the books, stated once: for orders one by one ([`super::records`]) and for the courses of
//! disputes sixteen at a time ([`super::sums`]).
//!
//! The auditor keeps books of its own and reads none of this: it is what holds it to account.

use crate::market::{Attribution, Step};
use crate::observe::{Count, Series};
use crate::policy::cancellation::counts_as_not_sold;

/// What a step adds, whoever takes it; counts are those of the measured period.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effects {
    /// What is counted once.
    pub(crate) counts: &'static [Count],
    /// The daily series that counts it.
    pub(crate) series: Option<Series>,
    /// What the day's close finds about the seller.
    pub(crate) fact: Option<StepFact>,
    /// As what the amount is booked that the step refunds; the rest of the value is the seller's.
    pub(crate) refunded_by: Option<RefundedBy>,
}

/// As what a refund is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefundedBy {
    /// As this.
    Known(Count),
    /// As what granted the return (R13).
    Grant,
}

/// What the close of a step's day finds about the seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepFact {
    /// A dispute was filed.
    Filed,
    /// A dispute was withdrawn.
    Withdrawn,
    /// A dispute ended in a refund.
    Refunded,
    /// A transaction was not sold, whatever the buyer's reason (R4).
    NotSold,
}

impl Effects {
    /// The effects of a step.
    #[allow(
        clippy::inline_always,
        reason = "a step that is known leaves of its effects only those that it has"
    )]
    #[inline(always)]
    pub(crate) const fn of(step: Step) -> Self {
        use Count as C;
        let (counts, series): (&[Count], _) = match step {
            Step::RequestCancel => (&[C::CancelsRequested], None),
            // Of two rulings, only the one that takes effect is counted.
            Step::AgreeCancel
            | Step::SettleAfterSale
            | Step::ReceiveBack
            | Step::DecideForBuyer
            | Step::DecideForSeller => (&[], None),
            Step::GrantCancelBySilence => (&[C::CancelsGrantedBySilence], None),
            Step::RefuseCancel => (&[C::CancelsRefused], None),
            Step::CloseUnshipped => (&[C::OrdersUnshipped, C::OrdersNotSold], Some(Series::NotSold)),
            Step::Ship => (&[C::OrdersShipped], Some(Series::OrdersShipped)),
            Step::Deliver => (&[C::OrdersDelivered], Some(Series::OrdersDelivered)),
            Step::Complete => (&[C::OrdersCompleted], Some(Series::OrdersCompleted)),
            Step::File => (&[C::DisputesFiled], Some(Series::DisputesFiled)),
            Step::Accept => (&[C::DisputesAnswered, C::DisputesAccepted], Some(Series::DisputesAccepted)),
            Step::ExecuteBySilence => (&[C::DisputesAutoExecuted], Some(Series::DisputesAutoExecuted)),
            Step::Reject => (&[C::DisputesAnswered, C::DisputesRejected], None),
            Step::TakeCounterOffer => (&[C::DisputesCountered], Some(Series::DisputesCountered)),
            Step::Modify => (&[C::DisputesModified], None),
            Step::Withdraw => (&[C::DisputesWithdrawn], Some(Series::DisputesWithdrawn)),
            Step::StepIn => (&[C::DisputesEscalated], None),
            Step::RuleForBuyer => (&[C::DisputesRuledForBuyer], Some(Series::DisputesRuledForBuyer)),
            Step::RuleForSeller => (&[C::DisputesRuledForSeller], Some(Series::DisputesRuledForSeller)),
            Step::OpenAfterSale => (&[C::AfterSaleCases], None),
            Step::PayOffline => (&[C::OfflineTransfers], None),
            Step::AcceptReturn => (
                &[C::DisputesAnswered, C::DisputesAccepted, C::ReturnsGranted],
                Some(Series::DisputesAccepted),
            ),
            Step::GrantReturnBySilence => {
                (&[C::DisputesAutoExecuted, C::ReturnsGranted], Some(Series::DisputesAutoExecuted))
            }
            Step::RuleForReturn => {
                (&[C::DisputesRuledForBuyer, C::ReturnsGranted], Some(Series::DisputesRuledForBuyer))
            }
            Step::SendBack => (&[C::ReturnsSent], None),
            Step::MissReturn => (&[C::ReturnsMissed], None),
            Step::ConfirmReturn => (&[C::ReturnsConfirmed], None),
            Step::RefundReturnBySilence => (&[C::ReturnsRefundedBySilence], None),
            Step::AppealByBuyer => (&[C::AppealsFiledByBuyers], None),
            Step::AppealBySeller => (&[C::AppealsFiledBySellers], None),
        };
        let fact = match step {
            Step::CloseUnshipped => Some(StepFact::NotSold),
            Step::File => Some(StepFact::Filed),
            Step::Accept
            | Step::ExecuteBySilence
            | Step::TakeCounterOffer
            | Step::RuleForBuyer
            | Step::ConfirmReturn
            | Step::RefundReturnBySilence => Some(StepFact::Refunded),
            Step::Withdraw => Some(StepFact::Withdrawn),
            _ => None,
        };
        let refunded_by = match step {
            Step::AgreeCancel | Step::GrantCancelBySilence | Step::CloseUnshipped => {
                Some(RefundedBy::Known(C::RefundedByCancellation))
            }
            Step::Accept | Step::TakeCounterOffer => Some(RefundedBy::Known(C::RefundedByAgreement)),
            Step::ExecuteBySilence => Some(RefundedBy::Known(C::RefundedBySilence)),
            Step::RuleForBuyer => Some(RefundedBy::Known(C::RefundedByRuling)),
            Step::SettleAfterSale => Some(RefundedBy::Known(C::RefundedAfterSale)),
            Step::ConfirmReturn | Step::RefundReturnBySilence => Some(RefundedBy::Grant),
            _ => None,
        };
        Self { counts, series, fact, refunded_by }
    }
}

/// What a granted cancellation adds by whose reason the buyer chose (R3).
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReasonEffects {
    /// What is counted once.
    pub(crate) counts: &'static [Count],
    /// The daily series that count it.
    pub(crate) series: &'static [Series],
    /// The day's close finds a transaction not sold.
    pub(crate) is_not_sold: bool,
}

impl ReasonEffects {
    /// The effects of a side's reason.
    pub(crate) const fn of(side: Attribution) -> Self {
        let (counts, series): (&[Count], &[Series]) = match side {
            Attribution::Buyer => (&[Count::OrdersCancelledBuyerReason], &[Series::CancelledBuyerReason]),
            Attribution::Seller => (
                &[Count::OrdersCancelledSellerReason, Count::OrdersNotSold],
                &[Series::CancelledSellerReason, Series::NotSold],
            ),
        };
        Self { counts, series, is_not_sold: counts_as_not_sold(side) }
    }

    /// What is counted once by whose cause it truly was.
    pub(crate) const fn of_cause(side: Attribution) -> Count {
        match side {
            Attribution::Buyer => Count::OrdersCancelledBuyerCause,
            Attribution::Seller => Count::OrdersCancelledSellerCause,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::OrderState;

    /// The grants of a return, and what each would be without one (R13).
    const GRANTS: [(Step, Step); 3] = [
        (Step::AcceptReturn, Step::Accept),
        (Step::GrantReturnBySilence, Step::ExecuteBySilence),
        (Step::RuleForReturn, Step::RuleForBuyer),
    ];

    #[test]
    fn a_grant_of_a_return_counts_what_a_refund_would_and_moves_no_money() {
        for (grant, plain) in GRANTS {
            let (grant, plain) = (Effects::of(grant), Effects::of(plain));
            assert_eq!(grant.counts.split_last(), Some((&Count::ReturnsGranted, plain.counts)));
            assert_eq!(grant.series, plain.series);
            assert_eq!((grant.fact, grant.refunded_by), (None, None));
        }
    }

    #[test]
    fn a_step_refunds_something_if_and_only_if_it_ends_the_order_for_the_buyer() {
        for step in Step::ALL {
            let ends: Vec<OrderState> =
                OrderState::ALL.iter().filter_map(|state| state.after(step)).collect();
            let is_refund = ends.iter().all(|end| end.is_final() && *end != OrderState::Upheld);
            assert_eq!(Effects::of(step).refunded_by.is_some(), is_refund, "{step:?}");
        }
    }

    #[test]
    fn nothing_is_counted_by_two_steps_but_an_answer() {
        let mut counted: Vec<Count> = Step::ALL
            .iter()
            .filter(|step| !GRANTS.iter().any(|(granted, _)| granted == *step))
            .flat_map(|&step| Effects::of(step).counts)
            .copied()
            .collect();
        let all = counted.len();
        counted.sort_unstable_by_key(|&count| count as usize);
        counted.dedup();
        assert_eq!(counted.len(), all - 1, "a dispute is answered by acceptance and by rejection");
    }

    #[test]
    fn a_cancellation_counts_as_not_sold_exactly_if_the_rule_says_so() {
        for side in [Attribution::Buyer, Attribution::Seller] {
            let ReasonEffects { counts, series, is_not_sold } = ReasonEffects::of(side);
            assert_eq!(counts.contains(&Count::OrdersNotSold), is_not_sold, "{side:?}");
            assert_eq!(series.contains(&Series::NotSold), is_not_sold, "{side:?}");
        }
    }
}
