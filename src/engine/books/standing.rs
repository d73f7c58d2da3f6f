//! A seller's standing with the platform: what the indicators of earlier days have led to.

use crate::observe::seller_day::Treatment;
use crate::policy::Policy;
use crate::policy::not_sold::Grade;
use crate::policy::penalty::Penalty;
use crate::policy::service_score::{ServiceRates, ServiceScoreRule};
use crate::sim::{Day, SimDuration};

/// What the platform holds against a seller, or for it.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// Multiplier on the search weight by the dispute rate (R7).
    pub(crate) dispute_weight: f64,
    /// Grade by transactions not sold (R4).
    pub(crate) grade: Grade,
    /// The first day on which the seller is no longer frozen.
    pub(crate) thaws_on: Day,
    /// The same of the suspensions by each rule, by the place of its penalty.
    thaws_by: [Day; Penalty::ALL.len()],
    /// Freezes so far.
    pub(crate) freezes: u32,
    /// An offline transfer was found out since the last day close (R10).
    pub(crate) was_found_offline: bool,
    /// Multiplier by the level of the service score.
    pub(crate) level_weight: f64,
    /// Scores since the level was last set: sum and number.
    pub(crate) score_sum: f64,
    pub(crate) score_days: u32,
    /// Penalty points and the days on which they were given.
    pub(crate) points: Vec<(Day, u32)>,
    /// Tier of the point ladder, counted from 1; 0 is none.
    pub(crate) tier: usize,
    /// Measured days with a penalty of any kind.
    pub(crate) penalised_days: u32,
}

impl Standing {
    pub(crate) fn new(policy: &Policy) -> Self {
        let full_marks = |rule: &ServiceScoreRule| rule.score(&ServiceRates::default());
        let top = policy.service_score.as_ref().map_or(1.0, |rule| rule.level_weight(full_marks(rule)));
        Self {
            dispute_weight: 1.0,
            grade: Grade::None,
            thaws_on: Day(i32::MIN),
            thaws_by: [Day(i32::MIN); Penalty::ALL.len()],
            freezes: 0,
            was_found_offline: false,
            level_weight: top,
            score_sum: 0.0,
            score_days: 0,
            points: Vec::new(),
            tier: 0,
            penalised_days: 0,
        }
    }

    /// Whether the seller receives no new orders on `day`.
    pub(crate) fn is_frozen(&self, day: Day) -> bool {
        day < self.thaws_on
    }

    /// Whether search shows the seller lower than its attractiveness deserves.
    pub(crate) fn is_demoted(&self, policy: &Policy) -> bool {
        self.penalty(policy) < 1.0 || self.level_weight < 1.0
    }

    /// Whether a penalty of any kind holds on `day`.
    pub(crate) fn is_penalised(&self, policy: &Policy, day: Day) -> bool {
        self.is_frozen(day) || self.is_demoted(policy)
    }

    /// Freezes the seller from the day after `today` on; open orders go on (R4).
    pub(crate) fn freeze(&mut self, today: Day, by: Penalty, length: Option<SimDuration>) {
        self.freezes += 1;
        let thaws_on = length.map_or(Day::NEVER, |length| {
            let days = (length.as_days().ceil() as i32).max(1);
            Day(today.0 + 1 + days)
        });
        self.thaws_on = self.thaws_on.max(thaws_on);
        let of_rule = &mut self.thaws_by[by as usize];
        *of_rule = thaws_on.max(*of_rule);
    }

    /// The multiplier that penalties put on the search weight, in `[0, 1]`.
    fn penalty(&self, policy: &Policy) -> f64 {
        self.dispute_weight * self.grade_weight(policy) * self.tier_weight(policy)
    }

    const fn grade_weight(&self, policy: &Policy) -> f64 {
        match self.grade {
            Grade::None => 1.0,
            Grade::Demoted => policy.not_sold.demotion_weight,
            Grade::Hidden | Grade::Frozen => 0.0,
        }
    }

    fn tier_weight(&self, policy: &Policy) -> f64 {
        match (&policy.points, self.tier) {
            (Some(rule), tier) if tier > 0 => rule.tiers[tier - 1].weight,
            _ => 1.0,
        }
    }

    /// Whether a penalty holds on `day`, alone or with others; where one suspends, none demotes.
    pub(crate) fn is_under(&self, penalty: Penalty, policy: &Policy, day: Day) -> bool {
        let weight = match penalty {
            Penalty::DemotionByDisputeRate => self.dispute_weight,
            Penalty::DemotionByServiceScore => self.level_weight,
            Penalty::DemotionByNotSold => self.grade_weight(policy),
            Penalty::DemotionByPoints => self.tier_weight(policy),
            Penalty::SuspensionByNotSold
            | Penalty::SuspensionByPoints
            | Penalty::SuspensionByOfflineTransfer => return day < self.thaws_by[penalty as usize],
        };
        weight < 1.0 && !self.is_frozen(day)
    }

    /// How the seller is treated on `day`, the day that closes or the one after.
    pub(crate) fn treatment(&self, policy: &Policy, day: Day) -> Treatment {
        let is_frozen = self.is_frozen(day);
        Treatment {
            weight: self.weight(policy, day),
            frozen_until: is_frozen.then_some(self.thaws_on),
            is_demoted: !is_frozen && self.is_demoted(policy),
            under: Penalty::ALL.map(|penalty| self.is_under(penalty, policy, day)),
        }
    }

    /// The multiplier on the search weight tomorrow.
    pub(crate) fn weight(&self, policy: &Policy, tomorrow: Day) -> f64 {
        if self.is_frozen(tomorrow) { 0.0 } else { self.penalty(policy) * self.level_weight }
    }
}
