//! Worlds built in code: a quiet one in which nothing goes wrong, and the reference workload.

use redress::behavior::*;
use redress::engine::{MarketSpec, Tables, Workers, World, simulate_market};
use redress::market::Attribution;
use redress::observe::{Count, MarketOutcome};
use redress::policy::Policy;
use redress::policy::after_sale::AfterSaleRule;
use redress::policy::appeal::AppealRule;
use redress::policy::cancellation::{CancelReason, CancellationRule, ShipmentRace};
use redress::policy::completion::CompletionRule;
use redress::policy::dispute::{DisputeRule, SilenceOutcome};
use redress::policy::dispute_rate::{Basis, Denominator, DisputeRateRule, PenaltyCurve};
use redress::policy::exposure::Exposure;
use redress::policy::mediation::MediationRule;
use redress::policy::not_sold::NotSoldRule;
use redress::policy::offline::OfflineRule;
use redress::policy::rate::Rate;
use redress::policy::shipment::ShipmentRule;
use redress::sim::{Distribution, SimDuration, Span, Weekday, WorkCalendar};

pub const DAY: f64 = 86_400.0;

/// So many days in seconds, always the same.
pub fn days(days: f64) -> Distribution {
    Distribution::Constant(days * DAY)
}

pub fn never() -> Distribution {
    Distribution::Constant(0.0)
}

pub fn always() -> Distribution {
    Distribution::Constant(1.0)
}

/// An elapsed span of whole days.
pub fn span(days: i64) -> Span {
    Span::Elapsed(SimDuration::from_days(days))
}

/// One market of one seller with 20 orders per day for 60 days, in which nothing goes wrong: handling takes
/// a day, transit five, confirmation two.
pub fn quiet_world() -> World {
    World {
        seed: 1,
        days: 60,
        warm_up_days: 0,
        replications: 1,
        day_zero: Weekday::Monday,
        market: MarketSpec {
            count: 1,
            sellers: 1,
            buyers: 1000,
            orders_per_day: 20.0,
            order_value: Distribution::Constant(10_000.0),
            weekday_profile: [1.0; 7],
            day_dispersion: 0.0,
            surges: Vec::new(),
            exposure: Exposure::Proportional,
            feedback: true,
            leaves_market: 0.0,
        },
        buyers: vec![quiet_buyer()],
        sellers: vec![quiet_seller()],
        policy: plain_policy(),
        bad_seller_fault: 0.1,
    }
}

fn quiet_buyer() -> BuyerSegment {
    BuyerSegment {
        name: "buyer".into(),
        share: 1.0,
        change_of_mind: 0.0,
        change_of_mind_delay: days(0.5),
        shipping_patience: None,
        reason_honesty: 1.0,
        steering_compliance: 0.0,
        claim_given_defect: 1.0,
        notice_delay: days(1.0),
        opportunism: never(),
        requested: RequestedAmount::Fraction(always()),
        full_request: 0.0,
        confirmation_delay: days(2.0),
        confirms_first: 0.0,
        late_tolerance: Vec::new(),
        withdraws_on_arrival: 0.0,
        accepts_counter_offer: 0.0,
        modifies: 0.0,
        modified_fraction: 0.5,
        wait_for_platform: 1.0,
        offline_compliance: 0.0,
        keeps_dispute: 0.0,
        asks_return: 0.0,
        return_delay: days(2.0),
        return_transit: days(5.0),
        appeals: 0.0,
        appeal_delay: days(1.0),
    }
}

fn quiet_seller() -> SellerSegment {
    SellerSegment {
        name: "seller".into(),
        share: 1.0,
        attractiveness: always(),
        stock_out: never(),
        stock_out_notice: days(0.5),
        handling_time: days(1.0),
        handling_factor: always(),
        hand_over: WorkCalendar::always(Weekday::Monday),
        transit_time: days(5.0),
        promise: None,
        promise_correlation: 0.0,
        loss: never(),
        defect: never(),
        severity: always(),
        accept: always(),
        accept_unfounded: always(),
        accept_up_to: 1.0,
        accept_value_limit: None,
        counter_offer: 0.0,
        counter_fraction: Distribution::Constant(0.5),
        agrees_to_cancel: 1.0,
        steering: 0.0,
        steering_near_grade: 0.0,
        near_grade: 1,
        offline_offer: 0.0,
        goodwill: 0.0,
        response: answers_after(days(1.0)),
        cancel_response: None,
        return_check: days(1.0),
        appeals: 0.0,
        appeal_delay: days(1.0),
    }
}

/// Answers after a delay of its own.
pub fn answers_after(delay: Distribution) -> Response {
    Response::Delay { delay: ResponseDelay::Elapsed(delay), never: 0.0 }
}

/// A desk around the clock, first come, first served, that overdue cases leave.
pub fn desk(agents: u16, service_time: Distribution) -> DeskSpec {
    DeskSpec {
        agents,
        service_time,
        hours: WorkCalendar::always(Weekday::Monday),
        discipline: Discipline::Fifo,
        reneging: Reneging::Always,
    }
}

fn plain_policy() -> Policy {
    let reason = |name: &str, attributed_to| CancelReason { name: name.into(), attributed_to, weight: 1.0 };
    Policy {
        cancellation: CancellationRule {
            silence: span(2),
            reasons: vec![reason("mine", Attribution::Buyer), reason("theirs", Attribution::Seller)],
            race: ShipmentRace::Open,
        },
        shipment: ShipmentRule { deadline: span(10) },
        completion: CompletionRule { protection_period: span(60), confirmation_period: span(15) },
        dispute: DisputeRule {
            opens_after: SimDuration(0),
            opens_at_once_below: SimDuration(0),
            response_deadline: span(5),
            silence: SilenceOutcome::Refund,
            after_completion: span(15),
            platform_steps_in: span(7),
            modifications: 0,
        },
        mediation: MediationRule {
            delay: days(3.0),
            buyer_favour: 0.5,
            accuracy: 1.0,
            partial_share: 0.0,
            partial_fraction: Distribution::Constant(0.5),
            seller_liable: 1.0,
        },
        after_sale: AfterSaleRule { delay: days(3.0) },
        offline: OfflineRule { detection: 0.0, freeze_for: SimDuration::from_days(7) },
        dispute_rate: DisputeRateRule {
            window: 30,
            basis: Basis::Filed,
            denominator: Denominator::Closed,
            minimum_orders: 0,
            minimum_disputes: 0,
            threshold: Rate::new(1.0),
            penalty: PenaltyCurve::None,
        },
        not_sold: NotSoldRule {
            window: 30,
            minimum_orders: 0,
            demote: None,
            demotion_weight: 0.5,
            hide: None,
            freeze: None,
            freeze_for: vec![SimDuration::from_days(7)],
            close_at_freeze: None,
        },
        service_score: None,
        points: None,
        returns: None,
        appeal: AppealRule { deadline: None, delay: days(7.0), accuracy: 1.0 },
    }
}

/// The reference workload that other engines run as well: so many sellers in each of `markets` markets,
/// 10 orders per day each.
pub fn reference_workload(markets: u32, sellers: u32, days: u32) -> World {
    let mut world = quiet_world();
    world.days = days;
    world.market.count = markets;
    world.market.sellers = sellers;
    world.market.buyers = 100_000;
    world.market.orders_per_day = f64::from(sellers) * 10.0;
    world.market.order_value = Distribution::Lognormal { median: 2500.0, sigma: 0.6 };
    world.market.feedback = false;
    let in_days = |law: fn(f64) -> Distribution, days: f64| law(days * DAY);
    let exponential = |days: f64| in_days(|mean| Distribution::Exponential { mean }, days);
    let buyer = &mut world.buyers[0];
    buyer.change_of_mind = 0.042 / 0.982;
    buyer.change_of_mind_delay = Distribution::Uniform { min: 0.0, max: DAY };
    buyer.notice_delay = exponential(3.0);
    buyer.requested = RequestedAmount::Fraction(Distribution::Uniform { min: 0.2, max: 1.0 });
    buyer.confirmation_delay = exponential(6.0);
    let seller = &mut world.sellers[0];
    seller.stock_out = Distribution::Constant(0.018);
    seller.stock_out_notice = Distribution::Uniform { min: 0.0, max: DAY };
    seller.handling_time = Distribution::Lognormal { median: 2.0 * DAY, sigma: 0.5 };
    seller.transit_time = Distribution::Lognormal { median: 18.0 * DAY, sigma: 0.4 };
    seller.defect = Distribution::Constant(0.08);
    seller.accept = Distribution::Constant(0.6);
    seller.response = Response::Desk(desk(1, exponential(0.5)));
    seller.cancel_response = Some(exponential(1.0));
    let policy = &mut world.policy;
    policy.cancellation.silence = Span::Never;
    policy.cancellation.race = ShipmentRace::Exclusive;
    policy.shipment.deadline = Span::Never;
    policy.completion.protection_period = Span::Never;
    policy.dispute.after_completion = span(60);
    policy.dispute.platform_steps_in = span(0);
    policy.mediation.delay = exponential(7.0);
    policy.mediation.accuracy = 0.0;
    policy.appeal.delay = policy.mediation.delay.clone();
    policy.appeal.accuracy = policy.mediation.accuracy;
    policy.dispute_rate.denominator = Denominator::Placed;
    world
}

/// Runs every market of replication 0 and adds the outcomes up.
pub fn run(world: &World) -> MarketOutcome {
    let tables = Tables::new(world);
    let mut sum = market_of(&tables, 0);
    for market in 1..world.market.count {
        let outcome = market_of(&tables, market);
        sum.market.merge(&outcome.market);
        sum.daily.merge(&outcome.daily);
        sum.books.merge(&outcome.books);
        sum.sellers.extend(outcome.sellers);
    }
    sum
}

fn market_of(tables: &Tables, market: u32) -> MarketOutcome {
    simulate_market(tables, 0, market, Workers::One, true, &|_| true).expect("nobody stops the run")
}

/// A count of a whole world.
pub fn count(outcome: &MarketOutcome, what: Count) -> u64 {
    outcome.market.tally.get(what) as u64
}
