//! Returns (R13): how many are missed, how many the seller leaves to its silence, and how many are open at the horizon.

use super::case::{Case, Statistic, metric};
use super::settings::{AT_ONCE, finished, settings};

/// Every order is disputed in its second, and its return granted in the same.
const GRANTED: [&str; 4] = [
    "sellers[*].defect=1",
    "sellers[*].response.delay=0d",
    "buyers[*].asks_return=1",
    "buyers[*].return_transit=4d",
];

/// Days to hand over and to confirm.
const DEADLINE: f64 = 5.0;
const CONFIRMATION: f64 = 3.0;

/// A return whose delay and check are exponential, with means in days.
fn returns(delay: f64, check: f64) -> [String; 4] {
    [
        format!("policy.returns.deadline={DEADLINE}d"),
        format!("policy.returns.confirmation={CONFIRMATION}d"),
        format!("buyers[*].return_delay={{ exponential = {{ mean = \"{delay}d\" }} }}"),
        format!("sellers[*].return_check={{ exponential = {{ mean = \"{check}d\" }} }}"),
    ]
}

/// The share of an exponential time that exceeds a limit.
fn exceeds(limit: f64, mean: f64) -> f64 {
    (-limit / mean).exp()
}

/// The mean of an exponential time cut off at a limit.
fn cut_off(limit: f64, mean: f64) -> f64 {
    mean * (1.0 - exceeds(limit, mean))
}

pub(super) fn cases() -> Vec<Case> {
    let fixed = [&AT_ONCE[..], &GRANTED].concat();
    let mut cases = Vec::new();
    for mean in [2.0, 5.0, 20.0] {
        cases.push(Case::new(
            format!("return missed, mean delay {mean} d"),
            "exponential tail",
            &finished(&fixed, &returns(mean, 1.0)),
            Statistic::ratio("returns_missed", "returns_granted"),
            exceeds(DEADLINE, mean),
        ));
    }
    for mean in [1.0, 4.0] {
        cases.push(Case::new(
            format!("return refunded by silence, mean check {mean} d"),
            "exponential tail",
            &finished(&fixed, &returns(2.0, mean)),
            Statistic::ratio("returns_refunded_by_silence", "returns_sent"),
            exceeds(CONFIRMATION, mean),
        ));
    }
    let (rate, delay, check, transit) = (20_000.0, 4.0, 2.0, 4.0);
    let is_sent = 1.0 - exceeds(DEADLINE, delay);
    let open = cut_off(DEADLINE, delay) + is_sent * (transit + cut_off(CONFIRMATION, check));
    let mut world = settings(&fixed, &returns(delay, check));
    world.extend([
        "run.days=5".into(),
        "run.warm_up_days=30".into(),
        format!("market.orders_per_day={rate}"),
    ]);
    let statistic = Statistic::Mean(metric("returns_open"));
    cases.push(Case::new("returns open at the horizon", "M/G/infinity", &world, statistic, rate * open));
    cases
}
