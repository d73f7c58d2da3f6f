//! Kinds of plain values: numbers, truth values, text, names from a list.

use crate::scenario::reading::catalogue::{Domain, Shape};
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::text::error::nearest;
use crate::scenario::text::node::{Item, number_text, quoted};

/// A whole number in a range.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole {
    /// Smallest.
    pub(crate) min: i64,
    /// Largest.
    pub(crate) max: i64,
}

impl Kind for Whole {
    type Value = i64;

    fn expects(&self) -> String {
        if self.max == i64::MAX {
            format!("a whole number from {}", self.min)
        } else {
            format!("a whole number from {} to {}", self.min, self.max)
        }
    }

    fn shape(&self) -> Shape {
        Shape::Whole
    }

    fn domain(&self) -> Domain {
        Domain::Numbers { least: self.min as f64, most: self.max as f64 }
    }

    fn example(&self) -> i64 {
        self.max.min(self.min.max(100))
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<i64> {
        match &cursor.node.item {
            Item::Whole(number) if (self.min..=self.max).contains(number) => Some(*number),
            Item::Whole(_) | Item::TooLarge(_) => cursor.out_of_range(&self.expects()),
            _ => cursor.wrong_type(&self.expects()),
        }
    }

    fn write(&self, value: &i64) -> String {
        value.to_string()
    }
}

/// A finite number in a range.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    /// Lower end.
    pub(crate) min: f64,
    /// Upper end, included.
    pub(crate) max: f64,
    /// Whether the lower end itself is left out.
    pub(crate) above: bool,
    /// The range in words.
    pub(crate) words: &'static str,
    /// A valid number.
    pub(crate) example: f64,
}

/// A probability.
pub(crate) const PROBABILITY: Number =
    Number { min: 0.0, max: 1.0, above: false, words: "a probability in [0, 1]", example: 0.1 };

/// A share of a whole.
pub(crate) const SHARE: Number =
    Number { min: 0.0, max: 1.0, above: false, words: "a share in [0, 1]", example: 0.5 };

/// A multiplier on the search weight.
pub(crate) const WEIGHT: Number =
    Number { min: 0.0, max: 10.0, above: false, words: "a search weight from 0 to 10", example: 0.5 };

impl Number {
    /// A number from `min` to `max`.
    pub(crate) const fn from(min: f64, max: f64, words: &'static str, example: f64) -> Self {
        Self { min, max, above: false, words, example }
    }

    /// A number above `min`, up to `max`.
    pub(crate) const fn above(min: f64, max: f64, words: &'static str, example: f64) -> Self {
        Self { min, max, above: true, words, example }
    }

    /// Whether the number lies in the range.
    pub(crate) fn admits(&self, number: f64) -> bool {
        number <= self.max && (number > self.min || (!self.above && number >= self.min))
    }
}

impl Kind for Number {
    type Value = f64;

    fn expects(&self) -> String {
        self.words.to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Number
    }

    fn domain(&self) -> Domain {
        Domain::Numbers { least: self.min, most: self.max }
    }

    fn example(&self) -> f64 {
        self.example
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<f64> {
        let number = finite(cursor, &self.expects())?;
        if self.admits(number) { Some(number) } else { cursor.out_of_range(&self.expects()) }
    }

    fn write(&self, value: &f64) -> String {
        number_text(*value)
    }
}

/// A finite number at the cursor.
pub(crate) fn finite(cursor: &Cursor<'_>, expected: &str) -> Option<f64> {
    match &cursor.node.item {
        Item::Whole(number) => Some(*number as f64),
        Item::Number(number) if number.is_finite() => Some(number + 0.0),
        Item::Number(_) | Item::TooLarge(_) => cursor.fail(&format!("is not finite: expected {expected}")),
        Item::Text(text) if crate::scenario::text::duration::duration(text).is_ok() => {
            cursor.fail(&format!("is a duration: expected {expected}"))
        }
        _ => cursor.wrong_type(expected),
    }
}

/// A sum of shares in as many digits as tell it from 1.
pub(crate) fn sum_text(sum: f64) -> String {
    let rounded = (sum * 1e9).round() / 1e9;
    if (rounded - 1.0).abs() < 1e-12 { number_text(sum) } else { number_text(rounded) }
}

/// A truth value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flag;

impl Kind for Flag {
    type Value = bool;

    fn expects(&self) -> String {
        "true or false".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Flag
    }

    fn example(&self) -> bool {
        true
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<bool> {
        match cursor.node.item {
            Item::Flag(flag) => Some(flag),
            _ => cursor.wrong_type("true or false"),
        }
    }

    fn write(&self, value: &bool) -> String {
        value.to_string()
    }
}

/// Text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text {
    /// Any text.
    Free,
    /// What stands in a cell, or at the head of a column.
    Label,
    /// The path of a file.
    Path,
    /// A name that can be part of a file name.
    Name,
}

impl Text {
    /// The most characters.
    pub(crate) const fn most(self) -> usize {
        match self {
            Self::Free => 10_000,
            Self::Path => 4_000,
            Self::Label | Self::Name => 100,
        }
    }
}

impl Kind for Text {
    type Value = String;

    fn expects(&self) -> String {
        match self {
            Self::Free | Self::Label => "text".to_owned(),
            Self::Path => "a path".to_owned(),
            Self::Name => "a name without slashes or control characters".to_owned(),
        }
    }

    fn shape(&self) -> Shape {
        Shape::Text
    }

    fn example(&self) -> String {
        match self {
            Self::Path => "baseline.toml".to_owned(),
            Self::Free | Self::Label | Self::Name => "usual".to_owned(),
        }
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<String> {
        let Some(text) = cursor.node.text() else {
            return cursor.wrong_type(&self.expects());
        };
        if let Some(excess) = excess(text, self.most()) {
            return cursor.fail(&excess);
        }
        let unfit = text.trim().is_empty()
            || text.starts_with('.')
            || text.contains(|c: char| c.is_control() || c == '/' || c == '\\');
        if matches!(self, Self::Name) && unfit {
            return cursor.fail(&format!("cannot be used: expected {}", self.expects()));
        }
        Some(text.to_owned())
    }

    fn write(&self, value: &String) -> String {
        quoted(value)
    }
}

/// What is said of a text of more than `most` characters; `None` if it is no longer.
pub(crate) fn excess(text: &str, most: usize) -> Option<String> {
    // No text has more characters than bytes.
    let length = if text.len() > most { text.chars().count() } else { 0 };
    (length > most).then(|| format!("has {length} characters: at most {most} are possible"))
}

/// One of a list of names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<T: 'static>(pub(crate) &'static [(&'static str, T)]);

impl<T: Copy + PartialEq> Choice<T> {
    /// The name of a value.
    pub(crate) fn name(&self, value: T) -> &'static str {
        self.0.iter().find(|(_, each)| *each == value).map_or("", |(name, _)| *name)
    }
}

impl<T: Copy + PartialEq> Kind for Choice<T> {
    type Value = T;

    fn expects(&self) -> String {
        let names: Vec<String> = self.0.iter().map(|(name, _)| quoted(name)).collect();
        match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, first)) => format!("{} or {last}", first.join(", ")),
            None => String::new(),
        }
    }

    fn shape(&self) -> Shape {
        Shape::Choice
    }

    fn domain(&self) -> Domain {
        Domain::Names(self.0.iter().map(|(name, _)| *name).collect())
    }

    fn example(&self) -> T {
        self.0[0].1
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<T> {
        let Some(text) = cursor.node.text() else {
            return cursor.wrong_type(&self.expects());
        };
        if let Some((_, value)) = self.0.iter().find(|(name, _)| *name == text) {
            return Some(*value);
        }
        match nearest(text, self.0.iter().map(|(name, _)| *name)) {
            Some(near) => cursor.fail(&format!("is unknown; did you mean \"{near}\"?")),
            None => cursor.fail(&format!("is unknown: expected {}", self.expects())),
        }
    }

    fn write(&self, value: &T) -> String {
        quoted(self.name(*value))
    }
}
