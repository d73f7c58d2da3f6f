//! A metric: its unit, and how its value follows from what was counted of a group.

pub use super::catalogue::METRICS;

use super::outcome::GroupOutcome;
use super::tally::{Count, Tally};
use crate::policy::dispute_rate::{Basis, Denominator, DisputeRateRule};

/// What a metric is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Orders.
    Orders,
    /// Disputes, requests or other cases.
    Cases,
    /// A share in `[0, 1]`.
    Share,
    /// Seconds, shown as hours.
    Hours,
    /// Cents.
    Cents,
    /// Days, summed over sellers.
    SellerDays,
    /// Points of the service score.
    Points,
    /// A number without a unit.
    None,
}

impl Unit {
    /// The unit as tables name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Cases => "cases",
            Self::Share => "share",
            Self::Hours => "hours",
            Self::Cents => "cents",
            Self::SellerDays => "seller_days",
            Self::Points => "points",
            Self::None => "1",
        }
    }
}

/// How a metric follows from what was counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Formula {
    /// A count as it is.
    Count(Count),
    /// The sum of two counts.
    Sum(Count, Count),
    /// One count over another; no value if that is 0.
    Ratio(Count, Count),
    /// Disputes over orders, on the policy's own basis.
    DisputeRate,
    /// Silences over answers and silences (R8).
    AutoExecutedShare,
    /// Mean response delay.
    DelayMean,
    /// Quantile of the response delay.
    DelayQuantile(f64),
    /// Millionths of an order.
    LostOrders,
    /// Mean service score.
    Score,
    /// Penalties against the truth.
    Precision,
    /// Penalties against the truth.
    Recall,
    /// Penalties against the truth.
    Auc,
}

/// One number that is reported of every group.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Its name in tables, a contract with scripts.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What it says, in a sentence, with the rule that it shows.
    pub meaning: &'static str,
    pub(super) formula: Formula,
}

impl Metric {
    /// The metric of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        METRICS.iter().find(|metric| metric.name == name)
    }

    /// The metric's value in one replication; `None` where it is undefined.
    pub fn value(&self, rule: &DisputeRateRule, group: &GroupOutcome) -> Option<f64> {
        let tally = &group.tally;
        let get = |count: Count| tally.get(count) as f64;
        let ratio = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        match self.formula {
            Formula::Count(count) => Some(get(count)),
            Formula::Sum(first, second) => Some(get(first) + get(second)),
            Formula::Ratio(part, whole) => ratio(get(part), get(whole)),
            Formula::DisputeRate => dispute_rate(rule, tally),
            Formula::AutoExecutedShare => {
                let silent = get(Count::DisputesAutoExecuted);
                ratio(silent, silent + get(Count::DisputesAnswered))
            }
            Formula::DelayMean => group.delays.mean().map(|seconds| seconds / 3600.0),
            Formula::DelayQuantile(p) => group.delays.quantile(p).map(|seconds| seconds / 3600.0),
            Formula::LostOrders => Some(get(Count::LostOrdersMicro) / 1e6),
            Formula::Score => {
                let days = get(Count::SellerDays);
                (tally.get(Count::ScoreSum) > 0 && days > 0.0)
                    .then(|| get(Count::ScoreSum) / 100.0 / days - 1000.0)
            }
            Formula::Precision => group.penalties.precision(),
            Formula::Recall => group.penalties.recall(),
            Formula::Auc => group.penalties.auc(),
        }
    }
}

/// The dispute rate over the measured period, on the policy's basis (R7).
fn dispute_rate(rule: &DisputeRateRule, tally: &Tally) -> Option<f64> {
    let get = |count: Count| tally.get(count) as f64;
    let disputes = match rule.basis {
        Basis::Filed => get(Count::DisputesFiled) - get(Count::DisputesWithdrawn),
        Basis::Refunded => {
            get(Count::DisputesAccepted)
                + get(Count::DisputesAutoExecuted)
                + get(Count::DisputesCountered)
                + get(Count::DisputesRuledForBuyer)
        }
        Basis::Ruled => get(Count::DisputesRuledLiable),
    };
    let orders = match rule.denominator {
        Denominator::Closed => get(Count::OrdersCompleted) + get(Count::DisputesFiled),
        Denominator::Placed => get(Count::OrdersPlaced),
    };
    (orders > 0.0).then(|| disputes / orders)
}
