//! Settings that several families of cases have in common.

use super::case::REPLICATIONS;

/// Orders in each case of a desk, before `--full` multiplies the replications.
const DESK_ORDERS: f64 = 3e6;
/// Sellers with a desk of their own in each replication.
const DESKS: f64 = 4.0;

/// Orders are disputed, if they are, in the instant in which they are placed.
pub(super) const AT_ONCE: [&str; 3] =
    ["buyers[*].notice_delay=0d", "sellers[*].handling_time=0d", "sellers[*].transit_time=0d"];

/// Settings from texts, and those of `more`.
pub(super) fn settings(fixed: &[&str], more: &[String]) -> Vec<String> {
    fixed.iter().map(|&setting| setting.to_owned()).chain(more.iter().cloned()).collect()
}

/// Two million orders in fifty days, and seventy days for every one of them to end.
pub(super) fn finished(fixed: &[&str], more: &[String]) -> Vec<String> {
    let span = ["run.days=120", "market.surges=[{ first_day = 50, days = 70, multiplier = 0 }]"];
    settings(&[&span[..], fixed].concat(), more)
}

/// A support desk whose every agent works `service_time`, of mean `mean_hours`, on a case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk<'a> {
    pub(super) agents: u16,
    pub(super) service_time: &'a str,
    pub(super) mean_hours: f64,
    pub(super) reneging: &'a str,
}

/// A desk with exponential services of an hour.
pub(super) const fn exponential_desk(agents: u16, reneging: &str) -> Desk<'_> {
    Desk { agents, service_time: "{ exponential = { mean = \"1h\" } }", mean_hours: 1.0, reneging }
}

impl Desk<'_> {
    /// A world whose every order is disputed three days after it is placed, so that disputes reach each desk as a
    /// Poisson stream: `load` of what its agents can do. A deadline is a duration or `never`.
    pub(super) fn settings(&self, load: f64, deadline: &str) -> Vec<String> {
        let rate = load * f64::from(self.agents) * 24.0 / self.mean_hours;
        let days = (DESK_ORDERS / (rate * DESKS * f64::from(REPLICATIONS))).ceil();
        let Self { agents, service_time, reneging, .. } = self;
        settings(
            &["sellers[*].defect=1", "run.warm_up_days=60"],
            &[
                format!("run.days={days}"),
                format!("market.sellers={DESKS}"),
                format!("market.orders_per_day={}", rate * DESKS),
                format!("policy.dispute.response_deadline={deadline}"),
                format!(
                    "sellers[*].response={{ desk = {{ agents = {agents}, service_time = {service_time}, \
                     reneging = \"{reneging}\" }} }}"
                ),
            ],
        )
    }
}
