//! Demand: numbers of orders, their weekdays and surges, and shares by place in the ranking (R4, R7).

use super::case::{Case, Statistic};
use super::settings::settings;

const POISSON: &str = "Poisson mean";

pub(super) fn cases() -> Vec<Case> {
    let placed = || Statistic::mean("orders_placed");
    let case = |name: &str, fixed: &[&str], theory: f64| {
        Case::new(name, POISSON, &settings(fixed, &[]), placed(), theory)
    };
    let mut cases = vec![
        case("orders of 100 days", &[], 1e5),
        case(
            "orders, Monday to Friday",
            &[
                "run.days=5",
                "market.orders_per_day=10000",
                "market.weekday_profile=[1.6, 1.2, 1.0, 0.9, 0.9, 0.5, 0.9]",
            ],
            1e4 * (1.6 + 1.2 + 1.0 + 0.9 + 0.9),
        ),
        case(
            "orders, ten days of which three threefold",
            &[
                "run.days=10",
                "market.orders_per_day=10000",
                "market.surges=[{ first_day = 4, days = 3, multiplier = 3 }]",
            ],
            1e4 * (7.0 + 9.0),
        ),
        case("orders of days with a gamma multiplier", &["market.day_dispersion=0.12"], 1e5),
    ];
    cases.extend(demotion());
    cases
}

/// Four sellers by position with exponent 1: exposures 1, 1/2, 1/3, 1/4, together 25/12. The last has twice the pull of
/// the others and would stand first, with 0.48 of demand; demoted to a tenth it stands last, with 0.12, and the others
/// share the rest. What it lost is counted in expectation.
fn demotion() -> Vec<Case> {
    let (days, a_day) = (500.0, 200.0);
    let plain = "share = 0.75, handling_time = \"1d\", transit_time = \"1d\", accept = 1, response = { delay = \"1d\" }";
    let bad = plain.replacen("0.75", "0.25", 1);
    let world = settings(
        &[
            "run.warm_up_days=30",
            "market.sellers=4",
            "market.search.position_exponent=1",
            "policy.not_sold.demote_at=1",
            "policy.not_sold.demotion_weight=0.1",
        ],
        &[
            format!("run.days={days}"),
            format!("market.orders_per_day={a_day}"),
            format!(
                "sellers=[{{ name = \"good\", {plain} }}, {{ name = \"bad\", attractiveness = 2, stock_out = 0.5, \
                 {bad} }}]"
            ),
        ],
    );
    let source = "Zipf exposure by position";
    let case = |name: &str, metric: &'static str, share: f64| {
        Case::new(name, source, &world, Statistic::mean(metric), a_day * days * share)
    };
    vec![
        case("orders of a demoted seller", "orders_placed", 0.12).of_segment(1),
        case("orders of the three others", "orders_placed", 0.88).of_segment(0),
        case("orders lost by demotion", "orders_lost_to_penalties", 0.36),
    ]
}
