//! Typed tables as Parquet.

use super::arrow::{batches, schema};
use super::typed::TypedTable;
use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use arrow_array::RecordBatch;
use std::io;

/// Rows of a row group; so many are in memory together.
const ROWS_OF_A_GROUP: usize = 1 << 17;

/// A table as Parquet, part after part, with the schema of its record batches. The bytes depend on the rows alone.
///
/// A part is an error if what it is made of cannot be read.
pub fn parquet<T: TypedTable>(table: &T) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    let properties = WriterProperties::builder()
        .set_created_by(concat!("redress ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(ROWS_OF_A_GROUP))
        .build();
    let writer = ArrowWriter::try_new(Vec::new(), schema(table), Some(properties));
    Parts { batches: batches(table), writer: Some(writer) }
}

/// The bytes of a file under way: those that each batch brings, and in the end the foot.
#[derive(Debug)]
struct Parts<B> {
    batches: B,
    /// None once the foot is written, or nothing can be.
    writer: Option<Result<ArrowWriter<Vec<u8>>, ParquetError>>,
}

impl<B: Iterator<Item = io::Result<RecordBatch>>> Iterator for Parts<B> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut writer = match self.writer.take()? {
            Ok(writer) => writer,
            Err(error) => return Some(Err(io::Error::other(error))),
        };
        Some(match self.batches.next() {
            None => writer.into_inner().map_err(io::Error::other),
            Some(batch) => batch.and_then(|batch| {
                writer.write(&batch).map_err(io::Error::other)?;
                // Places in the file are counted by the writer, not by what is still there.
                let bytes = std::mem::take(writer.inner_mut());
                self.writer = Some(Ok(writer));
                Ok(bytes)
            }),
        })
    }
}
