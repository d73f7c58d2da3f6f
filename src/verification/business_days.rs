//! Deadlines in business days, for requests that come at any instant of the week.

use super::case::{Case, Statistic, metric, sum};
use super::settings::settings;

const SPANS: &str = "spans over weekends, exponential tail";

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> =
        [(1.0, 2.0), (3.0, 4.0), (5.0, 4.0)].map(|(days, mean)| missed(days, mean)).to_vec();
    cases.push(granted(2.0, 3.0));
    cases.push(half(3.0));
    cases
}

/// Orders of seven whole weeks, uniform over the week, and ten weeks for all of them to end.
fn weeks(fixed: &[&str], more: &[String]) -> Vec<String> {
    let span = ["run.days=119", "market.surges=[{ first_day = 49, days = 70, multiplier = 0 }]"];
    settings(&[&span[..], fixed].concat(), more)
}

/// The mean of a function of how many days pass until so many business days, at most five, are over. Of requests that come
/// from Monday to Friday, five sevenths of all, the part `days / 5` has a weekend before it; those of a weekend wait for a
/// uniform rest of its two days first. `within` is the mean of the function between two spans.
fn over_spans(days: f64, at: impl Fn(f64) -> f64, within: impl Fn(f64, f64) -> f64) -> f64 {
    let of_weekdays = (1.0 - days / 5.0) * at(days) + days / 5.0 * at(days + 2.0);
    (5.0 * of_weekdays + 2.0 * within(days, days + 2.0)) / 7.0
}

/// Probability that an exponential delay of so many days on average outlasts so many business days.
fn outlasts(days: f64, mean: f64) -> f64 {
    let tail = |span: f64| (-span / mean).exp();
    over_spans(days, tail, |from, to| mean * (tail(from) - tail(to)) / (to - from))
}

fn exponential(mean: f64) -> String {
    format!("sellers[*].response.delay={{ exponential = {{ mean = \"{mean}d\" }} }}")
}

fn missed(days: f64, mean: f64) -> Case {
    let world = weeks(
        &["sellers[*].defect=1"],
        &[exponential(mean), format!("policy.dispute.response_deadline={days} business days")],
    );
    let ended = sum(&[(1.0, "disputes_auto_executed"), (1.0, "disputes_answered")]);
    let name = format!("missed, exponential delay of {mean} d, deadline {days} business days");
    let statistic = Statistic::Ratio(metric("disputes_auto_executed"), ended);
    Case::new(name, SPANS, &world, statistic, outlasts(days, mean))
}

fn granted(days: f64, mean: f64) -> Case {
    let world = weeks(
        &[
            "buyers[*].change_of_mind=1",
            "policy.cancellation.race=exclusive",
            "policy.shipment.deadline=never",
        ],
        &[exponential(mean), format!("policy.cancellation.silence={days} business days")],
    );
    let statistic = Statistic::ratio("cancels_granted_by_silence", "cancels_requested");
    let name = format!("cancel requests granted by silence, {days} business days");
    Case::new(name, SPANS, &world, statistic, outlasts(days, mean))
}

/// An answer after half of the time to the deadline: half of the mean span, in hours.
fn half(days: f64) -> Case {
    let span = over_spans(days, |span| span, f64::midpoint);
    let world = weeks(
        &["sellers[*].defect=1", "sellers[*].response={ delay = { fraction_of_deadline = 0.5 } }"],
        &[format!("policy.dispute.response_deadline={days} business days")],
    );
    let name = format!("mean delay, half of {days} business days");
    Case::new(name, "mean span over weekends", &world, Statistic::mean("response_delay_mean"), 12.0 * span)
}
