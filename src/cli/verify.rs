//! `redress verify`: the simulator against closed forms, on this machine.

use super::args_measured::VerifyArguments;
use super::failure::Failure;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::outcome::{self, audit_line, command_line, publish, speed_line};
use super::session::{Timing, expected_orders, simulate};
use super::terminal::{remark, tell};
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::verification::VerifyTable;
use crate::export::{QuestionHash, Replacing};
use crate::verification::case::BASE;
use crate::verification::verdict::{ANDERSON_DARLING_LIMIT, LIMIT};
use crate::verification::{self, REPLICATIONS, Verification};
use std::process::ExitCode;

/// How many times as often `--full` repeats a case.
const FULL: u32 = 4;

/// Runs every case, writes what came of it, and fails if one of them does.
pub(super) fn verify(arguments: &VerifyArguments) -> Result<ExitCode, Failure> {
    interruption::heed("interrupted before the last case was finished: nothing is written");
    let replications = if arguments.full { FULL * REPLICATIONS } else { REPLICATIONS };
    let mut cases = verification::scenarios(verification::cases(), replications)?;
    if let Some(text) = &arguments.only {
        cases.retain(|(case, _)| case.name.contains(text.as_str()));
        if cases.is_empty() {
            let message =
                format!("no case has {text:?} in its name: redress verify without --only lists them");
            return Err(Failure::Invalid(message));
        }
    }
    let limit = arguments.limit.unwrap_or(LIMIT);
    let asked = [replications.to_string(), limit.to_string()];
    let names = cases.iter().map(|(case, _)| case.name.clone());
    let question = QuestionHash::of(std::iter::once("verify".to_owned()).chain(asked).chain(names));
    let directory = outcome::begin_in(arguments.out.as_deref(), "verify", question)?;
    let expected = expected_orders(cases.iter().map(|(_, scenario)| &scenario.world));
    let shows_progress = !arguments.quiet && !arguments.no_progress;
    let work = |watch: crate::engine::Watch<'_>| verification::verify(cases, limit, watch);
    let (result, timing) = simulate(arguments.threads, shows_progress, expected, work)?;
    if result.is_interrupted {
        remark("interrupted before the last case was finished: nothing is written");
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    }
    directory.write_table(&VerifyTable(&result.findings))?;
    let folder = publish(directory, manifest(&result, replications, timing), Replacing::Any)?;
    if !arguments.quiet {
        let lines = [
            table(&result),
            audit_line(&result.books, "all cases"),
            speed_line(result.orders, timing),
            format!("results: {}", folder.display()),
            conclusion(&result, limit),
        ];
        tell(&lines.join("\n"))?;
    }
    if result.is_passed() { Ok(ExitCode::SUCCESS) } else { Err(Failure::Running(conclusion(&result, limit))) }
}

fn manifest(result: &Verification, replications: u32, timing: Timing) -> Manifest {
    Manifest {
        version: env!("CARGO_PKG_VERSION"),
        command: "verify",
        arguments: command_line(),
        name: "verify".into(),
        scenario_sha256: result.findings.iter().map(|finding| finding.scenario_sha256.clone()).collect(),
        scenario: BASE.into(),
        seed: PerPoint::Same(1),
        replications: PerPoint::Same(replications as usize),
        suggested_warm_up_days: None,
        threads: timing.threads,
        interrupted: false,
        wall_seconds: timing.wall_seconds,
        orders: result.orders,
        events: u128::from(result.events),
        orders_per_second: result.orders as f64 / timing.wall_seconds,
        audit: (&result.books).into(),
        ..Manifest::default()
    }
}

/// One row per case.
fn table(result: &Verification) -> String {
    let head = ["case", "theory", "simulated", "std. error", "z", "verdict", "finds"].map(str::to_owned);
    let row = |finding: &verification::Finding| {
        let comparison = &finding.comparison;
        let score = comparison.z.map_or_else(|| "-".into(), |z| format!("{z:.2}"));
        let (theory, simulated) = (six_digits(finding.case.theory), six_digits(comparison.simulated));
        let error = format!("{:.2e}", comparison.standard_error);
        let (name, verdict) = (finding.case.name.clone(), comparison.verdict.name().to_owned());
        let finds = format!("{:.2} %", 100.0 * comparison.detectable_error);
        [name, theory, simulated, error, score, verdict, finds]
    };
    let rows: Vec<[String; 7]> = std::iter::once(head).chain(result.findings.iter().map(row)).collect();
    let width = rows.iter().map(|row| row[0].chars().count()).max().unwrap_or(0);
    let line = |[name, theory, simulated, error, z, verdict, finds]: &[String; 7]| {
        format!(
            "{name:<width$}  {theory:>10}  {simulated:>10}  {error:>10}  {z:>6}  {verdict:<7}  {finds:>7}"
        )
    };
    rows.iter().map(line).collect::<Vec<String>>().join("\n")
}

/// A number with about six digits.
fn six_digits(value: f64) -> String {
    let whole_digits = value.abs().max(1.0).log10() as usize + 1;
    format!("{value:.*}", 6_usize.saturating_sub(whole_digits))
}

/// What all cases come to.
fn conclusion(result: &Verification, limit: f64) -> String {
    let (cases, failures) = (result.findings.len(), result.failures());
    let largest = result.largest_score();
    let statistic = result.anderson_darling().unwrap_or(f64::NAN);
    let (joint, bound) = if statistic <= ANDERSON_DARLING_LIMIT { ("passed", '>') } else { ("FAILED", '<') };
    let coarsest = 100.0 * result.largest_detectable_error();
    format!(
        "{cases} cases, {failures} failed (|z| >= {limit}); largest |z| {largest:.2}; joint test {joint} \
         (p {bound} 0.01; Anderson-Darling {statistic:.2}, limit {ANDERSON_DARLING_LIMIT}); an error of {coarsest:.1} % would be found in any case with probability 0.99"
    )
}
