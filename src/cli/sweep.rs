//! `redress sweep`: a scenario at every combination of factors.

use super::args::SweepArguments;
use super::check::apply;
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::outcome::{
    command_line, money_line, origin_line, origin_of, output_folder, publish, replacing, speed_line,
    study_record, suggested_warm_up,
};
use super::session::{Timing, expected_orders, simulate};
use super::terminal::{harmless, print, remark};
use crate::experiment::{self, Footprint, SweepResult};
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::study::StudyRecord;
use crate::export::{RunDirectory, tables};
use crate::observe::Metric;
use crate::report::sweep_charts::reason_for_none;
use crate::report::{Origin, headline, sweep_page};
use crate::scenario::{DesignPoint, Scenario, Study};
use std::process::ExitCode;

/// Responses of a study that names none: the headline question.
const DEFAULT_RESPONSES: [&str; 6] = [
    "dispute_rate",
    "auto_executed_share",
    "not_sold_rate",
    "seller_days_demoted",
    "seller_days_frozen",
    "orders_lost_to_penalties",
];

/// Runs every design point and writes what came of it.
pub(super) fn sweep(arguments: &SweepArguments) -> Result<ExitCode, Failure> {
    let running = &arguments.running;
    interruption::heed("interrupted before the first design point was finished: nothing is written");
    let mut study = if arguments.factors.is_empty() {
        Study::read(&arguments.study)?
    } else {
        Study::from_factors(&arguments.study, &arguments.factors)?
    };
    apply(study.source_mut(), &arguments.settings)?;
    study.reject_hidden(&arguments.settings.all())?;
    let responses = responses(&study)?;
    let threads = foretold::threads(running.threads);
    let number = study.number_of_points();
    // A point may be needed to make the scenario valid; then only the points themselves tell what they take.
    if let Ok(plain) = study.source().resolve() {
        foretold::fits(&Footprint::of_run(&plain.world, threads).times(number, &plain.world))?;
    }
    let points = study.scenarios()?;
    let of_points =
        points.iter().map(|(_, point)| Footprint::of_run(&point.world, threads).times(number, &point.world));
    let footprint = of_points.max_by_key(Footprint::bytes).unwrap_or_default();
    foretold::fits(&footprint)?;
    let directory = RunDirectory::prepare(&output_folder(running.out.as_ref(), &study.name))?
        .marking_tables(running.csv_bom);
    interruption::discards(directory.leftovers());
    foretold::warn(&footprint, threads, running.quiet);
    let first: Option<Scenario> = points.first().map(|(_, scenario)| scenario.clone());
    let origin = origin_of(&study, arguments.settings.all());
    let manifest =
        manifest(&study, &origin, study_record(&study, &arguments.study, &points, &responses), &points);
    let expected = expected_orders(points.iter().map(|(_, scenario)| &scenario.world));
    let wanted = points.len();
    let (result, timing) = simulate(running.threads, running.shows_progress(), expected, |watch| {
        experiment::sweep(points, watch)
    })?;
    let Some(first) = first.filter(|_| !result.points.is_empty()) else {
        remark("interrupted before the first design point was finished: nothing is written");
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    };
    let names: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    directory.write("sweep.csv", &tables::sweep(&names, &result))?;
    directory.write("sweep_segments.csv", &tables::sweep_segments(&names, &result))?;
    if !running.no_charts {
        sweep_page::write(&directory, &study, &first, &result, &responses, &origin)?;
    }
    let manifest = came_out(manifest, &result, timing);
    let folder = publish(directory, manifest, replacing(running, result.is_interrupted))?;
    if let Some(days) = suggested_warm_up(&result) {
        let short = result.points.iter().filter(|point| point.suggested_warm_up_days.is_some()).count();
        remark(&format!(
            "warning: run.warm_up_days is too short at {short} of {} design points: set run.warm_up_days = {days}",
            result.points.len()
        ));
    }
    if !running.quiet {
        if let Some(words) = reason_for_none(&study, &result).filter(|_| !running.no_charts) {
            remark(&words);
        }
        let mut lines = vec![format!("{}: {} design points", study.name, result.points.len())];
        lines.extend(origin_line(&origin));
        lines.extend([
            point_table(&names, &result, &responses),
            money_line(&result.books, "all replications of all design points"),
            speed_line(result.orders, timing),
            format!("results: {}", folder.display()),
        ]);
        print(&lines.join("\n"))?;
    }
    if result.is_interrupted {
        let done = result.points.len();
        remark(&format!("interrupted: {done} of {wanted} design points were finished and are kept"));
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    }
    Ok(ExitCode::SUCCESS)
}

/// The metrics that the study asks for.
fn responses(study: &Study) -> Result<Vec<&'static Metric>, Failure> {
    let named: Vec<&str> = if study.responses.is_empty() {
        DEFAULT_RESPONSES.to_vec()
    } else {
        study.responses.iter().map(String::as_str).collect()
    };
    let find = |name: &str| {
        Metric::named(name).ok_or_else(|| {
            let nearest = crate::observe::metric::METRICS
                .iter()
                .max_by(|a, b| {
                    strsim::jaro_winkler(a.name, name).total_cmp(&strsim::jaro_winkler(b.name, name))
                })
                .map_or("dispute_rate", |metric| metric.name);
            Failure::Invalid(format!("responses: unknown metric {name}; did you mean {nearest}?"))
        })
    };
    named.into_iter().map(find).collect()
}

/// What is known of a sweep before it runs.
fn manifest(
    study: &Study,
    origin: &Origin,
    record: StudyRecord,
    points: &[(DesignPoint, Scenario)],
) -> Manifest {
    let scenarios = || points.iter().map(|(_, scenario)| scenario);
    Manifest {
        version: env!("CARGO_PKG_VERSION"),
        command: "sweep",
        arguments: command_line(),
        name: study.name.clone(),
        preset: origin.preset.clone(),
        overrides: origin.overrides.clone(),
        scenario_sha256: scenarios().map(|scenario| scenario.hash.clone()).collect(),
        scenario: scenarios().next().map(|scenario| scenario.resolved.clone()).unwrap_or_default(),
        seed: PerPoint::of(scenarios().map(|scenario| scenario.world.seed)),
        replications: PerPoint::of(scenarios().map(|scenario| scenario.world.replications as usize)),
        study: Some(record),
        ..Manifest::default()
    }
}

/// The same with what came out.
fn came_out(manifest: Manifest, result: &SweepResult, timing: Timing) -> Manifest {
    Manifest {
        suggested_warm_up_days: suggested_warm_up(result),
        threads: timing.threads,
        interrupted: result.is_interrupted,
        wall_seconds: timing.wall_seconds,
        orders: result.orders,
        events: result.events,
        orders_per_second: result.orders as f64 / timing.wall_seconds,
        audit: (&result.books).into(),
        ..manifest
    }
}

/// A row a point, a column a response.
fn point_table(factors: &[String], result: &SweepResult, responses: &[&'static Metric]) -> String {
    let mut rows: Vec<Vec<String>> =
        vec![factors.iter().cloned().chain(responses.iter().map(|metric| metric.name.to_owned())).collect()];
    for point in &result.points {
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
