//! Raw TOML with the place of every key and value.

use super::error::ScenarioErrors;
use super::place::{Lines, Place};
use super::syntax::syntax;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// A table by key.
pub(crate) type Table = BTreeMap<String, Node>;

/// A value with its places.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Where its key is; for an element of an array, where the element is.
    pub(crate) key: Place,
    /// Where the value is.
    pub(crate) place: Place,
    /// The value.
    pub(crate) item: Item,
}

/// A TOML value.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// A string.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A decimal number, perhaps not finite.
    Number(f64),
    /// A truth value.
    Flag(bool),
    /// A date or a time of day; no key takes one.
    Date(String),
    /// An array.
    List(Vec<Node>),
    /// A table.
    Table(Table),
    /// A whole number too large for any key.
    TooLarge(String),
}

impl Item {
    /// The type, in words for a message.
    pub(crate) const fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Whole(_) | Self::TooLarge(_) => "a whole number",
            Self::Number(_) => "a decimal number",
            Self::Flag(_) => "a boolean",
            Self::Date(_) => "a date or time",
            Self::List(_) => "an array",
            Self::Table(_) => "a table",
        }
    }

    /// The value as in a file.
    pub(crate) fn show(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number_text(*number),
            Self::Flag(flag) => flag.to_string(),
            Self::Date(text) | Self::TooLarge(text) => text.clone(),
            Self::List(elements) => {
                let shown: Vec<String> = elements.iter().map(|element| element.item.show()).collect();
                format!("[{}]", shown.join(", "))
            }
            Self::Table(table) if table.is_empty() => "{}".to_owned(),
            Self::Table(table) => {
                let shown: Vec<String> =
                    table.iter().map(|(key, node)| format!("{key} = {}", node.item.show())).collect();
                format!("{{ {} }}", shown.join(", "))
            }
        }
    }
}

impl Node {
    /// A whole file.
    pub(crate) fn document(path: &Path, text: &str) -> Result<Self, ScenarioErrors> {
        let lines = Lines::new(path, text);
        let (document, errors) = DeTable::parse_recoverable(text);
        if let Some(error) = errors.first() {
            let span = error.span().unwrap_or(0..0);
            let message = syntax(error.message(), text, &span);
            return Err(ScenarioErrors::one(lines.place(span), message));
        }
        let item = table(document.get_ref(), &|span| lines.place(span));
        Ok(Self { key: Place::file(path), place: Place::file(path), item })
    }

    /// One value that an option gives; text that is no TOML value is a string.
    pub(crate) fn value(text: &str, place: &Place) -> Result<Self, ScenarioErrors> {
        let item = match DeValue::parse(text) {
            Ok(value) => item(value.get_ref(), &|_| place.clone()),
            Err(error) if text.trim_start().starts_with(['{', '[', '"', '\'']) => {
                let message = format!("{text} is not a TOML value: {}", first_line(error.message()));
                return Err(ScenarioErrors::one(place.clone(), message));
            }
            Err(_) => Item::Text(text.to_owned()),
        };
        Ok(Self { key: place.clone(), place: place.clone(), item })
    }

    /// A value of the `toml` crate, all of it at one place.
    pub(crate) fn from_toml(value: &toml::Value, place: &Place) -> Self {
        let item = match value {
            toml::Value::String(text) => Item::Text(text.clone()),
            toml::Value::Integer(number) => Item::Whole(*number),
            toml::Value::Float(number) => Item::Number(*number),
            toml::Value::Boolean(flag) => Item::Flag(*flag),
            toml::Value::Datetime(date) => Item::Date(date.to_string()),
            toml::Value::Array(elements) => {
                Item::List(elements.iter().map(|element| Self::from_toml(element, place)).collect())
            }
            toml::Value::Table(table) => Item::Table(
                table.iter().map(|(key, value)| (key.clone(), Self::from_toml(value, place))).collect(),
            ),
        };
        Self { key: place.clone(), place: place.clone(), item }
    }

    /// The value without its places.
    pub(crate) fn to_toml(&self) -> toml::Value {
        match &self.item {
            Item::Text(text) | Item::Date(text) | Item::TooLarge(text) => toml::Value::String(text.clone()),
            Item::Whole(number) => toml::Value::Integer(*number),
            Item::Number(number) => toml::Value::Float(*number),
            Item::Flag(flag) => toml::Value::Boolean(*flag),
            Item::List(elements) => toml::Value::Array(elements.iter().map(Self::to_toml).collect()),
            Item::Table(table) => {
                toml::Value::Table(table.iter().map(|(key, node)| (key.clone(), node.to_toml())).collect())
            }
        }
    }

    /// The table, if it is one.
    pub(crate) const fn table(&self) -> Option<&Table> {
        match &self.item {
            Item::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The text, if it is a string.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.item {
            Item::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Text as a TOML string.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => quoted.extend(escaped(control)),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A control character as TOML escapes it.
fn escaped(control: char) -> impl Iterator<Item = char> {
    let digit = move |place: u32| char::from_digit(u32::from(control) >> (4 * place) & 15, 16).unwrap_or('0');
    ['\\', 'u'].into_iter().chain([3, 2, 1, 0].map(digit))
}

/// A number as TOML writes it, in the fewest digits that read back as the same number.
pub(crate) fn number_text(number: f64) -> String {
    if number.is_nan() { "nan".to_owned() } else { format!("{:?}", number + 0.0) }
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or("syntax error").trim()
}

fn table(table: &DeTable<'_>, place: &impl Fn(Range<usize>) -> Place) -> Item {
    Item::Table(
        table
            .iter()
            .map(|(key, value)| {
                let node = Node {
                    key: place(key.span()),
                    place: place(value.span()),
                    item: item(value.get_ref(), place),
                };
                (key.get_ref().to_string(), node)
            })
            .collect(),
    )
}

fn item(value: &DeValue<'_>, place: &impl Fn(Range<usize>) -> Place) -> Item {
    match value {
        DeValue::String(text) => Item::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Item::TooLarge(number.to_string()), Item::Whole),
        DeValue::Float(number) => Item::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Item::Flag(*flag),
        DeValue::Datetime(date) => Item::Date(date.to_string()),
        DeValue::Array(elements) => Item::List(
            elements
                .iter()
                .map(|element| Node {
                    key: place(element.span()),
                    place: place(element.span()),
                    item: item(element.get_ref(), place),
                })
                .collect(),
        ),
        DeValue::Table(inner) => table(inner, place),
    }
}
