//! `redress sensitivity`: which factors of a study matter.

use super::answering::{Answering, aligned, checked, known_metrics, manifest, orders_of, read};
use super::args::StudyArguments;
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::outcome::{
    self, money_line, origin_line, origin_of, publish, replacing, speed_line, study_record,
};
use super::session::Timing;
use super::terminal::print;
use crate::experiment::{Footprint, Groups, Output, Sensitivity, SensitivityResult, Totals};
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::sensitivity_tables;
use crate::report::{Origin, sensitivity_page};
use crate::scenario::{Measure, Study, StudyUse};
use std::path::Path;
use std::process::ExitCode;

/// Outputs of a study that names none.
const USUAL: [&str; 4] = ["dispute_rate", "auto_executed_share", "not_sold_rate", "orders_lost_to_penalties"];

/// Screens the factors of a study, and shares out the variance of its outputs among those that are left.
pub(super) fn sensitivity(arguments: &StudyArguments) -> Result<ExitCode, Failure> {
    let running = &arguments.running;
    interruption::heed("interrupted before anything was finished: nothing is written");
    let study = read(arguments, StudyUse::Sensitivity)?;
    let metrics = if study.responses.is_empty() {
        known_metrics(&USUAL.map(str::to_owned))?
    } else {
        known_metrics(&study.responses)?
    };
    let middle = study.scenario_of(&study.point_at(0, &vec![0.5; study.factors.len()]))?;
    let groups = Groups::of(&middle.world);
    let outputs = metrics.iter().map(|metric| Output::of(&Measure::of_world(metric), &study, &groups));
    let outputs: Vec<Output> = outputs.collect::<Result<_, _>>()?;
    let world = &middle.world;
    let mut question = Sensitivity::new(&study, outputs, world.replications, world.seed);
    let screened: Vec<_> = question.screening_points().iter().map(|at| study.point_at(0, at)).collect();
    checked(&study, screened.iter())?;
    let threads = foretold::threads(running.threads);
    let footprint = Footprint::of_run(world, threads);
    foretold::fits(&footprint)?;
    let directory = outcome::begin(running, &study.name)?;
    let answering = Answering::begin(directory.target())?;
    let expected = orders_of(world, question.most_replications());
    let Some(timing) = answering.answer(&study, &mut question, running, expected)? else {
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    };
    if let Some(reason) = question.failure() {
        return Err(Failure::Running(format!("a point of the ranges is no valid scenario: {reason}")));
    }
    let result = question.result();
    let origin = origin_of(&study, arguments.settings.all());
    directory.write("sensitivity.csv", &sensitivity_tables::sensitivity(&result))?;
    if !running.no_charts {
        sensitivity_page::write(&directory, &study, &middle, &result, &origin)?;
    }
    let record = study_record(&study, &arguments.study, Vec::new(), &metrics);
    let manifest = Manifest {
        scenario_sha256: vec![middle.hash.clone()],
        scenario: middle.resolved.clone(),
        study: Some(record),
        seed: PerPoint::Same(middle.world.seed),
        replications: PerPoint::Same(middle.world.replications as usize),
        ..manifest("sensitivity", &study, &origin, question.totals(), timing)
    };
    let folder = publish(directory, manifest, replacing(running, false))?;
    answering.end();
    if !running.quiet {
        print(&told(&study, &result, &origin, question.totals(), timing, &folder))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What is told: the finding of each output, the table, and where it all is.
fn told(
    study: &Study,
    result: &SensitivityResult,
    origin: &Origin,
    totals: &Totals,
    timing: Timing,
    folder: &Path,
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
    let mut rows = vec![sensitivity_page::COLUMNS.map(str::to_owned).to_vec()];
    rows.extend(result.outputs.iter().flat_map(|output| sensitivity_page::rows(result, output)));
    lines.push(aligned(&rows));
    lines.push(money_line(&totals.books, "all replications of all points"));
    lines.push(speed_line(totals.orders, timing));
    lines.push(format!("results: {}", folder.display()));
    lines.join("\n")
}
