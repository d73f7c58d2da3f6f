//! How many orders a seller receives in a day.

use super::world::{MarketSpec, World};
use crate::sim::{Day, Distribution, Key};

/// The multiplier on the market's demand on `day`: weekday, surges, and a chance of its own.
pub(super) fn multiplier(world: &World, market: Key, day: Day) -> f64 {
    let spec = &world.market;
    let weekday = spec.weekday_profile[world.day_zero.of(day) as usize];
    weekday * surge(spec, day) * day_chance(spec, market, day)
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

fn day_chance(spec: &MarketSpec, market: Key, day: Day) -> f64 {
    if spec.day_dispersion <= 0.0 {
        return 1.0;
    }
    let law = Distribution::Gamma { shape: spec.day_dispersion.recip(), scale: spec.day_dispersion };
    let mut stream = market.child(u64::MAX).child(u64::from(day.0 as u32)).stream();
    law.draw(&mut stream).expect("a valid scenario has a valid dispersion")
}

/// Means up to this are inverted in one search.
const CHUNK_MEAN: f64 = 32.0;

/// A Poisson number with this mean, by inverse transform.
///
/// A larger mean never gives a smaller number for the same key. Large means are split: a sum of
/// independent Poisson numbers is Poisson.
pub(super) fn poisson(mean: f64, key: Key) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    let mut left = mean;
    let mut purpose = 0;
    let mut total = 0;
    while left > 0.0 {
        let part = left.min(CHUNK_MEAN);
        total += poisson_by_search(part, key.bits(purpose));
        left -= part;
        purpose += 1;
    }
    total
}

/// Beyond this the probability of a mean of [`CHUNK_MEAN`] is below the resolution of the uniform.
const MOST: usize = 200;

/// 1/n, because a division is the slowest step of the search.
const RECIPROCALS: [f64; MOST + 1] = {
    let mut table = [0.0; MOST + 1];
    let mut n = 1;
    while n <= MOST {
        table[n] = 1.0 / n as f64;
        n += 1;
    }
    table
};

/// Searches the distribution function upwards from 0.
fn poisson_by_search(mean: f64, bits: u64) -> u32 {
    let uniform = (bits >> 11) as f64 / 9_007_199_254_740_992.0;
    let mut probability = (-mean).exp();
    let mut below = probability;
    let mut number = 0;
    while uniform >= below && number < MOST {
        number += 1;
        probability *= mean * RECIPROCALS[number];
        below += probability;
    }
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_numbers_have_equal_mean_and_variance() {
        for mean in [0.3, 10.0, 31.9, 100.0] {
            let n = 200_000_u32;
            let numbers: Vec<f64> =
                (0..n).map(|i| f64::from(poisson(mean, Key::root(5).child(u64::from(i))))).collect();
            let average = numbers.iter().sum::<f64>() / f64::from(n);
            let variance = numbers.iter().map(|x| (x - average).powi(2)).sum::<f64>() / f64::from(n);
            // Four standard errors of the mean, and of the variance of a nearly normal number.
            assert!((average - mean).abs() < 4.0 * (mean / f64::from(n)).sqrt(), "{mean}: {average}");
            let error = ((mean + 2.0 * mean * mean) / f64::from(n)).sqrt();
            assert!((variance - mean).abs() < 4.0 * error, "{mean}: {variance}");
        }
    }

    #[test]
    fn a_larger_mean_never_gives_fewer_orders() {
        for i in 0..2000 {
            let key = Key::root(9).child(i);
            let numbers: Vec<u32> = (0..60).map(|step| poisson(f64::from(step) * 1.7, key)).collect();
            assert!(numbers.windows(2).all(|pair| pair[0] <= pair[1]), "{numbers:?}");
        }
    }
}
