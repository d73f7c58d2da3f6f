//! Setting a single key by its dotted path.

use super::merge::displace;
use crate::scenario::keys::declared::catalogue;
use crate::scenario::text::error::listed;
use crate::scenario::text::node::{Item, Node, Table};

/// The most steps of a path: more than any key has, and few enough for reading it and what it leads to.
const MOST_STEPS: usize = 100;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A key, or the name of a segment.
    Key(String),
    /// An element of an array.
    Index(usize),
    /// All elements of an array.
    All,
}

/// Sets `path` in `document` to `value`.
///
/// # Errors
/// Why the path leads nowhere.
pub(crate) fn assign(document: &mut Node, path: &str, value: &Node) -> Result<(), String> {
    let steps = steps(path)?;
    if steps == [Step::Key("extends".to_owned())] {
        return Err("extends cannot be set: name the other scenario instead of this one".to_owned());
    }
    descend(document, &steps, &Trail::default(), value)
}

/// The path as the catalogue writes it; `None` if it cannot be read.
pub(crate) fn pattern_of(path: &str) -> Option<String> {
    steps(path).ok().map(|steps| pattern_of_steps(&steps))
}

/// A path as the catalogue writes it.
pub(crate) fn pattern_of_steps(steps: &[Step]) -> String {
    let mut pattern = String::new();
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Key(_) if at == 1 && catalogue().merges(&format!("{pattern}[]")) => {
                pattern.push_str("[]");
            }
            Step::Key(key) if at == 0 => pattern.clone_from(key),
            Step::Key(key) => pattern = format!("{pattern}.{key}"),
            Step::Index(_) | Step::All => pattern.push_str("[]"),
        }
    }
    pattern
}

/// The values at `path` in `document`, as far as they are there.
pub(crate) fn values_at<'a>(document: &'a Node, path: &str) -> Vec<&'a Node> {
    let mut found = vec![document];
    for step in steps(path).unwrap_or_default() {
        let inner = |node: &'a Node| match (&step, &node.item) {
            (Step::Key(key), Item::Table(table)) => table.get(key).into_iter().collect(),
            (Step::Key(name), Item::List(elements)) => {
                let is_named =
                    |node: &&Node| node.table().and_then(|table| table.get("name")?.text()) == Some(name);
                elements.iter().find(is_named).into_iter().collect()
            }
            (Step::Index(index), Item::List(elements)) => elements.get(*index).into_iter().collect(),
            (Step::All, Item::List(elements)) => elements.iter().collect(),
            _ => Vec::new(),
        };
        found = found.into_iter().flat_map(inner).collect();
    }
    found
}

/// The steps of a path.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn steps(path: &str) -> Result<Vec<Step>, String> {
    let malformed = || format!("{path} is not a key: write names separated by dots, such as market.sellers");
    let mut steps = Vec::new();
    let mut rest = path.trim();
    loop {
        let (name, after) = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => rest[1..].split_once(quote).ok_or_else(malformed)?,
            _ => rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len())),
        };
        if name.trim().is_empty() {
            return Err(malformed());
        }
        steps.push(Step::Key(name.trim().to_owned()));
        rest = after;
        while let Some(bracket) = rest.strip_prefix('[') {
            let (index, after) = bracket.split_once(']').ok_or_else(malformed)?;
            steps.push(match index.trim() {
                "*" | "" => Step::All,
                number => Step::Index(number.parse().map_err(|_| {
                    format!(
                        "[{number}] is neither a number nor *: write for instance sellers[0] or sellers[*]"
                    )
                })?),
            });
            rest = after;
        }
        match rest.strip_prefix('.') {
            Some(_) if steps.len() >= MOST_STEPS => {
                return Err(format!("has more than {MOST_STEPS} parts, which no key has"));
            }
            Some(next) => rest = next,
            None if rest.is_empty() => return Ok(steps),
            None => return Err(malformed()),
        }
    }
}

/// The way come so far, as the user writes it and as the catalogue does.
#[derive(Clone, Debug, Default)]
struct Trail {
    shown: String,
    pattern: String,
}

impl Trail {
    fn key(&self, key: &str) -> Self {
        let join = |path: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        Self { shown: join(&self.shown), pattern: join(&self.pattern) }
    }

    fn element(&self, index: usize) -> Self {
        Self { shown: format!("{}[{index}]", self.shown), pattern: format!("{}[]", self.pattern) }
    }
}

fn descend(node: &mut Node, steps: &[Step], trail: &Trail, value: &Node) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else {
        *node = value.clone();
        return Ok(());
    };
    match (step, &mut node.item) {
        (Step::All, Item::List(elements)) => {
            for (index, element) in elements.iter_mut().enumerate() {
                descend(element, rest, &trail.element(index), value)?;
            }
            Ok(())
        }
        (Step::Index(index), Item::List(elements)) => {
            let count = elements.len();
            match elements.get_mut(*index) {
                Some(element) => descend(element, rest, &trail.element(*index), value),
                None if count == 0 => Err(format!("{} is empty", trail.shown)),
                None => {
                    Err(format!("there is no {0}[{index}]: the last is {0}[{1}]", trail.shown, count - 1))
                }
            }
        }
        (Step::Key(name), Item::List(elements)) => named(elements, name, rest, trail, value),
        (Step::Key(key), Item::Table(table)) => {
            // A table that is one value, such as a distribution, has one family: another one replaces it.
            let is_one_value = !catalogue().merges(&trail.pattern);
            if is_one_value && table.len() == 1 && !table.contains_key(key) && !rest.is_empty() {
                table.clear();
            }
            let inner = trail.key(key);
            displace(table, &inner.pattern, value);
            let empty = || Node { item: Item::Table(Table::new()), ..value.clone() };
            let child = table.entry(key.clone()).or_insert_with(empty);
            if !rest.is_empty() && !matches!(child.item, Item::Table(_) | Item::List(_)) {
                *child = empty();
            }
            descend(child, rest, &inner, value)
        }
        _ => Err(format!("{} is not an array", trail.shown)),
    }
}

/// Sets a key in the element whose `name` is `name`.
fn named(
    elements: &mut [Node],
    name: &str,
    rest: &[Step],
    trail: &Trail,
    value: &Node,
) -> Result<(), String> {
    let name_of = |node: &Node| node.table()?.get("name")?.text().map(str::to_owned);
    let names: Vec<String> = elements.iter().filter_map(name_of).collect();
    let found = elements.iter_mut().enumerate().find(|(_, node)| name_of(node).as_deref() == Some(name));
    if let Some((index, element)) = found {
        return descend(element, rest, &trail.element(index), value);
    }
    let names = listed(names.iter().map(String::as_str));
    Err(format!("{} has no segment named {name}: segments are {names}", trail.shown))
}

/// Splits a setting at the first `=` outside quotes.
pub(crate) fn split(setting: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, character) in setting.char_indices() {
        match (quote, character) {
            (None, '=') => return Some((setting[..at].trim(), setting[at + 1..].trim())),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::text::place::Place;
    use std::path::Path;

    const WORLD: &str = "sellers = [{ name = \"a\", response = { delay = \"1d\", never = 0.1 } }, \
                         { name = \"b.c\", loss = { beta = { alpha = 1, beta = 9 } } }]";

    fn after(settings: &[(&str, &str)]) -> Result<String, String> {
        let mut document = Node::document(Path::new("x.toml"), WORLD).unwrap();
        for (key, value) in settings {
            let value = Node::value(value, &Place::option("--set", key)).unwrap();
            assign(&mut document, key, &value)?;
        }
        Ok(document.item.show())
    }

    #[test]
    fn a_star_sets_every_segment_and_a_name_only_its_own() {
        let text = after(&[("sellers[*].accept", "0.5"), ("sellers.\"b.c\".accept", "0.6")]).unwrap();
        assert!(text.contains("{ accept = 0.5, name = \"a\""), "{text}");
        assert!(text.contains("{ accept = 0.6, loss"), "{text}");
    }

    #[test]
    fn a_desk_displaces_the_delay_and_a_delay_the_desk() {
        let text = after(&[("sellers[0].response.desk.agents", "2")]).unwrap();
        assert!(text.contains("response = { desk = { agents = 2 } }"), "{text}");
        let text =
            after(&[("sellers.a.response.desk.agents", "2"), ("sellers.a.response.delay", "2d")]).unwrap();
        assert!(text.contains("response = { delay = \"2d\" }"), "{text}");
    }

    #[test]
    fn another_family_replaces_a_distribution() {
        let text =
            after(&[("sellers[1].loss.uniform.min", "0"), ("sellers[1].loss.uniform.max", "1")]).unwrap();
        assert!(text.contains("loss = { uniform = { max = 1, min = 0 } }"), "{text}");
        let text = after(&[("sellers[1].loss.beta.alpha", "2")]).unwrap();
        assert!(text.contains("loss = { beta = { alpha = 2, beta = 9 } }"), "{text}");
    }

    #[test]
    fn a_name_and_an_index_have_the_same_pattern() {
        for path in [
            "sellers[*].response.desk.agents",
            "sellers[3].response.desk.agents",
            "sellers.\"a.b\".response.desk.agents",
        ] {
            assert_eq!(pattern_of(path).as_deref(), Some("sellers[].response.desk.agents"));
        }
        assert_eq!(pattern_of("run.days").as_deref(), Some("run.days"));
    }

    #[test]
    fn a_path_that_leads_nowhere_says_why() {
        assert_eq!(
            after(&[("sellers.z.loss", "1")]).unwrap_err(),
            "sellers has no segment named z: segments are a, b.c"
        );
        assert_eq!(
            after(&[("sellers[2].loss", "1")]).unwrap_err(),
            "there is no sellers[2]: the last is sellers[1]"
        );
        assert!(after(&[("sellers[", "1")]).is_err());
        assert!(after(&[("", "1")]).is_err());
        assert!(after(&[("buyers[*].share", "1")]).is_err());
    }
}
