//! Late parcels: transit and promise are lognormal, joined by a Gaussian copula.

use super::case::{Case, Statistic};
use super::settings::finished;
use super::theory::later_than_promised;

pub(super) fn cases() -> Vec<Case> {
    let (transit, promise) = ((6.0, 0.4), (7.0, 0.3));
    let distribution = |(median, sigma): (f64, f64)| {
        format!("{{ lognormal = {{ median = \"{median}d\", sigma = {sigma} }} }}")
    };
    let case = |correlation: f64| {
        let more = [
            format!("sellers[*].transit_time={}", distribution(transit)),
            format!("sellers[*].promise={}", distribution(promise)),
            format!("sellers[*].promise_correlation={correlation}"),
        ];
        Case::new(
            format!("late share, promise correlation {correlation}"),
            "two jointly normal logarithms",
            &finished(&["sellers[*].handling_time=0d"], &more),
            Statistic::ratio("orders_delivered_late", "orders_delivered"),
            later_than_promised(transit, promise, correlation),
        )
    };
    [-0.5, 0.0, 0.55, 0.9].map(case).to_vec()
}
