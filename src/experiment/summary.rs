//! Estimates of every metric and group over replications.

use super::run::{MetricValues, Replication, RunResult};
use crate::engine::World;
use crate::observe::Metric;
use crate::observe::catalogue::METRICS;
use crate::policy::OptionalRule;
use crate::stats::{Estimate, Observation};
use serde::{Deserialize, Serialize};

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

/// The groups of a world, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// Number of markets.
    pub markets: u32,
    /// Seller segments.
    pub sellers: Vec<String>,
    /// Buyer segments.
    pub buyers: Vec<String>,
    /// The rules that the world has of those that it may lack.
    pub rules: Vec<OptionalRule>,
}

impl Groups {
    /// The groups of a world.
    pub fn of(world: &World) -> Self {
        Self {
            markets: world.market.count,
            sellers: world.sellers.iter().map(|segment| segment.name.clone()).collect(),
            buyers: world.buyers.iter().map(|segment| segment.name.clone()).collect(),
            rules: OptionalRule::ALL.into_iter().filter(|&rule| world.has(rule)).collect(),
        }
    }

    /// Every group with the metrics that a replication has of it: the world, markets, seller segments, buyer segments.
    pub fn each(&self) -> Vec<Group> {
        let group = |scope, place, name: &str| {
            let (name, rules) = (name.to_owned(), self.rules.clone());
            Group { scope, place, name, rules }
        };
        let mut all = vec![group(Scope::World, 0, "all")];
        all.extend(
            (0..self.markets).map(|market| group(Scope::Market, market as usize, &market.to_string())),
        );
        all.extend(
            self.sellers.iter().enumerate().map(|(place, name)| group(Scope::SellerSegment, place, name)),
        );
        all.extend(
            self.buyers.iter().enumerate().map(|(place, name)| group(Scope::BuyerSegment, place, name)),
        );
        all
    }
}

/// One group of a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Kind of group.
    pub scope: Scope,
    /// Place among the groups of its kind.
    pub place: usize,
    /// Name in tables.
    pub name: String,
    /// The rules that its world has of those that it may lack.
    pub rules: Vec<OptionalRule>,
}

impl Group {
    /// The metrics of this group in a replication; `None` if the replication has no such group.
    pub fn values<'a>(&self, replication: &'a Replication) -> Option<&'a MetricValues> {
        match self.scope {
            Scope::World => Some(&replication.world),
            Scope::Market => replication.markets.get(self.place),
            Scope::SellerSegment => replication.seller_segments.get(self.place),
            Scope::BuyerSegment => replication.buyer_segments.get(self.place),
        }
    }

    /// Whether a metric says something about this group; sellers' standing says nothing about buyers, and a rule that the
    /// world lacks nothing about anybody.
    pub fn has(&self, metric: &Metric) -> bool {
        let is_in_force = metric.needs.is_none_or(|rule| self.rules.contains(&rule));
        is_in_force && (self.scope != Scope::BuyerSegment || is_of_buyers(metric))
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
        Self::of(&Groups::of(world), &result.replications)
    }

    /// Estimates over replications of a world with these groups.
    pub fn of(groups: &Groups, replications: &[Replication]) -> Self {
        let mut rows = Vec::new();
        for group in groups.each() {
            for (index, metric) in METRICS.iter().enumerate().filter(|(_, metric)| group.has(metric)) {
                let value = |replication| group.values(replication).and_then(|values| values[index]);
                let observed: Vec<Observation> = replications.iter().filter_map(value).collect();
                let estimate = Estimate::new(metric.estimator(), &observed);
                rows.push(SummaryRow { scope: group.scope, group: group.name.clone(), metric, estimate });
            }
        }
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
