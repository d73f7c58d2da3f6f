//! How much of the noise common random numbers take out of a difference between two policies.

use crate::support::batch::*;
use crate::support::stress::stress_world;
use redress::engine::World;
use redress::experiment;
use redress::observe::catalogue::METRICS;
use redress::policy::rate::Rate;

/// Replications of each policy.
const REPLICATIONS: u32 = 40;

/// A metric of the whole world, replication by replication.
fn figures(world: &World, metric: &str) -> Vec<f64> {
    let place = METRICS.iter().position(|other| other.name == metric).expect("a metric of this name");
    let result = experiment::run(world, &|_| true);
    result.replications.iter().map(|replication| replication.world[place].unwrap().value()).collect()
}

fn variance(figures: &[f64]) -> f64 {
    let n = figures.len() as f64;
    let mean = figures.iter().sum::<f64>() / n;
    figures.iter().map(|figure| (figure - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

/// Standard deviation of the difference between two policies with common random numbers, as a part of that
/// with independent ones.
fn noise_left(before: &World, after: &World, metric: &str) -> f64 {
    let (before, after) = (figures(before, metric), figures(after, metric));
    let differences: Vec<f64> = before.iter().zip(&after).map(|(before, after)| after - before).collect();
    assert!(variance(&differences) > 0.0, "{metric} is moved");
    (variance(&differences) / (variance(&before) + variance(&after))).sqrt()
}

/// A small market with every rule on, ranking and feedback included.
fn small_world() -> World {
    let mut world = stress_world(30);
    world.replications = REPLICATIONS;
    world.market.sellers = 20;
    world.market.orders_per_day = 120.0;
    world.days = 40;
    world.warm_up_days = 20;
    world
}

/// What the document says of these comparisons.
const DOCUMENT: &str = include_str!("../../../docs/verification.md");

#[test]
fn paired_differences_between_policies_are_far_less_noisy_than_independent_ones() {
    let before = small_world();
    let mut longer_deadline = before.clone();
    longer_deadline.policy.dispute.response_deadline = span(6);
    let mut higher_threshold = before.clone();
    higher_threshold.policy.dispute_rate.threshold = Rate::new(0.1);
    let mut more_accurate = before.clone();
    more_accurate.policy.mediation.accuracy = 0.9;
    let left = [
        ("a longer deadline", "auto_executed_share", &longer_deadline),
        ("a longer deadline", "refund_share", &longer_deadline),
        ("a higher threshold", "dispute_rate", &higher_threshold),
        ("more accurate rulings", "refund_share", &more_accurate),
    ]
    .map(|(what, metric, after)| (what, metric, noise_left(&before, after, metric)));
    let rows = left
        .map(|(what, metric, part)| format!("| {what} | `{metric}` | {part:.2} | {:.0} |", part.powi(-2)));
    let lacking: Vec<&String> = rows.iter().filter(|row| !DOCUMENT.contains(row.as_str())).collect();
    assert!(lacking.is_empty(), "docs/verification.md lacks {lacking:#?}");
    // The part is about 1 without common draws. Below 0.6 takes a correlation of 0.64, which 40 independent
    // pairs have with probability 5e-6 (Student's t).
    assert!(left.iter().all(|(_, _, part)| *part < 0.6), "standard deviations left: {left:?}");
}
