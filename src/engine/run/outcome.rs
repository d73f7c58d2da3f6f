//! What a shard has come to at the horizon.

use super::shard::Shard;
use crate::engine::books::observer::Observer;
use crate::engine::close::survey::dispute_rates_of;
use crate::engine::flow::Flow;
use crate::engine::ground::counted::Counted;
use crate::engine::setup::tables::Tables;
use crate::observe::{Books, Count, MarketOutcome, SellerOutcome, Totals};
use crate::sim::Day;
use crate::sim::lanes::LANES;

impl<O: Observer> Shard<O> {
    /// At the horizon: hands over what was counted.
    pub(crate) fn leave(
        &mut self,
        tables: &Tables,
        market: u32,
        first: usize,
        keeps_sellers: bool,
        outcome: &mut MarketOutcome,
    ) {
        self.count_batches();
        self.settle_stored_cases(tables);
        let mut whole = Totals::default();
        for (seller, tally) in self.records.ledger.by_seller.iter_mut().enumerate() {
            tally.add_many(Count::SellerDays, u64::from(tables.world.days));
            let above_days = self.records.above_days[seller / LANES][seller % LANES];
            tally.add_many(Count::SellerDaysAboveThreshold, u64::from(above_days));
            let traits = &self.records.sellers[seller];
            let segment = &mut outcome.seller_segments[usize::from(traits.segment)];
            let is_bad = traits.fault > tables.world.bad_seller_fault;
            let penalised_days = self.records.standings[seller].penalised_days;
            segment.tally.add(tally);
            segment.penalties.record(penalised_days, is_bad);
            outcome.market.penalties.record(penalised_days, is_bad);
            whole.add(tally);
        }
        for (segment, delays) in outcome.seller_segments.iter_mut().zip(&self.records.delays) {
            segment.delays.merge(delays);
            outcome.market.delays.merge(delays);
        }
        for (segment, tally) in outcome.buyer_segments.iter_mut().zip(&self.records.ledger.by_buyer) {
            segment.tally.add(tally);
        }
        if let ([segment], []) = (&mut outcome.buyer_segments[..], &self.records.ledger.by_buyer[..]) {
            segment.tally.merge(&whole);
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

    /// At the horizon: orders in trouble stay as they stand.
    fn settle_stored_cases(&mut self, tables: &Tables) {
        for case in self.cases.stored_mut() {
            Flow::of(tables, &mut self.records).settle_open(case);
        }
    }

    fn show_sellers(&self, tables: &Tables, market: u32, first: usize, outcome: &mut MarketOutcome) {
        let policy = tables.policy();
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
                mean_weight: if tables.judges {
                    self.records.weight_sums[seller] / f64::from(tables.world.days)
                } else {
                    1.0
                },
                score: policy.service_score.is_some().then(|| self.records.scores.latest(seller)),
                is_frozen: standing.is_frozen(Day(tables.world.days as i32)),
                penalised_days: standing.penalised_days,
            });
        }
    }
}
