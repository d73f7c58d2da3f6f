//! A mistake that one value makes in several segments is told once, with the segments.

use crate::scenario::text::error::{ScenarioError, listed};
use crate::scenario::text::node::{Item, Node};

/// The arrays of segments.
const SEGMENTS: [&str; 2] = ["buyers", "sellers"];

/// The violations of a document, those of one value in several segments each as one: `sellers[*].loss` in place of
/// `sellers[0].loss` and `sellers[1].loss`.
pub(super) fn once(errors: Vec<ScenarioError>, document: &Node) -> Vec<ScenarioError> {
    let mut once: Vec<(ScenarioError, Option<Several>)> = Vec::new();
    for error in errors {
        let several = Several::of(&error);
        let alike = several.as_ref().and_then(|several| {
            let is_alike = |other: &Several| other.message == several.message;
            once.iter_mut()
                .find(|(known, other)| known.is_beside(&error) && other.as_ref().is_some_and(is_alike))
        });
        match (alike, several) {
            (Some((_, Some(known))), Some(several)) => known.segments.extend(several.segments),
            (_, several) => once.push((error, several)),
        }
    }
    let told = |(error, several): (ScenarioError, Option<Several>)| match several {
        Some(several) if several.segments.len() > 1 => error.saying(several.told(document)),
        _ => error,
    };
    once.into_iter().map(told).collect()
}

/// What is said of a segment as it would be said of each.
#[derive(Debug)]
struct Several {
    array: &'static str,
    message: String,
    segments: Vec<usize>,
}

impl Several {
    /// `None` of what names no segment.
    fn of(error: &ScenarioError) -> Option<Self> {
        let message = error.message();
        let array = SEGMENTS.into_iter().find(|array| message.contains(&format!("{array}[")))?;
        let (_, rest) = message.split_once(&format!("{array}["))?;
        let (index, _) = rest.split_once(']')?;
        let segment = index.parse().ok()?;
        let message = message.replace(&format!("{array}[{index}]"), &format!("{array}[*]"));
        Some(Self { array, message, segments: vec![segment] })
    }

    /// The message with the names of the segments.
    fn told(mut self, document: &Node) -> String {
        self.segments.sort_unstable();
        self.segments.dedup();
        let elements = match document.table().and_then(|table| table.get(self.array)).map(|node| &node.item) {
            Some(Item::List(elements)) => elements.as_slice(),
            _ => &[],
        };
        let name = |at: &usize| {
            let name = elements.get(*at).and_then(|node| node.table()?.get("name")?.text());
            name.map_or_else(|| at.to_string(), str::to_owned)
        };
        let names: Vec<String> = self.segments.iter().map(name).collect();
        format!("{} (segments {})", self.message, listed(names.iter().map(String::as_str)))
    }
}
