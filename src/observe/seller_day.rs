//! What the platform makes of a seller at the close of a day, with the numbers that it judges by.

use crate::policy::not_sold::Grade;
use crate::sim::Day;

/// A seller after the close of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SellerDay {
    /// The day that closes.
    pub day: Day,
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
    /// The first day on which the seller is not frozen any more; `None` if tomorrow it is not.
    pub frozen_until: Option<Day>,
    /// Multiplier on the search weight of tomorrow, in `[0, 1]`; 0 where frozen.
    pub weight: f64,
}

impl SellerDay {
    /// Whether the platform treats the seller otherwise than after an earlier day.
    pub fn differs_from(&self, earlier: &Self) -> bool {
        let weights = |day: &Self| (day.dispute_weight < 1.0, day.level_weight.to_bits());
        weights(self) != weights(earlier)
            || (self.grade, self.tier, self.frozen_until)
                != (earlier.grade, earlier.tier, earlier.frozen_until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNTROUBLED: SellerDay = SellerDay {
        day: Day(3),
        disputes: 0,
        orders: 100,
        not_sold: 0,
        placed: 100,
        score: None,
        points: 0,
        was_found_offline: false,
        dispute_weight: 1.0,
        grade: Grade::None,
        level_weight: 1.0,
        tier: 0,
        frozen_until: None,
        weight: 1.0,
    };

    #[test]
    fn any_one_penalty_alone_makes_a_day_differ() {
        let penalised = [
            SellerDay { dispute_weight: 0.999, ..UNTROUBLED },
            SellerDay { level_weight: 0.9, ..UNTROUBLED },
            SellerDay { grade: Grade::Demoted, ..UNTROUBLED },
            SellerDay { tier: 1, ..UNTROUBLED },
            SellerDay { frozen_until: Some(Day(9)), ..UNTROUBLED },
        ];
        for day in penalised {
            assert!(day.differs_from(&UNTROUBLED) && UNTROUBLED.differs_from(&day), "{day:?}");
            assert!(!day.differs_from(&day), "{day:?}");
        }
    }

    #[test]
    fn other_numbers_below_the_same_penalties_do_not_make_a_day_differ() {
        let busier = SellerDay { day: Day(4), disputes: 2, orders: 130, ..UNTROUBLED };
        assert!(!busier.differs_from(&UNTROUBLED));
        // A multiplier that falls from day to day is one demotion.
        let (one, other) = (0.8, 0.7);
        let first = SellerDay { dispute_weight: one, ..UNTROUBLED };
        assert!(!SellerDay { dispute_weight: other, ..UNTROUBLED }.differs_from(&first));
    }
}
