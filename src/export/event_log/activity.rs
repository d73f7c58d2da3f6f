//! What an event of a log is called, who lets it happen, and on which date.

use crate::engine::{OrderNumber, OrderStory, World};
use crate::market::{Attribution, DisputeKind, Step};
use crate::observe::story::{Actor, Detail, Event};
use crate::sim::SimTime;

/// The days from 1 January 1970 to Monday, 1 January 2024.
const FIRST_MONDAY: i64 = 19_723;

/// An order's story, and the name of what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedOrder {
    /// The story.
    pub story: OrderStory,
    /// What became of it, as filters name it.
    pub outcome: &'static str,
}

/// What happens: the activity of process mining, a verb and its object.
pub(super) const fn activity(what: Event) -> &'static str {
    match what {
        Event::Placed => "place order",
        Event::DeclineAfterSale => "decline after-sale claim",
        Event::Step(step) => match step {
            Step::RequestCancel => "request cancellation",
            Step::AgreeCancel => "agree to cancellation",
            Step::GrantCancelBySilence => "cancel by silence",
            Step::RefuseCancel => "refuse cancellation",
            Step::CloseUnshipped => "close unshipped order",
            Step::Ship => "ship order",
            Step::Deliver => "deliver order",
            Step::Complete => "complete order",
            Step::File => "file dispute",
            Step::Accept => "accept dispute",
            Step::ExecuteBySilence => "refund by silence",
            Step::Reject => "reject dispute",
            Step::TakeCounterOffer => "take counter-offer",
            Step::Modify => "modify request",
            Step::Withdraw => "withdraw dispute",
            Step::StepIn => "step in",
            Step::RuleForBuyer => "rule for buyer",
            Step::RuleForSeller => "rule for seller",
            Step::OpenAfterSale => "open after-sale case",
            Step::SettleAfterSale => "settle after-sale case",
            Step::PayOffline => "pay offline",
            Step::AcceptReturn => "accept return",
            Step::GrantReturnBySilence => "grant return by silence",
            Step::RuleForReturn => "rule for return",
            Step::SendBack => "send back",
            Step::MissReturn => "miss return",
            Step::ReceiveBack => "receive return",
            Step::ConfirmReturn => "confirm return",
            Step::RefundReturnBySilence => "refund return by silence",
            Step::DecideForBuyer => "decide for buyer, appealed",
            Step::DecideForSeller => "decide for seller, appealed",
            Step::AppealByBuyer => "appeal by buyer",
            Step::AppealBySeller => "appeal by seller",
        },
    }
}

/// Whether an event after the filing is of the dispute and not of the order alone.
pub(super) const fn is_of_dispute(what: Event) -> bool {
    match what {
        Event::Placed | Event::DeclineAfterSale => false,
        Event::Step(step) => !matches!(
            step,
            Step::RequestCancel
                | Step::AgreeCancel
                | Step::GrantCancelBySilence
                | Step::RefuseCancel
                | Step::CloseUnshipped
                | Step::Ship
                | Step::Deliver
                | Step::Complete
                | Step::OpenAfterSale
                | Step::SettleAfterSale
                | Step::PayOffline
        ),
    }
}

pub(super) const fn role(actor: Actor) -> &'static str {
    match actor {
        Actor::Buyer => "buyer",
        Actor::Seller => "seller",
        Actor::Carrier => "carrier",
        Actor::Platform => "platform",
    }
}

/// What else a log says of an event: attributes of text with their values.
pub(super) fn details(world: &World, detail: Option<Detail>) -> Vec<(&'static str, String)> {
    match detail {
        None => Vec::new(),
        Some(Detail::Claim(kind)) => vec![("claim", claim(kind).to_owned())],
        Some(Detail::Reason { entry, side, is_steered }) => {
            let reason = world.policy.cancellation.reasons.get(usize::from(entry));
            let side = match side {
                Attribution::Buyer => "buyer",
                Attribution::Seller => "seller",
            };
            let steered = if is_steered { "yes" } else { "no" };
            vec![
                ("reason", reason.map_or("another reason", |reason| reason.name.as_str()).to_owned()),
                ("attributed_to", side.to_owned()),
                ("steered", steered.to_owned()),
            ]
        }
    }
}

pub(super) const fn claim(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::NotReceived => "not received",
        DisputeKind::NotAsDescribed => "not as described",
        DisputeKind::Opportunistic => "not as described, untrue",
    }
}

/// An order's number as `trace` prints it.
pub(super) fn order_id(order: &OrderNumber) -> String {
    let OrderNumber { replication, market, seller, day, number } = order;
    format!("{replication}/{market}/{seller}/{day}/{number}")
}

/// An instant as a date of UTC: day 0 is the first day of 2024 that has its weekday, so that weekdays are right.
pub(super) fn date(world: &World, at: SimTime) -> String {
    let day = FIRST_MONDAY + world.day_zero as i64 + i64::from(at.day().0);
    let (year, month, of_month) = civil(day);
    let second = at.second_of_day();
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{of_month:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of a day counted from 1 January 1970 (Hinnant, "chrono-compatible low-level date algorithms").
const fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + if month <= 2 { 1 } else { 0 }, month, of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates_over_leap_years_and_before_the_first_day() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(FIRST_MONDAY), (2024, 1, 1));
        assert_eq!(civil(FIRST_MONDAY - 1), (2023, 12, 31));
        assert_eq!(civil(FIRST_MONDAY + 59), (2024, 2, 29));
        assert_eq!(civil(FIRST_MONDAY + 366), (2025, 1, 1));
        assert_eq!(civil(FIRST_MONDAY + 20_000), (2078, 10, 4));
    }

    #[test]
    fn every_activity_has_a_name_of_its_own() {
        let mut names: Vec<&str> = Step::ALL.into_iter().map(|step| activity(Event::Step(step))).collect();
        names.extend([activity(Event::Placed), activity(Event::DeclineAfterSale)]);
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
