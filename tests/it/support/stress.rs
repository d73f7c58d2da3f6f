//! Worlds in which everything goes wrong at once.

use super::batch::*;
use redress::behavior::*;
use redress::engine::{Surge, World};
use redress::policy::appeal::AppealRule;
use redress::policy::cancellation::ShipmentRace;
use redress::policy::dispute::SilenceOutcome;
use redress::policy::dispute_rate::PenaltyCurve;
use redress::policy::exposure::Exposure;
use redress::policy::not_sold::GradeEntry;
use redress::policy::points::{Indicator, PointAward, PointTier, PointsRule};
use redress::policy::rate::Rate;
use redress::policy::returns::ReturnRule;
use redress::policy::service_score::ScoreLevel;
use redress::sim::{Distribution, SimDuration, Span, Weekday, WorkCalendar};

/// A market of 40 sellers, half of them with a desk, where every rule is switched on and often broken.
pub(crate) fn stress_world(seed: u64) -> World {
    let mut world = quiet_world();
    world.seed = seed;
    world.days = 90;
    world.warm_up_days = 30;
    let market = &mut world.market;
    market.sellers = 40;
    market.orders_per_day = 240.0;
    market.order_value = Distribution::Lognormal { median: 900.0, sigma: 1.5 };
    market.day_dispersion = 0.3;
    market.weekday_profile = [1.3, 1.2, 1.1, 1.0, 1.0, 0.9, 0.5];
    market.surges = vec![Surge { first_day: 40, days: 3, multiplier: 6.0 }];
    market.exposure = Exposure::Position { exponent: 0.8 };
    market.leaves_market = 0.3;
    spoil_buyers(&mut world);
    spoil_sellers(&mut world);
    spoil_policy(&mut world);
    world
}

fn exponential(days: f64) -> Distribution {
    Distribution::Exponential { mean: days * DAY }
}

fn share(alpha: f64, beta: f64) -> Distribution {
    Distribution::Beta { alpha, beta }
}

fn spoil_buyers(world: &mut World) {
    let buyer = &mut world.buyers[0];
    buyer.change_of_mind = 0.1;
    buyer.change_of_mind_delay = exponential(1.0);
    buyer.shipping_patience = Some(exponential(12.0));
    buyer.reason_honesty = 0.7;
    buyer.steering_compliance = 0.5;
    buyer.claim_given_defect = 0.8;
    buyer.notice_delay = exponential(9.0);
    buyer.opportunism = share(1.15, 15.0);
    buyer.requested = RequestedAmount::Greed(share(1.0, 2.0));
    buyer.full_request = 0.3;
    buyer.confirmation_delay = exponential(4.0);
    buyer.confirms_first = 0.5;
    buyer.late_tolerance = vec![
        LatePoint { after: SimDuration(0), share: 0.15 },
        LatePoint { after: SimDuration::from_days(5), share: 0.8 },
    ];
    buyer.withdraws_on_arrival = 0.6;
    buyer.accepts_counter_offer = 0.5;
    buyer.modifies = 0.4;
    buyer.wait_for_platform = 0.7;
    buyer.offline_compliance = 0.5;
    buyer.keeps_dispute = 0.4;
    let mut honest = buyer.clone();
    honest.name = "honest".into();
    honest.opportunism = never();
    world.buyers.push(honest);
    world.buyers.iter_mut().for_each(|segment| segment.share = 0.5);
}

fn spoil_sellers(world: &mut World) {
    let seller = &mut world.sellers[0];
    seller.attractiveness = Distribution::Lognormal { median: 1.0, sigma: 1.2 };
    seller.stock_out = share(1.0, 15.0);
    seller.stock_out_notice = exponential(1.0);
    seller.handling_time = Distribution::Lognormal { median: 2.0 * DAY, sigma: 1.0 };
    seller.hand_over = WorkCalendar::business_days(Weekday::Monday);
    seller.transit_time = Distribution::Gamma { shape: 1.6, scale: 6.0 * DAY };
    seller.promise = Some(Distribution::Lognormal { median: 18.0 * DAY, sigma: 0.4 });
    seller.promise_correlation = 0.5;
    seller.loss = Distribution::Constant(0.03);
    seller.defect = share(1.0, 8.0);
    seller.severity = share(2.0, 2.0);
    seller.accept = Distribution::Constant(0.5);
    seller.accept_unfounded = Distribution::Constant(0.2);
    seller.accept_up_to = 0.8;
    seller.accept_value_limit = Some(5000);
    seller.counter_offer = 0.5;
    seller.agrees_to_cancel = 0.6;
    seller.steering = 0.2;
    seller.steering_near_grade = 0.9;
    seller.near_grade = 2;
    seller.offline_offer = 0.2;
    seller.goodwill = 0.4;
    let fraction = ResponseDelay::FractionOfDeadline(share(1.07, 0.61));
    seller.response = Response::Delay { delay: fraction, never: 0.05 };
    let mut desked = seller.clone();
    desked.name = "desked".into();
    desked.response = Response::Desk(DeskSpec {
        hours: WorkCalendar {
            from: 9 * 3600,
            until: 17 * 3600,
            ..WorkCalendar::business_days(Weekday::Monday)
        },
        discipline: Discipline::EarliestDeadline,
        reneging: Reneging::WhileWaiting,
        ..desk(1, exponential(0.1))
    });
    world.sellers.push(desked);
    world.sellers.iter_mut().for_each(|segment| segment.share = 0.5);
}

fn spoil_policy(world: &mut World) {
    let policy = &mut world.policy;
    policy.shipment.deadline = Span::BusinessDays(7);
    policy.completion.protection_period = span(45);
    policy.dispute.opens_after = SimDuration::from_days(3);
    policy.dispute.opens_at_once_below = SimDuration::from_days(12);
    policy.dispute.modifications = 2;
    policy.mediation.accuracy = 0.7;
    policy.mediation.partial_share = 0.4;
    policy.mediation.seller_liable = 0.8;
    policy.offline.detection = 0.1;
    policy.dispute_rate.threshold = Rate::new(0.05);
    policy.dispute_rate.minimum_orders = 10;
    policy.dispute_rate.penalty = PenaltyCurve::Exponential { slope: 0.5, floor: 0.1 };
    policy.not_sold.minimum_orders = 10;
    policy.not_sold.demote = Some(GradeEntry { count: 3, share: Some(Rate::new(0.02)) });
    policy.not_sold.hide = Some(GradeEntry { count: 10, share: Some(Rate::new(0.08)) });
    policy.not_sold.freeze = Some(GradeEntry { count: 20, share: None });
    policy.not_sold.close_at_freeze = Some(4);
    let mut score = score_without_tolerance();
    score.levels = vec![ScoreLevel { at: 90.0, weight: 1.1 }, ScoreLevel { at: 70.0, weight: 1.0 }];
    policy.service_score = Some(score);
    let award =
        |indicator| PointAward { indicator, window: 14, above: Rate::new(0.08), minimum_count: 3, points: 2 };
    policy.points = Some(PointsRule {
        every: 7,
        expire_after: 60,
        awards: [Indicator::NotSoldRate, Indicator::DisputeRate, Indicator::LateRate].map(award).into(),
        tiers: vec![
            PointTier { at: 4, weight: 0.7, freeze_for: SimDuration(0) },
            PointTier { at: 12, weight: 0.3, freeze_for: SimDuration::from_days(7) },
        ],
    });
}

/// The same misery under other switches: races, silence, windows without a weekend, a single huge round of
/// disputes at the horizon, appeals, returns.
pub(crate) fn stress_variants(seed: u64) -> Vec<World> {
    let mut held = stress_world(seed);
    held.policy.cancellation.race = ShipmentRace::Held;
    held.policy.dispute.silence = SilenceOutcome::Platform;
    held.market.exposure = Exposure::Clicks(vec![0.3, 0.15, 0.1, 0.07, 0.05, 0.02]);
    if let Some(score) = &mut held.policy.service_score {
        score.levels = vec![ScoreLevel { at: 95.0, weight: 1.1 }, ScoreLevel { at: 90.0, weight: 0.8 }];
    }
    let mut exclusive = stress_world(seed);
    exclusive.policy.cancellation.race = ShipmentRace::Exclusive;
    exclusive.policy.dispute.response_deadline = Span::BusinessDays(3);
    exclusive.policy.dispute.platform_steps_in = span(0);
    exclusive.market.feedback = false;
    let mut boundless = stress_world(seed);
    boundless.policy.shipment.deadline = Span::Never;
    boundless.policy.completion.protection_period = Span::Never;
    boundless.policy.dispute.response_deadline = Span::Never;
    boundless.policy.cancellation.silence = Span::Never;
    boundless.policy.dispute.after_completion = span(0);
    let mut instant = stress_world(seed);
    instant.sellers.iter_mut().for_each(|seller| {
        seller.response = answers_after(days(0.0));
        seller.transit_time = days(0.0);
        seller.stock_out_notice = days(0.0);
        seller.handling_time = days(0.0);
        seller.hand_over = WorkCalendar::always(Weekday::Monday);
    });
    instant.buyers.iter_mut().for_each(|buyer| {
        buyer.notice_delay = days(0.0);
        buyer.confirmation_delay = days(0.0);
        buyer.change_of_mind_delay = days(0.0);
    });
    instant.policy.mediation.delay = days(0.0);
    instant.policy.dispute.platform_steps_in = span(0);
    let mut appealed = stress_world(seed);
    appealed.policy.appeal = AppealRule { deadline: Some(span(10)), delay: exponential(5.0), accuracy: 0.8 };
    appealed.buyers.iter_mut().for_each(|buyer| {
        (buyer.appeals, buyer.appeal_delay) = (0.5, exponential(6.0));
    });
    appealed.sellers.iter_mut().for_each(|seller| {
        (seller.appeals, seller.appeal_delay) = (0.6, exponential(3.0));
    });
    let mut returned = stress_world(seed);
    returned.policy.returns = Some(ReturnRule { deadline: span(4), confirmation: span(2) });
    returned.buyers.iter_mut().for_each(|buyer| {
        (buyer.asks_return, buyer.return_delay) = (0.7, exponential(3.0));
        buyer.return_transit = exponential(4.0);
    });
    returned.sellers.iter_mut().for_each(|seller| seller.return_check = exponential(2.0));
    vec![stress_world(seed), held, exclusive, boundless, instant, appealed, returned]
}
