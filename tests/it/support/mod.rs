//! What the tests stand on: worlds built in code, and how they are run.

pub(crate) mod batch;
pub(crate) mod nasty;
#[allow(unreachable_pub, reason = "benchmarks can share this file")]
pub(crate) mod world;
