//! Every draw against its exact law, from the bits of a key to the numbers of an order.

/// Keys: known answers, and what consecutive keys have in common, which is nothing.
mod keys;

/// Tabulated laws.
mod tables;

/// How far a tabulated law is from the exact one, without a draw.
mod bounds;

/// Means of tabulated laws.
mod means;

/// What is drawn once, by the library's samplers.
mod setup;

/// What orders draw, and that one draw says nothing of another.
mod orders;

/// Statistics of fit.
mod fit;
