//! Desks without a deadline: mean responses of M/M/c and M/G/1, in hours.

use super::case::{Case, Statistic};
use super::settings::{Desk, exponential_desk};
use super::theory::lognormal_mean;
use super::theory::queues::{response_of_agents, response_of_one};

/// Median of the lognormal services, a whole number of seconds with a mean of nearly an hour.
const MEDIAN_SECONDS: f64 = 2080.0;

pub(super) fn cases() -> Vec<Case> {
    let response = || Statistic::mean("response_delay_mean");
    let mut cases = Vec::new();
    for (agents, load) in [(1, 0.8), (2, 0.8), (5, 0.8), (10, 0.9)] {
        cases.push(Case::new(
            format!("mean response, M/M/{agents}, load {load}"),
            "Erlang C",
            &exponential_desk(agents, "always").settings(load, "never"),
            response(),
            response_of_agents(agents, load),
        ));
    }
    // The sigma for which the squared coefficient of variation, exp(sigma^2) - 1, is 2.
    let sigma = 3.0_f64.ln().sqrt();
    let lognormal = format!("{{ lognormal = {{ median = \"{MEDIAN_SECONDS}s\", sigma = {sigma} }} }}");
    let lognormal_hours = lognormal_mean(MEDIAN_SECONDS, sigma) / 3600.0;
    for (name, service_time, mean_hours, variation) in [
        ("M/D/1", "\"1h\"", 1.0, 0.0),
        ("M/E2/1", "{ gamma = { shape = 2, scale = \"30m\" } }", 1.0, 0.5),
        ("M/U(0,2)/1", "{ uniform = { min = \"0h\", max = \"2h\" } }", 1.0, 1.0 / 3.0),
        ("M/LN/1, scv 2", lognormal.as_str(), lognormal_hours, 2.0),
    ] {
        let desk = Desk { agents: 1, service_time, mean_hours, reneging: "always" };
        let case = Case::new(
            format!("mean response, {name}, load 0.8"),
            "Pollaczek and Khinchine",
            &desk.settings(0.8, "never"),
            response(),
            mean_hours * response_of_one(0.8, variation),
        );
        // The wait varies with the fourth moment of a service.
        cases.push(if variation > 1.0 { case.repeated(2) } else { case });
    }
    cases
}
