//! A run draws sixteen orders at a time, with whatever vector instructions the machine has; a path by number is drawn
//! alone, table by table. Both must be the same order.

use crate::support::arbitrary::for_any_world;
use crate::support::stress::stress_variants;
use crate::support::world::{DAY, always, days, quiet_world, reference_workload, span};
use redress::engine::{OrderNumber, OrderPath, SIDE_BY_SIDE, Tables, World, order_path, paths_side_by_side};
use redress::sim::{Distribution, SimTime, Span, Weekday, WorkCalendar};

/// Of an order that a run posts without looking into it, nothing may go wrong, and it completes by its rule.
fn assert_untroubled(world: &World, path: &OrderPath, completed: SimTime) {
    let goes_wrong = path.is_out_of_stock || path.changes_mind || path.is_lost || path.is_defective;
    assert!(!goes_wrong && path.claim.is_none(), "{path:?}");
    assert!(path.shipped <= world.policy.shipment.due(path.placed, world.day_zero), "{path:?}");
    let rule = &world.policy.completion;
    let automatic = rule.automatic_at(path.shipped, path.delivered, world.day_zero);
    assert_eq!(completed, path.confirmed.min(automatic), "{path:?}");
}

/// Holds some orders of every seller segment against each other; says how many there are, and how many untroubled.
fn compare(world: &World, days: &[i32], batches: u32) -> (usize, usize) {
    let tables = Tables::new(world);
    let sellers = world.market.sellers;
    let (mut orders, mut untroubled) = (0, 0);
    for seller in [0, sellers / 2, sellers - 1] {
        for &day in days {
            for number in (0..batches).map(|batch| batch * SIDE_BY_SIDE as u32) {
                let first = OrderNumber { replication: 0, market: 0, seller, day, number };
                for (number, (path, completed)) in (number..).zip(paths_side_by_side(&tables, first)) {
                    assert_eq!(path, order_path(&tables, OrderNumber { number, ..first }));
                    orders += 1;
                    if let Some(completed) = completed {
                        untroubled += 1;
                        assert_untroubled(world, &path, completed);
                    }
                }
            }
        }
    }
    (orders, untroubled)
}

#[test]
fn orders_of_any_world_are_the_same_side_by_side_and_alone() {
    for_any_world(200, |world| {
        compare(&world, &[-3, 0, 20], 2);
    });
}

#[test]
fn orders_of_stress_worlds_are_the_same_side_by_side_and_alone() {
    for seed in 0..20 {
        for world in stress_variants(seed) {
            compare(&world, &[0, 5], 2);
        }
    }
}

#[test]
fn most_orders_of_the_reference_workload_are_untroubled_into_the_tails_of_their_tables() {
    let (orders, untroubled) = compare(&reference_workload(1, 100, 365), &[0, 1, 300], 400);
    // 0.982 in stock, of which 0.95723 are not regretted and 0.92 not defective: 0.8648, over 230,400 orders, within
    // five standard errors.
    let share = untroubled as f64 / orders as f64;
    assert!((share - 0.8648).abs() < 5.0 * 0.000_712, "{share}");
}

/// The quiet world with what lanes have to work out in other ways.
fn odd_worlds() -> Vec<World> {
    let change = |change: &dyn Fn(&mut World)| {
        let mut world = quiet_world();
        world.sellers[0].handling_time = Distribution::Exponential { mean: 2.0 * DAY };
        world.sellers[0].transit_time = Distribution::Lognormal { median: 18.0 * DAY, sigma: 0.5 };
        world.buyers[0].confirmation_delay = Distribution::Exponential { mean: 6.0 * DAY };
        change(&mut world);
        world
    };
    let hours = |world: &mut World| {
        world.sellers[0].hand_over = WorkCalendar {
            from: 9 * 3600,
            until: 17 * 3600,
            ..WorkCalendar::business_days(Weekday::Thursday)
        };
        world.day_zero = Weekday::Thursday;
    };
    vec![
        change(&hours),
        change(&|world| world.policy.completion.confirmation_period = Span::BusinessDays(7)),
        change(&|world| world.policy.shipment.deadline = Span::BusinessDays(3)),
        change(&|world| world.policy.completion.protection_period = span(5)),
        change(&|world| world.sellers[0].promise = Some(days(20.0))),
        change(&|world| {
            world.sellers[0].promise = Some(Distribution::Exponential { mean: 20.0 * DAY });
            world.sellers[0].promise_correlation = 0.7;
            hours(world);
        }),
        change(&|world| {
            world.buyers[0].shipping_patience = Some(Distribution::Exponential { mean: 5.0 * DAY });
        }),
        // Beyond what 32 bits of seconds hold, and beyond the days that milestones are posted to.
        change(&|world| world.sellers[0].transit_time = Distribution::Exponential { mean: 90.0 * DAY }),
        change(&|world| world.sellers[0].transit_time = Distribution::Exponential { mean: 30_000.0 * DAY }),
        change(&|world| {
            world.sellers[0].handling_time = days(40_000.0);
            world.sellers[0].handling_factor = Distribution::Constant(900.0);
            hours(world);
        }),
        change(&|world| world.buyers[0].confirmation_delay = days(49_000.0)),
        // Buyers of three kinds, of which two confirm alike and two wait alike.
        change(&|world| {
            world.buyers[0].share = 0.3;
            let mut slower = world.buyers[0].clone();
            slower.confirmation_delay = Distribution::Exponential { mean: 20.0 * DAY };
            let mut impatient = world.buyers[0].clone();
            impatient.shipping_patience = Some(Distribution::Exponential { mean: 5.0 * DAY });
            world.buyers.extend([slower, impatient]);
        }),
        // Chances of 0 and of 1.
        change(&|world| world.sellers[0].stock_out = always()),
        change(&|world| world.buyers[0].change_of_mind = 1.0),
    ]
}

#[test]
fn orders_of_odd_worlds_are_the_same_side_by_side_and_alone() {
    for world in odd_worlds() {
        compare(&world, &[-9, 0, 1, 2, 40], 10);
    }
}
