//! The day loop, the event queue, the order's life and the desk: the only place where state changes.
//!
//! Read [`world`] (what is run), [`tables`] (made ready), [`market`] (days and demand), `shard` (a day of some sellers),
//! `arrivals`, `demand` and `poisson` with `poisson_chunk` (how many orders), `placement`, `batch`, `screens`, `plain` and `seller_day` (the path of every
//! order), `fate` (orders in trouble), then the flows: `cancel_flow` (R2 to R5), `dispute_flow` (R1, R6 to R8, R10),
//! `after_sale_flow` (R9), `response` (R8) and `meeting` and `desk` (R11: who has to wait for whom); `foresight` (the same for
//! orders whose end can be told at once, sixteen at a time); `day_survey`, `day_scores` and
//! `day_close` (R4, R7) and `standing`;
//! `shard_outcome` (the horizon); `records`, `ledger`, `case`, `agenda`, `calendar`, `day_ring`, `counted`,
//! `windows` and `coming_days` store. [`path`]
//! tells what was drawn of any order, from its number alone.

mod after_sale_flow;
mod agenda;
mod arrivals;
mod batch;
mod batches;
mod calendar;
mod cancel_flow;
mod case;
mod columns;
mod coming_days;
mod counted;
mod day_close;
mod day_ring;
mod day_scores;
mod day_survey;
mod demand;
mod desk;
mod dispute_flow;
mod drawn;
mod fate;
mod footprint;
mod foresight;
mod ledger;
pub mod market;
mod meeting;
pub mod path;
mod placement;
mod plain;
mod poisson;
mod poisson_chunk;
mod population;
mod records;
mod response;
mod screens;
mod seller_day;
mod shard;
mod shard_outcome;
mod standing;
pub mod tables;
mod trade;
mod urgent_desk;
mod windows;
pub mod world;

pub use footprint::{MarketFootprint, market_footprint};
pub use market::{Workers, simulate_market};
pub use path::{OrderNumber, OrderPath, SIDE_BY_SIDE, order_path, paths_side_by_side};
pub use shard::Watch;
pub use tables::Tables;
pub use world::{MarketSpec, Surge, World};
