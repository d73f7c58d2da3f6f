//! Shares of variance: first-order and total indices of Sobol'.
//!
//! From matrices A and B of points and, for each factor `i`, the matrix `AB_i` that is A with the column of B, with the
//! outputs `f`: the first-order index `mean(f(B) (f(AB_i) - f(A))) / V` (A. Saltelli and others, "Variance based
//! sensitivity analysis of model output", Computer Physics Communications 181, 2010) and the total index
//! `mean((f(A) - f(AB_i))²) / 2 V` (M. J. W. Jansen, "Analysis of variance designs for model output", Computer Physics
//! Communications 117, 1999). `V` is the variance of all outputs at A and B, and outputs are centred at their mean.
//!
//! Outputs that are means over replications are blurred. What noise adds to `V` is half the mean variance of the noise of
//! the differences `f(A) - f(B)`, and what it adds to the numerator of a total index half that of `f(A) - f(AB_i)`: both
//! are subtracted where they are told. As differences are paired by replication, this holds with and without common
//! random numbers. What it adds to the numerator of a first-order index is the mean covariance of the noise of `f(B)` with that of
//! `f(AB_i) - f(A)`: 0 if noise at different points is independent, or the same, but under common random numbers `AB_i` shares
//! more noise with B the more the factor moves it. It is subtracted as well.

use crate::stats::design::sobol;

/// The `d + 2` points of each of `count` rows, a power of 2 for the best balance: A, B, then `AB_i` for each factor. From
/// the Sobol sequence in `2 d` dimensions, shifted by as many drawn numbers (`sobol::shifted_points`).
///
/// The first rows of a large design are a small design.
pub fn saltelli_rows(count: u32, shifts: &[u32]) -> Vec<Vec<Vec<f64>>> {
    let dimensions = shifts.len() / 2;
    let row = |point: Vec<f64>| {
        let (a, b) = point.split_at(dimensions);
        let mixed = |factor: usize| {
            let mut mixed = a.to_vec();
            mixed[factor] = b[factor];
            mixed
        };
        [a.to_vec(), b.to_vec()].into_iter().chain((0..dimensions).map(mixed)).collect()
    };
    sobol::shifted_points(count, shifts).into_iter().map(row).collect()
}

/// The outputs of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOutputs {
    /// At A.
    pub a: f64,
    /// At B.
    pub b: f64,
    /// At `AB_i`, per factor.
    pub ab: Vec<f64>,
}

/// The noise of the outputs of one row: of means paired by replication, sample variances and covariances over their number.
#[derive(Clone, Debug, PartialEq)]
pub struct RowNoise {
    /// Variance of `f(A) - f(B)`.
    pub a_b: f64,
    /// Variance of `f(A) - f(AB_i)`, per factor.
    pub a_ab: Vec<f64>,
    /// Covariance of `f(B)` with `f(AB_i) - f(A)`, per factor.
    pub b_with_ab: Vec<f64>,
}

/// The indices of all factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// The share of variance that goes if the factor is fixed, on average. Estimates may lie a little outside `[0, 1]`.
    pub first: Vec<f64>,
    /// The share of variance that stays if all but the factor are fixed, on average.
    pub total: Vec<f64>,
    /// The variance `V` of the output over the factors' ranges, noise subtracted where it is known.
    pub variance: f64,
    /// The share of noise in the variance of the outputs that were told; `None` if it is not known.
    pub noise_share: Option<f64>,
}

/// Indices from rows, and from their noise if that is known, row by row; `None` if the outputs do not vary, or no more than
/// their noise.
pub fn indices(rows: &[RowOutputs], noise: Option<&[RowNoise]>) -> Option<Indices> {
    let all: Vec<usize> = (0..rows.len()).collect();
    indices_of(rows, noise, &all)
}

/// Indices from the rows with these numbers.
fn indices_of(rows: &[RowOutputs], noise: Option<&[RowNoise]>, chosen: &[usize]) -> Option<Indices> {
    let n = chosen.len() as f64;
    let mean_over = |value: &dyn Fn(usize) -> f64| chosen.iter().map(|&row| value(row)).sum::<f64>() / n;
    let centre = mean_over(&|row| f64::midpoint(rows[row].a, rows[row].b));
    let observed =
        mean_over(&|row| f64::midpoint((rows[row].a - centre).powi(2), (rows[row].b - centre).powi(2)));
    let blur = noise.map_or(0.0, |noise| mean_over(&|row| noise[row].a_b) / 2.0);
    let variance = observed - blur;
    // No number either, without rows.
    if variance.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
        return None;
    }
    let first = |factor: usize| {
        let blur = noise.map_or(0.0, |noise| mean_over(&|row| noise[row].b_with_ab[factor]));
        (mean_over(&|row| (rows[row].b - centre) * (rows[row].ab[factor] - rows[row].a)) - blur) / variance
    };
    let total = |factor: usize| {
        let blur = noise.map_or(0.0, |noise| mean_over(&|row| noise[row].a_ab[factor]));
        (mean_over(&|row| (rows[row].a - rows[row].ab[factor]).powi(2)) - blur) / (2.0 * variance)
    };
    let factors = 0..rows.first().map_or(0, |row| row.ab.len());
    Some(Indices {
        first: factors.clone().map(first).collect(),
        total: factors.map(total).collect(),
        variance,
        noise_share: noise.map(|_| blur / observed),
    })
}

/// Intervals of the indices of one factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndexIntervals {
    /// Of the first-order index.
    pub first: (f64, f64),
    /// Of the total index.
    pub total: (f64, f64),
}

/// Percentile intervals, per factor, from `resamples` bootstrap samples of whole rows that are drawn by uniforms in
/// `[0, 1)`; `None` if the indices themselves are, or half of the samples have none.
///
/// An interval wider than 0.1 calls for more rows.
pub fn bootstrap_intervals(
    rows: &[RowOutputs],
    noise: Option<&[RowNoise]>,
    resamples: u32,
    confidence: f64,
    mut uniform: impl FnMut() -> f64,
) -> Option<Vec<IndexIntervals>> {
    indices(rows, noise)?;
    let mut samples = Vec::new();
    for _ in 0..resamples {
        let chosen: Vec<usize> =
            rows.iter().map(|_| ((uniform() * rows.len() as f64) as usize).min(rows.len() - 1)).collect();
        samples.extend(indices_of(rows, noise, &chosen));
    }
    if samples.is_empty() || 2 * samples.len() < resamples as usize {
        return None;
    }
    let interval = |value: &dyn Fn(&Indices) -> f64| {
        let mut values: Vec<f64> = samples.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        let tail = (1.0 - confidence) / 2.0;
        (quantile(&values, tail), quantile(&values, 1.0 - tail))
    };
    let factors = 0..rows[0].ab.len();
    let of = |factor: usize| IndexIntervals {
        first: interval(&|sample| sample.first[factor]),
        total: interval(&|sample| sample.total[factor]),
    };
    Some(factors.map(of).collect())
}

/// The quantile of sorted values, interpolated between neighbours.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let place = p * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::super::ishigami;
    use super::*;

    fn outputs(rows: &[Vec<Vec<f64>>], function: impl Fn(&[f64]) -> f64) -> Vec<RowOutputs> {
        let row = |points: &Vec<Vec<f64>>| RowOutputs {
            a: function(&points[0]),
            b: function(&points[1]),
            ab: points[2..].iter().map(|point| function(point)).collect(),
        };
        rows.iter().map(row).collect()
    }

    const VARIANCE: f64 = 13.844_587_940_719_254;
    const FIRST: [f64; 3] = [0.313_905_191_1, 0.442_411_144_8, 0.0];
    const TOTAL: [f64; 3] = [0.557_588_855_2, 0.442_411_144_8, 0.243_683_664_1];

    /// From `scipy.stats.sobol_indices` 1.17.1 on points 1 to 1024 of the sequence.
    #[test]
    fn indices_of_the_ishigami_function_agree_with_the_reference_values() {
        let rows = &outputs(&saltelli_rows(1025, &[0; 6]), ishigami)[1..];
        let found = indices(rows, None).unwrap();
        let first = [0.333_160_570_547_904_6, 0.442_094_583_138_110_95, 0.018_593_444_491_318_34];
        let total = [0.558_497_772_537_699_6, 0.443_771_378_931_259_3, 0.242_287_574_704_103_48];
        for factor in 0..3 {
            assert!((found.first[factor] - first[factor]).abs() < 1e-12, "{found:?}");
            assert!((found.total[factor] - total[factor]).abs() < 1e-12, "{found:?}");
        }
        assert_eq!(found.noise_share, None);
    }

    #[test]
    fn indices_approach_the_exact_ones_and_their_intervals_hold_them() {
        let shifts: Vec<u32> = (1..=6_u32).map(|d| d.wrapping_mul(0x9E37_79B9)).collect();
        let rows = outputs(&saltelli_rows(4096, &shifts), ishigami);
        let found = indices(&rows, None).unwrap();
        assert!((found.variance / VARIANCE - 1.0).abs() < 0.01);
        let mut draw = 0.0;
        let uniform = || {
            draw += 1.0;
            draw * draw * 0.618_033_988_749_894_9 % 1.0
        };
        let intervals = bootstrap_intervals(&rows[..1024], None, 200, 0.95, uniform).unwrap();
        for factor in 0..3 {
            assert!((found.first[factor] - FIRST[factor]).abs() < 0.02, "{found:?}");
            assert!((found.total[factor] - TOTAL[factor]).abs() < 0.02, "{found:?}");
            let IndexIntervals { first, total } = intervals[factor];
            assert!(
                first.0 < FIRST[factor] && FIRST[factor] < first.1 && first.1 - first.0 < 0.3,
                "{first:?}"
            );
            assert!(total.0 < TOTAL[factor] && TOTAL[factor] < total.1, "{total:?}");
        }
    }

    /// A swing that stands for noise: a value with mean 0 and variance 1/2 that differs from point to point.
    fn swing(point: &[f64], seed: f64) -> f64 {
        (1e6 * (point[0] + 1.7 * point[1]) + seed).sin()
    }

    /// `x + 2 y` has indices of 1/5 and 4/5 and a variance of 5/12; noise with a variance of 0.125 is 23 % of the total.
    #[test]
    fn noise_that_is_told_is_taken_out_of_total_indices_and_of_the_variance() {
        let rows = saltelli_rows(4096, &[12_345, 1 << 30, 77, 3 << 20]);
        let noisy = outputs(&rows, |point| point[0] + 2.0 * point[1] + 0.5 * swing(point, 1.0));
        let noise = vec![RowNoise { a_b: 0.25, a_ab: vec![0.25; 2], b_with_ab: vec![0.0; 2] }; rows.len()];
        let (raw, corrected) = (indices(&noisy, None).unwrap(), indices(&noisy, Some(&noise)).unwrap());
        assert!(raw.total[0] > 0.35, "{raw:?}");
        assert!((corrected.noise_share.unwrap() - 0.125 / (5.0 / 12.0 + 0.125)).abs() < 0.01);
        assert!((corrected.variance - 5.0 / 12.0).abs() < 0.01, "{corrected:?}");
        for (factor, exact) in [0.2, 0.8].into_iter().enumerate() {
            assert!((corrected.first[factor] - exact).abs() < 0.05, "{corrected:?}");
            assert!((corrected.total[factor] - exact).abs() < 0.02, "{corrected:?}");
        }
    }

    /// Under common random numbers a point and the one that shares its second factor have the same noise, which would count as
    /// that factor's.
    #[test]
    fn noise_that_points_of_the_same_level_share_is_taken_out_of_first_order_indices() {
        let rows = saltelli_rows(4096, &[12_345, 1 << 30, 77, 3 << 20]);
        let shared = |point: &[f64]| (1e6 * point[1]).sin();
        let noisy = outputs(&rows, |point| point[0] + 2.0 * point[1] + 0.5 * shared(point));
        // The covariance of B with AB is the variance of the noise for the second factor, and none with A.
        let noise = RowNoise { a_b: 0.25, a_ab: vec![0.0, 0.25], b_with_ab: vec![0.0, 0.125] };
        let noise = vec![noise; rows.len()];
        let (raw, corrected) = (indices(&noisy, None).unwrap(), indices(&noisy, Some(&noise)).unwrap());
        assert!(raw.first[1] * raw.variance > 0.43, "{raw:?}");
        for (factor, exact) in [0.2, 0.8].into_iter().enumerate() {
            assert!((corrected.first[factor] - exact).abs() < 0.03, "{corrected:?}");
            assert!((corrected.total[factor] - exact).abs() < 0.02, "{corrected:?}");
        }
    }

    #[test]
    fn outputs_that_do_not_vary_have_no_indices() {
        let rows = outputs(&saltelli_rows(8, &[0; 4]), |_| 3.0);
        assert_eq!(indices(&rows, None), None);
        assert_eq!(indices(&[], None), None);
        assert_eq!(bootstrap_intervals(&rows, None, 10, 0.95, || 0.5), None);
    }
}
