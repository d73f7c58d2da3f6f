//! What is recorded of a shard's sellers, as it happens or in advance.
//!
//! Read [`effects`] (what each step adds), [`records`] (all of it), [`ledger`] (counts), [`sums`] (what orders add whose end is told
//! in advance), [`day_facts`] (what a day's close finds), [`windows`] with
//! [`coming_days`] (trailing windows), [`scores`] (R7) and [`standing`] (penalties).

pub(crate) mod coming_days;
pub(crate) mod day_facts;
pub(crate) mod effects;
pub(crate) mod ledger;
pub(crate) mod observer;
pub(crate) mod records;
pub(crate) mod scores;
pub(crate) mod standing;
pub(crate) mod sums;
pub(crate) mod windows;
