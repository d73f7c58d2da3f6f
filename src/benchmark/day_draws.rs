//! The draws of one day: those that every order takes, sixteen orders at a time, and those of orders in trouble.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::arrivals::Arrivals;
use super::floor::{Drawn, Floor};
use crate::behavior::Purpose;
use crate::sim::lanes::{LANES, Lanes, Vectorisable, lanes, lanes_of, lower, upper, vectorised};
use crate::sim::{DAY_SECONDS, Key, random};

/// Sellers whose orders of a day are drawn together: their keys stay in the first-level cache.
const SELLERS: usize = 128;

/// Something of each seller.
type Column<T> = [T; SELLERS];

/// The purpose of the number of a seller's orders of a day in the engine.
const ORDERS_OF_DAY: u64 = u64::MAX;

/// Some sellers of one segment.
struct Sellers {
    keys: Column<Key>,
    count: usize,
}

impl Sellers {
    /// Those from number `first` on and before `until`, as many as are drawn together; `all` is the key of all sellers.
    fn new(all: Key, first: u32, until: u32) -> Self {
        let keys = std::array::from_fn(|place| all.child(u64::from(first) + place as u64));
        Self { keys, count: ((until - first) as usize).min(SELLERS) }
    }
}

/// Sixteen orders times this many are drawn in one go.
const SIXTEENS: usize = 4;

/// The random bits of the draws that every order takes, a row for each of the first seven purposes.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
struct Bits([Lanes<u64>; 7]);

/// The variates that every order takes: first its value in cents, at least 1.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
struct Variates([Lanes<u32>; 12]);

/// What is drawn is written down before something is made of it: that tells the compiler where lanes begin.
#[derive(Debug)]
#[repr(C, align(64))]
struct Scratch {
    days: Column<Key>,
    numbers: Column<u32>,
    bits: [Bits; SIXTEENS],
    variates: [Variates; SIXTEENS],
    /// Sums over the day, lane by lane.
    value: Lanes<u64>,
    rest: Lanes<u32>,
    /// The key under which each order of the day is found by its number; then its own.
    keys: Vec<Key>,
}

impl Default for Scratch {
    fn default() -> Self {
        let days = [Key::default(); SELLERS];
        let (bits, variates) = ([Bits::default(); SIXTEENS], [Variates::default(); SIXTEENS]);
        let (value, rest) = ([0; LANES], [0; LANES]);
        Self { days, numbers: [0; SELLERS], bits, variates, value, rest, keys: Vec::new() }
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
            let key = day.numbered_from(orders as i64);
            for sixteen in 0..number.div_ceil(LANES) {
                self.keys[orders + sixteen * LANES..][..LANES].fill(key);
            }
            orders += number;
        }
        orders
    }
}

/// The orders of one day at some sellers.
struct DayDraws<'a> {
    floor: &'a Floor,
    segment: usize,
    sellers: &'a Sellers,
    day: i32,
    scratch: &'a mut Scratch,
    /// How many of each rare draw are still to be taken.
    owed: &'a mut [f64],
    drawn: &'a mut Drawn,
}

impl Vectorisable for DayDraws<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { floor, segment, sellers, day, scratch, owed, drawn } = self;
        let orders = scratch.draw_numbers(&floor.arrivals, sellers, day);
        let Scratch { bits, variates, value, rest, keys, .. } = scratch;
        (*value, *rest) = ([0; LANES], [0; LANES]);
        let sixteens = &mut keys.as_chunks_mut::<LANES>().0[..orders.div_ceil(LANES)];
        let mut first = 0;
        for some in sixteens.chunks_mut(SIXTEENS) {
            for (place, (keys, bits)) in some.iter_mut().zip(&mut *bits).enumerate() {
                *keys = Key::orders(keys, (first + place * LANES) as u32);
                floor.draw_bits(keys, bits);
            }
            for ((_, bits), variates) in some.iter().zip(&*bits).zip(&mut *variates) {
                floor.draw_orders(segment, bits, variates);
            }
            for (_, Variates(rows)) in some.iter().zip(&*variates) {
                let [values, others @ ..] = rows;
                let mask = lanes(|lane| if PLACES[lane] < (orders - first) as u32 { u32::MAX } else { 0 });
                *value = lanes(|lane| value[lane] + u64::from(values[lane] & mask[lane]));
                for row in others {
                    *rest = lanes(|lane| rest[lane].wrapping_add(row[lane] & mask[lane]));
                }
                first += LANES;
            }
        }
        drawn.orders += orders as u64;
        drawn.value += value.iter().sum::<u64>();
        drawn.add(*rest);
        for (rare, owed) in floor.rare.iter().zip(owed) {
            *owed += orders as f64 * rare.share;
            let due = (*owed as usize / LANES).min(orders / LANES);
            *owed -= (due * LANES) as f64;
            drawn.rare_draws += (due * LANES) as u64;
            drawn.add(rare.draw(&sixteens[..due]));
        }
    }
}

impl Floor {
    /// Draws every order of one market of the first replication.
    pub fn draw(&self, market: u32) -> Drawn {
        let world = self.tables.world();
        let mut drawn = Drawn::default();
        let (mut scratch, mut owed) = (Box::<Scratch>::default(), vec![0.0; self.rare.len()]);
        let sellers = Key::root(world.seed).child(0).child(u64::from(market)).child(0);
        let mut from = 0;
        for (segment, means) in self.segments.iter().enumerate() {
            for first in (from..means.until).step_by(SELLERS) {
                let some = Sellers::new(sellers, first, means.until);
                for day in -(world.warm_up_days as i32)..world.days as i32 {
                    let (scratch, owed, drawn) = (&mut *scratch, &mut owed[..], &mut drawn);
                    vectorised(DayDraws { floor: self, segment, sellers: &some, day, scratch, owed, drawn });
                }
            }
            from = means.until;
        }
        drawn
    }
}

/// The number of each lane.
const PLACES: Lanes<u32> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

impl Floor {
    /// The bits of the draws that every order takes.
    #[inline(always)]
    fn draw_bits(&self, keys: &Lanes<Key>, Bits(rows): &mut Bits) {
        for (purpose, row) in (0..5).zip(&mut *rows) {
            *row = Key::bits_of(keys, purpose);
        }
        if self.tables.draws_opportunism_or_promise {
            rows[5] = Key::bits_of(keys, Purpose::OpportunismAndPromise as u64);
        }
        if self.tables.buyer_banks.shipping_patience.is_some() {
            rows[6] = Key::bits_of(keys, Purpose::LateToleranceAndPatience as u64);
        }
    }

    /// The draws that every order takes.
    #[inline(always)]
    fn draw_orders(&self, segment: usize, bits: &Bits, variates: &mut Variates) {
        let (tables, means) = (&self.tables, &self.segments[segment]);
        let (buyers, banks, sellers) = (&tables.buyers, &tables.buyer_banks, &tables.sellers[segment]);
        let bits = |purpose: Purpose| &bits.0[purpose as usize];
        let happens = |uniforms: &Lanes<u32>, ceilings: &Lanes<u32>| {
            lanes(|lane| u32::from(random::happens(uniforms[lane], ceilings[lane])))
        };
        let Variates(drawn) = variates;
        let placement = bits(Purpose::PlacementAndBuyer);
        let buyer = lower(placement);
        let mut segments = [0_u32; LANES];
        for &bound in &tables.buyer_bounds {
            segments = lanes(|lane| segments[lane] + u32::from(buyer[lane] >= bound));
        }
        let value = bits(Purpose::ValueAndHandling);
        let values = tables.order_value.of_lanes::<true>(&upper(value));
        drawn[0] = lanes(|lane| values[lane].max(1));
        drawn[1] = lanes(|lane| (((placement[lane] >> 32) * DAY_SECONDS as u64) >> 32) as u32);
        drawn[2] = sellers.handling_time.of_lanes::<true>(&lower(value));
        let transit = bits(Purpose::TransitAndConfirmation);
        let (transit, confirmation) = (upper(transit), lower(transit));
        drawn[3] = sellers.transit_time.of_lanes::<true>(&transit);
        drawn[4] = banks.confirmation_delay.of_lanes::<true>(&segments, &confirmation);
        let stock_out = bits(Purpose::StockOutAndChangeOfMind);
        drawn[5] = happens(&upper(stock_out), &[means.stock_out; LANES]);
        drawn[6] = happens(&lower(stock_out), &buyers.chance(&segments, |buyer| buyer.change_of_mind));
        let loss = bits(Purpose::LossAndDefect);
        drawn[7] = happens(&upper(loss), &[means.loss; LANES]);
        drawn[8] = happens(&lower(loss), &[means.defect; LANES]);
        if tables.draws_opportunism_or_promise {
            let doubts = bits(Purpose::OpportunismAndPromise);
            drawn[9] = happens(&upper(doubts), &buyers.chance(&segments, |buyer| buyer.opportunism_bound));
            drawn[10] = match &sellers.promise {
                Some(promise) if means.draws_promise => promise.of_lanes::<true>(&transit, &lower(doubts)),
                _ => [0; LANES],
            };
        }
        if let Some(patience) = &banks.shipping_patience {
            drawn[11] = patience.of_lanes::<true>(&segments, &lower(bits(Purpose::LateToleranceAndPatience)));
        }
    }
}
