//! The orders that a shard's sellers receive over a stretch of days: how many on each day, and under which keys they are drawn.
//!
//! Where the day's close changes nothing for the days after it, a stretch is several days long: orders of one seller then fill
//! whole batches, and what they are drawn from stays at hand. Otherwise it is a single day.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::poisson::PoissonSearch;
use crate::engine::ground::columns::BATCH;
use crate::sim::lanes::{LANES, Lanes, Vectorisable, lanes, lanes_of, vectorised};
use crate::sim::{DAY_SECONDS, Day, Key};

/// The purpose of the number of a seller's orders of a day, apart from the orders' own keys.
const ORDERS_OF_DAY: u64 = u64::MAX;

/// Days of a stretch: many where no day waits for the close of the one before.
pub(crate) const fn stretch_days(judges: bool) -> usize {
    if judges { 1 } else { 16 }
}

/// The arrivals of one stretch after the other.
///
/// Each day of each seller is a cell; the cells of a seller follow one another.
#[derive(Debug)]
pub(crate) struct Arrivals {
    /// Cells of a seller: days of a stretch.
    days: usize,
    keys: CellKeys,
    poisson: PoissonSearch,
    /// Segment by segment: its number, and the place of the first seller behind it.
    segments: Vec<(usize, usize)>,
    /// The first order that no batch has taken: the place of its segment, its cell, and how many of the cell are before it.
    segment: usize,
    cell: usize,
    taken: u32,
}

/// Keys by cell.
#[derive(Debug)]
struct CellKeys {
    /// Of the seller.
    sellers: Vec<Key>,
    /// Of its day.
    days: Vec<Key>,
    /// Of the number of its orders.
    orders: Vec<Key>,
}

/// Works out the keys of a stretch.
struct Keying<'a> {
    keys: &'a mut CellKeys,
    days: usize,
    first: Day,
}

impl Vectorisable for Keying<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { keys: CellKeys { sellers, days: keys, orders }, days, first } = self;
        let sixteens = sellers.as_chunks::<LANES>().0.iter().zip(keys.as_chunks_mut::<LANES>().0);
        for (place, ((sellers, keys), orders)) in sixteens.zip(orders.as_chunks_mut::<LANES>().0).enumerate()
        {
            let day = |lane: usize| first.0 + ((place * LANES + lane) & (days - 1)) as i32;
            *keys = lanes(|lane| sellers[lane].child(u64::from(day(lane) as u32)));
            *orders = lanes(|lane| keys[lane].child(ORDERS_OF_DAY));
        }
    }
}

impl Arrivals {
    /// No arrivals yet at these sellers, of a key and a segment each; sellers of one segment follow one another, and days are
    /// a power of two.
    pub(crate) fn new(days: usize, sellers: &[(Key, u8)]) -> Self {
        let mut segments: Vec<(usize, usize)> = Vec::new();
        for same in sellers.chunk_by(|one, other| one.1 == other.1) {
            let until = segments.last().map_or(0, |last| last.1) + same.len();
            segments.push((usize::from(same[0].1), until));
        }
        let cells = (sellers.len() * days).next_multiple_of(LANES);
        let mut keys = vec![Key::default(); cells];
        for (cells, seller) in keys.chunks_mut(days).zip(sellers) {
            cells.fill(seller.0);
        }
        let none = vec![Key::default(); cells];
        Self {
            days,
            keys: CellKeys { sellers: keys, days: none.clone(), orders: none },
            poisson: PoissonSearch::new(cells),
            segments,
            segment: 0,
            cell: 0,
            taken: 0,
        }
    }

    /// Days of a stretch; the last may have fewer.
    pub(crate) const fn days(&self) -> usize {
        self.days
    }

    /// Draws how many orders each seller has on each day from `first` on; `means` has a number a cell. False if `goes_on` stops it.
    pub(crate) fn draw(&mut self, first: Day, means: &[f64], goes_on: &dyn Fn() -> bool) -> bool {
        vectorised(Keying { keys: &mut self.keys, days: self.days, first });
        (self.segment, self.cell, self.taken) = (0, 0, 0);
        self.poisson.draw(means, &self.keys.orders, goes_on)
    }

    /// Orders of each seller on a day of the stretch.
    pub(crate) fn numbers(&self, day: usize) -> impl Iterator<Item = u32> {
        self.poisson.numbers()[day..].iter().step_by(self.days).copied()
    }

    /// Whether batches have taken all orders.
    pub(crate) const fn are_taken(&self) -> bool {
        self.segment == self.segments.len()
    }

    /// Takes down whose the orders of the next batch are.
    #[inline(always)]
    pub(crate) fn take(&mut self, owners: &mut BatchOwners) {
        (owners.len, owners.run_count) = (0, 0);
        let Some(&(segment, sellers)) = self.segments.get(self.segment) else { return };
        owners.segment = segment;
        let until = sellers * self.days;
        let (numbers, keys) = (&self.poisson.numbers()[..until], &self.keys.days[..until]);
        let day_bits = self.days.trailing_zeros();
        let (mut cell, mut taken, mut len, mut run_count) = (self.cell, self.taken, 0, 0);
        while len < BATCH && cell < until {
            let (seller, before) = (cell >> day_bits, len);
            let seller_until = ((seller + 1) << day_bits).min(until);
            while len < BATCH && cell < seller_until {
                let left = numbers[cell] - taken;
                let some = left.min((BATCH - len) as u32);
                let key = keys[cell].numbered_from(len as i64 - i64::from(taken));
                owners.write(len, seller, cell & (self.days - 1), key, some as usize);
                len += some as usize;
                (cell, taken) = if some == left { (cell + 1, 0) } else { (cell, taken + some) };
            }
            if len > before {
                owners.runs[run_count % BATCH] = (seller as u8, len as u8);
                run_count += 1;
            }
        }
        (owners.len, owners.run_count) = (len, run_count);
        (self.cell, self.taken) = (cell, taken);
        self.segment += usize::from(cell == until);
    }
}

/// Who has placed the orders of a batch, and when.
#[derive(Debug)]
#[repr(C, align(64))]
pub(crate) struct BatchOwners {
    /// The key under which each order is found by its place in the batch.
    keys: [Key; BATCH + LANES],
    /// Seconds from the start of the stretch to that of its day.
    starts: [u32; BATCH + LANES],
    /// Its seller's place in the shard.
    sellers: [u8; BATCH + LANES],
    /// Seller by seller: its place in the shard, and the place of the first order behind its own.
    runs: [(u8, u8); BATCH],
    run_count: usize,
    /// Number of orders.
    pub(crate) len: usize,
    /// The segment of all sellers.
    pub(crate) segment: usize,
}

impl Default for BatchOwners {
    fn default() -> Self {
        Self {
            keys: [Key::default(); BATCH + LANES],
            starts: [0; BATCH + LANES],
            sellers: [0; BATCH + LANES],
            runs: [(0, 0); BATCH],
            run_count: 0,
            len: 0,
            segment: 0,
        }
    }
}

impl BatchOwners {
    /// Writes down orders of one cell from place `from` on, with the key under which each is found by its place in the batch.
    #[inline(always)]
    fn write(&mut self, from: usize, seller: usize, day: usize, key: Key, some: usize) {
        let start = (day as i64 * DAY_SECONDS) as u32;
        // Whole lanes are quicker to write; what is too many, the next cell writes over.
        let mut first = from;
        loop {
            let place = first % BATCH;
            self.keys[place..place + LANES].fill(key);
            self.starts[place..place + LANES].fill(start);
            self.sellers[place..place + LANES].fill(seller as u8);
            first += LANES;
            if first >= from + some {
                break;
            }
        }
    }

    /// Seller by seller: its place in the shard, and the place of the first order behind its own.
    #[inline(always)]
    pub(crate) fn runs(&self) -> &[(u8, u8)] {
        &self.runs[..self.run_count.min(BATCH)]
    }

    /// The place in the shard of an order's seller.
    #[inline(always)]
    pub(crate) fn seller(&self, place: usize) -> usize {
        usize::from(self.sellers[place % BATCH])
    }

    /// The sellers of sixteen orders.
    #[inline(always)]
    pub(crate) fn sellers(&self, first: usize) -> Lanes<u32> {
        let sellers = lanes_of(&self.sellers, first);
        lanes(|lane| u32::from(sellers[lane]))
    }

    /// Seconds from the start of the stretch to those of their days.
    #[inline(always)]
    pub(crate) fn starts(&self, first: usize) -> Lanes<u32> {
        lanes_of(&self.starts, first)
    }

    /// Their keys.
    #[inline(always)]
    pub(crate) fn keys(&self, first: usize) -> Lanes<Key> {
        Key::orders(&lanes_of(&self.keys, first), first as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seven sellers of two segments, each with its own key.
    fn sellers() -> Vec<(Key, u8)> {
        (0..7).map(|number| (Key::root(4).child(number), u8::from(number > 2))).collect()
    }

    fn means(days: usize, of: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        (0..7 * days).map(|cell| of(cell / days, cell % days)).collect()
    }

    /// Orders as batches take them: segment, seller, seconds to the start of the day, and key.
    fn taken(arrivals: &mut Arrivals) -> Vec<(usize, usize, u32, Key)> {
        let mut all = Vec::new();
        let mut owners = BatchOwners::default();
        while !arrivals.are_taken() {
            arrivals.take(&mut owners);
            let keys: Vec<Key> = (0..BATCH).step_by(LANES).flat_map(|first| owners.keys(first)).collect();
            let starts: Vec<u32> = (0..BATCH).step_by(LANES).flat_map(|first| owners.starts(first)).collect();
            all.extend(
                (0..owners.len)
                    .map(|place| (owners.segment, owners.seller(place), starts[place], keys[place])),
            );
            let ends: Vec<usize> = owners.runs().iter().map(|run| usize::from(run.1)).collect();
            assert!(ends.is_sorted() && ends.last().is_none_or(|&end| end == owners.len));
            let runs = std::iter::once(0).chain(ends.iter().copied()).zip(owners.runs());
            for (from, &(seller, to)) in runs {
                assert!((from..usize::from(to)).all(|place| owners.seller(place) == usize::from(seller)));
            }
        }
        all
    }

    #[test]
    fn batches_take_every_order_once_under_its_own_key() {
        for days in [1, 16] {
            let mut arrivals = Arrivals::new(days, &sellers());
            for first in [-16, 0, 160] {
                // From days without an order to days of several batches.
                arrivals.draw(
                    Day(first),
                    &means(days, |seller, day| [0.0, 0.4, 9.0, 70.0][(seller + day) % 4]),
                    &|| true,
                );
                let mut expected = Vec::new();
                for (seller, &(key, segment)) in sellers().iter().enumerate() {
                    for day in 0..days {
                        let of_day = key.child(u64::from((first + day as i32) as u32));
                        let number = arrivals.numbers(day).nth(seller).expect("every seller has a number");
                        let start = day as u32 * DAY_SECONDS as u32;
                        expected.extend(
                            (0..number)
                                .map(|order| (usize::from(segment), seller, start, of_day.order(order))),
                        );
                    }
                }
                assert!(expected.len() > BATCH);
                assert!(taken(&mut arrivals) == expected, "{days} days from {first} on");
            }
        }
    }

    #[test]
    fn a_sellers_day_has_the_same_number_of_orders_in_any_stretch() {
        let mean = |seller: usize, day: usize| (seller * 5 + day) as f64;
        let mut long = Arrivals::new(16, &sellers());
        long.draw(Day(32), &means(16, mean), &|| true);
        let mut short = Arrivals::new(1, &sellers());
        for day in 0..16 {
            short.draw(Day(32 + day as i32), &means(1, |seller, _| mean(seller, day)), &|| true);
            assert!(long.numbers(day).take(7).eq(short.numbers(0).take(7)), "day {day}");
        }
    }

    #[test]
    fn days_that_a_stretch_lacks_have_no_orders() {
        let mut arrivals = Arrivals::new(16, &sellers());
        arrivals.draw(Day(0), &means(16, |_, _| 10.0), &|| true);
        arrivals.draw(Day(16), &means(16, |_, day| if day < 3 { 10.0 } else { 0.0 }), &|| true);
        let orders = taken(&mut arrivals);
        assert!(orders.len() > 100);
        assert!(orders.iter().all(|order| order.2 < 3 * DAY_SECONDS as u32));
    }
}
