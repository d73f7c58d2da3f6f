//! What went wrong, with its exit status.

use crate::scenario::ScenarioErrors;
use std::process::ExitCode;

/// A failure with its exit status.
#[derive(Debug)]
pub(super) enum Failure {
    /// Wrong usage; nothing was written.
    Invalid(String),
    /// An invalid scenario or study; nothing was written.
    Scenario(ScenarioErrors),
    /// Something failed while running; nothing half-written is left.
    Running(String),
}

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Invalid(_) | Self::Scenario(_) => 2,
            Self::Running(_) => 1,
        })
    }
}
