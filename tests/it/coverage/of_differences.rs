//! Differences of two points that share their chance.

use super::of_known_laws::events;
use super::of_worlds::observed;
use super::{Coverage, SIZES, print, replications, truth};
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use redress::observe::Metric;
use redress::stats::paired::difference;
use redress::stats::{Estimator, Observation};

type Sample = Vec<Option<Observation>>;

fn coverage(estimator: Estimator, points: &[Sample; 2], size: usize, truth: f64) -> Coverage {
    let mut coverage = Coverage::default();
    for (first, second) in points[0].chunks_exact(size).zip(points[1].chunks_exact(size)) {
        match difference(estimator, first, second) {
            Some(found) => {
                let decides = found.interval.ends().is_some_and(|(low, high)| low > 0.0 || high < 0.0);
                assert_eq!(found.p_value.is_some_and(|p| p < 0.05), decides, "{found:?}");
                coverage.add(found.interval, truth);
                coverage.wrong_sign += usize::from(found.mean * truth < 0.0);
            }
            None => coverage.silent += 1,
        }
    }
    coverage
}

/// Two counts that share all events but those that a change adds or takes away.
fn counts(shared: f64, taken: f64, added: f64) -> [Sample; 2] {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(15);
    let (mut shared, mut taken, mut added) = (events(shared), events(taken), events(added));
    let mut points = [Sample::new(), Sample::new()];
    for _ in 0..replications(3_000) {
        let common = shared(&mut random);
        points[0].push(Some(Observation::Value(common + taken(&mut random))));
        points[1].push(Some(Observation::Value(common + added(&mut random))));
    }
    points
}

#[test]
fn intervals_of_differences_of_counts_hold_the_truth_however_few_events_differ() {
    for (shared, taken, added) in [
        (1.0, 0.0, 0.05),
        (0.0, 0.05, 0.05),
        (0.5, 0.2, 0.0),
        (5.0, 0.0, 1.0),
        (20.0, 3.0, 3.0),
        (0.0, 40.0, 50.0),
    ] {
        let (points, truth) = (counts(shared, taken, added), added - taken);
        for size in SIZES {
            let found = coverage(Estimator::Count, &points, size, truth);
            print(&format!("counts, {taken} taken, {added} added"), truth, size, found);
            assert!(found.is_at_least(0.93), "{taken}, {added}, {size}: {found:?}");
        }
    }
}

/// The platform suspends later: days suspended fall, and what penalties find hardly moves.
#[test]
fn intervals_of_differences_of_metrics_hold_the_truth() {
    let metrics = [
        "dispute_rate",
        "auto_executed_share",
        "refund_share",
        "seller_days_frozen",
        "freezes",
        "penalty_auc",
    ];
    let number = replications(1_500);
    let [first, second] =
        [&[][..], &["policy.not_sold.freeze_at=13"]].map(|settings| observed(settings, &metrics, number));
    for (name, points) in metrics.iter().zip(first.into_iter().zip(second)) {
        let estimator = Metric::named(name).expect("a metric of this name").estimator();
        let truth = truth(&points.1) - truth(&points.0);
        let points = [points.0, points.1];
        for size in SIZES {
            let found = coverage(estimator, &points, size, truth);
            print(&format!("difference of `{name}`"), truth, size, found);
            assert!(found.is_at_least(0.92), "{name}, {size}: {found:?}");
        }
    }
}
