//! An order's life as states and the steps between them.
//!
//! ```text
//!             request           agree / silence
//!   Placed ───────────► CancelRequested ───────────► Cancelled
//!     │  ▲──── refuse ───────┘  │
//!     │  deadline passes        │ (overtaken)
//!     ├────────► Unshipped ◄────┤
//!     ▼                         │
//!   Shipped ◄───────────────────┘
//!     │ deliver
//!     ▼         confirm / protection ends
//!   Delivered ─────────────────────────► Completed
//!     │ file                                │ file (15 days), after-sale case later
//!     ▼                                     ▼
//!   AwaitingSeller ─ accept / silence ─► Refunded
//!     │ reject  ▲ modify
//!     ▼         │
//!   AwaitingBuyer ─ counter-offer taken ─► Refunded;  withdraw ─► Completed or Shipped again
//!     │ platform steps in
//!     ▼
//!   UnderReview ─ ruled ─► Refunded or Upheld
//!
//!   AwaitingSeller, UnderReview ─ return granted ─► AwaitingReturn ─ not sent in time ─► Upheld
//!                                                     │ send back
//!                                                     ▼           back           confirm / silence
//!                                                   ReturnInTransit ──► Returned ─────────────────► Refunded
//!     │ ruled, and the loser will appeal (R12)
//!     ▼                        appeal
//!   DecidedForBuyer / ForSeller ─────► OnAppeal ─ ruled again ─► Refunded or Upheld
//! ```

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderState {
    /// Paid, payment held, not shipped.
    Placed,
    /// The buyer has asked to cancel.
    CancelRequested,
    /// Cancelled and refunded in full (R2).
    Cancelled,
    /// Closed by the platform because the seller did not ship; refunded in full (R4).
    Unshipped,
    /// On its way, or lost.
    Shipped,
    /// At the buyer's.
    Delivered,
    /// Payment released to the seller.
    Completed,
    /// A dispute is open and the seller's clock runs (R8).
    AwaitingSeller,
    /// The seller has rejected.
    AwaitingBuyer,
    /// The platform has stepped in.
    UnderReview,
    /// A dispute or an after-sale case ended in a refund.
    Refunded,
    /// A dispute was ruled for the seller, or a return was missed (R13); the seller is paid: the order is finished, and counts as completed.
    Upheld,
    /// An after-sale case is with manual service (R9).
    AfterSale,
    /// A refund is owed once the buyer has sent the parcel back (R13).
    AwaitingReturn,
    /// The parcel is on its way back (R13).
    ReturnInTransit,
    /// The parcel is back, and the seller has not confirmed it yet (R13).
    Returned,
    /// The platform has ruled for the buyer, without effect so far because the seller will appeal (R12).
    DecidedForBuyer,
    /// The platform has ruled for the seller, without effect so far because the buyer will appeal (R12).
    DecidedForSeller,
    /// The loser of the ruling has appealed, and waits for the second one (R12).
    OnAppeal,
}

/// One change in an order's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The buyer asks to cancel.
    RequestCancel,
    /// The seller agrees to cancel (R2).
    AgreeCancel,
    /// The seller's silence grants the cancellation.
    GrantCancelBySilence,
    /// The seller refuses to cancel.
    RefuseCancel,
    /// The shipment deadline passes (R4).
    CloseUnshipped,
    /// The parcel is handed over.
    Ship,
    /// The parcel arrives.
    Deliver,
    /// The buyer confirms, or the protection ends.
    Complete,
    /// The buyer files a dispute (R6).
    File,
    /// The seller accepts: the requested amount is refunded (R6).
    Accept,
    /// The seller's silence executes the requested amount (R8).
    ExecuteBySilence,
    /// The seller rejects, with or without a counter-offer.
    Reject,
    /// The buyer takes the counter-offer.
    TakeCounterOffer,
    /// The buyer modifies the request: a new clock (R8).
    Modify,
    /// The buyer withdraws the dispute.
    Withdraw,
    /// The platform takes the case over.
    StepIn,
    /// The platform rules for the buyer, in full or in part.
    RuleForBuyer,
    /// The platform rules for the seller.
    RuleForSeller,
    /// Both sides agree on a refund after the window (R9).
    OpenAfterSale,
    /// Manual service settles the after-sale case (R9).
    SettleAfterSale,
    /// The seller pays outside the platform (R10); the platform's books do not see it.
    PayOffline,
    /// The seller accepts a request for return and refund: the refund is owed on return (R13).
    AcceptReturn,
    /// The seller's silence grants the return (R8, R13).
    GrantReturnBySilence,
    /// The platform rules for the buyer who asks for return and refund (R13).
    RuleForReturn,
    /// The buyer hands the parcel over for its return (R13).
    SendBack,
    /// The buyer has not handed it over in time: the seller is paid (R13).
    MissReturn,
    /// The parcel is back at the seller's (R13).
    ReceiveBack,
    /// The seller confirms the returned parcel: what is owed is refunded (R13).
    ConfirmReturn,
    /// The seller has not confirmed it in time: what is owed is refunded (R13).
    RefundReturnBySilence,
    /// The platform rules for the buyer, and the ruling has no effect because the seller will appeal (R12).
    DecideForBuyer,
    /// The platform rules for the seller, and the ruling has no effect because the buyer will appeal (R12).
    DecideForSeller,
    /// The buyer appeals against a ruling for the seller (R12).
    AppealByBuyer,
    /// The seller appeals against a ruling for the buyer, in full or in part (R12).
    AppealBySeller,
}

impl Step {
    /// Every step, in the order of its number.
    pub const ALL: [Self; 33] = [
        Self::RequestCancel,
        Self::AgreeCancel,
        Self::GrantCancelBySilence,
        Self::RefuseCancel,
        Self::CloseUnshipped,
        Self::Ship,
        Self::Deliver,
        Self::Complete,
        Self::File,
        Self::Accept,
        Self::ExecuteBySilence,
        Self::Reject,
        Self::TakeCounterOffer,
        Self::Modify,
        Self::Withdraw,
        Self::StepIn,
        Self::RuleForBuyer,
        Self::RuleForSeller,
        Self::OpenAfterSale,
        Self::SettleAfterSale,
        Self::PayOffline,
        Self::AcceptReturn,
        Self::GrantReturnBySilence,
        Self::RuleForReturn,
        Self::SendBack,
        Self::MissReturn,
        Self::ReceiveBack,
        Self::ConfirmReturn,
        Self::RefundReturnBySilence,
        Self::DecideForBuyer,
        Self::DecideForSeller,
        Self::AppealByBuyer,
        Self::AppealBySeller,
    ];
}

impl OrderState {
    /// Every state, in the order of its number.
    pub const ALL: [Self; 19] = [
        Self::Placed,
        Self::CancelRequested,
        Self::Cancelled,
        Self::Unshipped,
        Self::Shipped,
        Self::Delivered,
        Self::Completed,
        Self::AwaitingSeller,
        Self::AwaitingBuyer,
        Self::UnderReview,
        Self::Refunded,
        Self::Upheld,
        Self::AfterSale,
        Self::AwaitingReturn,
        Self::ReturnInTransit,
        Self::Returned,
        Self::DecidedForBuyer,
        Self::DecidedForSeller,
        Self::OnAppeal,
    ];

    /// The state after `step`, or `None` if the step is not legal here.
    ///
    /// A withdrawn dispute leaves an order that completes at once or when its protection ends: it is
    /// `Delivered` again.
    #[inline]
    pub fn after(self, step: Step) -> Option<Self> {
        NEXT[self as usize][step as usize]
    }

    /// Whether the parcel's own steps (shipped, delivered, completed) lead from this state to `later`.
    #[inline]
    pub const fn leads_to(self, later: Self) -> bool {
        matches!(
            (self, later),
            (Self::Placed, Self::Shipped | Self::Delivered | Self::Completed)
                | (Self::Shipped, Self::Delivered | Self::Completed)
                | (Self::Delivered, Self::Completed)
        )
    }

    /// [`Self::after`] where constants are worked out.
    pub(crate) const fn next(self, step: Step) -> Option<Self> {
        use OrderState as S;
        Some(match (self, step) {
            (S::Placed, Step::RequestCancel) => S::CancelRequested,
            (S::CancelRequested, Step::AgreeCancel | Step::GrantCancelBySilence) => S::Cancelled,
            (S::CancelRequested, Step::RefuseCancel) => S::Placed,
            (S::Placed | S::CancelRequested, Step::CloseUnshipped) => S::Unshipped,
            (S::Placed | S::CancelRequested, Step::Ship) => S::Shipped,
            (S::Shipped, Step::Deliver)
            | (
                S::AwaitingSeller
                | S::AwaitingBuyer
                | S::UnderReview
                | S::DecidedForBuyer
                | S::DecidedForSeller
                | S::OnAppeal,
                Step::Withdraw,
            ) => S::Delivered,
            (S::Shipped | S::Delivered, Step::Complete) => S::Completed,
            (S::Shipped | S::Delivered | S::Completed, Step::File) | (S::AwaitingBuyer, Step::Modify) => {
                S::AwaitingSeller
            }
            (S::AwaitingSeller, Step::Accept | Step::ExecuteBySilence)
            | (S::AwaitingBuyer, Step::TakeCounterOffer)
            | (S::UnderReview | S::OnAppeal, Step::RuleForBuyer)
            | (S::AfterSale, Step::SettleAfterSale)
            | (S::Returned, Step::ConfirmReturn | Step::RefundReturnBySilence) => S::Refunded,
            (S::AwaitingSeller, Step::Reject) => S::AwaitingBuyer,
            (S::AwaitingSeller | S::AwaitingBuyer, Step::StepIn) => S::UnderReview,
            (S::UnderReview | S::OnAppeal, Step::RuleForSeller) | (S::AwaitingReturn, Step::MissReturn) => {
                S::Upheld
            }
            (S::UnderReview, Step::DecideForBuyer) => S::DecidedForBuyer,
            (S::UnderReview, Step::DecideForSeller) => S::DecidedForSeller,
            (S::DecidedForSeller, Step::AppealByBuyer) | (S::DecidedForBuyer, Step::AppealBySeller) => {
                S::OnAppeal
            }
            (S::Completed, Step::OpenAfterSale) => S::AfterSale,
            (S::Shipped | S::Delivered | S::Completed, Step::PayOffline) => self,
            (S::AwaitingSeller, Step::AcceptReturn | Step::GrantReturnBySilence)
            | (S::UnderReview | S::OnAppeal, Step::RuleForReturn) => S::AwaitingReturn,
            (S::AwaitingReturn, Step::SendBack) => S::ReturnInTransit,
            (S::ReturnInTransit, Step::ReceiveBack) => S::Returned,
            _ => return None,
        })
    }

    /// Whether a dispute is open.
    pub const fn is_disputed(self) -> bool {
        matches!(
            self,
            Self::AwaitingSeller
                | Self::AwaitingBuyer
                | Self::UnderReview
                | Self::DecidedForBuyer
                | Self::DecidedForSeller
                | Self::OnAppeal
        )
    }

    /// Whether nothing more can happen to the order's money.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Cancelled | Self::Unshipped | Self::Refunded | Self::Upheld)
    }
}

/// [`OrderState::next`] of every state and step: what every order in trouble asks at each of its steps.
static NEXT: [[Option<OrderState>; Step::ALL.len()]; OrderState::ALL.len()] = {
    let mut table = [[None; Step::ALL.len()]; OrderState::ALL.len()];
    let mut state = 0;
    while state < OrderState::ALL.len() {
        let mut step = 0;
        while step < Step::ALL.len() {
            table[state][step] = OrderState::ALL[state].next(Step::ALL[step]);
            step += 1;
        }
        state += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_cancelled_only_before_shipment() {
        assert_eq!(OrderState::Placed.after(Step::RequestCancel), Some(OrderState::CancelRequested));
        for shipped in [OrderState::Shipped, OrderState::Delivered, OrderState::Completed] {
            assert_eq!(shipped.after(Step::RequestCancel), None);
        }
    }

    #[test]
    fn a_dispute_opens_only_after_shipment() {
        assert_eq!(OrderState::Placed.after(Step::File), None);
        assert_eq!(OrderState::Shipped.after(Step::File), Some(OrderState::AwaitingSeller));
    }

    /// The states that one or more of the parcel's steps reach are those that it leads to.
    #[test]
    fn a_parcel_leads_where_its_steps_lead() {
        for from in OrderState::ALL {
            let mut reached = vec![from];
            for step in [Step::Ship, Step::Deliver, Step::Complete] {
                let next: Vec<OrderState> = reached.iter().filter_map(|state| state.after(step)).collect();
                reached.extend(next);
            }
            let is_parcel = matches!(from, OrderState::Placed | OrderState::Shipped | OrderState::Delivered);
            for later in OrderState::ALL {
                let is_reached = is_parcel && later != from && reached.contains(&later);
                assert_eq!(from.leads_to(later), is_reached, "{from:?} to {later:?}");
            }
        }
    }

    #[test]
    fn only_the_loser_of_a_ruling_may_appeal_and_only_once() {
        use OrderState as S;
        for state in S::ALL {
            let appeals = [Step::AppealByBuyer, Step::AppealBySeller].map(|step| state.after(step));
            let expected = match state {
                S::DecidedForSeller => [Some(S::OnAppeal), None],
                S::DecidedForBuyer => [None, Some(S::OnAppeal)],
                _ => [None, None],
            };
            assert_eq!(appeals, expected, "{state:?}");
        }
        for decision in [Step::DecideForBuyer, Step::DecideForSeller] {
            assert_eq!(S::OnAppeal.after(decision), None, "the second ruling is final");
        }
    }

    #[test]
    fn a_final_state_has_no_way_out() {
        use OrderState as S;
        for state in [S::Cancelled, S::Unshipped, S::Refunded, S::Upheld] {
            assert!(state.is_final());
            for step in [Step::Ship, Step::Deliver, Step::Complete, Step::File, Step::StepIn, Step::Withdraw]
            {
                assert_eq!(state.after(step), None);
            }
        }
    }
}
