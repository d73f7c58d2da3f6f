//! What became of a seller in words: how it is treated after each day, and which days changed that.

use super::digits::Digits;
use crate::market::Step;
use crate::observe::penalties::cause;
use crate::observe::seller_day::{SellerDay, Treatment};
use crate::observe::story::Event;
use crate::policy::penalty::Penalty;
use serde::Serialize;

/// A day of a seller, as a line of JSON has it.
#[derive(Debug, Serialize)]
pub struct SellerLine {
    /// `replication/market/seller`.
    pub seller: String,
    /// The day that closes; negative in the warm-up.
    pub day: i32,
    /// Multiplier on the search weight of tomorrow; 0 where suspended.
    pub weight: f64,
    /// Disputes that count in the window of the dispute rate (R7).
    pub disputes: u32,
    /// Orders that they are held against.
    pub orders: u32,
    /// Multiplier by the dispute rate.
    pub dispute_weight: f64,
    /// Seller-fault cancellations in their window (R4).
    pub not_sold: u32,
    /// Orders placed in it.
    pub placed: u32,
    /// `none`, `demoted`, `hidden` or `frozen`.
    pub grade: &'static str,
    /// Service score in points (R7); null where there is none.
    pub score: Option<f64>,
    /// Multiplier by the level of the score.
    pub level_weight: f64,
    /// Valid penalty points (R4).
    pub points: u32,
    /// Their tier; 0 is none.
    pub tier: usize,
    /// A transfer outside the platform was found out (R10).
    pub found_offline: bool,
    /// The first day on which the seller trades again; null if tomorrow it does.
    pub frozen_until: Option<i32>,
    /// The penalties that hold tomorrow, as the columns of `seller_days.csv` call them.
    pub penalties: Vec<&'static str>,
}

/// A day as a line of JSON.
pub fn line(seller: String, day: &SellerDay) -> SellerLine {
    SellerLine {
        seller,
        day: day.day.0,
        weight: day.tomorrow.weight,
        disputes: day.disputes,
        orders: day.orders,
        dispute_weight: day.dispute_weight,
        not_sold: day.not_sold,
        placed: day.placed,
        grade: day.grade.name(),
        score: day.score,
        level_weight: day.level_weight,
        points: day.points,
        tier: day.tier,
        found_offline: day.was_found_offline,
        frozen_until: day.tomorrow.frozen_until.map(|day| day.0),
        penalties: day.tomorrow.penalties().map(cause).collect(),
    }
}

/// How a seller is treated, in a line: suspended, or its search weight, and by which rules.
pub fn standing(of: &Treatment) -> String {
    treatment(of, Digits::telling_apart(&[of.weight]))
}

fn treatment(treatment: &Treatment, digits: Digits) -> String {
    let rules: Vec<&str> = treatment.penalties().map(rule_of).collect();
    let by = if rules.is_empty() { String::new() } else { format!(" ({})", rules.join(", ")) };
    match treatment.frozen_until {
        Some(until) if until.is_never() => format!("closed for good{by}"),
        Some(until) => format!("suspended, trades again on day {}{by}", until.0),
        None if treatment.weight <= 0.0 => format!("hidden in search{by}"),
        None if rules.is_empty() && treatment.weight > 1.0 => {
            format!(
                "no penalty, search weight {} of its own by its service level",
                digits.of(treatment.weight)
            )
        }
        None if rules.is_empty() => "no penalty".to_owned(),
        None => format!("search weight {} of its own{by}", digits.of(treatment.weight)),
    }
}

/// How a seller is treated from the day after on, and how it was on the day that closes: weights with as many digits as tell one
/// from the other.
pub fn change(day: &SellerDay) -> (String, String) {
    let digits = Digits::telling_apart(&[day.today.weight, day.tomorrow.weight]);
    (treatment(&day.tomorrow, digits), treatment(&day.today, digits))
}

/// The rule that a penalty is by, as `seller_findings` calls it.
const fn rule_of(penalty: Penalty) -> &'static str {
    match penalty {
        Penalty::DemotionByDisputeRate => "dispute rate",
        Penalty::DemotionByServiceScore => "service score",
        Penalty::DemotionByNotSold | Penalty::SuspensionByNotSold => "seller-fault cancellations",
        Penalty::DemotionByPoints | Penalty::SuspensionByPoints => "penalty points",
        Penalty::SuspensionByOfflineTransfer => "offline transfers",
    }
}

/// The days of the observation period after which the platform treats the seller otherwise than on them, all of them.
pub fn changes(days: &[SellerDay]) -> Vec<&SellerDay> {
    days.iter().filter(|day| day.day.0 >= 0 && day.changes_treatment()).collect()
}

/// Whether an event of an order can enter what a seller is judged by.
pub const fn is_held_against_sellers(what: Event) -> bool {
    matches!(
        what,
        Event::Step(
            Step::File
                | Step::Withdraw
                | Step::Accept
                | Step::ExecuteBySilence
                | Step::TakeCounterOffer
                | Step::RuleForBuyer
                | Step::RuleForSeller
                | Step::AgreeCancel
                | Step::GrantCancelBySilence
                | Step::CloseUnshipped
                | Step::PayOffline
                | Step::ConfirmReturn
                | Step::RefundReturnBySilence
                | Step::MissReturn
        )
    )
}
