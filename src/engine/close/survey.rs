//! What the day's close sees of a shard's sellers together, before it judges them one by one: sixteen side by side.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::engine::books::windows::{Counts, Window, Windows};
use crate::engine::ground::counted::{Counted, Row};
use crate::observe::{Daily, Series};
use crate::policy::dispute_rate::{Basis, Denominator, DisputeRateRule};
use crate::sim::Day;
use crate::sim::lanes::{LANES, Vectorisable, lanes};

/// Numerators and denominators of the dispute rates of a group of sellers in a window (R7).
#[inline(always)]
pub(crate) fn dispute_rates_of(rule: &DisputeRateRule, counts: Counts<'_>) -> (Row, Row) {
    let disputes = match rule.basis {
        Basis::Filed => Counted::Filed,
        Basis::Refunded => Counted::Refunded,
        Basis::Ruled => Counted::Ruled,
    };
    let orders = match rule.denominator {
        Denominator::Closed => {
            let (completed, filed) = (counts.row(Counted::Completed), counts.row(Counted::FiledGross));
            lanes(|lane| completed[lane] + filed[lane])
        }
        Denominator::Placed => *counts.row(Counted::Placed),
    };
    (*counts.row(disputes), orders)
}

/// Looks at the windows of all sellers.
pub(crate) struct Survey<'a> {
    pub(crate) rule: &'a DisputeRateRule,
    pub(crate) windows: &'a Windows,
    pub(crate) rate_window: Window,
    pub(crate) not_sold_window: Window,
    /// Days on which each seller was above the threshold so far, group by group.
    pub(crate) above_days: &'a mut [Row],
}

/// Totals over sellers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    rate_disputes: u64,
    rate_orders: u64,
    above_threshold: u64,
    window_not_sold: u64,
    window_placed: u64,
}

/// What is added up in each lane.
type Sums = [u64; LANES];

#[inline(always)]
fn add_row(sums: &mut Sums, row: &Row) {
    let before = *sums;
    *sums = lanes(|lane| before[lane] + u64::from(row[lane]));
}

impl Vectorisable for Survey<'_> {
    type Output = Totals;

    #[inline(always)]
    fn call(self) -> Totals {
        let Self { rule, windows, rate_window, not_sold_window, above_days } = self;
        let mut sums = [Sums::default(); 5];
        for (group, above_days) in above_days.iter_mut().enumerate() {
            let (disputes, orders) = dispute_rates_of(rule, windows.of_group(group, rate_window));
            let is_above = lanes(|lane| u32::from(rule.is_above(disputes[lane], orders[lane])));
            let before = *above_days;
            *above_days = lanes(|lane| before[lane] + is_above[lane]);
            let counts = windows.of_group(group, not_sold_window);
            let (not_sold, placed) = (counts.row(Counted::NotSold), counts.row(Counted::Placed));
            for (sums, row) in sums.iter_mut().zip([&disputes, &orders, &is_above, not_sold, placed]) {
                add_row(sums, row);
            }
        }
        let [rate_disputes, rate_orders, above_threshold, window_not_sold, window_placed] =
            sums.map(|sums| sums.iter().sum());
        Totals { rate_disputes, rate_orders, above_threshold, window_not_sold, window_placed }
    }
}

impl Totals {
    /// Writes them to a day of the daily series.
    pub(crate) fn write(&self, daily: &mut Daily, day: Day) {
        for (series, total) in [
            (Series::RateDisputes, self.rate_disputes),
            (Series::RateOrders, self.rate_orders),
            (Series::SellersAboveThreshold, self.above_threshold),
            (Series::WindowNotSold, self.window_not_sold),
            (Series::WindowPlaced, self.window_placed),
        ] {
            daily.add(series, day.0, total);
        }
    }
}
