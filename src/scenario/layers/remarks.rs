//! What is odd about a valid scenario: keys that have no effect in it, or another one than it seems.

use super::assign::{pattern_of, values_at};
use crate::engine::World;
use crate::scenario::keys::declared::catalogue;
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::text::node::{Item, Node, number_text};
use crate::scenario::text::place::Place;

/// How many remarks of one kind are made.
const MOST_ALIKE: usize = 3;

/// The remarks on a valid document.
pub(crate) fn of(document: &Node, world: &World) -> Vec<String> {
    let mut remarks = first_few(surges_outside(world), "surges");
    remarks.extend(first_few(inherited_silence(document), "segments"));
    remarks
}

/// The remark on a setting that gives every segment the same constant where each had a distribution of its own: who wants to
/// know what half the delay does gets neither the slow ones nor the spread.
pub(crate) fn of_setting(document: &Node, path: &str, value: &Node) -> Option<String> {
    let is_constant = matches!(value.item, Item::Text(_) | Item::Whole(_) | Item::Number(_));
    if !is_constant || value.text() == Some("none") || !path.contains("[*]") {
        return None;
    }
    let key = catalogue().key(&pattern_of(path)?)?;
    let former = values_at(document, path);
    let had_distributions = former.len() > 1 && former.iter().all(|former| former.table().is_some());
    if key.shape != Shape::Distribution || !had_distributions {
        return None;
    }
    let constant = value.text().map_or_else(|| value.item.show(), str::to_owned);
    Some(format!(
        "{path} = {constant} is the same constant for {} segments that had distributions of their own: {path}.median={constant} \
         moves their medians and keeps their spread, {path}*=0.5 halves each",
        former.len()
    ))
}

/// Surges of which no day is simulated.
fn surges_outside(world: &World) -> Vec<String> {
    let (first, after) = (-i64::from(world.warm_up_days), i64::from(world.days));
    let mut remarks = Vec::new();
    for (index, surge) in world.market.surges.iter().enumerate() {
        let start = i64::from(surge.first_day);
        let end = start + i64::from(surge.days);
        if start >= after || end <= first {
            remarks.push(format!(
                "market.surges[{index}], of days {start} to {}, has no effect: the run has days {first} to {}",
                end - 1,
                after - 1
            ));
        }
    }
    remarks
}

/// Observed delays beside a share never answered that another layer gave: that share comes on top of what was observed.
fn inherited_silence(document: &Node) -> Vec<String> {
    let Some(Item::List(segments)) = document.table().and_then(|table| Some(&table.get("sellers")?.item))
    else {
        return Vec::new();
    };
    let remark = |(index, segment): (usize, &Node)| {
        let response = segment.table()?.get("response")?.table()?;
        let (delay, never) = (response.get("delay")?, response.get("never")?);
        let share = match never.item {
            Item::Number(share) => share,
            Item::Whole(share) => share as f64,
            _ => return None,
        };
        let is_told = is_observed(delay) && share > 0.0 && !is_of_one_layer(&delay.place, &never.place);
        is_told.then(|| {
            format!(
                "sellers[{index}].response.never = {} comes from {} and holds beside the observed delay as well: \
                 write never next to the delay, 0 if every observed case was answered",
                number_text(share),
                never.place
            )
        })
    };
    segments.iter().enumerate().filter_map(remark).collect()
}

/// Whether a delay is drawn from observed values.
fn is_observed(delay: &Node) -> bool {
    let Some(table) = delay.table() else { return false };
    table.contains_key("empirical") || table.get("fraction_of_deadline").is_some_and(is_observed)
}

/// Whether two values come from one file, or both from options.
fn is_of_one_layer(one: &Place, other: &Place) -> bool {
    match (one, other) {
        (Place::File { file: one, .. }, Place::File { file: other, .. }) => one == other,
        (Place::Option(_), Place::Option(_)) => true,
        _ => false,
    }
}

fn first_few(mut remarks: Vec<String>, what: &str) -> Vec<String> {
    let more = remarks.len().saturating_sub(MOST_ALIKE);
    remarks.truncate(MOST_ALIKE);
    if more > 0 {
        remarks.push(format!("the same holds for {more} more {what}"));
    }
    remarks
}
