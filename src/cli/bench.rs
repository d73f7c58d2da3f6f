//! `redress bench`: the speed of this machine over the standard set.
//!
//! Every measurement is a process of its own, this program with a hidden option: threads, memory and processor time of one
//! workload then know nothing of the others. Rounds go over all of them in turn, so that a machine whose speed drifts
//! moves all alike.

use super::args_measured::BenchArguments;
use super::failure::Failure;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::machine::{ThisProcess, description, processors};
use super::outcome::{self, audit_line, command_line, publish};
use super::progress::measurements_bar;
use super::session::simulate;
use super::terminal::{print, remark, tell};
use crate::benchmark::{Figures, Measurement, Rules, STANDARD_SET, Series, Subject, figures};
use crate::export::benchmark::BenchTable;
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::{QuestionHash, Replacing};
use crate::observe::Books;
use crate::report::bench_charts;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Rounds, if the user does not say.
const ROUNDS: u16 = 5;

/// Measures everything in turn and writes what came of it.
pub(super) fn bench(arguments: &BenchArguments) -> Result<ExitCode, Failure> {
    interruption::heed("interrupted before the last measurement: nothing is written");
    if let Some(name) = &arguments.measure {
        return measure_one(arguments, name);
    }
    let rounds = arguments.rounds.unwrap_or(if arguments.quick { 1 } else { ROUNDS });
    let most = arguments.threads.map_or_else(processors, usize::from);
    let asked = ["bench".to_owned(), rounds.to_string(), most.to_string(), arguments.quick.to_string()];
    let directory = outcome::begin_in(arguments.out.as_deref(), "bench", QuestionHash::of(asked))?;
    let mut all = plan(most);
    let begun = Instant::now();
    let bar =
        measurements_bar(u64::from(rounds) * all.len() as u64, !arguments.quiet && !arguments.no_progress);
    for _ in 0..rounds {
        for series in &mut all {
            let Some(measurement) = in_a_process(series, arguments.quick)? else {
                bar.finish_and_clear();
                remark("interrupted before the last measurement: nothing is written");
                return Ok(ExitCode::from(INTERRUPTED_STATUS));
            };
            series.rounds.push(measurement);
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    let wall_seconds = begun.elapsed().as_secs_f64();
    let figures = figures(&all);
    let machine = description();
    directory.write_table(&BenchTable(&figures))?;
    if !arguments.no_charts {
        bench_charts::write(&directory, &figures, &machine)?;
    }
    let books = books(&all);
    let folder = publish(directory, manifest(&all, most, wall_seconds)?, Replacing::Any)?;
    if !arguments.quiet {
        let lines = [
            format!("{machine}; medians of {rounds} round(s)"),
            table(&figures),
            audit_line(&books, "all rounds"),
            format!("results: {}", folder.display()),
        ];
        tell(&lines.join("\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Both lower bounds, then every workload on 1, 2, 4, ... threads up to the most.
fn plan(most: usize) -> Vec<Series> {
    let mut numbers: Vec<usize> =
        std::iter::successors(Some(1), |n| Some(2 * n)).take_while(|&n| n < most).collect();
    numbers.push(most);
    let series = |subject, threads| Series { subject, threads, rounds: Vec::new() };
    let floors = Rules::ALL.into_iter().map(|rules| series(Subject::Floor(rules), 1));
    let workloads = STANDARD_SET.iter().flat_map(|workload| {
        numbers.iter().map(move |&threads| series(Subject::Workload(workload), threads))
    });
    floors.chain(workloads).collect()
}

/// Measures one subject in a process of its own; `None` if it was interrupted.
fn in_a_process(series: &Series, is_quick: bool) -> Result<Option<Measurement>, Failure> {
    let name = series.subject.name();
    let failed = |words: &str| Failure::Running(format!("cannot measure {name}: {words}"));
    let program = std::env::current_exe().map_err(|error| failed(&error.to_string()))?;
    let mut command = Command::new(program);
    command.args(["bench", "--measure", name, "--threads", &series.threads.to_string()]);
    if is_quick {
        command.arg("--quick");
    }
    let output = command.output().map_err(|error| failed(&error.to_string()))?;
    if output.status.code() == Some(i32::from(INTERRUPTED_STATUS)) {
        return Ok(None);
    }
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).trim()));
    }
    serde_json::from_slice(&output.stdout).map(Some).map_err(|error| failed(&error.to_string()))
}

/// Measures one subject in this process and prints what is found as JSON.
fn measure_one(arguments: &BenchArguments, name: &str) -> Result<ExitCode, Failure> {
    let Some(subject) = Subject::named(name) else {
        return Err(Failure::Invalid(format!("--measure {name}: there is no such workload")));
    };
    let work = |watch: crate::engine::Watch<'_>| subject.measure(arguments.quick, &ThisProcess::new(), watch);
    let (measured, _) = simulate(arguments.threads, false, 0, work)?;
    let Some(measurement) = measured? else { return Ok(ExitCode::from(INTERRUPTED_STATUS)) };
    let json = serde_json::to_string(&measurement).map_err(|error| Failure::Running(error.to_string()))?;
    print(&json)?;
    Ok(ExitCode::SUCCESS)
}

/// The money audit of all measurements.
fn books(all: &[Series]) -> Books {
    let mut books = Books::default();
    all.iter().flat_map(|series| &series.rounds).for_each(|round| books.merge(&round.books()));
    books
}

/// How the figures came about: every workload's hash, and the reference workload as an example.
fn manifest(all: &[Series], threads: usize, wall_seconds: f64) -> Result<Manifest, Failure> {
    let scenarios =
        STANDARD_SET.iter().map(|workload| workload.scenario(false)).collect::<Result<Vec<_>, _>>()?;
    let workloads = || all.iter().filter(|series| matches!(series.subject, Subject::Workload(_)));
    let sum =
        |of: fn(&Measurement) -> u64| workloads().flat_map(|series| &series.rounds).map(of).sum::<u64>();
    let orders = sum(|round| round.orders);
    Ok(Manifest {
        version: env!("CARGO_PKG_VERSION"),
        command: "bench",
        arguments: command_line(),
        name: "bench".into(),
        scenario_sha256: scenarios.iter().map(|scenario| scenario.hash.clone()).collect(),
        scenario: scenarios.first().map(|scenario| scenario.resolved.clone()).unwrap_or_default(),
        seed: PerPoint::Same(1),
        replications: PerPoint::Same(all.first().map_or(0, |series| series.rounds.len())),
        suggested_warm_up_days: None,
        threads,
        interrupted: false,
        wall_seconds,
        orders,
        events: u128::from(sum(|round| round.events)),
        orders_per_second: orders as f64 / wall_seconds,
        audit: (&books(all)).into(),
        ..Manifest::default()
    })
}

/// One row per workload and number of threads.
fn table(figures: &[Figures]) -> String {
    let head = [
        "workload",
        "threads",
        "M orders/s",
        "M events/s",
        "ns/order",
        "CPU ns",
        "bound ns",
        "ratio",
        "speedup",
        "efficiency",
        "peak MB",
    ];
    let cell = |value: Option<f64>, decimals: usize| {
        value.map_or_else(|| "-".into(), |value| format!("{value:.decimals$}"))
    };
    let row = |row: &Figures| {
        [
            row.workload.name.to_owned(),
            row.threads.to_string(),
            cell(Some(row.orders_per_second[0] / 1e6), 2),
            cell(Some(row.events_per_second() / 1e6), 1),
            cell(Some(row.wall_ns_per_order()), 1),
            cell(row.cpu_ns_per_order, 1),
            cell(row.floor_ns_per_order, 1),
            cell(row.floor_distance, 2),
            cell(row.speedup, 2),
            cell(row.efficiency().map(|share| share * 100.0), 0) + " %",
            cell(row.peak_bytes.map(|bytes| bytes as f64 / 1e6), 1),
        ]
    };
    let rows: Vec<[String; 11]> =
        std::iter::once(head.map(str::to_owned)).chain(figures.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: [usize; 11] = std::array::from_fn(width);
    let line = |row: &[String; 11]| {
        let padded = |(place, (cell, width)): (usize, (&String, usize))| {
            if place == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        };
        row.iter().zip(widths).enumerate().map(padded).collect::<Vec<String>>().join("  ")
    };
    rows.iter().map(line).collect::<Vec<String>>().join("\n")
}
