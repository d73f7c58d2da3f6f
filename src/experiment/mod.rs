//! Questions put to a world: a run with its replications, and a sweep over design points.
//!
//! Read [`mod@run`] (replications and markets in parallel), [`summary`] (estimates over replications),
//! [`series`] (the daily series), [`warm_up`] (whether it was long enough), [`mod@sweep`].

pub mod run;
pub mod series;
pub mod summary;
pub mod sweep;
pub mod warm_up;

pub use run::{Replication, RunResult, run};
pub use summary::{Scope, Summary, SummaryRow};
pub use sweep::{SweepPoint, SweepResult, sweep};
pub use warm_up::{Transient, transient};
