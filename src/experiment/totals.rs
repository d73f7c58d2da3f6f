//! What all units of a question add up to.

use super::unit::UnitResult;
use crate::observe::Books;

/// Sums over the units that a question was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Replications.
    pub replications: u64,
    /// Orders, warm-up included.
    pub orders: u64,
    /// Things that happened to them.
    pub events: u128,
    /// The money audit.
    pub books: Books,
}

impl Totals {
    /// Adds a unit.
    pub fn add(&mut self, unit: &UnitResult) {
        self.replications += unit.replications.len() as u64;
        self.orders += unit.orders;
        self.events += unit.events;
        self.books.merge(&unit.books);
    }
}
