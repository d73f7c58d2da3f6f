//! Metrics of rules that a world may lack: they are reported only where it has the rule.

use super::metric::{Formula, Metric, Unit, count, formula};
use super::tally::Count;
use crate::policy::OptionalRule;

const fn of_appeals(metric: Metric) -> Metric {
    Metric { needs: Some(OptionalRule::Appeals), ..metric }
}

/// Of appeals against rulings (R12).
pub(super) const APPEALS: [Metric; 5] = [
    of_appeals(formula(
        "appeals_filed",
        Unit::Cases,
        Formula::Sum(Count::AppealsFiledByBuyers, Count::AppealsFiledBySellers),
        "Appeals against rulings (R12).",
    )),
    of_appeals(count(
        "appeals_filed_by_buyers",
        Unit::Cases,
        Count::AppealsFiledByBuyers,
        "Of these, by buyers against rulings for the seller (R12).",
    )),
    of_appeals(count("appeals_decided", Unit::Cases, Count::AppealsDecided, "Second rulings (R12).")),
    of_appeals(count(
        "appeals_granted",
        Unit::Cases,
        Count::AppealsGranted,
        "Second rulings for whoever appealed (R12).",
    )),
    of_appeals(formula(
        "appeals_granted_share",
        Unit::Share,
        Formula::Ratio(Count::AppealsGranted, Count::AppealsDecided),
        "Second rulings for whoever appealed, of second rulings (R12).",
    )),
];

/// A count that is reported where there are returns (R13).
const fn of_returns(name: &'static str, of: Count, meaning: &'static str) -> Metric {
    Metric { needs: Some(OptionalRule::Returns), ..count(name, Unit::Cases, of, meaning) }
}

/// Of return and refund (R13).
pub(super) const RETURNS: [Metric; 8] = [
    of_returns("returns_asked", Count::ReturnsAsked, "Disputes that ask for return and refund (R13)."),
    of_returns("returns_granted", Count::ReturnsGranted, "Returns granted, by whomever (R13)."),
    of_returns("returns_sent", Count::ReturnsSent, "Parcels sent back in time (R13)."),
    of_returns("returns_missed", Count::ReturnsMissed, "Returns not sent in time: the seller is paid (R13)."),
    of_returns("returns_confirmed", Count::ReturnsConfirmed, "Returns that the seller confirmed (R13)."),
    of_returns(
        "returns_refunded_by_silence",
        Count::ReturnsRefundedBySilence,
        "Returns refunded by silence (R13).",
    ),
    of_returns("returns_open", Count::ReturnsOpen, "Returns without an end at the horizon (R13)."),
    Metric {
        unit: Unit::Share,
        formula: Formula::PartOfBoth(Count::ReturnsMissed, Count::ReturnsSent),
        ..of_returns(
            "returns_missed_share",
            Count::ReturnsMissed,
            "Returns missed, of those sent or missed (R13).",
        )
    },
];
