//! A scenario with the settings of the command line.

use super::args::Settings;
use super::terminal::remark;
use crate::scenario::{Scenario, ScenarioErrors, Source};
use std::path::Path;

/// Reads a scenario with the settings of the command line; all that is wrong with either is reported.
pub(super) fn read(path: &Path, settings: &Settings) -> Result<(Source, Scenario), ScenarioErrors> {
    let mut source = Source::read(path)?;
    match (apply(&mut source, settings), source.resolve()) {
        (Ok(()), resolved) => resolved.map(|scenario| (source, scenario)),
        (Err(errors), Ok(_)) => Err(errors),
        (Err(errors), Err(more)) => Err(errors.and(more)),
    }
}

/// Applies the settings of the command line, and says what is wrong with any of them.
pub(super) fn apply(source: &mut Source, settings: &Settings) -> Result<(), ScenarioErrors> {
    let errors = settings.all().into_iter().filter_map(|setting| source.set(&setting).err());
    errors.reduce(ScenarioErrors::and).map_or(Ok(()), Err)
}

/// Says what is odd about a valid scenario.
pub(super) fn remark_on(scenario: &Scenario) {
    scenario.remarks.iter().for_each(|words| remark(&format!("warning: {words}")));
}
