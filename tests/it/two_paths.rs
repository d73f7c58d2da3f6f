//! Most orders are posted when they are placed, the others are looked at one by one: both paths count the same.

use crate::support::batch::*;
use redress::behavior::BuyerSegment;
use redress::engine::World;
use redress::observe::{Count, Series};
use redress::sim::{Distribution, Span};

/// Lets every order be looked at one by one, though nothing is wrong with it: any buyer might be an
/// opportunist, and none of them is.
fn looked_at_one_by_one(mut world: World) -> World {
    let mut law = vec![0.0; 100_000];
    law.push(1.0);
    for buyer in &mut world.buyers {
        buyer.opportunism = Distribution::Empirical(law.clone().into());
    }
    world
}

/// Lets every order be looked at before its parcel is posted: every buyer changes their mind, long after hand-over.
fn minds_changed_too_late(mut world: World) -> World {
    for buyer in &mut world.buyers {
        buyer.change_of_mind = 1.0;
        buyer.change_of_mind_delay = days(300.0);
    }
    world
}

/// Orders from the warm-up to beyond the horizon, some of them late, of three sellers and two kinds of buyers.
fn long_lives() -> World {
    let mut world = quiet_world();
    world.warm_up_days = 20;
    world.days = 40;
    world.market.sellers = 3;
    world.market.order_value = Distribution::Uniform { min: 1000.0, max: 9000.0 };
    world.policy.service_score = Some(score_without_tolerance());
    let uniform = |from: f64, until: f64| Distribution::Uniform { min: from * DAY, max: until * DAY };
    let seller = &mut world.sellers[0];
    seller.handling_time = uniform(0.0, 3.0);
    seller.transit_time = uniform(2.0, 20.0);
    seller.promise = Some(uniform(5.0, 25.0));
    world.buyers[0].confirmation_delay = uniform(0.0, 30.0);
    world.buyers[0].share = 0.5;
    let slower = BuyerSegment {
        name: "slower".into(),
        confirmation_delay: uniform(10.0, 50.0),
        ..world.buyers[0].clone()
    };
    world.buyers.push(slower);
    world
}

#[test]
fn an_order_without_trouble_counts_the_same_whether_it_is_looked_at_or_not() {
    let posted = run(&long_lives());
    let looked_at = run(&looked_at_one_by_one(long_lives()));
    assert_eq!(count(&looked_at, Count::DisputesFiled), 0);
    for what in [Count::OrdersDeliveredLate, Count::OrdersOpen, Count::ValueHeld] {
        assert!(count(&posted, what) > 0, "{what:?}");
    }
    assert_eq!(posted, looked_at);
}

#[test]
fn a_parcel_counts_the_same_whether_it_is_posted_with_its_order_or_looked_at() {
    let mut world = long_lives();
    let seller = &mut world.sellers[0];
    seller.loss = Distribution::Constant(0.2);
    seller.defect = Distribution::Constant(0.3);
    let posted = run(&world);
    let looked_at = run(&minds_changed_too_late(world));
    assert_eq!(count(&looked_at, Count::CancelsRequested), 0);
    for what in [Count::OrdersDefective, Count::OrdersLost, Count::DisputesFiled, Count::OrdersOpen] {
        assert!(count(&posted, what) > 0, "{what:?}");
    }
    assert_eq!(posted, looked_at);
}

#[test]
fn a_confirmation_beyond_what_32_bits_hold_leaves_the_parcel_as_it_is() {
    let mut world = long_lives();
    world.sellers[0].defect = Distribution::Constant(1.0);
    for buyer in &mut world.buyers {
        buyer.confirmation_delay = days(60_000.0);
    }
    let outcome = run(&world);
    let [defective, shipped] =
        [Count::OrdersDefective, Count::OrdersShipped].map(|what| count(&outcome, what));
    assert!(shipped > 0);
    assert_eq!(defective, shipped);
    assert_eq!(outcome, run(&minds_changed_too_late(world)));
}

#[test]
fn a_milestone_at_the_horizon_lies_beyond_it() {
    let milestones = [
        (HANDED_OVER, Count::OrdersShipped),
        (DELIVERED, Count::OrdersDelivered),
        (DELIVERED + 2, Count::OrdersCompleted),
    ];
    for (day, milestone) in milestones {
        let mut batch = one_batch();
        batch.buyers[0].share = 0.5;
        batch.buyers.push(batch.buyers[0].clone());
        let batches = [batch.clone(), looked_at_one_by_one(batch.clone()), minds_changed_too_late(batch)];
        let until = |world: &World, days: usize| run(&World { days: days as u32, ..world.clone() });
        for world in &batches {
            let (before, after) = (until(world, day), until(world, day + 1));
            assert_eq!(count(&before, milestone), 0);
            assert_eq!(count(&after, milestone), count(&after, Count::OrdersPlaced));
            let is_complete = milestone == Count::OrdersCompleted;
            assert_eq!(count(&before, Count::OrdersOpen), count(&before, Count::OrdersPlaced));
            assert_eq!(count(&after, Count::OrdersOpen) == 0, is_complete);
            assert_eq!(count(&after, Count::ValueHeld) == 0, is_complete);
        }
        let [posted, looked_at, shipped_last] = batches.each_ref().map(|world| until(world, day));
        assert_eq!([&looked_at, &shipped_last], [&posted; 2]);
    }
}

#[test]
fn an_order_counts_as_closed_on_the_day_on_which_it_completes_however_far_ahead() {
    // The ring of coming days holds 128 of them.
    for day in [127, 128, 129, 170, 300] {
        let mut world = one_batch();
        world.days = day + 10;
        world.policy.completion.protection_period = Span::Never;
        world.policy.completion.confirmation_period = Span::Never;
        world.buyers[0].confirmation_delay = days(f64::from(day) - DELIVERED as f64);
        for world in [world.clone(), looked_at_one_by_one(world.clone())] {
            let outcome = run(&world);
            assert_eq!(days_of(&outcome, Series::OrdersCompleted), [day as usize]);
            assert_eq!(u64::from(only_seller(&outcome).rate.1), count(&outcome, Count::OrdersPlaced));
        }
        world.days = day;
        assert_eq!(only_seller(&run(&world)).rate.1, 0);
    }
}

#[test]
fn a_parcel_that_arrives_at_its_promise_is_not_late() {
    let mut world = quiet_world();
    no_orders_from(&mut world, 1);
    for (promise, is_late) in [(6 * 86_400, false), (6 * 86_400 - 1, true)] {
        world.sellers[0].promise = Some(seconds(promise));
        for world in
            [world.clone(), looked_at_one_by_one(world.clone()), minds_changed_too_late(world.clone())]
        {
            let outcome = run(&world);
            let late = if is_late { count(&outcome, Count::OrdersPlaced) } else { 0 };
            assert_eq!(count(&outcome, Count::OrdersDeliveredLate), late);
        }
    }
}

#[test]
fn a_parcel_handed_over_at_once_completes_when_its_buyer_confirms() {
    let mut world = quiet_world();
    no_orders_from(&mut world, 1);
    world.sellers[0].handling_time = days(0.0);
    for protection in [span(60), Span::Never] {
        world.policy.completion.protection_period = protection;
        assert_eq!(days_of(&run(&world), Series::OrdersCompleted), [7], "five days of transit and two more");
    }
}

/// A change that brings one trouble about.
type Trouble<'a> = &'a dyn Fn(&mut World);

#[test]
fn of_two_troubles_at_once_neither_hides_the_other() {
    let sold_out = |world: &mut World| world.sellers[0].stock_out = always();
    let regretted = |world: &mut World| world.buyers[0].change_of_mind = 1.0;
    let lost = |world: &mut World| world.sellers[0].loss = always();
    let defective = |world: &mut World| world.sellers[0].defect = always();
    let slow = |world: &mut World| world.sellers[0].handling_time = days(11.0);
    let troubles: [(Trouble<'_>, Count); 5] = [
        (&sold_out, Count::CancelsRequested),
        (&regretted, Count::CancelsRequested),
        (&slow, Count::OrdersUnshipped),
        (&lost, Count::OrdersLost),
        (&defective, Count::OrdersDefective),
    ];
    for (place, (first, decides)) in troubles.iter().enumerate() {
        for (second, _) in &troubles[place..] {
            let mut world = one_batch();
            first(&mut world);
            second(&mut world);
            let outcome = run(&world);
            assert_eq!(count(&outcome, *decides), count(&outcome, Count::OrdersPlaced), "{decides:?}");
        }
    }
}
