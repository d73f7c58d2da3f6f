//! Pure statistics, with no word of the domain: nothing here runs a simulation or draws a number by itself.
//!
//! `estimate`, `histogram` and `truncation` summarise outputs, `holm` corrects for many tests, `precision` says how many
//! replications are enough. `design` has points to run, `selection` finds the best of several systems or points,
//! `sensitivity` says which inputs matter. `smooth` and `detector` have what charts show.

pub mod design;
pub mod detector;
pub mod estimate;
pub mod estimator;
pub mod histogram;
pub mod holm;
mod limits;
pub mod observation;
pub mod paired;
pub mod precision;
pub mod quantile;
pub mod ratio;
pub mod selection;
pub mod sensitivity;
pub mod smooth;
pub mod truncation;

pub use estimate::{Estimate, Interval, Reason};
pub use estimator::Estimator;
pub use histogram::Histogram;
pub use holm::holm;
pub use observation::Observation;
pub use ratio::RatioOfSums;
pub use truncation::{Truncation, marginal_standard_error};
