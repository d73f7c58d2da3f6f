//! What is looked up by sixteen orders at once and laid out for that: chances of each seller of a shard, and tables of segments.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::sellers::Traits;
use crate::engine::ground::columns::{BATCH, SHARD_SELLERS};
use crate::sim::lanes::{LANES, Lanes, lanes, lanes_of};
use crate::sim::{BANK_TABLES, QuantileBank, QuantileTable};

/// A number of each seller of a shard, or of each segment.
#[derive(Debug)]
pub(crate) struct ByNumber<const N: usize> {
    each: [u32; N],
    len: usize,
    /// The number, if all have the same.
    common: Option<u32>,
}

/// So many numbers are chosen from one after the other, which takes less time than to load each lane's own.
const FEW: usize = 4;

/// Segments of buyers, or of sellers, that a world can have.
const SEGMENTS: usize = 256;

/// A number of each seller of a shard.
type BySeller = ByNumber<SHARD_SELLERS>;
/// A number of each segment.
type BySegment = ByNumber<SEGMENTS>;

impl<const N: usize> ByNumber<N> {
    pub(crate) fn new(numbers: impl Iterator<Item = u32>) -> Self {
        let (mut each, mut len) = ([0; N], 0);
        for (place, number) in each.iter_mut().zip(numbers) {
            *place = number;
            len += 1;
        }
        let first = each[0];
        let common = each[..len].iter().all(|&number| number == first).then_some(first);
        Self { each, len, common }
    }

    /// The number of one of them.
    #[inline]
    pub(crate) const fn get(&self, place: usize) -> u32 {
        self.each[place % N]
    }

    /// The number, if all have the same.
    #[inline(always)]
    pub(crate) const fn common(&self) -> Option<u32> {
        self.common
    }

    /// The numbers of sixteen of them.
    #[inline(always)]
    pub(crate) fn of_lanes(&self, places: &Lanes<u32>) -> Lanes<u32> {
        if let Some(number) = self.common {
            return lanes(|_| number);
        }
        if self.len > FEW {
            return lanes(|lane| self.each[places[lane] as usize % N]);
        }
        let mut numbers = lanes(|_| self.each[0]);
        for (place, &number) in (1..).zip(&self.each[1..self.len]) {
            numbers = lanes(|lane| if places[lane] == place { number } else { numbers[lane] });
        }
        numbers
    }
}

/// A number of each order of a batch, and room for whole lanes behind the last.
pub(crate) type OfOrders = [u32; BATCH + LANES];

impl BySeller {
    /// Writes each seller's number to the places of its orders, of which the runs tell: who, and up to where. Not where all
    /// have the same.
    #[inline(always)]
    pub(crate) fn write(&self, runs: &[(u8, u8)], orders: &mut OfOrders) {
        if self.common.is_some() {
            return;
        }
        let mut from = 0;
        for &(seller, to) in runs {
            let number = self.get(usize::from(seller));
            // Whole lanes are quicker to write; what is too many, the next run writes over.
            while from < usize::from(to).min(BATCH) {
                orders[from..from + LANES].fill(number);
                from += LANES;
            }
            from = usize::from(to);
        }
    }

    /// The numbers of the sellers of sixteen orders from a place on, as they were written.
    #[inline(always)]
    pub(crate) fn of_orders(&self, orders: &OfOrders, first: usize) -> Lanes<u32> {
        self.common.map_or_else(|| lanes_of(orders, first), |number| lanes(|_| number))
    }
}

/// Ceilings of the chances of each seller of a shard, and its handling factor in units of 2^-16.
#[derive(Debug)]
pub(crate) struct SellerLookup {
    pub(crate) stock_out: BySeller,
    pub(crate) loss: BySeller,
    pub(crate) defect: BySeller,
    pub(crate) handling_factor: BySeller,
    pub(crate) segment: BySeller,
    pub(crate) accept: BySeller,
    pub(crate) accept_unfounded: BySeller,
}

impl SellerLookup {
    pub(crate) fn new(sellers: &[Traits]) -> Self {
        let each = |of: &dyn Fn(&Traits) -> u32| BySeller::new(sellers.iter().map(of));
        Self {
            stock_out: each(&|seller| seller.stock_out.ceiling()),
            loss: each(&|seller| seller.loss.ceiling()),
            defect: each(&|seller| seller.defect.ceiling()),
            handling_factor: each(&|seller| seller.handling_factor as u32),
            segment: each(&|seller| u32::from(seller.segment)),
            accept: each(&|seller| seller.accept.ceiling()),
            accept_unfounded: each(&|seller| seller.accept_unfounded.ceiling()),
        }
    }
}

/// Tables of which every segment has one.
#[derive(Debug)]
pub(crate) struct TablesBySegment {
    first: QuantileTable,
    /// All tables, if there are several and one of them has no cells.
    each: Vec<QuantileTable>,
    /// All tables, if there are several and each has cells.
    banks: Vec<QuantileBank>,
    /// The number of each segment's table, unless it is that of the segment.
    of: Option<BySegment>,
}

impl TablesBySegment {
    pub(crate) fn new<'a>(tables: impl Iterator<Item = &'a QuantileTable>) -> Self {
        let mut all: Vec<QuantileTable> = tables.cloned().collect();
        let first = all[0].clone();
        if all.iter().all(|table| *table == first) {
            return Self { first, each: Vec::new(), banks: Vec::new(), of: None };
        }
        if !all.iter().all(QuantileTable::has_cells) {
            return Self { first, each: all, banks: Vec::new(), of: None };
        }
        // As many as one bank holds are not looked for by another number; of more, each is kept once.
        let mut of = None;
        if all.len() > BANK_TABLES {
            let segments = std::mem::take(&mut all);
            of = Some(BySegment::new(segments.into_iter().map(|table| {
                let known = all.iter().position(|known| *known == table);
                known.unwrap_or_else(|| {
                    all.push(table);
                    all.len() - 1
                }) as u32
            })));
        }
        Self { first, each: Vec::new(), banks: all.chunks(BANK_TABLES).map(QuantileBank::new).collect(), of }
    }

    /// Whether values are found by cells.
    pub(crate) fn has_cells(&self) -> bool {
        self.each.is_empty() && self.first.has_cells()
    }

    /// The values of the table of each lane's segment; tables have cells unless `OBSERVED` says that they may not.
    #[inline(always)]
    pub(crate) fn of_lanes<const OBSERVED: bool>(&self, segments: &Lanes<u32>, u: &Lanes<u32>) -> Lanes<u32> {
        let [first, others @ ..] = &self.banks[..] else {
            if !OBSERVED || self.each.is_empty() {
                return self.first.of_lanes::<OBSERVED>(u);
            }
            return lanes(|lane| self.each[segments[lane] as usize].at(u[lane]));
        };
        let Some(of) = &self.of else {
            return first.of_lanes(segments, u);
        };
        let classes = of.of_lanes(segments);
        let mut values = first.of_lanes(&classes, u);
        for (number, bank) in (1..).zip(others) {
            let of_bank = bank.of_lanes(&classes, u);
            let is_of_bank = |class: u32| class / BANK_TABLES as u32 == number;
            values = lanes(|lane| if is_of_bank(classes[lane]) { of_bank[lane] } else { values[lane] });
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Distribution, Key};

    #[test]
    fn each_lane_has_the_number_of_its_own_place() {
        for (len, each) in [(128, 7), (5, 7), (4, 7), (3, 0), (1, 7)] {
            let numbers = ByNumber::<SHARD_SELLERS>::new((0..len).map(|place| 11 + each * place));
            let places = lanes(|lane| lane as u32 * 5 % len);
            assert_eq!(numbers.of_lanes(&places), lanes(|lane| 11 + each * places[lane]), "{len} {each}");
        }
    }

    #[test]
    fn each_segment_has_the_values_of_its_own_table() {
        let table =
            |number| QuantileTable::new(&Distribution::Exponential { mean: f64::from(number) }, 86_400.0);
        // One table, as many as a bank holds, more that repeat, and more banks than one.
        for means in
            [&[3, 3, 3][..], &[1, 2, 1], &[1, 2, 3, 4], &[1, 2, 1, 3, 2, 1], &[1, 2, 3, 4, 5, 6, 5, 7, 8, 9]]
        {
            let tables: Vec<QuantileTable> = means.iter().map(|&mean| table(mean)).collect();
            let classes = TablesBySegment::new(tables.iter());
            for draw in 0..200 {
                let key = Key::root(draw);
                let uniforms = lanes(|lane| key.uniform(lane as u64));
                let segments = lanes(|lane| key.uniform(lane as u64 + 16) % means.len() as u32);
                let values = classes.of_lanes::<true>(&segments, &uniforms);
                assert_eq!(
                    values,
                    lanes(|lane| tables[segments[lane] as usize].at(uniforms[lane])),
                    "{means:?}"
                );
            }
        }
    }

    #[test]
    fn orders_have_the_numbers_of_their_sellers_run_by_run() {
        let runs = [(3, 1), (4, 17), (9, 49), (2, 51), (100, 64)];
        for each in [5, 0] {
            let numbers = BySeller::new((0..SHARD_SELLERS as u32).map(|seller| 8 + each * seller));
            let mut orders = [u32::MAX; BATCH + LANES];
            numbers.write(&runs, &mut orders);
            for place in 0..BATCH {
                let (seller, _) = runs.iter().find(|run| place < usize::from(run.1)).expect("runs cover all");
                let of_lanes = numbers.of_orders(&orders, place / LANES * LANES);
                assert_eq!(of_lanes[place % LANES], 8 + each * u32::from(*seller), "order {place}");
            }
        }
    }
}
