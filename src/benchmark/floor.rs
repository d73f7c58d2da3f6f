//! The floor: the variates of a world's orders, from the engine's own keys and tables, and nothing else.
//!
//! A simulator that draws every order on its own cannot cost less, so the cost of this loop is what the distance of the
//! engine from the possible is measured in. An order here takes the draws that every order takes, with the keys that
//! it has in the engine, and as the engine draws them: sixteen side by side, with the widest vector instructions of the
//! machine. The draws of orders in trouble are taken as often as a run of the world takes them, by `RareDraw`. Values are
//! added up and forgotten: no instants, no state, no money.
//!
//! It is a little too low where a world is uneven: every seller has the mean number of orders and the mean chances of its
//! segment, no multiplier of its handling time, and no closing hours. And draws of orders in trouble lie side by side here,
//! while in a run each comes when its order gets there.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::arrivals::Arrivals;
use super::rare_draws::{RareDraw, rare_draws};
use crate::behavior::{Purpose, SellerSegment};
use crate::engine::{Tables, World};
use crate::sim::lanes::{LANES, Lanes, Vectorisable, lanes, lanes_of, lower, upper, vectorised};
use crate::sim::{Chance, DAY_SECONDS, Distribution, Key};

/// Sellers whose orders of a day are drawn together: their keys stay in the first-level cache.
const SELLERS: usize = 128;

/// Something of each seller.
type Column<T> = [T; SELLERS];

/// The purpose of the number of a seller's orders of a day in the engine.
const ORDERS_OF_DAY: u64 = u64::MAX;

/// A world made ready for drawing its variates.
#[derive(Debug)]
pub struct Floor {
    tables: Tables,
    arrivals: Arrivals,
    shops: Vec<Shop>,
    rare: Vec<RareDraw>,
}

/// What a seller segment has apart from its tables.
#[derive(Debug)]
struct Shop {
    /// The number of the segment's last seller, plus one.
    until: u32,
    /// The largest uniforms at which these happen.
    stock_out: u32,
    loss: u32,
    defect: u32,
    /// A promise that is always the same needs no draw.
    draws_promise: bool,
}

/// What was drawn; the sums keep the compiler from leaving draws out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Orders.
    pub orders: u64,
    /// Cents that they are worth together.
    pub value: u64,
    /// Seconds and parts of all other variates of orders, added up as far as there is room.
    pub rest: u64,
    /// Draws of orders in trouble.
    pub rare_draws: u64,
}

impl Drawn {
    fn add(&mut self, rest: Lanes<u32>) {
        self.rest = rest.iter().fold(self.rest, |sum, &rest| sum.wrapping_add(u64::from(rest)));
    }

    /// Adds what was drawn elsewhere.
    pub fn merge(&mut self, other: &Self) {
        self.orders += other.orders;
        self.value += other.value;
        self.rest = self.rest.wrapping_add(other.rest);
        self.rare_draws += other.rare_draws;
    }
}

impl Shop {
    fn new(segment: &SellerSegment, until: f64) -> Self {
        let ceiling = |law: &Distribution| Chance::new(law.mean()).ceiling();
        let draws_promise = segment.promise.as_ref().is_some_and(|law| law.constant().is_none());
        Self {
            until: until.round() as u32,
            stock_out: ceiling(&segment.stock_out),
            loss: ceiling(&segment.loss),
            defect: ceiling(&segment.defect),
            draws_promise,
        }
    }
}

impl Floor {
    /// Makes a world ready. A market of it is run first to see how often orders are in trouble.
    ///
    /// # Panics
    /// As [`crate::engine::simulate_market`].
    pub fn new(world: &World) -> Self {
        let tables = Tables::new(world);
        let ends = world.sellers.iter().scan(0.0, |end, segment| {
            *end += segment.share;
            Some(*end * f64::from(world.market.sellers))
        });
        Self {
            arrivals: Arrivals::new(world.market.orders_per_day / f64::from(world.market.sellers)),
            shops: world.sellers.iter().zip(ends).map(|(segment, until)| Shop::new(segment, until)).collect(),
            rare: rare_draws(&tables),
            tables,
        }
    }

    /// Markets of the world.
    pub const fn markets(&self) -> u32 {
        self.tables.world().market.count
    }

    /// Draws every order of one market of the first replication.
    pub fn draw(&self, market: u32) -> Drawn {
        let world = self.tables.world();
        let mut drawn = Drawn::default();
        let (mut scratch, mut owed) = (Box::<Scratch>::default(), vec![0.0; self.rare.len()]);
        let sellers = Key::root(world.seed).child(0).child(u64::from(market)).child(0);
        let mut from = 0;
        for (segment, shop) in self.shops.iter().enumerate() {
            for first in (from..shop.until).step_by(SELLERS) {
                let some = sellers_from(&sellers, first, shop.until);
                for day in -(world.warm_up_days as i32)..world.days as i32 {
                    let (scratch, owed, drawn) = (&mut *scratch, &mut owed[..], &mut drawn);
                    vectorised(SomeDay { floor: self, segment, sellers: &some, day, scratch, owed, drawn });
                }
            }
            from = shop.until;
        }
        drawn
    }
}

/// Some sellers of one segment.
struct Sellers {
    keys: Column<Key>,
    count: usize,
}

fn sellers_from(market: &Key, first: u32, until: u32) -> Sellers {
    let keys = std::array::from_fn(|place| market.child(u64::from(first) + place as u64));
    Sellers { keys, count: ((until - first) as usize).min(SELLERS) }
}

/// Sixteen orders times this many are drawn in one go.
const SIXTEENS: usize = 4;

/// The random bits of the draws that every order takes, a row for each of the first seven purposes.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
struct Bits([Lanes<u64>; 7]);

/// What is drawn is written down before something is made of it: that tells the compiler where lanes begin.
#[derive(Debug)]
#[repr(C, align(64))]
struct Scratch {
    days: Column<Key>,
    numbers: Column<u32>,
    bits: [Bits; SIXTEENS],
    /// The key under which each order of the day is found by its number; then its own.
    keys: Vec<Key>,
}

impl Default for Scratch {
    fn default() -> Self {
        let days = [Key::default(); SELLERS];
        Self { days, numbers: [0; SELLERS], bits: [Bits::default(); SIXTEENS], keys: Vec::new() }
    }
}

impl Scratch {
    /// Draws how many orders the sellers have on a day.
    #[inline(always)]
    fn draw_numbers(&mut self, arrivals: &Arrivals, sellers: &Sellers, day: i32) -> usize {
        for first in (0..sellers.count).step_by(LANES) {
            let keys = lanes_of(&sellers.keys, first);
            let days = lanes(|lane| keys[lane].child(u64::from(day as u32)));
            self.days[first..first + LANES].copy_from_slice(&days);
            let numbers = arrivals.of_lanes(&lanes(|lane| days[lane].child(ORDERS_OF_DAY)));
            self.numbers[first..first + LANES].copy_from_slice(&numbers);
        }
        let mut orders = 0;
        for (&number, day) in self.numbers.iter().zip(&self.days).take(sellers.count) {
            let number = number as usize;
            let needed = orders + number + 2 * LANES;
            if self.keys.len() < needed {
                self.keys.resize(needed, Key::default());
            }
            // Whole lanes are quicker to write; what is too many, the next seller writes over.
            let key = day.numbered_from(orders as u32);
            for sixteen in 0..number.div_ceil(LANES) {
                self.keys[orders + sixteen * LANES..][..LANES].fill(key);
            }
            orders += number;
        }
        orders
    }
}

/// The orders of one day at some sellers.
struct SomeDay<'a> {
    floor: &'a Floor,
    segment: usize,
    sellers: &'a Sellers,
    day: i32,
    scratch: &'a mut Scratch,
    /// How many of each rare draw are still to be taken.
    owed: &'a mut [f64],
    drawn: &'a mut Drawn,
}

impl Vectorisable for SomeDay<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { floor, segment, sellers, day, scratch, owed, drawn } = self;
        let orders = scratch.draw_numbers(&floor.arrivals, sellers, day);
        let Scratch { bits, keys, .. } = scratch;
        let sixteens = &mut keys.as_chunks_mut::<LANES>().0[..orders.div_ceil(LANES)];
        let (mut value, mut rest) = ([0_u64; LANES], [0_u32; LANES]);
        let mut first = 0;
        for some in sixteens.chunks_mut(SIXTEENS) {
            for (place, (keys, bits)) in some.iter_mut().zip(&mut *bits).enumerate() {
                *keys = Key::orders(keys, (first + place * LANES) as u32);
                floor.draw_bits(keys, bits);
            }
            for (_, bits) in some.iter().zip(&*bits) {
                let (values, others) = floor.draw_orders(segment, bits);
                let is_order = lanes(|lane| PLACES[lane] < (orders - first) as u32);
                value = lanes(|lane| value[lane] + u64::from(if is_order[lane] { values[lane] } else { 0 }));
                rest = lanes(|lane| rest[lane].wrapping_add(if is_order[lane] { others[lane] } else { 0 }));
                first += LANES;
            }
        }
        drawn.orders += orders as u64;
        drawn.value += value.iter().sum::<u64>();
        drawn.add(rest);
        for (rare, owed) in floor.rare.iter().zip(owed) {
            *owed += orders as f64 * rare.share;
            let due = (*owed as usize / LANES).min(orders / LANES);
            *owed -= (due * LANES) as f64;
            drawn.rare_draws += (due * LANES) as u64;
            drawn.add(rare.draw(&sixteens[..due]));
        }
    }
}

/// The number of each lane.
const PLACES: Lanes<u32> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

impl Floor {
    /// The bits of the draws that every order takes.
    #[inline(always)]
    fn draw_bits(&self, keys: &Lanes<Key>, bits: &mut Bits) {
        let (doubts, patience) =
            (&self.tables.draws_opportunism_or_promise, &self.tables.buyer_screens.patience);
        for (purpose, row) in (0..5).zip(&mut bits.0) {
            *row = Key::bits_of(keys, purpose);
        }
        if *doubts {
            bits.0[5] = Key::bits_of(keys, Purpose::OpportunismAndPromise as u64);
        }
        if patience.is_some() {
            bits.0[6] = Key::bits_of(keys, Purpose::LateToleranceAndPatience as u64);
        }
    }

    /// The draws that every order takes: the values of sixteen orders in cents, and the sum of what else each draws.
    #[inline(always)]
    fn draw_orders(&self, segment: usize, bits: &Bits) -> (Lanes<u32>, Lanes<u32>) {
        let (tables, shop) = (&self.tables, &self.shops[segment]);
        let (buyers, sellers) = (&tables.buyer_screens, &tables.sellers[segment]);
        let bits = |purpose: Purpose| &bits.0[purpose as usize];
        let placement = bits(Purpose::PlacementAndBuyer);
        let mut rest = lanes(|lane| (((placement[lane] >> 32) * DAY_SECONDS as u64) >> 32) as u32);
        let mut add = |drawn: Lanes<u32>| rest = lanes(|lane| rest[lane].wrapping_add(drawn[lane]));
        let buyer = lower(placement);
        let mut segments = [0_u32; LANES];
        for end in &tables.buyer_bounds {
            segments = lanes(|lane| segments[lane] + u32::from(!end.happens(buyer[lane])));
        }
        let value = bits(Purpose::ValueAndHandling);
        let values = tables.order_value.of_lanes(&upper(value));
        add(sellers.handling_time.of_lanes(&lower(value)));
        let transit = bits(Purpose::TransitAndConfirmation);
        let (transit, confirmation) = (upper(transit), lower(transit));
        add(sellers.transit_time.of_lanes(&transit));
        add(buyers.confirmation.of_lanes(&segments, &confirmation));
        let happens = |uniforms: &Lanes<u32>, ceilings: &Lanes<u32>| {
            lanes(|lane| u32::from(uniforms[lane] <= ceilings[lane]))
        };
        let stock_out = bits(Purpose::StockOutAndChangeOfMind);
        add(happens(&upper(stock_out), &[shop.stock_out; LANES]));
        add(happens(&lower(stock_out), &buyers.change_of_mind.of_lanes(&segments)));
        let loss = bits(Purpose::LossAndDefect);
        add(happens(&upper(loss), &[shop.loss; LANES]));
        add(happens(&lower(loss), &[shop.defect; LANES]));
        if tables.draws_opportunism_or_promise {
            let doubts = bits(Purpose::OpportunismAndPromise);
            add(happens(&upper(doubts), &buyers.opportunism.of_lanes(&segments)));
            if let Some(promise) = sellers.promise.as_ref().filter(|_| shop.draws_promise) {
                add(promise.of_lanes(&transit, &lower(doubts)));
            }
        }
        if let Some(patience) = &buyers.patience {
            add(patience.of_lanes(&segments, &lower(bits(Purpose::LateToleranceAndPatience))));
        }
        (lanes(|lane| values[lane].max(1)), rest)
    }
}
