//! Studies whose results are made up, so that questions are tested without a simulation.

use crate::scenario_errors::VALID;
use redress::experiment::{Question, Replication, Unit, UnitResult};
use redress::observe::catalogue::METRICS;
use redress::scenario::{Study, StudyUse};
use redress::sim::Key;
use redress::stats::Observation;
use std::fs;
use tempfile::TempDir;

/// A study of the valid scenario.
pub fn study(text: &str, purpose: StudyUse) -> Study {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("x.toml"), VALID).unwrap();
    fs::write(folder.path().join("s.toml"), format!("scenario = \"x.toml\"\n{text}")).unwrap();
    Study::read_for(&folder.path().join("s.toml"), purpose).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A standard normal draw that a key has under a number.
pub fn normal(key: Key, number: u64) -> f64 {
    let uniform = |number: u64| (f64::from(key.uniform(number)) + 0.5) / 4_294_967_296.0;
    (-2.0 * uniform(2 * number).ln()).sqrt() * (std::f64::consts::TAU * uniform(2 * number + 1)).cos()
}

/// What comes of a unit if `value` gives the metrics of a point in a replication.
pub fn result(unit: &Unit, value: &dyn Fn(&Unit, u32, &str) -> Option<f64>) -> UnitResult {
    let replication = |number: u32| Replication {
        world: METRICS
            .iter()
            .map(|metric| value(unit, number, metric.name).map(Observation::Value))
            .collect(),
        ..Replication::default()
    };
    UnitResult {
        first: unit.replications.start,
        replications: unit.replications.clone().map(replication).collect(),
        ..UnitResult::default()
    }
}

/// Answers a question with made-up values, the units of each ask forwards or backwards; gives how many were asked for.
pub fn answer(
    question: &mut dyn Question,
    is_backwards: bool,
    value: &dyn Fn(&Unit, u32, &str) -> Option<f64>,
) -> usize {
    let mut count = 0;
    loop {
        let mut units = question.ask();
        if units.is_empty() {
            return count;
        }
        if is_backwards {
            units.reverse();
        }
        for unit in &units {
            question.tell(unit, Ok(result(unit, value)));
        }
        count += units.len();
    }
}
