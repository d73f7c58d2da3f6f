//! Observed values: a column of a CSV file, or the values themselves.

use super::plain::{Choice, Text, finite};
use super::quantity::Quantity;
use super::times::duration_at;
use crate::scenario::columns::csv_cell::Notation;
use crate::scenario::columns::csv_column::{Format, Problem, SEPARATORS};
use crate::scenario::columns::store::Column;
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::reading::section::Section;
use crate::scenario::text::duration::{LONGEST, duration, duration_text};
use crate::scenario::text::node::{number_text, quoted};
use crate::sim::SimDuration;
use std::sync::Arc;

/// The most values of a file that the canonical text repeats; a longer column is named there with the SHA-256 of its file.
const MOST_REPEATED: usize = 1_000;

const SEPARATOR: Choice<u8> = Choice(&SEPARATORS);

/// The decimal sign, as whether it is a comma.
const DECIMAL: Choice<bool> = Choice(&[(".", false), (",", true)]);

/// What becomes of rows without a value, as whether they are skipped.
const MISSING: Choice<bool> = Choice(&[("refuse", false), ("skip", true)]);

/// Last words of a column's name that say the unit of its numbers.
const UNIT_NAMES: [(&[&str], i64); 5] = [
    (&["w", "week", "weeks"], 7 * 86_400),
    (&["d", "day", "days"], 86_400),
    (&["h", "hour", "hours", "hrs"], 3_600),
    (&["min", "minute", "minutes"], 60),
    (&["s", "sec", "second", "seconds"], 1),
];

/// Reads `file` and `column`, or `values`; ascending, times in seconds.
pub(crate) fn read(section: &mut Section<'_>, quantity: Quantity) -> Arc<[f64]> {
    section.displaces("values", "file");
    let values = if section.has("values") { inline(section, quantity) } else { of_file(section, quantity) };
    values.unwrap_or_else(|| Arc::new([1.0]))
}

/// Values that stand in the scenario.
fn inline(section: &mut Section<'_>, quantity: Quantity) -> Option<Arc<[f64]>> {
    let before = section.error_count();
    let mut values = section.required("values", &Numbers { words: "an array of numbers from 0" });
    if quantity == Quantity::Time {
        let SimDuration(unit) = section.or("unit", &Unit, SimDuration::from_days(1));
        let largest = values.iter().copied().fold(0.0, f64::max);
        if section.error_count() == before && !fits(largest, unit) {
            let subject = section.path_of("values");
            section.report("values", too_long(&subject, largest, unit));
        }
        for value in &mut values {
            *value *= unit as f64;
        }
    }
    values.sort_by(f64::total_cmp);
    (section.error_count() == before).then(|| values.into())
}

/// A column of a file.
fn of_file(section: &mut Section<'_>, quantity: Quantity) -> Option<Arc<[f64]>> {
    let before = section.error_count();
    let file = section.required("file", &Text::Path);
    let column = section.required("column", &Text::Free);
    let separator = section.or("separator", &SEPARATOR, b',');
    let has_decimal_comma = section.or("decimal", &DECIMAL, false);
    let skips_missing = section.or("missing", &MISSING, false);
    let sha256 = section.optional("sha256", &Text::Free);
    let is_time = quantity == Quantity::Time;
    let given = if is_time { section.optional("unit", &Unit).map(|unit| unit.0) } else { None };
    let unit = given.or_else(|| unit_named(&column).filter(|_| is_time));
    if section.error_count() > before {
        return None;
    }
    let notation = Notation { has_decimal_comma, is_time };
    let path = section.file("file", &file);
    let format = Format { column, separator, notation, skips_missing, unit };
    let shown = path.display();
    let read = match section.columns().column(&path, &format) {
        Ok(read) => read,
        Err(problem) => {
            match problem {
                Problem::File(message) => section.report("file", message),
                Problem::Row(place, message) => section.report_at(place, message),
                Problem::NoUnit(largest) => {
                    section.report("column", no_unit(section, &format.column, largest));
                }
            }
            return None;
        }
    };
    if let Some(expected) = sha256.filter(|expected| *expected != read.sha256) {
        let found = &read.sha256;
        section.report("sha256", format!("{shown} has changed: its SHA-256 is {found}, expected {expected}"));
        return None;
    }
    if let Some(unit) = unit
        && !fits(read.largest, unit)
    {
        section.report("file", too_long(&format!("column {} of {shown}", format.column), read.largest, unit));
        return None;
    }
    if read.values.len() > MOST_REPEATED {
        section.columns().name(&read.values, canonical(&section.relative(&path), &format, &read));
    }
    Some(read.values)
}

/// The canonical text of a column that stays in its file.
fn canonical(file: &str, format: &Format, column: &Column) -> String {
    let mut text = format!("{{ empirical = {{ file = {}, column = {}", quoted(file), quoted(&format.column));
    let mut add = |key: &str, value: String| text.extend([", ", key, " = ", value.as_str()]);
    if let Some(unit) = format.unit {
        add("unit", quoted(&duration_text(SimDuration(unit))));
    }
    if format.separator != b',' {
        add("separator", SEPARATOR.write(&format.separator));
    }
    if format.notation.has_decimal_comma {
        add("decimal", DECIMAL.write(&true));
    }
    if format.skips_missing {
        add("missing", MISSING.write(&true));
    }
    add("sha256", quoted(&column.sha256));
    text + " } }"
}

/// The seconds of the unit that the last word of a column's name says, as in `days` or `Delay (hours)`.
fn unit_named(column: &str) -> Option<i64> {
    let lower = column.to_lowercase();
    let last = lower.split(|letter: char| !letter.is_alphanumeric()).rfind(|word| !word.is_empty())?;
    UNIT_NAMES.iter().find(|(names, _)| names.contains(&last)).map(|&(_, seconds)| seconds)
}

/// Whether so many units are no longer than a duration may be.
fn fits(largest: f64, unit: i64) -> bool {
    largest * unit as f64 <= LONGEST.0 as f64
}

/// What is said of a value that is longer than a duration may be.
fn too_long(subject: &str, largest: f64, unit: i64) -> String {
    let shown = duration_text(SimDuration(unit));
    let days = largest * unit as f64 / 86_400.0;
    let way_out = match likely_unit(largest, unit - 1) {
        Some(other) => format!("write the unit of its numbers, such as unit = \"{other}\""),
        None => "no unit is small enough for it".to_owned(),
    };
    format!(
        "{subject} reaches {}, with unit = \"{shown}\" that is {days:.0} days: at most {} are possible; {way_out}",
        number_text(largest),
        LONGEST.0 / 86_400
    )
}

/// What is said of a column whose numbers have no unit.
fn no_unit(section: &Section<'_>, column: &str, largest: f64) -> String {
    let path = section.path_of("unit");
    let way_out = match likely_unit(largest, i64::MAX) {
        Some(unit) => format!("for example unit = \"{unit}\""),
        None => "no unit is small enough for it".to_owned(),
    };
    let reached = number_text(largest);
    format!(
        "missing key {path}: column {column}, which reaches {reached}, says no unit as days or delay_hours would: {way_out}"
    )
}

/// The largest unit of at most so many seconds that keeps the value within a duration's limit.
fn likely_unit(largest: f64, at_most: i64) -> Option<&'static str> {
    let units = [("1d", 86_400), ("1h", 3_600), ("1m", 60), ("1s", 1)];
    units.into_iter().find(|&(_, unit)| unit <= at_most && fits(largest, unit)).map(|(text, _)| text)
}

/// What observed numbers count: a duration longer than 0.
#[derive(Clone, Copy, Debug)]
struct Unit;

impl Kind for Unit {
    type Value = SimDuration;

    fn expects(&self) -> String {
        "a duration longer than 0, such as \"1h\"".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Duration
    }

    fn example(&self) -> SimDuration {
        SimDuration::from_days(1)
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<SimDuration> {
        let unit = duration_at(cursor, &self.expects(), duration)?;
        if unit.0 > 0 { Some(unit) } else { cursor.out_of_range(&self.expects()) }
    }

    fn write(&self, value: &SimDuration) -> String {
        quoted(&duration_text(*value))
    }
}

/// An array of finite numbers from 0 that is not empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers {
    /// What is expected, in words.
    pub(crate) words: &'static str,
}

impl Kind for Numbers {
    type Value = Vec<f64>;

    fn expects(&self) -> String {
        self.words.to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::List
    }

    fn example(&self) -> Vec<f64> {
        vec![1.0]
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Vec<f64>> {
        let Some(elements) = cursor.elements() else {
            return cursor.wrong_type(self.words);
        };
        if elements.is_empty() {
            return cursor.fail(&format!("is empty: expected {}", self.words));
        }
        let number = |element: &Cursor<'_>| {
            let number = finite(element, "a number from 0")?;
            if number < 0.0 { element.out_of_range("a number from 0") } else { Some(number) }
        };
        elements.iter().map(number).collect()
    }

    fn write(&self, value: &Vec<f64>) -> String {
        let shown: Vec<String> = value.iter().map(|number| number_text(*number)).collect();
        format!("[{}]", shown.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_columns_name_may_say_its_unit() {
        for (name, unit) in [
            ("days", Some(86_400)),
            ("delay_hours", Some(3_600)),
            ("Delay (Minutes)", Some(60)),
            ("seconds", Some(1)),
            ("delay", None),
            ("holidays", None),
            ("", None),
        ] {
            assert_eq!(unit_named(name), unit, "{name}");
        }
    }
}
