//! The best of several systems from noisy outputs.
//!
//! `kn` selects one of a finite set with a guarantee and `ocba` one for a budget; both ask for replications and are told
//! outputs, and keep to the limits of `feasibility`. `boundary` has the regions that the guarantee rests on, `intake`
//! puts in order what comes in any order. `search` looks for the best point of continuous factors on the surface of
//! `gaussian_process`. `pareto` weighs two objectives.

pub mod boundary;
pub mod feasibility;
pub mod gaussian_process;
mod intake;
pub mod kn;
mod kn_terms;
mod moments;
pub mod ocba;
pub mod ocba_shares;
pub mod pareto;
pub mod search;

pub use feasibility::{Constraint, Feasibility, Side};
pub use intake::{Unusable, Wanted};

/// Which mean is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The smallest.
    Minimise,
    /// The largest.
    Maximise,
}

impl Goal {
    /// The value such that more is better.
    pub const fn merit(self, value: f64) -> f64 {
        match self {
            Self::Minimise => -value,
            Self::Maximise => value,
        }
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The sample variance of at least two values.
fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)
}
