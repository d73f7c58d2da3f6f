//! What the procedure of Kim and Nelson is given, and what it says.

use super::{Constraint, Goal};

/// What is to be selected, and how surely.
#[derive(Clone, Debug, PartialEq)]
pub struct KimNelsonRules {
    /// Which mean is best.
    pub goal: Goal,
    /// The smallest difference worth detecting, in the unit of the output; greater than 0.
    pub indifference: f64,
    /// The probability α of a wrong selection, in `(0, 1)`.
    pub error: f64,
    /// Replications that variances are estimated from; at least 2, 10 to 20 are usual.
    pub first: u32,
    /// Replications of a system at most; whoever stops there has no guarantee.
    pub most: u32,
    /// How many stages to ask for at once. More keep machines busy; the result is the same, with some replications in
    /// vain.
    pub batch: u32,
    /// Limits that the selected system keeps to.
    pub constraints: Vec<Constraint>,
}

/// What is known of a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may still be the best.
    Alive,
    /// Another one is better.
    Eliminated {
        /// By which system.
        by: usize,
        /// Replications at which that was known.
        at: u32,
    },
    /// Another one, of a lower number, has the same mean and is as good.
    Equal {
        /// As which system.
        to: usize,
        /// Replications at which that was known.
        at: u32,
    },
    /// It does not keep to a limit.
    Infeasible {
        /// To which of the constraints, from 0.
        constraint: usize,
        /// Replications at which that was known.
        at: u32,
    },
}

/// How a selection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The best one, with the guarantee.
    Selected(usize),
    /// No system keeps to all limits, with the guarantee.
    NoneFeasible,
    /// The most replications are done: the best mean of those that may still be the best, and all of those. No guarantee.
    Capped {
        /// The best mean among them.
        best: usize,
        /// All that are left.
        left: Vec<usize>,
    },
}
