//! Metrics of simulated worlds.

use super::{Coverage, SIZES, coverage, print, replications, truth};
use redress::experiment::run;
use redress::observe::Metric;
use redress::scenario::Source;
use redress::stats::Observation;

const SCENARIO: &str = include_str!("clustered.toml");

/// The settings of each world, and the metrics whose intervals must hold what they say.
const WORLDS: [(&str, &[&str], &[&str]); 3] = [
    (
        "a freeze in three of ten",
        &[],
        &["dispute_rate", "auto_executed_share", "seller_days_frozen", "freezes"],
    ),
    (
        "a freeze in one of ten",
        &["policy.not_sold.freeze_at=13"],
        &[
            "seller_days_frozen",
            "freezes",
            "disputes_filed",
            "penalty_auc",
            "refund_share",
            "penalty_precision",
        ],
    ),
    (
        "three disputes each",
        &["market.orders_per_day=0.47"],
        &[
            "dispute_rate",
            "auto_executed_share",
            "opportunistic_claims_paid_share",
            "legitimate_claims_unpaid_share",
            "value_refunded",
            "refunded_by_silence",
            "penalty_auc",
            "disputes_filed",
            "disputes_auto_executed",
            SKEWED,
        ],
    ),
];

/// The median of about three delays, whose skewness so few replications hardly show.
const SKEWED: &str = "response_delay_p50";

/// What the replications of a world say of its metrics.
pub(super) fn observed(
    settings: &[&str],
    metrics: &[&str],
    replications: u32,
) -> Vec<Vec<Option<Observation>>> {
    let mut source = Source::from_text("clustered.toml", SCENARIO).unwrap();
    for setting in settings {
        source.set(setting).unwrap();
    }
    let mut world = source.resolve().unwrap().world;
    world.replications = replications;
    let result = run(&world, &|_| true);
    let place = |name: &str| {
        redress::observe::catalogue::METRICS.iter().position(|metric| metric.name == name).expect("a metric")
    };
    let of_metric = |name: &&str| {
        let place = place(name);
        result.replications.iter().map(|replication| replication.world[place]).collect()
    };
    metrics.iter().map(of_metric).collect()
}

/// In 93 % at least, where Student's intervals of the same replications held the truth in 42 % (days suspended,
/// one suspension in ten replications, five of them) to 95 %.
#[test]
fn intervals_of_rare_and_clustered_metrics_hold_the_truth() {
    for (world, settings, metrics) in WORLDS {
        for (name, all) in metrics.iter().zip(observed(settings, metrics, replications(2_100))) {
            let estimator = Metric::named(name).expect("a metric of this name").estimator();
            let truth = truth(&all);
            for size in SIZES {
                let found = coverage(estimator, &all, size, truth);
                print(&format!("`{name}`, {world}"), truth, size, found);
                let least = if *name == SKEWED { 0.91 } else { 0.93 };
                assert!(found.stated < 30 || found.is_at_least(least), "{name}, {world}, {size}: {found:?}");
                assert!(*name == SKEWED || is_balanced(found), "{name}, {world}, {size}: {found:?}");
            }
        }
    }
}

/// Misses on one side alone are few.
fn is_balanced(found: Coverage) -> bool {
    let n = found.stated as f64;
    let most = n * 0.065 + 3.0 * (n * 0.065).sqrt();
    (found.below.max(found.above) as f64) <= most
}
