//! The charts of a run: which numbers go into which picture, and what the picture says.

use super::flow::{Flow, FlowGroup, FlowKind, FlowPart};
use super::histogram::{Bin, Deadline, Histogram};
use super::lines::{Event, Lines};
use super::meaning::Meaning;
use super::output_words::with_interval;
use super::penalty_chart::penalties;
use super::seller_charts::{exposure_lost, sellers};
use super::series::Series as Line;
use super::stacked_area::{Layer, StackedArea};
use super::{Chart, Heading, Unit};
use crate::engine::World;
use crate::experiment::series::{daily_mean_of_all, daily_ratio};
use crate::experiment::{RunResult, Summary};
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
        named("money", money(&scenario.world, result, summary)),
        named("penalties", penalties(&scenario.world, result, summary)),
        named("exposure_lost", exposure_lost(&scenario.world, result, summary)),
    ]
}

pub(super) fn over_replications(result: &RunResult) -> String {
    match result.replications.len() {
        1 => "one replication".to_owned(),
        n => format!("mean of {n} replications"),
    }
}

fn days_of(result: &RunResult) -> Vec<f64> {
    let days = result.daily.first().map_or(0, crate::observe::Daily::days);
    (0..days).map(|day| day as f64).collect()
}

/// Daily dispute and seller-fault cancellation rates (R4, R7). The threshold judges each seller's own rate, which is not
/// drawn here, so neither is the threshold.
fn daily_rates(scenario: &Scenario, result: &RunResult) -> Lines {
    let policy = &scenario.world.policy;
    let rate = |name: &str, part, whole, meaning: Meaning| {
        Line::new(name, daily_ratio(result, part, whole)).colored(meaning.color())
    };
    let series = vec![
        rate("dispute rate", Series::RateDisputes, Series::RateOrders, Meaning::Disputes),
        rate(
            "seller-fault cancellation rate",
            Series::WindowNotSold,
            Series::WindowPlaced,
            Meaning::Cancellation,
        ),
    ];
    let last: Vec<String> = series
        .iter()
        .filter_map(|line| Some(format!("{} {}", line.name, Unit::Percent.value(line.last()?))))
        .collect();
    let title = if last.is_empty() {
        "Dispute and seller-fault cancellation rates day by day".to_owned()
    } else {
        format!("On the last day: {}", last.join(", "))
    };
    let surges = scenario.world.market.surges.iter().filter(|surge| surge.first_day >= 0);
    Lines {
        heading: Heading::new(
            title,
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
        series,
        references: Vec::new(),
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
        ("accepted", Series::DisputesAccepted, Meaning::Accepted),
        ("counter-offer", Series::DisputesCountered, Meaning::Countered),
        ("silence", Series::DisputesAutoExecuted, Meaning::Silence),
        ("ruled for buyer", Series::DisputesRuledForBuyer, Meaning::RuledForBuyer),
        ("ruled for seller", Series::DisputesRuledForSeller, Meaning::RuledForSeller),
        ("withdrawn", Series::DisputesWithdrawn, Meaning::Withdrawn),
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
        .map(|&(name, series, meaning)| Layer {
            name: name.to_owned(),
            values: weekly(series),
            color: Some(meaning.color()),
        })
        .filter(|layer| layer.values.iter().any(|&value| value > 0.0))
        .collect();
    let weeks = layers.first().map_or(0, |layer| layer.values.len());
    let totals: Vec<(&str, f64)> =
        layers.iter().map(|layer| (layer.name.as_str(), layer.values.iter().sum())).collect();
    StackedArea {
        heading: Heading::new(
            most_common(&totals),
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

/// Which ends of disputes are the most common, in a sentence.
fn most_common(totals: &[(&str, f64)]) -> String {
    let all: f64 = totals.iter().map(|each| each.1).sum();
    let mut order: Vec<&(&str, f64)> = totals.iter().filter(|each| each.1 > 0.0).collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1));
    let words = |name: &str| match name {
        "silence" => "by silence".to_owned(),
        "counter-offer" => "with a counter-offer".to_owned(),
        name => name.to_owned(),
    };
    let share = |value: f64| Unit::Percent.value((value / all * 1e3).round() / 1e3);
    match order[..] {
        [] => "How disputes end".to_owned(),
        [only] => format!("All disputes end {}", words(only.0)),
        [first, second, ..] => format!(
            "Disputes end most often {} ({}), then {} ({})",
            words(first.0),
            share(first.1),
            words(second.0),
            share(second.1)
        ),
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
    let last_bin = if delays.count() + silent == 0 { 0 } else { (longest / width).ceil() as u32 };
    let bins = (0..last_bin)
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
    let half = delays.quantile(0.5).map(|seconds| Unit::Hours.value((seconds / 3600.0).round()));
    let title = match (half, silent) {
        (None, _) => "How long sellers take to answer a dispute".to_owned(),
        (Some(half), 0) => format!("Half of the answers to disputes come within {half}, all of them in time"),
        (Some(half), _) => format!(
            "Half of the answers to disputes come within {half}; {} never come in time",
            Unit::Percent.value((silent as f64 / all * 1e3).round() / 1e3)
        ),
    };
    Histogram {
        heading: Heading::new(
            title,
            format!(
                "Share of requests answered after so many hours, bins of {width} h, {}",
                over_replications(result)
            ),
        )
        .if_empty("no dispute was answered or fell due"),
        x_title: "hours from filing to answer".to_owned(),
        x_unit: Unit::Hours,
        y_title: "share of requests, %".to_owned(),
        y_unit: Unit::Percent,
        bins,
        deadline,
    }
}

/// Where the buyers' money went (R1 to R9).
fn money(world: &World, result: &RunResult, summary: &Summary) -> Flow {
    let parts: [(&str, FlowKind, Meaning, Count); 7] = [
        ("released to sellers", FlowKind::Released, Meaning::Released, Count::ValueReleased),
        ("cancelled", FlowKind::Refunded, Meaning::Cancellation, Count::RefundedByCancellation),
        ("agreed", FlowKind::Refunded, Meaning::Agreed, Count::RefundedByAgreement),
        ("silence", FlowKind::Refunded, Meaning::Silence, Count::RefundedBySilence),
        ("ruling", FlowKind::Refunded, Meaning::RuledForBuyer, Count::RefundedByRuling),
        ("after sale", FlowKind::Refunded, Meaning::AfterSale, Count::RefundedAfterSale),
        ("held at the horizon", FlowKind::Held, Meaning::Held, Count::ValueHeld),
    ];
    let per_replication = 100.0 * result.replications.len().max(1) as f64;
    let amount = |group: &GroupOutcome, count| group.tally.get(count) as f64 / per_replication;
    let bar = |name: &str, group: &GroupOutcome| FlowGroup {
        name: name.to_owned(),
        paid: amount(group, Count::ValuePaid),
        amounts: parts.iter().map(|&(.., count)| amount(group, count)).collect(),
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
    let title = summary.world("refund_share").map_or_else(
        || "Where the money went".to_owned(),
        |share| with_interval(share, Unit::Percent, "of the amount paid was refunded"),
    );
    Flow {
        heading: Heading::new(
            title,
            format!(
                "Orders placed in the observation period, as they stand at the horizon, currency units, {}{beside}",
                over_replications(result)
            ),
        )
        .if_empty("no order was placed"),
        titles: ["all that was paid".to_owned(), "what was refunded of it, enlarged".to_owned()],
        x_titles: ["% of the amount paid".to_owned(), "refunded, % of the amount paid".to_owned()],
        unit: Unit::Money,
        parts: parts
            .iter()
            .map(|&(name, kind, meaning, _)| FlowPart { name: name.to_owned(), kind, color: meaning.color() })
            .collect(),
        groups,
    }
}

#[cfg(test)]
mod tests {
    use super::super::meaning::segment_color;
    use super::*;
    use crate::experiment::run;
    use crate::scenario::Source;
    use plotters::style::RGBColor;

    /// The drawings of a small run of the baseline, by the name of their files.
    fn drawings() -> std::collections::BTreeMap<String, String> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/baseline.toml");
        let mut scenario = Source::read(&path).unwrap().resolve().unwrap();
        (scenario.world.days, scenario.world.replications) = (10, 2);
        let result = run(&scenario.world, &|_| true);
        let summary = Summary::new(&scenario.world, &result);
        let charts = charts(&scenario, &result, &summary);
        charts.into_iter().map(|chart| (chart.name, chart.chart.svg())).collect()
    }

    #[test]
    fn a_segment_has_one_colour_and_the_threshold_only_the_axis_of_its_rate() {
        let drawings = drawings();
        for place in 0..3 {
            let RGBColor(red, green, blue) = segment_color(place);
            let color = format!("fill=\"#{red:02X}{green:02X}{blue:02X}\"");
            for name in ["sellers", "exposure_lost"] {
                assert!(drawings[name].contains(&color), "{name}: {color}");
            }
        }
        for (name, drawing) in &drawings {
            assert_eq!(drawing.contains(">\nthreshold 4 %\n"), name == "sellers", "{name}");
        }
    }

    #[test]
    fn the_title_of_ends_names_the_two_most_common() {
        let shares = [("accepted", 30.0), ("silence", 50.0), ("withdrawn", 20.0)];
        assert_eq!(most_common(&shares), "Disputes end most often by silence (50 %), then accepted (30 %)");
        assert_eq!(most_common(&shares[..1]), "All disputes end accepted");
        assert_eq!(most_common(&[("silence", 0.0)]), "How disputes end");
    }
}
