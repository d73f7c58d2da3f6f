//! What is drawn once for a seller or a day comes from the library's samplers, each from a stream of its own.

use super::fit::{ANDERSON_DARLING_LIMIT, KOLMOGOROV_LIMIT, anderson_darling, kolmogorov};
use super::tables::families;
use redress::sim::{Distribution, Key};

/// Streams of consecutive keys, as those of consecutive sellers are.
const STREAMS: u64 = 200_000;

/// Draws of a distribution as uniforms, one from each stream.
fn uniforms(law: &Distribution, seed: u64) -> Vec<f64> {
    let parent = Key::root(seed).child(u64::MAX);
    (0..STREAMS).map(|i| law.cdf(law.draw(&mut parent.child(i).stream()).unwrap())).collect()
}

#[test]
fn traits_of_consecutive_sellers_have_the_laws_of_their_families() {
    let day = Distribution::Gamma { shape: 1.0 / 0.12, scale: 0.12 };
    let laws = families().into_iter().map(|(name, law, _)| (name, law)).chain([("a day's chance", day)]);
    for (number, (name, law)) in (0..).zip(laws) {
        let mut uniforms = uniforms(&law, 600 + number);
        let distance = kolmogorov(&mut uniforms);
        assert!(distance < KOLMOGOROV_LIMIT, "{name}: {distance}");
        let statistic = anderson_darling(&mut uniforms);
        assert!(statistic < ANDERSON_DARLING_LIMIT, "{name}: {statistic}");
    }
}
