//! The day loop.

pub mod world;

pub use world::{MarketSpec, Surge, World};
