//! How much memory and time a run or a sweep will take, told before it begins.

use super::run::MetricValues;
use super::summary::SummaryRow;
use crate::engine::{World, market_footprint};
use crate::observe::catalogue::METRICS;
use crate::observe::{SellerOutcome, Series};
use std::ops::RangeInclusive;

/// Bytes of the program, its tables and its charts; and of each thread.
const PROGRAM: u64 = 12 << 20;
const THREAD: u64 = 1 << 18;

/// Bytes that a seller's row takes in `sellers.csv`, and a metric's in `summary.csv`, while they are written: a table that grows
/// has twice the room that it needs at worst.
const SELLER_CELLS: u64 = 2 * 110;
const METRIC_CELLS: u64 = 2 * 60;

/// Bytes of a design point: where its results stand, its labels and values, its lines in the manifest, and what charts show of it.
const POINT: u64 = 6_000;

/// Nanoseconds that an order takes on one thread, from the fastest rules on a fast machine to slow rules on a slow one; and a
/// seller's day, and a market of a replication.
const ORDER_NS: [f64; 2] = [25.0, 800.0];
const SELLER_DAY_NS: [f64; 2] = [20.0, 2000.0];
const MARKET_NS: [f64; 2] = [2e4, 4e5];

/// What a run or a sweep takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Footprint {
    /// Bytes by the key that they grow with.
    parts: Vec<(&'static str, u64)>,
    /// Orders, warm-up included.
    pub orders: f64,
    /// Seconds of one thread, from a fast machine to a slow one.
    thread_seconds: [f64; 2],
    threads: u64,
}

impl Footprint {
    /// Of a run with so many threads.
    pub fn of_run(world: &World, threads: usize) -> Self {
        let threads = threads as u64;
        let (markets, replications) = (u64::from(world.market.count), u64::from(world.replications));
        let (sellers, days) = (u64::from(world.market.sellers), u64::from(world.days));
        let tasks = markets * replications;
        let at_once = threads.min(tasks);
        let market = market_footprint(world);
        // If the sellers of few markets are split over the threads, each thread is at work on some.
        let at_work = (market.sellers_at_work * threads).min(market.sellers_at_work.max(sellers) * at_once);
        let row = size_of::<SellerOutcome>() as u64;
        // Rows of few markets are put together from those of their parts.
        let rows = row * markets * sellers + if tasks < 2 * threads { row * sellers } else { 0 };
        let values = (METRICS.len() * size_of::<Option<f64>>() + size_of::<MetricValues>() + 16) as u64;
        let summary = METRICS.len() as u64 * (size_of::<SummaryRow>() as u64 + 32 + METRIC_CELLS);
        let series = days * (Series::ALL.len() * size_of::<u64>()) as u64;
        // The whole, and the replications under way, of which the last has only begun.
        let copies = if replications == 1 { 1 } else { 2 + (threads / markets).min(replications) };
        let groups = (1 + world.sellers.len() + world.buyers.len()) as u64;
        let in_flight = (market.daily_order as f64 * world.market.orders_per_day) as u64;
        let all_days = f64::from(world.days + world.warm_up_days);
        let orders =
            all_days * world.market.orders_per_day * f64::from(world.market.count) * replications as f64;
        let seller_days = all_days * sellers as f64 * tasks as f64;
        let seconds = |at: usize| {
            (orders * ORDER_NS[at] + seller_days * SELLER_DAY_NS[at] + tasks as f64 * MARKET_NS[at]) * 1e-9
        };
        Self {
            parts: vec![
                (
                    "market.sellers",
                    at_once * sellers * market.seller
                        + at_work * market.seller_at_work
                        + rows
                        + SELLER_CELLS * markets * sellers,
                ),
                ("market.orders_per_day", in_flight * at_work / sellers.max(1)),
                ("market.count", markets * (copies * series + summary + replications * values)),
                ("run.replications", replications * (groups * values + 200) + groups * summary),
            ],
            orders,
            thread_seconds: [seconds(0), seconds(1)],
            threads,
        }
    }

    /// Of so many points like this run, of which one after the other is simulated and only a few numbers are kept.
    #[must_use]
    pub fn times(mut self, points: usize) -> Self {
        self.parts.push(("the number of points", points as u64 * POINT));
        self.orders *= points as f64;
        self.thread_seconds = self.thread_seconds.map(|seconds| seconds * points as f64);
        self
    }

    /// The same for so many replications of a study in all, where one run has `each`: as much memory, but their orders and time.
    #[must_use]
    pub fn lasting(mut self, replications: u64, each: u32) -> Self {
        let share = replications as f64 / f64::from(each.max(1));
        self.orders *= share;
        self.thread_seconds = self.thread_seconds.map(|seconds| seconds * share);
        self
    }

    /// Bytes of memory in all, right within half as much again where they are many.
    pub fn bytes(&self) -> u64 {
        PROGRAM + self.threads * THREAD + self.parts.iter().map(|part| part.1).sum::<u64>()
    }

    /// The key that most of the memory grows with.
    pub fn largest(&self) -> &'static str {
        self.parts.iter().max_by_key(|part| part.1).map_or("market.sellers", |part| part.0)
    }

    /// Seconds of one thread, about: between those of a fast machine and of a slow one, and the same on every machine.
    pub fn thread_seconds(&self) -> f64 {
        let [least, most] = self.thread_seconds;
        (least * most).sqrt()
    }

    /// Seconds that it takes, from a fast machine to a slow one.
    pub fn seconds(&self) -> RangeInclusive<f64> {
        let [least, most] = self.thread_seconds.map(|seconds| seconds / self.threads.max(1) as f64);
        least..=most
    }
}
