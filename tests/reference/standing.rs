//! The day's close (7.10 of docs/model.md): indicators over trailing windows, and what they lead to (R4, R7).

use crate::clock::DAY;
use crate::market::Market;
use crate::people::{DayCounts, Seller};
use redress::engine::World;
use redress::policy::dispute_rate::{Basis, Denominator, DisputeRateRule, PenaltyCurve};
use redress::policy::not_sold::{Grade, GradeEntry, NotSoldRule};
use redress::policy::points::{Indicator, PointsRule};
use redress::policy::rate::Rate;
use redress::policy::service_score::{ScoreComponent, ServiceScoreRule};
use std::collections::BTreeMap;

/// What earlier days have led to.
#[derive(Debug)]
pub(crate) struct Standing {
    dispute_weight: f64,
    grade_weight: f64,
    tier: usize,
    tier_weight: f64,
    level_weight: f64,
    /// The factors together, as they were set at the last close.
    factor: f64,
    is_demoted: bool,
    /// The latest daily score.
    score: f64,
    /// Scores since the level was last set.
    scores: Vec<f64>,
    /// Points with the day of their award.
    points: Vec<(i64, u32)>,
    frozen_through: i64,
    /// The last days of the suspensions by each rule, under the names of their seller-days.
    frozen_through_by: BTreeMap<&'static str, i64>,
    freezes: u32,
    pub(crate) is_found_out: bool,
    pub(crate) penalised_days: u32,
}

impl Standing {
    pub(crate) fn new(world: &World) -> Self {
        let rule = world.policy.service_score.as_ref();
        let full = rule.map_or(0.0, |rule| score(rule, &DayCounts::default()));
        Self {
            score: full,
            dispute_weight: 1.0,
            grade_weight: 1.0,
            tier: 0,
            tier_weight: 1.0,
            level_weight: rule.map_or(1.0, |rule| level(rule, full)),
            factor: 1.0,
            is_demoted: false,
            scores: Vec::new(),
            points: Vec::new(),
            frozen_through: i64::MIN,
            frozen_through_by: BTreeMap::new(),
            freezes: 0,
            is_found_out: false,
            penalised_days: 0,
        }
    }

    pub(crate) fn is_frozen_on(&self, day: i64) -> bool {
        day <= self.frozen_through
    }

    /// Whether penalties or the level lower the weight, each looked at by itself.
    pub(crate) fn is_demoted(&self) -> bool {
        self.is_demoted
    }

    /// What the search weight of a day is of the attractiveness.
    pub(crate) fn factor_on(&self, day: i64) -> f64 {
        if self.is_frozen_on(day) { 0.0 } else { self.factor }
    }
}

impl Market<'_> {
    /// The close of a day, for each seller.
    pub(crate) fn close_day(&mut self, day: i64) {
        // A close belongs to its day, though it comes in the instant in which the next begins.
        self.now -= 1;
        for number in 0..self.sellers.len() {
            self.count_traded_standing(number, day);
            self.judge_dispute_rate(number);
            self.judge_service(number, day);
            self.judge_points(number, day);
            let length = self.world.policy.offline.freeze_for.0;
            if std::mem::take(&mut self.sellers[number].standing.is_found_out) && length > 0 {
                self.freeze(number, day, "seller_days_frozen_by_offline_transfer", length);
            }
            self.judge_not_sold(number, day);
            let standing = &mut self.sellers[number].standing;
            let penalties = standing.dispute_weight * standing.grade_weight * standing.tier_weight;
            standing.factor = penalties * standing.level_weight;
            standing.is_demoted = penalties < 1.0 || standing.level_weight < 1.0;
        }
        self.now += 1;
    }

    /// A day counts the standing of the close before, under which the seller traded.
    fn count_traded_standing(&mut self, number: usize, day: i64) {
        if self.world.policy.service_score.is_some() {
            self.count_much("service_score_sum", self.sellers[number].standing.score);
            self.count("service_score_days");
        }
        let standing = &mut self.sellers[number].standing;
        let names: Vec<&'static str> = if standing.is_frozen_on(day) {
            let by = standing.frozen_through_by.iter().filter(|(_, through)| day <= **through);
            std::iter::once("seller_days_frozen").chain(by.map(|(name, _)| *name)).collect()
        } else if standing.is_demoted() {
            let weights = [
                ("seller_days_demoted_by_dispute_rate", standing.dispute_weight),
                ("seller_days_demoted_by_service_score", standing.level_weight),
                ("seller_days_demoted_by_not_sold", standing.grade_weight),
                ("seller_days_demoted_by_points", standing.tier_weight),
            ];
            let by = weights.into_iter().filter(|(_, weight)| *weight < 1.0).map(|(name, _)| name);
            std::iter::once("seller_days_demoted").chain(by).collect()
        } else {
            return;
        };
        standing.penalised_days += u32::from(day >= 0);
        for name in names {
            self.count(name);
        }
    }

    fn judge_dispute_rate(&mut self, number: usize) {
        self.count("seller_days");
        let rule = &self.world.policy.dispute_rate;
        let seller = &self.sellers[number];
        let disputes = seller.sum(rule.window, |day| match rule.basis {
            Basis::Filed => day.filed - day.withdrawn,
            Basis::Refunded => day.refunded,
            Basis::Ruled => day.liable,
        });
        let orders = seller.sum(rule.window, |day| match rule.denominator {
            Denominator::Closed => day.completed + day.filed,
            Denominator::Placed => day.placed,
        });
        let is_above = orders >= rule.minimum_orders
            && disputes >= rule.minimum_disputes
            && exceeds(disputes, orders, rule.threshold);
        if is_above {
            self.count("seller_days_above_threshold");
        }
        let weight = if is_above { penalty(rule, disputes, orders) } else { 1.0 };
        self.sellers[number].standing.dispute_weight = weight;
    }

    fn judge_service(&mut self, number: usize, day: i64) {
        let Some(rule) = &self.world.policy.service_score else { return };
        let mut sum = DayCounts::default();
        for day in self.sellers[number].window(rule.window) {
            sum.placed += day.placed;
            sum.completed += day.completed;
            sum.not_sold += day.not_sold;
            sum.filed += day.filed;
            sum.not_received += day.not_received;
            sum.not_as_described += day.not_as_described;
            sum.silences += day.silences;
            sum.delivered += day.delivered;
            sum.late += day.late;
            sum.defective += day.defective;
        }
        let score = score(rule, &sum);
        let standing = &mut self.sellers[number].standing;
        standing.score = score;
        standing.scores.push(score);
        if is_due(day, rule.level_every) {
            let mean = standing.scores.iter().sum::<f64>() / standing.scores.len() as f64;
            standing.level_weight = level(rule, mean);
            standing.scores.clear();
        }
    }

    fn judge_points(&mut self, number: usize, day: i64) {
        let Some(rule) = &self.world.policy.points else { return };
        if is_due(day, rule.every) {
            let earned = points_earned(rule, &self.sellers[number]);
            self.sellers[number].standing.points.push((day, earned));
        }
        let standing = &mut self.sellers[number].standing;
        standing.points.retain(|(awarded, _)| day < awarded + i64::from(rule.expire_after));
        let points: u32 = standing.points.iter().map(|(_, points)| points).sum();
        let tier = rule.tiers.iter().filter(|tier| tier.at <= points).count();
        let before = std::mem::replace(&mut standing.tier, tier);
        let reached = tier.checked_sub(1).map(|place| rule.tiers[place]);
        standing.tier_weight = reached.map_or(1.0, |tier| tier.weight);
        if let Some(reached) = reached
            && tier > before
            && reached.freeze_for.0 > 0
        {
            self.freeze(number, day, "seller_days_frozen_by_points", reached.freeze_for.0);
        }
    }

    fn judge_not_sold(&mut self, number: usize, day: i64) {
        let rule = &self.world.policy.not_sold;
        let seller = &mut self.sellers[number];
        let not_sold = seller.sum(rule.window, |day| day.not_sold);
        let placed = seller.sum(rule.window, |day| day.placed);
        let grade = grade(rule, not_sold, placed);
        seller.standing.grade_weight = match grade {
            Grade::None | Grade::Frozen => 1.0,
            Grade::Demoted => rule.demotion_weight,
            Grade::Hidden => 0.0,
        };
        if grade == Grade::Frozen && !seller.standing.is_frozen_on(day + 1) {
            for day in &mut seller.days {
                day.not_sold = 0;
            }
            let place = seller.standing.freezes as usize;
            let closes = rule.close_at_freeze.is_some_and(|last| place + 1 >= last as usize);
            let length = rule.freeze_for[place.min(rule.freeze_for.len() - 1)].0;
            let length = if closes { i64::MAX - DAY } else { length };
            self.freeze(number, day, "seller_days_frozen_by_not_sold", length);
        }
    }

    /// An account is suspended from the next day on; of two suspensions the later end holds.
    fn freeze(&mut self, number: usize, day: i64, by: &'static str, length: i64) {
        let days = (length + DAY - 1).div_euclid(DAY).max(1);
        let standing = &mut self.sellers[number].standing;
        standing.freezes += 1;
        let through = day.saturating_add(days);
        standing.frozen_through = standing.frozen_through.max(through);
        let of_rule = standing.frozen_through_by.entry(by).or_insert(through);
        *of_rule = through.max(*of_rule);
        self.count("freezes");
    }
}

/// Whether something that comes every so many days, counted from day 0, is due at a day's close.
fn is_due(day: i64, every: u16) -> bool {
    (day + 1).rem_euclid(i64::from(every)) == 0
}

fn exceeds(count: u32, total: u32, rate: Rate) -> bool {
    u128::from(count) * 1_000_000_000 > u128::from(rate.0) * u128::from(total) && total > 0
}

fn reaches(count: u32, total: u32, rate: Rate) -> bool {
    u128::from(count) * 1_000_000_000 >= u128::from(rate.0) * u128::from(total) && total > 0
}

/// The weight above the threshold.
fn penalty(rule: &DisputeRateRule, disputes: u32, orders: u32) -> f64 {
    let threshold = rule.threshold.0 as f64 / 1e9;
    let excess = (f64::from(disputes) / f64::from(orders) - threshold) / threshold;
    match &rule.penalty {
        PenaltyCurve::None => 1.0,
        PenaltyCurve::Linear { slope, floor } => (1.0 - slope * excess).max(*floor),
        PenaltyCurve::Exponential { slope, floor } => (-slope * excess).exp().max(*floor),
        PenaltyCurve::Steps(steps) => {
            let reached = steps.iter().filter(|step| exceeds(disputes, orders, step.above));
            reached.max_by_key(|step| step.above).map_or(1.0, |step| step.weight)
        }
    }
}

/// The worst penalty tier that is reached.
fn grade(rule: &NotSoldRule, not_sold: u32, placed: u32) -> Grade {
    let is_reached = |entry: Option<GradeEntry>| {
        entry.is_some_and(|entry| {
            placed >= rule.minimum_orders
                && not_sold >= entry.count
                && entry.share.is_none_or(|share| reaches(not_sold, placed, share))
        })
    };
    if is_reached(rule.freeze) {
        Grade::Frozen
    } else if is_reached(rule.hide) {
        Grade::Hidden
    } else if is_reached(rule.demote) {
        Grade::Demoted
    } else {
        Grade::None
    }
}

/// The score of what a window counted.
fn score(rule: &ServiceScoreRule, sum: &DayCounts) -> f64 {
    let closed = sum.completed + sum.filed;
    marks(rule.not_sold, sum.not_sold, sum.placed)
        + marks(rule.not_received, sum.not_received, closed)
        + marks(rule.not_as_described, sum.not_as_described, closed)
        + marks(rule.description, sum.defective, sum.delivered)
        + marks(rule.service, sum.silences, sum.filed)
        + marks(rule.logistics, sum.late, sum.delivered)
}

fn marks(component: ScoreComponent, part: u32, whole: u32) -> f64 {
    let ScoreComponent { points, floor, starts_at, worst } = component;
    let rate = if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) };
    if rate <= starts_at {
        points
    } else if rate >= worst {
        floor
    } else {
        points + (floor - points) * (rate - starts_at) / (worst - starts_at)
    }
}

/// The weight of the level of a mean score.
fn level(rule: &ServiceScoreRule, mean: f64) -> f64 {
    let reached = rule.levels.iter().find(|level| mean >= level.at).or(rule.levels.last());
    reached.map_or(1.0, |level| level.weight)
}

/// The largest award of each indicator that applies.
fn points_earned(rule: &PointsRule, seller: &Seller) -> u32 {
    let indicators = [Indicator::NotSoldRate, Indicator::DisputeRate, Indicator::LateRate];
    let largest = indicators.map(|indicator| {
        let applying = rule.awards.iter().filter(|award| {
            let count = seller.sum(award.window, |day| match indicator {
                Indicator::NotSoldRate => day.not_sold,
                Indicator::DisputeRate => day.filed - day.withdrawn,
                Indicator::LateRate => day.late,
            });
            let placed = seller.sum(award.window, |day| day.placed);
            award.indicator == indicator
                && count >= award.minimum_count
                && exceeds(count, placed, award.above)
        });
        applying.map(|award| award.points).max().unwrap_or(0)
    });
    largest.iter().sum()
}
