//! Design points from a CSV file: one column per factor, one row per point.

use super::factor::{Factor, Levels, level};
use super::study_checks::MOST_POINTS;
use crate::scenario::columns::csv_text::decoded;
use crate::scenario::text::error::{ScenarioError, listed};
use crate::scenario::text::file;
use crate::scenario::text::node::Node;
use crate::scenario::text::place::{Lines, Place};
use std::path::Path;

/// The largest file.
const MOST_BYTES: u64 = 64 << 20;

/// How many wrong cells are shown; all are counted.
const SHOWN_ERRORS: usize = 10;

/// The text of the file at `path`, which is named at `place`.
pub(crate) fn text(path: &Path, place: &Place) -> Result<String, ScenarioError> {
    let text = match file::bytes(path, MOST_BYTES) {
        Ok(bytes) => decoded(bytes),
        Err(problem) => Err(format!("cannot be read: {problem}")),
    };
    text.map_err(|problem| ScenarioError::new(place.clone(), format!("{} {problem}", path.display())))
}

/// Gives factors the values of their columns in `text`, that of the file at `path`, which is named at `place`, and says what is
/// wrong with it.
///
/// Cells are written as values of an option are: text that is no TOML value is a string.
pub(crate) fn fill(factors: &mut [Factor], path: &Path, text: &str, place: &Place) -> Vec<ScenarioError> {
    let shown = path.display();
    let fail = |problem: String| vec![ScenarioError::new(place.clone(), format!("{shown} {problem}"))];
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let head = match rows.headers() {
        Ok(head) => head.clone(),
        Err(error) => return fail(format!("cannot be read: {error}")),
    };
    let columns = match columns(factors, &head) {
        Ok(columns) => columns,
        Err(problems) => return problems.into_iter().flat_map(fail).collect(),
    };
    let lines = Lines::new(path, text);
    let mut levels = vec![Vec::new(); factors.len()];
    let mut errors = Vec::new();
    let mut row = csv::StringRecord::new();
    loop {
        match rows.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return fail(format!("cannot be read: {error}")),
        }
        if row.iter().all(str::is_empty) {
            continue;
        }
        let start = begin(text, row.position().map_or(0, |position| position.byte() as usize));
        let end = start + text[start..].lines().next().map_or(0, str::len);
        let at = lines.place(start..end);
        if row.len() != head.len() {
            let (found, wanted) = (row.len(), head.len());
            let message = format!(
                "the row has {found} cells and the head has {wanted}: put cells with commas in quotes"
            );
            errors.push(ScenarioError::new(at, message));
            continue;
        }
        for ((factor, &column), levels) in factors.iter().zip(&columns).zip(&mut levels) {
            match cell(&row[column], factor, &at) {
                Ok(level) => levels.push(level),
                Err(found) => errors.extend(found),
            }
        }
        if levels.first().is_some_and(|levels| levels.len() > MOST_POINTS) {
            return fail(format!("has more than {MOST_POINTS} rows: at most so many points are possible"));
        }
    }
    if errors.is_empty() && levels.iter().any(Vec::is_empty) {
        return fail("has no rows: write one row per design point".to_owned());
    }
    // Rows that are wrong would make factors of unequal length, which is not what is wrong with them.
    for (factor, levels) in factors.iter_mut().zip(levels).filter(|_| errors.is_empty()) {
        factor.levels = Levels::Values(levels);
    }
    let more = errors.len().saturating_sub(SHOWN_ERRORS);
    errors.truncate(SHOWN_ERRORS);
    if more > 0 {
        errors.extend(fail(format!("has {more} more that are wrong")));
    }
    errors
}

/// The level that a cell gives a factor.
fn cell(text: &str, factor: &Factor, at: &Place) -> Result<super::factor::Level, Vec<ScenarioError>> {
    let fail = |message: String| vec![ScenarioError::new(at.clone(), message)];
    if text.is_empty() {
        return Err(fail(format!("the column {} has no value in this row", factor.name)));
    }
    let node = Node::value(text, at).map_err(crate::scenario::text::error::ScenarioErrors::into_vec)?;
    level(&node, factor.keys.len()).map_err(fail)
}

/// The column of each factor.
fn columns(factors: &[Factor], head: &csv::StringRecord) -> Result<Vec<usize>, Vec<String>> {
    let mut problems = Vec::new();
    let mut columns = Vec::new();
    for factor in factors {
        let same: Vec<usize> = (0..head.len()).filter(|&column| head[column] == factor.name).collect();
        match same[..] {
            [column] => columns.push(column),
            [] => problems.push(format!(
                "has no column {}: a factor has the column of its name, with cells between commas; columns are {}",
                factor.name,
                listed(head.iter())
            )),
            _ => problems.push(format!("has {} columns {}: one is needed", same.len(), factor.name)),
        }
    }
    for name in head.iter().filter(|&name| factors.iter().all(|factor| factor.name != name)) {
        problems.push(format!(
            "has a column {name} that is no factor: write a [[factor]] of that name, or remove it"
        ));
    }
    if problems.is_empty() { Ok(columns) } else { Err(problems) }
}

/// Where the row begins that the reader began to look for at byte `offset`: ends of lines before it are still ahead there.
fn begin(text: &str, offset: usize) -> usize {
    let ahead = text.as_bytes()[offset.min(text.len())..].iter();
    offset + ahead.take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count()
}
