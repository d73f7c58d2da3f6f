//! The days of every seller of a replication, told as they close.

use super::run::workers_for;
use crate::engine::{SellerDaySink, Tables, Watch, Workers, tell_seller_days};
use rayon::prelude::*;

/// Runs every market of a replication on the current thread pool and tells the days of its sellers; false if `watch` stops it.
///
/// It is the replication that [`super::run_replications`] runs. Markets are worked on side by side if they are enough to keep
/// the pool busy, else their groups of sellers are.
pub fn tell_replication(
    tables: &Tables,
    replication: u32,
    sink: &dyn SellerDaySink,
    watch: Watch<'_>,
) -> bool {
    let markets = tables.world().market.count;
    let tell =
        |market, workers| tell_seller_days(tables, replication, market, workers, sink, watch).is_some();
    match workers_for(markets as usize) {
        Workers::Many => (0..markets).all(|market| tell(market, Workers::Many)),
        Workers::One => (0..markets).into_par_iter().with_max_len(1).all(|market| tell(market, Workers::One)),
    }
}
