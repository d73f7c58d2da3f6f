//! What is written in files: raw TOML that knows where it was written, the text of durations, the canonical text, and the words
//! for what is wrong. Nothing here knows a key.
//!
//! Read `place` and `error` first, then `node`; `file` reads files, `canonical` writes the text that says everything.

pub(super) mod canonical;
pub(super) mod duration;
pub(super) mod error;
pub(super) mod file;
pub(super) mod near_file;
pub(super) mod node;
pub(super) mod place;
pub(super) mod sha256;
mod syntax;
