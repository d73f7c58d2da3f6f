//! Tables with typed columns: whoever knows a table says what its columns are and fills them once, for whatever format.
//!
//! A table that implements [`TypedTable`] is written as CSV by [`csv`](super::csv), and with the features of those
//! names as Arrow record batches by `arrow::batches` and as Parquet by `parquet::parquet`. All are driven by the same rows, so that they cannot differ.

use rayon::prelude::*;
use std::borrow::Cow;
use std::io;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text; what is empty is undefined.
    Text,
    /// A whole number, which may be undefined.
    Whole,
    /// A number, which may be undefined.
    Number,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, the same in every format.
    pub name: Cow<'static, str>,
    /// Its type.
    pub kind: Kind,
    /// What it is, in a few words with the unit.
    pub meaning: &'static str,
}

impl Column {
    /// A column of text.
    pub const fn text(name: &'static str, meaning: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), kind: Kind::Text, meaning }
    }

    /// A column of whole numbers.
    pub const fn whole(name: &'static str, meaning: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), kind: Kind::Whole, meaning }
    }

    /// A column of numbers.
    pub const fn number(name: &'static str, meaning: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), kind: Kind::Number, meaning }
    }

    /// A column of the labels of a factor: numbers, if every label is one.
    pub(super) fn factor<'a>(name: &str, mut labels: impl Iterator<Item = &'a str>) -> Self {
        let are_numbers = labels.all(|label| label_number(label).is_some());
        let kind = if are_numbers { Kind::Number } else { Kind::Text };
        Self { name: Cow::Owned(name.to_owned()), kind, meaning: "level of the factor" }
    }
}

/// The number that a label of a factor is, if it is one.
pub(super) fn label_number(label: &str) -> Option<f64> {
    label.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Where the cells of rows go, one after the other in the order of the columns.
pub trait Cells {
    /// Text of a column of text; empty text is undefined.
    fn text(&mut self, cell: &str);
    /// A label of a factor, in a column of text or of numbers.
    fn label(&mut self, cell: &str);
    /// A whole number below 2^63, or none.
    fn maybe_whole(&mut self, number: Option<u64>);
    /// A number; one that is not finite is undefined.
    fn number(&mut self, value: Option<f64>);
    /// Ends the row.
    fn end_row(&mut self);

    /// A whole number below 2^63.
    fn whole(&mut self, number: u64) {
        self.maybe_whole(Some(number));
    }
}

/// A table: its name, its columns, and rows that are filled part by part.
pub trait TypedTable: Sync {
    /// Its name, which is that of its file without an extension.
    fn name(&self) -> &'static str;

    /// Its columns in their order.
    fn columns(&self) -> Vec<Column>;

    /// How many parts its rows have; they are filled in order.
    fn parts(&self) -> usize {
        1
    }

    /// How many parts are filled side by side, and are in memory together.
    fn parts_together(&self) -> usize {
        1
    }

    /// Fills in the rows of a part.
    ///
    /// # Errors
    /// If what they are made of cannot be read.
    fn fill<C: Cells>(&self, part: usize, cells: &mut C) -> io::Result<()>;
}

/// What becomes of every part, in order, some of them worked out side by side.
pub(super) fn each_part<'a, T: TypedTable, P: Send>(
    table: &'a T,
    make: impl Fn(usize) -> io::Result<P> + Sync + 'a,
) -> impl Iterator<Item = Vec<io::Result<P>>> + 'a {
    let (parts, together) = (table.parts(), table.parts_together().max(1));
    (0..parts).step_by(together).map(move |first| {
        let some = first..parts.min(first + together);
        if some.len() == 1 { some.map(&make).collect() } else { some.into_par_iter().map(&make).collect() }
    })
}
