//! Markets from the first day to the horizon: who does what when.
//!
//! Read [`market`] (all days of all shards), [`shard`] (the sellers that one thread works on), [`trade`] (their days), [`placement`]
//! (the orders of a stretch of days), [`batches`] (when orders and disputes are decided side by side), [`dispatch`] (who has to wait
//! for whom) and [`outcome`] (the horizon). [`path`] tells what is drawn of any order from its number alone,
//! [`stories`] what becomes of it step by step, [`seller_days`] what becomes of sellers day by day, and [`footprint`] how much memory a
//! market takes.

pub(crate) mod batches;
pub(crate) mod dispatch;
pub(crate) mod footprint;
pub(crate) mod market;
pub(crate) mod outcome;
pub(crate) mod path;
pub(crate) mod placement;
pub(crate) mod seller_days;
pub(crate) mod shard;
pub(crate) mod stories;
pub(crate) mod trade;
