//! Rule R4: transactions not sold, and the grades they lead to.

use super::rate::Rate;
use crate::sim::SimDuration;
use serde::{Deserialize, Serialize};

/// A grade's entry: enough transactions not sold, and, if a share is given, a large enough share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradeEntry {
    /// Transactions not sold in the window, at least 1.
    pub count: u32,
    /// Their share of the orders placed in the window, if the platform asks for one as well.
    pub share: Option<Rate>,
}

/// What transactions not sold do to a seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// Nothing.
    None,
    /// Ranked lower.
    Demoted,
    /// Not shown in search.
    Hidden,
    /// No new orders for a time.
    Frozen,
}

impl Grade {
    /// Its name in tables and lines of JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Demoted => "demoted",
            Self::Hidden => "hidden",
            Self::Frozen => "frozen",
        }
    }
}

/// The grades of not-sold transactions.
#[derive(Clone, Debug, PartialEq)]
pub struct NotSoldRule {
    /// Length of the trailing window, in days.
    pub window: u16,
    /// Below so many orders placed in the window no grade applies.
    pub minimum_orders: u32,
    /// When the seller is ranked lower.
    pub demote: Option<GradeEntry>,
    /// The multiplier on the search weight of a demoted seller, in `[0, 1]`.
    pub demotion_weight: f64,
    /// When the seller is hidden.
    pub hide: Option<GradeEntry>,
    /// When the seller is frozen.
    pub freeze: Option<GradeEntry>,
    /// How long the first, second, third ... freeze lasts; the last entry holds for all later ones.
    pub freeze_for: Vec<SimDuration>,
    /// The freeze that closes the account for good, counted from 1.
    pub close_at_freeze: Option<u32>,
}

impl NotSoldRule {
    /// Whether at most `near` more transactions not sold lead from `not_sold` to a worse grade by their count (R5).
    pub fn is_near_worse(&self, not_sold: u32, near: u32) -> bool {
        [self.demote, self.hide, self.freeze]
            .into_iter()
            .flatten()
            .any(|entry| entry.count > not_sold && entry.count - not_sold <= near)
    }

    /// The grade for `not_sold` of `placed` orders in the window.
    pub fn grade(&self, not_sold: u32, placed: u32) -> Grade {
        let reached = |entry: Option<GradeEntry>| {
            entry.is_some_and(|entry| {
                placed >= self.minimum_orders
                    && not_sold >= entry.count
                    && entry.share.is_none_or(|share| share.is_reached_by(not_sold, placed))
            })
        };
        if reached(self.freeze) {
            Grade::Frozen
        } else if reached(self.hide) {
            Grade::Hidden
        } else if reached(self.demote) {
            Grade::Demoted
        } else {
            Grade::None
        }
    }

    /// How long the freeze number `freeze` (counted from 1) lasts; `None` closes the account.
    pub fn freeze_length(&self, freeze: u32) -> Option<SimDuration> {
        if self.close_at_freeze.is_some_and(|last| freeze >= last) {
            return None;
        }
        let index = (freeze as usize - 1).min(self.freeze_for.len() - 1);
        Some(self.freeze_for[index])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> NotSoldRule {
        NotSoldRule {
            window: 30,
            minimum_orders: 10,
            demote: Some(GradeEntry { count: 3, share: None }),
            demotion_weight: 0.5,
            hide: Some(GradeEntry { count: 4, share: Some(Rate::new(0.1)) }),
            freeze: Some(GradeEntry { count: 5, share: Some(Rate::new(0.1)) }),
            freeze_for: vec![SimDuration::from_days(7), SimDuration::from_days(30)],
            close_at_freeze: Some(4),
        }
    }

    #[test]
    fn each_grade_begins_at_its_count_and_not_one_before() {
        assert_eq!(rule().grade(2, 40), Grade::None);
        assert_eq!(rule().grade(3, 40), Grade::Demoted);
        assert_eq!(rule().grade(4, 40), Grade::Hidden);
        assert_eq!(rule().grade(5, 40), Grade::Frozen);
    }

    #[test]
    fn a_grade_with_a_share_needs_both_the_count_and_the_share() {
        assert_eq!(rule().grade(5, 51), Grade::Demoted);
        assert_eq!(rule().grade(5, 50), Grade::Frozen);
    }

    #[test]
    fn below_the_minimum_volume_no_grade_applies() {
        assert_eq!(rule().grade(9, 9), Grade::None);
    }

    #[test]
    fn repeated_freezes_grow_longer_and_the_last_closes_the_account() {
        assert_eq!(rule().freeze_length(1), Some(SimDuration::from_days(7)));
        assert_eq!(rule().freeze_length(2), Some(SimDuration::from_days(30)));
        assert_eq!(rule().freeze_length(3), Some(SimDuration::from_days(30)));
        assert_eq!(rule().freeze_length(4), None);
    }

    #[test]
    fn a_worse_grade_is_near_that_few_more_lead_to_and_no_longer_once_it_is_reached() {
        let near = [0, 1, 2, 3, 4, 5].map(|not_sold| rule().is_near_worse(not_sold, 1));
        assert_eq!(near, [false, false, true, true, true, false]);
        assert!(rule().is_near_worse(0, 3) && !rule().is_near_worse(0, 2));
    }
}
