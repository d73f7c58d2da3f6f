//! redress: a discrete-event simulator of what happens after a marketplace purchase goes wrong.

pub mod behavior;
pub mod benchmark;
pub mod cli;
pub mod engine;
pub mod experiment;
pub mod export;
pub mod market;
pub mod observe;
pub mod policy;
pub mod report;
pub mod scenario;
pub mod sim;
pub mod stats;
pub mod verification;
