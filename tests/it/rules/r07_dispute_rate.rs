//! R7: the dispute rate acts only above its threshold and minimum volume; below, the effect is exactly zero.

use crate::support::batch::*;
use redress::behavior::SellerSegment;
use redress::engine::{Surge, World};
use redress::observe::{Count, MarketOutcome, Series};
use redress::policy::dispute_rate::{Basis, Denominator, PenaltyCurve, PenaltyStep};
use redress::policy::rate::Rate;
use redress::sim::Distribution;

const ABOVE: f64 = 0.5;

/// Orders of day 0, about half of them defective: the fine ones complete on day 9, the others are disputed
/// on day 10, and any rate above 0 halves the weight. Nothing leaves the window before the end.
fn half_disputed() -> World {
    let mut world = one_batch();
    world.sellers[0].defect = Distribution::Constant(0.5);
    world.buyers[0].notice_delay = days(3.0);
    world.policy.dispute_rate.threshold = Rate(0);
    world.policy.dispute_rate.penalty =
        PenaltyCurve::Steps(vec![PenaltyStep { above: Rate(0), weight: ABOVE }]);
    world
}

/// The rate of the only seller at the end, as numerator and denominator.
fn rate(world: &World) -> (u32, u32) {
    only_seller(&run(world)).rate
}

fn assert_no_effect(outcome: &MarketOutcome) {
    assert_eq!(only_seller(outcome).mean_weight.to_bits(), 1.0_f64.to_bits());
    assert_eq!(count(outcome, Count::SellerDaysDemoted), 0);
    assert_eq!(count(outcome, Count::SellerDaysAboveThreshold), 0);
    assert_eq!(count(outcome, Count::LostOrdersMicro), 0);
}

/// The weight is lowered from day 11, the day after the disputes, to the last.
fn assert_full_effect(outcome: &MarketOutcome) {
    let expected = (11.0 + 19.0 * ABOVE) / 30.0;
    assert!((only_seller(outcome).mean_weight - expected).abs() < 1e-12);
    assert_eq!(count(outcome, Count::SellerDaysDemoted), 19);
    // The close of day 10 already finds the rate above the threshold.
    assert_eq!(count(outcome, Count::SellerDaysAboveThreshold), 20);
    assert_eq!(days_of(outcome, Series::SellersAboveThreshold), (10..30).collect::<Vec<_>>());
}

#[test]
fn a_rate_at_the_threshold_has_no_effect_and_a_hair_above_it_does() {
    let mut world = half_disputed();
    let (disputes, orders) = rate(&world);
    assert!(0 < disputes && disputes < orders);
    let at_least = Rate((u64::from(disputes) * 1_000_000_000).div_ceil(u64::from(orders)));
    world.policy.dispute_rate.threshold = at_least;
    assert_no_effect(&run(&world));
    world.policy.dispute_rate.threshold = Rate(at_least.0 - 1);
    assert_full_effect(&run(&world));
}

#[test]
fn one_order_below_the_minimum_volume_has_no_effect() {
    let mut world = half_disputed();
    let (_, orders) = rate(&world);
    world.policy.dispute_rate.minimum_orders = orders;
    assert_full_effect(&run(&world));
    world.policy.dispute_rate.minimum_orders = orders + 1;
    assert_no_effect(&run(&world));
}

#[test]
fn one_dispute_below_the_minimum_number_has_no_effect() {
    let mut world = half_disputed();
    let (disputes, _) = rate(&world);
    world.policy.dispute_rate.minimum_disputes = disputes;
    assert_full_effect(&run(&world));
    world.policy.dispute_rate.minimum_disputes = disputes + 1;
    assert_no_effect(&run(&world));
}

#[test]
fn a_rate_leaves_the_window_with_its_disputes() {
    let mut world = half_disputed();
    world.policy.dispute_rate.window = 7;
    let outcome = run(&world);
    let expected = (30.0 - 7.0 * (1.0 - ABOVE)) / 30.0;
    assert!((only_seller(&outcome).mean_weight - expected).abs() < 1e-12, "days 11 to 17");
}

/// Sets one thing of the only seller.
fn with_seller(mut world: World, change: impl Fn(&mut SellerSegment)) -> World {
    change(&mut world.sellers[0]);
    world
}

#[test]
fn each_basis_counts_its_own_disputes() {
    let accepted = half_disputed();
    let silent = with_seller(half_disputed(), |seller| seller.response = answers_after(days(6.0)));
    let ruled_for_buyer = with_seller(half_disputed(), rejects_everything);
    let mut ruled_without_blame = ruled_for_buyer.clone();
    ruled_without_blame.policy.mediation.seller_liable = 0.0;
    let mut ruled_for_seller = ruled_for_buyer.clone();
    ruled_for_seller.policy.mediation.accuracy = 0.0;
    ruled_for_seller.policy.mediation.buyer_favour = 0.0;
    let disputes = rate(&accepted).0;
    for (world, [filed, refunded, ruled]) in [
        (accepted, [1, 1, 0]),
        (silent, [1, 1, 0]),
        (ruled_for_buyer, [1, 1, 1]),
        (ruled_without_blame, [1, 1, 0]),
        (ruled_for_seller, [1, 0, 0]),
    ] {
        for (basis, share) in [(Basis::Filed, filed), (Basis::Refunded, refunded), (Basis::Ruled, ruled)] {
            let mut world = world.clone();
            world.policy.dispute_rate.basis = basis;
            assert_eq!(rate(&world).0, share * disputes, "{basis:?}");
            if share == 0 {
                assert_no_effect(&run(&world));
            }
        }
    }
}

#[test]
fn the_denominator_counts_closed_orders_and_disputes_or_orders_placed() {
    let mut world = half_disputed();
    world.buyers[0].change_of_mind = 0.5;
    world.buyers[0].change_of_mind_delay = days(0.0);
    world.sellers[0].response = answers_after(days(0.5));
    let outcome = run(&world);
    let placed = count(&outcome, Count::OrdersPlaced);
    let closed = count(&outcome, Count::OrdersCompleted) + count(&outcome, Count::DisputesFiled);
    assert!(0 < closed && closed < placed);
    assert_eq!(u64::from(only_seller(&outcome).rate.1), closed);
    world.policy.dispute_rate.denominator = Denominator::Placed;
    assert_eq!(u64::from(rate(&world).1), placed);
}

#[test]
fn a_withdrawn_dispute_leaves_the_numerator_and_its_effect_ends() {
    let mut world = with_seller(half_disputed(), rejects_everything);
    world.buyers[0].wait_for_platform = 0.0;
    let outcome = run(&world);
    assert!(count(&outcome, Count::DisputesWithdrawn) > 0);
    assert_eq!(only_seller(&outcome).rate.0, 0);
    let one_day = (29.0 + ABOVE) / 30.0;
    assert!((only_seller(&outcome).mean_weight - one_day).abs() < 1e-12, "filed on day 10, withdrawn on 11");
}

#[test]
fn a_dispute_withdrawn_on_the_day_of_filing_never_counts() {
    let mut world = with_seller(half_disputed(), rejects_everything);
    world.buyers[0].wait_for_platform = 0.0;
    world.sellers[0].response = answers_after(days(0.5));
    assert_no_effect(&run(&world));
}

#[test]
fn refunds_in_a_window_without_orders_are_no_rate() {
    let mut world = half_disputed();
    world.policy.dispute_rate.basis = Basis::Refunded;
    world.policy.dispute_rate.denominator = Denominator::Placed;
    world.policy.dispute_rate.window = 7;
    world.policy.dispute_rate.penalty = PenaltyCurve::Linear { slope: 1.0, floor: 0.0 };
    let outcome = run(&world);
    assert!(count(&outcome, Count::ValueRefunded) > 0);
    assert_no_effect(&outcome);
}

/// Two sellers who share 40 orders per day, the second with a tenth of its items defective.
fn a_good_and_a_poor_seller() -> World {
    let mut world = quiet_world();
    let mut poor = world.sellers[0].clone();
    poor.name = "poor".into();
    poor.defect = Distribution::Constant(0.1);
    world.sellers.push(poor);
    world.sellers.iter_mut().for_each(|segment| segment.share = 0.5);
    world.market.sellers = 2;
    world.market.orders_per_day = 40.0;
    world.policy.dispute_rate.penalty = PenaltyCurve::Linear { slope: 1.0, floor: 0.3 };
    world
}

#[test]
fn below_the_threshold_no_order_is_lost_and_no_weight_differs_from_one() {
    let outcome = run(&a_good_and_a_poor_seller());
    assert!(count(&outcome, Count::DisputesFiled) > 0);
    assert_eq!(count(&outcome, Count::LostOrdersMicro), 0);
    assert_eq!(count(&outcome, Count::LostValue), 0);
    for seller in &outcome.sellers {
        assert_eq!(seller.mean_weight.to_bits(), 1.0_f64.to_bits());
    }
}

#[test]
fn above_the_threshold_the_poor_seller_loses_orders_to_the_good_one() {
    let before = run(&a_good_and_a_poor_seller());
    let mut world = a_good_and_a_poor_seller();
    world.policy.dispute_rate.threshold = Rate::new(0.03);
    let outcome = run(&world);
    let placed =
        |outcome: &MarketOutcome, seller: usize| outcome.sellers[seller].tally.get(Count::OrdersPlaced);
    assert!(outcome.sellers[1].mean_weight < 1.0);
    assert_eq!(outcome.sellers[0].mean_weight.to_bits(), 1.0_f64.to_bits());
    assert!(placed(&outcome, 1) < placed(&before, 1));
    assert!(placed(&outcome, 0) > placed(&before, 0));
    let (lost, value) = (count(&outcome, Count::LostOrdersMicro), count(&outcome, Count::LostValue));
    assert_eq!(outcome.sellers[1].tally.get(Count::LostOrdersMicro), lost);
    // Orders of 100.00 each; every day is rounded to a cent.
    assert!(lost > 0 && (value as f64 - lost as f64 / 100.0).abs() < 60.0, "{lost} and {value}");
    assert_eq!(outcome.sellers[0].tally.get(Count::LostOrdersMicro), 0);
}

#[test]
fn a_rate_that_rose_in_the_warm_up_is_counted_from_the_first_measured_day_on() {
    let mut world = half_disputed();
    world.warm_up_days = 12;
    world.market.surges = vec![Surge { first_day: -11, days: 10_000, multiplier: 0.0 }];
    let outcome = run(&world);
    // Filed two days before the first measured day, remembered for thirty.
    assert_eq!(days_of(&outcome, Series::RateDisputes), (0..28).collect::<Vec<_>>());
    assert_eq!(days_of(&outcome, Series::SellersAboveThreshold), (0..28).collect::<Vec<_>>());
    assert_eq!(count(&outcome, Count::SellerDaysAboveThreshold), 28);
}

#[test]
fn orders_lost_in_the_warm_up_are_left_out_and_those_of_the_first_measured_day_are_not() {
    let mut world = a_good_and_a_poor_seller();
    world.policy.dispute_rate.threshold = Rate::new(0.03);
    world.warm_up_days = 40;
    let outcome = run(&world);
    let of_days = outcome.daily.row(Series::LostOrdersMicro);
    assert!(of_days[0] > 0, "penalised since the warm-up");
    assert_eq!(count(&outcome, Count::LostOrdersMicro), of_days.iter().sum::<u64>());
}

#[test]
fn the_weight_of_a_seller_is_what_penalties_leave_of_its_attractiveness() {
    for attractiveness in [0.0, 0.5, 2.0] {
        let mut world = half_disputed();
        world.sellers[0].attractiveness = Distribution::Constant(attractiveness);
        let weight = only_seller(&run(&world)).mean_weight;
        let expected = if attractiveness > 0.0 { (11.0 + 19.0 * ABOVE) / 30.0 } else { 1.0 };
        assert!((weight - expected).abs() < 1e-12, "{attractiveness}: {weight}");
    }
}
