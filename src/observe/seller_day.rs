//! What the platform makes of a seller at the close of a day, with the numbers that it judges by.

use crate::policy::not_sold::Grade;
use crate::policy::penalty::Penalty;
use crate::sim::Day;
use serde::{Deserialize, Serialize};

/// How the platform treats a seller on a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Treatment {
    /// Multiplier on the search weight: 1 without penalties, more where the level of the service score lifts it, 0 where frozen.
    pub weight: f64,
    /// The first day on which the seller is not frozen any more; `None` if it is not frozen.
    pub frozen_until: Option<Day>,
    /// Whether search shows it lower than it would by itself, where it is not frozen; a level of the service score above 1 does not
    /// outweigh that.
    pub is_demoted: bool,
    /// Whether each penalty holds, alone or with others, in the order of [`Penalty::ALL`].
    pub under: [bool; Penalty::ALL.len()],
}

impl Treatment {
    /// Whether a penalty holds, alone or with others.
    pub const fn is_under(&self, penalty: Penalty) -> bool {
        self.under[penalty as usize]
    }

    /// The penalties that hold.
    pub fn penalties(&self) -> impl Iterator<Item = Penalty> {
        Penalty::ALL.into_iter().filter(|&penalty| self.is_under(penalty))
    }
}

/// A seller after the close of a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SellerDay {
    /// The day that closes.
    pub day: Day,
    /// How it was treated on that day.
    pub today: Treatment,
    /// Disputes that count for the dispute rate, in its window (R7).
    pub disputes: u32,
    /// Orders that they are held against.
    pub orders: u32,
    /// Transactions not sold in their window, before a freeze settles them (R4).
    pub not_sold: u32,
    /// Orders placed in that window.
    pub placed: u32,
    /// Score of the day (R7), in points; `None` where the platform shows none.
    pub score: Option<f64>,
    /// Mean score since the level was set before, the day's included: where the day sets the level, what it follows from. `None`
    /// where there is no score.
    pub mean_score: Option<f64>,
    /// Valid penalty points (R4).
    pub points: u32,
    /// A transfer outside the platform was found out (R10).
    pub was_found_offline: bool,
    /// Multiplier by the dispute rate, in `[0, 1]`.
    pub dispute_weight: f64,
    /// Grade by transactions not sold.
    pub grade: Grade,
    /// Multiplier by the level of the score.
    pub level_weight: f64,
    /// Tier of the penalty points, counted from 1; 0 is none.
    pub tier: usize,
    /// How it is treated on the day after.
    pub tomorrow: Treatment,
}

impl SellerDay {
    /// Whether the platform treats the seller otherwise from the day after on: another search weight, another end of a suspension,
    /// or other penalties.
    pub fn changes_treatment(&self) -> bool {
        self.tomorrow != self.today
    }
}

#[cfg(test)]
pub(crate) mod examples {
    use super::*;

    /// Without penalties.
    pub(crate) const FREE: Treatment =
        Treatment { weight: 1.0, frozen_until: None, is_demoted: false, under: [false; Penalty::ALL.len()] };

    /// A day on which no rule does anything.
    pub(crate) const UNTROUBLED: SellerDay = SellerDay {
        day: Day(3),
        today: FREE,
        disputes: 0,
        orders: 100,
        not_sold: 0,
        placed: 100,
        score: None,
        mean_score: None,
        points: 0,
        was_found_offline: false,
        dispute_weight: 1.0,
        grade: Grade::None,
        level_weight: 1.0,
        tier: 0,
        tomorrow: FREE,
    };
}

#[cfg(test)]
mod tests {
    use super::examples::{FREE, UNTROUBLED};
    use super::*;

    #[test]
    fn another_weight_another_suspension_and_another_cause_are_changes_each_by_itself() {
        let mut by_dispute_rate = FREE.under;
        by_dispute_rate[Penalty::DemotionByDisputeRate as usize] = true;
        let lowered = Treatment { weight: 0.9, is_demoted: true, under: by_dispute_rate, ..FREE };
        let raised = Treatment { weight: 0.95, ..lowered };
        let frozen = Treatment { weight: 0.0, frozen_until: Some(Day(9)), ..FREE };
        let longer = Treatment { frozen_until: Some(Day(12)), ..frozen };
        let of_another = Treatment { under: FREE.under, ..lowered };
        for (today, tomorrow) in
            [(FREE, lowered), (lowered, raised), (raised, FREE), (frozen, longer), (lowered, of_another)]
        {
            let day = SellerDay { today, tomorrow, ..UNTROUBLED };
            assert!(day.changes_treatment(), "{day:?}");
        }
        assert!(!SellerDay { today: raised, tomorrow: raised, ..UNTROUBLED }.changes_treatment());
    }

    #[test]
    fn other_numbers_below_the_same_penalties_change_nothing() {
        let busier = SellerDay { day: Day(4), disputes: 2, orders: 130, points: 1, ..UNTROUBLED };
        assert!(!busier.changes_treatment());
    }

    #[test]
    fn a_treatment_names_the_penalties_that_hold() {
        let mut under = FREE.under;
        under[Penalty::DemotionByPoints as usize] = true;
        let treatment = Treatment { under, ..FREE };
        assert!(treatment.penalties().eq([Penalty::DemotionByPoints]));
    }
}
