//! How fast the simulator is on this machine, and how far from what is possible.
//!
//! Read [`floor`] (what an order costs at least), with `arrivals` and `rare_draws`.

mod arrivals;
pub mod floor;
mod rare_draws;

pub use floor::{Drawn, Floor};
