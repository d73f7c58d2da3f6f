//! Estimates, intervals, histograms and initial transients, with no word of the domain.

pub mod estimate;
pub mod histogram;
pub mod holm;
pub mod precision;
pub mod selection;
pub mod truncation;

pub use estimate::Estimate;
pub use histogram::Histogram;
pub use holm::holm;
pub use truncation::{Truncation, marginal_standard_error};
