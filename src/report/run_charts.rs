//! The charts of a run: which numbers go into which picture, and what the picture says.

use super::bars::{Bar, BarGroup, Bars};
use super::flow::{Flow, FlowGroup, FlowKind, FlowPart};
use super::histogram::{Bin, Deadline, Histogram};
use super::lines::{Event, Lines, Reference};
use super::scatter::{PointGroup, Scatter, Threshold};
use super::series::Series as Line;
use super::stacked_area::{Layer, StackedArea};
use super::{Chart, Heading, Unit};
use crate::engine::World;
use crate::experiment::series::{daily_mean_of_all, daily_ratio};
use crate::experiment::{RunResult, Scope, Summary};
use crate::observe::{Count, GroupOutcome, Series};
use crate::scenario::Scenario;
use crate::sim::Span;

/// A chart and the name of its file.
#[derive(Clone, Debug)]
pub struct NamedChart {
    /// File name without extension.
    pub name: String,
    /// The chart.
    pub chart: Chart,
}

fn named(name: &str, chart: impl Into<Chart>) -> NamedChart {
    NamedChart { name: name.to_owned(), chart: chart.into() }
}

/// Every chart of a run, in the order in which they answer an analyst's questions.
pub fn charts(scenario: &Scenario, result: &RunResult, summary: &Summary) -> Vec<NamedChart> {
    vec![
        named("daily_rates", daily_rates(scenario, result)),
        named("dispute_outcomes", dispute_outcomes(result)),
        named("response_delay", response_delay(&scenario.world, result)),
        named("sellers", sellers(&scenario.world, result)),
        named("money", money(&scenario.world, result)),
        named("exposure_lost", exposure_lost(&scenario.world, summary)),
    ]
}

fn over_replications(result: &RunResult) -> String {
    match result.replications.len() {
        1 => "one replication".to_owned(),
        n => format!("mean of {n} replications"),
    }
}

fn days_of(result: &RunResult) -> Vec<f64> {
    let days = result.daily.first().map_or(0, crate::observe::Daily::days);
    (0..days).map(|day| day as f64).collect()
}

/// Daily dispute and seller-fault cancellation rates, with the threshold drawn in (R4, R7).
fn daily_rates(scenario: &Scenario, result: &RunResult) -> Lines {
    let policy = &scenario.world.policy;
    let threshold = policy.dispute_rate.threshold.share();
    let references = (threshold < 1.0)
        .then(|| Reference { value: threshold, label: "dispute-rate threshold".to_owned() })
        .into_iter()
        .collect();
    let surges = scenario.world.market.surges.iter().filter(|surge| surge.first_day >= 0);
    Lines {
        heading: Heading::new(
            "Dispute and seller-fault cancellation rates day by day",
            format!(
                "All sellers, trailing windows of {} and {} days at each day's close, {}",
                policy.dispute_rate.window,
                policy.not_sold.window,
                over_replications(result)
            ),
        )
        .if_empty("no order was closed in the observation period"),
        x_title: "day of the observation period".to_owned(),
        y_title: "rate, %".to_owned(),
        unit: Unit::Percent,
        days: days_of(result),
        series: vec![
            Line::new("dispute rate", daily_ratio(result, Series::RateDisputes, Series::RateOrders)),
            Line::new(
                "seller-fault cancellation rate",
                daily_ratio(result, Series::WindowNotSold, Series::WindowPlaced),
            ),
        ],
        references,
        events: surges
            .map(|surge| Event {
                from: f64::from(surge.first_day),
                to: f64::from(surge.first_day) + f64::from(surge.days - 1),
                label: format!("orders x {}", surge.multiplier),
            })
            .collect(),
    }
}

/// How disputes end, week by week.
fn dispute_outcomes(result: &RunResult) -> StackedArea {
    let outcomes = [
        ("accepted", Series::DisputesAccepted),
        ("counter-offer", Series::DisputesCountered),
        ("silence", Series::DisputesAutoExecuted),
        ("ruled for buyer", Series::DisputesRuledForBuyer),
        ("ruled for seller", Series::DisputesRuledForSeller),
        ("withdrawn", Series::DisputesWithdrawn),
    ];
    let weekly = |series| -> Vec<f64> {
        daily_mean_of_all(result, series)
            .chunks(7)
            .filter(|week| week.len() == 7)
            .map(|week| week.iter().sum())
            .collect()
    };
    let layers: Vec<Layer> = outcomes
        .iter()
        .map(|&(name, series)| Layer { name: name.to_owned(), values: weekly(series) })
        .filter(|layer| layer.values.iter().any(|&value| value > 0.0))
        .collect();
    let weeks = layers.first().map_or(0, |layer| layer.values.len());
    StackedArea {
        heading: Heading::new(
            "How disputes end",
            format!("Disputes ended in each week, all markets, {}", over_replications(result)),
        )
        .if_empty("no dispute ended in a full week of the observation period"),
        x_title: "first day of the week".to_owned(),
        y_title: "disputes ended in a week".to_owned(),
        unit: Unit::Count,
        days: (0..weeks).map(|week| week as f64 * 7.0).collect(),
        layers,
    }
}

/// The response deadline in hours, where it is elapsed time.
fn deadline_hours(world: &World) -> Option<f64> {
    match world.policy.dispute.response_deadline {
        Span::Elapsed(length) => Some(length.0 as f64 / 3600.0),
        Span::BusinessDays(days) => Some(f64::from(days) * 24.0),
        Span::Never => None,
    }
}

/// How long answers take, against the deadline (R8, R11).
fn response_delay(world: &World, result: &RunResult) -> Histogram {
    let delays = &result.world.delays;
    let silent =
        result.tally().get(Count::DisputesAutoExecuted) + result.tally().get(Count::DisputesSilentToPlatform);
    let silent = silent as u64;
    let all = (delays.count() + silent).max(1) as f64;
    let longest = deadline_hours(world).unwrap_or_else(|| delays.quantile(0.995).unwrap_or(0.0) / 3600.0);
    let width = (longest / 40.0).max(1.0).ceil();
    let bins = (0..(longest / width).ceil() as u32)
        .map(|bin| {
            let (from, to) = (f64::from(bin) * width, f64::from(bin + 1) * width);
            // The deadline's own instant is in time, so the last bin holds it.
            let last = if to >= longest { to * 3600.0 + 1.0 } else { to * 3600.0 };
            let count = delays.count_between((from * 3600.0) as u32, last as u32);
            Bin { from, to, share: count as f64 / all }
        })
        .collect();
    let deadline = deadline_hours(world).map(|at| Deadline {
        at,
        label: format!("deadline {} h", at.round()),
        beyond: format!("{:.1} % never answered in time", silent as f64 / all * 100.0),
    });
    Histogram {
        heading: Heading::new(
            "How long sellers take to answer a dispute",
            format!(
                "Share of requests answered after so many hours, bins of {width} h, {}",
                over_replications(result)
            ),
        )
        .if_empty(if delays.count() + silent == 0 {
            "no dispute was answered or fell due"
        } else {
            ""
        }),
        x_title: "hours from filing to answer".to_owned(),
        x_unit: Unit::Hours,
        y_title: "share of requests, %".to_owned(),
        y_unit: Unit::Percent,
        bins,
        deadline,
    }
}

/// Every seller: its dispute rate against its search weight (R7).
fn sellers(world: &World, result: &RunResult) -> Scatter {
    let groups = world
        .sellers
        .iter()
        .enumerate()
        .map(|(index, segment)| {
            let of_segment = result.sellers().filter(|seller| seller.segment == index);
            let point = |seller: &crate::observe::SellerOutcome| {
                let filed = seller.tally.get(Count::DisputesFiled) as f64;
                let closed = seller.tally.get(Count::OrdersCompleted) as f64 + filed;
                (if closed > 0.0 { filed / closed } else { f64::NAN }, seller.mean_weight)
            };
            PointGroup { name: segment.name.clone(), points: of_segment.map(point).collect() }
        })
        .collect();
    let threshold = world.policy.dispute_rate.threshold.share();
    Scatter {
        heading: Heading::new(
            "Sellers with more disputes are shown less",
            "Each dot a seller of replication 0: disputes filed of orders closed over the whole period, \
             against its mean search weight (1 = no penalty)",
        )
        .if_empty("no seller closed an order"),
        x_title: "disputes filed, % of orders closed".to_owned(),
        x_unit: Unit::Percent,
        y_title: "mean search weight".to_owned(),
        y_unit: Unit::Ratio,
        of_what: "sellers".to_owned(),
        groups,
        threshold: (threshold < 1.0).then(|| Threshold { at: threshold, label: "threshold".to_owned() }),
    }
}

/// Where the buyers' money went (R1 to R9).
fn money(world: &World, result: &RunResult) -> Flow {
    let parts: [(&str, FlowKind, Count); 7] = [
        ("released to sellers", FlowKind::Released, Count::ValueReleased),
        ("refunded: cancelled", FlowKind::Refunded, Count::RefundedByCancellation),
        ("refunded: agreed", FlowKind::Refunded, Count::RefundedByAgreement),
        ("refunded: silence", FlowKind::Refunded, Count::RefundedBySilence),
        ("refunded: ruling", FlowKind::Refunded, Count::RefundedByRuling),
        ("refunded: after sale", FlowKind::Refunded, Count::RefundedAfterSale),
        ("held at the horizon", FlowKind::Held, Count::ValueHeld),
    ];
    let per_replication = 100.0 * result.replications.len().max(1) as f64;
    let amount = |group: &GroupOutcome, count| group.tally.get(count) as f64 / per_replication;
    let bar = |name: &str, group: &GroupOutcome| FlowGroup {
        name: name.to_owned(),
        paid: amount(group, Count::ValuePaid),
        amounts: parts.iter().map(|&(_, _, count)| amount(group, count)).collect(),
    };
    let segments = world.sellers.iter().zip(&result.seller_segments);
    let mut groups = vec![bar("all sellers", &result.world)];
    if world.sellers.len() > 1 {
        groups.extend(segments.map(|(segment, group)| bar(&segment.name, group)));
    }
    let offline = amount(&result.world, Count::ValueOffline);
    let beside = if offline > 0.0 {
        format!("; {} more changed hands offline, outside these books", Unit::Money.value(offline))
    } else {
        String::new()
    };
    Flow {
        heading: Heading::new(
            "Where the money went",
            format!(
                "Orders placed in the observation period, as they stand at the horizon, currency units, {}{beside}",
                over_replications(result)
            ),
        )
        .if_empty("no order was placed"),
        x_title: "share of the amount paid, %".to_owned(),
        unit: Unit::Money,
        parts: parts.iter().map(|&(name, kind, _)| FlowPart { name: name.to_owned(), kind }).collect(),
        groups,
    }
}

/// Orders that penalties cost, by seller segment (R4, R7).
fn exposure_lost(world: &World, summary: &Summary) -> Bars {
    let groups = world.sellers.iter().map(|segment| {
        let of = |metric| summary.find(Scope::SellerSegment, &segment.name, metric);
        let bar = of("orders_lost_to_penalties").map_or_else(
            || Bar::new(f64::NAN),
            |estimate| {
                let (low, high) = estimate.interval.ends().unwrap_or((f64::NAN, f64::NAN));
                Bar { value: estimate.mean, low, high }
            },
        );
        BarGroup { name: segment.name.clone(), bars: vec![bar] }
    });
    Bars {
        heading: Heading::new(
            "Orders lost to ranking penalties and suspensions",
            "Orders that sellers would have received without penalties, by seller segment; \
             whiskers are 95 % intervals of the mean over replications",
        )
        .if_empty("no seller was penalised"),
        x_title: "orders lost in the observation period".to_owned(),
        unit: Unit::Count,
        series: vec!["orders lost".to_owned()],
        groups: groups.collect(),
    }
}
