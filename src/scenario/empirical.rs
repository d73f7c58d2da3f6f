//! Observed values: a column of a CSV file, or the values themselves.

use super::catalogue::Shape;
use super::error::listed;
use super::kinds::{Text, finite};
use super::law::Measure;
use super::moments::Duration;
use super::node::number_text;
use super::place::Place;
use super::reading::{Cursor, Kind};
use super::section::Section;
use crate::sim::SimDuration;
use std::path::Path;

/// The most values that a distribution may have.
const MOST_VALUES: usize = 100_000;

/// The largest file that holds them among other columns.
const MOST_BYTES: u64 = 256 << 20;

/// Reads `file` and `column`, or `values`; ascending, times in seconds.
pub(crate) fn read(section: &mut Section<'_>, measure: Measure) -> Vec<f64> {
    let before = section.error_count();
    section.displaces("values", "file");
    let mut values = if section.has("values") {
        section.required("values", &Numbers { words: "an array of numbers from 0" })
    } else {
        let file = section.required("file", &Text::Path);
        let column = section.required("column", &Text::Free);
        let read = || column_of(&section.file("file", &file), &column);
        let column = if section.error_count() > before { Ok(vec![1.0]) } else { read() };
        column.unwrap_or_else(|(place, problem)| {
            let place = place.unwrap_or_else(|| section.place_of("file"));
            section.report_at(place, problem);
            vec![1.0]
        })
    };
    if measure == Measure::Time {
        let SimDuration(unit) = section.or("unit", &Duration, SimDuration::from_days(1));
        for value in &mut values {
            *value *= unit as f64;
        }
    }
    values.sort_by(f64::total_cmp);
    values
}

/// A violation in a column, at its row if it has one.
type ColumnError = (Option<Place>, String);

/// The numbers of one column.
fn column_of(path: &Path, column: &str) -> Result<Vec<f64>, ColumnError> {
    let shown = path.display();
    let unreadable = |problem: &dyn std::fmt::Display| (None, format!("cannot read {shown}: {problem}"));
    if path.is_dir() {
        return Err(unreadable(&"it is a directory"));
    }
    let bytes = super::file::bytes(path, MOST_BYTES).map_err(|problem| unreadable(&problem))?;
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes.as_slice());
    let headers = rows.headers().map_err(|error| unreadable(&error))?.clone();
    let Some(index) = headers.iter().position(|header| header == column) else {
        return Err((
            None,
            format!("{shown} has no column {column}: columns are {}", listed(headers.iter())),
        ));
    };
    let mut values = Vec::new();
    for row in rows.records() {
        let row = row.map_err(|error| unreadable(&error))?;
        let line = row.position().map_or(0, csv::Position::line);
        let field = row.get(index).unwrap_or_default();
        match field.parse::<f64>() {
            Ok(value) if value.is_finite() && value >= 0.0 => values.push(value + 0.0),
            _ => {
                let place = Place::File { file: path.into(), line: line as u32, column: 1 };
                let problem = format!("column {column} holds \"{field}\": expected a number from 0");
                return Err((Some(place), problem));
            }
        }
        if values.len() > MOST_VALUES {
            return Err((None, format!("{shown} has more than {MOST_VALUES} rows: take a sample of them")));
        }
    }
    if values.is_empty() { Err((None, format!("{shown} has no rows"))) } else { Ok(values) }
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
