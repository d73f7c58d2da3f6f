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
    /// A violation at `place`; control characters of what it quotes are escaped.
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: one_line(message.into()) }
    }

    /// What is wrong and what to write instead, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where: `file:line:column`, or the option that set the value.
    pub fn place(&self) -> String {
        one_line(self.place.to_string())
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}: {}", self.place(), self.message)
    }
}

/// The text on one line that moves no cursor: control characters as `\n` or `\u{1b}`.
fn one_line(text: String) -> String {
    if !text.contains(char::is_control) {
        return text;
    }
    let mut line = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
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
    let length = wrong.chars().count();
    let distance = |name: &'a str| {
        let own_length = name.chars().count();
        let limit = (own_length / 3).clamp(1, 4);
        // Names are at least as far apart as their lengths, which spares most of them the comparison.
        let could_be_near = length.abs_diff(own_length) <= limit;
        could_be_near.then(|| strsim::damerau_levenshtein(wrong, name)).filter(|&distance| distance <= limit)
    };
    names.filter_map(|name| Some((distance(name)?, name))).min().map(|(_, name)| name)
}

/// Names as a list in words: `a, b, c`.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}
