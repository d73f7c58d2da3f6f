//! A tuned policy against the best of a Sobol design of the same budget: on worlds of ours, repeated with other seeds.

#![allow(clippy::print_stdout, reason = "the figures are what the documentation quotes")]

use redress::experiment::tune::{Tune, TuneRules};
use redress::experiment::{Output, Store, Unit, Worker};
use redress::scenario::{DesignPoint, Study, StudyUse};
use redress::stats::Estimate;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Replications that both may use.
const BUDGET: u32 = 300;
/// Replications of a point of the Sobol design.
const EACH: u32 = 5;
/// The smallest difference worth detecting, in the area under the curve.
const INDIFFERENCE: f64 = 0.01;
/// Replications by which both are judged, with a seed of their own.
const JUDGED: u32 = 60;

/// A study of three thresholds of the baseline, on a small market.
fn study(folder: &Path, seed: u64, design: &str) -> Study {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/baseline.toml");
    let text = format!(
        "scenario = \"{}\"\nseed = {seed}\ndays = 60\n{design}\n\
         set = [\"market.count = 1\", \"market.sellers = 100\", \"market.orders_per_day = 500\", \"run.warm_up_days = 60\"]\n\
         objective = {{ maximise = \"penalty_auc\" }}\nindifference = {INDIFFERENCE}\nfirst = {EACH}\nbudget = {BUDGET}\n\
         [[factor]]\nkey = \"policy.dispute_rate.threshold\"\nrange = \"0.005..0.12\"\n\
         [[factor]]\nkey = \"policy.dispute_rate.minimum_orders\"\nrange = \"0..150\"\n\
         [[factor]]\nkey = \"policy.not_sold.demote_share\"\nrange = \"0..0.15\"\n",
        scenario.display()
    );
    let path = folder.join("study.toml");
    fs::write(&path, text).unwrap();
    Study::read_for(&path, StudyUse::Tune).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The mean objective of a point over some replications.
fn mean(worker: &Worker<'_>, output: &Output, point: &DesignPoint, replications: u32) -> f64 {
    let unit = Unit { point: Arc::new(point.clone()), replications: 0..replications };
    let result = worker.execute(&unit).unwrap().unwrap();
    let values: Vec<f64> =
        result.replications.iter().map(|each| output.value(each, point).unwrap()).collect();
    Estimate::of_values(&values).unwrap().mean
}

/// The point that tuning selects, and that with the best mean of a Sobol design.
fn selected(folder: &Path, seed: u64) -> [DesignPoint; 2] {
    let tuned = study(folder, seed, "");
    let world = tuned.source().resolve().unwrap().world;
    let rules = TuneRules::of(&tuned, tuned.tuning.as_ref().unwrap(), &world, &[]).unwrap();
    let output = rules.objectives[0].1.clone();
    let worlds = |point: &DesignPoint| tuned.scenario_of(point);
    let store = Store::in_memory();
    let worker = Worker::new(&worlds, &store, &|_| true);
    let mut tune = Tune::in_ranges(&tuned, rules);
    worker.answer(&mut tune).unwrap();
    assert!(tune.totals().replications <= u64::from(BUDGET));
    let outcome = tune.outcome();
    let best = (*outcome.candidates[outcome.best.unwrap()].point).clone();
    let design = study(folder, seed, &format!("design = \"sobol\"\npoints = {}", BUDGET / EACH));
    let of_design = design.points().into_iter().map(|point| (mean(&worker, &output, &point, EACH), point));
    let (_, sobol) = of_design.reduce(|best, next| if next.0 > best.0 { next } else { best }).unwrap();
    [best, sobol]
}

/// By how much the tuned policy tells bad sellers from good ones better, judged by replications that neither has seen.
fn advantage(seed: u64) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let points = selected(folder.path(), seed);
    let judging = study(folder.path(), seed + 1_000_000, "");
    let world = judging.source().resolve().unwrap().world;
    let rules = TuneRules::of(&judging, judging.tuning.as_ref().unwrap(), &world, &[]).unwrap();
    let worlds = |point: &DesignPoint| judging.scenario_of(point);
    let store = Store::in_memory();
    let worker = Worker::new(&worlds, &store, &|_| true);
    let [tuned, sobol] = points.map(|point| mean(&worker, &rules.objectives[0].1, &point, JUDGED));
    println!("seed {seed}: tuned {tuned:.4}, best of the Sobol design {sobol:.4}");
    tuned - sobol
}

#[test]
fn tuned_thresholds_are_within_the_indifference_of_a_sobol_design_of_the_same_budget() {
    let advantages: Vec<f64> = (1..=20).map(advantage).collect();
    let estimate = Estimate::of_values(&advantages).unwrap();
    println!("advantage in penalty_auc {:.4}, interval {:?}", estimate.mean, estimate.interval);
    assert!(estimate.interval.ends().unwrap().0 > -INDIFFERENCE, "{estimate:?}");
}
