//! Why results cannot be written, in one clear message with the way out.

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A file or folder that could not be written. Nothing half-written is left behind.
#[derive(Debug, Error)]
#[error("cannot write {}: {reason}", path.display())]
pub struct ExportError {
    /// What could not be written.
    pub path: PathBuf,
    /// Why, and what to do.
    pub reason: String,
    /// Whether what was asked for can never be written, such as a name that is too long.
    pub is_wrong_usage: bool,
}

impl ExportError {
    pub(crate) fn new(path: &Path, error: &io::Error) -> Self {
        let way_out = match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound | io::ErrorKind::ReadOnlyFilesystem => {
                "; choose another folder with --out"
            }
            io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge | io::ErrorKind::QuotaExceeded => {
                "; free some space, or choose another disk with --out"
            }
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                "; a file is in the way: choose another folder with --out"
            }
            io::ErrorKind::IsADirectory => "; a folder is in the way: choose another folder with --out",
            io::ErrorKind::InvalidFilename => "; choose a folder with a shorter name or path with --out",
            _ => "",
        };
        let words = error.to_string();
        let words = words.split(" (os error").next().unwrap_or(&words).to_lowercase();
        let is_wrong_usage = error.kind() == io::ErrorKind::InvalidFilename;
        Self { path: path.to_owned(), reason: format!("{words}{way_out}"), is_wrong_usage }
    }

    /// A folder that is not fit for results, whatever the system says.
    pub(super) fn unfit(path: &Path, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), reason: reason.into(), is_wrong_usage: false }
    }
}
