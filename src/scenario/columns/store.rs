//! Columns that have been read, kept for all points of a study: each is read once and held once.

use super::csv_column::{Format, Problem, values};
use crate::scenario::text::file;
use crate::scenario::text::sha256::sha256;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The largest file that holds observed values among other columns.
const MOST_BYTES: u64 = 256 << 20;

/// A column of observed values.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Ascending, times in seconds.
    pub(crate) values: Arc<[f64]>,
    /// The largest number as the file has it, before its unit.
    pub(crate) largest: f64,
    /// SHA-256 of the file.
    pub(crate) sha256: String,
}

/// The columns read so far by file and format, shared by all copies of a scenario.
#[derive(Debug, Default)]
pub(crate) struct ColumnStore {
    columns: Mutex<BTreeMap<(PathBuf, Format), Result<Column, Problem>>>,
    /// What the canonical text says in place of long columns.
    names: Mutex<Vec<(Arc<[f64]>, String)>>,
}

impl ColumnStore {
    /// The column, from the file if it was not read before.
    pub(crate) fn column(&self, path: &Path, format: &Format) -> Result<Column, Problem> {
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (path.to_owned(), format.clone());
        columns.entry(key).or_insert_with(|| column(path, format)).clone()
    }

    /// Has the canonical text say `text` in place of these values.
    pub(crate) fn name(&self, values: &Arc<[f64]>, text: String) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.iter().any(|(named, known)| Arc::ptr_eq(named, values) && *known == text) {
            names.retain(|(named, _)| !Arc::ptr_eq(named, values));
            names.push((Arc::clone(values), text));
        }
    }

    /// What the canonical text says in place of these values.
    pub(crate) fn name_of(&self, values: &Arc<[f64]>) -> Option<String> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.iter().find(|(named, _)| Arc::ptr_eq(named, values)).map(|(_, text)| text.clone())
    }
}

fn column(path: &Path, format: &Format) -> Result<Column, Problem> {
    let unreadable = |problem: String| Problem::File(format!("cannot read {}: {problem}", path.display()));
    if path.is_dir() {
        return Err(unreadable("it is a directory".to_owned()));
    }
    let bytes = file::bytes(path, MOST_BYTES).map_err(unreadable)?;
    let sha256 = sha256(&bytes);
    let (mut values, largest) = values(path, bytes, format)?;
    values.sort_unstable_by(f64::total_cmp);
    Ok(Column { values: values.into(), largest, sha256 })
}
