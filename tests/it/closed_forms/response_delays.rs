//! Sellers that answer after a delay of its own: nobody queues, every answer is independent.

use crate::support::evidence::{Evidence, markets, pairs};
use crate::support::world::{DAY, always, answers_after, quiet_world, span};
use redress::behavior::{Response, ResponseDelay};
use redress::engine::World;
use redress::observe::Count;
use redress::sim::Distribution;
use redress::sim::distribution::standard_normal_cdf;

/// A world with half a million disputes, placed on days early enough that every one of them ends.
fn disputed_world(response: Response) -> World {
    let mut world = quiet_world();
    world.days = 250;
    world.market.orders_per_day = 2500.0;
    world.market.surges.push(redress::engine::Surge { first_day: 200, days: 50, multiplier: 0.0 });
    world.sellers[0].defect = always();
    world.sellers[0].response = response;
    world
}

fn missed(world: &World) -> (u64, u64) {
    let outcome = markets(world);
    let count = |what: &[Count]| pairs(&outcome, what, what)[0].0 as u64;
    (count(&[Count::DisputesAutoExecuted]), count(&[Count::DisputesFiled]))
}

/// `P(missed) = 1 - Phi((ln d - m) / s)`; with `m = 0.559`, `s = 1.055` and `d` in days the facts,
/// section 4.1, give 0.702, 0.449, 0.305, 0.160, 0.094, 0.049.
#[test]
fn a_lognormal_delay_misses_the_deadline_with_its_tail() {
    let mut evidence = Evidence::default();
    let law = Distribution::Lognormal { median: 0.559_f64.exp() * DAY, sigma: 1.055 };
    for (d, table) in [(1, 0.702), (2, 0.449), (3, 0.305), (5, 0.160), (7, 0.094), (10, 0.049)] {
        let theory = 1.0 - standard_normal_cdf((f64::from(d).ln() - 0.559) / 1.055);
        assert!((theory - table).abs() < 6e-4, "{d} days: {theory}");
        let mut world = disputed_world(answers_after(law.clone()));
        world.policy.dispute.response_deadline = span(i64::from(d));
        // Draws of their own for each deadline, so that six comparisons are not one.
        world.seed = d as u64;
        let (missed, filed) = missed(&world);
        evidence.weigh_share(&format!("missed, lognormal delay, {d} days"), theory, missed, filed);
    }
    evidence.judge();
}

/// A fraction of the deadline is never late by itself: what is missed is what is never answered, and the
/// mean delay of the others is the mean fraction: 0.637 of five days for Beta(1.07, 0.61), with the
/// standard error `sd / sqrt(n)`, `sd^2 = ab / ((a + b)^2 (a + b + 1))`.
#[test]
fn a_fraction_of_the_deadline_misses_only_what_is_never_answered() {
    let mut evidence = Evidence::default();
    let (a, b) = (1.07, 0.61);
    let delay = ResponseDelay::FractionOfDeadline(Distribution::Beta { alpha: a, beta: b });
    let world = disputed_world(Response::Delay { delay, never: 0.0189 });
    let (missed, filed) = missed(&world);
    evidence.weigh_share("missed, fraction of the deadline", 0.0189, missed, filed);
    let outcome = markets(&world);
    let delays = &outcome[0].market.delays;
    let deviation = (a * b / ((a + b) * (a + b) * (a + b + 1.0))).sqrt();
    let mean = delays.mean().expect("there are answers") / (5.0 * DAY);
    evidence.weigh(
        "mean fraction of the deadline",
        a / (a + b),
        mean,
        deviation / (delays.count() as f64).sqrt(),
    );
    evidence.judge();
}

/// The delays of answers in time have the delay's own distribution, cut off at the deadline: exponential of mean
/// two days, five days to answer, held at powers of two in seconds, where the histogram's bins begin.
#[test]
fn delays_of_answers_have_the_delays_own_law_up_to_the_deadline() {
    let mut evidence = Evidence::default();
    let law = Distribution::Exponential { mean: 2.0 * DAY };
    let outcome = markets(&disputed_world(answers_after(law.clone())));
    let delays = &outcome[0].market.delays;
    let cut = law.cdf(5.0 * DAY);
    for exponent in [10, 13, 15, 16, 17, 18] {
        let bound = 1_u32 << exponent;
        let theory = law.cdf(f64::from(bound)) / cut;
        let below = delays.count_between(0, bound);
        evidence.weigh_share(&format!("answered within {bound} s"), theory, below, delays.count());
    }
    evidence.judge();
}
