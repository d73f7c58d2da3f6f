//! A group of a market's sellers: all the state that one thread works on.

use super::calendar::{Calendar, Event, Happening};
use super::case::Cases;
use super::demand::PoissonSearch;
use super::desk::Desk;
use super::placement::PlainSums;
use super::population::Traits;
use super::standing::Standing;
use super::tables::Tables;
use super::windows::Windows;
use crate::behavior::ResponseTables;
use crate::market::Money;
use crate::observe::{Auditor, Count, Daily, Series, Tally};
use crate::policy::Policy;
use crate::sim::{Day, SimDuration, SimTime};
use crate::stats::Histogram;

/// Sellers in a shard; a market of so many stays inside the second-level cache.
pub(super) const SHARD_SELLERS: usize = 128;

/// Some sellers, their orders in trouble, and what has been counted of them.
#[derive(Debug)]
pub(super) struct Shard {
    pub(super) sellers: Vec<Traits>,
    pub(super) windows: Windows,
    pub(super) standings: Vec<Standing>,
    pub(super) desks: Vec<Desk>,
    pub(super) cases: Cases,
    pub(super) calendar: Calendar,
    pub(super) auditor: Auditor,
    /// Search weights of tomorrow, as of the latest day close.
    pub(super) weights: Vec<f64>,
    /// Sums over the measured days of each seller's weight relative to its own attractiveness.
    pub(super) weight_sums: Vec<f64>,
    /// Counts a seller.
    pub(super) tallies: Vec<Tally>,
    /// Counts a buyer segment; none if there is only one, whose counts are those of all sellers.
    pub(super) by_buyer: Vec<Tally>,
    /// Response delays in seconds, a seller segment.
    pub(super) delays: Vec<Histogram>,
    /// Cancellations by entry of the reason menu.
    pub(super) reasons: Vec<u64>,
    pub(super) daily: Daily,
    /// The key of the market's buyers.
    pub(super) buyers: crate::sim::Key,
    events: Vec<Event>,
    /// Orders placed on the latest day.
    pub(super) placed_today: u64,
    /// See [`Tables::shipment_allowance`], for the day at hand.
    pub(super) allowance: SimDuration,
    /// Draws how many orders a seller has.
    pub(super) poisson: PoissonSearch,
    /// Scratch: orders in trouble of the seller at hand.
    pub(super) troubled: Vec<u32>,
    /// Scratch: untroubled orders of the seller at hand, a buyer segment.
    pub(super) plain_sums: Vec<PlainSums>,
    /// Scratch: mean orders of each seller today.
    pub(super) means: Vec<f64>,
}

impl Shard {
    /// Sellers before their first order.
    pub(super) fn new(tables: &Tables, buyers: crate::sim::Key, sellers: &[Traits]) -> Self {
        let desk_of = |seller: &Traits| match &tables.sellers[usize::from(seller.segment)].response {
            ResponseTables::Desk { spec, .. } => Desk::new(spec.agents),
            ResponseTables::Delay { .. } => Desk::default(),
        };
        Self {
            windows: Windows::new(sellers.len(), tables),
            weights: sellers.iter().map(|seller| seller.attractiveness).collect(),
            weight_sums: vec![0.0; sellers.len()],
            standings: vec![Standing::new(&tables.world.policy); sellers.len()],
            desks: sellers.iter().map(desk_of).collect(),
            cases: Cases::default(),
            calendar: Calendar::new(sellers.len(), tables.horizon),
            auditor: Auditor::default(),
            tallies: vec![Tally::default(); sellers.len()],
            by_buyer: vec![Tally::default(); if tables.buyers.len() > 1 { tables.buyers.len() } else { 0 }],
            delays: vec![Histogram::default(); tables.sellers.len()],
            reasons: vec![0; tables.world.policy.cancellation.reasons.len()],
            daily: Daily::new(tables.world.days),
            sellers: sellers.to_vec(),
            buyers,
            events: Vec::new(),
            placed_today: 0,
            allowance: SimDuration(0),
            poisson: PoissonSearch::new(),
            troubled: Vec::new(),
            plain_sums: vec![PlainSums::default(); tables.buyers.len()],
            means: Vec::new(),
        }
    }

    /// A day of these sellers: new orders, then what happens to orders in trouble, then the day's close.
    ///
    /// `means` holds each seller's mean number of orders today. What [`Self::weights`] then holds is what search
    /// will see tomorrow.
    pub(super) fn run_day(&mut self, tables: &Tables, day: Day, means: &[f64]) {
        self.windows.begin_day(day);
        self.placed_today = 0;
        self.allowance = tables.shipment_allowance(day);
        for (seller, &mean) in means.iter().enumerate() {
            self.place_orders(tables, day, seller, mean);
        }
        let mut events = std::mem::take(&mut self.events);
        let mut done = 0;
        self.calendar.begin(day, &mut events);
        while let Some(event) = self.calendar.next(&events, &mut done) {
            self.happen(tables, event, event.at(day));
        }
        self.calendar.end();
        self.events = events;
        self.close_day(tables, day);
    }

    /// One event, unless its case has moved on since it was scheduled.
    fn happen(&mut self, tables: &Tables, event: Event, at: SimTime) {
        match event.what {
            Happening::DeskOpens => {
                self.desks[event.seller()].awaits_opening = false;
                return self.dispatch(tables, event.seller(), at);
            }
            Happening::AgentFree => {
                self.desks[event.seller()].release_agent();
                return self.dispatch(tables, event.seller(), at);
            }
            Happening::CompleteLater => {
                self.windows.today_mut(event.seller()).completed += event.case;
                return;
            }
            _ => {}
        }
        if self.cases.get(event.case).generation != event.generation {
            return;
        }
        let case = event.case;
        match event.what {
            Happening::CancelRequest => self.request_cancel(tables, case, at),
            Happening::Overtake => self.overtake_cancel(tables, case, at),
            Happening::ShipmentDue => self.close_unshipped(tables, case, at),
            Happening::File => self.file(tables, case, at),
            Happening::AskAfterSale => self.ask_after_sale(tables, case, at),
            Happening::Answer => self.answer(tables, case, at),
            Happening::AnswerDue => self.answer_due(tables, case, at),
            Happening::Arrive => self.arrive(tables, case, at),
            Happening::StepIn => self.step_in(tables, case, at),
            Happening::Ruling => self.rule(tables, case, at),
            Happening::Settle => self.settle(tables, case, at),
            Happening::AgentFree | Happening::DeskOpens | Happening::CompleteLater => {}
        }
    }

    /// Schedules an event of a case.
    pub(super) fn schedule(&mut self, at: SimTime, what: Happening, case: u32) {
        let subject = self.cases.get(case);
        self.calendar.schedule(at, subject.order.seller, what, case, subject.generation);
    }

    /// Counts something that happens at `at` to an order, for its seller and its buyer's segment.
    pub(super) fn count(&mut self, tables: &Tables, case: u32, what: Count, at: SimTime) {
        if tables.is_measured(at) {
            self.count_anyway(case, what, 1);
        }
    }

    /// Counts something of an order whenever it happens.
    pub(super) fn count_anyway(&mut self, case: u32, what: Count, several: u64) {
        let order = &self.cases.get(case).order;
        self.tallies[usize::from(order.seller)].add_many(what, several);
        if let Some(tally) = self.by_buyer.get_mut(usize::from(order.buyer_segment)) {
            tally.add_many(what, several);
        }
    }

    /// Counts one of the things that happen to orders, warm-up included.
    pub(super) fn count_event(&mut self, case: u32) {
        self.count_anyway(case, Count::Events, 1);
    }

    /// Adds to a day of the daily series.
    pub(super) fn count_daily(&mut self, series: Series, at: SimTime) {
        self.daily.add(series, at.day().0, 1);
    }

    /// Books money of an order placed in the measured period.
    pub(super) fn book(&mut self, case: u32, what: Count, amount: Money) {
        if self.cases.get(case).order.is_counted {
            self.count_anyway(case, what, amount.0 as u64);
        }
    }

    /// The policy of the world.
    pub(super) const fn policy(tables: &Tables) -> &Policy {
        &tables.world.policy
    }
}
