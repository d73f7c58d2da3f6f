//! A histogram of whole numbers with bins that widen in proportion to the value.

/// Bins per doubling; a quantile is off by less than one part in this.
const PER_OCTAVE_BITS: u32 = 8;
const PER_OCTAVE: u32 = 1 << PER_OCTAVE_BITS;

/// Counts of whole numbers below 2^32; merging is exact.
///
/// Quantiles are exact where a bin has one value: below 512, of a constant, and of any values that lie apart by more than one part
/// in 256. Otherwise they lie between the smallest and the largest value of their bin, as if those between were evenly spread,
/// and so within 1/256 of the exact ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Grows to the highest bin in use.
    bins: Vec<Bin>,
    count: u64,
    sum: u128,
}

/// The values of a bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bin {
    count: u64,
    least: u32,
    most: u32,
}

impl Bin {
    const EMPTY: Self = Self { count: 0, least: u32::MAX, most: 0 };
}

impl Histogram {
    /// Adds one value.
    #[inline]
    pub fn record(&mut self, value: u32) {
        let number = bin_of(value);
        match self.bins.get_mut(number) {
            Some(bin) => {
                bin.count += 1;
                bin.least = bin.least.min(value);
                bin.most = bin.most.max(value);
            }
            None => self.begin_bin(number, value),
        }
        self.count += 1;
        self.sum += u128::from(value);
    }

    /// Adds the first value of a bin beyond those in use.
    #[cold]
    fn begin_bin(&mut self, number: usize, value: u32) {
        self.bins.resize(number, Bin::EMPTY);
        self.bins.push(Bin { count: 1, least: value, most: value });
    }

    /// Adds another histogram's values.
    pub fn merge(&mut self, other: &Self) {
        if other.bins.len() > self.bins.len() {
            self.bins.resize(other.bins.len(), Bin::EMPTY);
        }
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            bin.count += more.count;
            bin.least = bin.least.min(more.least);
            bin.most = bin.most.max(more.most);
        }
        self.count += other.count;
        self.sum += other.sum;
    }

    /// How many values there are.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The exact sum of all values.
    pub const fn sum(&self) -> u128 {
        self.sum
    }

    /// The exact mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// The value below which a share `p` lies; `None` without values.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        // A share such as 0.07 of a number may come out above the whole number that it is.
        let wanted = p.clamp(0.0, 1.0) * self.count as f64 * (1.0 - 1e-12);
        let mut below = 0.0;
        for bin in self.bins.iter().filter(|bin| bin.count > 0) {
            let upto = below + bin.count as f64;
            if upto >= wanted {
                let inside = (wanted - below) / bin.count as f64;
                return Some(f64::from(bin.least) + f64::from(bin.most - bin.least) * inside);
            }
            below = upto;
        }
        let last = self.bins.iter().rfind(|bin| bin.count > 0)?;
        Some(f64::from(last.most))
    }

    /// How many values lie in `[from, until)`, counting a bin by the place of its lower end.
    pub fn count_between(&self, from: u32, until: u32) -> u64 {
        self.bins
            .iter()
            .enumerate()
            .filter(|&(bin, _)| (from..until).contains(&low_of(bin)))
            .map(|(_, bin)| bin.count)
            .sum()
    }
}

const fn bin_of(value: u32) -> usize {
    if value < 2 * PER_OCTAVE {
        return value as usize;
    }
    let octave = 31 - PER_OCTAVE_BITS - value.leading_zeros();
    (octave * PER_OCTAVE + (value >> octave)) as usize
}

const fn low_of(bin: usize) -> u32 {
    let bin = bin as u32;
    if bin < 2 * PER_OCTAVE {
        return bin;
    }
    let octave = bin / PER_OCTAVE - 1;
    if octave > 31 - PER_OCTAVE_BITS {
        return u32::MAX;
    }
    (PER_OCTAVE + bin % PER_OCTAVE) << octave
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_lies_in_the_bin_that_begins_at_or_below_it() {
        for value in (0..1000).chain([12_345, 432_000, 1 << 30, u32::MAX - 1]) {
            let bin = bin_of(value);
            assert!(low_of(bin) <= value && value < low_of(bin + 1), "{value}");
        }
    }

    #[test]
    fn quantiles_of_evenly_spread_values_are_theirs() {
        let mut histogram = Histogram::default();
        (0..100_000).for_each(|value| histogram.record(value));
        for p in [0.05, 0.5, 0.95] {
            let quantile = histogram.quantile(p).unwrap();
            assert!((quantile / (p * 1e5) - 1.0).abs() < 2e-4, "{p}: {quantile}");
        }
        assert_eq!(histogram.mean(), Some(49_999.5));
    }

    #[test]
    fn merging_gives_the_histogram_of_all_values() {
        let (mut left, mut right, mut both) =
            (Histogram::default(), Histogram::default(), Histogram::default());
        for value in 0..5000 {
            if value % 3 == 0 {
                left.record(value);
            } else {
                right.record(value * 7);
            }
            both.record(if value % 3 == 0 { value } else { value * 7 });
        }
        left.merge(&right);
        assert_eq!(left, both);
    }

    #[test]
    fn a_constant_is_each_of_its_quantiles() {
        let mut histogram = Histogram::default();
        (0..7).for_each(|_| histogram.record(172_800));
        for p in [0.0, 0.05, 0.5, 0.95, 1.0] {
            assert_eq!(histogram.quantile(p), Some(172_800.0), "{p}");
        }
    }

    #[test]
    fn values_that_lie_apart_are_their_quantiles_exactly() {
        let mut histogram = Histogram::default();
        for value in [86_400, 86_400, 86_400, 172_800, 432_000] {
            histogram.record(value);
        }
        let quantiles = [0.1, 0.6, 0.61, 0.8, 0.81, 1.0].map(|p| histogram.quantile(p));
        let exact = [86_400.0, 86_400.0, 172_800.0, 172_800.0, 432_000.0, 432_000.0];
        assert_eq!(quantiles, exact.map(Some));
    }

    #[test]
    fn a_quantile_is_within_one_part_in_256_of_the_exact_one() {
        let values: Vec<u32> = (0..5000_u32).map(|i| i * i / 7 + 1000).collect();
        let mut histogram = Histogram::default();
        for &value in &values {
            histogram.record(value);
        }
        for percent in 1..100_usize {
            let exact = f64::from(values[percent * 50 - 1]);
            let got = histogram.quantile(percent as f64 / 100.0).unwrap();
            assert!((got / exact - 1.0).abs() < 1.0 / 256.0, "{percent} %: {got}, exactly {exact}");
        }
    }

    #[test]
    fn no_values_have_no_quantile() {
        assert_eq!(Histogram::default().quantile(0.5), None);
        assert_eq!(Histogram::default().mean(), None);
    }
}
