//! The points of a sweep again, in the parts in which they were done.

use super::failure::Failure;
use super::foretold;
use super::interruption;
use super::outcome;
use super::recorded_points::RecordedPoints;
use super::rerun_recorded::{Again, Rerun, interrupted};
use super::session::start_threads;
use super::sweep;
use super::sweep_plan;
use super::sweep_told::Swept;
use super::units;
use crate::experiment::{Footprint, PlannedPoint, Sweep, check_points};
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::study::StudyRecord;
use crate::scenario::Scenario;

/// Simulates the points of a sweep again.
pub(super) fn sweep(rerun: &Rerun<'_>, study: &StudyRecord) -> Result<Again, Failure> {
    let (running, recorded) = (&rerun.running, rerun.recorded);
    let first = rerun.first()?;
    let points = RecordedPoints { study, file: &recorded.scenario_file, first: &recorded.scenario };
    let parts: Vec<Vec<u32>> = study.points.iter().map(|point| point.parts.clone()).collect();
    let are_possible = |parts: &Vec<u32>| {
        parts.iter().all(|&part| part > 0)
            && parts.iter().map(|&part| u64::from(part)).sum::<u64>() <= 100_000
    };
    if study.points.len() != recorded.scenario_sha256.len()
        || study.points.iter().any(|point| point.labels.len() != study.factors.len())
        || !parts.iter().all(are_possible)
    {
        return Err(rerun.refused("has points that do not fit its study"));
    }
    let responses = sweep_plan::responses(&study.responses)?;
    start_threads(running.threads)?;
    let threads = foretold::threads(running.threads);
    let keep = |number: usize, scenario: Scenario| {
        let mut planned = PlannedPoint { precision: Vec::new(), ..PlannedPoint::of(&scenario) };
        planned.replications = parts[number].iter().sum();
        (
            rerun.expect_hash(&scenario, number),
            planned,
            scenario.world.seed,
            Footprint::of_run(&scenario.world, threads),
        )
    };
    let Some(checked) = check_points(&points, &|| !interruption::is_interrupted(), keep).transpose()? else {
        return Ok(interrupted());
    };
    let (mut planned, mut seeds, mut expected, mut largest) =
        (Vec::new(), Vec::new(), 0.0, Footprint::default());
    for (found, point, seed, footprint) in checked {
        found?;
        expected += if point.replications > 0 { footprint.orders } else { 0.0 };
        if footprint.bytes() > largest.bytes() {
            largest = footprint;
        }
        planned.push(point);
        seeds.push(seed);
    }
    foretold::fits(&largest)?;
    let directory = outcome::begin(running, &rerun.folder, rerun.asked())?;
    let store = units::open(&directory, true)?;
    let of = Swept {
        points: &points,
        first: &first,
        origin: &rerun.origin,
        responses: &responses,
        expected: expected as u64,
    };
    let manifest = Manifest {
        name: recorded.name.clone(),
        preset: recorded.preset.clone(),
        overrides: recorded.overrides.clone(),
        repeat: recorded.repeat.clone(),
        scenario_sha256: recorded.scenario_sha256.clone(),
        scenario: recorded.scenario.clone(),
        scenario_file: recorded.scenario_file.clone(),
        seed: PerPoint::of(seeds.into_iter()),
        study: Some(study.clone()),
        ..sweep_plan::known_before()
    };
    let question = Sweep::in_parts(&points, &planned, &parts);
    let answered = sweep::answer(&of, question, &planned, &store, running, (&directory, manifest))?;
    let (result, manifest, _) = match answered {
        Ok(answered) => answered,
        Err(status) => return Ok(Err(status)),
    };
    if result.is_interrupted {
        return Ok(interrupted());
    }
    units::discard(&store);
    Ok(Ok((directory, manifest)))
}
