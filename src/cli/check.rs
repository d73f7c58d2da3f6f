//! `redress check`: validates scenarios and prints them resolved; touches nothing.

use super::args::{CheckArguments, Settings};
use super::failure::Failure;
use super::foretold;
use super::terminal::print;
use crate::experiment::Footprint;
use crate::scenario::{ScenarioErrors, Source};
use std::path::Path;
use std::process::ExitCode;

/// Reads a scenario with the settings of the command line.
pub(super) fn read(path: &Path, settings: &Settings) -> Result<Source, ScenarioErrors> {
    let mut source = Source::read(path)?;
    apply(&mut source, settings)?;
    Ok(source)
}

/// Applies the settings of the command line.
pub(super) fn apply(source: &mut Source, settings: &Settings) -> Result<(), ScenarioErrors> {
    settings.all().iter().try_for_each(|setting| source.set(setting))
}

/// Checks every scenario; all that is wrong with any of them is reported.
pub(super) fn check(arguments: &CheckArguments) -> Result<ExitCode, Failure> {
    let mut errors = Vec::new();
    for path in &arguments.scenarios {
        match read(path, &arguments.settings).and_then(|source| source.resolve()) {
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
