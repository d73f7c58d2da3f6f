//! `redress check`: validates scenarios and prints them resolved; touches nothing.

use super::args::{CheckArguments, Settings};
use super::failure::Failure;
use super::foretold;
use super::terminal::print;
use crate::experiment::Footprint;
use crate::scenario::{Scenario, ScenarioErrors, Source};
use std::path::Path;
use std::process::ExitCode;

/// Reads a scenario with the settings of the command line.
pub(super) fn resolve(path: &Path, settings: &Settings) -> Result<Scenario, ScenarioErrors> {
    let mut source = Source::read(path)?;
    apply(&mut source, settings)?;
    source.resolve()
}

/// Applies the settings of the command line.
pub(super) fn apply(source: &mut Source, settings: &Settings) -> Result<(), ScenarioErrors> {
    settings.all().iter().try_for_each(|setting| source.set(setting))
}

/// Checks every scenario; all that is wrong with any of them is reported.
pub(super) fn check(arguments: &CheckArguments) -> Result<ExitCode, Failure> {
    let mut errors = Vec::new();
    for path in &arguments.scenarios {
        match resolve(path, &arguments.settings) {
            Ok(_) if arguments.quiet => {}
            Ok(scenario) => {
                let threads = foretold::threads(None);
                let footprint = Footprint::of_run(&scenario.world, threads);
                print(&format!(
                    "# {} is valid; sha256 {}\n# a run takes {}\n{}",
                    path.display(),
                    scenario.hash,
                    foretold::words(&footprint, threads),
                    scenario.resolved
                ))?;
            }
            Err(found) => errors.push(found.to_string().trim_end().to_owned()),
        }
    }
    if errors.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(Failure::Invalid(errors.join("\n"))) }
}
