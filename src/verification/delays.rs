//! Sellers that answer after a delay of its own: nobody queues, every answer is independent.

use super::case::{Case, Statistic};
use super::settings::finished;
use super::theory::{exponential_mean_below, lognormal_tail};

/// Median in seconds of the lognormal delay that was fitted to hand-over times, `exp(0.559)` days.
const MEDIAN_SECONDS: f64 = 151_107.0;
const SIGMA: f64 = 1.055;

/// A world whose every order is disputed.
fn disputed(more: &[String]) -> Vec<String> {
    finished(&["sellers[*].defect=1"], more)
}

fn missed() -> Statistic {
    Statistic::ratio("disputes_auto_executed", "disputes_filed")
}

pub(super) fn cases() -> Vec<Case> {
    let lognormal = format!(
        "sellers[*].response.delay={{ lognormal = {{ median = \"{MEDIAN_SECONDS}s\", sigma = {SIGMA} }} }}"
    );
    let mut cases: Vec<Case> = [1.0, 2.0, 3.0, 5.0, 7.0, 10.0]
        .into_iter()
        .map(|days| {
            let more = [lognormal.clone(), format!("policy.dispute.response_deadline={days}d")];
            let theory = lognormal_tail(days * 86_400.0, MEDIAN_SECONDS, SIGMA);
            let name = format!("missed, lognormal delay, deadline {days} d");
            Case::new(name, "lognormal tail", &disputed(&more), missed(), theory)
        })
        .collect();
    let exponential = disputed(&["sellers[*].response.delay={ exponential = { mean = \"2d\" } }".to_owned()]);
    cases.push(Case::new(
        "missed, exponential delay of 2 d, deadline 5 d",
        "exponential tail",
        &exponential,
        missed(),
        (-2.5_f64).exp(),
    ));
    let delay_mean = || Statistic::mean("response_delay_mean");
    cases.push(Case::new(
        "mean delay in time, exponential of 2 d, deadline 5 d",
        "exponential cut off at the deadline",
        &exponential,
        delay_mean(),
        24.0 * exponential_mean_below(2.0, 5.0),
    ));
    let (alpha, beta, never) = (1.07, 0.61, 0.0189);
    let fraction = disputed(&[format!(
        "sellers[*].response.delay={{ fraction_of_deadline = {{ beta = {{ alpha = {alpha}, beta = {beta} }} }}, \
         never = {never} }}"
    )]);
    cases.push(Case::new(
        "missed, fraction of deadline",
        "what is never answered",
        &fraction,
        missed(),
        never,
    ));
    cases.push(Case::new(
        "mean delay, Beta fraction of 120 h",
        "mean of Beta",
        &fraction,
        delay_mean(),
        120.0 * alpha / (alpha + beta),
    ));
    cases
}
