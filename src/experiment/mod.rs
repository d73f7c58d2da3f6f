//! Questions put to a world: a run with its replications, and a sweep over design points.
//!
//! Read [`mod@run`] (replications and markets in parallel), [`summary`] (estimates over replications),
//! [`series`] (the daily series), [`mod@sweep`].

pub mod run;
pub mod series;
pub mod summary;
pub mod sweep;

pub use run::{Replication, RunResult, run};
pub use summary::{Scope, Summary, SummaryRow};
pub use sweep::{SweepPoint, SweepResult, sweep};
