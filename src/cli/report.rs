//! `redress report`: tables, charts and page of the finished units of a plan.

use super::args_units::ReportArguments;
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS, is_interrupted};
use super::outcome::{self, publish, replacing};
use super::planned_points::PlannedPoints;
use super::session::start_threads;
use super::sweep;
use super::sweep_plan;
use super::sweep_told::Swept;
use super::terminal::{print, remark, tell};
use super::units;
use crate::experiment::{Footprint, PlannedPoint, Store, Sweep, UnitResult, check_points};
use crate::export::manifest::Manifest;
use crate::export::plan::{Plan, PlannedUnit, unit_path};
use crate::report::Origin;
use crate::scenario::Scenario;
use std::path::Path;
use std::process::ExitCode;

/// The most missing units that an error names.
const MOST_NAMED: usize = 5;

/// Merges finished units, and writes what a sweep writes.
pub(super) fn report(arguments: &ReportArguments) -> Result<ExitCode, Failure> {
    interruption::heed("interrupted: nothing is written");
    let (folder, running) = (arguments.folder.as_path(), &arguments.running);
    let plan = Plan::read(folder).map_err(Failure::Invalid)?;
    let is_missing = |unit: &&PlannedUnit| unit_path(folder, unit).symlink_metadata().is_err();
    let missing: Vec<&str> = plan.units.iter().filter(is_missing).map(|unit| unit.id.as_str()).collect();
    if arguments.missing {
        if !missing.is_empty() {
            print(&missing.join("\n"))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if !missing.is_empty() && !arguments.partial {
        return Err(Failure::Running(unfinished(folder, &plan, &missing)));
    }
    let points = PlannedPoints::of(&plan, folder)?;
    let first = points.scenario(0)?;
    start_threads(running.threads)?;
    let threads = foretold::threads(running.threads);
    let keep = |number: usize, scenario: Scenario| {
        let footprint = Footprint::of_run(&scenario.world, threads);
        (points.expect(&scenario, number), PlannedPoint::of(&scenario), footprint)
    };
    let checked = check_points(points.recorded(), &|| !is_interrupted(), keep).transpose()?;
    let Some(checked) = checked else {
        remark("interrupted: nothing is written");
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    };
    let mut planned = Vec::new();
    for (found, point, footprint) in checked {
        found?;
        foretold::fits(&footprint)?;
        planned.push(PlannedPoint { precision: Vec::new(), ..point });
    }
    let directory = outcome::begin(running, &plan.name, plan.question_sha256.clone().into())?;
    let store = units::open(&directory, true)?;
    let parts = merged(folder, &plan, &points, &planned, &store);
    let parts = parts.inspect_err(|_| units::discard(&store))?;
    let left = parts.iter().filter(|parts| parts.is_empty()).count();
    if left == parts.len() {
        units::discard(&store);
        return Err(Failure::Running(format!(
            "no design point is finished. {}",
            unfinished(folder, &plan, &missing)
        )));
    }
    let responses = sweep_plan::responses(&plan.study.responses)?;
    let origin = Origin {
        preset: plan.preset.clone(),
        overrides: plan.overrides.clone(),
        command: plan.repeat.clone(),
    };
    let of = Swept {
        points: points.recorded(),
        first: &first,
        origin: &origin,
        responses: &responses,
        expected: 0,
    };
    let question = Sweep::in_parts(points.recorded(), &planned, &parts);
    let answered = sweep::answer(&of, question, &planned, &store, running, (&directory, manifest(&plan)))?;
    let (result, mut manifest, told) = match answered {
        Ok(answered) => answered,
        Err(status) => return Ok(status),
    };
    units::discard(&store);
    manifest.interrupted |= left > 0;
    let folder_of_results =
        publish(directory, manifest, replacing(running, left > 0 || result.is_interrupted))?;
    sweep::warn_of_warm_up(&result);
    if !running.quiet {
        tell(&format!("{told}\nresults: {}", folder_of_results.display()))?;
    }
    if left > 0 {
        remark(&format!(
            "warning: {left} of {} design points are left out, and {}",
            parts.len(),
            unfinished(folder, &plan, &missing)
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Puts what is finished of every point into a store, each point whole as a sweep has it, and gives the replications of each;
/// none of a point that is not finished.
fn merged(
    folder: &Path,
    plan: &Plan,
    points: &PlannedPoints<'_>,
    planned: &[PlannedPoint],
    store: &Store,
) -> Result<Vec<Vec<u32>>, Failure> {
    let mut parts = vec![Vec::new(); planned.len()];
    // Units are in the order of the points, so one point is open at a time.
    let mut open = (0, UnitResult::default());
    for unit in &plan.units {
        if is_interrupted() {
            return Err(Failure::Running("interrupted: nothing is written".to_owned()));
        }
        if unit_path(folder, unit).symlink_metadata().is_err() {
            continue;
        }
        for (part, result) in unit.parts.iter().zip(points.finished(folder, unit)?) {
            if open.0 != part.point {
                open = (part.point, UnitResult::default());
            }
            let known = open.1.replications.len() as u32;
            if known != part.first {
                // A part before it is missing.
                continue;
            }
            open.1.merge(result);
            let point = &planned[part.point];
            if part.range().end == point.replications {
                store.append(&point.world_hash, &open.1).map_err(units::failure)?;
                parts[part.point] = vec![point.replications];
            }
        }
    }
    Ok(parts)
}

/// Which units are missing, and the way on.
fn unfinished(folder: &Path, plan: &Plan, missing: &[&str]) -> String {
    let named: Vec<&str> = missing.iter().take(MOST_NAMED).map(|id| &id[..12]).collect();
    let more = if missing.len() > MOST_NAMED { ", ..." } else { "" };
    let folder = folder.display();
    format!(
        "{} of {} units are not finished ({}{more}): redress report {folder} --missing | xargs redress unit {folder}",
        missing.len(),
        plan.units.len(),
        named.join(", ")
    )
}

/// What is known before the units are merged.
fn manifest(plan: &Plan) -> Manifest {
    Manifest {
        name: plan.name.clone(),
        preset: plan.preset.clone(),
        overrides: plan.overrides.clone(),
        repeat: plan.repeat.clone(),
        scenario_sha256: plan.scenario_sha256.clone(),
        scenario: plan.scenario.clone(),
        scenario_file: plan.scenario_file.clone(),
        seed: plan.seed.clone(),
        study: Some(plan.study.clone()),
        ..sweep_plan::known_before()
    }
}
