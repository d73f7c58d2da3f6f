//! Any valid world: strategies over every field of [`World`], within bounds that keep a run short.
//!
//! Read [`laws`] (distributions and spans), [`people`] (segments), [`rules`] (policies), [`appeals`] (what each says of R12).

mod appeals;
mod laws;
mod people;
mod rules;

use laws::{positive, probability};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestError, TestRunner};
use redress::behavior::{Response, ResponseDelay};
use redress::engine::{MarketSpec, Surge, World};
use redress::policy::exposure::Exposure;
use redress::sim::{SimDuration, Span, Weekday};

/// Holds a property of any valid world against so many of them, the same ones every time.
pub(crate) fn for_any_world(cases: u32, holds: impl Fn(World)) {
    let config = ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    };
    let outcome = TestRunner::new(config).run(&world(), |world| {
        holds(world);
        Ok(())
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, world)) => panic!("{why}\nin the world\n{world:#?}"),
        Err(abort) => panic!("{abort}"),
    }
}

fn world() -> impl Strategy<Value = World> {
    let horizon = (any::<u64>(), 1..=60_u32, prop_oneof![Just(0), 0..=40_u32], weekday());
    let people = (people::buyers(), people::sellers());
    (horizon, market(), people, rules::policy(), probability(), appeals::appeals()).prop_map(
        |(horizon, market, people, policy, bad_seller_fault, appeals)| {
            let (seed, days, warm_up_days, day_zero) = horizon;
            let (buyers, sellers) = people;
            let replications = 1;
            let mut world = World {
                seed,
                days,
                warm_up_days,
                replications,
                day_zero,
                market,
                buyers,
                sellers,
                policy,
                bad_seller_fault,
            };
            appeals.join(&mut world);
            make_valid(&mut world);
            world
        },
    )
}

/// What one part of a world asks of another: calendars begin on its first weekday, and no answer takes a
/// fraction of a deadline that never comes.
fn make_valid(world: &mut World) {
    let policy = &mut world.policy;
    for seller in &mut world.sellers {
        seller.hand_over.day_zero = world.day_zero;
        match &mut seller.response {
            Response::Desk(desk) => desk.hours.day_zero = world.day_zero,
            Response::Delay { delay: ResponseDelay::FractionOfDeadline(_), .. } => {
                let five_days = Span::Elapsed(SimDuration::from_days(5));
                for deadline in [&mut policy.cancellation.silence, &mut policy.dispute.response_deadline] {
                    if *deadline == Span::Never {
                        *deadline = five_days;
                    }
                }
            }
            Response::Delay { .. } => {}
        }
    }
}

fn weekday() -> impl Strategy<Value = Weekday> {
    (0..7_usize).prop_map(|place| Weekday::ALL[place])
}

/// A market of few sellers, or of so many that they are worked on in two groups.
fn market() -> impl Strategy<Value = MarketSpec> {
    let size = (prop_oneof![4 => 1..8_u32, 1 => 129..200_u32], 1..2000_u32, 0.1..40.0);
    let profile = vec(prop_oneof![Just(0.0), 0.1..2.0], 6).prop_map(|mut profile: Vec<f64>| {
        profile.push(1.0);
        let mean = profile.iter().sum::<f64>() / 7.0;
        std::array::from_fn(|weekday| profile[weekday] / mean)
    });
    let surge = (-50..80, 1..30_u32, 0.0..4.0).prop_map(|(first_day, days, multiplier)| Surge {
        first_day,
        days,
        multiplier,
    });
    let days = (profile, prop_oneof![Just(0.0), 0.0..3.0], vec(surge, 0..3));
    let search = (exposure(), any::<bool>(), probability());
    (size, positive(10_000.0), days, search).prop_map(|(size, order_value, days, search)| {
        let (sellers, buyers, orders_per_day) = size;
        let (weekday_profile, day_dispersion, surges) = days;
        let (exposure, feedback, leaves_market) = search;
        MarketSpec {
            count: 1,
            sellers,
            buyers,
            orders_per_day,
            order_value,
            weekday_profile,
            day_dispersion,
            surges,
            exposure,
            feedback,
            leaves_market,
        }
    })
}

fn exposure() -> impl Strategy<Value = Exposure> {
    let clicks = vec(prop_oneof![Just(0.0), 0.0..1.0], 0..6).prop_map(|mut clicks: Vec<f64>| {
        clicks.insert(0, 1.0);
        Exposure::Clicks(clicks)
    });
    prop_oneof![
        Just(Exposure::Proportional),
        (0.01..3.0).prop_map(|exponent| Exposure::Position { exponent }),
        clicks,
    ]
}
