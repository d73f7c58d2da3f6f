//! Worlds for tests, and how a simulated figure is held against its theory.

#![allow(unreachable_pub, reason = "items for every module of the test crate")]

pub mod evidence;
pub mod world;
