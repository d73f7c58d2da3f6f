//! A histogram of whole numbers with bins that widen in proportion to the value.

/// Bins per doubling; a quantile is off by at most one part in this.
const PER_OCTAVE_BITS: u32 = 8;
const PER_OCTAVE: u32 = 1 << PER_OCTAVE_BITS;

/// Counts of whole numbers below 2^32, exact below 512 and within 1/256 above; merging is exact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Grows to the highest bin in use.
    bins: Vec<u64>,
    count: u64,
    sum: u64,
}

impl Histogram {
    /// Adds one value.
    #[inline]
    pub fn record(&mut self, value: u32) {
        let bin = bin_of(value);
        match self.bins.get_mut(bin) {
            Some(number) => *number += 1,
            None => self.begin_bin(bin),
        }
        self.count += 1;
        self.sum += u64::from(value);
    }

    /// Adds the first value of a bin beyond those in use.
    #[cold]
    fn begin_bin(&mut self, bin: usize) {
        self.bins.resize(bin, 0);
        self.bins.push(1);
    }

    /// Adds another histogram's values.
    pub fn merge(&mut self, other: &Self) {
        if other.bins.len() > self.bins.len() {
            self.bins.resize(other.bins.len(), 0);
        }
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            *bin += more;
        }
        self.count += other.count;
        self.sum += other.sum;
    }

    /// How many values there are.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The exact sum of all values.
    pub const fn sum(&self) -> u64 {
        self.sum
    }

    /// The exact mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// The value below which a share `p` lies, interpolated inside its bin; `None` without values.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if self.count == 0 {
            return None;
        }
        let wanted = p.clamp(0.0, 1.0) * self.count as f64;
        let mut below = 0.0;
        for (bin, &count) in self.bins.iter().enumerate() {
            let upto = below + count as f64;
            if upto >= wanted && count > 0 {
                let (low, high) = (f64::from(low_of(bin)), low_of(bin + 1));
                let inside = (wanted - below) / count as f64;
                return Some(low + (f64::from(high) - low - 1.0).max(0.0) * inside);
            }
            below = upto;
        }
        Some(f64::from(low_of(self.bins.len())))
    }

    /// How many values lie in `[from, until)`, counting a bin by the place of its lower end.
    pub fn count_between(&self, from: u32, until: u32) -> u64 {
        self.bins
            .iter()
            .enumerate()
            .filter(|&(bin, _)| (from..until).contains(&low_of(bin)))
            .map(|(_, count)| count)
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
    fn quantiles_are_within_two_percent() {
        let mut histogram = Histogram::default();
        (0..100_000).for_each(|value| histogram.record(value));
        for p in [0.05, 0.5, 0.95] {
            let quantile = histogram.quantile(p).unwrap();
            assert!((quantile / (p * 1e5) - 1.0).abs() < 0.02, "{p}: {quantile}");
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
    fn no_values_have_no_quantile() {
        assert_eq!(Histogram::default().quantile(0.5), None);
        assert_eq!(Histogram::default().mean(), None);
    }
}
