//! Cells of observed values: numbers, durations, and the ways in which a value can be missing.

use crate::scenario::text::duration::duration;

/// What people and programs write where there is no value.
const MISSING: [&str; 11] = ["", "na", "n/a", "#n/a", "nan", "null", "none", "-", "–", "—", "."];

/// How the cells of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Notation {
    /// Whether a comma stands before decimals.
    pub(crate) has_decimal_comma: bool,
    /// Whether the column is of times, so that a cell may be a duration.
    pub(crate) is_time: bool,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell {
    /// A number from 0.
    Number(f64),
    /// A duration, in seconds.
    Seconds(f64),
    /// No value.
    Missing,
    /// Something else.
    Wrong,
}

impl Notation {
    /// What is expected of a cell, in words.
    pub(crate) const fn words(self) -> &'static str {
        if self.is_time {
            "a number from 0, or a duration such as 2h 30m or 02:30:00"
        } else {
            "a number from 0"
        }
    }

    /// Reads a cell without spaces around it.
    pub(crate) fn read(self, cell: &str) -> Cell {
        if MISSING.iter().any(|missing| missing.eq_ignore_ascii_case(cell)) {
            return Cell::Missing;
        }
        let number = match (self.has_decimal_comma, cell.contains(','), cell.contains('.')) {
            (true, true, false) => cell.replacen(',', ".", 1).parse::<f64>(),
            (true, _, true) => return Cell::Wrong,
            _ => cell.parse::<f64>(),
        };
        match number {
            Ok(number) if number.is_finite() && number >= 0.0 => Cell::Number(number + 0.0),
            Err(_) if self.is_time => self.seconds(cell).map_or(Cell::Wrong, Cell::Seconds),
            _ => Cell::Wrong,
        }
    }

    /// The seconds of a duration as people (`2h 30m`) or spreadsheets (`02:30:00`) write it.
    fn seconds(self, cell: &str) -> Option<f64> {
        if cell.contains(':') {
            return clock(cell);
        }
        let written = if self.has_decimal_comma { cell.replace(',', ".") } else { cell.to_owned() };
        duration(&written).ok().map(|length| length.0 as f64)
    }
}

/// `HH:MM:SS` as an elapsed time, of any number of hours.
fn clock(cell: &str) -> Option<f64> {
    let parts: Vec<&str> = cell.split(':').collect();
    let [hours, minutes, seconds] = parts[..] else { return None };
    let number = |digits: &str| {
        let are_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| are_digits)
    };
    let below_sixty = |digits: &str| number(digits).filter(|&number| number < 60 && digits.len() == 2);
    let (hours, minutes, seconds) = (number(hours)?, below_sixty(minutes)?, below_sixty(seconds)?);
    Some(f64::from(hours) * 3600.0 + f64::from(minutes * 60 + seconds))
}

/// Whether the cell is a number with a decimal comma.
pub(crate) fn is_with_decimal_comma(cell: &str) -> bool {
    let notation = Notation { has_decimal_comma: true, is_time: false };
    cell.contains(',') && matches!(notation.read(cell), Cell::Number(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_number_a_duration_or_missing() {
        let times = Notation { has_decimal_comma: false, is_time: true };
        let numbers = Notation { is_time: false, ..times };
        let commas = Notation { has_decimal_comma: true, ..times };
        for (notation, cell, read) in [
            (times, "2.5", Cell::Number(2.5)),
            (times, "2h 30m", Cell::Seconds(9000.0)),
            (times, "02:30:00", Cell::Seconds(9000.0)),
            (times, "100:00:01", Cell::Seconds(360_001.0)),
            (times, "12:00", Cell::Wrong),
            (times, "1:60:00", Cell::Wrong),
            (numbers, "2h", Cell::Wrong),
            (numbers, "-0", Cell::Number(0.0)),
            (numbers, "-1", Cell::Wrong),
            (numbers, "inf", Cell::Wrong),
            (numbers, "2,5", Cell::Wrong),
            (commas, "2,5", Cell::Number(2.5)),
            (commas, "2,5h", Cell::Seconds(9000.0)),
            (commas, "1.234,5", Cell::Wrong),
            (commas, "1.5", Cell::Wrong),
            (numbers, "NaN", Cell::Missing),
            (numbers, "#N/A", Cell::Missing),
            (numbers, "", Cell::Missing),
        ] {
            assert_eq!(notation.read(cell), read, "{cell:?} as {notation:?}");
        }
    }
}
