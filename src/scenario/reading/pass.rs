//! One pass over a document, and what it gathers.

use super::catalogue::Catalogue;
use crate::scenario::columns::store::ColumnStore;
use crate::scenario::text::error::ScenarioError;
use crate::scenario::text::place::Place;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One pass over a document.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(super) errors: RefCell<Vec<ScenarioError>>,
    /// Keys and tables that are missing, with what is said of them unless they turn out to be misspelt.
    missing: RefCell<Vec<(String, ScenarioError)>>,
    /// Valid keys and tables that are proposed in place of unknown ones.
    proposed: RefCell<Vec<String>>,
    /// What a recording pass gathers.
    pub(super) catalogue: Option<RefCell<Catalogue>>,
    pub(super) file: PathBuf,
    /// Whether this is a scenario and no study.
    pub(super) is_scenario: bool,
    /// All keys of scenarios, for what is said of one that is not known.
    pub(super) known: Option<&'static Catalogue>,
    pub(super) incomplete: Option<&'static str>,
    /// Columns of observed values that were read so far.
    pub(crate) columns: Arc<ColumnStore>,
}

impl Reading {
    /// A pass over the scenario in `file`, whose unknown keys are compared with all `known` ones.
    pub(crate) fn of_scenario(file: &Path, known: &'static Catalogue) -> Self {
        Self { file: file.to_owned(), is_scenario: true, known: Some(known), ..Self::default() }
    }

    /// A pass over the study in `file`, which may mistake a key `known` from scenarios for one of its own.
    pub(crate) fn of_study(file: &Path, known: &'static Catalogue) -> Self {
        Self { file: file.to_owned(), known: Some(known), ..Self::default() }
    }

    /// A pass over no document, which visits every declaration.
    pub(crate) fn recording() -> Self {
        Self { catalogue: Some(RefCell::default()), is_scenario: true, ..Self::default() }
    }

    /// Does not report missing keys of `table`, part of which could not be read.
    pub(crate) fn incomplete(self, table: &'static str) -> Self {
        Self { incomplete: Some(table), ..self }
    }

    /// Takes columns of observed values from those read before.
    pub(crate) fn with_columns(self, columns: &Arc<ColumnStore>) -> Self {
        Self { columns: Arc::clone(columns), ..self }
    }

    /// Reports a violation.
    pub(crate) fn report(&self, place: Place, message: impl Into<String>) {
        self.errors.borrow_mut().push(ScenarioError::new(place, message));
    }

    /// Reports that a key or table is missing at `place`.
    pub(super) fn miss(&self, path: String, place: Place, message: String) {
        self.missing.borrow_mut().push((path, ScenarioError::new(place, message)));
    }

    /// Notes that `path` is proposed in place of an unknown key, which is reported.
    pub(super) fn propose(&self, path: &str) {
        self.proposed.borrow_mut().push(path.to_owned());
    }

    /// How many violations have been found so far.
    pub(crate) fn error_count(&self) -> usize {
        self.errors.borrow().len() + self.missing.borrow().len()
    }

    /// The violations found. What is missing because its key, or that of its table, is misspelt is told by the misspelt one.
    pub(crate) fn into_errors(self) -> Vec<ScenarioError> {
        let proposed = self.proposed.into_inner();
        let is_below = |path: &str, table: &str| {
            path.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let is_misspelt = |path: &str| proposed.iter().any(|near| is_below(path, near));
        let missing = self.missing.into_inner().into_iter().filter(|(path, _)| !is_misspelt(path));
        let mut errors = self.errors.into_inner();
        errors.extend(missing.map(|(_, error)| error));
        errors
    }

    /// What a recording pass gathered.
    pub(crate) fn into_catalogue(self) -> Catalogue {
        self.catalogue.map(RefCell::into_inner).unwrap_or_default()
    }
}
