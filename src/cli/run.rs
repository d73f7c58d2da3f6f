//! `redress run`: one scenario with its replications.

use super::args::RunArguments;
use super::check::{read, remark_on};
use super::columns::Columns;
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::outcome::{self, command_line, money_line, origin_line, publish, replacing, speed_line};
use super::precision::{achieved_text, targets};
use super::seller_days;
use super::session::{Timing, expected_orders, simulate};
use super::terminal::{self, print, remark};
use crate::engine::Tables;
use crate::experiment::{
    self, Achieved, Footprint, Groups, RunResult, Summary, Transient, run_replications, run_to_precision,
};
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::replications_table::{MOST_ROWS, ReplicationsTable};
use crate::export::tables::{DailyTable, ReasonsTable, SellersTable, SummaryTable};
use crate::export::{QuestionHash, RunDirectory};
use crate::observe::Count;
use crate::report::{Origin, headline, run_finding, run_page};
use crate::scenario::{PrecisionTarget, Scenario};
use std::path::Path;
use std::process::ExitCode;

/// Simulates a scenario and writes what came of it.
pub(super) fn run(arguments: &RunArguments) -> Result<ExitCode, Failure> {
    let running = &arguments.running;
    interruption::heed("interrupted before the first replication was finished: nothing is written");
    let (source, scenario) = read(&arguments.scenario, &arguments.settings)?;
    if !running.quiet {
        remark_on(&scenario);
    }
    let origin = Origin {
        preset: source.preset().map(str::to_owned),
        overrides: arguments.settings.all(),
        command: outcome::repeating(),
    };
    let targets = targets(&arguments.precise.precision, &scenario.precision)?;
    let most = arguments.precise.max_replications.unwrap_or(scenario.most_replications);
    let threads = foretold::threads(running.threads);
    let footprint = Footprint::of_run(&scenario.world, threads);
    foretold::fits(&footprint)?;
    let asked = [
        "run".to_owned(),
        scenario.hash.clone(),
        most.to_string(),
        arguments.replication.map_or_else(String::new, |alone| alone.to_string()),
    ];
    let question = QuestionHash::of(asked.into_iter().chain(targets.iter().map(PrecisionTarget::text)));
    let directory = outcome::begin(running, &scenario.name, question)?;
    foretold::warn(&footprint, threads, running.quiet);
    let expected = expected_orders(std::iter::once(&scenario.world));
    let ((result, achieved), timing) =
        simulate(running.threads, running.shows_progress(), expected, |watch| {
            let tables = Tables::new(&scenario.world);
            match arguments.replication {
                Some(alone) => (run_replications(&tables, alone..alone + 1, watch), Vec::new()),
                None => run_to_precision(&tables, &targets, most, watch),
            }
        })?;
    if result.replications.is_empty() {
        remark("interrupted before the first replication was finished: nothing is written");
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    }
    let summary = Summary::new(&scenario.world, &result);
    write_tables(&directory, &scenario, &result, &summary)?;
    let is_whole =
        !arguments.seller_days || seller_days::write(&directory, running, &scenario.world, &result)?;
    if !running.no_charts {
        run_page::write(&directory, &scenario, &result, &summary, &origin)?;
    }
    let transient = experiment::transient(&scenario.world, &result);
    let suggested = transient.map(|transient| transient.suggested(scenario.world.warm_up_days));
    let manifest = Manifest {
        scenario_file: arguments.scenario.display().to_string(),
        ..manifest(&scenario, &origin, &result, suggested, timing)
    };
    let folder = publish(directory, manifest, replacing(running, result.is_interrupted || !is_whole))?;
    if let Some(transient) = transient {
        remark(&too_short(transient, scenario.world.warm_up_days));
    }
    if !running.quiet {
        print(&told(&scenario, &origin, &result, &summary, &achieved, timing, &folder))?;
    }
    if result.is_interrupted {
        let (done, wanted) = (result.replications.len(), scenario.world.replications);
        remark(&format!("interrupted: {done} of {wanted} replications were finished and are kept"));
    }
    let is_stopped = result.is_interrupted || !is_whole;
    Ok(if is_stopped { ExitCode::from(INTERRUPTED_STATUS) } else { ExitCode::SUCCESS })
}

/// Writes every table of a run.
pub(super) fn write_tables(
    directory: &RunDirectory,
    scenario: &Scenario,
    result: &RunResult,
    summary: &Summary,
) -> Result<(), Failure> {
    let (world, groups) = (&scenario.world, &Groups::of(&scenario.world));
    directory.write_table(&SummaryTable(summary))?;
    directory.write_table(&DailyTable { world, result })?;
    directory.write_table(&SellersTable { world, result })?;
    directory.write_table(&ReasonsTable { world, result })?;
    let replications = ReplicationsTable { groups, result };
    let rows = replications.rows();
    if rows > MOST_ROWS {
        remark(&format!(
            "the table replications is not written: it would have {rows} rows, and has at most {MOST_ROWS}; all else is"
        ));
    } else {
        directory.write_table(&replications)?;
    }
    Ok(())
}

/// What is known of a run, but for where its scenario came from.
pub(super) fn manifest(
    scenario: &Scenario,
    origin: &Origin,
    result: &RunResult,
    suggested_warm_up_days: Option<u32>,
    timing: Timing,
) -> Manifest {
    Manifest {
        version: env!("CARGO_PKG_VERSION"),
        command: "run",
        arguments: command_line(),
        repeat: origin.command.clone(),
        preset: origin.preset.clone(),
        overrides: origin.overrides.clone(),
        name: scenario.name.clone(),
        scenario_sha256: vec![scenario.hash.clone()],
        scenario: scenario.resolved.clone(),
        seed: PerPoint::Same(scenario.world.seed),
        replications: PerPoint::Same(result.replications.len()),
        suggested_warm_up_days,
        threads: timing.threads,
        interrupted: result.is_interrupted,
        wall_seconds: timing.wall_seconds,
        orders: result.orders,
        events: result.tally().get(Count::Events),
        orders_per_second: result.orders as f64 / timing.wall_seconds,
        first_replication: result.first_replication,
        finished: if result.is_interrupted { result.numbers.clone() } else { Vec::new() },
        audit: (&result.books).into(),
        ..Manifest::default()
    }
}

/// What is said of a warm-up that was too short.
fn too_short(transient: Transient, warm_up_days: u32) -> String {
    let Transient { series, days, bias, is_unsettled } = transient;
    let (percent, direction) = (100.0 * bias.abs(), if bias < 0.0 { "low" } else { "high" });
    let more = if is_unsettled { " or more" } else { "" };
    format!(
        "warning: run.warm_up_days = {warm_up_days} is too short: {series} has not reached steady state on the first {days} days of the \
         observation period (MSER on weekly means), and its mean is {percent:.1} % too {direction} for it; set \
         run.warm_up_days = {}{more}",
        transient.suggested(warm_up_days)
    )
}

/// What is told of a run: its size, the headline numbers in columns, the audit, the speed, and where it is.
fn told(
    scenario: &Scenario,
    origin: &Origin,
    result: &RunResult,
    summary: &Summary,
    achieved: &[Achieved],
    timing: Timing,
    folder: &Path,
) -> String {
    let world = &scenario.world;
    let mut lines = vec![format!(
        "{}: {} days, {} market(s) of {} sellers, {} replication(s), seed {}",
        scenario.name,
        world.days,
        world.market.count,
        world.market.sellers,
        result.replications.len(),
        world.seed
    )];
    lines.extend(origin_line(origin));
    lines.push(String::new());
    lines.extend(run_finding::findings(world, summary));
    lines.push(String::new());
    let head = ["per replication", "mean", "95 % interval"].map(str::to_owned).to_vec();
    let rows = headline::rows(summary).into_iter().map(|row| row.to_vec()).collect();
    lines.push(Columns { head, rows, keys: 1 }.within(terminal::width()).text);
    lines.push(String::new());
    lines.push("All metrics are in summary.csv, with those of markets and segments.".to_owned());
    lines.extend(achieved.iter().map(|achieved| achieved_text(achieved, "mean")));
    lines.push(money_line(&result.books, result.replications.len() as u64));
    lines.push(speed_line(result.orders, timing));
    lines.push(format!("results: {}", folder.display()));
    lines.join("\n")
}
