//! What a case owes once its parcel is back (R13).

use crate::market::Step;
use crate::observe::Count;

/// What grants a return (R13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grant {
    /// The seller accepts (R6).
    Agreement,
    /// The seller is silent (R8).
    Silence,
    /// The platform rules for the buyer.
    Ruling,
}

impl Grant {
    /// The step that refunds at once.
    pub(crate) const fn refund(self) -> Step {
        match self {
            Self::Agreement => Step::Accept,
            Self::Silence => Step::ExecuteBySilence,
            Self::Ruling => Step::RuleForBuyer,
        }
    }

    /// The step that lets the refund wait for the parcel.
    pub(crate) const fn on_return(self) -> Step {
        match self {
            Self::Agreement => Step::AcceptReturn,
            Self::Silence => Step::GrantReturnBySilence,
            Self::Ruling => Step::RuleForReturn,
        }
    }

    /// As what the refund is booked in the end.
    pub(crate) const fn refunded_by(self) -> Count {
        match self {
            Self::Agreement => Count::RefundedByAgreement,
            Self::Silence => Count::RefundedBySilence,
            Self::Ruling => Count::RefundedByRuling,
        }
    }
}

/// What a dispute has to do with a return (R13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReturnCourse {
    /// Nothing: its refund is without return.
    None,
    /// The buyer asks for return and refund.
    Asked,
    /// The refund is owed once the parcel is back.
    Owed {
        by: Grant,
        /// The ruling holds the seller liable.
        is_liable: bool,
    },
}
