//! Late parcels under a promise that follows the route: numerical integration over the copula.

use crate::support::evidence::{Evidence, markets, pairs};
use crate::support::world::{DAY, quiet_world};
use redress::observe::Count;
use redress::sim::Distribution;
use redress::sim::distribution::standard_normal_cdf;

fn handling() -> Distribution {
    Distribution::Lognormal { median: 0.559_f64.exp() * DAY, sigma: 1.055 }
}

fn transit() -> Distribution {
    Distribution::Gamma { shape: 1.586, scale: 5.755 * DAY }
}

fn promise() -> Distribution {
    Distribution::Gamma { shape: 6.71, scale: 3.51 * DAY }
}

/// Quantiles of a distribution by normal score, on a grid from -7 to 7.
struct ByScore(Vec<f64>);

const STEPS: f64 = 200.0;
const LIMIT: f64 = 7.0;

impl ByScore {
    fn new(law: &Distribution) -> Self {
        let points = (2.0 * LIMIT * STEPS) as i32;
        Self((0..=points).map(|i| law.quantile(standard_normal_cdf(f64::from(i) / STEPS - LIMIT))).collect())
    }

    fn at(&self, score: f64) -> f64 {
        let place = ((score + LIMIT) * STEPS).clamp(0.0, self.0.len() as f64 - 1.001);
        let (below, inside) = (place as usize, place.fract());
        self.0[below] + (self.0[below + 1] - self.0[below]) * inside
    }
}

/// `P(H + T > P)`: the double integral over the normal scores of transit and of the promise's own part of
/// `P(H > promise(r z + sqrt(1 - r^2) w) - transit(z))`, by the trapezoidal rule at steps of 0.02.
fn late_share(correlation: f64) -> f64 {
    let (transit, promise, handling) = (ByScore::new(&transit()), ByScore::new(&promise()), handling());
    let step = 0.02;
    let scores = || (-325..=325).map(|i| f64::from(i) * step);
    let density = |z: f64| (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * step;
    let rest = (1.0 - correlation * correlation).sqrt();
    scores()
        .map(|z| {
            let route = transit.at(z);
            let given = |w: f64| 1.0 - handling.cdf(promise.at(correlation * z + rest * w) - route);
            density(z) * scores().map(|w| density(w) * given(w)).sum::<f64>()
        })
        .sum()
}

/// A million parcels of the fitted Olist legs, handling and transit, with the promise's correlation from
/// opposed to nearly the same.
#[test]
fn a_promise_that_follows_the_route_makes_the_integrated_share_late() {
    let mut evidence = Evidence::default();
    for (seed, correlation) in [(31, -0.5), (32, 0.0), (33, 0.55), (34, 0.9)] {
        let mut world = quiet_world();
        world.seed = seed;
        world.days = 500;
        world.market.orders_per_day = 2500.0;
        world.market.surges.push(redress::engine::Surge { first_day: 400, days: 100, multiplier: 0.0 });
        world.policy.shipment.deadline = redress::sim::Span::Never;
        let seller = &mut world.sellers[0];
        (seller.handling_time, seller.transit_time) = (handling(), transit());
        seller.promise = Some(promise());
        seller.promise_correlation = correlation;
        let (late, delivered) =
            pairs(&markets(&world), &[Count::OrdersDeliveredLate], &[Count::OrdersDelivered])[0];
        let name = format!("late share, correlation {correlation}");
        evidence.weigh_share(&name, late_share(correlation), late as u64, delivered as u64);
    }
    evidence.judge();
}
