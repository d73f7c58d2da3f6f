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
