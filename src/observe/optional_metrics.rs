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
