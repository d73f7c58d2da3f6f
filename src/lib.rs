//! redress: a discrete-event simulator of what happens after a marketplace purchase goes wrong.

pub mod behavior;
pub mod engine;
pub mod market;
pub mod policy;
pub mod scenario;
pub mod sim;
