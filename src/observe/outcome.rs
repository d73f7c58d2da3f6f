//! What one market of one replication leaves behind.

use super::audit::Books;
use super::daily::Daily;
use super::tally::{Tally, Totals};
use crate::stats::Histogram;
use serde::{Deserialize, Serialize};

/// How well penalties found the truly bad sellers: sellers by days under a penalty.
///
/// Whole numbers, so that merging is exact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PenaltyTally {
    /// For each number of penalised days, how many good and how many bad sellers had it.
    by_days: Vec<[u64; 2]>,
}

impl PenaltyTally {
    /// Adds a seller.
    pub fn record(&mut self, penalised_days: u32, is_bad: bool) {
        let days = penalised_days as usize;
        if days >= self.by_days.len() {
            self.by_days.resize(days + 1, [0; 2]);
        }
        self.by_days[days][usize::from(is_bad)] += 1;
    }

    /// Adds another market's sellers.
    pub fn merge(&mut self, other: &Self) {
        if other.by_days.len() > self.by_days.len() {
            self.by_days.resize(other.by_days.len(), [0; 2]);
        }
        for (mine, theirs) in self.by_days.iter_mut().zip(&other.by_days) {
            mine[0] += theirs[0];
            mine[1] += theirs[1];
        }
    }

    /// How many good and how many bad sellers had each number of penalised days, from 0.
    pub fn by_days(&self) -> &[[u64; 2]] {
        &self.by_days
    }

    /// Sellers of one kind with a penalised day.
    pub(super) fn penalised(&self, is_bad: bool) -> u64 {
        self.by_days.iter().skip(1).map(|sellers| sellers[usize::from(is_bad)]).sum()
    }

    /// Sellers of one kind.
    pub(super) fn all(&self, is_bad: bool) -> u64 {
        self.by_days.iter().map(|sellers| sellers[usize::from(is_bad)]).sum()
    }

    /// Share of penalised sellers that are bad; `None` if nobody was penalised.
    pub fn precision(&self) -> Option<f64> {
        let (good, bad) = (self.penalised(false), self.penalised(true));
        (good + bad > 0).then(|| bad as f64 / (good + bad) as f64)
    }

    /// Share of bad sellers that were penalised; `None` without bad sellers.
    pub fn recall(&self) -> Option<f64> {
        let all = self.all(true);
        (all > 0).then(|| self.penalised(true) as f64 / all as f64)
    }

    /// Area under the ROC curve of penalised days as a detector of bad sellers: the probability that a bad
    /// seller has more of them than a good one, ties counting half (Mann and Whitney, 1947). `None` if all
    /// sellers are good or all bad.
    pub fn auc(&self) -> Option<f64> {
        let (good, bad) = (self.all(false), self.all(true));
        if good == 0 || bad == 0 {
            return None;
        }
        let (mut good_below, mut twice_wins) = (0_u128, 0_u128);
        for sellers in &self.by_days {
            let [good_here, bad_here] = sellers.map(u128::from);
            twice_wins += bad_here * (2 * good_below + good_here);
            good_below += good_here;
        }
        Some(twice_wins as f64 / (2 * u128::from(good) * u128::from(bad)) as f64)
    }
}

/// What is counted of a group: a world, a market, or a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupOutcome {
    /// Counters.
    pub tally: Totals,
    /// Delays of answers to disputes, in seconds; empty for buyer segments.
    pub delays: Histogram,
    /// Penalties against the truth; empty for buyer segments.
    pub penalties: PenaltyTally,
}

impl GroupOutcome {
    /// Adds another group.
    pub fn merge(&mut self, other: &Self) {
        self.tally.merge(&other.tally);
        self.delays.merge(&other.delays);
        self.penalties.merge(&other.penalties);
    }

    /// Adds other groups place by place.
    pub(crate) fn merge_all(groups: &mut [Self], others: &[Self]) {
        for (mine, theirs) in groups.iter_mut().zip(others) {
            mine.merge(theirs);
        }
    }
}

/// One seller at the end of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct SellerOutcome {
    /// Number of the market.
    pub market: u32,
    /// Number in the market.
    pub seller: u32,
    /// Place of its segment.
    pub segment: usize,
    /// Pull on demand.
    pub attractiveness: f64,
    /// True probability of failing an order by its own fault.
    pub fault: f64,
    /// Counters.
    pub tally: Tally,
    /// Trailing dispute rate at the end: numerator and denominator.
    pub rate: (u32, u32),
    /// Trailing seller-fault cancellations at the end, and orders placed in that window.
    pub not_sold: (u32, u32),
    /// Mean share of its own search weight over the observation period: 1 without penalties.
    pub mean_weight: f64,
    /// Service score at the end; `None` where the platform shows none.
    pub score: Option<f64>,
    /// Whether it is suspended at the end.
    pub is_frozen: bool,
    /// Days of the observation period with a penalty of any kind.
    pub penalised_days: u32,
}

/// What one market of one replication leaves behind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarketOutcome {
    /// The market as a whole.
    pub market: GroupOutcome,
    /// By seller segment.
    pub seller_segments: Vec<GroupOutcome>,
    /// By buyer segment.
    pub buyer_segments: Vec<GroupOutcome>,
    /// Day by day.
    pub daily: Daily,
    /// Cancellations by entry of the reason menu.
    pub reasons: Vec<u64>,
    /// The auditor's books.
    pub books: Books,
    /// Every seller, if asked for.
    pub sellers: Vec<SellerOutcome>,
}

impl MarketOutcome {
    /// Adds what other sellers of the same market have come to, but for their rows.
    pub(crate) fn merge(&mut self, later: &Self) {
        self.market.merge(&later.market);
        GroupOutcome::merge_all(&mut self.seller_segments, &later.seller_segments);
        GroupOutcome::merge_all(&mut self.buyer_segments, &later.buyer_segments);
        self.daily.merge(&later.daily);
        for (mine, theirs) in self.reasons.iter_mut().zip(&later.reasons) {
            *mine += theirs;
        }
        self.books.merge(&later.books);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn penalties_that_find_all_bad_sellers_and_no_good_one_are_perfect() {
        let mut tally = PenaltyTally::default();
        (0..5).for_each(|_| tally.record(0, false));
        (1..4).for_each(|days| tally.record(days, true));
        assert_eq!((tally.precision(), tally.recall(), tally.auc()), (Some(1.0), Some(1.0), Some(1.0)));
    }

    #[test]
    fn penalties_that_never_act_are_no_better_than_chance() {
        let mut tally = PenaltyTally::default();
        tally.record(0, false);
        tally.record(0, true);
        assert_eq!((tally.precision(), tally.recall(), tally.auc()), (None, Some(0.0), Some(0.5)));
    }
}
