//! Quantile tables that lie one behind the other, so that sixteen uniforms look up a table of their own each in one go.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::lanes::{Lanes, lanes};
use super::quantile_cell::Cell;
use super::quantile_table::{CELLS, QuantileTable, index_of, level_of};

/// Tables of a bank: a power of two, so that a place in it needs no look at its length.
pub const BANK_TABLES: usize = 4;

/// At most [`BANK_TABLES`] tables, all of which have cells.
#[derive(Clone, Debug)]
pub struct QuantileBank {
    cells: Box<[Cell; BANK_TABLES * CELLS]>,
}

impl QuantileBank {
    /// Puts tables one behind the other; those beyond [`BANK_TABLES`] are left out.
    pub fn new(tables: &[QuantileTable]) -> Self {
        let mut cells = vec![Cell::default(); BANK_TABLES * CELLS];
        for (room, table) in cells.chunks_exact_mut(CELLS).zip(tables) {
            room.copy_from_slice(table.cells());
        }
        let cells = cells.into_boxed_slice().try_into().expect("a bank has room for so many cells");
        Self { cells }
    }

    /// The values of the tables of these numbers, modulo [`BANK_TABLES`], at the uniforms of sixteen lanes.
    #[inline(always)]
    pub fn of_lanes(&self, numbers: &Lanes<u32>, u: &Lanes<u32>) -> Lanes<u32> {
        let level = lanes(|lane| level_of(u[lane]));
        let index =
            lanes(|lane| index_of(u[lane], level[lane]) % CELLS as u32 + numbers[lane] * CELLS as u32);
        let place = lanes(|lane| u[lane] << level[lane]);
        lanes(|lane| self.cells[index[lane] as usize % (BANK_TABLES * CELLS)].at(place[lane]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Distribution, Key};

    #[test]
    fn each_lane_finds_what_its_own_table_gives() {
        let tables = [
            QuantileTable::new(&Distribution::Exponential { mean: 3.0 }, 86_400.0),
            QuantileTable::constant_of(7),
            QuantileTable::new(&Distribution::Lognormal { median: 2.0, sigma: 0.5 }, 86_400.0),
        ];
        let bank = QuantileBank::new(&tables);
        for draw in 0..10_000 {
            let key = Key::root(draw);
            // Tails as often as the body.
            let uniforms = lanes(|lane| {
                let bits = key.bits(lane as u64);
                let uniform = (bits as u32) >> [0, 12, 20][(bits >> 40) as usize % 3];
                if bits >> 63 == 0 { uniform } else { !uniform }
            });
            let numbers = lanes(|lane| (key.bits(lane as u64 + 16) % 3) as u32);
            let values = bank.of_lanes(&numbers, &uniforms);
            assert_eq!(values, lanes(|lane| tables[numbers[lane] as usize].at(uniforms[lane])));
        }
    }
}
