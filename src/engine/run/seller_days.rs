//! The days of all sellers, told as they close. Orders go their ways side by side as in any run: only the day's close is looked at.

use super::market::{MarketRun, Workers, draw_sellers, market_key};
use super::shard::Watch;
use crate::engine::books::observer::Observer;
use crate::engine::ground::columns::SHARD_SELLERS;
use crate::engine::order::case::Order;
use crate::engine::setup::tables::Tables;
use crate::observe::MarketOutcome;
use crate::observe::seller_day::SellerDay;
use crate::observe::story::StoryStep;
use std::fmt::Debug;

/// Sellers whose days are told together.
pub const GROUP_SELLERS: usize = SHARD_SELLERS;

/// So many days of sellers at least are told together, if there are as many.
const TOLD_TOGETHER: usize = 1024;

/// Is told the days of sellers.
pub trait SellerDaySink: Debug + Sync {
    /// Whole days of a group of sellers: day after day, those of one day in the order of sellers. Of one group days come in their
    /// order; several groups may tell at once. The sellers of group g begin with number g times [`GROUP_SELLERS`].
    fn take(&self, market: u32, group: usize, days: &[SellerDay]);
}

/// Runs one market of one replication as [`super::market::simulate_market`] does, and tells the days of the observation period of each of
/// its sellers; `None` if `watch` stops it.
///
/// # Panics
/// As that does.
pub fn tell_seller_days(
    tables: &Tables,
    replication: u32,
    market: u32,
    workers: Workers,
    sink: &dyn SellerDaySink,
    watch: Watch<'_>,
) -> Option<MarketOutcome> {
    let key = market_key(tables, replication, market);
    let all = draw_sellers(tables, key, workers, watch)?;
    let run = MarketRun { tables, market, key, sellers: &all, keeps_sellers: false, watch };
    run.outcome(workers, |group| Teller {
        sink,
        market,
        group,
        last_seller: GROUP_SELLERS.min(all.len() - group * GROUP_SELLERS) - 1,
        last_day: tables.world.days as i32 - 1,
        days: Vec::new(),
    })
}

/// Tells the days of a group, some at a time.
#[derive(Debug)]
struct Teller<'a> {
    sink: &'a dyn SellerDaySink,
    market: u32,
    group: usize,
    /// The last seller by its number in the group, and the last day.
    last_seller: usize,
    last_day: i32,
    /// What is not told yet.
    days: Vec<SellerDay>,
}

impl Observer for Teller<'_> {
    const SEES_ORDERS: bool = false;

    const SEES_DAYS: bool = true;

    fn see(&mut self, _: &Order, _: StoryStep) {}

    fn asks_about(&self, _: usize) -> bool {
        true
    }

    fn see_day(&mut self, seller: usize, day: SellerDay) {
        if day.day.0 < 0 {
            return;
        }
        self.days.push(day);
        let is_whole = seller == self.last_seller;
        if is_whole && (self.days.len() >= TOLD_TOGETHER || day.day.0 == self.last_day) {
            self.sink.take(self.market, self.group, &self.days);
            self.days.clear();
        }
    }
}
