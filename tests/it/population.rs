//! Sellers as they are drawn: their segments, their numbers and their faults.

use crate::support::batch::*;
use redress::engine::{Tables, Workers, World, simulate_market};
use redress::observe::Count;
use redress::sim::Distribution;
use std::sync::atomic::{AtomicU64, Ordering};

/// So many sellers in two segments with these shares.
fn divided(sellers: u32, shares: [f64; 2]) -> World {
    let mut world = quiet_world();
    world.days = 10;
    world.market.sellers = sellers;
    let second = world.sellers[0].clone();
    world.sellers.push(second);
    for (segment, share) in world.sellers.iter_mut().zip(shares) {
        segment.share = share;
    }
    world
}

/// The segment of each seller, in order.
fn segments(world: &World) -> Vec<usize> {
    run(world).sellers.iter().map(|seller| seller.segment).collect()
}

#[test]
fn a_seller_in_the_middle_of_two_segments_belongs_to_the_second() {
    assert_eq!(segments(&divided(3, [0.5, 0.5])), [0, 1, 1]);
    assert_eq!(segments(&divided(4, [0.5, 0.5])), [0, 0, 1, 1]);
}

#[test]
fn sellers_that_rounding_of_the_shares_leaves_over_belong_to_the_last_segment() {
    assert_eq!(segments(&divided(4, [0.25, 0.25])), [0, 1, 1, 1]);
}

#[test]
fn sellers_are_numbered_through_however_many_there_are() {
    let mut world = divided(300, [0.5, 0.5]);
    world.market.orders_per_day = 3000.0;
    let outcome = run(&world);
    let numbers: Vec<u32> = outcome.sellers.iter().map(|seller| seller.seller).collect();
    assert_eq!(numbers, (0..300).collect::<Vec<_>>());
}

#[test]
fn a_fault_of_the_seller_is_a_stock_out_a_loss_or_a_defect() {
    let mut world = quiet_world();
    for (stock_out, loss, defect) in [(0.1, 0.0, 0.0), (0.0, 0.2, 0.0), (0.0, 0.0, 0.3), (0.1, 0.2, 0.3)] {
        world.sellers[0].stock_out = Distribution::Constant(stock_out);
        world.sellers[0].loss = Distribution::Constant(loss);
        world.sellers[0].defect = Distribution::Constant(defect);
        let expected = 1.0 - (1.0 - stock_out) * (1.0 - loss) * (1.0 - defect);
        assert!((only_seller(&run(&world)).fault - expected).abs() < 1e-12);
    }
}

#[test]
fn a_warm_up_as_long_as_the_run_is_not_counted() {
    let mut world = quiet_world();
    world.market.feedback = false;
    world.warm_up_days = 60;
    let outcome = run(&world);
    assert_eq!(placed_by_day(&outcome).len(), 60);
    assert_eq!(placed_by_day(&outcome).iter().sum::<u64>(), count(&outcome, Count::OrdersPlaced));
}

#[test]
fn whoever_watches_a_run_is_told_of_every_order() {
    let mut world = divided(2, [0.5, 0.5]);
    let told = AtomicU64::new(0);
    let watch = |orders| {
        told.fetch_add(orders, Ordering::Relaxed);
        true
    };
    world.warm_up_days = 0;
    let outcome =
        simulate_market(&Tables::new(&world), 0, 0, Workers::One, false, &watch).expect("it goes on");
    assert_eq!(told.into_inner(), count(&outcome, Count::OrdersPlaced));
}
