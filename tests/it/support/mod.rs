//! What the tests stand on: worlds built in code, how they are run, and how a simulated figure is held
//! against its theory.

#![allow(unreachable_pub, reason = "items for every module of the test crate")]

pub(crate) mod arbitrary;
pub(crate) mod batch;
pub mod evidence;
pub mod made_up;
pub(crate) mod stress;
pub mod world;
