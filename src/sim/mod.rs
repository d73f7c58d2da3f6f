//! The kernel: time, calendars, random streams and samplers, with no word of the domain.
//!
//! Read [`time`] first, then [`calendar`], [`random`], [`distribution`], `partial_mean`, [`quantile_table`],
//! `quantile_cell`, `quantile_pieces`, `quantile_bank`;
//! [`lanes`] is how many draws are made side by side, [`opening_hours`] a calendar for them.

pub mod calendar;
pub mod distribution;
pub mod lanes;
pub mod opening_hours;
pub(crate) mod partial_mean;
pub(crate) mod quantile_bank;
mod quantile_cell;
pub(crate) mod quantile_pieces;
pub mod quantile_table;
pub mod random;
pub mod table_cache;
pub mod time;

pub use calendar::{Span, Weekday, WorkCalendar};
pub use distribution::Distribution;
pub use opening_hours::OpeningHours;
pub use quantile_bank::{BANK_TABLES, QuantileBank};
pub use quantile_table::QuantileTable;
pub use random::{Chance, Key};
pub use table_cache::TableCache;
pub use time::{DAY_SECONDS, Day, SimDuration, SimTime};
