//! Runs a scenario and prints one of its metrics with its interval.
//!
//! ```sh
//! cargo run --release --example scenario_metric -- scenarios/baseline.toml dispute_rate run.days=90
//! ```

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use redress::experiment::{Summary, run};
use redress::observe::Metric;
use redress::scenario::Source;
use std::env;
use std::error::Error;
use std::path::Path;

/// The metric over all markets of the scenario in a file, after settings such as `run.days=90`, in words.
///
/// # Errors
/// What is wrong with the scenario, with its line and column, or that there is no such metric.
pub(crate) fn metric_of(file: &Path, metric: &str, settings: &[String]) -> Result<String, Box<dyn Error>> {
    let mut source = Source::read(file)?;
    for setting in settings {
        source.set(setting)?;
    }
    let scenario = source.resolve()?;
    let metric = Metric::named(metric).ok_or_else(|| format!("there is no metric {metric}"))?;
    // The watch is told of finished replications, and ends the run by returning false.
    let result = run(&scenario.world, &|_| true);
    let summary = Summary::new(&scenario.world, &result);
    let Some(estimate) = summary.world(metric.name) else {
        return Ok(format!("{}: the {} is undefined", scenario.name, metric.label()));
    };
    let interval = match estimate.interval.ends() {
        Some((low, high)) => format!("95 % interval {low:.6} to {high:.6}"),
        None => "no interval".to_owned(),
    };
    let (name, label, mean) = (&scenario.name, metric.label(), estimate.mean);
    Ok(format!("{name}: {label} {mean:.6}, {interval}, {} replications", estimate.replications))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let file = arguments.first().map_or("scenarios/baseline.toml", String::as_str);
    let metric = arguments.get(1).map_or("dispute_rate", String::as_str);
    println!("{}", metric_of(Path::new(file), metric, arguments.get(2..).unwrap_or_default())?);
    Ok(())
}
