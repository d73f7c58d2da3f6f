//! Rule R4 as penalty points: points for a poor indicator, which expire, and tiers that they lead to.

use super::rate::Rate;
use crate::sim::SimDuration;

/// What a point award looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indicator {
    /// Transactions not sold, of orders placed, in the award's window.
    NotSoldRate,
    /// Disputes filed, of orders placed, in the award's window.
    DisputeRate,
    /// Orders delivered late, of orders placed, in the award's window.
    LateRate,
}

/// Points for an indicator above a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointAward {
    /// What is looked at.
    pub indicator: Indicator,
    /// Length of the trailing window, in days.
    pub window: u16,
    /// The rate above which the points are given.
    pub above: Rate,
    /// The least number of poor orders for which they are given.
    pub minimum_count: u32,
    /// How many points.
    pub points: u32,
}

/// What a number of valid points leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointTier {
    /// Points from which the tier holds.
    pub at: u32,
    /// Multiplier on the search weight.
    pub weight: f64,
    /// How long the account is frozen on entering the tier; zero does not freeze.
    pub freeze_for: SimDuration,
}

/// A ladder of penalty points.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsRule {
    /// Indicators are judged every so many days.
    pub every: u16,
    /// Points expire after so many days.
    pub expire_after: u16,
    /// What earns points; of several awards for one indicator only the largest that applies is given.
    pub awards: Vec<PointAward>,
    /// Tiers in ascending order of `at`.
    pub tiers: Vec<PointTier>,
}

impl PointsRule {
    /// The points that an indicator earns: the largest of its awards that apply. `counts` tells of a window of so many days how
    /// many orders were poor by the indicator, and how many were placed.
    pub fn earned(&self, indicator: Indicator, counts: impl Fn(u16) -> (u32, u32)) -> u32 {
        let applies = |award: &&PointAward| {
            let (poor, placed) = counts(award.window);
            poor >= award.minimum_count && award.above.is_exceeded_by(poor, placed)
        };
        let awards = self.awards.iter().filter(|award| award.indicator == indicator);
        awards.filter(applies).map(|award| award.points).max().unwrap_or(0)
    }

    /// The tier that `points` lead to, counted from 1; 0 is none.
    pub fn tier(&self, points: u32) -> usize {
        self.tiers.iter().take_while(|tier| points >= tier.at).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_begins_at_its_points() {
        let tier = |at| PointTier { at, weight: 0.5, freeze_for: SimDuration(0) };
        let rule =
            PointsRule { every: 7, expire_after: 90, awards: Vec::new(), tiers: vec![tier(3), tier(6)] };
        assert_eq!([2, 3, 5, 6, 99].map(|points| rule.tier(points)), [0, 1, 1, 2, 2]);
    }

    #[test]
    fn of_several_awards_for_one_indicator_the_largest_that_applies_is_earned() {
        let award = |indicator, above, minimum_count, points| PointAward {
            indicator,
            window: 30,
            above: Rate::new(above),
            minimum_count,
            points,
        };
        let awards = vec![
            award(Indicator::LateRate, 0.1, 2, 1),
            award(Indicator::LateRate, 0.2, 2, 3),
            award(Indicator::DisputeRate, 0.0, 1, 9),
        ];
        let rule = PointsRule { every: 7, expire_after: 90, awards, tiers: Vec::new() };
        let earned = |poor, placed| rule.earned(Indicator::LateRate, |_| (poor, placed));
        assert_eq!([earned(2, 20), earned(3, 20), earned(5, 20), earned(1, 2)], [0, 1, 3, 0]);
    }
}
