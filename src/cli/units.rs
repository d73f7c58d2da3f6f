//! Finished units of a study: beside its results while it runs, among them when it is done.

use super::failure::Failure;
use crate::experiment::{Store, StoreError};
use crate::export::{ExportError, RunDirectory};

/// The units among the results, in the order of the design.
pub(super) const UNITS: &str = "units.bin";

/// Opens the working store of a study: what an interrupted or killed command has left, or else what the results hold that are
/// to be replaced; with `fresh` an empty one.
pub(super) fn open(directory: &RunDirectory, fresh: bool) -> Result<Store, Failure> {
    let path = directory.working_file(".units");
    let known = directory.target().join(UNITS);
    if !fresh && path.symlink_metadata().is_err() && known.is_file() {
        // Only what this program wrote is there: the folder was looked into. If it cannot be copied all is simulated again.
        let _ = std::fs::copy(&known, &path);
    }
    let store = Store::open(&path).map_err(failure)?;
    if fresh {
        store.clear().map_err(failure)?;
    }
    Ok(store)
}

/// Removes the working store of a study that is done.
pub(super) fn discard(store: &Store) {
    // What cannot be removed is taken for what it is by the next command.
    let _ = std::fs::remove_file(store.path());
}

/// What is said of a store that cannot be used.
pub(super) fn failure(error: StoreError) -> Failure {
    match error {
        StoreError::Unusable { path, reason } => ExportError::new(&path, &reason).into(),
        other => Failure::Running(other.to_string()),
    }
}
