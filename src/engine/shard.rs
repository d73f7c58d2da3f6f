//! A group of a market's sellers: all the state that one thread works on.

use super::arrivals::{Arrivals, Roll, stretch_days};
use super::batch::Batch;
use super::calendar::{Calendar, Event};
use super::case::{Case, Cases, Opening};
use super::foresight::sittings::Sittings;
use super::market::Watch;
use super::plain::{DaysAhead, PlainOrders, PlainSums};
use super::population::Traits;
use super::records::{Records, agents};
use super::screens::SellerScreens;
use super::tables::Tables;
use super::urgent_desk::UrgentDesk;
use crate::behavior::Discipline;
use crate::sim::{Day, Key, SimDuration};
use std::ops::Range;

/// Sellers in a shard; a market of so many stays inside the second-level cache.
pub(super) const SHARD_SELLERS: usize = 128;

/// After so many events of a day it is asked whether to go on.
const EVENTS_TOGETHER: usize = 1 << 14;

/// Some sellers, their orders in trouble, and what has been recorded of them.
#[derive(Debug)]
pub(super) struct Shard {
    pub(super) records: Records,
    /// The desks that serve the earliest deadline first; without agents where there is none.
    pub(super) desks: Vec<UrgentDesk>,
    /// Cases that have to wait after they have begun.
    pub(super) cases: Cases,
    pub(super) calendar: Calendar,
    /// Tickets given out by the desks.
    pub(super) tickets: u32,
    events: Vec<Event>,
    /// Orders placed on the day at hand, and so far. Counts of one seller have 32 bits, and its cents 64.
    pub(super) placed_today: u64,
    pub(super) placed: u64,
    /// See [`Tables::shipment_allowance`], for the days of the stretch at hand.
    pub(super) allowance: SimDuration,
    pub(super) screens: SellerScreens,
    /// What plain orders have added up to so far, a seller and a buyer segment.
    pub(super) plain_by_seller: Vec<PlainSums>,
    pub(super) plain_by_buyer: Vec<PlainSums>,
    pub(super) sittings: Sittings,
    /// Orders of the stretch at hand.
    pub(super) arrivals: Arrivals,
    /// Scratch: whose those are that are being placed, what is drawn of them, and what is worked out of the plain ones.
    pub(super) roll: Box<Roll>,
    pub(super) batch: Box<Batch>,
    pub(super) plain: Box<PlainOrders>,
    pub(super) days_ahead: Box<DaysAhead>,
    /// Scratch: what an order has come to, and the case that begins.
    pub(super) opening: Opening,
    pub(super) case: Case,
    /// Scratch: mean orders of the market, and of each seller, on each day of the stretch.
    pub(super) of_market: Vec<f64>,
    pub(super) means: Vec<f64>,
}

impl Shard {
    /// Sellers before their first order.
    pub(super) fn new(tables: &Tables, buyers: Key, sellers: &[Traits]) -> Self {
        let urgent_desk =
            |seller: &Traits| UrgentDesk::new(agents(tables, seller, Discipline::EarliestDeadline));
        let keys: Vec<(Key, u8)> = sellers.iter().map(|seller| (seller.key, seller.segment)).collect();
        Self {
            records: Records::new(tables, buyers, sellers),
            desks: sellers.iter().map(urgent_desk).collect(),
            cases: Cases::default(),
            calendar: Calendar::new(sellers.len(), tables.horizon),
            tickets: 0,
            events: Vec::new(),
            placed_today: 0,
            placed: 0,
            allowance: SimDuration(0),
            screens: SellerScreens::new(sellers),
            plain_by_seller: vec![PlainSums::default(); sellers.len()],
            plain_by_buyer: vec![PlainSums::default(); tables.buyers.len()],
            sittings: Sittings::new(sellers.len(), tables.buyers.len()),
            arrivals: Arrivals::new(stretch_days(tables.judges), &keys),
            roll: Box::default(),
            batch: Box::default(),
            plain: Box::default(),
            days_ahead: Box::default(),
            opening: Opening::NONE,
            case: Case::NONE,
            of_market: Vec::new(),
            means: Vec::new(),
        }
    }

    /// Begins a stretch of days: places their orders; false if `watch` stops it. `means` holds the mean number of orders of each
    /// seller on each day of it.
    pub(super) fn begin_stretch(
        &mut self,
        tables: &Tables,
        days: Range<i32>,
        means: &[f64],
        watch: Watch<'_>,
    ) -> bool {
        let first = Day(days.start);
        self.records.begin_day(first);
        let allowances = days.map(|day| tables.shipment_allowance(Day(day)));
        self.allowance = allowances.min().unwrap_or(SimDuration(0));
        self.place_orders(tables, first, means, watch)
    }

    /// A day of these sellers, so many after the first of its stretch: what happens to orders in trouble, then the day's close;
    /// false if `watch` stops it.
    ///
    /// What [`Records::weights`] then holds is what search will see tomorrow.
    pub(super) fn run_day(&mut self, tables: &Tables, day: Day, place: usize, watch: Watch<'_>) -> bool {
        self.records.begin_day(day);
        self.count_placed(day, place);
        self.hear_delayed_by(tables, day);
        let mut events = std::mem::take(&mut self.events);
        let mut done = 0;
        self.calendar.begin(day, &mut events);
        self.foresee_today(tables, day);
        while let Some(event) = self.calendar.next(&events, &mut done) {
            self.happen(tables, event, event.at(day));
            if done.is_multiple_of(EVENTS_TOGETHER) && !watch(0) {
                return false;
            }
        }
        self.hear_today(tables);
        self.calendar.end();
        self.events = events;
        self.records.close_day(tables, day);
        watch(self.placed_today)
    }

    /// At the horizon: orders in trouble stay as they stand.
    pub(super) fn settle_stored_cases(&mut self, tables: &Tables) {
        for case in self.cases.stored_mut() {
            self.records.settle_open(tables, case);
        }
    }
}
