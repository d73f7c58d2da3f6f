//! `redress unit`: some units of a plan. Any of them may run twice, beside one another, or be killed.

use super::args_units::UnitArguments;
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::planned_points::PlannedPoints;
use super::session::simulate;
use super::terminal::{print, remark};
use super::units;
use crate::engine::Watch;
use crate::experiment::{Footprint, SharedTables, Store, Unanswered, Unit, Worker};
use crate::export::plan::{Plan, PlannedUnit, place_unit, unit_path};
use crate::scenario::DesignPoint;
use rayon::prelude::*;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Why a unit was not finished.
enum Unfinished {
    Interrupted,
    Failed(Failure),
}

/// Executes units, and puts each in its place when it is finished.
pub(super) fn unit(arguments: &UnitArguments) -> Result<ExitCode, Failure> {
    interruption::heed("interrupted before anything was finished");
    let folder = &arguments.folder;
    let plan = Plan::read(folder).map_err(Failure::Invalid)?;
    let points = PlannedPoints::of(&plan, folder)?;
    let asked = plan.units_of(&arguments.ids).map_err(|wrong| {
        let lines: Vec<String> = wrong.iter().map(|why| format!("error: {why}")).collect();
        Failure::Invalid(lines.join("\n"))
    })?;
    let mut open = Vec::new();
    for &unit in &asked {
        if unit_path(folder, unit).symlink_metadata().is_err() {
            open.push(unit);
        } else {
            points.finished(folder, unit)?;
        }
    }
    let threads = foretold::threads(arguments.threads);
    let mut orders = 0.0;
    for unit in &open {
        for part in &unit.parts {
            let footprint = Footprint::of_run(&points.scenario(part.point)?.world, threads);
            foretold::fits(&footprint)?;
            let whole = points.replications(part.point);
            orders += footprint.orders * f64::from(part.replications) / f64::from(whole.max(1));
        }
    }
    let (finished, tables) = (AtomicUsize::new(0), Arc::default());
    let is_shown = !arguments.quiet && !arguments.no_progress;
    let (outcome, timing) = simulate(arguments.threads, is_shown, orders as u64, |watch| {
        open.par_iter().with_max_len(1).try_for_each(|unit| {
            execute(&points, unit, &tables, watch)?;
            finished.fetch_add(1, Ordering::Relaxed);
            Ok(())
        })
    })?;
    let done = finished.into_inner();
    match outcome {
        Ok(()) => {
            if !arguments.quiet {
                let before = asked.len() - open.len();
                let known = if before > 0 { format!(", {before} finished before") } else { String::new() };
                print(&format!("{done} units finished in {:.2} s{known}", timing.wall_seconds))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(Unfinished::Interrupted) => {
            remark(&format!("interrupted: {done} of {} units were finished and are kept", open.len()));
            Ok(ExitCode::from(INTERRUPTED_STATUS))
        }
        Err(Unfinished::Failed(failure)) => Err(failure),
    }
}

/// Simulates a unit and puts it in its place.
fn execute(
    points: &PlannedPoints<'_>,
    unit: &PlannedUnit,
    tables: &SharedTables,
    watch: Watch<'_>,
) -> Result<(), Unfinished> {
    let failed = |failure: Failure| Unfinished::Failed(failure);
    let (store, mut wanted) = (Store::in_memory(), Vec::new());
    for part in &unit.parts {
        // One scenario at a time: a unit may consist of thousands of small points.
        let scenario = points.scenario(part.point).map_err(failed)?;
        let worlds = |_: &DesignPoint| Ok(scenario.clone());
        let worker = Worker::new(&worlds, &store, watch).sharing(Arc::clone(tables));
        match worker.execute(&Unit { point: Arc::default(), replications: part.range() }) {
            Ok(Ok(_)) => {}
            Ok(Err(why)) => {
                let words = format!("unit {}, design point {}: {}", unit.id, part.point, why.reason);
                return Err(failed(Failure::Running(words)));
            }
            Err(Unanswered::Interrupted) => return Err(Unfinished::Interrupted),
            Err(Unanswered::Store(error)) => return Err(failed(units::failure(error))),
        }
        wanted.push((scenario.world_hash, part.range()));
    }
    let mut bytes = Vec::new();
    for part in store.export(wanted.into_iter()) {
        bytes.extend(part.map_err(|error| failed(Failure::Running(error.to_string())))?);
    }
    place_unit(points.folder(), unit, &bytes).map_err(|error| {
        let path = unit_path(points.folder(), unit);
        failed(Failure::Running(format!("cannot write {}: {error}", path.display())))
    })
}
