//! Every draw against its exact distribution, from the bits of a key to the numbers of an order.

/// Keys: known answers, and what consecutive keys have in common, which is nothing.
mod keys;

/// Tabulated distributions.
mod tables;

/// How far a tabulated distribution is from the exact one, without a draw.
mod bounds;

/// Means of tabulated distributions.
mod means;

/// What is drawn once, by the library's samplers.
mod setup;

/// What orders draw, and that one draw says nothing of another.
mod orders;

/// Statistics of fit.
mod fit;
