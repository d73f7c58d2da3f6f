//! What can be moved: keys of the scenario, each with its value, its range and its unit.

use crate::scenario::{Domain, Key, Scenario, Shape, keys};
use serde::Serialize;
use toml::{Table, Value};

/// How a key is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A number on a straight scale.
    Number,
    /// A whole number.
    Whole,
    /// A duration, in the control's unit.
    Duration,
    /// How many times what the scenario has, on a scale of doublings.
    Factor,
    /// On or off.
    Flag,
    /// One of some names.
    Choice,
}

/// A key that can be moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Control {
    /// The key as `--set` takes it; with `*` at its end if it is scaled.
    pub key: String,
    /// How it is moved.
    pub kind: Kind,
    /// Words for people: the key's last name.
    pub label: String,
    /// What it belongs to: a table, or a segment.
    pub of: String,
    /// What the key takes, in words.
    pub expects: String,
    /// What the scenario has, as the page shows it.
    pub shown: String,
    /// Where the slider stands at first, in the control's unit; `None` if nothing is set.
    pub start: Option<f64>,
    /// Ends of the slider.
    pub least: f64,
    /// See `least`.
    pub most: f64,
    /// Step of the slider.
    pub step: f64,
    /// What the slider counts: `d`, `h`, `business days`, `×`, or nothing.
    pub unit: &'static str,
    /// Names to choose from.
    pub choices: Vec<String>,
    /// Whether the page shows it from the beginning.
    pub is_first: bool,
}

/// What the page shows first, of what a scenario has, with its words.
pub const FIRST: [(&str, &str); 9] = [
    ("sellers[*].response.delay*", "Response delay"),
    ("sellers[*].response.desk.agents", "Agents of a support desk"),
    ("sellers[*].response.desk.service_time*", "Service time of support desks"),
    ("sellers[*].response.never", "Requests never answered"),
    ("buyers[*].reason_honesty", "Reason honesty"),
    ("policy.dispute_rate.threshold", "Dispute rate threshold"),
    ("policy.dispute.response_deadline", "Response deadline"),
    ("sellers[*].steering", "Steering by sellers"),
    ("policy.not_sold.freeze_share", "Suspension threshold"),
];

/// What is no matter of the page: how long and how often is simulated, the size of the world (see [`super::sample`]), what
/// things are called, and shares that have to add up.
const LEFT_OUT: [&str; 8] = [
    "run.",
    "market.count",
    "market.sellers",
    "market.buyers",
    "market.orders_per_day",
    "sellers[].share",
    "buyers[].share",
    "policy.not_sold.freeze_for",
];

const DAY: f64 = 86_400.0;

/// Everything that can be moved in a scenario, in the order of its keys.
pub fn controls(scenario: &Scenario) -> Vec<Control> {
    let Ok(document) = toml::from_str::<Table>(&scenario.resolved) else { return Vec::new() };
    let movable = keys().iter().filter(|key| !LEFT_OUT.iter().any(|left| key.path.starts_with(left)));
    movable.flat_map(|key| of_key(key, &document)).collect()
}

fn of_key(key: &Key, document: &Table) -> Vec<Control> {
    let Some((list, rest)) = key.path.split_once("[].") else {
        return at(document, &key.path)
            .and_then(|value| control(key, &key.path, &[value]))
            .into_iter()
            .collect();
    };
    let segments = document.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let values: Vec<Option<&Value>> = segments.iter().map(|segment| at(segment.as_table()?, rest)).collect();
    let present: Vec<&Value> = values.iter().copied().flatten().collect();
    let mut found = Vec::new();
    // A plain setting for all would give the key to segments that have another in its place; a factor acts where there is one.
    let of_all = control(key, &format!("{list}[*].{rest}"), &present);
    found.extend(of_all.filter(|of_all| present.len() == segments.len() || of_all.kind == Kind::Factor));
    if segments.len() > 1 {
        for (at, (segment, value)) in segments.iter().zip(&values).enumerate() {
            let name = segment.get("name").and_then(Value::as_str).unwrap_or_default();
            let is_plain = !name.is_empty()
                && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter));
            let path =
                if is_plain { format!("{list}.{name}.{rest}") } else { format!("{list}[{at}].{rest}") };
            let control = value.and_then(|value| control(key, &path, &[value]));
            found.extend(control.map(|control| Control { of: format!("{list}: {name}"), ..control }));
        }
    }
    found
}

/// The value at a dotted path.
fn at<'a>(table: &'a Table, path: &str) -> Option<&'a Value> {
    match path.split_once('.') {
        None => table.get(path),
        Some((first, rest)) => at(table.get(first)?.as_table()?, rest),
    }
}

/// The control of a key with the values that it has in all places where it is set at once; `None` if it cannot be moved.
fn control(key: &Key, path: &str, values: &[&Value]) -> Option<Control> {
    let mut shown: Vec<String> = values.iter().map(|value| text(value)).collect();
    shown.dedup();
    let (table, name) = path.rsplit_once('.').unwrap_or(("", path));
    let mut control = Control {
        key: path.to_owned(),
        kind: Kind::Number,
        label: name.replace('_', " "),
        of: table.replace("[*]", ": all").replace('_', " ").replace('.', " › "),
        expects: key.expects.clone(),
        shown: shown.join(" | "),
        start: None,
        least: 0.0,
        most: 1.0,
        step: 0.01,
        unit: "",
        choices: Vec::new(),
        is_first: false,
    };
    match (key.shape, &key.domain) {
        (Shape::Flag, _) => {
            control.kind = Kind::Flag;
            control.choices = ["true", "false"].map(str::to_owned).into();
        }
        (Shape::Choice, Domain::Names(names)) => {
            control.kind = Kind::Choice;
            control.choices = names.iter().map(|name| (*name).to_owned()).collect();
        }
        (Shape::Number | Shape::Whole | Shape::Distribution, Domain::Numbers { least, most })
            if key.shape != Shape::Distribution || values.iter().all(|value| number(value).is_some()) =>
        {
            let is_whole = key.shape == Shape::Whole;
            control.kind = if is_whole { Kind::Whole } else { Kind::Number };
            control.start = mean(&values.iter().filter_map(|value| number(value)).collect::<Vec<_>>());
            span(&mut control, *least, *most, if is_whole { 1.0 } else { 0.0 });
        }
        (Shape::Duration, domain) => {
            control.kind = Kind::Duration;
            let longest = if let Domain::WholeDays { most } = domain { *most as f64 } else { 20_000.0 };
            let spans: Vec<(f64, &'static str)> = values.iter().filter_map(|value| duration(value)).collect();
            let (length, unit) = spans.first().copied().unwrap_or((0.0, "d"));
            control.unit = unit;
            control.start = spans.first().map(|_| length);
            let is_whole = unit == "business days" || matches!(domain, Domain::WholeDays { .. });
            let least = if is_whole { 1.0 } else { 0.0 };
            span(&mut control, least, longest, if is_whole { 1.0 } else { 0.25 });
        }
        (Shape::Distribution, _) => {
            // Where nothing is set there is nothing to scale.
            let mut set = values.iter().filter(|value| value.as_str() != Some("none")).peekable();
            if set.peek().is_none() || !set.all(|value| can_be_scaled(value)) {
                return None;
            }
            let (least, most, step) = (0.125, 8.0, 0.05);
            control =
                Control { kind: Kind::Factor, start: Some(1.0), least, most, step, unit: "×", ..control };
            control.key.push('*');
            "a factor from 0 on what the scenario has, such as 0.5".clone_into(&mut control.expects);
        }
        _ => return None,
    }
    if let Some((_, label)) = FIRST.iter().find(|(key, _)| *key == control.key) {
        control.is_first = control.start.is_some();
        (*label).clone_into(&mut control.label);
    }
    Some(control)
}

/// Gives a slider ends and a step: four times the value, within what the key takes, or all of that where it is not wide.
fn span(control: &mut Control, least: f64, most: f64, whole: f64) {
    let start = control.start.unwrap_or(0.0);
    let is_narrow = most - least <= 2.0 && (start == 0.0 || start > 0.1);
    let reach = if start == 0.0 { 10.0 } else { rounded_up(4.0 * start.abs()) };
    control.least = if is_narrow || least >= 0.0 { least } else { least.max(-reach) };
    control.most = if is_narrow { most } else { most.min(reach.max(control.least + 1e-9)) };
    let fine = rounded_up((control.most - control.least) / 200.0);
    control.step = if whole > 0.0 { (fine / whole).floor().max(1.0) * whole } else { fine };
}

/// The next number of the form 1, 2 or 5 times a power of ten.
fn rounded_up(number: f64) -> f64 {
    let power = 10_f64.powf(number.log10().floor());
    let lead = [1.0, 2.0, 5.0, 10.0].into_iter().find(|lead| lead * power >= number * (1.0 - 1e-9));
    // Written and read, so that it is the number that its digits say.
    let found = lead.unwrap_or(10.0) * power;
    format!("{found:.12}").parse().unwrap_or(found)
}

fn mean(numbers: &[f64]) -> Option<f64> {
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    (!numbers.is_empty()).then(|| (mean * 1e6).round() / 1e6)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// A duration in days, hours or business days.
fn duration(value: &Value) -> Option<(f64, &'static str)> {
    let text = value.as_str()?;
    if let Some(count) = text.split_once(" business").and_then(|(count, _)| count.parse().ok()) {
        return Some((count, "business days"));
    }
    let seconds = crate::scenario::duration(text).ok()?.0 as f64;
    Some(if seconds < 2.0 * DAY && seconds > 0.0 { (seconds / 3600.0, "h") } else { (seconds / DAY, "d") })
}

/// Whether a distribution is one that can be scaled: not 0, and not one that is bound to `[0, 1]`.
fn can_be_scaled(value: &Value) -> bool {
    match value {
        Value::Table(table) => {
            if let Some(Value::Array(parts)) = table.get("mixture") {
                return parts.iter().filter_map(|part| part.get("of")).all(can_be_scaled);
            }
            let inner = table.get("fraction_of_deadline");
            inner.map_or(!table.contains_key("beta"), can_be_scaled)
        }
        Value::String(text) => text != "0d",
        other => number(other).is_some_and(|number| number > 0.0),
    }
}

/// A value as the page shows it.
fn text(value: &Value) -> String {
    let text = match value {
        Value::String(text) if text == "none" => "not set".to_owned(),
        Value::String(text) => text.clone(),
        Value::Table(table) => {
            table.iter().map(|(name, inner)| format!("{name} {}", text(inner))).collect::<Vec<_>>().join(", ")
        }
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    if text.chars().count() > 80 { text.chars().take(79).chain(['…']).collect() } else { text }
}
