//! Stories of orders as event logs that process miners read: XES, with a trace per order, and OCEL 2.0, with the objects that an
//! event concerns.
//!
//! Read `activity` (what events are called, and on which date they happen), then `xes` and `ocel`.

mod activity;
mod ocel;
mod xes;

pub use activity::LoggedOrder;
pub use ocel::ocel;
pub use xes::xes;
