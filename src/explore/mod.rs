//! A scenario explored: a page on this machine that moves keys and watches what follows.
//!
//! Read [`mod@controls`] (what can be moved), [`sample`] (the world that answers, which is smaller than the scenario's where that is
//! needed), [`moves`] (what the page asks, checked), [`simulation`] (the thread that answers by the same mechanism as every other
//! question), [`figures`] (what is told of it), [`saved`] (a setting as a scenario file); then [`server`], with [`guard`] (who may
//! ask, and how) and [`page`] (the files of the page).

pub mod controls;
pub mod figures;
pub mod guard;
pub mod moves;
pub mod page;
pub mod sample;
pub mod saved;
pub mod server;
pub mod simulation;

pub use controls::{Control, controls};
pub use sample::Sample;
pub use server::{Exploration, serve};
