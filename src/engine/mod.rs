//! The day loop, the event queue, the order's life and the desk: the only place where state changes.
//!
//! Each folder uses those after it and none before or beside it:
//! run → flow | batch | close → books → desk → order | arrivals → setup → ground.
//!
//! ```text
//! run                    days, and who does what when
//! flow | batch | close   one order, sixteen orders, the day's close; none of them uses another
//! books                  what is recorded of sellers
//! desk                   support desks
//! order                  a single order, and the case that it becomes
//! arrivals               how many orders
//! setup                  a world made ready to run
//! ground                 columns, counts, a ring of days
//! ```
//!
//! Read `setup::world` and `setup::tables`, then `run`, which names the rest in the order in which a day unfolds; `flow` for
//! the rules as one order meets them, `batch` for the same sixteen at a time, and `close` for what the platform makes of a day.

mod arrivals;
mod batch;
mod books;
mod close;
mod desk;
mod flow;
mod ground;
mod order;
mod run;
mod setup;

pub use run::footprint::{MarketFootprint, market_footprint};
pub use run::market::{Workers, simulate_market};
pub use run::path::{OrderNumber, OrderPath, SIDE_BY_SIDE, order_path, paths_side_by_side};
pub use run::seller_days::{GROUP_SELLERS, SellerDaySink, tell_seller_days};
pub use run::shard::Watch;
pub use run::stories::{ObservedMarket, OrderStory, order_stories};
pub use setup::tables::Tables;
pub use setup::world::{MarketSpec, Surge, World};
