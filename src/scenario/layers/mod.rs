//! A scenario from its layers: preset, `extends`, the file, settings.
//!
//! `source` puts them together and resolves them into the scenario in `resolved`; `merge` lays one over another, `assign` sets a
//! key, `adjust` changes what is there. `remarks` says what is odd about a valid scenario, `difference` what two differ in, and
//! `file_kind` tells scenarios from studies.

pub(super) mod adjust;
mod alike;
pub(super) mod assign;
pub(super) mod difference;
pub(super) mod file_kind;
pub(super) mod merge;
pub(super) mod preset;
pub(super) mod remarks;
pub(super) mod resolved;
pub(super) mod source;
