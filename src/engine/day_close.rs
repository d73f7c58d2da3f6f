//! The day's close: what the platform makes of each seller, in this order:
//!
//! 1. the day enters the trailing windows;
//! 2. the dispute rate and its weight (R7);
//! 3. the service score and, when due, its level (R7);
//! 4. penalty points and their tier;
//! 5. offline transfers that were found out (R10);
//! 6. transactions not sold: grade, demotion, freeze (R4); last, because a freeze settles their count;
//! 7. the search weight of tomorrow.

use super::records::Records;
use super::tables::Tables;
use super::windows::DayCounts;
use crate::market::Money;
use crate::observe::{Count, Daily, Series};
use crate::policy::Policy;
use crate::policy::dispute_rate::{Basis, Denominator, DisputeRateRule};
use crate::policy::not_sold::{Grade, NotSoldRule};
use crate::policy::points::{Indicator, PointsRule};
use crate::policy::service_score::{ServiceRates, ServiceScoreRule};
use crate::sim::Day;

/// Numerator and denominator of the dispute rate in a window.
pub(super) const fn dispute_rate_of(rule: &DisputeRateRule, sum: &DayCounts) -> (u32, u32) {
    let disputes = match rule.basis {
        Basis::Filed => sum.filed,
        Basis::Refunded => sum.refunded,
        Basis::Ruled => sum.ruled,
    };
    let orders = match rule.denominator {
        Denominator::Closed => sum.completed + sum.filed_gross,
        Denominator::Placed => sum.placed,
    };
    (disputes, orders)
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// What the day's close sees of all sellers together.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    rate_disputes: u64,
    rate_orders: u64,
    above_threshold: u64,
    window_not_sold: u64,
    window_placed: u64,
    demoted: u64,
    frozen: u64,
}

impl Totals {
    fn write(&self, daily: &mut Daily, day: Day) {
        for (series, total) in [
            (Series::RateDisputes, self.rate_disputes),
            (Series::RateOrders, self.rate_orders),
            (Series::SellersAboveThreshold, self.above_threshold),
            (Series::WindowNotSold, self.window_not_sold),
            (Series::WindowPlaced, self.window_placed),
            (Series::SellersDemoted, self.demoted),
            (Series::SellersFrozen, self.frozen),
        ] {
            daily.add(series, day.0, total);
        }
    }
}

impl Records {
    /// Closes the day for every seller and sets tomorrow's search weights.
    pub(super) fn close_day(&mut self, tables: &Tables, day: Day) {
        let policy = Self::policy(tables);
        let mut totals = Totals::default();
        for seller in 0..self.sellers.len() {
            self.count_standing(policy, day, seller, &mut totals);
            self.windows.close_day(seller);
            self.judge_dispute_rate(policy, day, seller, &mut totals);
            if let Some(rule) = &policy.service_score {
                self.judge_service(rule, day, seller);
            }
            if let Some(rule) = &policy.points {
                self.judge_points(rule, day, seller);
            }
            self.judge_offline(policy, day, seller);
            self.judge_not_sold(policy, day, seller, &mut totals);
            let weight = self.standings[seller].weight(policy, day.next());
            self.weights[seller] = self.sellers[seller].attractiveness * weight;
        }
        totals.write(&mut self.daily, day);
    }

    /// Counts the standing under which the seller traded on the day that ends.
    fn count_standing(&mut self, policy: &Policy, day: Day, seller: usize, totals: &mut Totals) {
        if day.0 < 0 {
            return;
        }
        let attractiveness = self.sellers[seller].attractiveness;
        self.weight_sums[seller] +=
            if attractiveness > 0.0 { self.weights[seller] / attractiveness } else { 1.0 };
        let standing = &mut self.standings[seller];
        let tally = &mut self.ledger.by_seller[seller];
        tally.add(Count::SellerDays);
        if standing.is_frozen(day) {
            tally.add(Count::SellerDaysFrozen);
            totals.frozen += 1;
            standing.penalised_days += 1;
        } else if standing.is_demoted(policy) {
            tally.add(Count::SellerDaysDemoted);
            totals.demoted += 1;
            standing.penalised_days += 1;
        }
        if policy.service_score.is_some() {
            let shifted = ((standing.score + 1000.0) * 100.0).round().max(0.0);
            tally.add_many(Count::ScoreSum, shifted as u64);
        }
    }

    fn judge_dispute_rate(&mut self, policy: &Policy, day: Day, seller: usize, totals: &mut Totals) {
        let rule = &policy.dispute_rate;
        let (disputes, orders) = dispute_rate_of(rule, self.windows.sum(seller, rule.window));
        self.standings[seller].dispute_weight = rule.weight(disputes, orders);
        if day.0 < 0 {
            return;
        }
        totals.rate_disputes += u64::from(disputes);
        totals.rate_orders += u64::from(orders);
        if rule.is_above(disputes, orders) {
            totals.above_threshold += 1;
            self.ledger.by_seller[seller].add(Count::SellerDaysAboveThreshold);
        }
    }

    fn judge_not_sold(&mut self, policy: &Policy, day: Day, seller: usize, totals: &mut Totals) {
        let rule = &policy.not_sold;
        let DayCounts { not_sold, placed, .. } = *self.windows.sum(seller, rule.window);
        totals.window_not_sold += u64::from(not_sold);
        totals.window_placed += u64::from(placed);
        let grade = rule.grade(not_sold, placed);
        if grade == Grade::Frozen && !self.standings[seller].is_frozen(day.next()) {
            let length = rule.freeze_length(self.standings[seller].freezes + 1);
            self.freeze(day, seller, length);
            // A freeze settles what led to it, so that the thawed seller starts anew.
            self.windows.forget_not_sold(seller);
            self.standings[seller].grade = Grade::None;
        } else {
            self.standings[seller].grade = grade;
        }
    }

    fn judge_offline(&mut self, policy: &Policy, day: Day, seller: usize) {
        if std::mem::take(&mut self.standings[seller].was_found_offline) && policy.offline.freeze_for.0 > 0 {
            self.freeze(day, seller, Some(policy.offline.freeze_for));
        }
    }

    fn freeze(&mut self, day: Day, seller: usize, length: Option<crate::sim::SimDuration>) {
        self.standings[seller].freeze(day, length);
        if day.0 >= 0 {
            self.ledger.by_seller[seller].add(Count::Freezes);
        }
    }

    fn judge_service(&mut self, rule: &ServiceScoreRule, day: Day, seller: usize) {
        let sum = self.windows.sum(seller, rule.window);
        let closed = sum.completed + sum.filed_gross;
        let score = rule.score(&ServiceRates {
            not_sold: ratio(sum.not_sold, sum.placed),
            not_received: ratio(sum.not_received, closed),
            not_as_described: ratio(sum.not_as_described, closed),
            defective: ratio(sum.defective, sum.delivered),
            unanswered: ratio(sum.unanswered, sum.filed_gross),
            late: ratio(sum.late, sum.delivered),
        });
        let standing = &mut self.standings[seller];
        standing.score = score;
        standing.score_sum += score;
        standing.score_days += 1;
        if day.next().0.rem_euclid(i32::from(rule.level_every)) == 0 {
            standing.level_weight = rule.level_weight(standing.score_sum / f64::from(standing.score_days));
            standing.score_sum = 0.0;
            standing.score_days = 0;
        }
    }

    fn judge_points(&mut self, rule: &PointsRule, day: Day, seller: usize) {
        let oldest = day.0 - i32::from(rule.expire_after);
        self.standings[seller].points.retain(|(given, _)| given.0 > oldest);
        if day.next().0.rem_euclid(i32::from(rule.every)) == 0 {
            for indicator in [Indicator::NotSoldRate, Indicator::DisputeRate, Indicator::LateRate] {
                let earned = self.points_for(rule, seller, indicator);
                if earned > 0 {
                    self.standings[seller].points.push((day, earned));
                }
            }
        }
        let standing = &mut self.standings[seller];
        let tier = rule.tier(standing.points.iter().map(|(_, points)| points).sum());
        let before = std::mem::replace(&mut standing.tier, tier);
        if tier > before && rule.tiers[tier - 1].freeze_for.0 > 0 {
            self.freeze(day, seller, Some(rule.tiers[tier - 1].freeze_for));
        }
    }

    /// The points that one indicator earns: the largest of its awards that apply.
    fn points_for(&self, rule: &PointsRule, seller: usize, indicator: Indicator) -> u32 {
        let applies = |award: &&crate::policy::points::PointAward| {
            let sum = self.windows.sum(seller, award.window);
            let poor = match award.indicator {
                Indicator::NotSoldRate => sum.not_sold,
                Indicator::DisputeRate => sum.filed,
                Indicator::LateRate => sum.late,
            };
            award.indicator == indicator
                && poor >= award.minimum_count
                && award.above.is_exceeded_by(poor, sum.placed)
        };
        rule.awards.iter().filter(applies).map(|award| award.points).max().unwrap_or(0)
    }

    /// Whether so few transactions not sold separate the seller from a worse grade that it worries (R5).
    pub(super) fn is_near_grade(&self, tables: &Tables, seller: usize, near: u32) -> bool {
        let rule: &NotSoldRule = &tables.world.policy.not_sold;
        let current = self.windows.not_sold_so_far(seller, rule.window);
        [rule.demote, rule.hide, rule.freeze]
            .into_iter()
            .flatten()
            .any(|entry| entry.count > current && entry.count - current <= near)
    }

    /// Counts what a seller's share of demand lacks because of penalties, in orders and at the mean value.
    pub(super) fn count_lost(&mut self, tables: &Tables, day: Day, seller: usize, lost_orders: f64) {
        if day.0 < 0 || lost_orders <= 0.0 {
            return;
        }
        let micro = (lost_orders * 1e6).round() as u64;
        self.ledger.by_seller[seller].add_many(Count::LostOrdersMicro, micro);
        self.daily.add(Series::LostOrdersMicro, day.0, micro);
        let value = lost_orders * tables.world.market.order_value.mean();
        self.ledger.by_seller[seller].add_money(Count::LostValue, Money(value.round() as i64));
    }
}
