//! Factors: keys that a study varies, with their values.

use super::range::Range;
use crate::scenario::keys::declared::catalogue;
use crate::scenario::kinds::lists::{Raw, Texts};
use crate::scenario::kinds::plain::Text;
use crate::scenario::layers::assign::pattern_of;
use crate::scenario::layers::assign::split;
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::reading::section::Section;
use crate::scenario::text::error::{ScenarioErrors, shortened};
use crate::scenario::text::node::{Item, Node};
use crate::scenario::text::place::Place;

/// The most keys of one factor.
const MOST_KEYS: usize = 100;

/// A key, or several that move together, with the values that a study gives it.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Heading of its column.
    pub name: String,
    /// The keys that it sets.
    pub keys: Vec<String>,
    pub(crate) place: Place,
    pub(crate) levels: Levels,
}

/// The values of a factor.
#[derive(Clone, Debug)]
pub(crate) enum Levels {
    /// One after the other.
    Values(Vec<Level>),
    /// Points of an interval.
    Range(Range),
}

/// One value of a factor.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    /// The value in tables and charts.
    pub(crate) label: String,
    /// A value for each key.
    pub(crate) values: Vec<Node>,
}

impl Factor {
    /// Reads a `[[factor]]` table; its values are in a file if `is_filed`, and read from there later.
    pub(crate) fn read(s: &mut Section<'_>, is_filed: bool) -> Self {
        let place = s.place_of("");
        s.displaces("key", "keys");
        let keys = if s.has("keys") {
            s.declare_only("key");
            let mut keys = s.required("keys", &Texts { words: "an array of keys" });
            if keys.len() > MOST_KEYS {
                let (path, count) = (s.path_of("keys"), keys.len());
                s.report("keys", format!("{path} has {count} keys: at most {MOST_KEYS} move together"));
                keys.truncate(1);
            }
            keys
        } else {
            s.declare_only("keys");
            vec![s.required("key", &Text::Free)]
        };
        let name = s.or("name", &Text::Label, shortened(&keys.join(" + "), Text::Label.most()));
        s.displaces("range", "values");
        let levels = if is_filed {
            for key in ["values", "range", "labels"] {
                s.declare_only(key);
                if s.has(key) {
                    let path = s.path_of(key);
                    s.report(
                        key,
                        format!("{path} is not for design = \"csv\": the values of {name} are in the file"),
                    );
                }
            }
            Levels::Values(Vec::new())
        } else if s.has("range") {
            s.declare_only("values");
            s.declare_only("labels");
            if s.has("labels") {
                s.report("labels", "labels belong to values: a range has the labels of its points");
            }
            let text = s.required("range", &Text::Free);
            let range = Range::parse(&text);
            let place = s.place_of("range");
            let parsed = range.map_err(|problem| {
                s.report("range", format!("{} = \"{text}\" {problem}", s.path_of("range")));
            });
            Levels::Range(parsed.unwrap_or_default().written_at(place))
        } else {
            s.declare_only("range");
            let nodes = s.required("values", &Raw);
            let labels = s.optional("labels", &Texts { words: "an array of labels" });
            if labels.as_ref().is_some_and(|labels| labels.len() != nodes.len()) {
                s.report(
                    "labels",
                    format!("{} and {} differ in length", s.path_of("labels"), s.path_of("values")),
                );
            }
            let mut levels = Vec::new();
            for node in &nodes {
                match level(node, keys.len()) {
                    Ok(level) => levels.push(level),
                    Err(message) => s.report_at(node.place.clone(), message),
                }
            }
            Levels::Values(labelled(levels, labels.unwrap_or_default()))
        };
        Self { name, keys, place, levels }
    }

    /// A factor of the command line: `KEY=V1,V2,...` or `KEY=a..b/n`.
    pub(crate) fn option(text: &str) -> Result<Self, ScenarioErrors> {
        let fail = |key: &str, message: String| ScenarioErrors::one(Place::option("--factor", key), message);
        let Some((key, values)) = split(text) else {
            return Err(fail(text, "has no values: write KEY=V1,V2,... or KEY=a..b/n".to_owned()));
        };
        let place = Place::option("--factor", key);
        let parts = parts(values);
        let is_range = |part: &str| part.contains("..") && !part.starts_with(['"', '\'', '[', '{']);
        let levels = match parts[..] {
            [range] if is_range(range) => {
                let range = Range::parse(range).map_err(|problem| fail(key, format!("{range} {problem}")))?;
                Levels::Range(range.written_at(place.clone()))
            }
            _ => {
                let mut levels = Vec::new();
                for part in parts {
                    if part.is_empty() {
                        return Err(fail(key, "has an empty value: write KEY=V1,V2,...".to_owned()));
                    }
                    let value = Node::value(part, &place)?;
                    levels.push(Level { label: label(&value), values: vec![value] });
                }
                Levels::Values(levels)
            }
        };
        Ok(Self { name: key.to_owned(), keys: vec![key.to_owned()], place, levels })
    }

    /// How many values it takes, in words.
    pub fn extent(&self) -> String {
        match &self.levels {
            Levels::Values(levels) => format!("{} values", levels.len()),
            Levels::Range(range) => range
                .count
                .map_or_else(|| "an interval".to_owned(), |count| format!("{count} values of an interval")),
        }
    }

    /// Whether the study names its levels instead of showing their values.
    pub fn has_own_labels(&self) -> bool {
        let Levels::Values(levels) = &self.levels else { return false };
        levels.iter().any(|level| match &level.values[..] {
            [value] => label(value) != level.label,
            _ => true,
        })
    }

    /// Whether its levels are of equal ratios.
    pub fn is_logarithmic(&self) -> bool {
        matches!(&self.levels, Levels::Range(range) if range.is_logarithmic())
    }

    /// The levels of a grid.
    pub(crate) fn grid(&self) -> Vec<Level> {
        match &self.levels {
            Levels::Values(levels) => levels.clone(),
            Levels::Range(range) => range.grid().into_iter().map(|item| self.same(range, item)).collect(),
        }
    }

    /// How many levels a grid has.
    pub(crate) fn number_of_levels(&self) -> usize {
        match &self.levels {
            Levels::Values(levels) => levels.len(),
            Levels::Range(range) => range.count.unwrap_or(0),
        }
    }

    /// The level at the share `u` of a range, in `[0, 1)`; `None` without a range.
    pub(crate) fn at(&self, u: f64) -> Option<Level> {
        let Levels::Range(range) = &self.levels else {
            return None;
        };
        let whole = self.keys.iter().all(|key| {
            let declared = pattern_of(key).and_then(|path| catalogue().key(&path));
            declared.is_some_and(|key| key.shape == Shape::Whole)
        });
        Some(self.same(range, range.at(u, whole)))
    }

    /// Whether it has a range without a number of points.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(&self.levels, Levels::Range(range) if range.count.is_none())
    }

    /// One value for all keys.
    fn same(&self, range: &Range, item: Item) -> Level {
        let node = Node { key: range.place.clone(), place: range.place.clone(), item };
        Level { label: label(&node), values: vec![node; self.keys.len()] }
    }
}

/// The values that one element of `values` gives to `count` keys: one each, or the same to all.
///
/// # Errors
/// If it gives some keys none.
pub(crate) fn level(node: &Node, count: usize) -> Result<Level, String> {
    let values = match &node.item {
        Item::List(each) if count > 1 && each.len() != count => {
            return Err(format!("{} has {} values for {count} keys", node.item.show(), each.len()));
        }
        Item::List(each) if count > 1 => each.clone(),
        _ => vec![node.clone(); count],
    };
    let label = match &node.item {
        Item::List(each) if count > 1 => each.iter().map(label).collect::<Vec<_>>().join(" / "),
        _ => label(node),
    };
    Ok(Level { label, values })
}

/// Gives levels the labels that the study names.
fn labelled(levels: Vec<Level>, labels: Vec<String>) -> Vec<Level> {
    let mut labels = labels.into_iter();
    let renamed = |level: Level| match labels.next() {
        Some(label) => Level { label, ..level },
        None => level,
    };
    levels.into_iter().map(renamed).collect()
}

/// A value as a label.
fn label(node: &Node) -> String {
    let shown = match &node.item {
        Item::Text(text) => text.clone(),
        Item::Number(number) => number.to_string(),
        other => other.show(),
    };
    shortened(&shown, Text::Label.most())
}

/// Splits at commas outside quotes, brackets and braces.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(open), _) => quote = quote.filter(|_| character != open),
            (None, '"' | '\'') => quote = Some(character),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        Factor::option(text).unwrap().grid().into_iter().map(|level| level.label).collect()
    }

    #[test]
    fn commas_inside_braces_brackets_and_quotes_do_not_split() {
        assert_eq!(
            parts("{ a = 1, b = 2 }, [3, 4], \"5,6\", 7"),
            ["{ a = 1, b = 2 }", "[3, 4]", "\"5,6\"", "7"]
        );
        assert_eq!(labels("sellers[*].response.delay=6h,2d"), ["6h", "2d"]);
    }

    #[test]
    fn a_range_has_evenly_spaced_points() {
        assert_eq!(labels("market.orders_per_day=0.1..0.5/5"), ["0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(labels("market.sellers=10..30/3"), ["10", "20", "30"]);
        assert_eq!(labels("policy.dispute.response_deadline=12h..7d/2"), ["12h", "7d"]);
    }

    #[test]
    fn a_malformed_option_says_why() {
        for (text, message) in [
            ("run.days", "error: --factor run.days: has no values: write KEY=V1,V2,... or KEY=a..b/n"),
            ("run.days=1,,2", "error: --factor run.days: has an empty value: write KEY=V1,V2,..."),
            (
                "run.days=1..x/3",
                "error: --factor run.days: 1..x/3 is not a range: write \"0.1..0.5/5\", \"12h..7d/6\", \"0.1..0.5 step 0.1\" or, with equal ratios, \"1h..8d/6 log\"",
            ),
        ] {
            assert_eq!(Factor::option(text).unwrap_err().to_string(), message);
        }
    }
}
