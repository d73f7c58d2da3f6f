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
use crate::sim::lanes::{LANES, Lanes, Vectorisable, lanes, lower, upper, vectorised};
use crate::sim::{Chance, DAY_SECONDS, Distribution, Key};

/// Sellers whose orders of a day are drawn together: their keys stay in the first-level cache.
const SELLERS: usize = 128;

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
        let (mut keys, mut owed) = (Vec::new(), vec![0.0; self.rare.len()]);
        let sellers = Key::root(world.seed).child(0).child(u64::from(market)).child(0);
        let mut from = 0;
        for (segment, shop) in self.shops.iter().enumerate() {
            for first in (from..shop.until).step_by(SELLERS) {
                let sellers: Vec<Key> = (first..shop.until)
                    .take(SELLERS)
                    .map(|number| sellers.child(u64::from(number)))
                    .collect();
                for day in -(world.warm_up_days as i32)..world.days as i32 {
                    let (keys, owed, drawn) = (&mut keys, &mut owed[..], &mut drawn);
                    vectorised(SomeDay { floor: self, segment, sellers: &sellers, day, keys, owed, drawn });
                }
            }
            from = shop.until;
        }
        drawn
    }
}

/// The orders of one day at some sellers of one segment.
struct SomeDay<'a> {
    floor: &'a Floor,
    segment: usize,
    sellers: &'a [Key],
    day: i32,
    /// Scratch.
    keys: &'a mut Vec<Key>,
    /// How many of each rare draw are still to be taken.
    owed: &'a mut [f64],
    drawn: &'a mut Drawn,
}

impl Vectorisable for SomeDay<'_> {
    type Output = ();

    #[inline(always)]
    fn call(mut self) {
        let orders = self.draw_numbers();
        self.drawn.orders += orders as u64;
        let (sixteens, _) = self.keys.as_chunks_mut::<LANES>();
        let sixteens = &mut sixteens[..orders.div_ceil(LANES)];
        let (mut value, mut rest) = ([0_u64; LANES], [0_u32; LANES]);
        for (place, keys) in sixteens.iter_mut().enumerate() {
            let first = place * LANES;
            *keys = Key::orders(keys, first as u32);
            let (values, others) = self.floor.draw_orders(self.segment, keys);
            let is_order = lanes(|lane| PLACES[lane] < (orders - first) as u32);
            value = lanes(|lane| value[lane] + if is_order[lane] { u64::from(values[lane]) } else { 0 });
            rest = lanes(|lane| rest[lane].wrapping_add(if is_order[lane] { others[lane] } else { 0 }));
        }
        self.drawn.value += value.iter().sum::<u64>();
        let mut rest: u64 = rest.iter().copied().map(u64::from).sum();
        for (rare, owed) in self.floor.rare.iter().zip(self.owed) {
            *owed += orders as f64 * rare.share;
            let due = (*owed as usize / LANES).min(orders / LANES);
            *owed -= (due * LANES) as f64;
            self.drawn.rare_draws += (due * LANES) as u64;
            rest = rest.wrapping_add(rare.draw(&sixteens[..due]));
        }
        self.drawn.rest = self.drawn.rest.wrapping_add(rest);
    }
}

/// The number of each lane.
const PLACES: Lanes<u32> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

impl SomeDay<'_> {
    /// Draws how many orders there are, and writes down under which key each is found.
    #[inline(always)]
    fn draw_numbers(&mut self) -> usize {
        let mut orders = 0;
        for sellers in self.sellers.chunks(LANES) {
            let of_lane = |lane: usize| sellers.get(lane).copied().unwrap_or_default();
            let days = lanes(|lane| of_lane(lane).child(u64::from(self.day as u32)));
            let numbers = self.floor.arrivals.of_lanes(&lanes(|lane| days[lane].child(ORDERS_OF_DAY)));
            for (&number, day) in numbers.iter().zip(days).take(sellers.len()) {
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
        }
        orders
    }
}

impl Floor {
    /// The draws that every order takes: the values of sixteen orders in cents, and the sum of what else each draws.
    #[inline(always)]
    fn draw_orders(&self, segment: usize, keys: &Lanes<Key>) -> (Lanes<u32>, Lanes<u32>) {
        let (tables, shop) = (&self.tables, &self.shops[segment]);
        let (buyers, sellers) = (&tables.buyer_screens, &tables.sellers[segment]);
        let bits = |purpose: Purpose| Key::bits_of(keys, purpose as u64);
        let placement = bits(Purpose::PlacementAndBuyer);
        let mut rest = lanes(|lane| (((placement[lane] >> 32) * DAY_SECONDS as u64) >> 32) as u32);
        let mut add = |drawn: Lanes<u32>| rest = lanes(|lane| rest[lane].wrapping_add(drawn[lane]));
        let buyer = lower(&placement);
        let mut segments = [0_u32; LANES];
        for end in &tables.buyer_bounds {
            segments = lanes(|lane| segments[lane] + u32::from(!end.happens(buyer[lane])));
        }
        let value = bits(Purpose::ValueAndHandling);
        let values = tables.order_value.of_lanes(&upper(&value));
        add(sellers.handling_time.of_lanes(&lower(&value)));
        let transit = bits(Purpose::TransitAndConfirmation);
        let (transit, confirmation) = (upper(&transit), lower(&transit));
        add(sellers.transit_time.of_lanes(&transit));
        add(buyers.confirmation.of_lanes(&segments, &confirmation));
        let happens = |uniforms: &Lanes<u32>, ceilings: &Lanes<u32>| {
            lanes(|lane| u32::from(uniforms[lane] <= ceilings[lane]))
        };
        let stock_out = bits(Purpose::StockOutAndChangeOfMind);
        add(happens(&upper(&stock_out), &[shop.stock_out; LANES]));
        add(happens(&lower(&stock_out), &buyers.change_of_mind.of_lanes(&segments)));
        let loss = bits(Purpose::LossAndDefect);
        add(happens(&upper(&loss), &[shop.loss; LANES]));
        add(happens(&lower(&loss), &[shop.defect; LANES]));
        if tables.draws_opportunism_or_promise {
            let doubts = bits(Purpose::OpportunismAndPromise);
            add(happens(&upper(&doubts), &buyers.opportunism.of_lanes(&segments)));
            if let Some(promise) = sellers.promise.as_ref().filter(|_| shop.draws_promise) {
                add(promise.of_lanes(&transit, &lower(&doubts)));
            }
        }
        if let Some(patience) = &buyers.patience {
            let bits = bits(Purpose::LateToleranceAndPatience);
            add(patience.of_lanes(&segments, &lower(&bits)));
        }
        (lanes(|lane| values[lane].max(1)), rest)
    }
}
