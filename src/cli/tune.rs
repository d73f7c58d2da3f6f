//! `redress tune`: the best candidate of a study, with what may be said of it.

use super::answering::{Answered, Answering, Studied, checked, known_metrics, orders_of, publish};
use super::args::{Running, StudyArguments};
use super::columns::Columns;
use super::failure::Failure;
use super::foretold;
use super::interruption;
use super::outcome::{self, money_line, origin_line, point_record, speed_line};
use super::session::Timing;
use super::terminal;
use crate::engine::World;
use crate::experiment::tune::{Plan, Tune, TuneOutcome, TuneRules};
use crate::experiment::{Footprint, Totals};
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::tune_tables::{DetectorTable, TuneTable};
use crate::export::{QuestionHash, RunDirectory};
use crate::report::{Origin, tune_page, tune_words};
use crate::scenario::{DesignPoint, Scenario, Study, StudyUse};
use std::process::ExitCode;

/// The most candidates that the terminal lists; the table has all.
const MOST_LISTED: usize = 30;

/// Finds the best candidate of a study and writes what came of all.
pub(super) fn tune(arguments: &StudyArguments) -> Result<ExitCode, Failure> {
    interruption::heed("interrupted before anything was finished: nothing is written");
    let of = Studied::read(arguments, StudyUse::Tune)?;
    let answered = answer(&of, &arguments.running, (&of.study.name, of.asked("tune")))?;
    publish(answered, &arguments.running)
}

/// Answers, and writes tables, charts and page; `None` if that was interrupted.
pub(super) fn answer(
    of: &Studied,
    running: &Running,
    (folder, asked): (&str, QuestionHash),
) -> Result<Option<Answered>, Failure> {
    let (study, origin) = (&of.study, &of.origin);
    known_metrics(&study.responses)?;
    let points = if study.has_open_ranges() { Vec::new() } else { study.points() };
    let middle = [study.point_at(0, &vec![0.5; study.factors.len()])];
    let shown = if points.is_empty() { &middle[..] } else { &points[..] };
    let scenarios = checked(study, shown.iter())?;
    let (Some(tuning), Some(first)) = (&study.tuning, scenarios.first()) else {
        return Err(Failure::Invalid(format!("{} has no objective", of.file)));
    };
    let rules = TuneRules::of(study, tuning, &first.world, &points)?;
    let threads = foretold::threads(running.threads);
    let footprints = scenarios.iter().map(|scenario| Footprint::of_run(&scenario.world, threads));
    foretold::fits(&footprints.max_by_key(Footprint::bytes).unwrap_or_default())?;
    let directory = outcome::begin(running, folder, asked)?;
    let replications = expected_replications(&rules, points.len());
    foretold::warn(&footprint(&first.world, replications, threads), threads, running.quiet);
    let answering = Answering::begin(directory.target())?;
    let expected = orders_of(&first.world, replications);
    let mut question = match rules.plan {
        Plan::Search(..) => Tune::in_ranges(study, rules),
        _ => Tune::among(points.clone(), rules),
    };
    let Some(timing) = answering.answer(study, &mut question, running, expected)? else {
        return Ok(None);
    };
    let outcome = question.outcome();
    let best = match outcome.best {
        Some(best) => study.scenario_of(&outcome.candidates[best].point)?,
        None => first.clone(),
    };
    write(&directory, study, &outcome)?;
    if !running.no_charts {
        tune_page::write(&directory, study, &best, &outcome, origin, &question.totals().books)?;
    }
    let pairs: Vec<(DesignPoint, Scenario)> = points.iter().cloned().zip(scenarios).collect();
    let first_text = pairs.first().map_or("", |(_, scenario)| scenario.resolved.as_str());
    let records = pairs.iter().map(|(point, scenario)| point_record(point, scenario, first_text)).collect();
    let record = of.record(records, &known_metrics(&study.responses)?);
    let scenario_sha256 = if pairs.is_empty() {
        vec![best.hash.clone()]
    } else {
        pairs.iter().map(|(_, scenario)| scenario.hash.clone()).collect()
    };
    let scenario = pairs.first().map_or(&best, |(_, scenario)| scenario).resolved.clone();
    let totals = question.totals();
    let manifest = Manifest {
        scenario_sha256,
        scenario,
        study: Some(record),
        seed: PerPoint::Same(best.world.seed),
        replications: PerPoint::of(
            outcome.candidates.iter().map(|candidate| candidate.replications as usize),
        ),
        ..of.manifest("tune", totals, timing)
    };
    let told = told(study, &outcome, origin, totals, timing);
    Ok(Some(Answered { directory, manifest, answering, told }))
}

/// What so many replications take.
fn footprint(world: &World, replications: u64, threads: usize) -> Footprint {
    Footprint::of_run(world, threads).lasting(replications, world.replications)
}

/// What a search in ranges takes, in words.
pub(super) fn cost(study: &Study) -> Result<String, Failure> {
    let middle = study.scenario_of(&study.point_at(0, &vec![0.5; study.factors.len()]))?;
    let Some(tuning) = &study.tuning else { return Ok(String::new()) };
    let replications = expected_replications(&TuneRules::of(study, tuning, &middle.world, &[])?, 0);
    let threads = foretold::threads(None);
    let footprint = footprint(&middle.world, replications, threads);
    Ok(format!("about {replications} replications, {}", foretold::words(&footprint, threads)))
}

/// Replications that it will take, as far as that is known before.
fn expected_replications(rules: &TuneRules, candidates: usize) -> u64 {
    match rules.plan {
        Plan::Search(budget, _) | Plan::Ocba(budget) => u64::from(budget),
        Plan::Front(each) => u64::from(each) * candidates as u64,
        Plan::KimNelson(_) => 2 * u64::from(rules.first) * candidates as u64,
    }
}

fn write(directory: &RunDirectory, study: &Study, outcome: &TuneOutcome) -> Result<(), Failure> {
    let factors: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    directory.write_table(&TuneTable { factors: &factors, outcome })?;
    if let Some(detector) = &outcome.detector {
        directory.write_table(&DetectorTable(detector))?;
    }
    Ok(())
}

/// What is told: the best, how sure that is, what was ruled out and why, the candidates.
fn told(study: &Study, outcome: &TuneOutcome, origin: &Origin, totals: &Totals, timing: Timing) -> String {
    let factors: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    let mut lines = vec![format!("{}: {} replications in all", study.name, totals.replications)];
    lines.extend(origin_line(origin));
    lines.push(tune_words::finding(&factors, outcome));
    lines.push(tune_words::guarantee(outcome));
    lines.extend(outcome.detector.as_ref().and_then(tune_page::detector_words));
    lines.push(String::new());
    lines.push("Means of a replication, in brackets their 95 % intervals:".to_owned());
    let table = Columns {
        head: tune_words::columns(&factors, outcome),
        rows: tune_words::rows(outcome).into_iter().take(MOST_LISTED).collect(),
        keys: 1 + factors.len(),
    };
    lines.push(table.within(terminal::width()));
    lines.push(String::new());
    if outcome.candidates.len() > MOST_LISTED {
        let more = outcome.candidates.len() - MOST_LISTED;
        lines.push(format!("Left out: {more} more candidates, which tune.csv has."));
    }
    lines.extend(tune_words::ruled_out(outcome));
    lines.push(money_line(&totals.books, totals.replications));
    lines.push(speed_line(totals.orders, timing));
    lines.join("\n")
}
