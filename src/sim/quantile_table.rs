//! Inverse-transform sampling from a table of quantiles.
//!
//! One 32-bit uniform picks a cell and a place inside it; the value is interpolated between the exact
//! quantiles at the cell's ends. The first and the last cell, where a quantile bends most, are cut into
//! cells again, twice. The distribution function of the result is exact at every cell's end, so its
//! largest deviation (the Kolmogorov distance) is below 1/1024, the mass of a cell, and below 2e-4 for
//! families without a kink; the tails are exact at steps of 2^-18 and, beyond that, of 2^-26. The mean
//! is within 0.01 % of that of the distribution, with values above `u32::MAX` cut off there, if values differ by
//! more than some whole numbers: where straight lines or rounding miss it by more, each cell is drawn up
//! to the line that has the mean of its stretch. Observed values have no cells, and are drawn as they are.
//! Inverse transforms keep common random numbers monotone: a larger uniform never gives a smaller value.
//! `tests/it/samplers` holds these bounds.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::distribution::Distribution;
use super::lanes::{Lanes, lanes};
use super::quantile_cell::{Cell, Matching, Stretch, whole};
use super::quantile_pieces::QuantilePieces;

/// Bits of the uniform that choose a cell of the body.
const BODY_BITS: u32 = 10;
const BODY_CELLS: usize = 1 << BODY_BITS;
/// Bits that choose a cell at each of the two levels of a tail.
const TAIL_BITS: u32 = 8;
const TAIL_CELLS: usize = 1 << TAIL_BITS;
/// Cells of a table: a power of two.
pub(super) const CELLS: usize = BODY_CELLS + 4 * TAIL_CELLS;

/// A sampler of whole numbers by inverse transform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantileTable {
    /// The body; its first and its last cell, cut again; then the first of the first and the last of the last, cut once
    /// more.
    cells: Box<[Cell; CELLS]>,
    constant: Option<u32>,
    /// What is drawn without cells: observed values, and perhaps what lies between them.
    pieces: Option<Box<QuantilePieces>>,
}

/// What the mean of a table may err by as a part of it before its cells are matched to theirs.
const MEAN_ERROR: f64 = 1e-4;

impl QuantileTable {
    /// Tabulates `distribution`, whose values are multiplied by `scale` and rounded to whole numbers.
    ///
    /// Values above `u32::MAX` are cut off there.
    pub fn new(distribution: &Distribution, scale: f64) -> Self {
        if let Some(value) = distribution.constant() {
            return Self::constant_of(whole(value * scale));
        }
        if distribution.draws_observations() {
            let pieces = QuantilePieces::new(distribution, scale, places().map(|place| place.until));
            return match pieces.constant() {
                Some(value) => Self::constant_of(value),
                None => Self { constant: None, pieces: Some(Box::new(pieces)), ..Self::constant_of(0) },
            };
        }
        let table = Self::of_quantiles(|| distribution.ascending_quantiles(), scale);
        let exact = distribution.capped_mean(f64::from(u32::MAX) / scale) * scale;
        if (table.mean() - exact).abs() <= MEAN_ERROR * exact {
            table
        } else {
            table.matched(distribution, scale)
        }
    }

    /// The table with the mean of the distribution in each of its cells.
    fn matched(mut self, distribution: &Distribution, scale: f64) -> Self {
        let cap = f64::from(u32::MAX) / scale;
        let (mut quantile, mut matching) =
            (distribution.ascending_quantiles(), Matching::new(distribution.capped_mean(cap) * scale));
        let (mut from, mut low, mut before) = (0.0, distribution.support().0.min(cap), 0.0);
        for Place { index, until, bits } in places() {
            let (high, integral) = if until < 1.0 {
                let high = quantile(until);
                (high.min(cap), distribution.integral_of_quantiles(until, high, cap))
            } else {
                (distribution.support().1.min(cap), distribution.capped_mean(cap))
            };
            let mean = (integral - before) / (until - from);
            let stretch = Stretch { low: low * scale, high: high * scale, mean: mean * scale };
            self.cells[index] = matching.cell(stretch, until - from, 1 << bits);
            (from, low, before) = (until, high, integral);
        }
        self
    }

    /// The mean of the values at all uniforms.
    pub fn mean(&self) -> f64 {
        if let Some(pieces) = &self.pieces {
            return pieces.mean();
        }
        let mut from = 0.0;
        let part = |Place { index, until, bits }| {
            let share = until - from;
            from = until;
            self.cells[index].mean(1 << bits) * share
        };
        places().map(part).sum()
    }

    /// Tabulates a distribution by its quantile function, which each part of the table asks in ascending order and whose values
    /// are not negative.
    pub fn of_quantiles<Q: FnMut(f64) -> f64>(distribution: impl Fn() -> Q, scale: f64) -> Self {
        let cells = |low: f64, width: f64, count: usize| -> Vec<Cell> {
            let mut quantile = distribution();
            // The last place in the table stands for what lies beyond it.
            let mut at = |p: f64| whole(quantile(p.min(1.0 - 2.0_f64.powi(-33))) * scale);
            let mut base = at(low);
            let cell = |i: usize| {
                let next = at(low + width * i as f64).max(base);
                let cell = Cell::new(base, next - base);
                base = next;
                cell
            };
            (1..=count).map(cell).collect()
        };
        let body_width = 1.0 / BODY_CELLS as f64;
        let width = body_width / TAIL_CELLS as f64;
        let inner_width = width / TAIL_CELLS as f64;
        let mut all = cells(0.0, body_width, BODY_CELLS);
        all.extend(cells(0.0, width, TAIL_CELLS));
        all.extend(cells(1.0 - body_width, width, TAIL_CELLS));
        all.extend(cells(0.0, inner_width, TAIL_CELLS));
        all.extend(cells(1.0 - width, inner_width, TAIL_CELLS));
        let mut table = Self { constant: None, ..Self::constant_of(0) };
        table.cells.copy_from_slice(&all);
        table
    }

    /// The table that always gives `value`.
    pub fn constant_of(value: u32) -> Self {
        Self { cells: Box::new([Cell::new(value, 0); CELLS]), constant: Some(value), pieces: None }
    }

    /// The value at the 32-bit uniform `u`.
    #[inline]
    pub fn at(&self, u: u32) -> u32 {
        if let Some(pieces) = &self.pieces {
            return pieces.at(u);
        }
        let index = body_index_of(u) as usize;
        if index.wrapping_sub(1) < BODY_CELLS - 2 {
            self.cells[index].at(u << BODY_BITS)
        } else {
            self.tail(u)
        }
    }

    /// The values at the uniforms of sixteen lanes, of a table that has cells unless `OBSERVED` says that it may not.
    ///
    /// Whoever draws for every order knows what it draws from: a question too many makes its code longer by more than itself.
    #[inline(always)]
    pub fn of_lanes<const OBSERVED: bool>(&self, u: &Lanes<u32>) -> Lanes<u32> {
        if let Some(value) = self.constant {
            return lanes(|_| value);
        }
        if OBSERVED && let Some(pieces) = &self.pieces {
            return pieces.of_lanes(u);
        }
        if is_any_in_tail(u) {
            let level = lanes(|lane| level_of(u[lane]));
            let index = lanes(|lane| index_of(u[lane], level[lane]));
            self.between(&index, &lanes(|lane| u[lane] << level[lane]))
        } else {
            self.between(&lanes(|lane| body_index_of(u[lane])), &lanes(|lane| u[lane] << BODY_BITS))
        }
    }

    /// The values at some places in some cells.
    #[inline(always)]
    fn between(&self, index: &Lanes<u32>, place: &Lanes<u32>) -> Lanes<u32> {
        lanes(|lane| self.cells[index[lane] as usize % CELLS].at(place[lane]))
    }

    /// Whether values are found by cells, those of a constant included.
    pub const fn has_cells(&self) -> bool {
        self.pieces.is_none()
    }

    /// All cells.
    pub(super) const fn cells(&self) -> &[Cell; CELLS] {
        &self.cells
    }

    /// The value of a constant, if the table holds one.
    pub const fn constant(&self) -> Option<u32> {
        self.constant
    }

    #[cold]
    #[inline(never)]
    fn tail(&self, u: u32) -> u32 {
        let level = level_of(u);
        self.cells[index_of(u, level) as usize].at(u << level)
    }
}

/// Where a cell that uniforms are found in lies.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Among the cells of a table.
    index: usize,
    /// The probability at which it ends, and the next one begins.
    until: f64,
    /// Bits of the uniform that say where inside it.
    bits: u32,
}

/// The places of cells in ascending order; a cell that is cut again has none.
fn places() -> impl Iterator<Item = Place> {
    let stretch = |index: usize, first: usize, last: usize, origin: f64, level: u32| {
        let width = 0.5_f64.powi(level as i32);
        let place = move |cell: usize| Place {
            index: index + cell,
            until: origin + width * (cell + 1) as f64,
            bits: 32 - level,
        };
        (first..last).map(place)
    };
    let (body, tail, inner) = (BODY_CELLS, TAIL_CELLS, BODY_CELLS + 2 * TAIL_CELLS);
    let (body_width, width) = (0.5_f64.powi(BODY_BITS as i32), 0.5_f64.powi(TAIL as i32));
    stretch(inner, 0, tail, 0.0, INNER_TAIL)
        .chain(stretch(body, 1, tail, 0.0, TAIL))
        .chain(stretch(0, 1, body - 1, 0.0, BODY_BITS))
        .chain(stretch(body + tail, 0, tail - 1, 1.0 - body_width, TAIL))
        .chain(stretch(inner + tail, 0, tail, 1.0 - width, INNER_TAIL))
}

const TAIL: u32 = BODY_BITS + TAIL_BITS;
const INNER_TAIL: u32 = TAIL + TAIL_BITS;

/// Whether any of sixteen uniforms lies in a tail, which one in thirty sixteens has.
///
/// Where all lie in the body, most of the arithmetic that finds their cells is left out.
#[inline(always)]
fn is_any_in_tail(u: &Lanes<u32>) -> bool {
    const CELL: u32 = 1 << (32 - BODY_BITS);
    let is_in_tail = lanes(|lane| u32::from(u[lane].wrapping_add(CELL) < 2 * CELL));
    is_in_tail.iter().fold(0, |any, tail| any | tail) != 0
}

/// The cell of the body in which a uniform lies.
#[inline(always)]
const fn body_index_of(u: u32) -> u32 {
    u >> (32 - BODY_BITS)
}

/// How many bits of a uniform choose its cell: those of the body, of a tail, or of the end of a tail.
#[inline(always)]
pub(super) const fn level_of(u: u32) -> u32 {
    let from_the_end = u ^ ((u as i32) >> 31) as u32;
    let level = if from_the_end < 1 << (32 - BODY_BITS) { TAIL } else { BODY_BITS };
    if from_the_end < 1 << (32 - TAIL) { INNER_TAIL } else { level }
}

/// The cell in which a uniform lies; no branch chooses it, so that lanes can.
#[inline(always)]
pub(super) const fn index_of(u: u32, level: u32) -> u32 {
    const TAILS: u32 = BODY_CELLS as u32;
    const INNER_TAILS: u32 = TAILS + 2 * TAIL_CELLS as u32;
    // The bit above those of a tail's cell is 0 at the lower end and 1 at the upper.
    let bits = u >> (32 - level);
    let cell = if level == BODY_BITS { bits } else { TAILS + bits % (2 * TAIL_CELLS as u32) };
    cell + if level == INNER_TAIL { INNER_TAILS - TAILS } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::random::Key;

    fn lognormal() -> Distribution {
        Distribution::Lognormal { median: 2.0, sigma: 0.5 }
    }

    #[test]
    fn a_larger_uniform_never_gives_a_smaller_value() {
        let table = QuantileTable::new(&lognormal(), 86_400.0);
        let mut last = 0;
        for step in 0..=1_000_000_u32 {
            let value = table.at(step * 4294);
            assert!(value >= last, "at {step}");
            last = value;
        }
        assert!(table.at(u32::MAX) >= last);
    }

    #[test]
    fn a_constant_is_the_same_at_every_uniform() {
        let table = QuantileTable::new(&Distribution::Constant(5.0), 86_400.0);
        for u in [0, 1, 1 << 22, 1 << 31, u32::MAX] {
            assert_eq!(table.at(u), 432_000);
        }
    }

    #[test]
    fn quantiles_agree_with_the_exact_ones_into_the_tails() {
        for distribution in [
            lognormal(),
            Distribution::Exponential { mean: 3.0 },
            Distribution::Gamma { shape: 1.586, scale: 5.755 },
        ] {
            let table = QuantileTable::new(&distribution, 86_400.0);
            for p in [1e-6, 1e-4, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999, 1.0 - 1e-6] {
                let exact = distribution.quantile(p) * 86_400.0;
                let got = f64::from(table.at((p * 4_294_967_296.0) as u32));
                assert!(
                    (got - exact).abs() < 1.0 + 3e-3 * exact,
                    "{distribution:?} at {p}: {got} against {exact}"
                );
            }
        }
    }

    #[test]
    fn a_million_draws_keep_the_kolmogorov_distance_at_99_percent_confidence() {
        let distribution = lognormal();
        let table = QuantileTable::new(&distribution, 86_400.0);
        let key = Key::root(7);
        let n = 1_000_000_u64;
        let mut draws: Vec<u32> = (0..n).map(|i| table.at(key.uniform(i))).collect();
        draws.sort_unstable();
        let mut distance = 0.0_f64;
        for (i, &draw) in draws.iter().enumerate() {
            let exact = distribution.cdf(f64::from(draw) / 86_400.0);
            distance = distance.max((exact - i as f64 / n as f64).abs());
        }
        // The critical value of the Kolmogorov statistic at 1 % is 1.628 / sqrt(n).
        assert!(distance < 1.628 / (n as f64).sqrt(), "{distance}");
    }

    #[test]
    fn a_uniform_is_found_in_the_body_and_in_both_levels_of_both_tails() {
        let located = |u| (index_of(u, level_of(u)) as usize, u << level_of(u));
        let body = 1 << 22;
        assert_eq!(located(body), (1, 0));
        assert_eq!(located(u32::MAX - body), (BODY_CELLS - 2, u32::MAX << BODY_BITS));
        assert_eq!(located(body - 1), (BODY_CELLS + 255, u32::MAX << 18));
        assert_eq!(located(u32::MAX - body + 1), (BODY_CELLS + 256, 0));
        assert_eq!(located(1 << 14), (BODY_CELLS + 1, 0));
        assert_eq!(located((1 << 14) - 1), (BODY_CELLS + 512 + 255, u32::MAX << 26));
        assert_eq!(located(0), (BODY_CELLS + 512, 0));
        assert_eq!(located(u32::MAX), (CELLS - 1, u32::MAX << 26));
    }

    #[test]
    fn lanes_agree_with_single_draws_into_the_tails() {
        let table = QuantileTable::new(&lognormal(), 86_400.0);
        for first in (0..u32::MAX - 1_000_000_000).step_by(1_000_003) {
            let uniforms =
                lanes(|lane| if lane < 8 { first + 61_000_000 * lane as u32 } else { first >> (2 * lane) });
            let uniforms = lanes(|lane| if lane % 2 == 0 { uniforms[lane] } else { !uniforms[lane] });
            for (&u, value) in uniforms.iter().zip(table.of_lanes::<false>(&uniforms)) {
                assert_eq!(table.at(u), value, "at {u}");
            }
        }
        assert_eq!(QuantileTable::constant_of(7).of_lanes::<false>(&[0; 16]), [7; 16]);
    }
}
