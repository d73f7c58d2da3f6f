//! Files: every path and every column in one place.
//!
//! Read `directory` (a folder of results that is written atomically; `target`, `folder_lock`, `former` and
//! `swap` are its parts), [`manifest`], [`QuestionHash`] (which results answer the same), [`study`], [`recorded`] (a manifest read again), [`plan`] (units for other processes), [`tables`], [`sensitivity_tables`],
//! [`tune_tables`], [`verification`], [`benchmark`]; `units` says where work under way is kept.

pub mod benchmark;
pub mod compare_table;
pub(crate) mod directory;
mod error;
pub(crate) mod folder_lock;
mod former;
mod hash;
pub mod manifest;
pub mod plan;
mod question;
pub mod recorded;
pub mod replications_table;
pub mod sensitivity_tables;
pub mod study;
mod swap;
pub mod sweep_tables;
mod table;
pub mod tables;
mod target;
pub mod tune_tables;
pub(crate) mod units;
pub mod verification;

pub use directory::{LONGEST_FILE_NAME, Leftovers, Published, Replacing, RunDirectory};
pub use error::ExportError;
pub use folder_lock::FolderLock;
pub use manifest::Manifest;
pub use question::QuestionHash;
pub use units::units_path;
