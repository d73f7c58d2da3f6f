//! Both simulators on the same worlds: every metric, its mean and its distribution.

use crate::compare::{holm, kolmogorov_smirnov, welch};
use crate::market::simulate;
use crate::measures;
use crate::worlds::WORLDS;
use rayon::prelude::*;
use redress::engine::World;
use redress::experiment;
use redress::observe::catalogue::METRICS;
use redress::stats::Observation;
use std::fmt;

/// The probability that two programs of one model fail the comparison, all its tests together. Seeds are
/// fixed, so that it passes always or never.
pub(crate) const LEVEL: f64 = 1e-3;

/// The metrics of each replication.
pub(crate) type Sample = Vec<Vec<Option<f64>>>;

/// What the engine says.
pub(crate) fn by_engine(world: &World) -> Sample {
    let result = experiment::run(world, &|_| true);
    let values = |replication: experiment::Replication| {
        replication.world.into_iter().map(|observed| observed.map(Observation::value)).collect()
    };
    result.replications.into_iter().map(values).collect()
}

/// What the second implementation says.
pub(crate) fn by_reference(world: &World) -> Sample {
    let of_replication = |replication| {
        let tally = simulate(world, replication);
        METRICS.iter().map(|metric| measures::value(world, &tally, metric.name)).collect()
    };
    (0..world.replications).into_par_iter().map(of_replication).collect()
}

/// One metric of one world by both.
#[derive(Clone, Debug)]
pub(crate) struct Comparison {
    pub(crate) world: &'static str,
    pub(crate) metric: &'static str,
    means: [f64; 2],
    /// Probabilities by chance: of the means, and of the distributions.
    pub(crate) chance: [f64; 2],
}

impl Comparison {
    fn new(world: &'static str, place: usize, engine: &Sample, reference: &Sample) -> Self {
        let [engine, reference] = [engine, reference]
            .map(|sample| sample.iter().map(|values| values[place]).collect::<Vec<Option<f64>>>());
        let defined = |sample: &[Option<f64>]| sample.iter().flatten().copied().collect::<Vec<f64>>();
        // A replication without a value lies below every other, so that their number is compared as well.
        let ranked = |sample: &[Option<f64>]| {
            sample.iter().map(|value| value.unwrap_or(f64::NEG_INFINITY)).collect::<Vec<f64>>()
        };
        let mean = |sample: &[f64]| sample.iter().sum::<f64>() / sample.len() as f64;
        let (one, other) = (defined(&engine), defined(&reference));
        Self {
            world,
            metric: METRICS[place].name,
            means: [mean(&one), mean(&other)],
            chance: [welch(&one, &other), kolmogorov_smirnov(&ranked(&engine), &ranked(&reference))],
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { world, metric, means: [engine, reference], chance: [means, laws] } = self;
        write!(f, "{world:<22} {metric:<34} {engine:>15.5} {reference:>15.5} {means:>9.1e} {laws:>9.1e}")
    }
}

/// Every metric of one world by both.
pub(crate) fn compare(world: &'static str, engine: &Sample, reference: &Sample) -> Vec<Comparison> {
    assert_eq!(engine.len(), reference.len());
    (0..METRICS.len()).map(|place| Comparison::new(world, place, engine, reference)).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the table is for --nocapture")]
fn both_simulators_agree_on_every_metric_of_every_world() {
    let mut comparisons = Vec::new();
    let mut shown = vec![false; METRICS.len()];
    for entry in WORLDS {
        let world = entry.world();
        let (engine, reference) = (by_engine(&world), by_reference(&world));
        for (place, shown) in shown.iter_mut().enumerate() {
            *shown |= engine.iter().any(|values| values[place].is_some_and(|value| value != 0.0));
        }
        comparisons.extend(compare(entry.name, &engine, &reference));
    }
    let chances: Vec<f64> = comparisons.iter().flat_map(|comparison| comparison.chance).collect();
    let corrected = holm(&chances);
    for comparison in &comparisons {
        println!("{comparison}");
    }
    let smallest = corrected.iter().copied().fold(1.0, f64::min);
    println!("{} tests; smallest probability {smallest:.3} after Holm's correction", corrected.len());
    let refuted: Vec<String> = comparisons
        .iter()
        .zip(corrected.chunks(2))
        .filter(|(_, corrected)| corrected.iter().any(|&chance| chance < LEVEL))
        .map(|(comparison, _)| comparison.to_string())
        .collect();
    assert!(refuted.is_empty(), "the simulators differ:\n{}", refuted.join("\n"));
    for (metric, is_shown) in METRICS.iter().zip(shown) {
        assert!(is_shown, "{} is 0 in every world", metric.name);
    }
}
