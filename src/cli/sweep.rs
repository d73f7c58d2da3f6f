//! `redress sweep`: a scenario at every combination of factors.

use super::args::{Running, SweepArguments};
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::outcome::{self, origin_of, publish, replacing};
use super::session::{Timing, simulate, start_threads};
use super::sweep_plan::{self, CheckedPlan, asked, check, manifest, responses};
use super::sweep_report;
use super::sweep_told::{MOST_ROWS, Swept, told};
use super::terminal::{remark, tell};
use super::units::{self, UNITS};
use crate::experiment::{Effort, Footprint, PlannedPoint, Store, Sweep, SweepResult, Unanswered, Worker};
use crate::export::RunDirectory;
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::study::StudyRecord;
use crate::export::sweep_tables::SweepTable;
use crate::report::contrasts::Contrasts;
use crate::report::sweep_finding;
use crate::scenario::DesignPoint;
use std::process::ExitCode;

/// Of more points only the world is kept for charts, and no segment.
const MOST_POINTS_WITH_SEGMENTS: usize = 1_000;

/// Runs every design point and writes what came of it.
pub(super) fn sweep(arguments: &SweepArguments) -> Result<ExitCode, Failure> {
    let running = &arguments.running;
    interruption::heed("interrupted before anything was simulated: nothing is written");
    let study = sweep_plan::read(&arguments.study, &arguments.factors, &arguments.settings)?;
    sweep_plan::remark_on(&study, &arguments.study, running.quiet);
    let responses = responses(&study.responses)?;
    let threads = foretold::threads(running.threads);
    let number = study.number_of_points();
    // A point may be needed to make the scenario valid; then only the points themselves tell what they take.
    if let Ok(plain) = study.source().resolve() {
        foretold::fits(&Footprint::of_run(&plain.world, threads).times(number))?;
    }
    start_threads(running.threads)?;
    let plan = study.plan();
    let Some(CheckedPlan { first, points: checked, largest }) = check(&arguments.precise, &plan, threads)?
    else {
        remark("interrupted before anything was simulated: nothing is written");
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    };
    let footprint = largest.times(number);
    foretold::fits(&footprint)?;
    let expected = checked.iter().map(|point| point.orders).sum::<f64>() as u64;
    let origin = origin_of(&study, arguments.settings.all());
    let (planned, manifest) = manifest(&study, &origin, &arguments.study, &first, checked, &responses);
    let directory = outcome::begin(running, &study.name, asked(&manifest, &planned))?;
    foretold::warn(&footprint, threads, running.quiet);
    let store = units::open(&directory, arguments.fresh)?;
    let of = Swept { points: &plan, first: &first, origin: &origin, responses: &responses, expected };
    let question = Sweep::new(&plan, &planned);
    let answered = answer(&of, question, &planned, &store, running, (&directory, manifest))?;
    let (result, manifest, told) = match answered {
        Ok(answered) => answered,
        Err(status) => return Ok(status),
    };
    let folder = publish(directory, manifest, replacing(running, result.is_interrupted))?;
    if !result.is_interrupted {
        units::discard(&store);
    }
    warn_of_warm_up(&result);
    if !running.quiet {
        tell(&format!("{told}\nresults: {}", folder.display()))?;
    }
    Ok(ended(&result, number))
}

/// Says where the warm-up was too short.
pub(super) fn warn_of_warm_up(result: &SweepResult<'_>) {
    if let Some(days) = result.suggested_warm_up_days() {
        let short = result.points.iter().filter(|point| point.suggested_warm_up_days.is_some()).count();
        remark(&format!(
            "warning: run.warm_up_days is too short at {short} of {} design points: set run.warm_up_days = {days}",
            result.points.len()
        ));
    }
}

/// What came of a sweep, its manifest, and what is told of it.
pub(super) type Answered<'a> = (SweepResult<'a>, Manifest, String);

/// Simulates the points, and writes tables, charts and page; the exit status if nothing came of it.
pub(super) fn answer<'a>(
    of: &Swept<'_>,
    mut question: Sweep<'a>,
    planned: &'a [PlannedPoint],
    store: &'a Store,
    running: &Running,
    (directory, manifest): (&RunDirectory, Manifest),
) -> Result<Result<Answered<'a>, ExitCode>, Failure> {
    let (answer, timing) = simulate(running.threads, running.shows_progress(), of.expected, |watch| {
        let scenario = |point: &DesignPoint| of.points.scenario(point.number);
        let worker = Worker::new(&scenario, store, watch);
        let answer = worker.answer(&mut question);
        (answer, worker.effort())
    })?;
    let (answer, effort) = answer;
    let failed = units::failure;
    if store.is_empty() {
        units::discard(store);
    }
    if let Err(Unanswered::Store(error)) = answer {
        return Err(failed(error));
    }
    let result = question.result(store);
    if result.points.is_empty() {
        return Ok(Err(nothing_finished(&result)));
    }
    let mut manifest = manifest;
    let mut study = manifest.study.take().unwrap_or_default();
    for finished in &result.points {
        study.points[finished.number].parts = result.parts(finished).map_err(failed)?;
    }
    write(directory, &study, planned, &result)?;
    let with_segments = result.points.len() <= MOST_POINTS_WITH_SEGMENTS;
    let shown = if running.no_charts { MOST_ROWS } else { result.points.len() };
    let points = result.points_with(of.responses, shown, with_segments).map_err(failed)?;
    let contrasts = Contrasts::of(&study, &result, of.responses).map_err(failed)?;
    let findings = sweep_finding::findings(&study, &contrasts, &points, of.responses);
    let told = told(&manifest.name, &study, of, &result, (&points, &findings), effort, timing);
    if !running.no_charts {
        sweep_report::write(
            directory,
            (&manifest.name, &study),
            of,
            points,
            (findings, &contrasts, &result.books),
        )?;
    }
    manifest.study = Some(study);
    let manifest = came_out(manifest, &result, effort, timing);
    Ok(Ok((result, manifest, told)))
}

/// Writes the tables, and the units that they are made of.
fn write(
    directory: &RunDirectory,
    study: &StudyRecord,
    planned: &[PlannedPoint],
    result: &SweepResult<'_>,
) -> Result<(), Failure> {
    for by_group in [false, true] {
        directory.write_table(&SweepTable { factors: &study.factors, result, by_group })?;
    }
    let wanted = result.points.iter().map(|point| (planned[point.number].world_hash, 0..point.replications));
    directory.write_tried(UNITS, result.store().export(wanted))?;
    Ok(())
}

/// Nothing was finished: interrupted at once, or every point failed.
fn nothing_finished(result: &SweepResult<'_>) -> ExitCode {
    for (number, failed) in result.failures.iter().take(1) {
        remark(&format!("error: design point {number}: {}", failed.reason));
    }
    if result.failures.is_empty() {
        remark("interrupted before the first design point was finished: nothing is written");
        return ExitCode::from(INTERRUPTED_STATUS);
    }
    ExitCode::FAILURE
}

/// Says which points are missing, and gives the exit status.
pub(super) fn ended(result: &SweepResult<'_>, wanted: usize) -> ExitCode {
    for (number, failed) in result.failures.iter().take(10) {
        remark(&format!("error: design point {number} is left out: {}", failed.reason));
    }
    if result.is_interrupted {
        let done = result.points.len();
        remark(&format!(
            "interrupted: {done} of {wanted} design points were finished and are kept; the same command goes on from there"
        ));
        return ExitCode::from(INTERRUPTED_STATUS);
    }
    if result.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The same with what came out.
fn came_out(manifest: Manifest, result: &SweepResult<'_>, effort: Effort, timing: Timing) -> Manifest {
    Manifest {
        replications: PerPoint::of(result.points.iter().map(|point| point.replications as usize)),
        suggested_warm_up_days: result.suggested_warm_up_days(),
        threads: timing.threads,
        interrupted: result.is_interrupted,
        wall_seconds: timing.wall_seconds,
        orders: result.orders,
        events: result.events,
        orders_per_second: effort.orders as f64 / timing.wall_seconds,
        audit: (&result.books).into(),
        ..manifest
    }
}
