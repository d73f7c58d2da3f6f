//! Questions put to a world, all answered by one mechanism.
//!
//! Read [`mod@run`] (replications and markets in parallel), [`summary`] (estimates over replications),
//! [`series`] (the daily series), [`seller_days`] (what becomes of every seller), [`warm_up`] (whether it was long enough); then the mechanism: [`mod@unit`] (some replications
//! of one world), [`store`] (finished units on disk) and [`question`] (what asks for units, and the loop that answers it).
//! Questions: [`mod@compare`] of [`alternatives`], [`mod@sweep`] with its [`points`], which are [`planned`] first, and [`sweep_result`], [`mod@sensitivity`] with
//! [`sensitivity_result`], and [`tune`]; [`output`] is what they read of a replication. [`unit_size`] cuts a design into units for other processes. [`precision`] says when replications are
//! enough, [`footprint`] what all that takes.

pub mod alternatives;
pub mod compare;
pub mod footprint;
pub mod output;
pub mod planned;
pub mod points;
pub mod precision;
pub mod question;
pub mod run;
pub mod seller_days;
pub mod sensitivity;
pub mod sensitivity_result;
pub mod series;
pub mod store;
pub mod summary;
pub mod sweep;
pub mod sweep_result;
pub mod totals;
pub mod tune;
pub mod unit;
mod unit_file;
pub mod unit_size;
pub mod warm_up;

pub use compare::{Compare, ComparisonRow, Known, comparison};
pub use footprint::Footprint;
pub use output::Output;
pub use planned::{PlannedPoint, check_points};
pub use points::Points;
pub use precision::{Achieved, PrecisionWatch, run_to_precision};
pub use question::{Effort, Failed, Question, SharedTables, Unanswered, Worker, Worlds};
pub use run::{MetricValues, Replication, RunResult, run, run_replications};
pub use sensitivity::Sensitivity;
pub use sensitivity_result::{OutputSensitivity, SensitivityResult};
pub use store::{Store, StoreError};
pub use summary::{Group, Groups, Scope, Summary, SummaryRow};
pub use sweep::Sweep;
pub use sweep_result::{FinishedPoint, SweepPoint, SweepResult};
pub use totals::Totals;
pub use unit::{Unit, UnitResult, WorldHash};
pub use warm_up::{Transient, Weeks, transient};
