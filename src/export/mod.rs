//! Files: every path and every column in one place.
//!
//! Read `directory` (a folder of results that is written atomically; `target`, `folder_lock`, `former` and
//! `swap` are its parts), [`manifest`], [`QuestionHash`] (which results answer the same), [`study`], [`recorded`] (a manifest read again), [`plan`] (units for other processes), [`typed`] (what a
//! table is, and that every format is written from the same rows), [`tables`], [`seller_days`], [`sensitivity_tables`], [`tune_tables`],
//! [`verification`], [`benchmark`]; `units` says where work under way is kept.

#[cfg(feature = "arrow")]
pub mod arrow;
pub mod benchmark;
pub mod compare_table;
pub mod design_table;
pub(crate) mod directory;
mod error;
pub mod event_log;
pub(crate) mod folder_lock;
mod format;
mod former;
mod hash;
pub mod manifest;
pub mod metrics_table;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod plan;
mod question;
pub mod recorded;
pub mod replications_table;
pub mod seller_days;
pub mod sensitivity_tables;
pub mod study;
mod swap;
pub mod sweep_tables;
mod table;
pub mod tables;
mod target;
pub mod tune_tables;
pub mod typed;
pub(crate) mod units;
pub mod verification;

pub use directory::{LONGEST_FILE_NAME, Leftovers, Published, Replacing, RunDirectory};
pub use error::ExportError;
pub use folder_lock::FolderLock;
pub use format::TableFormat;
pub use manifest::Manifest;
pub use question::QuestionHash;
pub use table::csv;
pub use units::units_path;
