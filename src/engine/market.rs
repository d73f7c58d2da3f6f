//! One market from its first day to the horizon.

use super::day_survey::dispute_rates_of;
use super::demand;
use super::population::{self, Traits};
use super::records::Records;
use super::shard::{SHARD_SELLERS, Shard};
use super::tables::Tables;
use super::windows::Counted;
use crate::observe::{Books, Count, GroupOutcome, MarketOutcome, SellerOutcome, Tally};
use crate::policy::exposure::Ranking;
use crate::sim::lanes::LANES;
use crate::sim::{Day, Key};
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
struct DemandShares {
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

/// Watches a run from outside: it is told how many orders each day of each market has, and stops the run
/// by answering false.
pub type Watch<'a> = &'a (dyn Fn(u64) -> bool + Sync);

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
    let key = Key::root(tables.world.seed).child(u64::from(replication)).child(u64::from(market));
    let sellers = population::sellers(tables, key.child(0));
    let buyers = key.child(1);
    let shard = |group: &[Traits]| Shard::new(tables, buyers, group);
    let mut shards: Vec<Shard> = match workers {
        Workers::One => sellers.chunks(SHARD_SELLERS).map(shard).collect(),
        Workers::Many => sellers.par_chunks(SHARD_SELLERS).map(shard).collect(),
    };
    let mut shares = DemandShares::new(tables, &sellers);
    let (first, horizon) = (tables.first_day().0, tables.world.days as i32);
    // Sellers meet at the day's close, and only if demand follows it: otherwise a group of sellers runs
    // from the first day to the last while its state is at hand.
    let meets = tables.world.market.feedback && tables.judges;
    let days = if meets { 1 } else { (horizon - first) as usize };
    for from in (first..horizon).step_by(days) {
        shares.follow(tables, &shards);
        let until = horizon.min(from.saturating_add(days as i32));
        let trade = |(index, shard): (usize, &mut Shard)| {
            let sellers = index * SHARD_SELLERS..index * SHARD_SELLERS + shard.records.sellers.len();
            let (base, today) = (&shares.base[sellers.clone()], &shares.today[sellers]);
            let orders = |day| {
                tables.world.market.orders_per_day * demand::multiplier(&tables.world, key.child(2), day)
            };
            shard.trade(tables, from..until, orders, base, today, watch)
        };
        let goes_on = match workers {
            Workers::One => shards.iter_mut().enumerate().all(trade),
            Workers::Many => shards.par_iter_mut().enumerate().all(trade),
        };
        if !goes_on {
            return None;
        }
    }
    let mut outcome = empty_outcome(tables);
    for (index, shard) in shards.iter_mut().enumerate() {
        shard.leave(tables, market, index * SHARD_SELLERS, keeps_sellers, &mut outcome);
    }
    Some(outcome)
}

impl DemandShares {
    fn new(tables: &Tables, sellers: &[Traits]) -> Self {
        let attractiveness: Vec<f64> = sellers.iter().map(|seller| seller.attractiveness).collect();
        let mut ranking = tables.world.market.exposure.ranking(sellers.len());
        let mut base = vec![0.0; sellers.len()];
        tables.world.market.exposure.shares(&attractiveness, &mut base, &mut ranking);
        Self { today: base.clone(), base, seen: attractiveness, latest: Vec::new(), ranking }
    }

    /// Lets demand follow the search weights of the latest day close, if it does at all.
    fn follow(&mut self, tables: &Tables, shards: &[Shard]) {
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

fn empty_outcome(tables: &Tables) -> MarketOutcome {
    MarketOutcome {
        seller_segments: vec![GroupOutcome::default(); tables.sellers.len()],
        buyer_segments: vec![GroupOutcome::default(); tables.buyers.len()],
        reasons: vec![0; tables.world.policy.cancellation.reasons.len()],
        ..MarketOutcome::default()
    }
}

impl Shard {
    /// Days of trade, stretch by stretch; false if `watch` stops it. The market has `orders` on average on a day.
    fn trade(
        &mut self,
        tables: &Tables,
        days: Range<i32>,
        orders: impl Fn(Day) -> f64,
        base: &[f64],
        shares: &[f64],
        watch: Watch<'_>,
    ) -> bool {
        let mut first = days.start;
        while first < days.end {
            // No stretch reaches from the warm-up into the measured period.
            let end = if first < 0 { days.end.min(0) } else { days.end };
            let until = end.min(first + self.arrivals.days() as i32);
            let mut means = std::mem::take(&mut self.means);
            means.clear();
            means.resize(shares.len() * self.arrivals.days(), 0.0);
            let mut of_market = std::mem::take(&mut self.of_market);
            of_market.clear();
            of_market.extend((first..until).map(|day| orders(Day(day))));
            self.share_out(tables, Day(first), &of_market, base, shares, &mut means);
            self.of_market = of_market;
            self.begin_stretch(tables, first..until, &means);
            self.means = means;
            for (place, day) in (first..until).enumerate() {
                self.run_day(tables, Day(day), place);
                if !watch(self.placed_today) {
                    return false;
                }
            }
            first = until;
        }
        true
    }

    /// The mean orders of the days from `first` on: each seller's share of the market's, nothing for a frozen one.
    fn share_out(
        &mut self,
        tables: &Tables,
        first: Day,
        orders: &[f64],
        base: &[f64],
        shares: &[f64],
        means: &mut [f64],
    ) {
        let means = means.chunks_exact_mut(self.arrivals.days());
        for (seller, (means, (&base, &share))) in means.zip(base.iter().zip(shares)).enumerate() {
            for ((mean, &orders), day) in means.iter_mut().zip(orders).zip(first.0..) {
                let (standing, day) = (&self.records.standings[seller], Day(day));
                let share = if standing.is_frozen(day) { 0.0 } else { share };
                *mean = orders * share;
                if share < base && standing.is_penalised(&tables.world.policy, day) {
                    self.records.count_lost(tables, day, seller, orders * (base - share));
                }
            }
        }
    }

    /// At the horizon: hands over what was counted.
    fn leave(
        &mut self,
        tables: &Tables,
        market: u32,
        first: usize,
        keeps_sellers: bool,
        outcome: &mut MarketOutcome,
    ) {
        self.count_plain();
        self.settle_stored_cases(tables);
        let mut whole = Tally::default();
        for (seller, tally) in self.records.ledger.by_seller.iter_mut().enumerate() {
            tally.add_many(Count::SellerDays, u64::from(tables.world.days));
            let above_days = self.records.above_days[seller / LANES][seller % LANES];
            tally.add_many(Count::SellerDaysAboveThreshold, u64::from(above_days));
            let traits = &self.records.sellers[seller];
            let segment = &mut outcome.seller_segments[usize::from(traits.segment)];
            let is_bad = traits.fault > tables.world.bad_seller_fault;
            let penalised_days = self.records.standings[seller].penalised_days;
            segment.tally.merge(tally);
            segment.penalties.record(penalised_days, is_bad);
            outcome.market.penalties.record(penalised_days, is_bad);
            whole.merge(tally);
        }
        for (segment, delays) in outcome.seller_segments.iter_mut().zip(&self.records.delays) {
            segment.delays.merge(delays);
            outcome.market.delays.merge(delays);
        }
        let by_buyer = if self.records.ledger.by_buyer.is_empty() {
            std::slice::from_ref(&whole)
        } else {
            &self.records.ledger.by_buyer
        };
        for (segment, tally) in outcome.buyer_segments.iter_mut().zip(by_buyer) {
            segment.tally.merge(tally);
        }
        for (all, mine) in outcome.reasons.iter_mut().zip(&self.records.reasons) {
            *all += mine;
        }
        outcome.market.tally.merge(&whole);
        outcome.daily.merge(&self.records.daily);
        outcome.books.merge(&self.records.auditor.settle(&Books::of(&whole)));
        if keeps_sellers {
            self.show_sellers(tables, market, first, outcome);
        }
    }

    fn show_sellers(&self, tables: &Tables, market: u32, first: usize, outcome: &mut MarketOutcome) {
        let policy = Records::policy(tables);
        let windows = &self.records.windows;
        outcome.sellers.reserve(self.records.sellers.len());
        for (seller, traits) in self.records.sellers.iter().enumerate() {
            let standing = &self.records.standings[seller];
            let window = windows.sum(seller, policy.not_sold.window);
            let (disputes, orders) = dispute_rates_of(
                &policy.dispute_rate,
                windows.of_group(seller / LANES, windows.window(policy.dispute_rate.window)),
            );
            outcome.sellers.push(SellerOutcome {
                market,
                seller: (first + seller) as u32,
                segment: usize::from(traits.segment),
                attractiveness: traits.attractiveness,
                fault: traits.fault,
                tally: self.records.ledger.by_seller[seller],
                rate: (disputes[seller % LANES], orders[seller % LANES]),
                not_sold: (window.get(Counted::NotSold), window.get(Counted::Placed)),
                mean_weight: self.records.weight_sums[seller] / f64::from(tables.world.days),
                score: policy.service_score.is_some().then_some(standing.score),
                is_frozen: standing.is_frozen(Day(tables.world.days as i32)),
                penalised_days: standing.penalised_days,
            });
        }
    }
}
