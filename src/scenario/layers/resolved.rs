//! What a valid file says, with nothing left to check.

use crate::engine::World;
use crate::scenario::kinds::precision::PrecisionTarget;

/// A valid scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What results are called.
    pub name: String,
    /// A sentence for reports; may be empty.
    pub description: String,
    /// The world to run.
    pub world: World,
    /// How precise a run has to be: replications are added until every target is met; empty for a fixed number.
    pub precision: Vec<PrecisionTarget>,
    /// The most replications that a run takes for its precision.
    pub most_replications: u32,
    /// Every key with its value as TOML, in a fixed order; resolves to this scenario again. Long columns of observed values are
    /// named with the SHA-256 of their file.
    pub resolved: String,
    /// SHA-256 of `resolved`, in hexadecimal digits.
    pub hash: String,
    /// SHA-256 of what a replication depends on: `resolved` without the name, the description and the number of replications.
    pub world_hash: [u8; 32],
    /// What is odd about it, in words for whoever runs it.
    pub remarks: Vec<String>,
}
