//! `redress sensitivity`: which factors of a study matter.

use super::answering::{Answered, Answering, Studied, checked, known_metrics, orders_of, publish};
use super::args::{Running, StudyArguments};
use super::columns::Columns;
use super::failure::Failure;
use super::foretold;
use super::interruption;
use super::outcome::{self, money_line, origin_line, speed_line};
use super::session::Timing;
use super::terminal;
use crate::experiment::{Footprint, Groups, Output, Sensitivity, SensitivityResult, Totals};
use crate::export::QuestionHash;
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::sensitivity_tables::SensitivityTable;
use crate::observe::Metric;
use crate::report::{Origin, sensitivity_page};
use crate::scenario::{Measure, Scenario, Study, StudyUse};
use std::process::ExitCode;

/// Outputs of a study that names none.
const USUAL: [&str; 4] = crate::report::records::SENSITIVITY_OUTPUTS;

/// Screens the factors of a study, and shares out the variance of its outputs among those that are left.
pub(super) fn sensitivity(arguments: &StudyArguments) -> Result<ExitCode, Failure> {
    interruption::heed("interrupted before anything was finished: nothing is written");
    let of = Studied::read(arguments, StudyUse::Sensitivity)?;
    let answered = answer(&of, &arguments.running, (&of.study.name, of.asked("sensitivity")))?;
    publish(answered, &arguments.running)
}

/// Answers, and writes tables, charts and page; `None` if that was interrupted.
pub(super) fn answer(
    of: &Studied,
    running: &Running,
    (folder, asked): (&str, QuestionHash),
) -> Result<Option<Answered>, Failure> {
    let (study, origin) = (&of.study, &of.origin);
    let Asked { metrics, middle, mut question } = ask(study)?;
    let world = &middle.world;
    let screened: Vec<_> = question.screening_points().iter().map(|at| study.point_at(0, at)).collect();
    checked(study, screened.iter())?;
    let threads = foretold::threads(running.threads);
    let footprint = Footprint::of_run(world, threads);
    foretold::fits(&footprint)?;
    let directory = outcome::begin(running, folder, asked)?;
    let most = question.most_replications();
    foretold::warn(&footprint.lasting(most, world.replications), threads, running.quiet);
    let answering = Answering::begin(directory.target())?;
    let expected = orders_of(world, most);
    let Some(timing) = answering.answer(study, &mut question, running, expected)? else {
        return Ok(None);
    };
    if let Some(reason) = question.failure() {
        return Err(Failure::Running(format!("a point of the ranges is no valid scenario: {reason}")));
    }
    let result = question.result();
    directory.write_table(&SensitivityTable(&result))?;
    if !running.no_charts {
        sensitivity_page::write(&directory, study, &middle, &result, origin, &question.totals().books)?;
    }
    let manifest = Manifest {
        scenario_sha256: vec![middle.hash.clone()],
        scenario: middle.resolved.clone(),
        study: Some(of.record(Vec::new(), &metrics)),
        seed: PerPoint::Same(middle.world.seed),
        replications: PerPoint::Same(middle.world.replications as usize),
        ..of.manifest("sensitivity", question.totals(), timing)
    };
    let told = told(study, &result, origin, question.totals(), timing);
    Ok(Some(Answered { directory, manifest, answering, told }))
}

/// What is asked of a study.
struct Asked<'a> {
    metrics: Vec<&'static Metric>,
    /// The scenario in the middle of the ranges.
    middle: Scenario,
    question: Sensitivity<'a>,
}

fn ask(study: &Study) -> Result<Asked<'_>, Failure> {
    let metrics = if study.responses.is_empty() {
        known_metrics(&USUAL.map(str::to_owned))?
    } else {
        known_metrics(&study.responses)?
    };
    let middle = study.scenario_of(&study.point_at(0, &vec![0.5; study.factors.len()]))?;
    let groups = Groups::of(&middle.world);
    let outputs = metrics.iter().map(|metric| Output::of(&Measure::of_world(metric), study, &groups));
    let outputs: Vec<Output> = outputs.collect::<Result<_, _>>()?;
    let question = Sensitivity::new(study, outputs, middle.world.replications, middle.world.seed);
    Ok(Asked { metrics, middle, question })
}

/// What it takes at most, in words.
pub(super) fn cost(study: &Study) -> Result<String, Failure> {
    let Asked { middle, question, .. } = ask(study)?;
    let most = question.most_replications();
    let threads = foretold::threads(None);
    let footprint = Footprint::of_run(&middle.world, threads).lasting(most, middle.world.replications);
    Ok(format!("at most {most} replications, {}", foretold::words(&footprint, threads)))
}

/// What is told: the finding of each output, the table, and where it all is.
fn told(
    study: &Study,
    result: &SensitivityResult,
    origin: &Origin,
    totals: &Totals,
    timing: Timing,
) -> String {
    let mut lines = vec![format!(
        "{}: {} factors, {} points of the screening and {} of the indices",
        study.name,
        result.factors.len(),
        result.points[0],
        result.points[1]
    )];
    lines.extend(origin_line(origin));
    lines.extend(result.outputs.iter().map(|output| sensitivity_page::finding(result, output)));
    lines.push(sensitivity_page::screened_out(result));
    for output in &result.outputs {
        lines.push(String::new());
        let rows = sensitivity_page::rows(result, output).into_iter().map(|row| row[1..].to_vec());
        let head = sensitivity_page::COLUMNS[1..].iter().map(|&name| name.to_owned()).collect();
        let name = sensitivity_page::heading(output);
        lines.push(format!("{name}, shares of its variance with 95 % intervals:"));
        lines.push(Columns { head, rows: rows.collect(), keys: 1 }.within(terminal::width()));
    }
    lines.push(String::new());
    lines.push(money_line(&totals.books, totals.replications));
    lines.push(speed_line(totals.orders, timing));
    lines.join("\n")
}
