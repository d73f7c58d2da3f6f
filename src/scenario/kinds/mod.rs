//! Kinds of values: what a key may take, in words and as TOML.
//!
//! `plain` values and `times`; `distribution` with its `family`, observed values (`empirical`) and the `quantity` that it is of;
//! `lists`, `precision` targets and `penalty` curves.

pub(super) mod distribution;
pub(super) mod empirical;
pub(super) mod family;
pub(super) mod lists;
pub(super) mod penalty;
pub(super) mod plain;
pub(super) mod precision;
pub(super) mod quantity;
pub(super) mod times;
