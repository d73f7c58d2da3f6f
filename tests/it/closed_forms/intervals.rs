//! Intervals of the summary: how often they contain the truth.

use crate::support::world::{always, quiet_world};
use rayon::prelude::*;
use redress::experiment::{Summary, run};

/// Experiments, each with ten replications.
const EXPERIMENTS: u64 = 2000;

/// Means that are known exactly: every order but those of a last day is shipped, and every parcel is defective.
const TRUTHS: [(&str, f64); 3] =
    [("orders_placed", 400.0), ("orders_shipped", 380.0), ("disputes_filed", 20.0 * 13.0)];

/// How many of the experiments' intervals contain each truth.
fn contained() -> [u64; 3] {
    let of_experiment = |seed: u64| {
        let mut world = quiet_world();
        world.days = 20;
        world.replications = 10;
        world.sellers[0].defect = always();
        world.seed = seed;
        let summary = Summary::new(&world, &run(&world, &|_| true));
        TRUTHS.map(|(metric, truth)| {
            let (low, high) = summary.world(metric).unwrap().interval.ends().unwrap();
            u64::from(low <= truth && truth <= high)
        })
    };
    let add = |a: [u64; 3], b: [u64; 3]| [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    (1..=EXPERIMENTS).into_par_iter().map(of_experiment).reduce(|| [0; 3], add)
}

/// The coverage of a nominal 95 % interval, measured, lies between 93 and 97 %: four standard errors of a
/// share of 95 % in 2,000 experiments, so that an interval with another coverage fails.
#[test]
fn intervals_of_ninety_five_percent_contain_the_truth_that_often() {
    for ((metric, _), contained) in TRUTHS.into_iter().zip(contained()) {
        let coverage = contained as f64 / EXPERIMENTS as f64;
        assert!((0.93..=0.97).contains(&coverage), "{metric}: {coverage}");
    }
}
