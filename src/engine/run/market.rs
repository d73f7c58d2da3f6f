//! One market from its first day to the horizon.

use super::shard::{Shard, Watch};
use crate::engine::arrivals::demand;
use crate::engine::books::observer::{Nobody, Observer};
use crate::engine::ground::columns::SHARD_SELLERS;
use crate::engine::setup::sellers::{Traits, draw_seller};
use crate::engine::setup::tables::Tables;
use crate::observe::{GroupOutcome, MarketOutcome, SellerOutcome};
use crate::policy::exposure::Ranking;
use crate::sim::Key;
use rayon::prelude::*;
use std::ops::Range;

/// How a market's days are worked on; the outcome is the same to the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workers {
    /// By the calling thread; for many markets side by side.
    One,
    /// The market's sellers are split over the thread pool; for a single large market.
    Many,
}

/// Demand of a market: who gets which share of it.
#[derive(Debug)]
pub(crate) struct DemandShares {
    /// Shares that search would give without any penalty.
    base: Vec<f64>,
    /// Shares of today.
    today: Vec<f64>,
    /// Search weights that today's shares follow from.
    seen: Vec<f64>,
    /// Scratch: the latest search weights.
    latest: Vec<f64>,
    ranking: Ranking,
}

/// So many shards at most are added up before another thread may take over: few enough to share the work evenly, and enough to
/// have few sums to merge.
const SHARDS_TOGETHER: usize = 4;

/// Runs one market of one replication; `None` if it was stopped.
///
/// `keeps_sellers` asks for a row a seller in the outcome.
///
/// # Panics
/// If the auditor finds that money is not conserved or that an illegal step was taken: a defect of the
/// program, never of a scenario.
pub fn simulate_market(
    tables: &Tables,
    replication: u32,
    market: u32,
    workers: Workers,
    keeps_sellers: bool,
    watch: Watch<'_>,
) -> Option<MarketOutcome> {
    let key = market_key(tables, replication, market);
    let sellers = draw_sellers(tables, key, workers, watch)?;
    let run = MarketRun { tables, market, key, sellers: &sellers, keeps_sellers, watch };
    run.outcome(workers, |_| Nobody)
}

/// Whether sellers meet at the day's close: only if demand follows it.
pub(crate) const fn meet(tables: &Tables) -> bool {
    tables.world.market.feedback && tables.judges
}

/// The key of a market of a replication.
pub(crate) fn market_key(tables: &Tables, replication: u32, market: u32) -> Key {
    Key::root(tables.world.seed).child(u64::from(replication)).child(u64::from(market))
}

/// The sellers of a market; `None` if `watch` stops it.
pub(crate) fn draw_sellers(
    tables: &Tables,
    key: Key,
    workers: Workers,
    watch: Watch<'_>,
) -> Option<Vec<Traits>> {
    // What takes long before the first day asks as well whether to go on: a market may have a million sellers.
    let seller = |number: u32| {
        let goes_on = !(number as usize).is_multiple_of(SHARD_SELLERS) || watch(0);
        goes_on.then(|| draw_seller(&tables.world, key.child(0), number))
    };
    let numbers = 0..tables.world.market.sellers;
    match workers {
        Workers::One => numbers.map(seller).collect(),
        Workers::Many => numbers.into_par_iter().map(seller).collect(),
    }
}

/// One market of one replication.
#[derive(Clone, Copy)]
pub(crate) struct MarketRun<'a> {
    pub(crate) tables: &'a Tables,
    /// Number of the market.
    pub(crate) market: u32,
    pub(crate) key: Key,
    pub(crate) sellers: &'a [Traits],
    pub(crate) keeps_sellers: bool,
    pub(crate) watch: Watch<'a>,
}

impl MarketRun<'_> {
    fn shard<O: Observer>(&self, sellers: &[Traits], observer: O) -> Shard<O> {
        Shard::new(self.tables, self.key.child(1), sellers, observer)
    }

    /// Days of trade of one shard; false if they were stopped.
    fn trade<O: Observer>(
        &self,
        shard: &mut Shard<O>,
        index: usize,
        days: Range<i32>,
        shares: &DemandShares,
    ) -> bool {
        let sellers = index * SHARD_SELLERS..index * SHARD_SELLERS + shard.records.sellers.len();
        let (base, today) = (&shares.base[sellers.clone()], &shares.today[sellers]);
        let world = &self.tables.world;
        let orders = |day| world.market.orders_per_day * demand::multiplier(world, self.key.child(2), day);
        shard.trade(self.tables, days, orders, base, today, self.watch)
    }

    fn days(&self) -> Range<i32> {
        self.tables.first_day().0..self.tables.world.days as i32
    }

    /// Day by day, with all sellers in memory: their shards at the horizon. Who looks on is asked for by the number of the shard.
    pub(crate) fn together<O: Observer>(
        &self,
        workers: Workers,
        observer: impl Fn(usize) -> O + Sync,
    ) -> Option<Vec<Shard<O>>> {
        let shard =
            |(index, group): (usize, &[Traits])| (self.watch)(0).then(|| self.shard(group, observer(index)));
        let shards: Option<Vec<Shard<O>>> = match workers {
            Workers::One => self.sellers.chunks(SHARD_SELLERS).enumerate().map(shard).collect(),
            Workers::Many => self.sellers.par_chunks(SHARD_SELLERS).enumerate().map(shard).collect(),
        };
        let mut shards = shards?;
        let mut shares = DemandShares::new(self.tables, self.sellers);
        for day in self.days() {
            shares.follow(self.tables, &shards);
            let trade =
                |(index, shard): (usize, &mut Shard<O>)| self.trade(shard, index, day..day + 1, &shares);
            let goes_on = match workers {
                Workers::One => shards.iter_mut().enumerate().all(trade),
                Workers::Many => shards.par_iter_mut().enumerate().all(trade),
            };
            if !goes_on {
                return None;
            }
        }
        Some(shards)
    }

    /// One shard from the first day to the last, where sellers do not meet; `None` if `watch` stops it.
    pub(crate) fn alone<O: Observer>(
        &self,
        index: usize,
        shares: &DemandShares,
        observer: O,
    ) -> Option<Shard<O>> {
        let first = index * SHARD_SELLERS;
        let sellers = &self.sellers[first..(first + SHARD_SELLERS).min(self.sellers.len())];
        let mut shard = self.shard(sellers, observer);
        self.trade(&mut shard, index, self.days(), shares).then_some(shard)
    }

    /// What the whole market comes to; `None` if `watch` stops it. Who looks on is asked for by the number of the shard.
    pub(crate) fn outcome<O: Observer>(
        &self,
        workers: Workers,
        observer: impl Fn(usize) -> O + Sync,
    ) -> Option<MarketOutcome> {
        if !meet(self.tables) {
            return self.apart(workers, observer);
        }
        let mut outcome = empty_outcome(self.tables);
        for (index, shard) in self.together(workers, observer)?.iter_mut().enumerate() {
            self.leave(shard, index, &mut outcome);
        }
        Some(outcome)
    }

    /// Shard by shard, each from the first day to the last while its state is at hand: the next one has its memory.
    fn apart<O: Observer>(
        &self,
        workers: Workers,
        observer: impl Fn(usize) -> O + Sync,
    ) -> Option<MarketOutcome> {
        let shares = DemandShares::new(self.tables, self.sellers);
        let run = |mut outcome: MarketOutcome, index: usize| {
            self.leave(&mut self.alone(index, &shares, observer(index))?, index, &mut outcome);
            Some(outcome)
        };
        let empty = || empty_outcome(self.tables);
        let shards = 0..self.sellers.len().div_ceil(SHARD_SELLERS);
        if workers == Workers::One {
            let mut shards = shards;
            return shards.try_fold(empty(), run);
        }
        // Rows of sellers are put together once at the end, not at every merge.
        let run = |(outcome, mut rows): (MarketOutcome, Vec<Vec<SellerOutcome>>), index| {
            let mut outcome = run(outcome, index)?;
            rows.push(std::mem::take(&mut outcome.sellers));
            Some((outcome, rows))
        };
        let empty = || (empty(), Vec::new());
        let shards = shards.into_par_iter().with_max_len(SHARDS_TOGETHER);
        let (mut outcome, rows) = shards.try_fold(empty, run).try_reduce(empty, |one, other| {
            let ((mut outcome, mut rows), (later, later_rows)) = (one, other);
            outcome.merge(&later);
            rows.extend(later_rows);
            Some((outcome, rows))
        })?;
        let rows: Vec<&SellerOutcome> = rows.iter().flatten().collect();
        outcome.sellers = rows.par_iter().map(|&row| row.clone()).collect();
        Some(outcome)
    }

    /// At the horizon: hands over what a shard has counted.
    pub(crate) fn leave<O: Observer>(&self, shard: &mut Shard<O>, index: usize, outcome: &mut MarketOutcome) {
        shard.leave(self.tables, self.market, index * SHARD_SELLERS, self.keeps_sellers, outcome);
    }
}

impl DemandShares {
    /// Shares before any penalty.
    pub(crate) fn new(tables: &Tables, sellers: &[Traits]) -> Self {
        let attractiveness: Vec<f64> = sellers.iter().map(|seller| seller.attractiveness).collect();
        let mut ranking = tables.world.market.exposure.ranking(sellers.len());
        let mut base = vec![0.0; sellers.len()];
        tables.world.market.exposure.shares(&attractiveness, &mut base, &mut ranking);
        Self { today: base.clone(), base, seen: attractiveness, latest: Vec::new(), ranking }
    }

    /// Lets demand follow the search weights of the latest day close, if it does at all.
    fn follow<O>(&mut self, tables: &Tables, shards: &[Shard<O>]) {
        let market = &tables.world.market;
        if !market.feedback {
            return;
        }
        self.latest.clear();
        self.latest.extend(shards.iter().flat_map(|shard| &shard.records.weights));
        if self.seen == self.latest {
            return;
        }
        std::mem::swap(&mut self.seen, &mut self.latest);
        market.exposure.shares(&self.seen, &mut self.today, &mut self.ranking);
        // What penalties take from some, others gain, but for the part that leaves the market.
        let stays = 1.0 - market.leaves_market;
        for (today, &base) in self.today.iter_mut().zip(&self.base) {
            if *today > base {
                *today = base + (*today - base) * stays;
            }
        }
    }
}

/// The outcome of no sellers.
pub(crate) fn empty_outcome(tables: &Tables) -> MarketOutcome {
    MarketOutcome {
        seller_segments: vec![GroupOutcome::default(); tables.sellers.len()],
        buyer_segments: vec![GroupOutcome::default(); tables.buyers.len()],
        reasons: vec![0; tables.world.policy.cancellation.reasons.len()],
        ..MarketOutcome::default()
    }
}
