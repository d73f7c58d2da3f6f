//! R12: the loser of a ruling may appeal, once, until the deadline; until the second ruling the first has no effect.

use crate::support::batch::*;
use redress::behavior::Response;
use redress::engine::{Tables, Workers, World, order_stories, simulate_market};
use redress::market::{Money, OrderState, Step};
use redress::observe::story::{Actor, Event};
use redress::observe::{Count, MarketOutcome, Series};
use redress::policy::dispute::SilenceOutcome;
use redress::policy::dispute_rate::Basis;
use redress::sim::{Distribution, Span};

/// The day on which the platform rules in [`ruled_batch`]: seven days after filing it steps in, and rules three days later.
const RULED: usize = NOTICED + 7 + 3;
/// The day of the appeal, two days later, and that of the second ruling, seven days after it.
const APPEALED: usize = RULED + 2;
const RULED_AGAIN: usize = APPEALED + 7;

/// One batch of disputes that the seller rejects and the platform rules for the buyer; appeals take two days and are heard for
/// ten, and nobody makes one.
fn ruled_batch() -> World {
    let mut world = disputed_batch();
    world.days = 60;
    rejects_everything(&mut world.sellers[0]);
    world.sellers[0].appeal_delay = days(2.0);
    world.buyers[0].appeal_delay = days(2.0);
    world.policy.appeal.deadline = Some(span(10));
    world
}

/// The same with a seller who always appeals.
fn appealed_batch() -> World {
    let mut world = ruled_batch();
    world.sellers[0].appeals = 1.0;
    world
}

/// The first ruling is wrong, and for the seller; the buyer always appeals, and the second ruling finds the truth.
fn appealed_by_the_buyer() -> World {
    let mut world = ruled_batch();
    world.buyers[0].appeals = 1.0;
    world.policy.mediation.accuracy = 0.0;
    world.policy.mediation.buyer_favour = 0.0;
    world
}

/// Appeals, second rulings, and those for whoever appealed, in units of the orders placed.
fn appeals(outcome: &MarketOutcome) -> [u64; 4] {
    let counts = [
        Count::AppealsFiledByBuyers,
        Count::AppealsFiledBySellers,
        Count::AppealsDecided,
        Count::AppealsGranted,
    ];
    counts.map(|what| {
        let (number, orders) = (count(outcome, what), count(outcome, Count::OrdersPlaced));
        assert_eq!(number % orders, 0, "all orders of the batch come to the same");
        number / orders
    })
}

#[test]
fn an_appeal_at_the_deadline_is_heard_and_one_a_second_later_is_not() {
    for (delay, is_heard) in [(864_000, 1), (864_001, 0)] {
        let mut world = appealed_batch();
        world.sellers[0].appeal_delay = seconds(delay);
        let outcome = run(&world);
        assert_eq!(appeals(&outcome), [0, is_heard, is_heard, 0]);
        let refunded_on = if is_heard == 1 { RULED + 10 + 7 } else { RULED };
        assert_eq!(days_of(&outcome, Series::ValueRefunded), [refunded_on]);
    }
}

#[test]
fn a_ruling_that_is_appealed_pays_nothing_until_the_second_one() {
    let held_until = |world: &World, days: usize| run(&World { days: days as u32, ..world.clone() });
    let world = appealed_batch();
    for days in [RULED + 1, APPEALED + 1, RULED_AGAIN] {
        let outcome = held_until(&world, days);
        let paid = count(&outcome, Count::ValuePaid);
        assert_eq!(count(&outcome, Count::ValueHeld), paid);
        assert_eq!(count(&outcome, Count::DisputesOpen), count(&outcome, Count::OrdersPlaced));
        assert_eq!(count(&outcome, Count::DisputesRuledForBuyer), 0);
        assert_eq!(count(&outcome, Count::LegitimateClaimsClosed), 0);
        assert!(outcome.books.balance());
    }
    let outcome = held_until(&world, RULED_AGAIN + 1);
    assert_eq!(count(&outcome, Count::RefundedByRuling), count(&outcome, Count::ValuePaid));
    assert_eq!(days_of(&outcome, Series::DisputesRuledForBuyer), [RULED_AGAIN]);
    assert_eq!(count(&outcome, Count::DisputesOpen), 0);
    assert!(outcome.books.balance());
}

#[test]
fn a_ruling_that_is_not_appealed_takes_effect_at_once() {
    let mut world = ruled_batch();
    world.buyers[0].appeals = 1.0;
    let outcome = run(&world);
    assert_eq!(appeals(&outcome), [0; 4], "the buyer has won");
    assert_eq!(days_of(&outcome, Series::ValueRefunded), [RULED]);
    world.policy.appeal.deadline = None;
    world.buyers[0].appeals = 0.0;
    assert_eq!(outcome, run(&world));
}

#[test]
fn without_a_deadline_nobody_appeals_however_much_it_would() {
    let mut world = appealed_batch();
    world.policy.appeal.deadline = None;
    let outcome = run(&world);
    assert_eq!(appeals(&outcome), [0; 4]);
    assert_eq!(days_of(&outcome, Series::ValueRefunded), [RULED]);
    world.policy.appeal.deadline = Some(Span::Never);
    world.sellers[0].appeal_delay = days(30.0);
    world.days = 100;
    assert_eq!(days_of(&run(&world), Series::ValueRefunded), [RULED + 30 + 7], "there is no hurry");
}

#[test]
fn the_loser_of_a_ruling_appeals_and_the_second_ruling_is_final() {
    let lost_by_the_seller = run(&appealed_batch());
    assert_eq!(appeals(&lost_by_the_seller), [0, 1, 1, 0]);
    let lost_by_the_buyer = run(&appealed_by_the_buyer());
    assert_eq!(appeals(&lost_by_the_buyer), [1, 0, 1, 1]);
    assert_eq!(days_of(&lost_by_the_buyer, Series::DisputesRuledForBuyer), [RULED_AGAIN]);
    assert!(days_of(&lost_by_the_buyer, Series::DisputesRuledForSeller).is_empty());
    // Both would appeal, and the second ruling is for the seller again.
    let mut stubborn = appealed_by_the_buyer();
    stubborn.sellers[0].appeals = 1.0;
    stubborn.policy.appeal.accuracy = 0.0;
    let outcome = run(&stubborn);
    assert_eq!(appeals(&outcome), [1, 0, 1, 0], "at most one appeal an order");
    assert_eq!(days_of(&outcome, Series::DisputesRuledForSeller), [RULED_AGAIN]);
    assert_eq!(days_of(&outcome, Series::OrdersCompleted), [RULED_AGAIN]);
    assert_eq!(count(&outcome, Count::ValueReleased), count(&outcome, Count::ValuePaid));
}

#[test]
fn a_seller_appeals_against_an_award_of_a_part_and_the_second_ruling_awards_the_same() {
    let mut world = appealed_batch();
    world.policy.mediation.partial_share = 1.0;
    world.policy.mediation.partial_fraction = Distribution::Uniform { min: 0.1, max: 0.9 };
    let appealed = run(&world);
    assert_eq!(appeals(&appealed), [0, 1, 1, 0]);
    world.sellers[0].appeals = 0.0;
    let accepted = run(&world);
    for what in [Count::RefundedByRuling, Count::DisputesRuledInPart, Count::ValueReleased] {
        assert!(count(&accepted, what) > 0, "{what:?}");
        assert_eq!(count(&appealed, what), count(&accepted, what), "{what:?}");
    }
}

#[test]
fn a_seller_is_blamed_on_the_day_of_the_second_ruling_only() {
    let mut world = appealed_batch();
    world.policy.dispute_rate.basis = Basis::Ruled;
    let blamed = |world: &World, days: usize| {
        only_seller(&run(&World { days: days as u32, ..world.clone() })).rate.0 > 0
    };
    assert!(!blamed(&world, RULED_AGAIN));
    assert!(blamed(&world, RULED_AGAIN + 1));
    world.policy.appeal.accuracy = 0.0;
    world.policy.mediation.buyer_favour = 0.0;
    let outcome = run(&world);
    assert_eq!(appeals(&outcome), [0, 1, 1, 1]);
    assert_eq!(only_seller(&outcome).rate.0, 0, "who wins on appeal is not to blame");
}

#[test]
fn silence_that_leads_to_the_platform_leads_to_an_appeal_as_well() {
    let mut world = appealed_batch();
    world.sellers[0].response = answers_after(days(6.0));
    world.policy.dispute.silence = SilenceOutcome::Platform;
    let outcome = run(&world);
    assert_eq!(appeals(&outcome), [0, 1, 1, 0]);
    // Five days after filing the platform takes over, and rules three days later.
    assert_eq!(days_of(&outcome, Series::ValueRefunded), [NOTICED + 5 + 3 + 2 + 7]);
}

#[test]
fn a_parcel_that_comes_during_an_appeal_lets_the_buyer_withdraw() {
    let mut world = one_batch();
    world.days = 90;
    rejects_everything(&mut world.sellers[0]);
    world.sellers[0].promise = Some(days(3.0));
    world.sellers[0].appeals = 1.0;
    world.sellers[0].appeal_delay = days(2.0);
    world.buyers[0].late_tolerance = complains_at_once();
    world.buyers[0].withdraws_on_arrival = 1.0;
    world.policy.appeal.deadline = Some(span(10));
    // Filed three days after placing, ruled ten days later: parcels handed over on day 2 come before the appeal, during it, and
    // after the second ruling.
    for (transit, filed, decided) in [(12.5, 0, 0), (15.0, 1, 0), (30.0, 1, 1)] {
        world.sellers[0].transit_time = days(transit);
        let outcome = run(&world);
        assert_eq!(appeals(&outcome), [0, filed, decided, 0], "{transit} days in transit");
        let orders = count(&outcome, Count::OrdersPlaced);
        assert_eq!(count(&outcome, Count::DisputesWithdrawn), (1 - decided) * orders);
        assert_eq!(count(&outcome, Count::OrdersCompleted), (1 - decided) * orders);
        assert_eq!(count(&outcome, Count::RefundedByRuling), decided * count(&outcome, Count::ValuePaid));
    }
}

#[test]
fn a_story_tells_both_rulings_and_who_appealed() {
    let tables = Tables::new(&appealed_by_the_buyer());
    let stories = order_stories(&tables, 0, 0, 0..1, &|_| true).expect("nobody stops it").stories;
    assert!(!stories.is_empty());
    for story in &stories {
        assert_eq!(story.state, OrderState::Refunded);
        let told: Vec<_> =
            story.steps.iter().skip(5).map(|step| (step.what, step.actor, step.rule())).collect();
        let platform = |step| (Event::Step(step), Actor::Platform, Some(8));
        let appeal = (Event::Step(Step::AppealByBuyer), Actor::Buyer, Some(12));
        let expected =
            [platform(Step::StepIn), platform(Step::DecideForSeller), appeal, platform(Step::RuleForBuyer)];
        assert_eq!(told, expected);
        let days: Vec<i32> = story.steps.iter().skip(6).map(|step| step.at.day().0).collect();
        assert_eq!(days, [RULED, APPEALED, RULED_AGAIN].map(|day| day as i32));
        let amounts: Vec<Option<Money>> = story.steps.iter().skip(6).map(|step| step.amount).collect();
        assert_eq!(amounts, [None, None, Some(story.value)]);
    }
}

#[test]
fn what_comes_to_a_ruling_comes_to_the_same_by_lanes_and_by_flows() {
    let mut world = appealed_batch();
    world.sellers[0].appeals = 0.5;
    world.sellers[0].accept = Distribution::Constant(0.5);
    world.sellers[0].appeal_delay = Distribution::Uniform { min: 0.0, max: 20.0 * DAY };
    world.buyers[0].appeals = 0.7;
    world.policy.mediation.accuracy = 0.5;
    world.policy.appeal.accuracy = 0.5;
    world.market.orders_per_day = 1000.0;
    for silence in [SilenceOutcome::Refund, SilenceOutcome::Platform] {
        world.policy.dispute.silence = silence;
        for response in [
            answers_after(Distribution::Exponential { mean: 4.0 * DAY }),
            Response::Desk(desk(1, Distribution::Exponential { mean: 0.004 * DAY })),
        ] {
            world.sellers[0].response = response;
            let outcome = |tables: &Tables| {
                simulate_market(tables, 0, 0, Workers::One, true, &|_| true).expect("nobody stops it")
            };
            let both = outcome(&Tables::new(&world));
            assert_eq!(both, outcome(&Tables::new(&world).without_predetermined_ends()));
            for what in [Count::AppealsFiledByBuyers, Count::AppealsFiledBySellers, Count::AppealsGranted] {
                assert!(count(&both, what) > 0, "{what:?} with {silence:?}");
            }
        }
    }
}
