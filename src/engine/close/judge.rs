//! The day's close: what the platform makes of each seller, in this order:
//!
//! 1. the day enters the trailing windows;
//! 2. the dispute rate and its weight (R7);
//! 3. the service score and, when due, its level (R7);
//! 4. penalty points and their tier;
//! 5. offline transfers that were found out (R10);
//! 6. transactions not sold: grade, demotion, freeze (R4); last, because a freeze settles their count;
//! 7. the search weight of tomorrow.

use super::survey::{Survey, dispute_rates_of};
use crate::engine::books::observer::Observer;
use crate::engine::books::records::Records;
use crate::engine::books::scores::Scores;
use crate::engine::books::standing::Standing;
use crate::engine::books::windows::{Window, Windows};
use crate::engine::ground::counted::{Counted, Row};
use crate::engine::setup::sellers::Traits;
use crate::engine::setup::tables::Tables;
use crate::observe::{Count, Series, Tally};
use crate::policy::Policy;
use crate::policy::not_sold::Grade;
use crate::policy::penalty::Penalty;
use crate::policy::points::{Indicator, PointsRule};
use crate::policy::service_score::ServiceScoreRule;
use crate::sim::lanes::{LANES, vectorised};
use crate::sim::{Day, SimDuration};

/// A day's close, and the windows that it judges by.
struct Close<'a> {
    policy: &'a Policy,
    day: Day,
    windows: &'a mut Windows,
    scores: &'a Scores,
    rate_window: Window,
    not_sold_window: Window,
    /// Numerators and denominators of the dispute rates of the group of sellers at hand.
    rates: (Row, Row),
    /// Sellers that were demoted, and that were frozen, on the day that ends.
    demoted: u64,
    frozen: u64,
    /// Sellers under each penalty on it.
    under: [u64; Penalty::ALL.len()],
}

/// What the close holds of one seller.
struct Judged<'a> {
    seller: usize,
    standing: &'a mut Standing,
    tally: &'a mut Tally,
}

impl<O: Observer> Records<O> {
    /// Closes the day for every seller and sets tomorrow's search weights.
    pub(crate) fn close_day(&mut self, tables: &Tables, day: Day) {
        let policy = tables.policy();
        self.windows.close_day();
        if day.0 >= 0 {
            let windows = &self.windows;
            let totals = vectorised(Survey {
                rule: &policy.dispute_rate,
                rate_window: windows.window(policy.dispute_rate.window),
                not_sold_window: windows.window(policy.not_sold.window),
                windows,
                above_days: &mut self.above_days,
            });
            totals.write(&mut self.daily, day);
        }
        let unsettled = self.unsettled(tables, day);
        if tables.judges {
            self.judge_sellers(policy, day);
        }
        self.tell_day(tables, day, &unsettled);
    }

    fn judge_sellers(&mut self, policy: &Policy, day: Day) {
        let Self { windows, scores, standings, sellers, ledger, weights, weight_sums, .. } = self;
        if let Some(rule) = &policy.service_score {
            scores.close(rule, windows);
        }
        let mut close = Close {
            policy,
            day,
            rate_window: windows.window(policy.dispute_rate.window),
            not_sold_window: windows.window(policy.not_sold.window),
            windows,
            scores,
            rates: <(Row, Row)>::default(),
            demoted: 0,
            frozen: 0,
            under: [0; Penalty::ALL.len()],
        };
        close.judge_all(sellers, standings, &mut ledger.by_seller, weights, weight_sums);
        let Close { demoted, frozen, under, .. } = close;
        self.daily.add(Series::SellersDemoted, day.0, demoted);
        self.daily.add(Series::SellersFrozen, day.0, frozen);
        for (penalty, sellers) in Penalty::ALL.into_iter().zip(under) {
            self.daily.add(Series::sellers_under(penalty), day.0, sellers);
        }
    }
}

impl Close<'_> {
    /// Judges every seller in turn.
    fn judge_all(
        &mut self,
        sellers: &[Traits],
        standings: &mut [Standing],
        tallies: &mut [Tally],
        weights: &mut [f64],
        weight_sums: &mut [f64],
    ) {
        let (policy, day) = (self.policy, self.day);
        let weights = weights.iter_mut().zip(weight_sums);
        let all = standings.iter_mut().zip(tallies).zip(sellers).zip(weights);
        for (seller, (((standing, tally), traits), (weight, weight_sum))) in all.enumerate() {
            let attractiveness = traits.attractiveness;
            let mut judged = Judged { seller, standing, tally };
            if day.0 >= 0 {
                *weight_sum += if attractiveness > 0.0 { *weight / attractiveness } else { 1.0 };
                self.count_standing(&mut judged);
            }
            self.judge_dispute_rate(&mut judged);
            if let Some(rule) = &policy.service_score {
                self.judge_service(rule, &mut judged);
            }
            if let Some(rule) = &policy.points {
                self.judge_points(rule, &mut judged);
            }
            self.judge_offline(&mut judged);
            self.judge_not_sold(&mut judged);
            *weight = attractiveness * judged.standing.weight(policy, day.next());
        }
    }

    /// Counts the standing under which the seller traded on the day that ends.
    fn count_standing(&mut self, judged: &mut Judged<'_>) {
        let Judged { seller, standing, tally } = judged;
        if standing.is_penalised(self.policy, self.day) {
            let (days, sellers) = if standing.is_frozen(self.day) {
                (Count::SellerDaysFrozen, &mut self.frozen)
            } else {
                (Count::SellerDaysDemoted, &mut self.demoted)
            };
            tally.add(days);
            *sellers += 1;
            standing.penalised_days += 1;
            for (penalty, sellers) in Penalty::ALL.into_iter().zip(&mut self.under) {
                if standing.is_under(penalty, self.policy, self.day) {
                    tally.add(Count::days_of(penalty));
                    *sellers += 1;
                }
            }
        }
        if self.policy.service_score.is_some() {
            tally.add_unbounded(Count::ScoreSum, self.scores.before(*seller));
        }
    }

    fn judge_dispute_rate(&mut self, judged: &mut Judged<'_>) {
        let (rule, lane) = (&self.policy.dispute_rate, judged.seller % LANES);
        if lane == 0 {
            let counts = self.windows.of_group(judged.seller / LANES, self.rate_window);
            self.rates = dispute_rates_of(rule, counts);
        }
        let (disputes, orders) = self.rates;
        judged.standing.dispute_weight = rule.weight(disputes[lane], orders[lane]);
    }

    fn judge_not_sold(&mut self, judged: &mut Judged<'_>) {
        let rule = &self.policy.not_sold;
        let sum = self.windows.over(judged.seller, self.not_sold_window);
        let (not_sold, placed) = (sum.get(Counted::NotSold), sum.get(Counted::Placed));
        let grade = rule.grade(not_sold, placed);
        if grade == Grade::Frozen && !judged.standing.is_frozen(self.day.next()) {
            let length = rule.freeze_length(judged.standing.freezes + 1);
            self.freeze(judged, Penalty::SuspensionByNotSold, length);
            // A freeze settles what led to it, so that the thawed seller starts anew.
            self.windows.forget_not_sold(judged.seller);
            judged.standing.grade = Grade::None;
        } else {
            judged.standing.grade = grade;
        }
    }

    fn judge_offline(&self, judged: &mut Judged<'_>) {
        let freeze_for = self.policy.offline.freeze_for;
        if std::mem::take(&mut judged.standing.was_found_offline) && freeze_for.0 > 0 {
            self.freeze(judged, Penalty::SuspensionByOfflineTransfer, Some(freeze_for));
        }
    }

    fn freeze(&self, judged: &mut Judged<'_>, by: Penalty, length: Option<SimDuration>) {
        judged.standing.freeze(self.day, by, length);
        if self.day.0 >= 0 {
            judged.tally.add(Count::Freezes);
        }
    }

    fn judge_service(&self, rule: &ServiceScoreRule, judged: &mut Judged<'_>) {
        let score = self.scores.latest(judged.seller);
        let standing = &mut *judged.standing;
        standing.score_sum += score;
        standing.score_days += 1;
        if self.day.next().0.rem_euclid(i32::from(rule.level_every)) == 0 {
            standing.level_weight = rule.level_weight(standing.score_sum / f64::from(standing.score_days));
            standing.score_sum = 0.0;
            standing.score_days = 0;
        }
    }

    fn judge_points(&self, rule: &PointsRule, judged: &mut Judged<'_>) {
        let oldest = self.day.0 - i32::from(rule.expire_after);
        judged.standing.points.retain(|(given, _)| given.0 > oldest);
        if self.day.next().0.rem_euclid(i32::from(rule.every)) == 0 {
            for indicator in [Indicator::NotSoldRate, Indicator::DisputeRate, Indicator::LateRate] {
                let counts = |window| self.poor_orders(judged.seller, indicator, window);
                let earned = rule.earned(indicator, counts);
                if earned > 0 {
                    judged.standing.points.push((self.day, earned));
                }
            }
        }
        let standing = &mut *judged.standing;
        let tier = rule.tier(standing.points.iter().map(|(_, points)| points).sum());
        let before = std::mem::replace(&mut standing.tier, tier);
        if tier > before && rule.tiers[tier - 1].freeze_for.0 > 0 {
            self.freeze(judged, Penalty::SuspensionByPoints, Some(rule.tiers[tier - 1].freeze_for));
        }
    }

    /// How many of a seller's orders were poor by an indicator in a window of so many days, and how many were placed.
    fn poor_orders(&self, seller: usize, indicator: Indicator, window: u16) -> (u32, u32) {
        let sum = self.windows.sum(seller, window);
        let poor = match indicator {
            Indicator::NotSoldRate => sum.get(Counted::NotSold),
            Indicator::DisputeRate => sum.get(Counted::Filed),
            Indicator::LateRate => sum.get(Counted::Late),
        };
        (poor, sum.get(Counted::Placed))
    }
}
