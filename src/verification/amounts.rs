//! Amounts of orders and refunds: products of mean fractions of the order value.

use super::case::{Case, Statistic};
use super::settings::{finished, settings};
use super::theory::lognormal_mean;

/// Cents of an order in the cases of refunds.
const VALUE: f64 = 10_000.0;

/// Defects of mean severity 0.4 with a request of the buyer's loss plus half the greed are for `0.4 + 0.6 * 0.5 = 0.7` of the value;
/// counter-offers give a mean of 0.3 of it, rulings `1 - 0.25 + 0.25 * 0.6 = 0.9` of it.
pub(super) fn cases() -> Vec<Case> {
    let world = finished(
        &[
            "buyers[*].greed={ uniform = { min = 0, max = 1 } }",
            "buyers[*].accepts_counter_offer=0.5",
            "sellers[*].defect=1",
            "sellers[*].severity={ uniform = { min = 0.2, max = 0.6 } }",
            "sellers[*].accept=0",
            "sellers[*].counter_offer=0.8",
            "sellers[*].counter_fraction={ uniform = { min = 0.1, max = 0.5 } }",
            "sellers[*].response.never=0.3",
            "policy.mediation.partial_share=0.25",
            "policy.mediation.partial_fraction={ uniform = { min = 0.3, max = 0.9 } }",
        ],
        &[],
    );
    let mut cases: Vec<Case> = [
        ("cents executed by silence", "refunded_by_silence", "disputes_auto_executed", 0.7),
        ("cents agreed on by counter-offer", "refunded_by_agreement", "disputes_countered", 0.7 * 0.3),
        ("cents ruled", "refunded_by_ruling", "disputes_ruled_for_buyer", 0.7 * 0.9),
    ]
    .into_iter()
    .map(|(name, part, whole, fraction)| {
        Case::new(name, "product of means", &world, Statistic::ratio(part, whole), fraction * VALUE)
    })
    .collect();
    let (median, sigma, stock_out) = (25.0, 0.6, 0.05);
    let lognormal = settings(
        &["market.order_value={ lognormal = { median = 25, sigma = 0.6 } }", "sellers[*].stock_out=0.05"],
        &[],
    );
    cases.push(Case::new(
        "cents of a lognormal order",
        "lognormal mean",
        &lognormal,
        Statistic::ratio("value_paid", "orders_placed"),
        100.0 * lognormal_mean(median, sigma),
    ));
    let ended = finished(&["market.order_value={ lognormal = { median = 25, sigma = 0.6 } }"], &[]);
    cases.push(Case::new(
        "refund share of cancelled orders",
        "independence of value and cause",
        &[ended, vec![format!("sellers[*].stock_out={stock_out}")]].concat(),
        Statistic::ratio("value_refunded", "value_paid"),
        stock_out,
    ));
    cases
}
