//! Specifications of distributions.

use super::confined::option_stays_inside;
use super::errors::accepted;
use redress::engine::World;
use redress::scenario::Source;
use redress::sim::Distribution;
use std::sync::OnceLock;

type Key = (&'static str, fn(&World) -> &Distribution);

/// A key of each measure and range that distributions have.
const KEYS: [Key; 6] = [
    ("sellers[*].transit_time", |world| &world.sellers[0].transit_time),
    ("market.order_value", |world| &world.market.order_value),
    ("sellers[*].stock_out", |world| &world.sellers[0].stock_out),
    ("sellers[*].severity", |world| &world.sellers[0].severity),
    ("sellers[*].attractiveness", |world| &world.sellers[0].attractiveness),
    ("sellers[*].counter_fraction", |world| &world.sellers[0].counter_fraction),
];

/// Probabilities from the far lower to the far upper tail of 32-bit uniforms.
const PROBABILITIES: [f64; 17] = [
    0.0,
    1.2e-10,
    1e-9,
    1e-6,
    1e-3,
    0.01,
    0.1,
    0.25,
    0.5,
    0.75,
    0.9,
    0.99,
    0.999,
    0.999_999,
    1.0 - 1e-9,
    1.0 - 1.2e-10,
    1.0,
];

/// Any text is refused as the value of a key that takes distributions, or is a distribution whose quantiles are
/// numbers, never decrease, lie within its support and invert its distribution function. The first byte
/// chooses the key.
pub fn any_distribution_has_sound_quantiles_or_is_refused(bytes: &[u8]) -> bool {
    let Some((first, rest)) = bytes.split_first() else {
        return false;
    };
    let Ok(text) = std::str::from_utf8(rest) else {
        return false;
    };
    if !option_stays_inside(text) {
        return false;
    }
    let (key, law) = KEYS[usize::from(*first) % KEYS.len()];
    let mut source = quiet();
    let resolved = source.set(&format!("{key}={text}")).and_then(|()| source.resolve());
    if let Some(scenario) = accepted(resolved) {
        assert_sound(law(&scenario.world));
        super::scenario::assert_resolves_to_itself(&scenario);
    }
    true
}

/// A small scenario in a folder that does not exist.
fn quiet() -> Source {
    static QUIET: OnceLock<Source> = OnceLock::new();
    let text = include_str!("../../../scenarios/verification/base.toml");
    QUIET.get_or_init(|| Source::from_text("no such folder/quiet.toml", text).unwrap()).clone()
}

fn assert_sound(law: &Distribution) {
    let (low, high) = law.support();
    assert!(low >= 0.0 && low <= high, "{law:?} has the support {low} to {high}");
    let mean = law.mean();
    assert!(mean.is_finite() && within(mean, low, high), "{law:?} has the mean {mean}");
    let mut next = law.ascending_quantiles();
    let mut last = low;
    for p in PROBABILITIES {
        let quantile = law.quantile(p);
        assert!(quantile.is_finite() || (p >= 1.0 && high.is_infinite()), "{law:?} at {p}: {quantile}");
        assert!(within(quantile, low, high), "{law:?} at {p}: {quantile} is not in {low} to {high}");
        assert!(quantile >= last * (1.0 - 1e-9), "{law:?} at {p}: {quantile} after {last}");
        assert_inverts(law, p, quantile);
        let ascending = next(p);
        assert_inverts(law, p, ascending);
        last = quantile;
    }
}

/// Between two ends but for rounding.
fn within(value: f64, low: f64, high: f64) -> bool {
    value >= low * (1.0 - 1e-12) && value <= high * (1.0 + 1e-12)
}

/// `quantile` is, but for rounding, where the distribution function passes `p`.
fn assert_inverts(law: &Distribution, p: f64, quantile: f64) {
    if quantile.is_infinite() {
        return;
    }
    let before = if quantile > f64::MIN_POSITIVE { law.cdf(quantile * (1.0 - 1e-9)) } else { 0.0 };
    let after = law.cdf(quantile * (1.0 + 1e-9));
    assert!(after >= p - 1e-6, "{law:?}: {quantile} is below the quantile at {p}, with {after} up to it");
    assert!(before <= p + 1e-6, "{law:?}: {quantile} is above the quantile at {p}, with {before} before it");
}
