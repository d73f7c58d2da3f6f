//! What each rule finds of a seller at the close of a day, in words, with the numbers that it judges by.

use super::digits::Digits;
use crate::engine::World;
use crate::observe::seller_day::SellerDay;
use crate::policy::dispute_rate::{Basis, Denominator, PenaltyCurve};
use crate::policy::not_sold::{Grade, GradeEntry};
use crate::policy::penalty::Penalty;
use crate::policy::rate::Rate;
use crate::policy::service_score::{ScoreLevel, ServiceScoreRule};

/// What a rule of the policy finds on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, the numbers of its window, and what it does.
    pub text: String,
    /// Whether it changes what the rule does to the seller, or brings it to bear after a time without orders to lose.
    pub is_news: bool,
}

/// What each rule of the policy finds on a day, with the numbers of its window; `before` is the day before it.
pub fn findings(world: &World, before: Option<&SellerDay>, day: &SellerDay) -> Vec<Finding> {
    // What a rule does, if it does anything, as a number that is another one where that is something else.
    let found = |text: String, does: fn(&SellerDay) -> Option<u64>, suspends: Option<Penalty>| {
        let is_other = before.and_then(does) != does(day);
        let is_felt_again = before.is_none_or(|before| before.tomorrow.weight <= 0.0) && does(day).is_some();
        let is_suspended = suspends.is_some_and(|by| day.today.is_under(by) || day.tomorrow.is_under(by));
        let is_moved = is_suspended && day.today.frozen_until != day.tomorrow.frozen_until;
        Finding { text, is_news: is_other || is_felt_again || is_moved }
    };
    let weight_before = |of: fn(&SellerDay) -> f64| before.map_or(of(day), of);
    let mut all = vec![
        found(
            dispute_rate(world, weight_before(|day| day.dispute_weight), day),
            |day| other_than_1(day.dispute_weight),
            None,
        ),
        found(
            not_sold(world, day),
            |day| (day.grade != Grade::None).then_some(day.grade as u64),
            Some(Penalty::SuspensionByNotSold),
        ),
    ];
    if let Some(text) = score(world, weight_before(|day| day.level_weight), day) {
        all.push(found(text, |day| other_than_1(day.level_weight), None));
    }
    if let Some(text) = points(world, day) {
        let does = |day: &SellerDay| (day.tier > 0).then_some(day.tier as u64);
        all.push(found(text, does, Some(Penalty::SuspensionByPoints)));
    }
    all.extend(offline(world, day).map(|text| {
        let by = Some(Penalty::SuspensionByOfflineTransfer);
        found(text, |day| day.was_found_offline.then_some(1), by)
    }));
    all
}

/// The bits of a factor that is not 1.
fn other_than_1(weight: f64) -> Option<u64> {
    (weight.to_bits() != 1.0_f64.to_bits()).then(|| weight.to_bits())
}

/// What the day tells of offline transfers, if anything.
fn offline(world: &World, day: &SellerDay) -> Option<String> {
    let [is_under, stays] =
        [&day.today, &day.tomorrow].map(|of| of.is_under(Penalty::SuspensionByOfflineTransfer));
    let days = world.policy.offline.freeze_for.as_days();
    let told = match (day.was_found_offline, is_under, stays) {
        (true, ..) if days > 0.0 => format!("one was found out: suspended for {days} days"),
        (true, ..) => "one was found out, which has no effect here".to_owned(),
        (false, true, true) => "suspended already".to_owned(),
        (false, true, false) => "the suspension ends".to_owned(),
        (false, false, _) => return None,
    };
    Some(format!("offline transfers (R10): {told}"))
}

fn percent(count: u32, total: u32) -> String {
    if total == 0 {
        "no rate".to_owned()
    } else {
        format!("{:.2} %", 100.0 * f64::from(count) / f64::from(total))
    }
}

/// A number of something; `many` is its plural.
fn counted(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn threshold(rate: Rate) -> String {
    // Billionths, so that what was written as 7 % is not 7.000000000000001 %.
    let (whole, rest) = (rate.0 / 10_000_000, rate.0 % 10_000_000);
    let text = format!("{whole}.{rest:07}");
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A factor of the search weight, with as many digits as tell it from the one before.
fn times(weight: f64, before: f64) -> String {
    format!("search weight times {}", Digits::telling_apart(&[weight, before]).of(weight))
}

fn dispute_rate(world: &World, before: f64, day: &SellerDay) -> String {
    let rule = &world.policy.dispute_rate;
    let SellerDay { disputes, orders, dispute_weight, .. } = *day;
    let (one, many) = match rule.basis {
        Basis::Filed => ("dispute filed", "disputes filed"),
        Basis::Refunded => ("dispute refunded", "disputes refunded"),
        Basis::Ruled => ("dispute ruled against it", "disputes ruled against it"),
    };
    let (order, all) = match rule.denominator {
        Denominator::Closed => ("order closed", "orders closed"),
        Denominator::Placed => ("order placed", "orders placed"),
    };
    let found = format!(
        "dispute rate (R7): {} of {} in {} days, {}",
        counted(disputes, one, many),
        counted(orders, order, all),
        rule.window,
        percent(disputes, orders)
    );
    let limit = threshold(rule.threshold);
    let verdict = if rule.is_above(disputes, orders) {
        let effect = match rule.penalty {
            PenaltyCurve::None => "which has no penalty here".to_owned(),
            _ => times(dispute_weight, before),
        };
        format!("above the threshold of {limit}: {effect}")
    } else if rule.threshold.is_exceeded_by(disputes, orders) {
        format!(
            "above the threshold of {limit}, but only assessed from {} and {} on: no effect",
            counted(rule.minimum_orders, "order", "orders"),
            counted(rule.minimum_disputes, "dispute", "disputes")
        )
    } else {
        format!("not above the threshold of {limit}: no effect")
    };
    format!("{found}; {verdict}")
}

/// What a grade takes, such as `at least 5 and a rate of at least 4 %`.
fn entry(entry: GradeEntry) -> String {
    let share =
        entry.share.map_or_else(String::new, |share| format!(" and a rate of at least {}", threshold(share)));
    format!("at least {}{share}", entry.count)
}

fn not_sold(world: &World, day: &SellerDay) -> String {
    let rule = &world.policy.not_sold;
    let found = format!(
        "seller-fault cancellations (R4): {} of {} in {} days, {}",
        day.not_sold,
        counted(day.placed, "order placed", "orders placed"),
        rule.window,
        percent(day.not_sold, day.placed)
    );
    let takes = |of: Option<GradeEntry>| of.map(|of| format!(" ({})", entry(of))).unwrap_or_default();
    let verdict = match rule.grade(day.not_sold, day.placed) {
        Grade::None => {
            // What would come first.
            let first = [("demotion", rule.demote), ("hiding", rule.hide), ("suspension", rule.freeze)];
            let first = first.into_iter().find_map(|(name, of)| of.map(|of| (name, entry(of))));
            match first {
                None => "which have no penalty here".to_owned(),
                Some(_) if day.placed < rule.minimum_orders => {
                    format!(
                        "only assessed from {} on: no penalty",
                        counted(rule.minimum_orders, "order", "orders")
                    )
                }
                Some((name, takes)) => format!("no penalty ({name} takes {takes})"),
            }
        }
        Grade::Demoted => format!("demoted{}: {}", takes(rule.demote), times(rule.demotion_weight, 1.0)),
        Grade::Hidden => format!("hidden in search{}", takes(rule.hide)),
        // The rule settles the count where it suspends, and leaves an account alone that is suspended already.
        Grade::Frozen if day.grade == Grade::Frozen => format!("suspended already{}", takes(rule.freeze)),
        Grade::Frozen => format!("suspended{}, and the count begins anew", takes(rule.freeze)),
    };
    format!("{found}; {verdict}")
}

fn score(world: &World, before: f64, day: &SellerDay) -> Option<String> {
    let (score, rule) = (day.score?, world.policy.service_score.as_ref()?);
    let found = format!("service score (R7): {score:.1} points today");
    if rule.levels.is_empty() {
        return Some(format!("{found}, which have no effect here"));
    }
    let (level, effect) = (level(rule, day.level_weight), times(day.level_weight, before));
    let is_set = day.day.next().0.rem_euclid(i32::from(rule.level_every)) == 0;
    let was = if before.to_bits() == day.level_weight.to_bits() {
        String::new()
    } else {
        format!(", before {}", Digits::telling_apart(&[before, day.level_weight]).of(before))
    };
    Some(match day.mean_score.filter(|_| is_set) {
        Some(mean) => {
            format!(
                "{found}; the mean since the level was last set, {mean:.1}, gives the level of {level}: {effect}{was}"
            )
        }
        None => format!("{found}; the level of {level} holds: {effect}"),
    })
}

/// The bounds of the levels of the score that give a weight; those that follow one another are one.
fn level(rule: &ServiceScoreRule, weight: f64) -> String {
    let is_alike = |one: &ScoreLevel, other: &ScoreLevel| one.weight.to_bits() == other.weight.to_bits();
    let mut above: Option<f64> = None;
    let mut bounds = Vec::new();
    let mut left = rule.levels.len();
    for alike in rule.levels.chunk_by(is_alike) {
        left -= alike.len();
        let lowest = alike.last().map(|level| level.at);
        if alike.iter().any(|level| level.weight.to_bits() == weight.to_bits()) {
            bounds.push(match (lowest.filter(|_| left > 0), above) {
                (Some(at), Some(below)) => format!("{at} to below {below} points"),
                (Some(at), None) => format!("{at} points or more"),
                (None, Some(below)) => format!("less than {below} points"),
                (None, None) => "any score".to_owned(),
            });
        }
        above = lowest;
    }
    bounds.join(" or ")
}

fn points(world: &World, day: &SellerDay) -> Option<String> {
    let rule = world.policy.points.as_ref()?;
    let next = rule.tiers.get(day.tier);
    let next = next.map_or_else(String::new, |next| format!(" (tier {} takes {})", day.tier + 1, next.at));
    let tier = match day.tier {
        0 => format!("no penalty{next}"),
        tier => {
            let here = &rule.tiers[tier - 1];
            format!(
                "tier {tier}, from {} on{next}: {}",
                counted(here.at, "point", "points"),
                times(here.weight, 1.0)
            )
        }
    };
    let suspended = match (
        day.today.is_under(Penalty::SuspensionByPoints),
        day.tomorrow.is_under(Penalty::SuspensionByPoints),
    ) {
        (_, true) => ", suspended",
        (true, false) => ", the suspension ends",
        (false, false) => "",
    };
    Some(format!("penalty points (R4): {} valid; {tier}{suspended}", day.points))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::service_score::ScoreComponent;

    #[test]
    fn what_a_grade_takes_is_said_with_its_count_and_its_rate() {
        let with_rate = GradeEntry { count: 5, share: Some(Rate::new(0.04)) };
        assert_eq!(entry(with_rate), "at least 5 and a rate of at least 4 %");
        assert_eq!(entry(GradeEntry { share: None, ..with_rate }), "at least 5");
    }

    #[test]
    fn a_factor_reads_otherwise_than_1_and_than_the_one_before_if_it_is_another() {
        assert_eq!(times(0.999, 1.0), "search weight times 0.999");
        assert_eq!(times(0.981, 0.984), "search weight times 0.981");
        assert_eq!(times(1.0, 0.85), "search weight times 1.00");
        assert_eq!(times(1.0, 0.999), "search weight times 1.000");
    }

    #[test]
    fn a_level_has_the_bounds_of_those_beside_it_with_the_same_weight() {
        let none = ScoreComponent { points: 0.0, floor: 0.0, starts_at: 0.0, worst: 1.0 };
        let levels = [(90.0, 1.0), (80.0, 1.0), (60.0, 0.85), (0.0, 0.5)];
        let rule = ServiceScoreRule {
            window: 30,
            not_sold: none,
            not_received: none,
            not_as_described: none,
            description: none,
            service: none,
            logistics: none,
            level_every: 30,
            levels: levels.map(|(at, weight)| ScoreLevel { at, weight }).to_vec(),
        };
        assert_eq!(level(&rule, 1.0), "80 points or more");
        assert_eq!(level(&rule, 0.85), "60 to below 80 points");
        // A score below all levels has the last one's weight.
        assert_eq!(level(&rule, 0.5), "less than 60 points");
    }
}
