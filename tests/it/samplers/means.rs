//! Means of tabulated distributions against closed forms, over the families and shapes that a scenario may have.

use redress::sim::{Distribution, QuantileTable};

/// The most that the mean of a table errs by, as a part of it.
const AT_MOST: f64 = 1e-4;

/// Laws of every family with a median or a mean near `size`, over the shapes that scenarios may have.
fn grid(size: f64) -> Vec<Distribution> {
    let mut laws = vec![
        Distribution::Exponential { mean: size },
        Distribution::Uniform { min: 0.0, max: size },
        Distribution::Uniform { min: size, max: 3.0 * size },
        Distribution::Triangular { min: 0.0, mode: 0.0, max: size },
        Distribution::Triangular { min: 0.0, mode: size, max: size },
        Distribution::Triangular { min: 0.2 * size, mode: size, max: 7.0 * size },
    ];
    for sigma in [0.01, 0.1, 0.3, 0.5, 0.811, 1.0, 1.2, 1.5, 1.77, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0, 20.0] {
        laws.push(Distribution::Lognormal { median: size, sigma });
    }
    for shape in [0.05, 0.07, 0.1, 0.2, 0.3, 0.4, 0.5, 0.61, 0.8, 1.0, 1.5, 2.0, 5.0, 30.0, 1000.0, 10_000.0]
    {
        laws.push(Distribution::Weibull { shape, scale: size });
        laws.push(Distribution::Gamma { shape, scale: size / shape });
    }
    let lognormal = |sigma| Distribution::Lognormal { median: size, sigma };
    laws.push(Distribution::Mixture(vec![(0.9, Distribution::Constant(size)), (0.1, lognormal(2.0))]));
    laws.push(Distribution::Mixture(vec![(0.5, lognormal(0.3)), (0.5, lognormal(2.5))]));
    laws.push(Distribution::Mixture(vec![
        (0.999, Distribution::Uniform { min: 0.0, max: size }),
        (0.001, Distribution::Constant(1000.0 * size)),
    ]));
    let observed: Vec<f64> = (1..=50).map(|i| size * f64::from(i * i) / 100.0).collect();
    laws.push(Distribution::Empirical(observed.clone().into()));
    laws.push(Distribution::Interpolated(observed.clone().into()));
    laws.push(Distribution::Interpolated(vec![size, size, size, size, 91.0 * size].into()));
    laws.push(Distribution::Mixture(vec![
        (0.5, Distribution::Empirical(observed.into())),
        (0.5, lognormal(2.0)),
    ]));
    laws
}

/// Laws on [0, 1].
fn shares() -> Vec<Distribution> {
    let shapes = [0.05, 0.2, 0.61, 1.0, 1.5, 5.0, 40.0, 10_000.0];
    let beta = |alpha: f64| shapes.iter().map(move |&beta| Distribution::Beta { alpha, beta });
    shapes.iter().flat_map(|&alpha| beta(alpha)).collect()
}

/// Whether values differ by more than rounding hides.
fn is_wide(law: &Distribution, scale: f64) -> bool {
    (law.quantile(0.9) - law.quantile(0.1)) * scale >= 20.0
}

fn hold(laws: &[Distribution], scale: f64) {
    for law in laws.iter().filter(|law| is_wide(law, scale)) {
        let exact = law.capped_mean(f64::from(u32::MAX) / scale) * scale;
        let error = QuantileTable::new(law, scale).mean() / exact - 1.0;
        assert!(error.abs() <= AT_MOST, "{law:?} in steps of 1 / {scale}: {error:+.2e}");
    }
}

#[test]
fn tables_of_times_in_seconds_have_their_means_within_one_in_ten_thousand() {
    for size in [60.0, 3600.0, 86_400.0, 864_000.0, 8_640_000.0] {
        hold(&grid(size), 1.0);
    }
}

#[test]
fn tables_of_amounts_in_cents_have_their_means_within_one_in_ten_thousand() {
    for size in [100.0, 1000.0, 2500.0, 30_000.0, 4_000_000.0] {
        hold(&grid(size), 1.0);
    }
}

#[test]
fn tables_of_shares_have_their_means_within_one_in_ten_thousand() {
    hold(&shares(), 4_294_967_296.0);
    hold(&shares(), 1e6);
}

/// A distribution that may exceed what a table holds has the mean of the values cut off there.
#[test]
fn a_capped_table_has_the_mean_of_the_capped_law() {
    let law = Distribution::Exponential { mean: 3e9 };
    let (cap, mean) = (f64::from(u32::MAX), 3e9);
    let exact = mean * (1.0 - (-cap / mean).exp());
    let got = QuantileTable::new(&law, 1.0).mean();
    assert!((got / exact - 1.0).abs() < AT_MOST, "{got}, exactly {exact}");
}

/// What a table says is its mean is the mean of what it gives: sums over 2^26 uniforms at equal distances, of distributions that are
/// tabulated cell by cell, matched to their mean, and in pieces.
#[test]
fn the_mean_of_a_table_is_that_of_its_values() {
    for law in [
        Distribution::Lognormal { median: 2500.0, sigma: 0.6 },
        Distribution::Weibull { shape: 0.4, scale: 5000.0 },
        Distribution::Empirical(vec![1.0, 1.0, 91.0].into()),
    ] {
        let table = QuantileTable::new(&law, 1.0);
        let sum: f64 = (0..1_u32 << 26).map(|part| f64::from(table.at(part << 6 | 32))).sum();
        let got = sum / f64::from(1_u32 << 26);
        assert!((table.mean() / got - 1.0).abs() < 2e-6, "{law:?}: {} of {got}", table.mean());
    }
}

/// The ten values of a sample that interpolation would give the mean 6.07.
#[test]
fn ones_and_a_ninety_one_have_their_mean_of_ten() {
    let law = Distribution::Empirical(vec![1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 91.0].into());
    let table = QuantileTable::new(&law, 100.0);
    assert!((table.mean() - 1000.0).abs() < 1e-6, "{}", table.mean());
}
