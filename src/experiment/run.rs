//! A run: every replication of every market, in parallel, merged exactly.

use crate::engine::{Tables, Watch, Workers, World, simulate_market};
use crate::observe::catalogue::METRICS;
use crate::observe::{Books, Daily, GroupOutcome, MarketOutcome, SellerOutcome, Totals};
use crate::policy::dispute_rate::DisputeRateRule;
use crate::stats::Observation;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// What one replication says of every metric, in the order of [`METRICS`]; `None` where undefined.
pub type MetricValues = Vec<Option<Observation>>;

/// The metrics of one replication.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Replication {
    /// Of the world.
    pub world: MetricValues,
    /// Of each market.
    pub markets: Vec<MetricValues>,
    /// Of each seller segment.
    pub seller_segments: Vec<MetricValues>,
    /// Of each buyer segment.
    pub buyer_segments: Vec<MetricValues>,
}

/// What a run leaves behind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunResult {
    /// Replications that were finished, in order.
    pub replications: Vec<Replication>,
    /// Their numbers: of a run that was stopped some may be missing in between.
    pub numbers: Vec<u32>,
    /// The number of the first that was asked for.
    pub first_replication: u32,
    /// Numbers of days of each market, added up over these replications.
    pub daily: Vec<Daily>,
    /// All replications added up.
    pub world: GroupOutcome,
    /// The same for each seller segment.
    pub seller_segments: Vec<GroupOutcome>,
    /// Cancellations by entry of the reason menu, added up.
    pub reasons: Vec<u64>,
    /// The money audit, added up.
    pub books: Books,
    /// Sellers of the first replication, market by market.
    pub sellers_by_market: Vec<Vec<SellerOutcome>>,
    /// Orders simulated, warm-up included; those of unfinished replications too.
    pub orders: u64,
    /// Whether the run was stopped before its last replication.
    pub is_interrupted: bool,
}

/// Replications as they come in, in any order: numbers are added up at once, so that memory does not grow
/// with their number but for the metrics of each.
#[derive(Default)]
struct Finished {
    whole: RunResult,
    replications: BTreeMap<u32, Replication>,
}

/// A replication of which some markets have come in, in any order: numbers are added up at once, so that memory grows with the
/// number of markets only by their metrics, days and rows of sellers.
struct UnderWay {
    markets: u32,
    metrics: Replication,
    result: RunResult,
    buyer_segments: Vec<GroupOutcome>,
}

/// Runs every replication of a world on the current thread pool; see [`run_replications`].
pub fn run(world: &World, watch: Watch<'_>) -> RunResult {
    run_replications(&Tables::new(world), 0..world.replications, watch)
}

/// Who works on a market where so many run at once: the whole pool if they are too few to keep it busy, else a thread for each.
pub(super) fn workers_for(markets: usize) -> Workers {
    let threads = rayon::current_num_threads();
    if markets < 2 * threads && threads > 1 { Workers::Many } else { Workers::One }
}

/// Runs some replications of a world on the current thread pool; those of other ranges are merged with
/// [`RunResult::merge`].
///
/// A replication is the same whichever others are run with it. (replication, market) pairs are the parallel
/// tasks; if they are too few to keep the pool busy, the sellers of each market are split as well. Merging
/// adds whole numbers, so the result has the same bytes for any number of threads.
pub fn run_replications(tables: &Tables, replications: Range<u32>, watch: Watch<'_>) -> RunResult {
    keep_freed_memory();
    let (first, count) = (replications.start, replications.len());
    let markets = tables.world().market.count;
    let tasks = count * markets as usize;
    let workers = workers_for(tasks);
    let finished = Mutex::new(Finished::default());
    let orders = AtomicU64::new(0);
    let counting = |placed: u64| {
        orders.fetch_add(placed, Ordering::Relaxed);
        watch(placed)
    };
    let under_way: Vec<Mutex<Option<UnderWay>>> = (0..count).map(|_| Mutex::default()).collect();
    let next = AtomicUsize::new(0);
    let run = |task: usize| {
        let (place, market) = (task / markets as usize, (task % markets as usize) as u32);
        let replication = first + place as u32;
        let outcome = simulate_market(tables, replication, market, workers, place == 0, &counting);
        let Some(outcome) = outcome else { return };
        // Measured by the task: what waits for the last market is done by one thread.
        let metrics = values(&tables.world().policy.dispute_rate, &outcome.market);
        let complete = {
            let mut under_way = lock(&under_way[place]);
            let so_far = under_way.get_or_insert_with(|| UnderWay::new(tables.world()));
            so_far.add(market as usize, metrics, outcome);
            if so_far.markets == markets { under_way.take() } else { None }
        };
        if let Some(complete) = complete {
            let (metrics, result) = complete.finish(tables.world());
            lock(&finished).add(place == 0, replication, metrics, result);
        }
    };
    // Tasks are taken in their order, so that few replications are under way at once; none is begun once it is to stop.
    (0..rayon::current_num_threads()).into_par_iter().with_max_len(1).for_each(|_| {
        while watch(0) {
            let task = next.fetch_add(1, Ordering::Relaxed);
            if task >= tasks {
                break;
            }
            run(task);
        }
    });
    let Finished { mut whole, replications: done } =
        finished.into_inner().unwrap_or_else(PoisonError::into_inner);
    whole.is_interrupted = done.len() < count;
    (whole.numbers, whole.replications) = done.into_iter().unzip();
    whole.first_replication = first;
    whole.orders = orders.into_inner();
    whole
}

/// Lets the next market have the memory of the last.
///
/// Every market frees what it has kept, and the C library of Linux gives so much back to the system at once that with
/// several threads each waits for the others to forget the pages. Whoever frees a block that was mapped on its own tells it
/// that such sizes come and go: up to twice this many bytes are kept from then on (`mallopt(3)`, `M_MMAP_THRESHOLD`). No page
/// of the block is ever touched, and other allocators pay no heed.
fn keep_freed_memory() {
    const BYTES: usize = 1 << 20;
    drop(black_box(Vec::<u8>::with_capacity(BYTES)));
}

/// A thread that panicked has already ended the run; its data are not used.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn values(rule: &DisputeRateRule, group: &GroupOutcome) -> MetricValues {
    METRICS.iter().map(|metric| metric.observation(rule, group)).collect()
}

impl UnderWay {
    fn new(world: &World) -> Self {
        let markets = world.market.count as usize;
        Self {
            markets: 0,
            metrics: Replication { markets: vec![MetricValues::new(); markets], ..Replication::default() },
            result: RunResult {
                seller_segments: vec![GroupOutcome::default(); world.sellers.len()],
                reasons: vec![0; world.policy.cancellation.reasons.len()],
                sellers_by_market: vec![Vec::new(); markets],
                daily: vec![Daily::default(); markets],
                ..RunResult::default()
            },
            buyer_segments: vec![GroupOutcome::default(); world.buyers.len()],
        }
    }

    /// Adds a market.
    fn add(&mut self, number: usize, metrics: MetricValues, market: MarketOutcome) {
        let Self { markets, metrics: replication, result, buyer_segments } = self;
        *markets += 1;
        replication.markets[number] = metrics;
        result.world.merge(&market.market);
        GroupOutcome::merge_all(&mut result.seller_segments, &market.seller_segments);
        GroupOutcome::merge_all(buyer_segments, &market.buyer_segments);
        for (all, mine) in result.reasons.iter_mut().zip(&market.reasons) {
            *all += mine;
        }
        result.books.merge(&market.books);
        result.sellers_by_market[number] = market.sellers;
        result.daily[number] = market.daily;
    }

    /// The whole replication, now that all markets are in.
    fn finish(self, world: &World) -> (Replication, RunResult) {
        let Self { metrics: mut replication, result, buyer_segments, .. } = self;
        let rule = &world.policy.dispute_rate;
        let all = |groups: &[GroupOutcome]| groups.iter().map(|group| values(rule, group)).collect();
        replication.world = values(rule, &result.world);
        replication.seller_segments = all(&result.seller_segments);
        replication.buyer_segments = all(&buyer_segments);
        (replication, result)
    }
}

impl Finished {
    /// Adds a replication.
    fn add(&mut self, is_first: bool, number: u32, metrics: Replication, mut result: RunResult) {
        let sellers = std::mem::take(if is_first {
            &mut result.sellers_by_market
        } else {
            &mut self.whole.sellers_by_market
        });
        if self.replications.is_empty() {
            self.whole = result;
        } else {
            self.whole.add(&result);
        }
        self.whole.sellers_by_market = sellers;
        self.replications.insert(number, metrics);
    }
}

impl RunResult {
    /// Adds the replications that follow these. The sellers stay those of the first.
    pub fn merge(&mut self, later: Self) {
        if self.replications.is_empty() {
            let (orders, is_interrupted) = (self.orders, self.is_interrupted);
            *self = later;
            self.orders += orders;
            self.is_interrupted |= is_interrupted;
            return;
        }
        self.add(&later);
        self.orders += later.orders;
        self.is_interrupted |= later.is_interrupted;
        self.replications.extend(later.replications);
        self.numbers.extend(later.numbers);
    }

    /// Adds what is counted over all replications.
    fn add(&mut self, other: &Self) {
        if other.daily.is_empty() {
            return;
        }
        self.world.merge(&other.world);
        GroupOutcome::merge_all(&mut self.seller_segments, &other.seller_segments);
        for (mine, theirs) in self.daily.iter_mut().zip(&other.daily) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.reasons.iter_mut().zip(&other.reasons) {
            *mine += theirs;
        }
        self.books.merge(&other.books);
    }

    /// Counters of all finished replications together.
    pub const fn tally(&self) -> &Totals {
        &self.world.tally
    }

    /// Sellers of the first replication, in the order of markets.
    pub fn sellers(&self) -> impl Iterator<Item = &SellerOutcome> {
        self.sellers_by_market.iter().flatten()
    }
}
