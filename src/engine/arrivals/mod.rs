//! How many orders there are: [`demand`] of a market, Poisson numbers ([`poisson`], [`poisson_chunk`]) and the [`batches`] in which
//! the orders of a stretch of days are drawn.

pub(crate) mod batches;
pub(crate) mod demand;
pub(crate) mod poisson;
pub(crate) mod poisson_chunk;
