//! What is told of two settings: rates, silence, penalties and money, first their differences, then their levels.

use crate::experiment::Known;
use crate::observe::catalogue::METRICS;
use crate::observe::metric::Unit;
use crate::scenario::Scenario;
use crate::stats::paired::{Difference, difference};
use crate::stats::{Estimate, Estimator, Observation};
use serde::Serialize;

/// What a figure is a share of, so that it is the same of a sample and of the whole world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Per {
    /// It is a rate, a share or a delay as it stands.
    Itself,
    /// Per 1,000 orders placed.
    Orders,
    /// Per day of a seller.
    SellerDays,
}

/// One figure of the page: a metric and its group of figures.
#[derive(Clone, Copy, Debug)]
struct Figure {
    metric: &'static str,
    group: &'static str,
    per: Per,
}

const fn figure(group: &'static str, metric: &'static str, per: Per) -> Figure {
    Figure { metric, group, per }
}

/// The figures in the order of the page.
const FIGURES: [Figure; 13] = [
    figure("Rates", "dispute_rate", Per::Itself),
    figure("Rates", "not_sold_rate", Per::Itself),
    figure("Rates", "legitimate_claims_unpaid_share", Per::Itself),
    figure("Silence", "auto_executed_share", Per::Itself),
    figure("Silence", "response_delay_p50", Per::Itself),
    figure("Silence", "disputes_escalated", Per::Orders),
    figure("Penalties", "seller_days_above_threshold_share", Per::Itself),
    figure("Penalties", "seller_days_demoted", Per::SellerDays),
    figure("Penalties", "seller_days_frozen", Per::SellerDays),
    figure("Penalties", "orders_lost_to_penalties", Per::Orders),
    figure("Money", "value_refunded", Per::Orders),
    figure("Money", "refunded_by_silence", Per::Orders),
    figure("Money", "value_lost_to_penalties", Per::Orders),
];

/// A figure as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// The metric's name in tables.
    pub metric: &'static str,
    /// Its group on the page.
    pub group: &'static str,
    /// Its name for people.
    pub label: String,
    /// How numbers are written: `share`, `hours`, `number` or `money`.
    pub unit: &'static str,
    /// At the pinned setting.
    pub pinned: Option<Level>,
    /// At the current one.
    pub current: Option<Level>,
    /// The current less the pinned, pair by pair; `None` where either is undefined, or both are the same setting.
    pub difference: Option<Change>,
}

/// A level with its interval of 95 %.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Level {
    /// The estimate.
    pub mean: f64,
    /// The interval's ends; `None` if there is none.
    pub interval: Option<(f64, f64)>,
    /// What kind of interval, or why there is none.
    pub kind: &'static str,
}

/// A difference with its interval of 95 %.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Change {
    /// The estimate.
    pub mean: f64,
    /// The interval's ends; `None` if there is none.
    pub interval: Option<(f64, f64)>,
    /// What kind of interval, or why there is none.
    pub kind: &'static str,
    /// Whether the interval leaves out 0.
    pub is_distinguishable: bool,
    /// Pairs of replications.
    pub pairs: usize,
    /// Pairs that are alike.
    pub alike: usize,
}

/// Everything told of one or two settings, of which each has the same replications; the first is the pinned one.
pub fn told(known: &[Known], scenarios: &[Scenario]) -> Vec<Told> {
    FIGURES.iter().filter_map(|figure| of_figure(*figure, known, scenarios)).collect()
}

fn of_figure(figure: Figure, known: &[Known], scenarios: &[Scenario]) -> Option<Told> {
    let place = |name: &str| METRICS.iter().position(|metric| metric.name == name);
    let (at, orders) = (place(figure.metric)?, place("orders_placed")?);
    let metric = &METRICS[at];
    let scale = if metric.unit == Unit::Cents { 0.01 } else { 1.0 };
    let observations = |which: usize| -> Vec<Option<Observation>> {
        let world = &scenarios[which].world;
        let seller_days =
            f64::from(world.market.sellers) * f64::from(world.market.count) * f64::from(world.days);
        let of = |replication: &crate::experiment::Replication| {
            let observed = replication.world[at]?;
            match figure.per {
                Per::Itself => Some(observed),
                Per::Orders => {
                    let placed = replication.world[orders]?.value();
                    Observation::ratio(1000.0 * scale * observed.value(), placed)
                }
                Per::SellerDays => Observation::ratio(observed.value(), seller_days),
            }
        };
        known[which].replications.iter().map(of).collect()
    };
    let estimator = if figure.per == Per::Itself { metric.estimator() } else { Estimator::Total };
    let first = observations(0);
    let second = if known.len() > 1 { observations(1) } else { first.clone() };
    let level = |observed: &[Option<Observation>]| {
        let observed: Vec<Observation> = observed.iter().copied().flatten().collect();
        let estimate = Estimate::new(estimator, &observed)?;
        let (interval, kind) = (estimate.interval.ends(), estimate.interval.name());
        Some(Level { mean: estimate.mean, interval, kind })
    };
    let (unit, suffix) = match (metric.unit, figure.per) {
        (_, Per::SellerDays) => ("share", ", share of all"),
        (Unit::Cents, _) => ("money", " per 1,000 orders"),
        (_, Per::Orders) => ("number", " per 1,000 orders"),
        (Unit::Hours, _) => ("hours", ""),
        _ => ("share", ""),
    };
    Some(Told {
        metric: metric.name,
        group: figure.group,
        label: format!("{}{suffix}", metric.label()),
        unit,
        pinned: level(&first),
        current: level(&second),
        difference: (known.len() > 1)
            .then(|| difference(estimator, &first, &second))
            .flatten()
            .map(Change::of),
    })
}

impl Change {
    fn of(found: Difference) -> Self {
        let interval = found.interval.ends();
        Self {
            mean: found.mean,
            interval,
            kind: found.interval.name(),
            is_distinguishable: interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0),
            pairs: found.replications,
            alike: found.alike,
        }
    }
}
