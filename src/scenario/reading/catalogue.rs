//! The catalogue of keys: what the declarations that read a file tell of it.

use crate::scenario::text::error::nearest;

/// The type that a key takes in TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// A truth value.
    Flag,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A duration or deadline as text.
    Duration,
    /// A constant or a table that names a distribution.
    Distribution,
    /// An array.
    List,
    /// A name or a table.
    Choice,
}

/// What a key takes, as far as numbers and names say it; the rest is said in words.
#[derive(Clone, Debug, PartialEq)]
pub enum Domain {
    /// Numbers between two ends, which may be infinite.
    Numbers {
        /// The lower end.
        least: f64,
        /// The upper end.
        most: f64,
    },
    /// Durations in whole days, from one on.
    WholeDays {
        /// The most days.
        most: i64,
    },
    /// One of some names.
    Names(Vec<&'static str>),
    /// Said in words alone.
    Words,
}

/// A key of the scenario file.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Dotted path; `sellers[]` stands for each segment.
    pub path: String,
    /// Its type.
    pub shape: Shape,
    /// What it takes, in words.
    pub expects: String,
    /// The same in numbers or names.
    pub domain: Domain,
    /// Its default: TOML, or words where it follows something else; `None` if the key must be given,
    /// `"none"` in quotes if it may be left out.
    pub default: Option<String>,
    /// A valid value as TOML.
    pub example: String,
}

/// What the declarations tell about the tables and keys of a scenario.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    /// Keys with a value.
    pub(crate) keys: Vec<Key>,
    /// Tables and arrays of tables whose keys merge or are declared one by one.
    pub(crate) tables: Vec<String>,
    /// A key and the one beside it that it displaces.
    pub(crate) rivals: Vec<(String, &'static str)>,
}

impl Catalogue {
    /// The declared key at `path`, a path with `[]` for each segment.
    pub(crate) fn key(&self, path: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.path == path)
    }

    /// Whether `path` leads into the value of a key, such as a parameter of a distribution.
    pub(crate) fn reaches(&self, path: &str) -> bool {
        let is_inside =
            |key: &&Key| path.strip_prefix(key.path.as_str()).is_some_and(|rest| rest.starts_with('.'));
        self.keys.iter().any(|key| is_inside(&key))
    }

    /// Whether the table at `path` merges key by key.
    pub(crate) fn merges(&self, path: &str) -> bool {
        path.is_empty() || self.tables.iter().any(|table| table == path)
    }

    /// Whether a table or an array of tables of this name is at the top level.
    pub(crate) fn has_table(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table.strip_suffix("[]").unwrap_or(table) == name)
    }

    /// The keys beside the one at `path` that it displaces.
    pub(crate) fn displaced(&self, path: &str) -> impl Iterator<Item = &'static str> {
        self.rivals.iter().filter(move |(key, _)| key == path).map(|(_, rival)| *rival)
    }

    /// The valid path that is nearest to a wrong one: the same last key elsewhere, if it is at one place alone, or a similar
    /// spelling of the last key and of the whole.
    pub(crate) fn nearest(&self, wrong: &str) -> Option<&str> {
        let wrong = pattern(wrong);
        let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
        let paths =
            || self.keys.iter().map(|key| key.path.as_str()).chain(self.tables.iter().map(String::as_str));
        let wrong_key = last(&wrong);
        let is_near = |path: &&str| nearest(&wrong_key, std::iter::once(&*last(path))).is_some();
        let mut same = paths().filter(|path| last(path) == wrong_key);
        same.next().filter(|_| same.next().is_none()).or_else(|| nearest(&wrong, paths().filter(is_near)))
    }
}

/// A path with every index left out.
fn pattern(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        inside = inside && character != ']';
        if !inside {
            pattern.push(character);
        }
        inside = inside || character == '[';
    }
    pattern
}
