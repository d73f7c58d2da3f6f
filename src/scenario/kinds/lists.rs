//! Kinds of arrays in studies.

use super::plain::excess;
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::text::node::{Item, Node, quoted};

/// The most characters of a string in an array: more than a key has, or what fits a cell.
const MOST_CHARACTERS: usize = 200;

/// An array of strings that is not empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts {
    /// What is expected, in words.
    pub(crate) words: &'static str,
}

impl Kind for Texts {
    type Value = Vec<String>;

    fn expects(&self) -> String {
        self.words.to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::List
    }

    fn example(&self) -> Vec<String> {
        vec!["run.days".to_owned()]
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Vec<String>> {
        let Some(elements) = cursor.elements() else {
            return cursor.wrong_type(self.words);
        };
        if elements.is_empty() {
            return cursor.fail(&format!("is empty: expected {}", self.words));
        }
        let text = |element: &Cursor<'_>| match element.node.text() {
            Some(text) => match excess(text, MOST_CHARACTERS) {
                Some(excess) => element.fail(&excess),
                None => Some(text.to_owned()),
            },
            None => element.wrong_type("a string"),
        };
        elements.iter().map(text).collect()
    }

    fn write(&self, value: &Vec<String>) -> String {
        let shown: Vec<String> = value.iter().map(|text| quoted(text)).collect();
        format!("[{}]", shown.join(", "))
    }
}

/// An array of values of any kind that is not empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raw;

impl Kind for Raw {
    type Value = Vec<Node>;

    fn expects(&self) -> String {
        "an array of values".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::List
    }

    fn example(&self) -> Vec<Node> {
        Vec::new()
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Vec<Node>> {
        match &cursor.node.item {
            Item::List(nodes) if nodes.is_empty() => cursor.fail("is empty: expected an array of values"),
            Item::List(nodes) => Some(nodes.clone()),
            _ => cursor.wrong_type("an array of values"),
        }
    }

    fn write(&self, value: &Vec<Node>) -> String {
        let shown: Vec<String> = value.iter().map(|node| node.item.show()).collect();
        format!("[{}]", shown.join(", "))
    }
}
