//! Intervals of the summary: how often they contain the truth.

use crate::support::world::{always, quiet_world};
use redress::experiment::{Summary, run};

/// Four hundred experiments of ten replications each: an interval of 95 % contains the true mean in 380 of
/// them, give or take 4.4; between 92 and 98 % is within 2.75 standard errors.
#[test]
fn intervals_of_ninety_five_percent_contain_the_truth_that_often() {
    let mut world = quiet_world();
    world.days = 20;
    world.replications = 10;
    world.sellers[0].defect = always();
    let truths = [("orders_placed", 400.0), ("orders_shipped", 380.0), ("disputes_filed", 20.0 * 13.0)];
    let mut contained = [0_u32; 3];
    for seed in 1..=400 {
        world.seed = seed;
        let summary = Summary::new(&world, &run(&world, &|_| true));
        for ((metric, truth), contained) in truths.into_iter().zip(&mut contained) {
            let (low, high) = summary.world(metric).unwrap().interval.unwrap();
            *contained += u32::from(low <= truth && truth <= high);
        }
    }
    for ((metric, _), contained) in truths.into_iter().zip(contained) {
        assert!((368..=392).contains(&contained), "{metric}: {contained} of 400 contain the truth");
    }
}
