//! What is recorded of a shard's sellers, as it happens or in advance.
//!
//! Read [`records`] (all of it), [`ledger`] (counts), [`sums`] (what orders add whose end is told in advance), [`windows`] with
//! [`coming_days`] (trailing windows), [`scores`] (R7) and [`standing`] (penalties).

pub(crate) mod coming_days;
pub(crate) mod ledger;
pub(crate) mod records;
pub(crate) mod scores;
pub(crate) mod standing;
pub(crate) mod sums;
pub(crate) mod windows;
