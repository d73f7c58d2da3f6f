//! Which inputs two scenarios differ in.

use super::resolved::Scenario;
use crate::scenario::keys::declared::catalogue;
use crate::scenario::text::error::ScenarioErrors;
use crate::scenario::text::node::{Item, Node};
use std::collections::BTreeMap;
use std::path::Path;

/// A key in which two scenarios differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDifference {
    /// Its dotted path; segments by their names.
    pub key: String,
    /// Its value in the first scenario as TOML; `None` if it has no such key.
    pub first: Option<String>,
    /// Its value in the second.
    pub second: Option<String>,
}

/// The keys in which two scenarios differ, in order, but for what they are called and described as.
///
/// # Errors
/// None for scenarios that were resolved: their canonical text can be read.
pub fn differences(first: &Scenario, second: &Scenario) -> Result<Vec<KeyDifference>, ScenarioErrors> {
    let (first, second) = (values(first)?, values(second)?);
    let keys: std::collections::BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    let mut found = Vec::new();
    for key in keys {
        let (a, b) = (first.get(key), second.get(key));
        if a != b && key != "name" && key != "description" {
            found.push(KeyDifference { key: key.clone(), first: a.cloned(), second: b.cloned() });
        }
    }
    Ok(found)
}

/// Every key of a scenario with its value as TOML.
fn values(scenario: &Scenario) -> Result<BTreeMap<String, String>, ScenarioErrors> {
    let document = Node::document(Path::new(&scenario.name), &scenario.resolved)?;
    let mut values = BTreeMap::new();
    collect(&document, "", "", &mut values);
    Ok(values)
}

/// Adds the keys below a node; `pattern` is its path as the catalogue writes it.
fn collect(node: &Node, path: &str, pattern: &str, values: &mut BTreeMap<String, String>) {
    let is_value = catalogue().key(pattern).is_some();
    match &node.item {
        Item::Table(table) if !is_value => {
            for (key, child) in table {
                let join = |path: &str| if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                collect(child, &join(path), &join(pattern), values);
            }
        }
        Item::List(elements) if !is_value => {
            for (at, element) in elements.iter().enumerate() {
                let name = element.table().and_then(|table| table.get("name")).and_then(Node::text);
                let path = name.map_or_else(|| format!("{path}[{at}]"), |name| format!("{path}.{name}"));
                collect(element, &path, &format!("{pattern}[]"), values);
            }
        }
        item => {
            values.insert(path.to_owned(), item.show());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::layers::source::Source;

    #[test]
    fn what_differs_is_named_with_both_values() {
        let read = |settings: &[&str]| {
            let mut source = Source::read(Path::new("scenarios/baseline.toml")).unwrap();
            for setting in settings {
                source.set(setting).unwrap();
            }
            source.resolve().unwrap()
        };
        let (base, same) = (read(&[]), read(&["name=other"]));
        assert_eq!(differences(&base, &same).unwrap(), []);
        let other = read(&["sellers.careful.response.delay*=0.5", "policy.dispute.response_deadline=2d"]);
        let found = differences(&base, &other).unwrap();
        let keys: Vec<&str> = found.iter().map(|difference| difference.key.as_str()).collect();
        assert_eq!(keys, ["policy.dispute.response_deadline", "sellers.careful.response.delay"]);
        assert_eq!(found[0].first.as_deref(), Some("\"5d\""));
        assert_eq!(found[0].second.as_deref(), Some("\"2d\""));
        assert!(found[1].second.as_deref().unwrap().contains("lognormal"), "{found:?}");
    }
}
