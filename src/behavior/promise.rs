//! The promised delivery time, correlated with the route's transit time.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::sim::distribution::{Distribution, standard_normal_cdf, standard_normal_quantile};
use crate::sim::lanes::{Lanes, lanes};
use crate::sim::{QuantileTable, TableCache};
use std::sync::OnceLock;

/// Normal scores are tabulated as whole steps from `-SCORE_LIMIT` to `SCORE_LIMIT`.
const SCORE_LIMIT: f64 = 8.0;
const SCORE_STEPS: f64 = 1e6;
const CELLS: usize = 1024;
/// All uniforms.
const UNIFORMS: f64 = 4_294_967_296.0;

/// A promise with the law of its own and a Gaussian copula to the transit time.
///
/// Drawn apart from the transit time, a realistic promise makes twice as many parcels late as are
/// observed, because platforms promise more time for longer routes.
///
/// Scores come from a [`QuantileTable`], with its bounds: the distribution function of a promise errs by less than 4e-4, and
/// its quantiles out to one in a million by less than 1 %. Where straight lines between scores would miss the mean of the law by
/// more than 0.01 %, or draw what was not observed, the promise is the quantile at the probability of its score.
#[derive(Clone, Debug)]
pub struct PromiseTable {
    law: QuantileTable,
    correlation: f64,
    score: QuantileTable,
    /// Promises at scores of equal distance; none where each is looked up in the law.
    by_score: Vec<f32>,
}

/// Normal scores, which all promises share.
fn scores() -> QuantileTable {
    static SCORES: OnceLock<QuantileTable> = OnceLock::new();
    let score = |p: f64| {
        let score = standard_normal_quantile(p.clamp(1e-15, 1.0 - 1e-15));
        score.clamp(-SCORE_LIMIT, SCORE_LIMIT) + SCORE_LIMIT
    };
    SCORES.get_or_init(|| QuantileTable::of_quantiles(|| score, SCORE_STEPS)).clone()
}

impl PromiseTable {
    /// Tabulates `law` in seconds, with the correlation of normal scores in `[-1, 1]`.
    pub fn new(law: &Distribution, correlation: f64, cache: &TableCache) -> Self {
        let by_score: Vec<f32> = (0..=CELLS)
            .map(|cell| {
                let z = (cell as f64 / CELLS as f64 * 2.0 - 1.0) * SCORE_LIMIT;
                law.quantile(standard_normal_cdf(z).clamp(1e-12, 1.0 - 1e-12)) as f32
            })
            .collect();
        let mut table = Self { law: cache.table(law, 1.0), correlation, score: scores(), by_score };
        let exact = law.capped_mean(f64::from(u32::MAX));
        if law.draws_observations() || (table.mean_by_score() - exact).abs() > 1e-4 * exact {
            table.by_score = Vec::new();
        }
        table
    }

    /// The mean of promises at scores that are all drawn from the table of scores, where its straight lines matter most.
    fn mean_by_score(&self) -> f64 {
        // Halves, quarters, eighths of the uniforms towards either end, each cut evenly.
        const PARTS: u32 = 64;
        let mean_of = |bits: u32, is_upper: bool| -> f64 {
            let (from, width) = (1_u64 << (31 - bits), 1_u64 << (31 - bits));
            let sum: f64 = (0..u64::from(PARTS))
                .map(|part| {
                    let low = (from + (2 * part + 1) * width / u64::from(2 * PARTS)) as u32;
                    self.at_score(self.score_of(if is_upper { !low } else { low }))
                })
                .sum();
            sum / f64::from(PARTS) * 0.5_f64.powi(bits as i32 + 1)
        };
        (1..25).flat_map(|bits| [mean_of(bits, false), mean_of(bits, true)]).sum()
    }

    /// The normal score of a uniform.
    fn score_of(&self, u: u32) -> f64 {
        f64::from(self.score.at(u)) / SCORE_STEPS - SCORE_LIMIT
    }

    /// The promise at a normal score.
    fn at_score(&self, score: f64) -> f64 {
        let place = ((score / SCORE_LIMIT + 1.0) * 0.5 * CELLS as f64).clamp(0.0, CELLS as f64 - 1e-6);
        let cell = place as usize;
        let (low, high) = (f64::from(self.by_score[cell]), f64::from(self.by_score[cell + 1]));
        low + (high - low) * (place - cell as f64)
    }

    /// Whether the promise does not know the transit time.
    fn is_apart(&self) -> bool {
        self.correlation.abs() < 1e-9
    }

    /// Whether promises are found by cells.
    pub const fn has_cells(&self) -> bool {
        self.law.has_cells()
    }

    /// The promises of sixteen lanes, of a table that has cells unless `OBSERVED` says that it may not.
    #[inline(always)]
    pub fn of_lanes<const OBSERVED: bool>(&self, transit: &Lanes<u32>, own: &Lanes<u32>) -> Lanes<u32> {
        if self.is_apart() {
            self.law.of_lanes::<OBSERVED>(own)
        } else {
            lanes(|lane| self.at(transit[lane], own[lane]))
        }
    }

    /// The promise in seconds from placement, for the uniform that drew the transit time and one of its
    /// own.
    #[inline]
    pub fn at(&self, transit: u32, own: u32) -> u32 {
        if self.is_apart() {
            return self.law.at(own);
        }
        let rest = (1.0 - self.correlation * self.correlation).sqrt();
        if self.by_score.is_empty() {
            let score = |u: u32| standard_normal_quantile((f64::from(u) + 0.5) / UNIFORMS);
            let joint = self.correlation * score(transit) + rest * score(own);
            return self.law.at((standard_normal_cdf(joint) * UNIFORMS) as u32);
        }
        let joint = self.correlation * self.score_of(transit) + rest * self.score_of(own);
        self.at_score(joint) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Key;

    /// Pearson correlation of the logarithms of two samples.
    fn correlation(pairs: &[(f64, f64)]) -> f64 {
        let n = pairs.len() as f64;
        let (mean_x, mean_y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0 / n, y + pair.1 / n));
        let sums = pairs.iter().fold((0.0, 0.0, 0.0), |(xy, xx, yy), (x, y)| {
            (xy + (x - mean_x) * (y - mean_y), xx + (x - mean_x).powi(2), yy + (y - mean_y).powi(2))
        });
        sums.0 / (sums.1 * sums.2).sqrt()
    }

    /// Kolmogorov's distance below its critical value at 0.1 %, 1.95 / sqrt(n), and beyond far quantiles as many draws
    /// as a binomial number has within four standard errors, on both sides.
    #[test]
    fn a_million_promises_have_their_law_into_both_tails_whatever_the_correlation() {
        let law = Distribution::Lognormal { median: 22.0 * 86_400.0, sigma: 0.4 };
        for (seed, correlation) in (11..).zip([-0.9, 0.3, 0.55, 1.0]) {
            let (table, key, n) = (
                PromiseTable::new(&law, correlation, &TableCache::default()),
                Key::root(seed),
                1_000_000_u64,
            );
            let mut draws: Vec<f64> = (0..n)
                .map(|i| law.cdf(f64::from(table.at(key.uniform(2 * i), key.uniform(2 * i + 1))) + 0.5))
                .collect();
            draws.sort_by(f64::total_cmp);
            let place = |i: usize| i as f64 / n as f64;
            let distance =
                (0..draws.len()).fold(0.0_f64, |distance, i| distance.max((draws[i] - place(i)).abs()));
            assert!(distance < 1.95e-3, "{correlation}: {distance}");
            for tail in [1e-3, 1e-4, 1e-5] {
                let expected = tail * n as f64;
                let sides = [
                    draws.iter().filter(|&&draw| draw < tail).count(),
                    draws.iter().filter(|&&draw| draw > 1.0 - tail).count(),
                ];
                for beyond in sides {
                    let z = (beyond as f64 - expected) / expected.sqrt();
                    assert!(z.abs() < 4.0, "{correlation}, beyond {tail}: {beyond} of a million");
                }
            }
        }
    }

    /// With a correlation of 1 the promise is the quantile of the uniform that drew the transit time.
    #[test]
    fn a_promise_that_follows_its_route_has_exact_quantiles_out_to_one_in_a_million() {
        let law = Distribution::Gamma { shape: 3.0, scale: 500_000.0 };
        let table = PromiseTable::new(&law, 1.0, &TableCache::default());
        for p in [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.3, 0.5, 0.9, 0.999, 0.9999, 1.0 - 1e-6] {
            let (got, exact) = (f64::from(table.at((p * 4_294_967_296.0) as u32, 1 << 31)), law.quantile(p));
            assert!((got - exact).abs() < 2.0 + 0.01 * exact, "at {p}: {got}, exactly {exact}");
        }
    }

    #[test]
    fn lognormal_promise_and_transit_have_the_copulas_correlation() {
        let day = 86_400.0;
        let transit_law = Distribution::Lognormal { median: 7.0 * day, sigma: 0.9 };
        let promise_law = Distribution::Lognormal { median: 22.0 * day, sigma: 0.4 };
        let transit = QuantileTable::new(&transit_law, 1.0);
        let promise = PromiseTable::new(&promise_law, 0.55, &TableCache::default());
        let key = Key::root(3);
        let pairs: Vec<(f64, f64)> = (0..200_000)
            .map(|i| {
                let (a, b) = (key.uniform(2 * i), key.uniform(2 * i + 1));
                (f64::from(transit.at(a)).ln(), f64::from(promise.at(a, b)).ln())
            })
            .collect();
        // The standard error of a correlation of 0.55 at this size is 0.0016; four of them.
        assert!((correlation(&pairs) - 0.55).abs() < 0.0064, "{}", correlation(&pairs));
        let mean = pairs.iter().map(|pair| pair.1).sum::<f64>() / pairs.len() as f64;
        assert!((mean - (22.0 * day).ln()).abs() < 0.004, "{mean}");
    }

    #[test]
    fn observed_promises_are_drawn_as_they_are_whatever_the_correlation() {
        let law = Distribution::Empirical(vec![100.0, 100.0, 100.0, 5000.0].into());
        let (table, key, n) =
            (PromiseTable::new(&law, 0.6, &TableCache::default()), Key::root(8), 200_000_u64);
        let draws: Vec<u32> = (0..n).map(|i| table.at(key.uniform(2 * i), key.uniform(2 * i + 1))).collect();
        assert!(draws.iter().all(|&draw| draw == 100 || draw == 5000));
        let share = draws.iter().filter(|&&draw| draw == 5000).count() as f64 / n as f64;
        // Four standard errors.
        assert!((share - 0.25).abs() < 0.0039, "{share}");
    }

    #[test]
    fn promises_with_a_heavy_tail_have_the_mean_of_their_law() {
        let law = Distribution::Weibull { shape: 0.4, scale: 1e6 };
        let table = PromiseTable::new(&law, 1.0, &TableCache::default());
        let parts = 1_u32 << 22;
        let mean =
            (0..parts).map(|part| f64::from(table.at(part << 10 | 512, 0))).sum::<f64>() / f64::from(parts);
        assert!((mean / law.mean() - 1.0).abs() < 2e-4, "{mean}, exactly {}", law.mean());
    }

    #[test]
    fn a_promise_without_correlation_is_drawn_from_its_own_law_whatever_the_route() {
        let law = Distribution::Lognormal { median: 2e6, sigma: 0.4 };
        let (plain, promise) =
            (QuantileTable::new(&law, 1.0), PromiseTable::new(&law, 0.0, &TableCache::default()));
        for own in [0, 1 << 20, 1 << 31, u32::MAX] {
            assert_eq!([0, u32::MAX].map(|transit| promise.at(transit, own)), [plain.at(own); 2]);
        }
    }

    #[test]
    fn a_promise_rises_with_both_uniforms_up_to_the_end_of_its_law() {
        let promise = PromiseTable::new(
            &Distribution::Uniform { min: 1000.0, max: 2000.0 },
            0.7,
            &TableCache::default(),
        );
        let rising: Vec<u32> = (0..64).map(|i| promise.at(u32::MAX / 63 * i, u32::MAX / 63 * 20)).collect();
        assert!(rising.is_sorted() && rising[0] < rising[63]);
        let rising: Vec<u32> = (0..64).map(|i| promise.at(u32::MAX / 63 * 20, u32::MAX / 63 * i)).collect();
        assert!(rising.is_sorted() && rising[0] < rising[63]);
        // Between two places of the grid a promise lies on the straight line.
        for (own, quantile) in [(1 << 31, 0.5), (1 << 30, 0.25), (3 << 30, 0.75)] {
            let promise = PromiseTable::new(
                &Distribution::Uniform { min: 1000.0, max: 2000.0 },
                1e-6,
                &TableCache::default(),
            );
            assert!((f64::from(promise.at(0, own)) - 1000.0 - 1000.0 * quantile).abs() < 2.0);
        }
        // Both scores at their limits together lie beyond the grid, at either end.
        assert!(promise.at(0, 0) <= 1000);
        assert!(promise.at(u32::MAX, u32::MAX) >= 1999);
    }
}
