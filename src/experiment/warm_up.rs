//! Whether the warm-up was long enough: a run that has not reached steady state when it begins to count.

use super::run::RunResult;
use super::series::daily_sums;
use crate::engine::World;
use crate::observe::Series;
use crate::stats::marginal_standard_error;
use serde::{Deserialize, Serialize};

/// Days of a batch: a week, over which demand and calendars repeat.
const BATCH: usize = 7;

/// Fewer weeks say nothing.
const FEWEST_WEEKS: usize = 12;

/// Fewer events a week, over all replications, say nothing either: they come in clusters.
const FEWEST_EVENTS: f64 = 30.0;

/// A transient that moves the mean of the observation period by a smaller part does no harm.
const HARMLESS: f64 = 0.01;

/// How many standard errors the dropped weeks lie away from the others at least. The cut is chosen among
/// many and the weeks hang together, hence far more than for a single comparison.
const STANDARD_ERRORS: f64 = 5.0;

/// What is looked at: what the last orders of a period still lack, and what the windows still fill.
const WATCHED: [(&str, Series); 3] = [
    ("orders_completed", Series::OrdersCompleted),
    ("disputes_filed", Series::DisputesFiled),
    ("sellers_demoted", Series::SellersDemoted),
];

/// A series of the observation period that had not settled when it began.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transient {
    /// The column of `daily.csv` that took longest.
    pub series: &'static str,
    /// Days of the observation period that belong to the warm-up.
    pub days: u32,
    /// By what part the mean of the days of the observation period differs from that of those which stay.
    pub bias: f64,
    /// Whether it has not settled in the first half of the days of the observation period.
    pub is_unsettled: bool,
}

/// What is looked at of some replications of a world: the watched series, week by week, added up over markets and
/// replications.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weeks {
    /// The warm-up that they had.
    warm_up_days: u32,
    replications: u32,
    /// The sums of each of the watched series; empty where the world is not meant to settle.
    sums: Vec<Vec<u64>>,
}

impl Weeks {
    /// Of a run.
    pub fn of(world: &World, result: &RunResult) -> Self {
        let weekly = |series| -> Vec<u64> {
            daily_sums(result, series).chunks_exact(BATCH).map(|week| week.iter().sum()).collect()
        };
        let sums = WATCHED.into_iter().map(|(_, series)| weekly(series));
        Self {
            warm_up_days: world.warm_up_days,
            replications: result.replications.len() as u32,
            sums: if is_terminating(world) { Vec::new() } else { sums.collect() },
        }
    }

    /// Adds other replications of the same world.
    pub fn merge(&mut self, other: &Self) {
        if self.replications == 0 {
            *self = other.clone();
            return;
        }
        self.replications += other.replications;
        for (mine, theirs) in self.sums.iter_mut().zip(&other.sums) {
            mine.iter_mut().zip(theirs).for_each(|(sum, more)| *sum += more);
        }
    }

    /// The longest transient; `None` if there is none that matters.
    pub fn transient(&self) -> Option<Transient> {
        let series = WATCHED.iter().zip(&self.sums);
        let found = series.filter_map(|((name, _), sums)| of_series(name, sums, self.replications));
        found.max_by_key(|transient| transient.days)
    }

    /// The warm-up that the replications should have had, if theirs was too short.
    pub fn suggested_warm_up_days(&self) -> Option<u32> {
        self.transient().map(|transient| transient.suggested(self.warm_up_days))
    }
}

/// The longest transient in the days of the observation period of a run, over all markets and replications; `None` if
/// there is none that matters, and for worlds that are not meant to settle: with a surge on measured
/// days, with accounts that close for good, or shorter than twelve weeks.
///
/// Weekly means are cut by the marginal standard error rule. A cut counts if it moves the mean by more than a
/// hundredth and the weeks before it lie five standard errors away from those after it, corrected for
/// the correlation of neighbouring weeks.
pub fn transient(world: &World, result: &RunResult) -> Option<Transient> {
    Weeks::of(world, result).transient()
}

/// Whether the observation period is a course of events and no steady state.
fn is_terminating(world: &World) -> bool {
    let is_measured = |first: i32, days: u32| {
        i64::from(first) < i64::from(world.days) && i64::from(first) + i64::from(days) > 0
    };
    let surges = &world.market.surges;
    surges.iter().any(|surge| is_measured(surge.first_day, surge.days))
        || world.policy.not_sold.close_at_freeze.is_some()
}

fn of_series(series: &'static str, sums: &[u64], replications: u32) -> Option<Transient> {
    let days = BATCH as f64 * f64::from(replications);
    let weeks: Vec<f64> = sums.iter().map(|&sum| sum as f64 / days).collect();
    let whole_mean = weeks.iter().sum::<f64>() / weeks.len() as f64;
    if weeks.len() < FEWEST_WEEKS || whole_mean * days < FEWEST_EVENTS {
        return None;
    }
    let cut = marginal_standard_error(&weeks)?;
    let (dropped, rest) = weeks.split_at(cut.dropped);
    let (n, d) = (rest.len() as f64, dropped.len() as f64);
    let bias = whole_mean / cut.mean - 1.0;
    if dropped.is_empty() || bias.is_nan() || bias.abs() <= HARMLESS {
        return None;
    }
    let centred: Vec<f64> = rest.iter().map(|week| week - cut.mean).collect();
    let squares: f64 = centred.iter().map(|week| week * week).sum();
    let products: f64 = centred.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let correlation = if squares > 0.0 { (products / squares).clamp(0.0, 0.9) } else { 0.0 };
    // Weeks vary at least as much as counts of independent events do.
    let spread = (squares / (n - 1.0)).max(whole_mean / days);
    let variance = spread * (1.0 + correlation) / (1.0 - correlation);
    let error = (variance * (1.0 / n + 1.0 / d)).sqrt();
    let gap = dropped.iter().sum::<f64>() / d - cut.mean;
    (gap.abs() > STANDARD_ERRORS * error).then(|| Transient {
        series,
        days: (dropped.len() * BATCH) as u32,
        bias,
        is_unsettled: dropped.len() == weeks.len() / 2,
    })
}

impl Transient {
    /// The warm-up that the scenario should have at least, given the one that it has.
    pub const fn suggested(&self, warm_up_days: u32) -> u32 {
        warm_up_days + self.days
    }
}
