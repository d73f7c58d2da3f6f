//! The orders of a shard's day by number: whose they are, and under which keys they are drawn.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::demand::PoissonSearch;
use super::population::Traits;
use super::shard::SHARD_SELLERS;
use crate::sim::lanes::{LANES, Lanes, Vectorisable, lanes, lanes_of, vectorised};
use crate::sim::{Day, Key};

/// The purpose of the number of a seller's orders of a day, apart from the orders' own keys.
const ORDERS_OF_DAY: u64 = u64::MAX;

/// Orders of one day, numbered seller by seller.
#[derive(Debug, Default)]
pub(super) struct DayOrders {
    poisson: PoissonSearch,
    keys: DayKeys,
    /// The seller of each order, and of some beyond the last to fill sixteen lanes.
    sellers: Vec<u8>,
    /// The key of its seller's day, likewise.
    days: Vec<Key>,
    /// Segment by segment: its number, and the place of the first seller behind it.
    segments: Vec<(usize, usize)>,
    /// The number of each seller's first order, and behind the last seller that of all orders.
    first: Vec<u32>,
}

/// Keys of each seller of a shard.
///
/// Columns begin where cache lines do, so that no lanes straddle two.
#[derive(Debug)]
#[repr(C, align(64))]
struct DayKeys {
    /// Of the seller.
    sellers: [Key; SHARD_SELLERS],
    /// Of its day.
    days: [Key; SHARD_SELLERS],
    /// Of the number of its orders.
    orders: [Key; SHARD_SELLERS],
}

impl Default for DayKeys {
    fn default() -> Self {
        let none = [Key::default(); SHARD_SELLERS];
        Self { sellers: none, days: none, orders: none }
    }
}

/// Works out the keys of a day.
struct Keying<'a> {
    keys: &'a mut DayKeys,
    sellers: usize,
    day: Day,
}

impl Vectorisable for Keying<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { keys, sellers, day } = self;
        for first in (0..sellers.min(SHARD_SELLERS)).step_by(LANES) {
            let sellers = lanes_of(&keys.sellers, first);
            let days = lanes(|lane| sellers[lane].child(u64::from(day.0 as u32)));
            keys.days[first..first + LANES].copy_from_slice(&days);
            keys.orders[first..first + LANES].copy_from_slice(&lanes(|lane| days[lane].child(ORDERS_OF_DAY)));
        }
    }
}

/// Numbers the orders of a day.
struct Numbering<'a> {
    numbers: &'a [u32],
    keys: &'a [Key; SHARD_SELLERS],
    sellers: &'a mut [u8],
    days: &'a mut [Key],
    first: &'a mut [u32],
}

impl Vectorisable for Numbering<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { numbers, keys, sellers, days, first } = self;
        let mut until = 0;
        for (place, (&number, first)) in numbers.iter().zip(&mut first[1..]).enumerate() {
            let key = keys[place % SHARD_SELLERS].numbered_from(until as u32);
            // Whole lanes are quicker to write; what is too many, the next seller writes over.
            for from in (until..until + number as usize).step_by(LANES) {
                sellers[from..from + LANES].fill(place as u8);
                days[from..from + LANES].fill(key);
            }
            until += number as usize;
            *first = until as u32;
        }
    }
}

impl DayOrders {
    /// No orders yet of these sellers.
    pub(super) fn new(sellers: &[Traits]) -> Self {
        let mut orders = Self { first: vec![0; sellers.len() + 1], ..Self::default() };
        for same in sellers.chunk_by(|one, other| one.segment == other.segment) {
            let until = orders.segments.last().map_or(0, |last| last.1) + same.len();
            orders.segments.push((usize::from(same[0].segment), until));
        }
        for (key, seller) in orders.keys.sellers.iter_mut().zip(sellers) {
            *key = seller.key;
        }
        orders
    }

    /// Draws how many orders each seller has on a day.
    pub(super) fn draw(&mut self, day: Day, means: &[f64]) {
        vectorised(Keying { keys: &mut self.keys, sellers: means.len(), day });
        let numbers = self.poisson.draw(means, &self.keys.orders);
        let most = numbers.iter().fold(0, |most, &number| most + number as usize) + 2 * LANES;
        if self.sellers.len() < most {
            self.sellers.resize(most, 0);
            self.days.resize(most, Key::default());
        }
        let Self { keys, sellers, days, first, .. } = self;
        vectorised(Numbering { numbers, keys: &keys.days, sellers, days, first });
    }

    /// Number of orders.
    pub(super) fn len(&self) -> usize {
        self.first(self.first.len() - 1)
    }

    /// Orders of each seller.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.first.windows(2).map(|ends| ends[1] - ends[0])
    }

    /// The segments in turn, each with the place of the first seller behind it.
    pub(super) fn segments(&self) -> &[(usize, usize)] {
        &self.segments
    }

    /// The number of a seller's first order.
    pub(super) fn first(&self, seller: usize) -> usize {
        self.first[seller] as usize
    }

    /// The place in the shard of an order's seller.
    #[inline(always)]
    pub(super) fn seller(&self, order: usize) -> usize {
        usize::from(self.sellers[order])
    }

    /// The seller of an order, and the number of the first order that is not its own.
    #[inline(always)]
    pub(super) fn stretch(&self, order: usize) -> (usize, usize) {
        let seller = self.seller(order) % SHARD_SELLERS;
        (seller, self.first(seller + 1))
    }

    /// The sellers of sixteen orders that follow one another.
    #[inline(always)]
    pub(super) fn sellers(&self, order: usize) -> Lanes<u32> {
        let sellers = &self.sellers[order..order + LANES];
        lanes(|lane| u32::from(sellers[lane]))
    }

    /// Their keys.
    #[inline(always)]
    pub(super) fn keys(&self, order: usize) -> Lanes<Key> {
        let mut days = [Key::default(); LANES];
        days.copy_from_slice(&self.days[order..order + LANES]);
        Key::orders(&days, order as u32)
    }
}
