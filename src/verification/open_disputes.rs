//! How many disputes are open at the horizon: filed less answered, since every answer accepts (Little's law).

use super::case::{Case, Statistic, sum};
use super::settings::{exponential_desk, settings};
use super::theory::queues::response_of_agents;

/// Days of delay on average where nobody queues.
const MEAN_DAYS: f64 = 21.0;
/// Disputes per day of such a seller.
const A_DAY: f64 = 120.0;

/// Open at the horizon, for each of so many sellers.
fn open(sellers: f64) -> Statistic {
    Statistic::Mean(sum(&[(1.0 / sellers, "disputes_filed"), (-1.0 / sellers, "disputes_accepted")]))
}

pub(super) fn cases() -> Vec<Case> {
    let distributions = [
        ("constant", "21d"),
        ("exponential", "{ exponential = { mean = \"21d\" } }"),
        ("uniform", "{ uniform = { min = \"0d\", max = \"42d\" } }"),
    ];
    let mut cases: Vec<Case> = distributions
        .into_iter()
        .map(|(name, distribution)| {
            let more = [
                format!("market.orders_per_day={A_DAY}"),
                format!("sellers[*].response.delay={distribution}"),
            ];
            let fixed = ["run.days=380", "sellers[*].defect=1", "policy.dispute.response_deadline=never"];
            let name = format!("open disputes, M/G/infinity, {name} delay");
            Case::new(name, "Little 1961", &settings(&fixed, &more), open(1.0), A_DAY * MEAN_DAYS)
        })
        .collect();
    for (agents, load, days, repeats) in [(1, 0.8, 30, 9), (5, 0.8, 12, 3)] {
        let a = load * f64::from(agents);
        let rate = 24.0 * a;
        // Many desks for a short time: each gives one number, at the horizon. Nothing is open at the start, so
        // what is filed and accepted is counted from there.
        let more = [
            "market.sellers=100".to_owned(),
            format!("market.orders_per_day={}", rate * 100.0),
            "run.warm_up_days=0".to_owned(),
            format!("run.days={days}"),
        ];
        let desk = exponential_desk(agents, "always").settings(load, "never");
        let case = Case::new(
            format!("open disputes a desk, M/M/{agents}, load {load}"),
            "Little 1961, Erlang C",
            &[desk, more.to_vec()].concat(),
            open(100.0),
            a * response_of_agents(agents, load),
        );
        cases.push(case.repeated(repeats));
    }
    cases
}
