//! How search shares out demand (7.2 of docs/model.md).

use redress::policy::exposure::Exposure;

/// The share of demand of each seller.
pub(crate) fn shares(exposure: &Exposure, weights: &[f64]) -> Vec<f64> {
    let seen: Vec<f64> = match exposure {
        Exposure::Proportional => weights.to_vec(),
        Exposure::Position { exponent } => {
            weights.iter().map(|&own| at_positions(weights, own, |k| (k as f64).powf(-exponent))).collect()
        }
        Exposure::Clicks(table) => weights
            .iter()
            .map(|&own| at_positions(weights, own, |k| table[(k - 1).min(table.len() - 1)]))
            .collect(),
    };
    let total: f64 = seen.iter().sum();
    if total > 0.0 { seen.iter().map(|share| share / total).collect() } else { vec![0.0; seen.len()] }
}

/// The mean exposure of the positions that sellers of this weight share, positions counted from 1.
fn at_positions(weights: &[f64], own: f64, exposure: impl Fn(usize) -> f64) -> f64 {
    if own <= 0.0 {
        return 0.0;
    }
    let before = weights.iter().filter(|&&weight| weight > own).count();
    let level = weights.iter().filter(|&&weight| weight >= own).count();
    let total: f64 = (before + 1..=level).map(exposure).sum();
    total / (level - before) as f64
}

/// Of every gain against the base a part leaves the market.
pub(crate) fn with_leavers(base: &[f64], shares: &[f64], leaving: f64) -> Vec<f64> {
    base.iter()
        .zip(shares)
        .map(|(&base, &share)| if share > base { base + (share - base) * (1.0 - leaving) } else { share })
        .collect()
}

#[test]
fn equal_weights_share_their_positions_and_no_weight_has_none() {
    let exposure = Exposure::Clicks(vec![0.6, 0.2, 0.1]);
    let found = shares(&exposure, &[1.0, 0.0, 2.0, 1.0, 0.5]);
    for (found, expected) in found.iter().zip([0.15, 0.0, 0.6, 0.15, 0.1]) {
        assert!((found - expected).abs() < 1e-12);
    }
}
