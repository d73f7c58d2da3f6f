//! What holds in any valid world, however odd: it runs, money and orders are conserved, threads change
//! nothing, and a longer horizon never rewrites the past.

use crate::support::arbitrary::for_any_world;
use crate::support::world::{count, desk, run};
use redress::behavior::{DeskSpec, Discipline, Response};
use redress::engine::{Surge, Tables, Workers, World, simulate_market};
use redress::observe::catalogue::METRICS;
use redress::observe::{Count, GroupOutcome, MarketOutcome, SellerOutcome, Series, Totals};
use redress::policy::dispute_rate::PenaltyCurve;
use redress::policy::not_sold::GradeEntry;
use redress::sim::{Distribution, SimDuration, Span};
use std::cell::RefCell;

/// The ways in which a dispute ends.
const DISPUTE_ENDS: [Count; 6] = [
    Count::DisputesAccepted,
    Count::DisputesAutoExecuted,
    Count::DisputesCountered,
    Count::DisputesWithdrawn,
    Count::DisputesRuledForBuyer,
    Count::DisputesRuledForSeller,
];

fn sum(outcome: &MarketOutcome, counts: &[Count]) -> u64 {
    counts.iter().map(|&what| count(outcome, what)).sum()
}

#[test]
fn the_worlds_drawn_meet_every_rule() {
    let worlds = RefCell::new(vec![0; Count::ALL.len()]);
    for_any_world(160, |world| {
        let outcome = run(&world);
        for (worlds, &what) in worlds.borrow_mut().iter_mut().zip(Count::ALL) {
            *worlds += u32::from(count(&outcome, what) > 0);
        }
    });
    for (&worlds, what) in worlds.borrow().iter().zip(Count::ALL) {
        assert!(worlds >= 5, "{what:?} happens in {worlds} worlds of 160");
    }
}

#[test]
fn money_is_conserved_in_any_world() {
    for_any_world(80, |world| {
        let outcome = run(&world);
        assert!(outcome.books.balance());
        assert_eq!(outcome.books.paid.0 as u64, count(&outcome, Count::ValuePaid));
        let ends = [Count::ValueReleased, Count::ValueHeld, Count::ValueRefunded];
        assert_eq!(sum(&outcome, &ends), count(&outcome, Count::ValuePaid));
        let causes = [
            Count::RefundedByCancellation,
            Count::RefundedByAgreement,
            Count::RefundedBySilence,
            Count::RefundedByRuling,
            Count::RefundedAfterSale,
        ];
        assert_eq!(sum(&outcome, &causes), count(&outcome, Count::ValueRefunded));
    });
}

#[test]
fn disputes_and_cancellations_add_up_in_any_world() {
    for_any_world(80, |mut world| {
        world.warm_up_days = 0;
        let outcome = run(&world);
        let kinds = [Count::DisputesNotReceived, Count::DisputesNotAsDescribed, Count::DisputesOpportunistic];
        assert_eq!(sum(&outcome, &kinds), count(&outcome, Count::DisputesFiled));
        let chosen = [Count::OrdersCancelledBuyerReason, Count::OrdersCancelledSellerReason];
        let truly = [Count::OrdersCancelledBuyerCause, Count::OrdersCancelledSellerCause];
        assert_eq!(sum(&outcome, &chosen), sum(&outcome, &truly));
        let not_sold = [Count::OrdersCancelledSellerReason, Count::OrdersUnshipped];
        assert_eq!(sum(&outcome, &not_sold), count(&outcome, Count::OrdersNotSold));
        assert_eq!(
            sum(&outcome, &DISPUTE_ENDS) + count(&outcome, Count::DisputesOpen),
            count(&outcome, Count::DisputesFiled)
        );
        let cancelled = sum(&outcome, &chosen);
        let known = [Count::CancelsRefused, Count::CancelsOvertaken, Count::CancelsOpen];
        let known = cancelled + sum(&outcome, &known);
        // A request whose order is closed for want of shipment ends with it.
        let closed = count(&outcome, Count::OrdersUnshipped);
        assert!((known..=known + closed).contains(&count(&outcome, Count::CancelsRequested)));
        assert!(
            sum(&outcome, &[Count::OrdersDelivered, Count::OrdersLost])
                <= count(&outcome, Count::OrdersShipped)
        );
        let appeals = sum(&outcome, &[Count::AppealsFiledByBuyers, Count::AppealsFiledBySellers]);
        let [decided, granted] =
            [Count::AppealsDecided, Count::AppealsGranted].map(|what| count(&outcome, what));
        assert!(
            granted <= decided && decided <= appeals && appeals <= count(&outcome, Count::DisputesEscalated)
        );
        let answered = [Count::DisputesAccepted, Count::DisputesRejected];
        assert_eq!(sum(&outcome, &answered), count(&outcome, Count::DisputesAnswered));
    });
}

#[test]
fn returns_add_up_in_any_world() {
    for_any_world(80, |mut world| {
        world.warm_up_days = 0;
        let outcome = run(&world);
        let paid = [Count::ReturnsConfirmed, Count::ReturnsRefundedBySilence];
        let ends = sum(&outcome, &paid) + count(&outcome, Count::ReturnsMissed);
        assert_eq!(ends + count(&outcome, Count::ReturnsOpen), count(&outcome, Count::ReturnsGranted));
        assert!(sum(&outcome, &paid) <= count(&outcome, Count::ReturnsSent));
        assert!(count(&outcome, Count::ReturnsGranted) <= count(&outcome, Count::ReturnsAsked));
        if world.policy.returns.is_none() {
            assert_eq!(count(&outcome, Count::ReturnsAsked), 0);
        }
    });
}

/// How long an order may stay unshipped and uncancelled at most: its shipment deadline, in days, weekends
/// included.
fn longest_wait(world: &mut World) -> u32 {
    match world.policy.shipment.deadline {
        Span::Elapsed(SimDuration(seconds)) => seconds as u32 / 86_400 + 2,
        Span::BusinessDays(days) => u32::from(days) * 7 / 5 + 5,
        Span::Never => {
            world.policy.shipment.deadline = Span::BusinessDays(5);
            12
        }
    }
}

#[test]
fn every_order_of_any_world_is_cancelled_or_closed_or_shipped_by_its_deadline() {
    for_any_world(80, |mut world| {
        world.warm_up_days = 0;
        let quiet = Surge { first_day: world.days as i32, days: 1000, multiplier: 0.0 };
        world.days += longest_wait(&mut world);
        world.market.surges.push(quiet);
        let outcome = run(&world);
        let ways = [
            Count::OrdersCancelledBuyerReason,
            Count::OrdersCancelledSellerReason,
            Count::OrdersUnshipped,
            Count::OrdersShipped,
        ];
        assert_eq!(sum(&outcome, &ways), count(&outcome, Count::OrdersPlaced));
    });
}

/// An elapsed deadline in seconds, business days with their weekends; none if there is none.
fn longest(span: Span) -> Option<u32> {
    match span {
        Span::Elapsed(SimDuration(seconds)) => Some(seconds as u32),
        Span::BusinessDays(days) => Some((u32::from(days) * 7 / 5 + 5) * 86_400),
        Span::Never => None,
    }
}

#[test]
fn no_answer_of_any_world_comes_after_its_deadline() {
    for_any_world(80, |world| {
        let outcome = run(&world);
        let last = outcome.market.delays.quantile(1.0);
        if let (Some(deadline), Some(last)) = (longest(world.policy.dispute.response_deadline), last) {
            assert!(last <= f64::from(deadline) * 1.01 + 1.0, "{last} s after a deadline of {deadline} s");
        }
    });
}

/// A request has at most its deadline, the platform steps in at the latest so long after, and rules after its delay.
#[test]
fn every_dispute_of_any_world_has_ended_when_its_deadlines_have_passed() {
    for_any_world(80, |mut world| {
        let policy = &mut world.policy;
        policy.dispute.response_deadline = Span::Elapsed(SimDuration::from_days(4));
        policy.dispute.platform_steps_in = Span::Elapsed(SimDuration::from_days(6));
        policy.mediation.delay = Distribution::Constant(3.0 * 86_400.0);
        let rounds = u32::from(policy.dispute.modifications.min(3));
        policy.dispute.modifications = rounds as u8;
        world.warm_up_days = 0;
        // The last filing comes before the end of the busy days; what is filed later is not looked at.
        let busy = world.days;
        world.days += 4 * (rounds + 1) + 6 + 3 + 1;
        let outcome = run(&world);
        let filed: u64 = outcome.daily.row(Series::DisputesFiled)[..busy as usize].iter().sum();
        let ended = sum(&outcome, &DISPUTE_ENDS);
        assert!(ended >= filed, "{ended} of {filed} have ended");
    });
}

fn merged<'a>(groups: impl Iterator<Item = &'a GroupOutcome>) -> Totals {
    let mut sum = Totals::default();
    groups.for_each(|group| sum.merge(&group.tally));
    sum
}

#[test]
fn sellers_segments_and_days_add_up_to_the_market_in_any_world() {
    for_any_world(60, |world| {
        let outcome = run(&world);
        let whole = outcome.market.tally;
        let mut of_sellers = Totals::default();
        outcome.sellers.iter().for_each(|seller| of_sellers.add(&seller.tally));
        assert_eq!(of_sellers, whole);
        assert_eq!(merged(outcome.seller_segments.iter()), whole);
        let by_buyer = merged(outcome.buyer_segments.iter());
        for (what, series) in [
            (Count::OrdersPlaced, Series::OrdersPlaced),
            (Count::OrdersShipped, Series::OrdersShipped),
            (Count::OrdersDelivered, Series::OrdersDelivered),
            (Count::OrdersCompleted, Series::OrdersCompleted),
            (Count::OrdersCancelledBuyerReason, Series::CancelledBuyerReason),
            (Count::OrdersCancelledSellerReason, Series::CancelledSellerReason),
            (Count::OrdersNotSold, Series::NotSold),
            (Count::DisputesFiled, Series::DisputesFiled),
            (Count::DisputesAccepted, Series::DisputesAccepted),
            (Count::DisputesAutoExecuted, Series::DisputesAutoExecuted),
            (Count::DisputesCountered, Series::DisputesCountered),
            (Count::DisputesWithdrawn, Series::DisputesWithdrawn),
            (Count::DisputesRuledForBuyer, Series::DisputesRuledForBuyer),
            (Count::DisputesRuledForSeller, Series::DisputesRuledForSeller),
        ] {
            assert_eq!(
                whole.get(what),
                u128::from(outcome.daily.row(series).iter().sum::<u64>()),
                "{series:?}"
            );
            assert_eq!(whole.get(what), by_buyer.get(what), "{what:?}");
        }
    });
}

#[test]
fn every_metric_of_any_world_is_a_number_or_undefined() {
    for_any_world(60, |world| {
        let outcome = run(&world);
        let groups = [&outcome.market].into_iter().chain(&outcome.seller_segments);
        for group in groups.chain(&outcome.buyer_segments) {
            all_finite(&world, group);
        }
    });
}

fn all_finite(world: &World, group: &GroupOutcome) {
    for metric in METRICS {
        let value = metric.value(&world.policy.dispute_rate, group);
        assert!(value.is_none_or(f64::is_finite), "{} is {value:?}", metric.name);
    }
}

#[test]
fn any_world_has_the_same_outcome_on_one_thread_two_and_three() {
    let pools =
        [1, 2, 3].map(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap());
    for_any_world(60, |world| {
        let tables = Tables::new(&world);
        let run_with = |workers| simulate_market(&tables, 0, 0, workers, true, &|_| true).unwrap();
        let alone = run_with(Workers::One);
        for pool in &pools {
            assert_eq!(alone, pool.install(|| run_with(Workers::Many)));
        }
    });
}

#[test]
fn a_longer_horizon_never_rewrites_the_days_of_any_world() {
    for_any_world(60, |mut world| {
        let short = run(&world);
        let days = world.days as usize;
        for further in [1, 23] {
            world.days = days as u32 + further;
            let long = run(&world);
            for &series in Series::ALL {
                assert_eq!(short.daily.row(series), &long.daily.row(series)[..days], "{series:?}");
            }
        }
    });
}

/// Where nothing that a seller does can change the days after, days are not judged and many are placed in one go.
#[test]
fn a_penalty_that_nobody_reaches_changes_nothing_in_any_world() {
    let (withdrawn, delayed) = (RefCell::new(0), RefCell::new(0));
    for_any_world(120, |mut world| {
        let policy = &mut world.policy;
        policy.dispute_rate.penalty = PenaltyCurve::None;
        (policy.service_score, policy.points) = (None, None);
        policy.offline.freeze_for = SimDuration(0);
        let not_sold = &mut policy.not_sold;
        (not_sold.demote, not_sold.hide, not_sold.freeze) = (None, None, None);
        assert!(!policy.penalises(true));
        let unjudged = run(&world);
        world.policy.not_sold.freeze = Some(GradeEntry { count: u32::MAX, share: None });
        assert!(world.policy.penalises(false));
        assert!(unjudged == run(&world), "the outcomes differ");
        *withdrawn.borrow_mut() += count(&unjudged, Count::DisputesWithdrawn);
        let is_delayed = |response: &Response| matches!(response, Response::Delay { .. });
        if world.sellers.iter().any(|seller| is_delayed(&seller.response)) {
            *delayed.borrow_mut() += count(&unjudged, Count::DisputesAnswered);
        }
    });
    assert!(withdrawn.into_inner() > 100 && delayed.into_inner() > 1000);
}

#[test]
fn the_last_day_of_any_world_shows_the_windows_of_its_sellers() {
    let above = RefCell::new(0);
    for_any_world(80, |world| {
        let outcome = run(&world);
        let last = |series: Series| *outcome.daily.row(series).last().expect("a run has a day");
        let total = |of: fn(&SellerOutcome) -> u32| -> u64 {
            outcome.sellers.iter().map(|seller| u64::from(of(seller))).sum()
        };
        assert_eq!(last(Series::RateDisputes), total(|seller| seller.rate.0));
        assert_eq!(last(Series::RateOrders), total(|seller| seller.rate.1));
        let rule = &world.policy.dispute_rate;
        let is_above = |seller: &&SellerOutcome| rule.is_above(seller.rate.0, seller.rate.1);
        assert_eq!(
            last(Series::SellersAboveThreshold),
            outcome.sellers.iter().filter(is_above).count() as u64
        );
        let days: u64 = outcome.daily.row(Series::SellersAboveThreshold).iter().sum();
        assert_eq!(days, count(&outcome, Count::SellerDaysAboveThreshold));
        *above.borrow_mut() += days;
        // A suspension on the last day settles what the day has shown.
        if world.policy.not_sold.freeze.is_none() {
            assert_eq!(last(Series::WindowNotSold), total(|seller| seller.not_sold.0));
        }
        assert_eq!(last(Series::WindowPlaced), total(|seller| seller.not_sold.1));
    });
    assert!(above.into_inner() > 100);
}

/// What is predetermined side by side is what the flows bring about one by one, to the last number.
#[test]
fn what_is_predetermined_is_what_comes_about_in_any_world() {
    let disputes = RefCell::new(0);
    for_any_world(150, |world| {
        let predetermined = simulate(&Tables::new(&world));
        assert!(
            predetermined == simulate(&Tables::new(&world).without_predetermined_ends()),
            "the outcomes differ"
        );
        *disputes.borrow_mut() += count(&predetermined, Count::DisputesFiled);
    });
    assert!(disputes.into_inner() > 1000);
}

fn simulate(tables: &Tables) -> MarketOutcome {
    simulate_market(tables, 0, 0, Workers::One, true, &|_| true).expect("nobody stops it")
}

/// Where deadlines come in the order of arrival, the earliest deadline first is first come, first served: the desk that knows its
/// answers on arrival and the one whose cases wait to be called agree to the last number.
#[test]
fn both_kinds_of_desk_serve_alike_where_deadlines_come_in_order_of_arrival() {
    let answers = RefCell::new(0);
    for_any_world(80, |mut world| {
        let span = Span::Elapsed(SimDuration::from_days(3));
        world.policy.dispute.response_deadline = span;
        world.policy.cancellation.silence = span;
        let serve = |discipline: Discipline, world: &mut World| {
            for (place, seller) in (1_u16..).zip(&mut world.sellers) {
                let spec = match &seller.response {
                    Response::Desk(spec) => DeskSpec { discipline, ..spec.clone() },
                    Response::Delay { .. } => {
                        DeskSpec { discipline, ..desk(place, Distribution::Exponential { mean: 30_000.0 }) }
                    }
                };
                seller.response = Response::Desk(spec);
            }
            run(world)
        };
        let fifo = serve(Discipline::Fifo, &mut world);
        assert!(fifo == serve(Discipline::EarliestDeadline, &mut world), "the desks differ");
        *answers.borrow_mut() += count(&fifo, Count::DisputesAnswered);
    });
    assert!(answers.into_inner() > 1000);
}
