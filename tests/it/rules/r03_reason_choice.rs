//! R3: a buyer's reason changes nothing for the seller; an agreed seller's reason is a seller-fault cancellation.

use crate::support::batch::*;
use redress::engine::World;
use redress::market::Attribution;
use redress::observe::{Count, MarketOutcome};
use redress::policy::cancellation::CancelReason;
use redress::policy::not_sold::GradeEntry;

/// Sold-out orders whose buyers tell the truth or not, under a policy that demotes for one order not sold
/// and shows a score.
fn sold_out(honesty: f64) -> World {
    let mut world = sold_out_batch();
    world.buyers[0].reason_honesty = honesty;
    world.policy.not_sold.demote = Some(GradeEntry { count: 1, share: None });
    world.policy.service_score = Some(score_without_tolerance());
    world
}

/// What the platform holds against the only seller: rate numerator, not sold, score, penalised days, mean
/// search weight to the bit.
fn standing(outcome: &MarketOutcome) -> (u32, u32, Option<f64>, u32, u64) {
    let seller = only_seller(outcome);
    let weight = seller.mean_weight.to_bits();
    (seller.rate.0, seller.not_sold.0, seller.score, seller.penalised_days, weight)
}

#[test]
fn a_buyers_reason_leaves_the_seller_as_if_nothing_had_gone_wrong() {
    let blamed_on_buyers = run(&sold_out(0.0));
    let mut quiet = sold_out(0.0);
    quiet.sellers[0].stock_out = never();
    let untroubled = run(&quiet);
    assert_eq!(count(&untroubled, Count::CancelsRequested), 0);
    assert_eq!(standing(&blamed_on_buyers), standing(&untroubled));
    assert_eq!(standing(&untroubled), (0, 0, Some(100.0), 0, 1.0_f64.to_bits()));
    assert_eq!(count(&blamed_on_buyers, Count::OrdersNotSold), 0);
}

#[test]
fn the_same_cancellations_with_a_sellers_reason_are_not_sold_and_cost_rank_and_score() {
    let outcome = run(&sold_out(1.0));
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::OrdersNotSold), orders);
    let seller = only_seller(&outcome);
    assert_eq!(u64::from(seller.not_sold.0), orders);
    assert!(seller.mean_weight < 1.0);
    assert!(seller.score.unwrap() < 100.0);
    assert_eq!(count(&outcome, Count::RefundedByCancellation), orders * 10_000);
}

#[test]
fn dishonesty_turns_a_change_of_mind_into_a_sellers_reason() {
    for (honesty, not_sold) in [(1.0, false), (0.0, true)] {
        let mut world = sold_out(honesty);
        world.sellers[0].stock_out = never();
        world.buyers[0].change_of_mind = 1.0;
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::OrdersCancelledBuyerCause), orders);
        assert_eq!(count(&outcome, Count::OrdersNotSold), if not_sold { orders } else { 0 });
        assert_eq!(only_seller(&outcome).mean_weight < 1.0, not_sold);
    }
}

#[test]
fn the_true_cause_and_the_chosen_reason_are_counted_apart() {
    let outcome = run(&sold_out(0.0));
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::OrdersCancelledSellerCause), orders);
    assert_eq!(count(&outcome, Count::OrdersCancelledBuyerReason), orders);
    assert_eq!(count(&outcome, Count::OrdersCancelledBuyerCause), 0);
    assert_eq!(count(&outcome, Count::OrdersCancelledSellerReason), 0);
    assert_eq!(outcome.reasons, [orders, 0]);
}

#[test]
fn a_sellers_reason_granted_by_silence_is_not_sold() {
    let mut world = sold_out(1.0);
    world.sellers[0].response = answers_after(days(3.0));
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!(count(&outcome, Count::CancelsGrantedBySilence), orders);
    assert_eq!(count(&outcome, Count::OrdersNotSold), orders);
}

#[test]
fn a_sellers_reason_that_is_refused_is_sold() {
    let mut world = sold_out(1.0);
    world.sellers[0].stock_out = never();
    world.sellers[0].agrees_to_cancel = 0.0;
    world.buyers[0].shipping_patience = Some(days(0.5));
    let outcome = run(&world);
    assert_eq!(count(&outcome, Count::CancelsRefused), count(&outcome, Count::OrdersPlaced));
    assert_eq!(count(&outcome, Count::OrdersNotSold), 0);
    assert_eq!(only_seller(&outcome).mean_weight.to_bits(), 1.0_f64.to_bits());
}

#[test]
fn reasons_of_one_side_are_picked_by_weight() {
    let mut world = sold_out(1.0);
    let reason =
        |name: &str, attributed_to, weight| CancelReason { name: name.into(), attributed_to, weight };
    world.policy.cancellation.reasons = vec![
        reason("no stock", Attribution::Seller, 3.0),
        reason("found it cheaper", Attribution::Buyer, 5.0),
        reason("never", Attribution::Seller, 0.0),
        reason("too slow", Attribution::Seller, 1.0),
    ];
    world.market.orders_per_day = 8000.0;
    let outcome = run(&world);
    let orders = count(&outcome, Count::OrdersPlaced);
    assert_eq!([outcome.reasons[1], outcome.reasons[2]], [0, 0]);
    assert_eq!(outcome.reasons[0] + outcome.reasons[3], orders);
    let share = outcome.reasons[0] as f64 / orders as f64;
    // Four standard errors of a share of three quarters.
    assert!((share - 0.75).abs() < 4.0 * (0.1875 / orders as f64).sqrt(), "{share}");
}

/// A stock-out and a change of mind in the same second: the buyer asks because they changed their mind.
#[test]
fn a_change_of_mind_in_the_second_of_a_stock_out_is_the_cause() {
    let mut world = sold_out(1.0);
    world.buyers[0].change_of_mind = 1.0;
    for (delay, of_buyer) in [(0.0, true), (0.5, true), (0.6, false)] {
        world.buyers[0].change_of_mind_delay = days(delay);
        world.sellers[0].stock_out_notice = days(0.5);
        let outcome = run(&world);
        let orders = count(&outcome, Count::OrdersPlaced);
        let expected = if of_buyer { orders } else { 0 };
        assert_eq!(count(&outcome, Count::OrdersCancelledBuyerCause), expected, "after {delay} d");
    }
}
