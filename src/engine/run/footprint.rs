//! How much memory the markets of a world take, told before any of them is run.

use super::shard::Shard;
use crate::engine::arrivals::batches::{BatchOwners, stretch_days};
use crate::engine::batch::orders::Batch;
use crate::engine::batch::pending::Pending;
use crate::engine::batch::untroubled::{DaysAhead, UntroubledOrders, UntroubledSums};
use crate::engine::books::coming_days::AHEAD_DAYS;
use crate::engine::books::observer::Nobody;
use crate::engine::books::standing::Standing;
use crate::engine::desk::earliest_deadline::EarliestDeadlineDesk;
use crate::engine::desk::fifo::FifoDesk;
use crate::engine::ground::columns::SHARD_SELLERS;
use crate::engine::ground::counted::{Counted, TrackedCounts};
use crate::engine::order::case::Opening;
use crate::engine::order::event_queue::Event;
use crate::engine::setup::lookup::SellerLookup;
use crate::engine::setup::sellers::Traits;
use crate::engine::setup::tables::window_days;
use crate::engine::setup::world::World;
use crate::observe::{Series, Tally};
use crate::sim::Key;

/// Bytes of a market that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarketFootprint {
    /// Of a seller as long as its market is under way.
    pub seller: u64,
    /// Of a seller while it is worked on; where sellers meet at the day's close, all of them are.
    pub seller_at_work: u64,
    /// Of the orders in flight for each order that a market has a day.
    pub daily_order: u64,
    /// Sellers of a market that are worked on by one thread at a time.
    pub sellers_at_work: u64,
}

/// Orders in flight by those of a day, and what each takes on average: most are only counted, and of those in trouble, about one
/// in eight, each waits some ten days for its turn.
const DAILY_ORDER: usize = size_of::<Opening>();

/// What a market of this world takes: the sizes of what a shard holds, added up.
pub fn market_footprint(world: &World) -> MarketFootprint {
    let policy = &world.policy;
    let sellers = u64::from(world.market.sellers);
    let judges = policy.penalises(true);
    let (cells, tracks) = (stretch_days(judges), TrackedCounts::of(policy));
    let mut windows = vec![policy.dispute_rate.window, policy.not_sold.window];
    windows.extend(policy.service_score.iter().map(|score| score.window));
    windows.extend(policy.points.iter().flat_map(|points| points.awards.iter().map(|award| award.window)));
    windows.sort_unstable();
    windows.dedup();
    let rows = Counted::last_read_by(policy) as usize + 1;
    let coming = usize::from(tracks.completed) + 3 * usize::from(tracks.delivered);
    let number = size_of::<u32>();
    let of_seller = number * (rows * (window_days(policy) + windows.len()) + coming * AHEAD_DAYS as usize)
        + size_of::<Traits>()
        + size_of::<Tally>()
        + size_of::<UntroubledSums>()
        + size_of::<Standing>()
        + size_of::<FifoDesk>()
        + size_of::<EarliestDeadlineDesk>()
        + cells * (3 * size_of::<Key>() + 4 * size_of::<f64>())
        + 8 * size_of::<f64>()
        // Sums of what is predetermined, and scores.
        + 32 * size_of::<u32>()
        + 2 * size_of::<f64>();
    // Rings of days begin with a bucket a day, and a busy shard has some entries in each.
    let rings = 3 * 128 * size_of::<Vec<Event>>();
    let of_shard = size_of::<Shard<Nobody>>()
        + size_of::<Batch>()
        + size_of::<UntroubledOrders>()
        + size_of::<BatchOwners>()
        + size_of::<DaysAhead>()
        + size_of::<SellerLookup>()
        + Pending::BYTES
        + rings
        + world.days as usize * Series::ALL.len() * size_of::<u64>()
        + world.sellers.len() * 8192;
    let shard_sellers = sellers.clamp(1, SHARD_SELLERS as u64);
    let all_at_work = world.market.feedback && judges;
    MarketFootprint {
        seller: (size_of::<Traits>() + 5 * size_of::<f64>()) as u64,
        seller_at_work: of_seller as u64 + of_shard as u64 / shard_sellers,
        daily_order: DAILY_ORDER as u64,
        sellers_at_work: if all_at_work { sellers } else { shard_sellers },
    }
}
