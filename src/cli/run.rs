//! `redress run`: one scenario with its replications.

use super::args::RunArguments;
use super::check::resolve;
use super::failure::Failure;
use super::session::{INTERRUPTED_STATUS, Timing, expected_orders, simulate};
use crate::experiment::{self, RunResult, Summary};
use crate::export::manifest::Manifest;
use crate::export::{RunDirectory, tables};
use crate::observe::Count;
use crate::report::{headline, run_page};
use crate::scenario::Scenario;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Simulates a scenario and writes what came of it.
pub(super) fn run(arguments: &RunArguments) -> Result<ExitCode, Failure> {
    let running = &arguments.running;
    let scenario = resolve(&arguments.scenario, &arguments.settings)?;
    let directory = RunDirectory::prepare(&output_folder(running.out.as_ref(), &scenario.name))?;
    let expected = expected_orders(std::iter::once(&scenario.world));
    let (result, timing) = simulate(running, expected, |watch| experiment::run(&scenario.world, watch))?;
    if result.replications.is_empty() {
        eprintln!("interrupted before the first replication was finished: nothing is written");
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    }
    let summary = Summary::new(&scenario.world, &result);
    write_tables(&directory, &scenario, &result, &summary)?;
    if !running.no_charts {
        run_page::write(&directory, &scenario, &result, &summary)?;
    }
    directory.write("manifest.json", &manifest(&scenario, &result, timing).to_json())?;
    let target = directory.target().to_owned();
    directory.publish()?;
    if !running.quiet {
        print_result(&scenario, &result, &summary, timing, &target);
    }
    if result.is_interrupted {
        let (done, wanted) = (result.replications.len(), scenario.world.replications);
        eprintln!("interrupted: {done} of {wanted} replications were finished and are kept");
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    }
    Ok(ExitCode::SUCCESS)
}

/// The folder of the results: the one asked for, or output/NAME.
pub(super) fn output_folder(asked: Option<&PathBuf>, name: &str) -> PathBuf {
    asked.cloned().unwrap_or_else(|| Path::new("output").join(name))
}

fn write_tables(
    directory: &RunDirectory,
    scenario: &Scenario,
    result: &RunResult,
    summary: &Summary,
) -> Result<(), Failure> {
    directory.write("summary.csv", &tables::summary(summary))?;
    directory.write("daily.csv", &tables::daily(result))?;
    directory.write("sellers.csv", &tables::sellers(&scenario.world, &result.sellers))?;
    directory.write("reasons.csv", &tables::reasons(&scenario.world, result))?;
    Ok(())
}

fn manifest(scenario: &Scenario, result: &RunResult, timing: Timing) -> Manifest {
    Manifest {
        version: env!("CARGO_PKG_VERSION"),
        command: "run",
        name: scenario.name.clone(),
        scenario_sha256: vec![scenario.hash.clone()],
        scenario: scenario.resolved.clone(),
        seed: scenario.world.seed,
        replications: result.replications.len(),
        threads: timing.threads,
        interrupted: result.is_interrupted,
        wall_seconds: timing.wall_seconds,
        orders: result.orders,
        events: result.tally().get(Count::Events),
        orders_per_second: result.orders as f64 / timing.wall_seconds,
        audit: (&result.books).into(),
    }
}

fn print_result(scenario: &Scenario, result: &RunResult, summary: &Summary, timing: Timing, target: &Path) {
    let world = &scenario.world;
    println!(
        "{}: {} days, {} market(s) of {} sellers, {} replication(s), seed {}",
        scenario.name,
        world.days,
        world.market.count,
        world.market.sellers,
        result.replications.len(),
        world.seed
    );
    print_rows(summary);
    println!("{}", money_line(&result.books));
    println!("{}", speed_line(result.orders, timing));
    println!("results: {}", target.display());
}

/// The headline numbers in columns.
fn print_rows(summary: &Summary) {
    println!("{:<27} {:>16}   95 % interval", "", "mean");
    for [words, mean, interval] in headline::rows(summary) {
        println!("{}", format!("{words:<27} {mean:>16}   {interval}").trim_end());
    }
}

/// The money audit in a line.
pub(super) fn money_line(books: &crate::observe::Books) -> String {
    format!(
        "money audit: paid {} = released {} + refunded {} + held {}, to the cent",
        books.paid, books.released, books.refunded, books.held
    )
}

/// How fast it was, in a line.
pub(super) fn speed_line(orders: u64, timing: Timing) -> String {
    let rate = orders as f64 / timing.wall_seconds / 1e6;
    format!(
        "{:.1} million orders in {:.2} s on {} thread(s): {rate:.1} million orders/s",
        orders as f64 / 1e6,
        timing.wall_seconds,
        timing.threads
    )
}
