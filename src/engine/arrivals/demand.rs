//! How many orders a market receives in a day.

use crate::engine::setup::world::{MarketSpec, World};
use crate::sim::{Day, Distribution, Key};

/// The multiplier on the market's demand on `day`: weekday, surges, and a chance of its own.
pub(crate) fn multiplier(world: &World, market: Key, day: Day) -> f64 {
    let spec = &world.market;
    let weekday = spec.weekday_profile[world.day_zero.of(day) as usize];
    weekday * surge(spec, day) * day_chance(spec.day_dispersion, market, day)
}

fn surge(spec: &MarketSpec, day: Day) -> f64 {
    let is_in =
        |first: i32, days: u32| day.0 >= first && i64::from(day.0) < i64::from(first) + i64::from(days);
    spec.surges
        .iter()
        .filter(|surge| is_in(surge.first_day, surge.days))
        .map(|surge| surge.multiplier)
        .product()
}

/// A multiplier of less variance is 1 but for rounding, and the library's sampler does not end where its inverse is infinite.
const LEAST_DISPERSION: f64 = 1e-33;

fn day_chance(dispersion: f64, market: Key, day: Day) -> f64 {
    if dispersion < LEAST_DISPERSION {
        return 1.0;
    }
    let law = Distribution::Gamma { shape: dispersion.recip(), scale: dispersion };
    let mut stream = market.child(u64::MAX).child(u64::from(day.0 as u32)).stream();
    law.draw(&mut stream).expect("a valid scenario has a valid dispersion")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dispersion_too_small_to_matter_is_none() {
        for tiny in [0.0, 5e-324, 1e-320, 1e-310, 2.3e-308, 1e-34, 1e-32] {
            let chance = day_chance(tiny, Key::root(1), Day(0));
            assert!((chance - 1.0).abs() < 1e-14, "{tiny}: {chance}");
        }
    }

    #[test]
    fn a_dispersion_that_matters_makes_days_differ() {
        let chances: Vec<f64> = (0..1000).map(|day| day_chance(0.1, Key::root(1), Day(day))).collect();
        let mean = chances.iter().sum::<f64>() / 1000.0;
        let variance = chances.iter().map(|chance| (chance - mean).powi(2)).sum::<f64>() / 1000.0;
        assert!((mean - 1.0).abs() < 0.04 && (variance - 0.1).abs() < 0.02, "{mean} {variance}");
    }
}
