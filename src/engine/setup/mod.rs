//! A world, and what it is made into before it runs.
//!
//! Read [`world`], [`sellers`] (as drawn at the start), [`lookup`] and [`segments`] (chances and tables laid out for lanes),
//! and [`tables`] (all of it, shared by every shard).

pub(crate) mod lookup;
pub(crate) mod segments;
pub(crate) mod sellers;
pub(crate) mod tables;
pub(crate) mod world;
