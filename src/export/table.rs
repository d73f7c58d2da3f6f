//! Rows of cells as CSV, and how numbers are written. Cells are written where they stay: a run of a second has some hundred
//! thousand of them, most of them whole numbers, which never need quotes.

use super::typed::{Cells, TypedTable, each_part};
use std::io::{self, Write as _};

/// A table under way, cell after cell and row after row; by default one without a head.
#[derive(Debug, Default)]
struct Table {
    bytes: Vec<u8>,
    /// Knows what has to be quoted.
    quoting: csv_core::Writer,
    is_in_row: bool,
}

impl Table {
    /// A table with these columns.
    fn new<S: AsRef<str>>(columns: &[S]) -> Self {
        let mut table = Self::default();
        table.row(columns);
        table
    }

    /// A row of its own, or the last cells of one.
    fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        for cell in cells {
            self.text(cell.as_ref());
        }
        self.end_row();
    }

    fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn begin_cell(&mut self) {
        if self.is_in_row {
            self.bytes.push(b',');
        }
        self.is_in_row = true;
    }

    #[cold]
    fn quoted(&mut self, cell: &str) {
        self.bytes.push(b'"');
        let from = self.bytes.len();
        // At worst every byte is a quote, and doubled.
        self.bytes.resize(from + 2 * cell.len(), 0);
        let (_, _, written) = csv_core::quote(cell.as_bytes(), &mut self.bytes[from..], b'"', b'"', true);
        self.bytes.truncate(from + written);
        self.bytes.push(b'"');
    }
}

impl Cells for Table {
    /// A cell of text; one that a spreadsheet would run as a formula begins with an apostrophe.
    fn text(&mut self, cell: &str) {
        self.begin_cell();
        if is_formula(cell) {
            return self.quoted(&format!("'{cell}"));
        }
        if self.quoting.should_quote(cell.as_bytes()) {
            self.quoted(cell);
        } else {
            self.bytes.extend_from_slice(cell.as_bytes());
        }
    }

    fn label(&mut self, cell: &str) {
        self.text(cell);
    }

    fn maybe_whole(&mut self, number: Option<u64>) {
        self.begin_cell();
        if let Some(number) = number {
            write_whole(&mut self.bytes, number);
        }
    }

    fn number(&mut self, value: Option<f64>) {
        self.begin_cell();
        write_number(&mut self.bytes, value);
    }

    fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.is_in_row = false;
    }
}

/// A table as CSV: the head, and then part after part.
///
/// A part is an error if what it is made of cannot be read.
pub fn csv<T: TypedTable>(table: &T) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    let columns = table.columns();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_ref()).collect();
    let head = Table::new(&names).into_bytes();
    let part = |part| {
        let mut rows = Table::default();
        table.fill(part, &mut rows)?;
        Ok(rows.into_bytes())
    };
    std::iter::once(Ok(head)).chain(each_part(table, part).flatten())
}

/// Whether a spreadsheet would take a text for a formula: it begins as one (OWASP, "CSV Injection") and is no number.
fn is_formula(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    else {
        return false;
    };
    let is_number =
        rest.starts_with(|next: char| next.is_ascii_digit() || next == '.') && cell.parse::<f64>().is_ok();
    !is_number
}

/// From so many decimals on a number is written with its power of ten.
const FINEST: u32 = 17;

fn write_whole(text: &mut Vec<u8>, number: u64) {
    text.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// A number with at most six decimals, or six significant digits if it is smaller than a tenth, and no trailing zeros; what is
/// undefined is empty.
fn write_number(text: &mut Vec<u8>, value: Option<f64>) {
    let Some(value) = value.filter(|value| value.is_finite()) else {
        return;
    };
    // Counts of one replication are whole. A float above 2^53 is not a count any more.
    let count = value as u64;
    if (count as f64).to_bits() == value.to_bits() && count < 1 << 53 {
        write_whole(text, count);
        return;
    }
    let size = value.abs();
    // Whole numbers are much quicker to write than a float with decimals: millionths, or smaller parts of a small number.
    let (mut scaled, mut decimals) = (size * 1e6, 6);
    while scaled < 99_999.95 && decimals < FINEST {
        scaled *= 10.0;
        decimals += 1;
    }
    if size <= 0.0 {
        text.push(b'0');
        return;
    }
    if decimals == FINEST {
        // Writing to memory does not fail.
        let _ = write!(text, "{value:.5e}");
        return;
    }
    if scaled >= 9e15 {
        let _ = write!(text, "{value:.0}");
        return;
    }
    if value < 0.0 {
        text.push(b'-');
    }
    let unit = 10_u64.pow(decimals);
    let parts = scaled.round() as u64;
    let (whole, mut rest) = (parts / unit, parts % unit);
    write_whole(text, whole);
    if rest == 0 {
        return;
    }
    text.push(b'.');
    while rest > 0 {
        rest *= 10;
        text.push(b'0' + (rest / unit) as u8);
        rest %= unit;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: Option<f64>) -> String {
        let mut text = Vec::new();
        write_number(&mut text, value);
        String::from_utf8(text).expect("digits are text")
    }

    #[test]
    fn numbers_have_no_trailing_zeros_and_the_undefined_is_empty() {
        assert_eq!(number(Some(0.0)), "0");
        assert_eq!(number(Some(-0.0)), "0");
        assert_eq!(number(Some(0.25)), "0.25");
        assert_eq!(number(Some(1200.0)), "1200");
        assert_eq!(number(Some(1.0 / 3.0)), "0.333333");
        assert_eq!(number(Some(-1.5)), "-1.5");
        assert_eq!(number(Some(-3.0)), "-3");
        assert_eq!(number(Some(0.000_001)), "0.000001");
        assert_eq!(number(Some(9_007_199_254_740_991.0)), "9007199254740991");
        assert_eq!(number(Some(3e16)), "30000000000000000");
        assert_eq!(number(Some(f64::NAN)), "");
        assert_eq!(number(None), "");
    }

    #[test]
    fn small_numbers_keep_six_significant_digits_and_none_becomes_zero() {
        assert_eq!(number(Some(0.012_345_678_9)), "0.0123457");
        assert_eq!(number(Some(0.099_999_99)), "0.1");
        assert_eq!(number(Some(1.25e-7)), "0.000000125");
        assert_eq!(number(Some(-0.000_000_1)), "-0.0000001");
        assert_eq!(number(Some(1.0 / 3e10)), "0.0000000000333333");
        assert_eq!(number(Some(1.0 / 3e15)), "3.33333e-16");
        assert_eq!(number(Some(-5e-324)), "-4.94066e-324");
    }

    #[test]
    fn text_is_quoted_where_it_must_be_and_numbers_are_not() {
        let mut table = Table::new(&["plain", "with, comma", "with \"quotes\""]);
        table.text("two\nlines");
        table.whole(7);
        table.number(Some(0.5));
        table.end_row();
        table.text("\"");
        table.number(None);
        table.text("");
        table.end_row();
        let wanted = "plain,\"with, comma\",\"with \"\"quotes\"\"\"\n\"two\nlines\",7,0.5\n\"\"\"\",,\n";
        assert_eq!(String::from_utf8(table.into_bytes()).as_deref(), Ok(wanted));
    }

    #[test]
    fn a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe_and_a_number_does_not() {
        for (cell, written) in [
            ("=1+2", "\"'=1+2\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\""),
            ("-2+3", "\"'-2+3\""),
            ("-", "\"'-\""),
            ("-inf", "\"'-inf\""),
            ("\t=1", "\"'\t=1\""),
            ("＝1", "\"'＝1\""),
            ("=\"a\"", "\"'=\"\"a\"\"\""),
            ("-1.5", "-1.5"),
            ("+.5e-3", "+.5e-3"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            let mut table = Table::default();
            table.text(cell);
            assert_eq!(String::from_utf8(table.into_bytes()).as_deref(), Ok(written));
        }
    }
}
