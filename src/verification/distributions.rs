//! Whole distributions, market by market: how many disputes are open, and what is refunded in a day.

use super::case::{Case, Statistic, metric};
use super::settings::{AT_ONCE, settings};
use super::theory::counts::poisson_at_most;

/// Disputes per day of a market, and days that each is open on average: Poisson numbers of mean 9 in the end. They are few,
/// so that a distribution can be seen in many markets.
const A_DAY: f64 = 3.0;
const MEAN_DAYS: f64 = 3.0;
/// Markets of a replication; each gives one number, at the horizon.
const MARKETS: f64 = 1200.0;

const INSENSITIVE: &str = "M/G/infinity is Poisson (Mirasol 1963)";

pub(super) fn cases() -> Vec<Case> {
    [open_disputes(), vec![varying_rate()], outlay()].concat()
}

/// Open disputes of distributions with a mean of three days, after so many days that nothing of the first is left; for the exponential
/// distribution, whose tail never ends, the mean is that after the days that it has.
fn open_disputes() -> Vec<Case> {
    let mean = A_DAY * MEAN_DAYS;
    let exponential_days = 12.0;
    let mut cases = Vec::new();
    for (name, distribution, days, mean) in [
        ("uniform", "{ uniform = { min = \"0d\", max = \"6d\" } }", 7.0, mean),
        (
            "exponential",
            "{ exponential = { mean = \"3d\" } }",
            exponential_days,
            mean * (1.0 - (-exponential_days / MEAN_DAYS).exp()),
        ),
        ("gamma", "{ gamma = { shape = 3, scale = \"1d\" } }", 16.0, mean),
    ] {
        let world = settings(
            &[&AT_ONCE[..], &["sellers[*].defect=1", "policy.dispute.response_deadline=never"]].concat(),
            &[
                format!("market.count={MARKETS}"),
                format!("market.orders_per_day={A_DAY}"),
                format!("run.days={days}"),
                format!("sellers[*].response.delay={distribution}"),
            ],
        );
        let case = |what: &str, statistic: Statistic, theory: f64| {
            Case::new(format!("open disputes, {name} delay, {what}"), INSENSITIVE, &world, statistic, theory)
        };
        for most in [7_u32, 13] {
            let share = Statistic::AtMost(metric("orders_open"), f64::from(most));
            cases.push(case(&format!("at most {most}"), share, poisson_at_most(mean, most)));
        }
        cases.push(case("variance", Statistic::Variance(metric("orders_open"), mean), mean));
    }
    cases
}

/// Every order is open for four days, so that those of the last four days are: Monday to Thursday of the second week.
fn varying_rate() -> Case {
    let (a_day, last_four) = (1000.0, 1.6 + 1.2 + 1.0 + 0.9);
    let world = settings(
        &["run.days=11", "market.weekday_profile=[1.6, 1.2, 1.0, 0.9, 0.9, 0.5, 0.9]"],
        &[format!("market.orders_per_day={a_day}")],
    );
    let open = Statistic::mean("orders_open");
    Case::new("open orders, Mt/D/infinity", "Eick, Massey and Whitt 1993", &world, open, a_day * last_four)
}

/// A Poisson number of lognormal orders, all refunded on their day: the mean and the variance of a compound sum are the
/// number times the first and the second moment of a value. In cents; the coefficient of variation of a value is 1.2.
fn outlay() -> Vec<Case> {
    let (number, mean, variation) = (50.0, 4000.0, 1.2_f64);
    let second = 1.0 + variation * variation;
    let (median, sigma) = (mean / second.sqrt(), second.ln().sqrt());
    let world = settings(
        &[
            "run.days=1",
            "market.count=400",
            "sellers[*].stock_out=1",
            "sellers[*].stock_out_notice=0d",
            "sellers[*].response.delay=0d",
        ],
        &[
            format!("market.orders_per_day={number}"),
            format!(
                "market.order_value={{ lognormal = {{ median = {}, sigma = {sigma} }} }}",
                median / 100.0
            ),
        ],
    );
    let (first, spread) = (number * mean, number * mean * mean * second);
    let refunded = || metric("value_refunded");
    let case = |what: &str, statistic: Statistic, theory: f64| {
        Case::new(format!("refunds of a day, {what}"), "compound Poisson sum", &world, statistic, theory)
    };
    vec![
        case("mean of 400 markets", Statistic::Mean(refunded()), 400.0 * first),
        case("variance", Statistic::Variance(refunded(), first), spread).repeated(3),
    ]
}
