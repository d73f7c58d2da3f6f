//! Sampling where observed values are drawn as they are: a quantile function in pieces of any width.

use super::distribution::Distribution;
use super::lanes::{Lanes, lanes};
use super::quantile_cell::{Cell, Matching, Stretch, whole};

/// Bits of the uniform that say where to look for its piece.
const GUIDE_BITS: u32 = 10;

/// All uniforms.
const UNIFORMS: f64 = 4_294_967_296.0;

/// A stretch of uniforms: one observed value, or a straight line between two quantiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// The least uniform.
    from: u32,
    base: u32,
    /// The rise a uniform, in units of 2^-32.
    slope: u64,
}

/// A quantile function with steps.
///
/// Every observed value has its own share of the 2^32 uniforms, rounded by less than one of them, so that the mean errs by
/// less than 2^-32 of the distance from the smallest to the largest. What lies between observed values in a mixture is a straight line
/// with the mean of its stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QuantilePieces {
    pieces: Box<[Piece]>,
    /// The piece in which each of equal parts of the uniforms begins, and the last piece.
    guide: Box<[u32]>,
}

/// An observed value and its probability.
#[derive(Clone, Copy, Debug)]
struct Atom {
    value: f64,
    probability: f64,
}

impl Distribution {
    /// Whether observed values are drawn as they are, by the distribution or by a part of it.
    pub fn draws_observations(&self) -> bool {
        match self {
            Self::Empirical(_) => true,
            Self::Mixture(parts) => parts.iter().any(|(_, part)| part.draws_observations()),
            _ => false,
        }
    }

    /// Adds what has a probability of its own to `atoms`, and the rest to `others`, each with its share.
    fn take_apart(&self, share: f64, atoms: &mut Vec<Atom>, others: &mut Vec<(f64, Self)>) {
        match self {
            Self::Constant(value) => atoms.push(Atom { value: *value, probability: share }),
            Self::Empirical(values) => {
                let probability = share / values.len() as f64;
                atoms.extend(values.iter().map(|&value| Atom { value, probability }));
            }
            Self::Mixture(parts) => {
                for (weight, part) in parts {
                    part.take_apart(share * weight, atoms, others);
                }
            }
            _ => others.push((share, self.clone())),
        }
    }
}

impl QuantilePieces {
    /// The pieces of `distribution`, whose values are multiplied by `scale` and rounded to whole numbers; `ends` are probabilities in
    /// ascending order at which what lies between observed values is cut.
    pub(crate) fn new(distribution: &Distribution, scale: f64, ends: impl Iterator<Item = f64>) -> Self {
        let (mut atoms, mut others) = (Vec::new(), Vec::new());
        distribution.take_apart(1.0, &mut atoms, &mut others);
        atoms.sort_by(|one, other| one.value.total_cmp(&other.value));
        let mut builder =
            Builder { pieces: Vec::new(), matching: Matching::new(distribution.mean() * scale) };
        if others.is_empty() {
            let number = atoms.len() as f64;
            let is_one_sample = matches!(distribution, Distribution::Empirical(_));
            let mut below = 0.0;
            for (count, atom) in (1..).zip(atoms) {
                builder.step(below, whole(atom.value * scale));
                // Many small probabilities add up less exactly than their number is known.
                below = if is_one_sample { f64::from(count) / number } else { below + atom.probability };
            }
        } else {
            builder.mix(distribution, scale, &atoms, &Distribution::Mixture(others), ends);
        }
        builder.finish()
    }

    /// The values at the uniforms of sixteen lanes: apart from the code of lanes, which is the slower for its length.
    #[cold]
    #[inline(never)]
    pub(crate) fn of_lanes(&self, u: &Lanes<u32>) -> Lanes<u32> {
        lanes(|lane| self.at(u[lane]))
    }

    /// The value at the 32-bit uniform `u`.
    #[cold]
    #[inline(never)]
    pub(crate) fn at(&self, u: u32) -> u32 {
        let part = (u >> (32 - GUIDE_BITS)) as usize;
        let (first, last) = (self.guide[part] as usize, self.guide[part + 1] as usize);
        let piece = first + self.pieces[first + 1..=last].partition_point(|piece| piece.from <= u);
        let Piece { from, base, slope } = self.pieces[piece];
        base + ((u64::from(u - from) * slope) >> 32) as u32
    }

    /// The mean of the values at all uniforms.
    pub(crate) fn mean(&self) -> f64 {
        let ends = self.pieces[1..].iter().map(|piece| u64::from(piece.from)).chain([1 << 32]);
        let part = |(piece, end): (&Piece, u64)| {
            let places = end - u64::from(piece.from);
            let rise = (u128::from(piece.slope) * u128::from(places)).div_ceil(1 << 32) as u32;
            Cell::new(piece.base, rise).mean(places) * places as f64 / UNIFORMS
        };
        self.pieces.iter().zip(ends).map(part).sum()
    }

    /// The value, if there is only one.
    pub(crate) fn constant(&self) -> Option<u32> {
        let first = self.pieces[0];
        self.pieces.iter().all(|piece| piece.base == first.base && piece.slope == 0).then_some(first.base)
    }
}

/// Pieces in the making, in ascending order.
struct Builder {
    pieces: Vec<Piece>,
    matching: Matching,
}

/// The uniform at which a probability ends.
fn uniform(p: f64) -> u64 {
    (p.clamp(0.0, 1.0) * UNIFORMS).round() as u64
}

impl Builder {
    /// A piece from a probability on, in place of another that would begin there and be empty.
    fn push(&mut self, from: u64, base: u32, slope: u64) {
        let Ok(from) = u32::try_from(from) else { return };
        let same = self.pieces.last().is_some_and(|last| last.from == from);
        if same {
            self.pieces.pop();
        }
        match self.pieces.last() {
            Some(last) if last.base == base && last.slope == 0 && slope == 0 => {}
            _ => self.pieces.push(Piece { from, base, slope }),
        }
    }

    /// An observed value from a probability on.
    fn step(&mut self, from: f64, value: u32) {
        self.push(uniform(from), value, 0);
    }

    /// Observed values, and a straight line in each stretch between them that something else lies in.
    fn mix(
        &mut self,
        distribution: &Distribution,
        scale: f64,
        atoms: &[Atom],
        others: &Distribution,
        ends: impl Iterator<Item = f64>,
    ) {
        let cap = f64::from(u32::MAX) / scale;
        let mut quantile = distribution.ascending_quantiles();
        let mut ends = ends.filter(|&end| end > 0.0 && end < 1.0).peekable();
        let (mut from, mut low, mut before) = (0.0, distribution.support().0.min(cap), 0.0);
        let end_of_all = Atom { value: distribution.support().1, probability: 0.0 };
        for atom in atoms.iter().chain([&end_of_all]) {
            let share = if atom.probability > 0.0 { before + others.cdf(atom.value) } else { 1.0 };
            loop {
                let cut = ends.next_if(|&end| end < share);
                let (until, high) = match cut {
                    Some(end) if end <= from => continue,
                    Some(end) => (end, quantile(end).min(cap)),
                    None => (share, atom.value.min(cap)),
                };
                let integral = |p: f64, x: f64| others.integral_of_quantiles(p - before, x, cap);
                let (first, last) = (uniform(from), uniform(until));
                if last > first {
                    let mean = (integral(until, high) - integral(from, low)) / (until - from);
                    let stretch = Stretch { low: low * scale, high: high * scale, mean: mean * scale };
                    let cell = self.matching.cell(stretch, until - from, last - first);
                    self.push(first, cell.base(), (u64::from(cell.rise()) << 32) / (last - first));
                }
                (from, low) = (until.max(from), high);
                if cut.is_none() {
                    break;
                }
            }
            if atom.probability > 0.0 {
                self.step(from, whole(atom.value * scale));
                before += atom.probability;
                from += atom.probability;
            }
        }
    }

    fn finish(mut self) -> QuantilePieces {
        // Rounding may have left nothing for the lowest uniforms but the first value.
        if let Some(first) = self.pieces.first_mut() {
            first.from = 0;
        }
        let parts = 1_u32 << GUIDE_BITS;
        let beginning = |part: u32| {
            let least = part << (32 - GUIDE_BITS);
            (self.pieces.partition_point(|piece| piece.from <= least) - 1) as u32
        };
        let last = self.pieces.len() as u32 - 1;
        let guide = (0..parts).map(beginning).chain([last]).collect();
        QuantilePieces { pieces: self.pieces.into(), guide }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Probabilities at which tables cut as well, but coarser.
    fn ends() -> impl Iterator<Item = f64> {
        (1..1024).map(|cell| f64::from(cell) / 1024.0)
    }

    fn pieces(distribution: &Distribution) -> QuantilePieces {
        QuantilePieces::new(distribution, 1.0, ends())
    }

    /// The values at 2^22 uniforms at equal distances.
    fn values(pieces: &QuantilePieces) -> Vec<u32> {
        (0..1_u32 << 22).map(|part| pieces.at(part << 10 | 512)).collect()
    }

    fn share_of(values: &[u32], value: u32) -> f64 {
        values.iter().filter(|&&other| other == value).count() as f64 / values.len() as f64
    }

    #[test]
    fn observed_values_are_drawn_as_often_as_they_were_observed_and_no_others() {
        let distribution = Distribution::Empirical(vec![1.0, 1.0, 1.0, 7.0, 1000.0].into());
        let pieces = pieces(&distribution);
        let values = values(&pieces);
        for (value, share) in [(1, 0.6), (7, 0.2), (1000, 0.2)] {
            assert!((share_of(&values, value) - share).abs() < 1e-6, "{value}: {}", share_of(&values, value));
        }
        assert_eq!([0, u32::MAX].map(|u| pieces.at(u)), [1, 1000]);
    }

    #[test]
    fn each_of_many_observed_values_has_its_share_of_the_uniforms() {
        let values: Vec<f64> = (0..100_003).map(f64::from).collect();
        let pieces = pieces(&Distribution::Empirical(values.into()));
        let width = 4_294_967_296.0 / 100_003.0;
        for number in [0, 1, 2, 50_000, 77_777, 100_002] {
            let first = (f64::from(number) * width).round() as u64;
            assert_eq!(pieces.at(first as u32), number);
            assert_eq!(pieces.at((first + width as u64 - 1) as u32), number);
        }
    }

    #[test]
    fn a_mixture_draws_its_observed_values_as_they_are_and_has_its_exact_mean() {
        let observed = Distribution::Empirical(vec![500.0, 500.0, 40_000.0].into());
        let distribution = Distribution::Mixture(vec![
            (0.6, observed),
            (0.1, Distribution::Constant(2000.0)),
            (0.3, Distribution::Lognormal { median: 1000.0, sigma: 1.5 }),
        ]);
        let pieces = pieces(&distribution);
        let values = values(&pieces);
        for (value, share) in [(500, 0.4), (2000, 0.1), (40_000, 0.2)] {
            // A value of the lognormal distribution may be the same whole number.
            assert!((share_of(&values, value) - share).abs() < 1e-3, "{value}: {}", share_of(&values, value));
        }
        let mean = values.iter().map(|&value| f64::from(value)).sum::<f64>() / values.len() as f64;
        for mean in [mean, pieces.mean()] {
            assert!(
                (mean / distribution.mean() - 1.0).abs() < 1e-4,
                "{mean}, exactly {}",
                distribution.mean()
            );
        }
    }

    #[test]
    fn a_larger_uniform_never_gives_a_smaller_value() {
        let distribution = Distribution::Mixture(vec![
            (0.5, Distribution::Empirical(vec![10.0, 20.0, 2000.0].into())),
            (0.5, Distribution::Exponential { mean: 100.0 }),
        ]);
        let pieces = pieces(&distribution);
        assert!(values(&pieces).is_sorted());
    }

    #[test]
    fn a_sample_of_one_value_is_a_constant() {
        assert_eq!(pieces(&Distribution::Empirical(vec![3.0, 3.0].into())).constant(), Some(3));
        assert_eq!(pieces(&Distribution::Empirical(vec![3.0, 4.0].into())).constant(), None);
    }
}
