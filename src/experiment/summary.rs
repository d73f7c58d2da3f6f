//! Estimates of every metric and group over replications.

use super::run::{MetricValues, Replication, RunResult};
use crate::engine::World;
use crate::observe::Metric;
use crate::observe::metric::METRICS;
use crate::stats::Estimate;

/// What kind of group a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everything.
    World,
    /// One market.
    Market,
    /// One seller segment.
    SellerSegment,
    /// One buyer segment.
    BuyerSegment,
}

impl Scope {
    /// The scope as tables name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::World => "world",
            Self::Market => "market",
            Self::SellerSegment => "seller_segment",
            Self::BuyerSegment => "buyer_segment",
        }
    }
}

/// One metric of one group.
#[derive(Clone, Debug)]
pub struct SummaryRow {
    /// Kind of group.
    pub scope: Scope,
    /// Which group.
    pub group: String,
    /// Which metric.
    pub metric: &'static Metric,
    /// Over the replications in which the metric is defined; `None` if there is none.
    pub estimate: Option<Estimate>,
}

/// Every metric of every group.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// World first, then markets, seller segments, buyer segments; metrics in the order of [`METRICS`].
    pub rows: Vec<SummaryRow>,
}

impl Summary {
    /// Estimates over the replications of a run.
    pub fn new(world: &World, result: &RunResult) -> Self {
        let mut rows = Vec::new();
        let replications = &result.replications;
        add_group(&mut rows, Scope::World, "all", replications, |replication| Some(&replication.world));
        for market in 0..world.market.count as usize {
            let name = market.to_string();
            add_group(&mut rows, Scope::Market, &name, replications, |replication| {
                replication.markets.get(market)
            });
        }
        for (index, segment) in world.sellers.iter().enumerate() {
            add_group(&mut rows, Scope::SellerSegment, &segment.name, replications, |replication| {
                replication.seller_segments.get(index)
            });
        }
        for (index, segment) in world.buyers.iter().enumerate() {
            add_group(&mut rows, Scope::BuyerSegment, &segment.name, replications, |replication| {
                replication.buyer_segments.get(index)
            });
        }
        rows.retain(|row| row.scope != Scope::BuyerSegment || is_of_buyers(row.metric));
        Self { rows }
    }

    /// The estimate of a metric for a group.
    pub fn find(&self, scope: Scope, group: &str, metric: &str) -> Option<&Estimate> {
        self.rows
            .iter()
            .find(|row| row.scope == scope && row.group == group && row.metric.name == metric)
            .and_then(|row| row.estimate.as_ref())
    }

    /// The estimate of a metric for the whole world.
    pub fn world(&self, metric: &str) -> Option<&Estimate> {
        self.find(Scope::World, "all", metric)
    }
}

/// Whether a metric says something about buyers; sellers' standing does not.
fn is_of_buyers(metric: &Metric) -> bool {
    !metric.name.starts_with("seller_days")
        && !metric.name.starts_with("penalty_")
        && !metric.name.starts_with("response_delay")
        && !matches!(
            metric.name,
            "orders_lost_to_penalties" | "value_lost_to_penalties" | "freezes" | "service_score_mean"
        )
}

fn add_group<'a>(
    rows: &mut Vec<SummaryRow>,
    scope: Scope,
    group: &str,
    replications: &'a [Replication],
    of: impl Fn(&'a Replication) -> Option<&'a MetricValues>,
) {
    for (index, metric) in METRICS.iter().enumerate() {
        let values: Vec<f64> = replications
            .iter()
            .filter_map(|replication| of(replication).and_then(|values| values[index]))
            .collect();
        rows.push(SummaryRow { scope, group: group.to_owned(), metric, estimate: Estimate::new(&values) });
    }
}
