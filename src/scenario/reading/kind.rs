//! Kinds of values, and the value at hand.

use super::catalogue::{Domain, Shape};
use super::pass::Reading;
use crate::scenario::text::error::shortened;
use crate::scenario::text::node::{Item, Node, number_text};

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
    /// What the kind takes in numbers or names.
    fn domain(&self) -> Domain {
        Domain::Words
    }
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

impl Cursor<'_> {
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
        let way_out =
            self.number_meant(expected).map_or_else(String::new, |meant| format!("; write {meant}"));
        let found = self.node.item.type_name();
        self.fail(&format!("has the wrong type: expected {expected}, found {found}{way_out}"))
    }

    /// The number that a text stands for where one is expected: in quotation marks, or in hundredths.
    fn number_meant(&self, expected: &str) -> Option<String> {
        let is_number = ["number", "share", "probability", "amount", "weight"];
        if !is_number.iter().any(|word| expected.contains(word)) {
            return None;
        }
        let text = self.node.text()?.trim();
        let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
        match text.strip_suffix('%') {
            Some(percent) => number(percent.trim()).map(|number| number_text(number / 100.0)),
            None => number(text).map(|_| format!("{text} without quotation marks")),
        }
    }

    /// The elements of an array, if the value is one.
    pub(crate) fn elements(&self) -> Option<Vec<Self>> {
        let Item::List(nodes) = &self.node.item else {
            return None;
        };
        let cursor = |(index, node)| Self { path: format!("{}[{index}]", self.path), node, ..self.clone() };
        Some(nodes.iter().enumerate().map(cursor).collect())
    }
}
