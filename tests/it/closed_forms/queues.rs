//! Desks without a deadline: M/M/1, M/M/c and M/G/1, through the delays of their answers.
//!
//! Values from the table of exact forms in the simulator's reference: mean waits in mean services at
//! load 0.8 are M/M/1 4, M/M/2 1.7777778; M/M/5 at 0.8 0.5541126; M/M/10 at 0.9 0.6687315; M/D/1 2,
//! M/E2/1 3, M/U(0, 2)/1 2.6666667, lognormal of squared variation 2: 6.

use super::{SERVICE, disputed_world, exponential_desk};
use crate::support::evidence::{Evidence, markets};
use crate::support::world::desk;
use redress::behavior::{DeskSpec, Response};
use redress::engine::World;
use redress::observe::MarketOutcome;
use redress::sim::{Distribution, Span};
use redress::verification::theory::queues::erlang_c;

const ORDERS: f64 = 2e6;

/// A world without deadlines; every case has a seed of its own.
fn patient_world(seed: u64, load: f64, spec: DeskSpec) -> World {
    let mut world = disputed_world(load, spec.agents, ORDERS);
    world.seed = seed;
    world.warm_up_days = 200;
    world.policy.dispute.response_deadline = Span::Never;
    world.sellers[0].response = Response::Desk(spec);
    world
}

/// Mean time to the answer of each market, in mean services.
fn mean_delays(markets: &[MarketOutcome]) -> Vec<f64> {
    markets.iter().map(|market| market.market.delays.mean().unwrap_or(f64::NAN) / SERVICE).collect()
}

/// Mean response of M/M/c: `1 + C(c, a) / (c - a)` services.
#[test]
fn agents_with_exponential_services_answer_as_erlang_says() {
    let mut evidence = Evidence::default();
    for (agents, load, wait) in
        [(1, 0.8, 4.0), (2, 0.8, 1.777_777_8), (5, 0.8, 0.554_112_6), (10, 0.9, 0.668_731_5)]
    {
        let c = f64::from(agents);
        let theory = erlang_c(agents, load * c) / (c * (1.0 - load));
        assert!((theory - wait).abs() < 1e-7, "c = {agents}: {theory}");
        let markets = markets(&patient_world(u64::from(agents), load, exponential_desk(agents)));
        evidence.weigh_batches(
            &format!("response, M/M/{agents} at {load}"),
            1.0 + theory,
            &mean_delays(&markets),
        );
    }
    evidence.judge();
}

/// Pollaczek and Khinchine: a mean wait of `rho (1 + s) / (2 (1 - rho))` services, `s` the squared
/// coefficient of variation of a service.
#[test]
fn one_agent_answers_as_pollaczek_and_khinchine_say() {
    let mut evidence = Evidence::default();
    let load: f64 = 0.8;
    let laws = [
        ("M/D/1", Distribution::Constant(SERVICE), 0.0, 2.0),
        ("M/E2/1", Distribution::Gamma { shape: 2.0, scale: SERVICE / 2.0 }, 0.5, 3.0),
        ("M/U(0,2)/1", Distribution::Uniform { min: 0.0, max: 2.0 * SERVICE }, 1.0 / 3.0, 2.666_666_7),
        (
            "M/LN/1",
            Distribution::Lognormal { median: SERVICE / 3.0_f64.sqrt(), sigma: 3.0_f64.ln().sqrt() },
            2.0,
            6.0,
        ),
    ];
    for (seed, (name, law, variation, wait)) in (21..).zip(laws) {
        let theory = load * (1.0 + variation) / (2.0 * (1.0 - load));
        assert!((theory - wait).abs() < 1e-6, "{name}: {theory}");
        let markets = markets(&patient_world(seed, load, desk(1, law)));
        evidence.weigh_batches(&format!("response, {name} at {load}"), 1.0 + theory, &mean_delays(&markets));
    }
    evidence.judge();
}

/// The time to the answer of M/M/1 is exponential with rate `1 - rho`; that of M/M/c has the tail
/// `exp(-t) + C (exp(-t) - exp(-b t)) / (b - 1)`, `b = c - a`: service with probability `1 - C`, else
/// service after an exponential wait of rate `b`. Held at powers of two in seconds, where bins begin.
#[test]
fn the_time_to_an_answer_has_its_distribution() {
    let mut evidence = Evidence::default();
    for (agents, load) in [(1, 0.8), (5, 0.8)] {
        let markets = markets(&patient_world(u64::from(agents), load, exponential_desk(agents)));
        for exponent in [12, 13, 14, 15, 16] {
            let seconds = 1_u32 << exponent;
            // A delay in whole seconds reaches the bound if the exact one does, but for two roundings down.
            let t = f64::from(seconds) / SERVICE;
            let b = f64::from(agents) * (1.0 - load);
            let busy = erlang_c(agents, load * f64::from(agents));
            let in_service = (1.0 - busy) * (-t).exp();
            let after_wait = if (b - 1.0).abs() < 1e-9 {
                (1.0 + t) * (-t).exp()
            } else {
                (b * (-t).exp() - (-b * t).exp()) / (b - 1.0)
            };
            let pairs: Vec<(f64, f64)> = markets
                .iter()
                .map(|market| {
                    let delays = &market.market.delays;
                    (delays.count_between(seconds, u32::MAX) as f64, delays.count() as f64)
                })
                .collect();
            let name = format!("P(answer after {seconds} s), M/M/{agents} at {load}");
            evidence.weigh_ratio(&name, in_service + busy * after_wait, &pairs);
        }
    }
    evidence.judge();
}
