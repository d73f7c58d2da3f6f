//! The standing of a seller in words: which rule, at which numbers, did what at the close of a day.

use crate::engine::World;
use crate::market::Step;
use crate::observe::seller_day::SellerDay;
use crate::observe::story::Event;
use crate::policy::dispute_rate::{Basis, Denominator, PenaltyCurve};
use crate::policy::not_sold::{Grade, GradeEntry};
use crate::policy::rate::Rate;
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
}

/// A day as a line of JSON.
pub fn line(seller: String, day: &SellerDay) -> SellerLine {
    SellerLine {
        seller,
        day: day.day.0,
        weight: day.weight,
        disputes: day.disputes,
        orders: day.orders,
        dispute_weight: day.dispute_weight,
        not_sold: day.not_sold,
        placed: day.placed,
        grade: grade(day.grade),
        score: day.score,
        level_weight: day.level_weight,
        points: day.points,
        tier: day.tier,
        found_offline: day.was_found_offline,
        frozen_until: day.frozen_until.map(|day| day.0),
    }
}

const fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::None => "none",
        Grade::Demoted => "demoted",
        Grade::Hidden => "hidden",
        Grade::Frozen => "frozen",
    }
}

/// What holds tomorrow, in a line.
pub fn standing(day: &SellerDay) -> String {
    match day.frozen_until {
        Some(until) if until.0 == i32::MAX => "closed for good".to_owned(),
        Some(until) => format!("suspended until day {}", until.0),
        None if day.weight < 1.0 => format!("search weight {:.2} of its own", day.weight),
        None => "no penalty".to_owned(),
    }
}

/// The measured days on which the platform treats the seller otherwise than the day before, each with that day.
pub fn changes(days: &[SellerDay]) -> Vec<(Option<&SellerDay>, &SellerDay)> {
    let pairs = days.iter().enumerate().map(|(at, day)| (at.checked_sub(1).map(|before| &days[before]), day));
    let is_changed = |(before, day): &(Option<&SellerDay>, &SellerDay)| {
        day.day.0 >= 0 && before.map_or(day.weight < 1.0, |before| day.differs_from(before))
    };
    pairs.filter(is_changed).collect()
}

/// What each rule of the policy finds on a day, with the numbers of its window; `before` is the day before it.
pub fn findings(world: &World, before: Option<&SellerDay>, day: &SellerDay) -> Vec<String> {
    let mut lines = vec![dispute_rate(world, day), not_sold(world, before, day)];
    lines.extend(score(world, before, day));
    lines.extend(points(world, day));
    if day.was_found_offline {
        let days = world.policy.offline.freeze_for.as_days();
        let effect = if days > 0.0 { format!("suspended for {days} days") } else { "no effect".to_owned() };
        lines.push(format!("offline transfers (R10): one was found out: {effect}"));
    }
    lines
}

fn percent(count: u32, total: u32) -> String {
    if total == 0 {
        "no rate".to_owned()
    } else {
        format!("{:.2} %", 100.0 * f64::from(count) / f64::from(total))
    }
}

fn threshold(rate: Rate) -> String {
    // Billionths, so that what was written as 7 % is not 7.000000000000001 %.
    let (whole, rest) = (rate.0 / 10_000_000, rate.0 % 10_000_000);
    let text = format!("{whole}.{rest:07}");
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

fn dispute_rate(world: &World, day: &SellerDay) -> String {
    let rule = &world.policy.dispute_rate;
    let SellerDay { disputes, orders, dispute_weight, .. } = *day;
    let kind = match rule.basis {
        Basis::Filed => "disputes filed",
        Basis::Refunded => "disputes refunded",
        Basis::Ruled => "disputes ruled against it",
    };
    let of = match rule.denominator {
        Denominator::Closed => "orders closed",
        Denominator::Placed => "orders placed",
    };
    let found = format!(
        "dispute rate (R7): {disputes} {kind} of {orders} {of} in {} days, {}",
        rule.window,
        percent(disputes, orders)
    );
    let limit = threshold(rule.threshold);
    let verdict = if rule.is_above(disputes, orders) {
        let effect = match rule.penalty {
            PenaltyCurve::None => "which has no penalty here".to_owned(),
            _ => format!("search weight times {dispute_weight:.2}"),
        };
        format!("above the threshold of {limit}: {effect}")
    } else if rule.threshold.is_exceeded_by(disputes, orders) {
        format!(
            "above the threshold of {limit}, but not assessed below {} orders and {} disputes",
            rule.minimum_orders, rule.minimum_disputes
        )
    } else {
        format!("not above the threshold of {limit}: no effect")
    };
    format!("{found}; {verdict}")
}

fn not_sold(world: &World, before: Option<&SellerDay>, day: &SellerDay) -> String {
    let rule = &world.policy.not_sold;
    let found = format!(
        "seller-fault cancellations (R4): {} of {} orders placed in {} days, {}",
        day.not_sold,
        day.placed,
        rule.window,
        percent(day.not_sold, day.placed)
    );
    let entry = |entry: Option<GradeEntry>| {
        entry.map_or_else(String::new, |entry| {
            let share = entry.share.map_or_else(String::new, |share| format!(" and {}", threshold(share)));
            format!(" from {}{share} on", entry.count)
        })
    };
    let verdict = match rule.grade(day.not_sold, day.placed) {
        Grade::None if day.placed < rule.minimum_orders => {
            format!("not assessed below {} orders", rule.minimum_orders)
        }
        Grade::None => format!("no penalty; demoted{}", entry(rule.demote)),
        Grade::Demoted => {
            format!("demoted{}: search weight times {:.2}", entry(rule.demote), rule.demotion_weight)
        }
        Grade::Hidden => format!("hidden in search{}", entry(rule.hide)),
        Grade::Frozen if before.is_some_and(|before| before.frozen_until == day.frozen_until) => {
            format!("suspended already{}", entry(rule.freeze))
        }
        Grade::Frozen => format!("suspended{}, and the count begins anew", entry(rule.freeze)),
    };
    format!("{found}; {verdict}")
}

fn score(world: &World, before: Option<&SellerDay>, day: &SellerDay) -> Option<String> {
    let (score, rule) = (day.score?, world.policy.service_score.as_ref()?);
    let is_set = day.day.next().0.rem_euclid(i32::from(rule.level_every)) == 0;
    let level = if is_set {
        let was = before.map_or_else(String::new, |before| format!(", before {:.2}", before.level_weight));
        format!(
            "the level of the last {} days gives search weight times {:.2}{was}",
            rule.level_every, day.level_weight
        )
    } else {
        format!("the level holds: search weight times {:.2}", day.level_weight)
    };
    Some(format!("service score (R7): {score:.1} points today; {level}"))
}

fn points(world: &World, day: &SellerDay) -> Option<String> {
    let rule = world.policy.points.as_ref()?;
    let tier = match day.tier {
        0 => "no tier".to_owned(),
        tier => format!("tier {tier}: search weight times {:.2}", rule.tiers[tier - 1].weight),
    };
    Some(format!("penalty points (R4): {} valid; {tier}", day.points))
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
