//! Columns of CSV files: observed values, each read once and held once for all points of a study.
//!
//! `csv_text` decodes a file, `csv_cell` and `csv_column` make numbers of it, `store` keeps them.

pub(super) mod csv_cell;
pub(super) mod csv_column;
pub(super) mod csv_text;
pub(super) mod store;
