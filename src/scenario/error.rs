//! What is wrong with a scenario: every violation, each with its place and the way out.

use super::place::Place;
use std::fmt;
use std::path::Path;

/// One violation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScenarioError {
    place: Place,
    message: String,
}

impl ScenarioError {
    /// A violation at `place`.
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }

    /// What is wrong and what to write instead, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where: `file:line:column`, or the option that set the value.
    pub fn place(&self) -> String {
        self.place.to_string()
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}: {}", self.place, self.message)
    }
}

/// All that is wrong with a scenario or a study; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioErrors(Vec<ScenarioError>);

impl ScenarioErrors {
    /// The violations in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = &ScenarioError> {
        self.0.iter()
    }

    /// All of `errors`, sorted by place and without repetitions.
    pub(crate) fn all(mut errors: Vec<ScenarioError>) -> Self {
        errors.sort();
        errors.dedup();
        Self(errors)
    }

    /// A single violation.
    pub(crate) fn one(place: Place, message: impl Into<String>) -> Self {
        Self(vec![ScenarioError::new(place, message)])
    }

    /// A single violation of a file as a whole.
    pub(crate) fn file(path: &Path, message: impl Into<String>) -> Self {
        Self::one(Place::file(path), message)
    }

    /// The violations themselves.
    pub(crate) fn into_vec(self) -> Vec<ScenarioError> {
        self.0
    }
}

impl fmt::Display for ScenarioErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, error) in self.0.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ScenarioErrors {}

/// The names nearest to a misspelt one come first; `None` if none is near.
pub(crate) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|&(distance, name)| distance <= (name.chars().count() / 3).clamp(1, 4))
        .min()
        .map(|(_, name)| name)
}

/// Names as a list in words: `a, b, c`.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}
