//! Witnesses: counters, daily series and the auditor. They read what happens and never change it.
//!
//! Read [`tally`] (what is counted), [`daily`], [`audit`] and `audit_batch` (the independent books), `course` (what orders in
//! trouble may be predetermined to do), [`justice`], [`story`] and [`seller_day`] (what is told of a single order and of a
//! seller), [`outcome`] (what a market leaves behind), [`metric`], [`catalogue`], `optional_metrics` and `penalties` (names,
//! units and formulas of what is reported).

pub mod audit;
pub(crate) mod audit_batch;
pub mod catalogue;
pub(crate) mod course;
pub mod daily;
mod enumerated;
pub mod justice;
mod label;
pub mod metric;
mod optional_metrics;
pub mod outcome;
pub mod penalties;
pub mod seller_day;
pub mod story;
pub mod tally;

pub use audit::{AuditedOrder, Auditor, Books};
pub use audit_batch::BatchFacts;
pub use course::{DisputeFacts, SuspectFacts};
pub use daily::{Daily, Series};
pub use metric::Metric;
pub use outcome::{GroupOutcome, MarketOutcome, PenaltyTally, SellerOutcome};
pub use story::{Actor, Event, StoryStep};
pub use tally::{Count, Tally, Totals};
