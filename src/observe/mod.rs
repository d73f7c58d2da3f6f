//! Witnesses: counters, daily series and the auditor. They read what happens and never change it.
//!
//! Read [`tally`] (what is counted), [`daily`], [`audit`] and `audit_batch` (the independent books), `course` (what orders in
//! trouble may be foreseen to do), [`outcome`] (what a market leaves behind), [`metric`] and [`catalogue`] (names, units and
//! formulas of what is reported).

pub mod audit;
pub(crate) mod audit_batch;
pub mod catalogue;
pub(crate) mod course;
pub mod daily;
mod enumerated;
mod label;
pub mod metric;
pub mod outcome;
pub mod tally;

pub use audit::{Auditor, Books, Watched};
pub use audit_batch::PlainFacts;
pub use course::{DisputeFacts, FateFacts};
pub use daily::{Daily, Series};
pub use metric::Metric;
pub use outcome::{GroupOutcome, MarketOutcome, PenaltyTally, SellerOutcome};
pub use tally::{Count, Tally, Totals};
