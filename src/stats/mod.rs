//! Estimates, intervals and histograms, with no word of the domain.

pub mod estimate;
pub mod histogram;

pub use estimate::Estimate;
pub use histogram::Histogram;
