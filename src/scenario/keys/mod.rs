//! The keys of a scenario, one file for each table of it: `world` is the document as a whole.
//!
//! `declared` has all of them with what they take.

pub(super) mod buyers;
pub(super) mod declared;
pub(super) mod market;
pub(super) mod opening;
pub(super) mod policy;
pub(super) mod response;
pub(super) mod sellers;
pub(super) mod standing;
pub(super) mod world;
