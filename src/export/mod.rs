//! Files: every path and every column in one place.
//!
//! Read [`directory`] (a folder of results that is written whole or not at all), [`manifest`], [`tables`],
//! [`verification`], [`benchmark`].

pub mod benchmark;
pub mod directory;
pub mod manifest;
mod table;
pub mod tables;
pub mod verification;

pub use directory::{ExportError, Leftovers, RunDirectory};
pub use manifest::Manifest;
