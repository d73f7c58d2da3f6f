//! Factors that would make a table untrue: two that set the same key, names that are columns already, levels that are alike.

use super::factor::{Factor, Level, Levels};
use crate::scenario::layers::assign::{assign, values_at};
use crate::scenario::text::duration::duration;
use crate::scenario::text::error::ScenarioError;
use crate::scenario::text::node::{Item, Node, number_text, quoted};
use crate::scenario::text::place::Place;
use std::collections::BTreeSet;

/// The columns of a sweep's tables, in whatever format, which no factor may be named like.
const COLUMNS: [&str; 15] = [
    "point",
    "scope",
    "group",
    "group_name",
    "metric",
    "unit",
    "mean",
    "std_dev",
    "ci_low",
    "ci_high",
    "replications",
    "estimator",
    "interval",
    "interval_kind",
    "confidence",
];

/// How many pairs of factors are named.
const MOST_PAIRS: usize = 10;

/// All that is wrong with factors beside each other, on the scenario that they vary. Where the values of one place of all
/// factors make a point, a factor may have the same value again (`is_repeating`).
pub(crate) fn factor_errors(document: &Node, factors: &[Factor], is_repeating: bool) -> Vec<ScenarioError> {
    let mut errors: Vec<ScenarioError> =
        factors.iter().filter_map(|factor| equal_levels(factor, is_repeating)).collect();
    errors.extend(equal_keys(document, factors));
    let mut names = BTreeSet::new();
    for factor in factors {
        let name = factor.name.trim();
        let message = if name.is_empty() {
            "the name of a factor is empty: it is the head of its column".to_owned()
        } else if COLUMNS.contains(&name) {
            format!(
                "a factor cannot be named {name}: that is another column of the table; write another name"
            )
        } else if names.insert(name) || !errors.is_empty() {
            continue;
        } else {
            format!(
                "two factors are named {}: write another name, which is the head of a column",
                quoted(name)
            )
        };
        errors.push(ScenarioError::new(factor.place.clone(), message));
    }
    errors
}

/// A factor two of whose levels are the same value or bear the same label, unless it is both and may be.
fn equal_levels(factor: &Factor, is_repeating: bool) -> Option<ScenarioError> {
    let levels = match &factor.levels {
        Levels::Values(levels) => levels.clone(),
        Levels::Range(range) if range.count.is_some() => factor.grid(),
        Levels::Range(_) => return None,
    };
    let (mut labels, mut values, mut both) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let equal = levels.iter().find_map(|level: &Level| {
        let value: Vec<String> = level.values.iter().map(comparable).collect();
        if !both.insert((value.clone(), level.label.as_str())) && is_repeating {
            return None;
        }
        let value = (!values.insert(value)).then_some("value");
        let label = (!labels.insert(level.label.as_str())).then_some("label");
        Some((value.or(label)?, level))
    })?;
    let (what, level) = equal;
    let place = level.values.first().map_or(&factor.place, |node| &node.place).clone();
    let (name, label) = (&factor.name, quoted(&level.label));
    Some(ScenarioError::new(
        place,
        format!("factor {name} has the {what} {label} twice: its levels must differ"),
    ))
}

/// A value as text that is the same for equal values, such as 1 and 1.0 or 48h and 2d.
fn comparable(node: &Node) -> String {
    match &node.item {
        Item::Whole(number) => number_text(*number as f64),
        Item::Text(text) => match duration(text) {
            Ok(length) => format!("{} seconds", length.0),
            Err(_) => quoted(text),
        },
        other => other.show(),
    }
}

/// Pairs of factors of which the later undoes what the earlier sets.
fn equal_keys(document: &Node, factors: &[Factor]) -> Vec<ScenarioError> {
    let set: Vec<Setting<'_>> =
        factors.iter().enumerate().flat_map(|(number, factor)| settings(number, factor)).collect();
    let mut after = document.clone();
    let taken: Vec<bool> = set.iter().map(|setting| setting.assign(&mut after)).collect();
    let undone = (0..set.len()).filter(|&index| taken[index] && !set[index].is_whole(&after));
    let mut errors = Vec::new();
    for index in undone.take(MOST_PAIRS) {
        let mut alone = document.clone();
        set[index].assign(&mut alone);
        let culprit = set[index + 1..].iter().find(|later| {
            let mut both = alone.clone();
            later.assign(&mut both) && !set[index].is_whole(&both)
        });
        let (factor, key) = (set[index].factor, set[index].key);
        let (place, message) = match culprit {
            Some(later) if std::ptr::eq(later.factor, factor) => {
                (&factor.place, format!("factor {} sets {key} twice, last as {}", factor.name, later.key))
            }
            Some(later) => (
                &later.factor.place,
                format!(
                    "factor {} has no effect, or not everywhere: factor {} sets {}, which is {key} or a part of it, as well; \
                     remove one of the two",
                    factor.name, later.factor.name, later.key
                ),
            ),
            None => (&factor.place, format!("factor {}: its {key} is undone by later factors", factor.name)),
        };
        errors.push(ScenarioError::new(place.clone(), message));
    }
    errors
}

/// A key that a factor sets, with a value that bears a mark in place of its origin.
pub(super) struct Setting<'a> {
    factor: &'a Factor,
    key: &'a str,
    value: Node,
}

/// What a factor sets, at the first level that is not "none": that one displaces nothing.
pub(super) fn settings(number: usize, factor: &Factor) -> Vec<Setting<'_>> {
    let levels = match &factor.levels {
        Levels::Values(levels) => levels.as_slice(),
        Levels::Range(_) => &[],
    };
    let of_range = factor.at(0.0);
    factor
        .keys
        .iter()
        .enumerate()
        .filter_map(|(index, key)| {
            let mut values = levels.iter().chain(&of_range).filter_map(|level| level.values.get(index));
            let first = values.clone().next()?;
            let value = values.find(|value| value.text() != Some("none")).unwrap_or(first);
            let mark = Place::option(&format!("key {index} of factor {number}"), key);
            Some(Setting { factor, key, value: marked(value, &mark) })
        })
        .collect()
}

/// The value with one origin throughout.
fn marked(value: &Node, mark: &Place) -> Node {
    let item = match &value.item {
        Item::List(elements) => Item::List(elements.iter().map(|element| marked(element, mark)).collect()),
        Item::Table(table) => {
            Item::Table(table.iter().map(|(key, node)| (key.clone(), marked(node, mark))).collect())
        }
        other => other.clone(),
    };
    Node { key: mark.clone(), place: mark.clone(), item }
}

impl Setting<'_> {
    /// Sets the key; says whether it leads anywhere.
    pub(super) fn assign(&self, document: &mut Node) -> bool {
        assign(document, self.key, &self.value).is_ok()
    }

    /// Whether everything that was set is still there as it was set.
    fn is_whole(&self, document: &Node) -> bool {
        let shown = self.value.item.show();
        let mut found = values_at(document, self.key).into_iter().peekable();
        found.peek().is_some()
            && found.all(|node| is_of(node, &self.value.place) && node.item.show() == shown)
    }
}

/// Whether a value has this origin throughout.
fn is_of(node: &Node, origin: &Place) -> bool {
    node.place == *origin
        && match &node.item {
            Item::List(elements) => elements.iter().all(|element| is_of(element, origin)),
            Item::Table(table) => table.values().all(|inner| is_of(inner, origin)),
            _ => true,
        }
}

/// Whether any plain value in it has this origin.
pub(super) fn has_any_of(node: &Node, origin: &Place) -> bool {
    match &node.item {
        Item::List(elements) if !elements.is_empty() => {
            elements.iter().any(|element| has_any_of(element, origin))
        }
        Item::Table(table) if !table.is_empty() => table.values().any(|inner| has_any_of(inner, origin)),
        _ => node.place == *origin,
    }
}
