//! `redress check`: validates scenarios and prints them resolved, and validates studies; touches nothing.

use super::args::{CheckArguments, Settings};
use super::failure::Failure;
use super::foretold;
use super::sensitivity;
use super::session::expected_orders;
use super::settings::{apply, read, remark_on};
use super::terminal::print;
use super::tune;
use crate::experiment::Footprint;
use crate::scenario::{DesignPoint, Factor, Scenario, ScenarioErrors, Study, is_study};
use std::path::Path;
use std::process::ExitCode;

/// Reads a study with the settings of the command line, and counts its design points and their orders.
fn resolve_study(path: &Path, settings: &Settings) -> Result<(Study, usize, u64), ScenarioErrors> {
    let mut study = Study::read_for_its_use(path)?;
    let set = apply(study.source_mut(), settings).and_then(|()| study.reject_hidden(&settings.all()));
    let points = if study.has_open_ranges() { ends(&study) } else { study.scenarios() };
    match (set, points) {
        (Ok(()), Ok(points)) => {
            let orders = expected_orders(points.iter().map(|(_, scenario)| &scenario.world));
            Ok((study, points.len(), orders))
        }
        (Ok(()), Err(errors)) | (Err(errors), Ok(_)) => Err(errors),
        (Err(errors), Err(more)) => Err(errors.and(more)),
    }
}

/// The points of a study whose ranges have no number of points that tell whether all are valid: the ends and the middle.
fn ends(study: &Study) -> Result<Vec<(DesignPoint, Scenario)>, ScenarioErrors> {
    let point = |share: f64| {
        let point = study.point_at(0, &vec![share; study.factors.len()]);
        study.scenario_of(&point).map(|scenario| (point, scenario))
    };
    [0.0, 0.5, 1.0].into_iter().map(point).collect()
}

/// Checks every scenario; all that is wrong with any of them is reported.
pub(super) fn check(arguments: &CheckArguments) -> Result<ExitCode, Failure> {
    let mut errors: Option<ScenarioErrors> = None;
    let mut refuse = |found: ScenarioErrors| {
        errors = Some(match errors.take() {
            Some(before) => before.and(found),
            None => found,
        });
    };
    for path in &arguments.scenarios {
        if is_study(path) {
            match resolve_study(path, &arguments.settings) {
                Ok(_) if arguments.quiet => {}
                Ok((study, points, orders)) => {
                    let path = path.display();
                    let size = if study.has_open_ranges() {
                        let (command, cost) = if study.tuning.is_some() {
                            ("tune", tune::cost(&study)?)
                        } else {
                            ("sensitivity", sensitivity::cost(&study)?)
                        };
                        format!(
                            "its ranges have no number of points, valid at both ends and in the middle\n\
                             # redress {command} takes {cost}"
                        )
                    } else {
                        format!("{points} design points, about {orders} orders in all")
                    };
                    print(&format!("# {path} is a valid study: {size}\n{}", factors(&study)))?;
                }
                Err(found) => refuse(found),
            }
            continue;
        }
        match read(path, &arguments.settings) {
            Ok(_) if arguments.quiet => {}
            Ok((_, scenario)) => {
                let threads = foretold::threads(None);
                let footprint = Footprint::of_run(&scenario.world, threads);
                remark_on(&scenario);
                print(&format!(
                    "# {} is valid; sha256 {}\n# a run takes {}\n{}",
                    path.display(),
                    scenario.hash,
                    foretold::words(&footprint, threads),
                    scenario.resolved
                ))?;
            }
            Err(found) => refuse(found),
        }
    }
    errors.map_or(Ok(ExitCode::SUCCESS), |errors| Err(errors.into()))
}

/// One line per factor.
fn factors(study: &Study) -> String {
    let line =
        |factor: &Factor| format!("# {}: {} of {}", factor.name, factor.extent(), factor.keys.join(", "));
    study.factors.iter().map(line).collect::<Vec<String>>().join("\n")
}
