//! The kernel: time, calendars, random streams and samplers, with no word of the domain.
//!
//! Read [`time`] first, then [`calendar`], [`random`], [`distribution`], [`quantile_table`].

pub mod calendar;
pub mod distribution;
pub mod quantile_table;
pub mod random;
pub mod time;

pub use calendar::{Span, Weekday, WorkCalendar};
pub use distribution::Distribution;
pub use quantile_table::QuantileTable;
pub use random::{Chance, Key};
pub use time::{DAY_SECONDS, Day, SimDuration, SimTime};
