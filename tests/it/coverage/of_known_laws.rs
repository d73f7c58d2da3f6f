//! Counts, clusters, shares and plain values drawn from distributions whose means are known.

use super::{Coverage, SIZES, coverage, print, replications};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution as _, Geometric, LogNormal, Normal, Poisson};
use redress::stats::quantile::student_t_quantile;
use redress::stats::{Estimate, Estimator, Observation};

fn drawn(mut one: impl FnMut(&mut Xoshiro256PlusPlus) -> Option<Observation>) -> Vec<Option<Observation>> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(14);
    (0..replications(9_000)).map(|_| one(&mut random)).collect()
}

/// A count of so many events on average.
pub(super) fn events(mean: f64) -> impl FnMut(&mut Xoshiro256PlusPlus) -> f64 {
    let law = (mean > 0.0).then(|| Poisson::new(mean).unwrap());
    move |random| law.map_or(0.0, |law| law.sample(random))
}

fn checked(figure: &str, estimator: Estimator, all: &[Option<Observation>], truth: f64) -> [Coverage; 3] {
    SIZES.map(|size| {
        let found = coverage(estimator, all, size, truth);
        print(figure, truth, size, found);
        assert!(found.is_at_least(0.93), "{figure}, {size}: {found:?}");
        found
    })
}

#[test]
fn intervals_and_bounds_of_counts_from_one_in_twenty_replications_to_fifty_each_hold_the_truth() {
    for mean in [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 50.0] {
        let mut count = events(mean);
        let all = drawn(|random| Some(Observation::Value(count(random))));
        let found = checked(&format!("Poisson counts of mean {mean}"), Estimator::Count, &all, mean);
        let [five, ..] = found;
        // Without an event there is a bound; equal counts above 0 are rare.
        assert!(mean > 0.2 || five.bounds * 3 > five.stated, "{mean}: {five:?}");
        assert!(five.silent * 50 < five.stated, "{mean}: {five:?}");
    }
}

#[test]
fn intervals_of_what_comes_in_clusters_of_seven_hold_the_truth() {
    for clusters in [0.1, 0.4, 1.0] {
        let mut count = events(clusters);
        let size = Geometric::new(1.0 / 7.0).unwrap();
        let all = drawn(|random| {
            let sizes = (0..count(random) as u64).map(|_| 1 + size.sample(random)).sum::<u64>();
            Some(Observation::Value(sizes as f64))
        });
        let truth = 7.0 * clusters;
        for replications in SIZES {
            let found = coverage(Estimator::Total, &all, replications, truth);
            print(&format!("clusters of mean size 7, {clusters} each"), truth, replications, found);
            assert!(found.is_at_least(0.90), "{clusters}, {replications}: {found:?}");
        }
    }
}

#[test]
fn intervals_and_bounds_of_shares_of_a_few_cases_hold_the_truth() {
    for (cases, share) in [(0.5, 0.6), (3.0, 0.02), (3.0, 0.15), (3.0, 0.6), (20.0, 0.1), (100.0, 0.97)] {
        let mut count = events(cases);
        let all = drawn(|random| {
            let cases = count(random);
            let hits = (0..cases as u64).filter(|_| random.random_bool(share)).count();
            Observation::ratio(hits as f64, cases)
        });
        checked(&format!("{share} of {cases} cases each"), Estimator::Share, &all, share);
    }
}

/// What Student's t is right for keeps its interval: the coverage, and the width to a twentieth.
#[test]
fn intervals_of_many_events_and_of_normal_values_are_those_of_student() {
    let (normal, skewed) = (Normal::new(100.0, 10.0).unwrap(), LogNormal::new(0.0, 0.1).unwrap());
    let mut many = events(400.0);
    let figures: [(&str, Vec<Option<Observation>>, f64); 3] = [
        ("normal values", drawn(|random| Some(Observation::Value(normal.sample(random)))), 100.0),
        (
            "lognormal values, sigma 0.1",
            drawn(|random| Some(Observation::Value(skewed.sample(random)))),
            0.005_f64.exp(),
        ),
        ("Poisson counts of mean 400", drawn(|random| Some(Observation::Value(many(random)))), 400.0),
    ];
    for (figure, all, truth) in figures {
        checked(figure, Estimator::Total, &all, truth);
        for size in SIZES {
            let (mut width, mut student) = (0.0, 0.0);
            for block in all.chunks_exact(size) {
                let observed: Vec<Observation> = block.iter().copied().flatten().collect();
                let estimate = Estimate::new(Estimator::Total, &observed).unwrap();
                let (low, high) = estimate.interval.ends().unwrap();
                width += high - low;
                let error = estimate.std_dev.unwrap() / (size as f64).sqrt();
                student += 2.0 * student_t_quantile(0.975, size as f64 - 1.0) * error;
            }
            assert!((width / student - 1.0).abs() < 0.05, "{figure}, {size}: {}", width / student);
        }
    }
}
