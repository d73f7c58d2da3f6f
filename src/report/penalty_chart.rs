//! The chart of penalties by the rule that imposes them.

use super::bars::{Bar, BarGroup, Bars};
use super::{Heading, Unit, theme};
use crate::engine::World;
use crate::experiment::{RunResult, Summary};
use crate::observe::Metric;
use crate::observe::catalogue::METRICS;
use crate::policy::OptionalRule;
use crate::policy::penalty::Penalty;

/// Seller-days under each penalty that the policy knows (R4, R7, R10), of all sellers.
pub(super) fn penalties(world: &World, result: &RunResult, summary: &Summary) -> Bars {
    let bars = world.penalties().filter_map(|penalty| {
        let metric = METRICS.iter().find(|metric| metric.needs == Some(OptionalRule::Penalty(penalty)))?;
        let estimate = summary.world(metric.name)?;
        let (low, high) = estimate.interval.ends().unwrap_or((f64::NAN, f64::NAN));
        let bar = Bar { value: estimate.mean, low, high };
        Some(BarGroup {
            name: name(metric),
            bars: vec![bar],
            color: Some(theme::series_color(place(penalty))),
        })
    });
    let mut groups: Vec<BarGroup> = bars.collect();
    if groups.iter().all(|group| group.bars[0].value == 0.0) {
        groups.clear();
    }
    let replications = result.replications.len();
    let whiskers = if replications > 1 {
        format!("whiskers are 95 % intervals of the mean over {replications} replications")
    } else {
        "one replication, so no intervals".to_owned()
    };
    Bars {
        heading: Heading::new(
            title(&groups),
            format!(
                "Seller-days of the observation period by the rule that penalised, of all sellers; a day under several \
                 demotions counts for each, a suspended day for none; {whiskers}"
            ),
        )
        .if_empty("no seller was demoted or suspended"),
        x_title: "seller-days in the observation period".to_owned(),
        unit: Unit::Count,
        series: vec!["seller-days".to_owned()],
        groups,
    }
}

/// Demotions have one colour, suspensions another.
const fn place(penalty: Penalty) -> usize {
    match penalty {
        Penalty::DemotionByDisputeRate
        | Penalty::DemotionByServiceScore
        | Penalty::DemotionByNotSold
        | Penalty::DemotionByPoints => 0,
        Penalty::SuspensionByNotSold | Penalty::SuspensionByPoints | Penalty::SuspensionByOfflineTransfer => {
            1
        }
    }
}

/// The penalty as it stands beside its bar, where it has to be short: only a seller's own cancellations are penalised.
fn name(metric: &Metric) -> String {
    metric.label().trim_start_matches("seller-days ").replace("seller-fault ", "")
}

/// Which penalty holds most often, if its interval lies above those of all others.
fn title(groups: &[BarGroup]) -> String {
    let most = groups.iter().max_by(|one, other| one.bars[0].value.total_cmp(&other.bars[0].value));
    let Some(most) = most else { return "Seller-days under penalties, by rule".to_owned() };
    let mut others = groups.iter().filter(|group| group.name != most.name);
    let is_clear = groups.len() > 1 && others.all(|group| group.bars[0].high < most.bars[0].low);
    let days = Unit::Count.value(most.bars[0].value);
    if is_clear {
        format!("Most often sellers are {}: on {days} seller-days", most.name)
    } else {
        "Seller-days under penalties, by rule: no rule is clearly ahead".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_ahead_is_named_only_beyond_the_intervals() {
        let group = |name: &str, value: f64| BarGroup {
            name: name.to_owned(),
            bars: vec![Bar { value, low: value - 2.0, high: value + 2.0 }],
            color: None,
        };
        let ahead = title(&[group("demoted by penalty points", 40.0), group("suspended", 3.0)]);
        assert_eq!(ahead, "Most often sellers are demoted by penalty points: on 40 seller-days");
        let close = title(&[group("demoted by penalty points", 40.0), group("suspended", 37.0)]);
        assert!(close.ends_with("no rule is clearly ahead"), "{close}");
    }

    #[test]
    fn demotions_and_suspensions_have_a_colour_each() {
        let suspensions: Vec<Penalty> =
            Penalty::ALL.into_iter().filter(|penalty| place(*penalty) == 1).collect();
        assert_eq!(suspensions, Penalty::ALL[4..]);
    }
}
