//! What is wrong with a scenario: every violation, each with its place and the way out.

use super::place::Place;
use std::fmt;
use std::ops::Range;
use std::path::Path;

/// One violation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScenarioError {
    place: Place,
    message: String,
}

impl ScenarioError {
    /// A violation at `place`; what the message quotes moves no cursor, and of a very long one the middle is left out.
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: one_line(&bounded(message.into(), MOST_CHARACTERS)) }
    }

    /// What is wrong and what to write instead, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether both are at one place.
    pub(crate) fn is_beside(&self, other: &Self) -> bool {
        self.place == other.place
    }

    /// The same with other words.
    pub(crate) fn saying(self, message: impl Into<String>) -> Self {
        Self::new(self.place, message)
    }

    /// Where: `file:line:column`, or the option that set the value.
    pub fn place(&self) -> String {
        one_line(&bounded(self.place.to_string(), MOST_CHARACTERS))
    }

    /// The line of the file that it is about; `None` of what an option sets, or of a file as a whole.
    pub fn excerpt(&self) -> Option<Excerpt<'_>> {
        self.place.excerpt().map(|(number, text, meant)| Excerpt { number, text, meant })
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}: {}", self.place(), self.message)
    }
}

/// A line of a scenario file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// Its number, from 1.
    pub number: u32,
    /// The line, without its end.
    pub text: &'a str,
    /// The bytes of it that are meant; empty if only the place where they begin is known.
    pub meant: Range<usize>,
}

/// The most characters of a message, or of a place, before it is escaped.
const MOST_CHARACTERS: usize = 1500;

/// The most violations that are shown; the others are counted.
const MOST_SHOWN: usize = 50;

/// The text without its middle if it is longer than `most`: a message names the key at its beginning and the way out at its end.
fn bounded(text: String, most: usize) -> String {
    // No text has more characters than bytes.
    if text.len() <= most || text.chars().count() <= most {
        return text;
    }
    let (first, last) = (most * 2 / 3, most / 3);
    let head = text.char_indices().nth(first).map_or(text.len(), |(at, _)| at);
    let tail = text.char_indices().nth_back(last - 1).map_or(0, |(at, _)| at);
    format!("{} … {}", &text[..head], &text[tail..])
}

/// The text cut to `most` characters, the last of them an ellipsis if it is longer.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

/// Whether a character moves the cursor, or the characters around it: controls, line separators, marks of direction.
pub(crate) fn is_unruly(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line that moves no cursor: control characters as `\n` or `\u{1b}`.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_unruly(character) {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

/// All that is wrong with a scenario or a study; never empty. Of very many violations the first ones are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioErrors(Vec<ScenarioError>);

impl ScenarioErrors {
    /// The violations in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = &ScenarioError> {
        self.0.iter()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// All of `errors`, sorted by place and without repetitions.
    pub(crate) fn all(mut errors: Vec<ScenarioError>) -> Self {
        errors.sort();
        errors.dedup();
        Self(errors)
    }

    /// Both these and others, in the order of their places.
    pub fn and(self, others: Self) -> Self {
        Self::all(self.0.into_iter().chain(others.0).collect())
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
        for (number, error) in self.0.iter().take(MOST_SHOWN).enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        match self.0.len().saturating_sub(MOST_SHOWN) {
            0 => Ok(()),
            more => write!(f, "\nerror: and {more} more: mend these first"),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_loses_its_middle_and_a_short_one_nothing() {
        assert_eq!(bounded("äöü".repeat(3), 9), "äöüäöüäöü");
        assert_eq!(bounded("äöüabcdefß".to_owned(), 9), "äöüabc … efß");
        assert_eq!((shortened("äöü", 3), shortened("äöüa", 3)), ("äöü".to_owned(), "äö…".to_owned()));
    }

    #[test]
    fn marks_of_direction_are_escaped_like_control_characters() {
        assert_eq!(one_line("a\u{202e}b\u{7}\u{2067}c é"), "a\\u{202e}b\\u{7}\\u{2067}c é");
    }
}
