//! How fast the simulator is on this machine, and how far from what is possible: `redress bench`.
//!
//! Read [`workload`] (the standard set), [`floor`] (what an order costs at least) with `day_draws`, `arrivals` and `rare_draws`, then
//! [`measurement`] (one run, timed by a clock that is passed in) and [`mod@figures`] (medians and ratios of many).

mod arrivals;
mod day_draws;
pub mod figures;
pub mod floor;
pub mod measurement;
mod rare_draws;
pub mod workload;

pub use figures::{Figures, Series, figures};
pub use floor::{Drawn, Floor};
pub use measurement::{Gauges, Measurement, Subject};
pub use workload::{Rules, STANDARD_SET, Workload};
