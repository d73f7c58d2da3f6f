//! `redress sweep`: a scenario at every combination of factors.

use super::args::SweepArguments;
use super::check::apply;
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::run::{money_line, output_folder, speed_line};
use super::session::{Timing, expected_orders, simulate};
use super::terminal::{harmless, print, remark};
use crate::experiment::{self, Footprint, SweepResult};
use crate::export::manifest::{MANIFEST, Manifest};
use crate::export::{RunDirectory, tables};
use crate::observe::Metric;
use crate::report::{headline, sweep_page};
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
    let directory = RunDirectory::prepare(&output_folder(running.out.as_ref(), &study.name))?;
    interruption::discards(directory.leftovers());
    foretold::warn(&footprint, threads, running.quiet);
    let first: Option<Scenario> = points.first().map(|(_, scenario)| scenario.clone());
    let hashes: Vec<String> = points.iter().map(|(_, scenario)| scenario.hash.clone()).collect();
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
        sweep_page::write(&directory, &study, &first, &result, &responses)?;
    }
    let manifest = manifest(&study, &first, hashes, &result, timing, directory.files()?);
    directory.write(MANIFEST, &manifest.to_json())?;
    let target = directory.target().to_owned();
    interruption::publishing(|| directory.publish())?;
    if let Some(days) = suggested_warm_up(&result) {
        let short = result.points.iter().filter(|point| point.suggested_warm_up_days.is_some()).count();
        remark(&format!(
            "warning: run.warm_up_days is too short at {short} of {} design points: set run.warm_up_days = {days}",
            result.points.len()
        ));
    }
    if !running.quiet {
        let lines = [
            format!("{}: {} design points", study.name, result.points.len()),
            point_table(&names, &result, &responses),
            money_line(&result.books),
            speed_line(result.orders, timing),
            format!("results: {}", target.display()),
        ];
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

fn manifest(
    study: &Study,
    first: &Scenario,
    hashes: Vec<String>,
    result: &SweepResult,
    timing: Timing,
    files: Vec<String>,
) -> Manifest {
    Manifest {
        version: env!("CARGO_PKG_VERSION"),
        command: "sweep",
        name: study.name.clone(),
        scenario_sha256: hashes,
        scenario: first.resolved.clone(),
        seed: first.world.seed,
        replications: first.world.replications as usize,
        suggested_warm_up_days: suggested_warm_up(result),
        threads: timing.threads,
        interrupted: result.is_interrupted,
        wall_seconds: timing.wall_seconds,
        orders: result.orders,
        events: result.events,
        orders_per_second: result.orders as f64 / timing.wall_seconds,
        audit: (&result.books).into(),
        files,
    }
}

/// The longest warm-up that a point should have had, if any was too short.
fn suggested_warm_up(result: &SweepResult) -> Option<u32> {
    result.points.iter().filter_map(|point| point.suggested_warm_up_days).max()
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
