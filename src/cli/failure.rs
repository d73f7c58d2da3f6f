//! What went wrong, as the user sees it.

use std::fmt;
use std::process::ExitCode;

/// A failure with its exit status.
#[derive(Debug)]
pub(super) enum Failure {
    /// Wrong usage or an invalid scenario; nothing was written.
    Invalid(String),
    /// Something failed while running; nothing half-written is left.
    Running(String),
}

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Invalid(_) => 2,
            Self::Running(_) => 1,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Invalid(words) | Self::Running(words)) = self;
        if words.starts_with("error: ") { f.write_str(words) } else { write!(f, "error: {words}") }
    }
}
