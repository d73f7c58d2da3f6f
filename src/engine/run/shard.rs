//! A group of a market's sellers: all the state that one thread works on.

use crate::behavior::Discipline;
use crate::engine::arrivals::batches::{Arrivals, BatchOwners, stretch_days};
use crate::engine::batch::orders::Batch;
use crate::engine::batch::pending::Pending;
use crate::engine::batch::untroubled::{DaysAhead, UntroubledOrders, UntroubledSums};
use crate::engine::books::observer::Observer;
use crate::engine::books::records::{Records, agents};
use crate::engine::desk::earliest_deadline::EarliestDeadlineDesk;
use crate::engine::order::case::{Case, Cases, Opening};
use crate::engine::order::event_queue::{Event, EventQueue};
use crate::engine::setup::lookup::SellerLookup;
use crate::engine::setup::sellers::Traits;
use crate::engine::setup::tables::Tables;
use crate::sim::{Key, SimDuration};

/// Watches a run from outside: it is told how many orders each day of each market has, and stops the run
/// by answering false. It is also asked in between, with no orders, wherever a day may take long.
pub type Watch<'a> = &'a (dyn Fn(u64) -> bool + Sync);

/// Some sellers, their orders in trouble, and what has been recorded of them.
#[derive(Debug)]
pub(crate) struct Shard<O> {
    pub(crate) records: Records<O>,
    /// The desks that serve the earliest deadline first; without agents where there is none.
    pub(crate) desks: Vec<EarliestDeadlineDesk>,
    /// Cases that have to wait after they have begun.
    pub(crate) cases: Cases,
    pub(crate) event_queue: EventQueue,
    /// Tickets given out by the desks.
    pub(crate) tickets: u32,
    /// Scratch: the events of the day at hand.
    pub(crate) events: Vec<Event>,
    /// Orders placed on the day at hand, and so far. Counts of one seller have 32 bits, and its cents 64.
    pub(crate) placed_today: u64,
    pub(crate) placed: u64,
    /// See [`Tables::shipment_allowance`], for the days of the stretch at hand.
    pub(crate) allowance: SimDuration,
    pub(crate) lookup: SellerLookup,
    /// What untroubled orders have added up to so far, a seller and a buyer segment.
    pub(crate) untroubled_by_seller: Vec<UntroubledSums>,
    pub(crate) untroubled_by_buyer: Vec<UntroubledSums>,
    pub(crate) pending: Pending,
    /// Orders of the stretch at hand.
    pub(crate) arrivals: Arrivals,
    /// Scratch: whose those are that are being placed, what is drawn of them, and what is worked out of the untroubled ones.
    pub(crate) owners: Box<BatchOwners>,
    pub(crate) batch: Box<Batch>,
    pub(crate) untroubled: Box<UntroubledOrders>,
    pub(crate) days_ahead: Box<DaysAhead>,
    /// Scratch: what an order has come to, and the case that begins.
    pub(crate) opening: Opening,
    pub(crate) case: Case,
    /// Scratch: mean orders of the market, and of each seller, on each day of the stretch.
    pub(crate) of_market: Vec<f64>,
    pub(crate) means: Vec<f64>,
}

impl<O: Observer> Shard<O> {
    /// Sellers before their first order.
    pub(crate) fn new(tables: &Tables, buyers: Key, sellers: &[Traits], observer: O) -> Self {
        let desk =
            |seller: &Traits| EarliestDeadlineDesk::new(agents(tables, seller, Discipline::EarliestDeadline));
        let keys: Vec<(Key, u8)> = sellers.iter().map(|seller| (seller.key, seller.segment)).collect();
        Self {
            records: Records::new(tables, buyers, sellers, observer),
            desks: sellers.iter().map(desk).collect(),
            cases: Cases::default(),
            event_queue: EventQueue::new(sellers.len(), tables.horizon),
            tickets: 0,
            events: Vec::new(),
            placed_today: 0,
            placed: 0,
            allowance: SimDuration(0),
            lookup: SellerLookup::new(sellers),
            untroubled_by_seller: vec![UntroubledSums::default(); sellers.len()],
            untroubled_by_buyer: vec![UntroubledSums::default(); tables.buyers.len()],
            pending: Pending::new(sellers.len(), tables.buyers.len()),
            arrivals: Arrivals::new(stretch_days(tables.judges), &keys),
            owners: Box::default(),
            batch: Box::default(),
            untroubled: Box::default(),
            days_ahead: Box::default(),
            opening: Opening::NONE,
            case: Case::NONE,
            of_market: Vec::new(),
            means: Vec::new(),
        }
    }

    /// Whether the ends of orders are told in advance, sixteen at a time: not if somebody looks at orders.
    pub(crate) const fn predetermines(tables: &Tables) -> bool {
        tables.predetermines && !O::SEES_ORDERS
    }
}
