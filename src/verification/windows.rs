//! The dispute rate over a trailing window (R7): how often it is above its threshold.

use super::case::{Case, Statistic, sum};
use super::settings::settings;
use super::theory::counts::rate_is_above;

const SELLERS: f64 = 200.0;
const DAYS: f64 = 100.0;
/// Orders of a seller and day, and the share of them that is disputed in the instant in which they are placed.
const A_DAY: f64 = 3.0;
const DISPUTED: f64 = 0.05;

/// Of the window's orders some are disputed and the others, if it counts orders closed, complete two days later: both are
/// independent Poisson numbers, whichever orders the denominator counts.
pub(super) fn cases() -> Vec<Case> {
    [
        (10_u32, 10_u32, "placed", 0, 0, 1),
        (10, 10, "placed", 30, 0, 4),
        (30, 7, "placed", 60, 7, 6),
        (30, 8, "closed", 90, 0, 7),
        (7, 5, "closed", 10, 3, 2),
    ]
    .map(|(window, percent, denominator, orders, disputes, repeats)| {
        let world = settings(
            &[
                "market.search.feedback=false",
                "buyers[*].notice_delay=0d",
                "sellers[*].handling_time=0d",
                "sellers[*].transit_time=0d",
            ],
            &[
                format!("run.warm_up_days={}", window + 5),
                format!("run.days={DAYS}"),
                format!("market.sellers={SELLERS}"),
                format!("market.orders_per_day={}", A_DAY * SELLERS),
                format!("sellers[*].defect={DISPUTED}"),
                format!("policy.dispute_rate.window={window}d"),
                format!("policy.dispute_rate.threshold={}", f64::from(percent) / 100.0),
                format!("policy.dispute_rate.denominator={denominator}"),
                format!("policy.dispute_rate.minimum_orders={orders}"),
                format!("policy.dispute_rate.minimum_disputes={disputes}"),
            ],
        );
        let mean = A_DAY * f64::from(window);
        let above = rate_is_above(mean * DISPUTED, mean * (1.0 - DISPUTED), percent, orders, disputes);
        Case::new(
            format!(
                "days above {percent} % of {denominator} in {window} d, at least {orders} orders and {disputes} disputes"
            ),
            "independent Poisson counts",
            &world,
            Statistic::Mean(sum(&[(1.0 / (SELLERS * DAYS), "seller_days_above_threshold")])),
            above,
        )
        .repeated(repeats)
    })
    .to_vec()
}
