//! `redress sweep`: a scenario at every combination of factors.

use super::answering::known_metrics;
use super::args::{Running, SweepArguments};
use super::check::apply;
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS, is_interrupted};
use super::outcome::{
    self, command_line, money_line, origin_line, origin_of, point_record, publish, replacing, speed_line,
    study_record,
};
use super::precision::targets;
use super::session::{Timing, simulate, start_threads};
use super::terminal::{harmless, print, remark};
use super::units::{self, UNITS};
use crate::experiment::{
    Effort, Footprint, PlannedPoint, Points, Store, Sweep, SweepPoint, SweepResult, Unanswered, Worker,
    check_points,
};
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::study::{PointRecord, StudyRecord};
use crate::export::sweep_tables::SweepTable;
use crate::export::{QuestionHash, RunDirectory};
use crate::observe::Metric;
use crate::report::{Origin, headline, sweep_page};
use crate::scenario::{DesignPoint, Plan, PrecisionTarget, Scenario, Study};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// Rows of the terminal's table; sweep.csv has all points.
const MOST_ROWS: usize = 60;

/// Of more points only the world is kept for charts, and no segment.
const MOST_POINTS_WITH_SEGMENTS: usize = 1_000;

/// Responses of a study that names none: the headline question.
const DEFAULT_RESPONSES: [&str; 6] = crate::report::records::SWEEP_RESPONSES;

/// A point as it was checked, and what the manifest says of it.
struct Checked {
    planned: PlannedPoint,
    record: PointRecord,
    scenario_sha256: String,
    seed: u64,
    /// Orders that it takes.
    orders: f64,
}

/// Every point of a sweep as it was checked.
struct CheckedPlan {
    /// The scenario of the first.
    first: Scenario,
    points: Vec<Checked>,
    /// What the point takes that takes the most memory.
    largest: Footprint,
}

/// Runs every design point and writes what came of it.
pub(super) fn sweep(arguments: &SweepArguments) -> Result<ExitCode, Failure> {
    let running = &arguments.running;
    interruption::heed("interrupted before anything was simulated: nothing is written");
    let mut study = if arguments.factors.is_empty() {
        Study::read(&arguments.study)?
    } else {
        Study::from_factors(&arguments.study, &arguments.factors)?
    };
    apply(study.source_mut(), &arguments.settings)?;
    study.reject_hidden(&arguments.settings.all())?;
    let responses = responses(&study.responses)?;
    let threads = foretold::threads(running.threads);
    let number = study.number_of_points();
    // A point may be needed to make the scenario valid; then only the points themselves tell what they take.
    if let Ok(plain) = study.source().resolve() {
        foretold::fits(&Footprint::of_run(&plain.world, threads).times(number))?;
    }
    start_threads(running.threads)?;
    let plan = study.plan();
    let Some(CheckedPlan { first, points: checked, largest }) = check(arguments, &plan, threads)? else {
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
    if let Some(days) = result.suggested_warm_up_days() {
        let short = result.points.iter().filter(|point| point.suggested_warm_up_days.is_some()).count();
        remark(&format!(
            "warning: run.warm_up_days is too short at {short} of {} design points: set run.warm_up_days = {days}",
            result.points.len()
        ));
    }
    if !running.quiet {
        print(&format!("{told}\nresults: {}", folder.display()))?;
    }
    Ok(ended(&result, number))
}

/// What a sweep is of, whether a study or a manifest says so.
#[derive(Debug)]
pub(super) struct Swept<'a> {
    pub(super) points: &'a dyn Points,
    /// The scenario of the first point.
    pub(super) first: &'a Scenario,
    pub(super) origin: &'a Origin,
    pub(super) responses: &'a [&'static Metric],
    /// Orders in all, about.
    pub(super) expected: u64,
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
    let told = told(&manifest.name, &study, of, &result, &points, effort, timing);
    if !running.no_charts {
        sweep_page::write(directory, &manifest.name, &study, of.first, points, of.responses, of.origin)?;
    }
    manifest.study = Some(study);
    let manifest = came_out(manifest, &result, effort, timing);
    Ok(Ok((result, manifest, told)))
}

/// Every point as it was checked, with the scenario of the first; `None` if that was interrupted.
fn check(
    arguments: &SweepArguments,
    plan: &Plan<'_>,
    threads: usize,
) -> Result<Option<CheckedPlan>, Failure> {
    let first = plan.scenario(0)?;
    let asked = targets(&arguments.precise.precision, &[])?;
    // Of points that take as much, the last: whichever was checked first.
    let largest = Mutex::new((0, 0, Footprint::default()));
    let keep = |number: usize, scenario: Scenario| {
        let footprint = Footprint::of_run(&scenario.world, threads);
        let (bytes, orders) = (footprint.bytes(), footprint.orders);
        let mut largest = largest.lock().unwrap_or_else(PoisonError::into_inner);
        if (bytes, number) >= (largest.0, largest.1) {
            *largest = (bytes, number, footprint);
        }
        drop(largest);
        let mut planned = PlannedPoint::of(&scenario);
        if !asked.is_empty() {
            planned.precision.clone_from(&asked);
        }
        planned.most_replications = arguments.precise.max_replications.unwrap_or(planned.most_replications);
        Checked {
            planned,
            record: point_record(&plan.point(number), &scenario, &first.resolved),
            orders,
            seed: scenario.world.seed,
            scenario_sha256: scenario.hash,
        }
    };
    let checked = check_points(plan, &|| !is_interrupted(), keep).transpose()?;
    let (.., largest) = largest.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(checked.map(|points| CheckedPlan { first, points, largest }))
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

/// The metrics of these names, or those that are shown without any.
pub(super) fn responses(names: &[String]) -> Result<Vec<&'static Metric>, Failure> {
    match names {
        [] => known_metrics(&DEFAULT_RESPONSES.map(str::to_owned)),
        names => known_metrics(names),
    }
}

/// What is kept of the points for the simulation, and what is known of a sweep before it runs.
fn manifest(
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
fn asked(manifest: &Manifest, planned: &[PlannedPoint]) -> QuestionHash {
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

/// What is told of a sweep: its points, the audit, and the speed.
fn told(
    name: &str,
    study: &StudyRecord,
    of: &Swept<'_>,
    result: &SweepResult<'_>,
    points: &[SweepPoint],
    effort: Effort,
    timing: Timing,
) -> String {
    let names: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    let mut lines = vec![format!("{name}: {} design points", result.points.len())];
    lines.extend(origin_line(of.origin));
    lines.push(point_table(&names, points, of.responses));
    if result.points.len() > MOST_ROWS {
        lines.push(format!("... and {} more: sweep.csv has all", result.points.len() - MOST_ROWS));
    }
    if effort.replications_known > 0 {
        lines.push(format!(
            "{} of {} replications were known from before",
            effort.replications_known,
            effort.replications_known + effort.replications
        ));
    }
    lines.push(money_line(&result.books, "all replications of all design points"));
    lines.push(speed_line(effort.orders, timing));
    lines.join("\n")
}

/// One row per point, one column per response.
fn point_table(factors: &[String], points: &[SweepPoint], responses: &[&'static Metric]) -> String {
    let mut rows: Vec<Vec<String>> =
        vec![factors.iter().cloned().chain(responses.iter().map(|metric| metric.name.to_owned())).collect()];
    for point in points.iter().take(MOST_ROWS) {
        let DesignPoint { labels, .. } = &point.point;
        let cell = |metric: &&'static Metric| {
            let estimate = point.summary.world(metric.name);
            estimate.map_or_else(|| "-".into(), |estimate| headline::people(estimate.mean, metric.unit))
        };
        rows.push(labels.iter().cloned().chain(responses.iter().map(cell)).collect());
    }
    // As they will be printed, so that columns stay columns.
    rows.iter_mut().flatten().for_each(|cell| *cell = harmless(cell).replace('\n', "\\n"));
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:>width$}"));
        cells.collect::<Vec<String>>().join("  ")
    };
    rows.iter().map(line).collect::<Vec<String>>().join("\n")
}
