//! A metric: its unit, and how its value follows from what was counted of a group.

use super::outcome::GroupOutcome;
use super::tally::{Count, Totals};
use crate::policy::OptionalRule;
use crate::policy::dispute_rate::{Basis, Denominator, DisputeRateRule};
use crate::stats::{Estimator, Observation};

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
    /// One count of cases over another; no value if that is 0.
    Ratio(Count, Count),
    /// One count of cases over the sum of it and another; no value if that is 0.
    PartOfBoth(Count, Count),
    /// One amount over another; no value if that is 0.
    RatioOfAmounts(Count, Count),
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
    /// The rule without which there is nothing to measure; `None` if every world has something.
    pub needs: Option<OptionalRule>,
}

/// A metric that every world has.
pub(super) const fn formula(
    name: &'static str,
    unit: Unit,
    formula: Formula,
    meaning: &'static str,
) -> Metric {
    Metric { name, unit, meaning, formula, needs: None }
}

/// A count as a metric that every world has.
pub(super) const fn count(name: &'static str, unit: Unit, count: Count, meaning: &'static str) -> Metric {
    formula(name, unit, Formula::Count(count), meaning)
}

impl Metric {
    /// How the metric is estimated over replications, and what range it has.
    pub const fn estimator(&self) -> Estimator {
        match self.formula {
            Formula::Count(_) | Formula::Sum(..) => match self.unit {
                // Days of a penalty come in rows, and amounts order by order.
                Unit::Cents | Unit::SellerDays => Estimator::Total,
                _ => Estimator::Count,
            },
            Formula::LostOrders | Formula::DelayMean | Formula::DelayQuantile(_) => Estimator::Total,
            Formula::Ratio(..)
            | Formula::PartOfBoth(..)
            | Formula::DisputeRate
            | Formula::AutoExecutedShare
            | Formula::Precision
            | Formula::Recall => Estimator::Share,
            Formula::RatioOfAmounts(..) => Estimator::ShareOfAmount,
            Formula::Auc => Estimator::Mean { least: 0.0, most: 1.0 },
            Formula::Score => Estimator::ANY_MEAN,
        }
    }

    /// What one replication says of the metric; `None` where it is undefined.
    pub fn observation(&self, rule: &DisputeRateRule, group: &GroupOutcome) -> Option<Observation> {
        let tally = &group.tally;
        let get = |count: Count| tally.get(count) as f64;
        let hours = |seconds: f64| Observation::Value(seconds / 3600.0);
        match self.formula {
            Formula::Count(count) => Some(Observation::Value(get(count))),
            Formula::Sum(first, second) => Some(Observation::Value(get(first) + get(second))),
            Formula::Ratio(part, whole) | Formula::RatioOfAmounts(part, whole) => {
                Observation::ratio(get(part), get(whole))
            }
            Formula::PartOfBoth(part, rest) => Observation::ratio(get(part), get(part) + get(rest)),
            Formula::DisputeRate => dispute_rate(rule, tally),
            Formula::AutoExecutedShare => {
                let silent = get(Count::DisputesAutoExecuted);
                Observation::ratio(silent, silent + get(Count::DisputesAnswered))
            }
            Formula::DelayMean => {
                Observation::ratio(group.delays.sum() as f64 / 3600.0, group.delays.count() as f64)
            }
            Formula::DelayQuantile(p) => group.delays.quantile(p).map(hours),
            Formula::LostOrders => Some(Observation::Value(get(Count::LostOrdersMicro) / 1e6)),
            Formula::Score => {
                let (sum, days) = (get(Count::ScoreSum), get(Count::SellerDays));
                // Scores are kept in hundredths above -1000, so that a sum of 0 is no score at all.
                let ratio = Observation::ratio(sum / 100.0 - 1000.0 * days, days);
                ratio.filter(|_| sum > 0.0)
            }
            Formula::Precision => {
                let (good, bad) = (group.penalties.penalised(false), group.penalties.penalised(true));
                Observation::ratio(bad as f64, (good + bad) as f64)
            }
            Formula::Recall => {
                let (found, all) = (group.penalties.penalised(true), group.penalties.all(true));
                Observation::ratio(found as f64, all as f64)
            }
            Formula::Auc => group.penalties.auc().map(Observation::Value),
        }
    }

    /// The metric's value in one replication; `None` where it is undefined.
    pub fn value(&self, rule: &DisputeRateRule, group: &GroupOutcome) -> Option<f64> {
        self.observation(rule, group).map(Observation::value)
    }
}

/// The dispute rate over the observation period, on the policy's basis (R7).
fn dispute_rate(rule: &DisputeRateRule, tally: &Totals) -> Option<Observation> {
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
    Observation::ratio(disputes, orders)
}
