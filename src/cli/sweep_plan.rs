//! What a sweep is of, checked before anything is simulated: whether it runs here or in units elsewhere.

use super::answering::known_metrics;
use super::args::{Precise, Settings};
use super::failure::Failure;
use super::interruption::is_interrupted;
use super::outcome::{command_line, point_record, study_record};
use super::precision::targets;
use super::settings::apply;
use super::terminal::remark;
use crate::experiment::{Footprint, PlannedPoint, check_points};
use crate::export::QuestionHash;
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::study::{PointRecord, StudyRecord};
use crate::observe::Metric;
use crate::report::Origin;
use crate::report::records::SWEEP_RESPONSES;
use crate::scenario::{Plan, PrecisionTarget, Scenario, Study};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A point as it was checked, and what the manifest says of it.
pub(super) struct Checked {
    pub(super) planned: PlannedPoint,
    pub(super) record: PointRecord,
    pub(super) scenario_sha256: String,
    pub(super) seed: u64,
    /// Orders that it takes.
    pub(super) orders: f64,
    /// Seconds of one thread that it takes, about.
    pub(super) seconds: f64,
}

/// Every point of a sweep as it was checked.
pub(super) struct CheckedPlan {
    /// The scenario of the first.
    pub(super) first: Scenario,
    pub(super) points: Vec<Checked>,
    /// What the point takes that takes the most memory.
    pub(super) largest: Footprint,
}

/// Reads a study, or a scenario with factors of the command line, with the settings of the command line.
pub(super) fn read(path: &Path, factors: &[String], settings: &Settings) -> Result<Study, Failure> {
    let mut study = if factors.is_empty() { Study::read(path)? } else { Study::from_factors(path, factors)? };
    apply(study.source_mut(), settings)?;
    study.reject_hidden(&settings.all())?;
    Ok(study)
}

/// Says what a study has that a sweep does not use.
pub(super) fn remark_on(study: &Study, path: &Path, is_quiet: bool) {
    if let Some(words) = study.remark_for(path, "sweep").filter(|_| !is_quiet) {
        remark(&format!("warning: {words}"));
    }
}

/// Every point as it was checked, with the scenario of the first; `None` if that was interrupted.
pub(super) fn check(
    precise: &Precise,
    plan: &Plan<'_>,
    threads: usize,
) -> Result<Option<CheckedPlan>, Failure> {
    let first = plan.scenario(0)?;
    let asked = targets(&precise.precision, &[])?;
    // Of points that take as much, the last: whichever was checked first.
    let largest = Mutex::new((0, 0, Footprint::default()));
    let keep = |number: usize, scenario: Scenario| {
        let footprint = Footprint::of_run(&scenario.world, threads);
        let (bytes, orders, seconds) = (footprint.bytes(), footprint.orders, footprint.thread_seconds());
        let mut largest = largest.lock().unwrap_or_else(PoisonError::into_inner);
        if (bytes, number) >= (largest.0, largest.1) {
            *largest = (bytes, number, footprint);
        }
        drop(largest);
        let mut planned = PlannedPoint::of(&scenario);
        if !asked.is_empty() {
            planned.precision.clone_from(&asked);
        }
        planned.most_replications = precise.max_replications.unwrap_or(planned.most_replications);
        Checked {
            planned,
            record: point_record(&plan.point(number), &scenario, &first.resolved),
            orders,
            seconds,
            seed: scenario.world.seed,
            scenario_sha256: scenario.hash,
        }
    };
    let checked = check_points(plan, &|| !is_interrupted(), keep).transpose()?;
    let (.., largest) = largest.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(checked.map(|points| CheckedPlan { first, points, largest }))
}

/// The metrics of these names, or those that are shown without any.
pub(super) fn responses(names: &[String]) -> Result<Vec<&'static Metric>, Failure> {
    match names {
        [] => known_metrics(&SWEEP_RESPONSES.map(str::to_owned)),
        names => known_metrics(names),
    }
}

/// What is kept of the points for the simulation, and what is known of a sweep before it runs.
pub(super) fn manifest(
    study: &Study,
    origin: &Origin,
    path: &Path,
    first: &Scenario,
    checked: Vec<Checked>,
    responses: &[&'static Metric],
) -> (Vec<PlannedPoint>, Manifest) {
    let (mut planned, mut records, mut hashes, mut seeds) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for point in checked {
        planned.push(point.planned);
        records.push(point.record);
        hashes.push(point.scenario_sha256);
        seeds.push(point.seed);
    }
    let record: StudyRecord = study_record(study, path, records, responses);
    let manifest = Manifest {
        name: study.name.clone(),
        preset: origin.preset.clone(),
        overrides: origin.overrides.clone(),
        repeat: origin.command.clone(),
        scenario_sha256: hashes,
        scenario: first.resolved.clone(),
        scenario_file: study.source().path().display().to_string(),
        seed: PerPoint::of(seeds.into_iter()),
        study: Some(record),
        ..known_before()
    };
    (planned, manifest)
}

/// What the answer depends on: the points with their names and precision, and what is shown of them.
pub(super) fn asked(manifest: &Manifest, planned: &[PlannedPoint]) -> QuestionHash {
    let mut asked = vec!["sweep".to_owned(), manifest.name.clone()];
    if let Some(study) = &manifest.study {
        asked.extend([study.description.clone(), study.design.clone(), study.responses.join(" ")]);
        asked.extend(study.factors.iter().map(|factor| factor.name.clone()));
        asked.extend(study.points.iter().flat_map(|point| point.labels.iter().cloned()));
    }
    asked.extend(manifest.scenario_sha256.iter().cloned());
    for point in planned.iter().filter(|point| !point.precision.is_empty()) {
        asked.extend(point.precision.iter().map(PrecisionTarget::text));
        asked.push(point.most_replications.to_string());
    }
    QuestionHash::of(asked)
}

/// What is known of every sweep.
pub(super) fn known_before() -> Manifest {
    Manifest {
        version: env!("CARGO_PKG_VERSION"),
        command: "sweep",
        arguments: command_line(),
        ..Manifest::default()
    }
}
