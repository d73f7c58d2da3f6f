//! What is added and never acts changes nothing, and nobody pays for another's slowness.

use crate::support::batch::*;
use crate::support::stress::{stress_variants, stress_world};
use redress::behavior::{LatePoint, SellerSegment};
use redress::engine::{Surge, Tables, Workers, World, simulate_market};
use redress::experiment;
use redress::observe::{GroupOutcome, MarketOutcome};
use redress::policy::dispute_rate::{Basis, Denominator, PenaltyCurve, PenaltyStep};
use redress::policy::not_sold::GradeEntry;
use redress::policy::points::{Indicator, PointAward, PointTier, PointsRule};
use redress::policy::rate::Rate;
use redress::sim::SimDuration;

/// The first market, with all rows.
fn first_market(world: &World) -> MarketOutcome {
    simulate_market(&Tables::new(world), 0, 0, Workers::One, true, &|_| true).expect("nobody stops the run")
}

/// The same misery for fewer days.
fn short_variants(seed: u64) -> Vec<World> {
    let mut worlds = stress_variants(seed);
    for world in &mut worlds {
        world.days = 60;
        world.warm_up_days = 10;
    }
    worlds
}

#[test]
fn a_market_more_changes_no_byte_of_the_others() {
    let mut world = stress_world(21);
    world.replications = 2;
    world.market.count = 2;
    let two = experiment::run(&world, &|_| true);
    world.market.count = 3;
    let three = experiment::run(&world, &|_| true);
    assert_eq!(two.daily, three.daily[..2]);
    for (two, three) in two.replications.iter().zip(&three.replications) {
        assert_eq!(two.markets, three.markets[..2]);
    }
    assert_eq!(two.sellers_by_market, three.sellers_by_market[..2]);
}

#[test]
fn a_replication_more_changes_no_byte_of_the_others() {
    let mut world = stress_world(22);
    world.replications = 2;
    let two = experiment::run(&world, &|_| true);
    world.replications = 3;
    let three = experiment::run(&world, &|_| true);
    assert_eq!(two.replications, three.replications[..2]);
    assert_eq!(two.sellers_by_market, three.sellers_by_market);
}

#[test]
fn a_seller_segment_without_a_share_changes_nothing_but_its_own_empty_row() {
    for mut world in short_variants(23) {
        let before = first_market(&world);
        for place in 0..=world.sellers.len() {
            let mut nobody = world.sellers[0].clone();
            nobody.name = "nobody".into();
            nobody.share = 0.0;
            nobody.transit_time = days(1.0);
            nobody.promise = None;
            world.sellers.insert(place, nobody);
            let mut after = first_market(&world);
            world.sellers.remove(place);
            assert_eq!(after.seller_segments.remove(place), GroupOutcome::default());
            for seller in &mut after.sellers {
                assert_ne!(seller.segment, place);
                seller.segment -= usize::from(seller.segment > place);
            }
            assert_eq!(before, after, "at place {place}");
        }
    }
}

#[test]
fn a_buyer_segment_without_a_share_changes_nothing_but_its_own_empty_row() {
    for mut world in short_variants(24) {
        let before = first_market(&world);
        let mut nobody = world.buyers[0].clone();
        nobody.name = "nobody".into();
        nobody.share = 0.0;
        nobody.opportunism = always();
        nobody.change_of_mind = 1.0;
        world.buyers.push(nobody);
        let mut after = first_market(&world);
        assert_eq!(after.buyer_segments.pop(), Some(GroupOutcome::default()));
        assert_eq!(before, after);
    }
}

#[test]
fn draws_that_only_others_need_change_nothing() {
    // Alone, these buyers need neither the draw for opportunism and promise nor the one for patience.
    let mut world = reference_workload(1, 20, 60);
    let before = first_market(&world);
    let mut nobody = world.buyers[0].clone();
    nobody.share = 0.0;
    nobody.opportunism = always();
    nobody.shipping_patience = Some(days(1.0));
    nobody.late_tolerance = vec![LatePoint { after: SimDuration(0), share: 1.0 }];
    world.buyers.push(nobody);
    let after = first_market(&world);
    assert_eq!(before.sellers, after.sellers);
    assert_eq!(before.daily, after.daily);
    assert_eq!(before.market, after.market);
    assert_eq!(before.books, after.books);
}

/// Rules that watch the world and never find cause to act.
fn with_idle_rules(world: &World) -> Vec<(&'static str, World)> {
    let mut threshold = world.clone();
    let rule = &mut threshold.policy.dispute_rate;
    (rule.basis, rule.denominator) = (Basis::Filed, Denominator::Closed);
    (rule.threshold, rule.penalty) = (Rate::new(1.0), PenaltyCurve::None);
    let mut steps = threshold.clone();
    let step = PenaltyStep { above: Rate::new(1.0), weight: 0.0 };
    steps.policy.dispute_rate.penalty = PenaltyCurve::Steps(vec![step]);
    let mut linear = threshold.clone();
    linear.policy.dispute_rate.penalty = PenaltyCurve::Linear { slope: 1e6, floor: 0.0 };
    let mut freeze = threshold.clone();
    freeze.policy.not_sold.freeze = Some(GradeEntry { count: 1_000_000, share: None });
    freeze.policy.not_sold.demote = Some(GradeEntry { count: 1_000_000, share: Some(Rate::new(0.0)) });
    freeze.policy.not_sold.close_at_freeze = Some(1);
    let mut points = threshold.clone();
    let award = |indicator| PointAward {
        indicator,
        window: 365,
        above: Rate::new(0.0),
        minimum_count: 1_000_000,
        points: 1000,
    };
    points.policy.points = Some(PointsRule {
        every: 1,
        expire_after: 365,
        awards: [Indicator::NotSoldRate, Indicator::DisputeRate, Indicator::LateRate].map(award).into(),
        tiers: vec![PointTier { at: 1, weight: 0.0, freeze_for: SimDuration::from_days(365) }],
    });
    let mut surge = threshold.clone();
    let far = |first_day, days| Surge { first_day, days, multiplier: 100.0 };
    let (first, last) = (-(world.warm_up_days as i32), world.days as i32);
    surge.market.surges.extend([far(last, 1000), far(first - 30, 30)]);
    vec![
        ("threshold", threshold),
        ("steps", steps),
        ("linear", linear),
        ("freeze", freeze),
        ("points", points),
        ("surge", surge),
    ]
}

#[test]
fn a_rule_that_never_acts_changes_no_byte() {
    for mut world in short_variants(25) {
        world.policy.points = None;
        world.policy.not_sold.freeze = None;
        world.policy.not_sold.demote = None;
        world.policy.not_sold.close_at_freeze = None;
        world.buyers.iter_mut().for_each(|buyer| buyer.steering_compliance = 0.0);
        let mut worlds = with_idle_rules(&world).into_iter();
        let (_, before) = worlds.next().unwrap();
        let before = first_market(&before);
        for (rule, world) in worlds {
            assert_eq!(before, first_market(&world), "{rule}");
        }
    }
}

#[test]
fn one_slower_seller_among_many_changes_no_number_of_another() {
    let mut world = stress_world(26);
    world.market.feedback = false;
    world.market.sellers = 200;
    world.market.orders_per_day = 800.0;
    world.days = 40;
    let mut one = world.sellers[1].clone();
    world.sellers.truncate(1);
    for place in [0_u32, 77, 199] {
        one.share = 1.0 / 200.0;
        let (mut before, mut after) = (world.sellers[0].clone(), world.sellers[0].clone());
        before.share = f64::from(place) / 200.0;
        after.share = 1.0 - before.share - one.share;
        let among_others = |one: SellerSegment| {
            let mut world = world.clone();
            world.sellers = vec![before.clone(), one, after.clone()];
            first_market(&world).sellers
        };
        let mut slow = one.clone();
        slow.handling_time = days(9.0);
        slow.response = answers_after(days(6.0));
        let (quick, slow) = (among_others(one.clone()), among_others(slow));
        for (quick, slow) in quick.iter().zip(&slow) {
            assert_eq!(quick.seller == place, quick.segment == 1);
            assert_eq!(quick.seller == place, quick != slow, "seller {}", quick.seller);
        }
    }
}
