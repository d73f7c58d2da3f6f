//! One column of a CSV file, read whole: its values, or everything that keeps it from being read in one message.

use super::csv_cell::{Cell, Notation, is_with_decimal_comma};
use super::csv_text::{decoded, line_of_row};
use crate::scenario::text::error::listed;
use crate::scenario::text::place::Place;
use std::borrow::Cow;
use std::path::Path;

/// The most values that a column may have.
const MOST_VALUES: usize = 5_000_000;

/// How many wrong cells are shown; all are counted.
const SHOWN_CELLS: usize = 3;

/// How many columns of a file are named.
const SHOWN_COLUMNS: usize = 12;

/// The most characters of a cell or a name that a message quotes.
const SHOWN_CHARACTERS: usize = 30;

/// Separators of cells by the names that scenarios give them.
pub(crate) const SEPARATORS: [(&str, u8); 5] =
    [(",", b','), (";", b';'), ("tab", b'\t'), ("\t", b'\t'), ("|", b'|')];

/// Which column, and how its file is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Format {
    /// The name at the column's head.
    pub(crate) column: String,
    /// What separates cells.
    pub(crate) separator: u8,
    /// How numbers are written.
    pub(crate) notation: Notation,
    /// Whether rows without a value are passed over.
    pub(crate) skips_missing: bool,
    /// The seconds that the numbers of a column of times count, if they are known.
    pub(crate) unit: Option<i64>,
}

/// What keeps a column from being read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Problem {
    /// Something about the file as a whole.
    File(String),
    /// Something about its rows, at the first of them.
    Row(Place, String),
    /// Its numbers have no unit; the largest of them.
    NoUnit(f64),
}

/// The values of a column in the order of the file, times in seconds, and the largest number as it is written.
pub(crate) fn values(path: &Path, bytes: Vec<u8>, format: &Format) -> Result<(Vec<f64>, f64), Problem> {
    let shown = path.display();
    let fail = |problem: String| Problem::File(format!("{shown} {problem}"));
    let text = decoded(bytes).map_err(fail)?;
    let mut rows = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .delimiter(format.separator)
        .flexible(true)
        .from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| fail(format!("cannot be read: {error}"));
    let head = rows.headers().map_err(unreadable)?.clone();
    let index = index(&text, &head, format).map_err(fail)?;
    let mut wrong = WrongCells { text: &text, count: 0, rows: 0, are_all_missing: true, shown: Vec::new() };
    let (mut values, mut largest, mut has_numbers) = (Vec::new(), 0.0_f64, false);
    let mut row = csv::StringRecord::new();
    while rows.read_record(&mut row).map_err(unreadable)? {
        if row.iter().all(str::is_empty) {
            continue;
        }
        wrong.rows += 1;
        let is_ragged = row.len() < head.len() || row.iter().skip(head.len()).any(|cell| !cell.is_empty());
        let cell = row.get(index).unwrap_or_default();
        match format.notation.read(cell) {
            _ if is_ragged => wrong.add(&row, None, row.len()),
            Cell::Number(number) => {
                has_numbers = true;
                largest = largest.max(number);
                values.push(number * format.unit.unwrap_or(1) as f64);
            }
            Cell::Seconds(seconds) => values.push(seconds),
            Cell::Missing if format.skips_missing => {}
            kind => wrong.add(&row, Some((cell, kind)), row.len()),
        }
        if values.len() > MOST_VALUES {
            return Err(fail(format!("has more than {MOST_VALUES} values: take a sample of them")));
        }
    }
    if let Some((line, message)) = wrong.message(format, head.len()) {
        return Err(Problem::Row(
            Place::line(path, line, text.lines().nth(line as usize - 1).unwrap_or_default()),
            message,
        ));
    }
    if values.is_empty() {
        let what = if wrong.rows == 0 { "rows" } else { "values" };
        return Err(fail(format!("has no {what}")));
    }
    if format.notation.is_time && has_numbers && format.unit.is_none() {
        return Err(Problem::NoUnit(largest));
    }
    Ok((values, largest))
}

/// The place of the column among the others.
fn index(text: &str, head: &csv::StringRecord, format: &Format) -> Result<usize, String> {
    let column = format.column.as_str();
    let same: Vec<usize> = (0..head.len()).filter(|&index| &head[index] == column).collect();
    match same[..] {
        [index] => return Ok(index),
        [first, second, ..] => {
            return Err(format!(
                "has {} columns named {column}, the first two in places {} and {}: give each a name of its own",
                same.len(),
                first + 1,
                second + 1
            ));
        }
        [] => {}
    }
    let first_line = text.trim_start().lines().next().unwrap_or_default();
    let found_by =
        SEPARATORS.iter().filter(|(_, separator)| *separator != format.separator).find(|(_, by)| {
            first_line.split(char::from(*by)).any(|name| name.trim().trim_matches('"') == column)
        });
    if let Some((name, by)) = found_by {
        let next_line = text.trim_start().lines().nth(1).unwrap_or_default();
        let has_commas = !format.notation.has_decimal_comma
            && next_line.split(char::from(*by)).any(|cell| is_with_decimal_comma(cell.trim()));
        let decimal = if has_commas { " and decimal = \",\"" } else { "" };
        return Err(format!("separates its columns otherwise: write separator = \"{name}\"{decimal}"));
    }
    if head.is_empty() {
        return Err("is empty: its first row names the columns".to_owned());
    }
    // The first line of a file that is no CSV file may be a secret: it is not shown.
    if !head.iter().all(is_column_name) {
        return Err(format!("has no column {column}, and its first row does not name columns"));
    }
    let names: Vec<Cow<'_, str>> = head.iter().take(SHOWN_COLUMNS).map(shortened).collect();
    let more = head.len().saturating_sub(SHOWN_COLUMNS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Err(format!("has no column {column}: columns are {}{more}", listed(names.iter().map(AsRef::as_ref))))
}

/// Whether a cell of the first row may be the name of a column: words, with what people put around units.
fn is_column_name(cell: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || " _-.()[]/%#€$".contains(letter);
    cell.is_empty() || (cell.starts_with(char::is_alphanumeric) && cell.chars().all(is_part))
}

/// Cells that hold no value, all counted and the first few kept.
struct WrongCells<'a> {
    text: &'a str,
    count: usize,
    rows: usize,
    are_all_missing: bool,
    /// The byte from which the row was looked for, and the cell or, of a ragged row, its length.
    shown: Vec<(usize, String, bool)>,
}

impl WrongCells<'_> {
    fn add(&mut self, row: &csv::StringRecord, cell: Option<(&str, Cell)>, length: usize) {
        self.count += 1;
        self.are_all_missing &= matches!(cell, Some((_, Cell::Missing)));
        if self.shown.len() < SHOWN_CELLS {
            let offset = row.position().map_or(0, csv::Position::byte) as usize;
            let (words, is_ragged) = match cell {
                Some((cell, _)) => (shortened(cell).into_owned(), false),
                None => (length.to_string(), true),
            };
            self.shown.push((offset, words, is_ragged));
        }
    }

    /// The line of the first of them, and what is said of them all.
    fn message(&self, format: &Format, columns: usize) -> Option<(u32, String)> {
        let line = |offset: usize| line_of_row(self.text, offset);
        let (first, words, is_ragged) = self.shown.first()?;
        let expected = format.notation.words();
        let mut message = if *is_ragged {
            format!("the row has {words} cells and the head {columns}: expected as many")
        } else {
            format!("column {} holds \"{words}\": expected {expected}", format.column)
        };
        if self.count > 1 {
            let others = self.shown.iter().skip(1).map(|(offset, words, is_ragged)| {
                let words = if *is_ragged { format!("{words} cells") } else { format!("\"{words}\"") };
                format!("{words} on line {}", line(*offset))
            });
            let others: Vec<String> = others.collect();
            let rest = if self.count > self.shown.len() { ", ..." } else { "" };
            let others = listed(others.iter().map(String::as_str));
            let (count, rows) = (self.count, self.rows);
            message = format!("{message}; so {count} of {rows} rows are wrong: {others}{rest}");
        }
        let has_commas = |(_, words, is_ragged): &(usize, String, bool)| {
            !is_ragged && !format.notation.has_decimal_comma && is_with_decimal_comma(words)
        };
        if self.are_all_missing {
            message += "; missing = \"skip\" leaves out rows without a value";
        } else if self.shown.iter().any(has_commas) {
            message += "; for a decimal comma write decimal = \",\"";
        } else if *is_ragged && columns == 1 && format.separator == b',' {
            message += "; where the comma is a decimal comma write separator = \";\" and decimal = \",\"";
        }
        Some((line(*first), message))
    }
}

/// A cell or a name cut to a length that fits a message.
fn shortened(text: &str) -> Cow<'_, str> {
    if text.chars().count() <= SHOWN_CHARACTERS {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().take(SHOWN_CHARACTERS - 3).collect::<String>() + "...")
    }
}
