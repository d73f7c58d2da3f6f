//! Typed tables as Arrow record batches.

use super::typed::{Cells, Column, Kind, TypedTable, each_part, label_number};
use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Metadata, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use std::io;
use std::sync::Arc;

/// Words by which no column can be called in SQL without quotes, those of `DuckDB` (`duckdb_keywords()`, reserved); a column of
/// such a name comes once more under another. Of our own columns it is `group`, the others could be factors.
const RESERVED: &str = "all analyse analyze and any array as asc asymmetric both case cast check collate column constraint \
    create default deferrable desc describe distinct do else end except false fetch for foreign from \
    group having in initially intersect into lambda lateral leading limit not null offset on only or \
    order pivot pivot_longer pivot_wider placing primary qualify references returning select show some \
    summarize symmetric table then to trailing true union unique unpivot using variadic when where \
    window with";

/// What is added to the name of such a column.
const ALIAS: &str = "_name";

/// The places of columns that come once more at the end under a name that is no word of SQL.
fn aliased(columns: &[Column]) -> Vec<(usize, String)> {
    let is_reserved = |name: &str| RESERVED.split(' ').any(|word| name.eq_ignore_ascii_case(word));
    let reserved = columns.iter().enumerate().filter(|(_, column)| is_reserved(&column.name));
    let aliases = reserved.map(|(place, column)| (place, format!("{}{ALIAS}", column.name)));
    aliases.filter(|(_, alias)| columns.iter().all(|column| column.name != *alias)).collect()
}

fn field(name: &str, column: &Column) -> Field {
    let kind = match column.kind {
        Kind::Text => DataType::Utf8,
        Kind::Whole => DataType::Int64,
        Kind::Number => DataType::Float64,
    };
    let meaning = ("description".to_owned(), column.meaning.to_owned());
    Field::new(name, kind, true).with_metadata(std::iter::once(meaning).collect::<Metadata>())
}

/// The schema of a table: its columns in their order, each with its meaning as `description`, and after them the aliases of
/// those whose name is a word of SQL.
pub fn schema<T: TypedTable>(table: &T) -> SchemaRef {
    let columns = table.columns();
    let aliases = aliased(&columns);
    let own = columns.iter().map(|column| field(&column.name, column));
    let again = aliases.iter().map(|(place, alias)| field(alias, &columns[*place]));
    Arc::new(Schema::new(own.chain(again).collect::<Vec<Field>>()))
}

/// A table as record batches, in the order of its rows; a batch is made of the parts that are worked out side by side.
///
/// A batch is an error if what it is made of cannot be read.
pub fn batches<T: TypedTable>(table: &T) -> impl Iterator<Item = io::Result<RecordBatch>> {
    let (schema, columns) = (schema(table), table.columns());
    let of = Arc::clone(&schema);
    let again: Vec<usize> = aliased(&columns).into_iter().map(|(place, _)| place).collect();
    let part = move |part| {
        let mut filling = Filling::new(&columns);
        table.fill(part, &mut filling)?;
        let mut arrays = filling.finish();
        arrays.extend(again.iter().map(|&place| Arc::clone(&arrays[place])).collect::<Vec<_>>());
        RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(io::Error::other)
    };
    each_part(table, part).map(move |parts| {
        let parts = parts.into_iter().collect::<io::Result<Vec<_>>>()?;
        concat_batches(&of, &parts).map_err(io::Error::other)
    })
}

/// A column under way.
#[derive(Debug)]
enum Builder {
    Text(StringBuilder),
    Whole(Int64Builder),
    Number(Float64Builder),
}

/// Columns under way, filled row by row.
#[derive(Debug)]
struct Filling {
    columns: Vec<Builder>,
    /// The column of the next cell.
    next: usize,
}

impl Filling {
    fn new(columns: &[Column]) -> Self {
        let builder = |column: &Column| match column.kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Whole => Builder::Whole(Int64Builder::new()),
            Kind::Number => Builder::Number(Float64Builder::new()),
        };
        Self { columns: columns.iter().map(builder).collect(), next: 0 }
    }

    /// The column of this cell.
    fn cell(&mut self) -> &mut Builder {
        self.next += 1;
        &mut self.columns[self.next - 1]
    }

    fn finish(self) -> Vec<ArrayRef> {
        let array = |column| -> ArrayRef {
            match column {
                Builder::Text(mut cells) => Arc::new(cells.finish()),
                Builder::Whole(mut cells) => Arc::new(cells.finish()),
                Builder::Number(mut cells) => Arc::new(cells.finish()),
            }
        };
        self.columns.into_iter().map(array).collect()
    }
}

impl Cells for Filling {
    fn text(&mut self, cell: &str) {
        match self.cell() {
            Builder::Text(cells) => cells.append_option((!cell.is_empty()).then_some(cell)),
            other => unreachable!("text in {other:?}"),
        }
    }

    fn label(&mut self, cell: &str) {
        match self.cell() {
            Builder::Text(cells) => cells.append_option((!cell.is_empty()).then_some(cell)),
            Builder::Number(cells) => cells.append_option(label_number(cell)),
            Builder::Whole(cells) => unreachable!("a label in {cells:?}"),
        }
    }

    fn maybe_whole(&mut self, number: Option<u64>) {
        match self.cell() {
            // No count of anything and no sum of cents has as many as 63 bits.
            Builder::Whole(cells) => cells.append_option(number.map(|number| number as i64)),
            other => unreachable!("a whole number in {other:?}"),
        }
    }

    fn number(&mut self, value: Option<f64>) {
        match self.cell() {
            // What is added makes 0 of its negative, which is written alike.
            Builder::Number(cells) => {
                cells.append_option(value.filter(|value| value.is_finite()).map(|value| value + 0.0));
            }
            other => unreachable!("a number in {other:?}"),
        }
    }

    fn end_row(&mut self) {
        assert_eq!(self.next, self.columns.len(), "a row has a cell for every column");
        self.next = 0;
    }
}
