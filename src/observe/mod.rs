//! Witnesses: counters, daily series and the auditor. They read what happens and never change it.
//!
//! Read [`tally`] (what is counted), [`daily`], [`audit`] (the independent books), [`outcome`] (what a
//! market leaves behind), [`metric`] and [`catalogue`] (names, units and formulas of what is reported).

pub mod audit;
pub mod catalogue;
pub mod daily;
mod enumerated;
pub mod metric;
pub mod outcome;
pub mod tally;

pub use audit::{Auditor, Books, PlainFacts, Watched};
pub use daily::{Daily, Series};
pub use metric::Metric;
pub use outcome::{GroupOutcome, MarketOutcome, PenaltyTally, SellerOutcome};
pub use tally::{Count, Tally};
