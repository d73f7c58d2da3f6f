//! What the tests stand on: worlds built in code, and how they are run.

#[allow(dead_code, unreachable_pub, reason = "benchmarks share this file and use another part of it")]
pub(crate) mod world;
