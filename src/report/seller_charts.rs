//! The charts of what penalties do to sellers.

use super::bars::{Bar, BarGroup, Bars};
use super::meaning::segment_color;
use super::output_words::with_interval;
use super::scatter::{PointGroup, Scatter, Threshold};
use super::{Heading, Unit, unit};
use crate::engine::World;
use crate::experiment::{RunResult, Scope, Summary};
use crate::observe::SellerOutcome;

/// Every seller: the dispute rate that the threshold judges, against its search weight (R7).
pub(super) fn sellers(world: &World, result: &RunResult) -> Scatter {
    let rule = &world.policy.dispute_rate;
    let point = |seller: &SellerOutcome| {
        let (disputes, orders) = seller.rate;
        let rate = if orders > 0 { f64::from(disputes) / f64::from(orders) } else { f64::NAN };
        (rate, seller.mean_weight)
    };
    let group = |(index, name): (usize, &String)| {
        let of_segment = result.sellers().filter(|seller| seller.segment == index);
        PointGroup {
            name: name.clone(),
            points: of_segment.map(point).collect(),
            color: Some(segment_color(index)),
        }
    };
    let (mut all, mut shown_less, mut above) = (0, 0, 0);
    for seller in result.sellers() {
        all += 1;
        shown_less += usize::from(seller.mean_weight < 1.0);
        above += usize::from(rule.is_above(seller.rate.0, seller.rate.1));
    }
    let threshold = rule.threshold.share();
    let judged = format!("assessed from {} orders on", unit::count(rule.minimum_orders as usize));
    Scatter {
        heading: Heading::new(
            weights_in_words(all, shown_less, above),
            format!(
                "Each dot a seller of replication 0: dispute rate of the {} days before the horizon, {judged}, against the mean \
                 search weight over the whole period (1 = no penalty of any kind)",
                rule.window
            ),
        )
        .if_empty(if shown_less == 0 {
            "search weights are all 1"
        } else {
            "no seller has a dispute rate at the horizon"
        }),
        x_title: "dispute rate at the horizon, %".to_owned(),
        x_unit: Unit::Percent,
        y_title: "mean search weight".to_owned(),
        y_unit: Unit::Ratio,
        of_what: "sellers".to_owned(),
        groups: if shown_less == 0 {
            Vec::new()
        } else {
            world.sellers.iter().map(|segment| &segment.name).enumerate().map(group).collect()
        },
        threshold: (threshold < 1.0).then(|| Threshold {
            at: threshold,
            label: format!("threshold {}", Unit::Percent.value(threshold)),
        }),
    }
}

/// How many sellers were shown less, and how many of all are above the threshold, in a sentence.
fn weights_in_words(all: usize, shown_less: usize, above: usize) -> String {
    if shown_less == 0 {
        return "No seller was shown less".to_owned();
    }
    let are = if above == 1 { "is" } else { "are" };
    format!(
        "{} of {} sellers were shown less; {} {are} above the dispute-rate threshold at the horizon",
        unit::count(shown_less),
        unit::count(all),
        unit::count(above)
    )
}

/// Orders that penalties cost, by seller segment (R4, R7).
pub(super) fn exposure_lost(world: &World, result: &RunResult, summary: &Summary) -> Bars {
    let metric = "orders_lost_to_penalties";
    let bar = |name: &str| {
        summary.find(Scope::SellerSegment, name, metric).map_or_else(
            || Bar::new(f64::NAN),
            |estimate| {
                let (low, high) = estimate.interval.ends().unwrap_or((f64::NAN, f64::NAN));
                Bar { value: estimate.mean, low, high }
            },
        )
    };
    let group = |(index, name): (usize, &String)| BarGroup {
        name: name.clone(),
        bars: vec![bar(name)],
        color: Some(segment_color(index)),
    };
    let lost = summary.world(metric).filter(|estimate| estimate.mean != 0.0);
    let groups: Vec<BarGroup> = match lost {
        Some(_) => world.sellers.iter().map(|segment| &segment.name).enumerate().map(group).collect(),
        None => Vec::new(),
    };
    let title = lost.map_or_else(
        || "Orders lost to penalties".to_owned(),
        |estimate| {
            let most = most_hit(&groups).map_or_else(String::new, |name| format!(", most by {name}"));
            with_interval(estimate, Unit::Count, &format!("orders lost to penalties{most}"))
        },
    );
    let replications = result.replications.len();
    let whiskers = if replications > 1 {
        format!("; whiskers are 95 % intervals of the mean over {replications} replications")
    } else {
        "; one replication, so no intervals".to_owned()
    };
    Bars {
        heading: Heading::new(
            title,
            format!(
                "Orders that sellers would have received in the observation period without demotion and suspension, by seller \
                 segment{whiskers}"
            ),
        )
        .if_empty("no seller was demoted or suspended"),
        x_title: "orders lost in the observation period".to_owned(),
        unit: Unit::Count,
        series: vec!["orders lost".to_owned()],
        groups,
    }
}

/// The segment whose interval lies above those of all others, if there are others.
fn most_hit(groups: &[BarGroup]) -> Option<&str> {
    let first = groups.iter().max_by(|one, other| one.bars[0].value.total_cmp(&other.bars[0].value))?;
    let others: Vec<&BarGroup> = groups.iter().filter(|group| group.name != first.name).collect();
    let is_clear = others.iter().all(|group| group.bars[0].high < first.bars[0].low);
    (is_clear && !others.is_empty()).then_some(first.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_said_to_be_shown_less_where_all_weights_are_one() {
        assert_eq!(weights_in_words(600, 0, 12), "No seller was shown less");
        assert_eq!(
            weights_in_words(1_200, 30, 1),
            "30 of 1,200 sellers were shown less; 1 is above the dispute-rate threshold at the horizon"
        );
    }

    #[test]
    fn the_segment_that_lost_most_is_named_only_beyond_its_interval() {
        let group = |name: &str, value: f64, half: f64| BarGroup {
            name: name.to_owned(),
            bars: vec![Bar { value, low: value - half, high: value + half }],
            color: None,
        };
        assert_eq!(most_hit(&[group("a", 10.0, 1.0), group("b", 20.0, 5.0)]), Some("b"));
        assert_eq!(most_hit(&[group("a", 16.0, 1.0), group("b", 20.0, 5.0)]), None);
        assert_eq!(most_hit(&[group("a", 16.0, 1.0)]), None);
    }
}
