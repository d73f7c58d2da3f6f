//! One pass over a document: what it gathers, the kinds of values it meets, the value at hand.

use super::catalogue::{Catalogue, Shape};
use super::column_store::ColumnStore;
use super::error::{ScenarioError, shortened};
use super::node::{Item, Node};
use super::place::Place;
use super::section::Section;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most characters of a value that a message quotes.
const MOST_QUOTED: usize = 60;

/// How one kind of value is read, described and written.
pub(crate) trait Kind {
    /// The value.
    type Value;
    /// What the kind takes, in words that follow "expected".
    fn expects(&self) -> String;
    /// The type in TOML.
    fn shape(&self) -> Shape;
    /// A valid value, for messages and as a stand-in after an error.
    fn example(&self) -> Self::Value;
    /// The value at the cursor; reports what is wrong and returns `None` if it is not valid.
    fn read(&self, cursor: &Cursor<'_>) -> Option<Self::Value>;
    /// The canonical text.
    fn write(&self, value: &Self::Value) -> String;
    /// The canonical text of a value of this pass, which names long columns instead of repeating them.
    fn write_in(&self, _reading: &Reading, value: &Self::Value) -> String {
        self.write(value)
    }
}

/// One pass over a document.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(super) errors: RefCell<Vec<ScenarioError>>,
    pub(super) catalogue: Option<RefCell<Catalogue>>,
    pub(super) file: PathBuf,
    pub(super) scenario: bool,
    pub(super) incomplete: Option<&'static str>,
    pub(super) columns: Arc<ColumnStore>,
}

impl Reading {
    /// A pass over the scenario or study in `file`; a scenario's unknown keys are compared with all keys.
    pub(crate) fn of(file: &Path, scenario: bool) -> Self {
        Self {
            errors: RefCell::default(),
            catalogue: None,
            file: file.to_owned(),
            scenario,
            incomplete: None,
            columns: Arc::default(),
        }
    }

    /// A pass over no document, which visits every declaration.
    pub(crate) fn recording() -> Self {
        Self {
            errors: RefCell::default(),
            catalogue: Some(RefCell::default()),
            file: PathBuf::new(),
            scenario: true,
            incomplete: None,
            columns: Arc::default(),
        }
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

    /// How many violations have been found so far.
    pub(crate) fn error_count(&self) -> usize {
        self.errors.borrow().len()
    }

    /// The violations found.
    pub(crate) fn into_errors(self) -> Vec<ScenarioError> {
        self.errors.into_inner()
    }

    /// What a recording pass gathered.
    pub(crate) fn into_catalogue(self) -> Catalogue {
        self.catalogue.map(RefCell::into_inner).unwrap_or_default()
    }
}

/// A value on its way to be read.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    /// The pass.
    pub(crate) reading: &'a Reading,
    /// The key, for messages.
    pub(crate) path: String,
    /// The value.
    pub(crate) node: &'a Node,
}

impl<'a> Cursor<'a> {
    /// Reports that the value is wrong: `KEY = VALUE` followed by `problem`.
    pub(crate) fn fail<T>(&self, problem: &str) -> Option<T> {
        let message = format!("{} = {} {problem}", self.path, shortened(&self.node.item.show(), MOST_QUOTED));
        self.reading.report(self.node.place.clone(), message);
        None
    }

    /// Reports a value outside the range of its kind.
    pub(crate) fn out_of_range<T>(&self, expected: &str) -> Option<T> {
        self.fail(&format!("is out of range: expected {expected}"))
    }

    /// Reports a value of another TOML type.
    pub(crate) fn wrong_type<T>(&self, expected: &str) -> Option<T> {
        self.fail(&format!("has the wrong type: expected {expected}, found {}", self.node.item.type_name()))
    }

    /// The elements of an array, if the value is one.
    pub(crate) fn elements(&self) -> Option<Vec<Self>> {
        let Item::List(nodes) = &self.node.item else {
            return None;
        };
        let cursor = |(index, node)| Self { path: format!("{}[{index}]", self.path), node, ..self.clone() };
        Some(nodes.iter().enumerate().map(cursor).collect())
    }

    /// The value as a table to read key by key.
    pub(crate) fn section(&self) -> Option<Section<'a>> {
        let table = self.node.table()?;
        Some(Section::new(self.reading, self.path.clone(), self.node.place.clone(), Some(table)))
    }
}
