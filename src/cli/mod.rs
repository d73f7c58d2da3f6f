//! The edge: commands, messages, progress, exit codes. The wall clock and the terminal live only here.
//!
//! Read [`args`] (what can be typed, its `args_values`), then one file per command: `run`, `compare`, `sweep`, `sensitivity`,
//! `tune`, `plan`, `unit`, `report`, `rerun`, `explore`, `trace`, `check`, `verify`, `bench`, `describe` (init, schema, completions, man); `answering` (questions, with their finished units kept),
//! `alarm` (what went wrong, with the line of the scenario), `columns` (tables that fit), `interruption` (Ctrl-C), `foretold` (what a command will take), `progress`, `session` (threads, time), `machine`, `terminal` and
//! `failure` serve them.
#![allow(clippy::disallowed_types, reason = "the wall clock belongs to this module")]

mod alarm;
mod answering;
pub mod args;
pub mod args_measured;
pub mod args_shared;
pub mod args_units;
mod args_values;
mod bench;
mod check;
mod columns;
mod compare;
mod compare_words;
mod describe;
mod examples;
mod explore;
mod failure;
mod foretold;
mod interruption;
mod machine;
mod outcome;
mod plan;
mod planned_points;
mod precision;
mod progress;
mod recorded_points;
mod report;
mod rerun;
mod rerun_recorded;
mod rerun_sweep;
mod run;
mod seller_days;
mod sensitivity;
mod session;
mod sweep;
mod sweep_plan;
mod sweep_report;
mod sweep_told;
mod terminal;
mod trace;
mod trace_logs;
mod trace_seller;
mod tune;
mod unit;
mod units;
mod verify;

use args::{Arguments, Command};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

/// Runs the program and gives its exit status: 0 done, 1 failed while running, 2 wrong usage or an invalid
/// scenario, 130 interrupted.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Printing help is not a failure, and printing to a closed pipe has nobody to tell.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let done = match &arguments.command {
        Command::Run(arguments) => run::run(arguments),
        Command::Compare(arguments) => compare::compare(arguments),
        Command::Sweep(arguments) => sweep::sweep(arguments),
        Command::Plan(arguments) => plan::plan(arguments),
        Command::Unit(arguments) => unit::unit(arguments),
        Command::Report(arguments) => report::report(arguments),
        Command::Rerun(arguments) => rerun::rerun(arguments),
        Command::Sensitivity(arguments) => sensitivity::sensitivity(arguments),
        Command::Tune(arguments) => tune::tune(arguments),
        Command::Init(arguments) => describe::init(arguments),
        Command::Schema => describe::schema(),
        Command::Completions(arguments) => describe::completions(arguments),
        Command::Man => describe::man(),
        Command::Explore(arguments) => explore::explore(arguments),
        Command::Trace(arguments) => trace::trace(arguments),
        Command::Check(arguments) => check::check(arguments),
        Command::Verify(arguments) => verify::verify(arguments),
        Command::Bench(arguments) => bench::bench(arguments),
    };
    interruption::end();
    match done {
        Ok(code) => code,
        Err(failure) => {
            alarm::tell(&failure);
            failure.exit_code()
        }
    }
}

impl From<crate::scenario::ScenarioErrors> for Failure {
    fn from(errors: crate::scenario::ScenarioErrors) -> Self {
        Self::Scenario(errors)
    }
}

impl From<crate::export::ExportError> for Failure {
    fn from(error: crate::export::ExportError) -> Self {
        if error.is_wrong_usage { Self::Invalid(error.to_string()) } else { Self::Running(error.to_string()) }
    }
}
