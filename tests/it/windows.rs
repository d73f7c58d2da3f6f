//! Trailing windows: a window that reaches over the whole run holds what the seller's row counts.

use crate::support::batch::*;
use redress::engine::World;
use redress::observe::{Count, SellerOutcome, Series};
use redress::policy::dispute_rate::{Basis, Denominator};
use redress::policy::not_sold::GradeEntry;
use redress::policy::points::{Indicator, PointAward, PointsRule};
use redress::policy::rate::Rate;
use redress::policy::service_score::{ScoreComponent, ServiceRates};
use redress::sim::{Distribution, SimDuration};

/// Twenty sellers, more than lie in one group of sixteen, of whose orders every kind of trouble comes to some, each
/// window of another length and all of them longer than the run.
fn remembers_everything() -> World {
    let mut world = quiet_world();
    world.days = 100;
    world.market.sellers = 20;
    world.market.orders_per_day = 400.0;
    let buyer = &mut world.buyers[0];
    buyer.change_of_mind = 0.1;
    buyer.reason_honesty = 0.5;
    buyer.opportunism = Distribution::Constant(0.05);
    buyer.late_tolerance = complains_at_once();
    buyer.late_tolerance[0].share = 0.3;
    buyer.wait_for_platform = 0.5;
    let seller = &mut world.sellers[0];
    seller.transit_time = Distribution::Uniform { min: 2.0 * DAY, max: 20.0 * DAY };
    seller.promise = Some(days(15.0));
    seller.stock_out = Distribution::Constant(0.05);
    seller.loss = Distribution::Constant(0.05);
    seller.defect = Distribution::Constant(0.2);
    seller.accept = Distribution::Constant(0.5);
    seller.response = answers_after(Distribution::Exponential { mean: 3.0 * DAY });
    let policy = &mut world.policy;
    policy.dispute_rate.window = 150;
    policy.not_sold.window = 120;
    let nothing = ScoreComponent { points: 0.0, floor: 0.0, starts_at: 0.0, worst: 1.0 };
    let mut score = score_without_tolerance();
    score.window = 140;
    score.description = nothing;
    policy.service_score = Some(score);
    let award = |window| PointAward {
        indicator: Indicator::LateRate,
        window,
        above: Rate::new(1.0),
        minimum_count: 1,
        points: 1,
    };
    policy.points = Some(PointsRule {
        every: 7,
        expire_after: 7,
        awards: vec![award(130), award(110)],
        tiers: Vec::new(),
    });
    world
}

#[test]
fn windows_longer_than_the_run_hold_what_each_sellers_row_counts() {
    let world = remembers_everything();
    let rule = world.policy.service_score.as_ref().expect("the policy has a score");
    let outcome = run(&world);
    assert_eq!(outcome.sellers.len(), 20);
    for seller in &outcome.sellers {
        let of = |what| seller.tally.get(what) as u32;
        let (filed, withdrawn) = (of(Count::DisputesFiled), of(Count::DisputesWithdrawn));
        let closed = of(Count::OrdersCompleted) + filed;
        assert!(withdrawn > 0);
        assert_eq!(seller.rate, (filed - withdrawn, closed));
        assert_eq!(seller.not_sold, (of(Count::OrdersNotSold), of(Count::OrdersPlaced)));
        let share = |part: u32, whole: u32| {
            assert!(0 < part && part < whole, "{part} of {whole}");
            f64::from(part) / f64::from(whole)
        };
        let expected = rule.score(&ServiceRates {
            not_sold: share(of(Count::OrdersNotSold), of(Count::OrdersPlaced)),
            not_received: share(of(Count::DisputesNotReceived), closed),
            not_as_described: share(
                of(Count::DisputesNotAsDescribed) + of(Count::DisputesOpportunistic),
                closed,
            ),
            defective: 0.0,
            unanswered: share(of(Count::DisputesAutoExecuted), filed),
            late: share(of(Count::OrdersDeliveredLate), of(Count::OrdersDelivered)),
        });
        let score = seller.score.expect("the policy has a score");
        assert!((score - expected).abs() < 1e-9, "{score} instead of {expected}");
    }
}

#[test]
fn the_score_knows_what_share_of_the_parcels_delivered_was_defective() {
    let mut world = one_batch();
    world.market.sellers = 3;
    world.market.orders_per_day = 120.0;
    world.buyers[0].claim_given_defect = 0.0;
    world.sellers[0].defect = Distribution::Constant(0.3);
    let rule = world.policy.service_score.insert(score_without_tolerance()).clone();
    for seller in &run(&world).sellers {
        let [defective, delivered] =
            [Count::OrdersDefective, Count::OrdersDelivered].map(|what| seller.tally.get(what) as f64);
        assert!(0.0 < defective && defective < delivered);
        let expected =
            rule.score(&ServiceRates { defective: defective / delivered, ..ServiceRates::default() });
        let score = seller.score.expect("the policy has a score");
        assert!((score - expected).abs() < 1e-9, "{score} instead of {expected}");
    }
}

#[test]
fn the_days_of_a_window_are_the_last_ones_for_every_seller() {
    let mut world = remembers_everything();
    world.policy.not_sold.window = 10;
    world.policy.dispute_rate.window = 20;
    let outcome = run(&world);
    let last = |series, days: usize| outcome.daily.row(series)[100 - days..].iter().sum::<u64>();
    let sum = |pick: &dyn Fn(&SellerOutcome) -> u32| {
        outcome.sellers.iter().map(|seller| u64::from(pick(seller))).sum::<u64>()
    };
    assert_eq!(sum(&|seller| seller.not_sold.0), last(Series::NotSold, 10));
    assert_eq!(sum(&|seller| seller.not_sold.1), last(Series::OrdersPlaced, 10));
    let closed = last(Series::OrdersCompleted, 20) + last(Series::DisputesFiled, 20);
    assert_eq!(sum(&|seller| seller.rate.1), closed);
}

#[test]
fn a_policy_that_reads_few_counts_has_the_windows_of_one_that_reads_all() {
    let rates = |world: &World| {
        let outcome = run(world);
        let of_sellers: Vec<_> =
            outcome.sellers.iter().map(|seller| (seller.rate, seller.not_sold)).collect();
        (of_sellers, outcome.daily.row(Series::RateDisputes).to_vec())
    };
    for basis in [Basis::Filed, Basis::Refunded, Basis::Ruled] {
        for denominator in [Denominator::Placed, Denominator::Closed] {
            let mut few = remembers_everything();
            (few.policy.service_score, few.policy.points) = (None, None);
            let rule = &mut few.policy.dispute_rate;
            (rule.basis, rule.denominator, rule.window) = (basis, denominator, 30);
            let mut all = few.clone();
            all.policy.service_score = Some(score_without_tolerance());
            let (of_sellers, of_days) = rates(&few);
            assert!(of_days[99] > 0, "{basis:?}");
            assert_eq!((of_sellers, of_days), rates(&all), "{basis:?} {denominator:?}");
        }
    }
}

#[test]
fn the_days_of_a_market_show_the_windows_of_all_its_sellers_together() {
    let outcome = run(&remembers_everything());
    let sum = |pick: &dyn Fn(&SellerOutcome) -> u32| {
        outcome.sellers.iter().map(|seller| u64::from(pick(seller))).sum::<u64>()
    };
    for (series, sum) in [
        (Series::RateDisputes, sum(&|seller| seller.rate.0)),
        (Series::RateOrders, sum(&|seller| seller.rate.1)),
        (Series::WindowNotSold, sum(&|seller| seller.not_sold.0)),
        (Series::WindowPlaced, sum(&|seller| seller.not_sold.1)),
    ] {
        assert!(sum > 0);
        assert_eq!(outcome.daily.get(series, 99), sum, "{series:?}");
    }
}

#[test]
fn the_days_of_a_market_show_how_many_sellers_are_penalised() {
    let mut world = remembers_everything();
    world.policy.dispute_rate.threshold = Rate::new(0.1);
    let rule = &mut world.policy.not_sold;
    rule.window = 20;
    rule.demote = Some(GradeEntry { count: 10, share: None });
    rule.freeze = Some(GradeEntry { count: 15, share: None });
    let outcome = run(&world);
    for (series, days) in [
        (Series::SellersAboveThreshold, Count::SellerDaysAboveThreshold),
        (Series::SellersDemoted, Count::SellerDaysDemoted),
        (Series::SellersFrozen, Count::SellerDaysFrozen),
    ] {
        let row = outcome.daily.row(series);
        assert!(row.iter().any(|&sellers| sellers > 1), "{series:?}");
        assert_eq!(row.iter().sum::<u64>(), count(&outcome, days), "{series:?}");
    }
}

#[test]
fn a_dispute_withdrawn_after_it_left_the_window_changes_no_count() {
    let mut world = disputed_batch();
    rejects_everything(&mut world.sellers[0]);
    world.days = 60;
    world.policy.dispute_rate.window = 7;
    world.policy.not_sold.window = 7;
    world.policy.dispute.response_deadline = span(30);
    world.buyers[0].wait_for_platform = 0.0;
    world.sellers[0].response = answers_after(days(20.0));
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::DisputesWithdrawn), count(&outcome, Count::OrdersPlaced));
    for day in NOTICED + 7..60 {
        assert_eq!(outcome.daily.get(Series::RateDisputes, day), 0, "day {day}");
    }
}

#[test]
fn disputes_withdrawn_after_they_left_the_window_take_nothing_from_those_filed_since() {
    // Days are kept in a ring of eight: one that has left the window of seven lies where today does, or where another day does.
    for withdrawn_after in [7, 8, 9, 16] {
        let mut world = quiet_world();
        world.sellers[0].defect = always();
        rejects_everything(&mut world.sellers[0]);
        world.policy.dispute_rate.window = 7;
        world.policy.not_sold.window = 7;
        world.policy.dispute.response_deadline = span(30);
        world.buyers[0].wait_for_platform = 0.0;
        world.sellers[0].response = answers_after(days(f64::from(withdrawn_after)));
        let outcome = run(&world);
        assert!(count(&outcome, Count::DisputesWithdrawn) > 0);
        let filed = outcome.daily.row(Series::DisputesFiled);
        for day in 6..60 {
            let of_window = filed[day - 6..=day].iter().sum::<u64>();
            let counted = outcome.daily.get(Series::RateDisputes, day);
            assert_eq!(counted, of_window, "day {day}, withdrawn after {withdrawn_after} days");
        }
    }
}

#[test]
fn each_seller_of_several_starts_anew_after_its_freeze() {
    let mut world = sold_out_batch();
    world.market.sellers = 3;
    world.market.orders_per_day = 120.0;
    world.policy.dispute_rate.window = 40;
    // A tenth as many orders on day 20, inside the window of day 0.
    world.market.surges[0].days = 19;
    world.market.surges.push(redress::engine::Surge { first_day: 20, days: 1, multiplier: 0.1 });
    no_orders_from(&mut world, 21);
    world.policy.not_sold.freeze = Some(GradeEntry { count: 20, share: None });
    world.policy.not_sold.freeze_for = vec![SimDuration::from_days(5)];
    let outcome = run(&world);
    assert_eq!(days_of(&outcome, Series::NotSold), [1, 21]);
    for seller in &outcome.sellers {
        assert_eq!(seller.tally.get(Count::Freezes), 1);
        assert_eq!(u64::from(seller.not_sold.1), seller.tally.get(Count::OrdersPlaced));
        assert!(0 < seller.not_sold.0 && seller.not_sold.0 < 20, "those after the freeze");
    }
}
