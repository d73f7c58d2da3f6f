//! Freeze and thaw (R4): a renewal process, because a suspension settles what led to it.

use super::case::{Case, Statistic, sum};
use super::settings::settings;
use super::theory::chains::{days_to_count, days_to_count_in_two};

const RENEWAL: &str = "renewal-reward theorem (Ross 1996)";
const SELLERS: f64 = 20.0;
const DAYS: f64 = 365.0;
/// Orders of a seller and day, half of which are out of stock and not sold in the instant in which they are placed.
const A_DAY: f64 = 4.0;
const NOT_SOLD: f64 = 2.0;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (window, count, freeze) in [(365, 10, 7.0), (365, 3, 2.0), (2, 9, 14.0)] {
        let trading =
            if window == 2 { days_to_count_in_two(NOT_SOLD, count) } else { days_to_count(NOT_SOLD, count) };
        let cycle = trading + freeze;
        let world = world(window, count, freeze);
        let seller_days = SELLERS * DAYS;
        let case = |what: &str, metric: &'static str, theory: f64| {
            let statistic = Statistic::Mean(sum(&[(1.0 / seller_days, metric)]));
            let name = format!("{what}, {count} not sold in {window} d freeze {freeze} d");
            let case = Case::new(name, RENEWAL, &world, statistic, theory);
            if window == 2 { case.repeated(3) } else { case }
        };
        cases.push(case("share of days frozen", "seller_days_frozen", freeze / cycle));
        cases.push(case("freezes a day", "freezes", 1.0 / cycle));
    }
    cases
}

/// Sellers that do not meet; the warm-up lets the first cycle be forgotten.
fn world(window: u32, count: u32, freeze: f64) -> Vec<String> {
    settings(
        &[
            "run.warm_up_days=400",
            "market.search.feedback=false",
            "sellers[*].stock_out=0.5",
            "sellers[*].stock_out_notice=0d",
            "sellers[*].response.delay=0d",
        ],
        &[
            format!("run.days={DAYS}"),
            format!("market.sellers={SELLERS}"),
            format!("market.orders_per_day={}", A_DAY * SELLERS),
            format!("policy.not_sold.window={window}d"),
            format!("policy.not_sold.freeze_at={count}"),
            format!("policy.not_sold.freeze_for={freeze}d"),
        ],
    )
}
