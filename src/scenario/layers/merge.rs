//! Layers: a later one overrides an earlier one key by key.
//!
//! An array of segments replaces the inherited array as a whole. A segment without a `share` of its own
//! starts from the inherited segment of the same name, so that a variant says only what it changes.

use crate::scenario::keys::declared::catalogue;
use crate::scenario::text::node::{Item, Node, Table};

/// `over` on top of `base`: tables of keys merge, every other value is replaced as a whole.
pub(crate) fn merge(base: Node, over: Node) -> Node {
    merge_at(base, over, "")
}

/// [`merge`] for the table at `path`.
pub(crate) fn merge_at(base: Node, over: Node, path: &str) -> Node {
    match (base.item, over.item) {
        (Item::Table(mut under), Item::Table(table)) if catalogue().merges(path) => {
            for (key, node) in table {
                let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                displace(&mut under, &inner, &node);
                let merged = match under.remove(&key) {
                    Some(inherited) => merge_at(inherited, node, &inner),
                    None => node,
                };
                under.insert(key, merged);
            }
            Node { key: over.key, place: over.place, item: Item::Table(under) }
        }
        (Item::List(inherited), Item::List(elements)) if catalogue().merges(&format!("{path}[]")) => {
            let inner = format!("{path}[]");
            let elements =
                elements.into_iter().map(|element| on_namesake(&inherited, element, &inner)).collect();
            Node { key: over.key, place: over.place, item: Item::List(elements) }
        }
        (_, item) => Node { key: over.key, place: over.place, item },
    }
}

/// A segment that has no `share` on top of the inherited one of its name.
fn on_namesake(inherited: &[Node], segment: Node, path: &str) -> Node {
    let name = |node: &Node| node.table()?.get("name")?.text().map(str::to_owned);
    let is_partial = segment.table().is_some_and(|table| !table.contains_key("share"));
    let namesake =
        inherited.iter().find(|other| is_partial && name(other).is_some() && name(other) == name(&segment));
    match namesake {
        Some(base) => merge_at(base.clone(), segment, path),
        None => segment,
    }
}

/// Removes from `table` the keys that giving `node` at `path` displaces.
pub(crate) fn displace(table: &mut Table, path: &str, node: &Node) {
    if node.text() != Some("none") {
        for rival in catalogue().displaced(path) {
            table.remove(rival);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn merged(base: &str, over: &str) -> String {
        let read = |text| Node::document(Path::new("x.toml"), text).unwrap();
        merge(read(base), read(over)).item.show()
    }

    #[test]
    fn tables_merge_and_distributions_do_not() {
        assert_eq!(
            merged("run = { days = 1, seed = 2 }", "run = { days = 3 }"),
            "{ run = { days = 3, seed = 2 } }"
        );
        assert_eq!(
            merged(
                "market.order_value = { exponential = { mean = 40 } }",
                "market.order_value = { lognormal = { median = 30, sigma = 1 } }"
            ),
            "{ market = { order_value = { lognormal = { median = 30, sigma = 1 } } } }"
        );
    }

    #[test]
    fn segments_replace_as_a_whole_but_one_without_a_share_starts_from_its_namesake() {
        let base = "sellers = [{ name = \"a\", share = 1, loss = 0.1, response = { delay = \"1d\" } }]";
        assert_eq!(
            merged(base, "sellers = [{ name = \"a\", share = 1 }]"),
            "{ sellers = [{ name = \"a\", share = 1 }] }"
        );
        assert_eq!(
            merged(base, "sellers = [{ name = \"a\", response = { desk = { agents = 2 } } }]"),
            "{ sellers = [{ loss = 0.1, name = \"a\", response = { desk = { agents = 2 } }, share = 1 }] }"
        );
    }

    #[test]
    fn a_rival_key_displaces_the_inherited_one() {
        assert_eq!(
            merged("market.search.position_exponent = 1", "market.search.click_shares = [1]"),
            "{ market = { search = { click_shares = [1] } } }"
        );
    }
}
