//! Orders of one day whose milestones all fall on the same second, so that counts, days and cents are exact.

pub(crate) use super::world::*;
use redress::behavior::{LatePoint, SellerSegment};
use redress::engine::{Surge, World};
use redress::observe::{MarketOutcome, SellerOutcome, Series};
use redress::policy::service_score::{ScoreComponent, ServiceScoreRule};
use redress::sim::{Distribution, SimDuration, Span, Weekday, WorkCalendar};

/// Day on which [`one_batch`] hands its parcels over, at midnight.
pub(crate) const HANDED_OVER: usize = 2;
/// Day on which they arrive, at midnight.
pub(crate) const DELIVERED: usize = 7;
/// Day on which a buyer notices a defect, at midnight.
pub(crate) const NOTICED: usize = 8;

/// The quiet world with orders on day 0 alone, whose parcels are all handed over in the same instant: the
/// second midnight after. From there every milestone of every order falls on the same second.
pub(crate) fn one_batch() -> World {
    let mut world = quiet_world();
    world.days = 30;
    no_orders_from(&mut world, 1);
    world.sellers[0].hand_over = WorkCalendar { until: 1, ..WorkCalendar::always(Weekday::Monday) };
    world
}

/// No orders from `day` on.
pub(crate) fn no_orders_from(world: &mut World, day: i32) {
    world.market.surges.push(Surge { first_day: day, days: 10_000, multiplier: 0.0 });
}

/// One batch whose every item is defective and claimed in full at midnight of day [`NOTICED`]; the seller
/// accepts a day later.
pub(crate) fn disputed_batch() -> World {
    let mut world = one_batch();
    world.sellers[0].defect = always();
    world
}

/// One day of orders that are all out of stock: each buyer asks to cancel a day after placing, and the
/// seller agrees in the same instant, so that all are cancelled on day 1.
pub(crate) fn sold_out_batch() -> World {
    let mut world = one_batch();
    let seller = &mut world.sellers[0];
    seller.stock_out = always();
    seller.stock_out_notice = days(1.0);
    seller.response = answers_after(days(0.0));
    world
}

/// So many seconds, always the same.
pub(crate) fn seconds(seconds: i64) -> Distribution {
    Distribution::Constant(seconds as f64)
}

/// A seller who rejects every request.
pub(crate) fn rejects_everything(seller: &mut SellerSegment) {
    seller.accept = never();
    seller.accept_unfounded = never();
}

/// The only seller of a world of one.
pub(crate) fn only_seller(outcome: &MarketOutcome) -> &SellerOutcome {
    assert_eq!(outcome.sellers.len(), 1);
    &outcome.sellers[0]
}

/// Orders placed on each day.
pub(crate) fn placed_by_day(outcome: &MarketOutcome) -> &[u64] {
    outcome.daily.row(Series::OrdersPlaced)
}

/// The days on which a series is not 0.
pub(crate) fn days_of(outcome: &MarketOutcome, series: Series) -> Vec<usize> {
    let row = outcome.daily.row(series).iter().enumerate();
    row.filter(|&(_, &number)| number > 0).map(|(day, _)| day).collect()
}

/// Every buyer claims a parcel as soon as its promise has passed.
pub(crate) fn complains_at_once() -> Vec<LatePoint> {
    vec![LatePoint { after: SimDuration(0), share: 1.0 }]
}

/// An elapsed span of whole hours.
pub(crate) fn hours(hours: i64) -> Span {
    Span::Elapsed(SimDuration(hours * 3600))
}

/// A service score of which seller-fault cancellations, disputes, defects, silences and lateness take marks
/// from the first on.
pub(crate) fn score_without_tolerance() -> ServiceScoreRule {
    let marks = |points| ScoreComponent { points, floor: 0.0, starts_at: 0.0, worst: 1.0 };
    ServiceScoreRule {
        window: 30,
        not_sold: marks(10.0),
        not_received: marks(15.0),
        not_as_described: marks(15.0),
        description: marks(30.0),
        service: marks(15.0),
        logistics: marks(15.0),
        level_every: 30,
        levels: Vec::new(),
    }
}
