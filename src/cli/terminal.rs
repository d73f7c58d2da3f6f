//! What is said to the user: results on standard output, all else on standard error.

use super::failure::Failure;
use std::io::{ErrorKind, Write, stderr, stdout};

/// Prints a result. A reader that has gone away, as `head` does, wants no more of it: that is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let words = error.to_string();
            let words = words.split(" (os error").next().unwrap_or(&words).to_lowercase();
            Err(Failure::Running(format!("cannot write to standard output: {words}")))
        }
        _ => Ok(()),
    }
}

/// Says what is no result. If even this cannot be written there is nobody left to tell; the exit status says it.
pub(super) fn remark(text: &str) {
    let _ = writeln!(stderr(), "{text}");
}
