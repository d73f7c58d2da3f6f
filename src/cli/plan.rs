//! `redress plan`: the units of a study, for other processes and machines.

use super::args::Precise;
use super::args_units::PlanArguments;
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::outcome::origin_of;
use super::session::start_threads;
use super::sweep_plan::{self, CheckedPlan};
use super::terminal::{print, remark};
use crate::experiment::unit_size::cut;
use crate::export::manifest::PerPoint;
use crate::export::plan::Plan;
use std::process::ExitCode;

/// Checks every point of a study and writes the units that it takes.
pub(super) fn plan(arguments: &PlanArguments) -> Result<ExitCode, Failure> {
    interruption::heed("interrupted: nothing is written");
    let study = sweep_plan::read(&arguments.study, &arguments.factors, &arguments.settings)?;
    sweep_plan::remark_on(&study, &arguments.study, arguments.quiet);
    let responses = sweep_plan::responses(&study.responses)?;
    start_threads(None)?;
    let points = study.plan();
    let precise = Precise { precision: Vec::new(), max_replications: None };
    let Some(CheckedPlan { first, points: checked, largest }) = sweep_plan::check(&precise, &points, 1)?
    else {
        remark("interrupted: nothing is written");
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    };
    foretold::fits(&largest)?;
    if checked.iter().any(|point| !point.planned.precision.is_empty()) {
        return Err(Failure::Invalid(format!(
            "{} asks for run.precision, by which later replications depend on earlier ones: units need their number, so add \
             --set 'run.precision=[]' and --replications N",
            arguments.study.display()
        )));
    }
    let lengths: Vec<(u32, f64)> =
        checked.iter().map(|point| (point.planned.replications, point.seconds)).collect();
    let seconds: f64 = lengths.iter().map(|length| length.1).sum();
    let orders: f64 = checked.iter().map(|point| point.orders).sum();
    let origin = origin_of(&study, arguments.settings.all());
    let (planned, manifest) =
        sweep_plan::manifest(&study, &origin, &arguments.study, &first, checked, &responses);
    let question = sweep_plan::asked(&manifest, &planned);
    let scenario_path = std::path::absolute(&manifest.scenario_file)
        .map_err(|error| Failure::Running(format!("{}: {error}", manifest.scenario_file)))?;
    let replications = PerPoint::of(planned.iter().map(|point| point.replications));
    let plan = Plan::new(
        manifest,
        question.as_str(),
        scenario_path,
        replications,
        cut(&lengths, arguments.unit_seconds),
    );
    plan.write(&arguments.out).map_err(Failure::Invalid)?;
    if !arguments.quiet {
        let folder = arguments.out.display();
        print(&format!(
            "{}: {} design points in {} units, about {:.1} million orders and {seconds:.0} seconds of one core in all\n\
             run them:   xargs -P 2 -n 1 redress unit --threads 1 {folder} < {folder}/units.txt\n\
             then:       redress report {folder}",
            plan.name,
            planned.len(),
            plan.units.len(),
            orders / 1e6
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
