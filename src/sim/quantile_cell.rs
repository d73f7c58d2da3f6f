//! A stretch of a quantile function as a straight line of whole numbers.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

/// The value at the lower end in the lower half, the rise to the upper end in the upper half, so that one load fetches both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell(u64);

/// What a cell is to stand for, in whole numbers but not rounded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// The quantile at the lower end.
    pub(super) low: f64,
    /// The quantile at the upper end.
    pub(super) high: f64,
    /// The mean of the quantiles between.
    pub(super) mean: f64,
}

impl Cell {
    pub(super) const fn new(base: u32, rise: u32) -> Self {
        Self((rise as u64) << 32 | base as u64)
    }

    pub(super) const fn base(self) -> u32 {
        self.0 as u32
    }

    pub(super) const fn rise(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The value at `place`, a fraction of 2^32, inside the cell.
    #[inline(always)]
    pub(super) fn at(self, place: u32) -> u32 {
        (self.0 as u32).wrapping_add((((self.0 >> 32) * u64::from(place)) >> 32) as u32)
    }

    /// The largest value, but for the places that the cell has too few of.
    pub(super) const fn top(self) -> u32 {
        self.base() + self.rise().saturating_sub(1)
    }

    /// The mean over so many places, at most 2^32, at equal distances, the first at the lower end.
    ///
    /// The rounded-down multiples of a fraction r / n add up to ((r - 1)(n - 1) + gcd(r, n) - 1) / 2.
    pub(super) fn mean(self, places: u64) -> f64 {
        let rise = u64::from(self.rise());
        if rise == 0 {
            return f64::from(self.base());
        }
        let twice = (rise - 1) * (places - 1) + (gcd(rise, places) - 1);
        f64::from(self.base()) + twice as f64 / (2.0 * places as f64)
    }

    /// The cell of so many places that has the mean of its stretch and, as nearly, its lower end where quantiles bend upwards
    /// and its upper end where they bend downwards; no value is below `lowest`.
    pub(super) fn matched(stretch: &Stretch, lowest: u32, places: u64) -> Self {
        let places = places as f64;
        let (low, high) = (whole(stretch.low).max(lowest), whole(stretch.high).max(lowest));
        let most = f64::from(high - low) + 1.0;
        if 2.0 * stretch.mean <= stretch.low + stretch.high {
            let rise = 1.0 + (stretch.mean - f64::from(low)) * 2.0 * places / (places - 1.0).max(1.0);
            return Self::new(low, whole(rise.clamp(0.0, most)));
        }
        let rise =
            whole(((f64::from(high) + 0.5 - stretch.mean) * 2.0 * places / (places + 1.0)).clamp(1.0, most));
        Self::new(high - (rise - 1), rise)
    }
}

/// The nearest whole number that a table can hold.
pub(super) fn whole(value: f64) -> u32 {
    value.round().clamp(0.0, f64::from(u32::MAX)) as u32
}

/// The greatest common divisor; `b` is above 0, and mostly a power of two.
const fn gcd(mut a: u64, mut b: u64) -> u64 {
    if b.is_power_of_two() {
        return 1
            << if a.trailing_zeros() < b.trailing_zeros() { a.trailing_zeros() } else { b.trailing_zeros() };
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Means of cells one after the other, with what rounding takes from one given to the next.
#[derive(Debug)]
pub(super) struct Matching {
    /// No value may be below that of a cell before.
    lowest: u32,
    /// What the cells before lack in the mean.
    owed: f64,
    /// What a cell may lack of the mean to begin at its quantile, where quantiles bend downwards.
    spared: f64,
}

impl Matching {
    /// Cells of a distribution with such a mean.
    pub(super) const fn new(mean: f64) -> Self {
        Self { lowest: 0, owed: 0.0, spared: 5e-7 * mean }
    }

    /// The next cell, of such a share of the distribution and so many places.
    pub(super) fn cell(&mut self, stretch: Stretch, share: f64, places: u64) -> Cell {
        let mean = stretch.mean.clamp(stretch.low, stretch.high.max(stretch.low));
        // A narrow cell does not make up for a wide one: its own values matter more.
        let middle = f64::midpoint(stretch.low, stretch.high);
        let aim = if mean > middle && (mean - middle) * share < self.spared { middle } else { mean };
        let wanted = aim + (self.owed / share).clamp(-1.0, 1.0);
        let cell = Cell::matched(&Stretch { mean: wanted, ..stretch }, self.lowest, places);
        self.owed += share * (mean - cell.mean(places));
        self.lowest = cell.top();
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_a_cell_is_that_of_its_values() {
        for (base, rise) in [(7, 0), (7, 1), (0, 2), (3, 48), (3, 64), (10, 1001), (0, u32::MAX)] {
            let cell = Cell::new(base, rise);
            let sum: f64 = (0..64).map(|place| f64::from(cell.at(place << 26))).sum();
            assert!(
                (cell.mean(64) - sum / 64.0).abs() < 1e-6,
                "{base} {rise}: {} of {}",
                cell.mean(64),
                sum / 64.0
            );
        }
    }

    #[test]
    fn a_matched_cell_has_the_mean_of_its_stretch_and_stays_in_it() {
        for mean in [1010.0, 1100.0, 1250.0, 1499.0, 1500.0, 1501.0, 1900.0, 1990.0] {
            let cell = Cell::matched(&Stretch { low: 1000.0, high: 2000.0, mean }, 0, 1 << 22);
            assert!((cell.mean(1 << 22) - mean).abs() <= 0.5, "{mean}: {}", cell.mean(1 << 22));
            assert!(cell.base() >= 1000 && cell.top() <= 2000, "{mean}: {cell:?}");
        }
    }

    #[test]
    fn what_rounding_takes_from_one_cell_the_next_gives_back() {
        let (mut matching, share) = (Matching::new(850.0), 1e-3);
        let mean: f64 = (0..1000_u32)
            .map(|i| {
                let low = f64::from(i) * 1.7;
                let stretch = Stretch { low, high: low + 1.7, mean: low + 0.8 };
                matching.cell(stretch, share, 1 << 22).mean(1 << 22) * share
            })
            .sum();
        assert!((mean - (499.5 * 1.7 + 0.8)).abs() < 2e-3, "{mean}");
    }
}
