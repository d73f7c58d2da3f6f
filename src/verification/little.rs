//! Little's law: how many are in a system, how many come, and how long they stay, each measured by itself.

use super::case::{Case, Statistic, metric, sum_of_products};
use super::settings::{Desk, exponential_desk, settings};
use super::theory::lognormal_mean;

const LAW: &str = "Little 1961";
/// Days of measurement, after those that fill the desks.
const DAYS: f64 = 10.0;
const FILLING_DAYS: f64 = 15.0;
/// Desks in each replication: each is seen once, at the horizon.
const DESKS: f64 = 200.0;

pub(super) fn cases() -> Vec<Case> {
    vec![at_desk(1), at_desk(5), unknown_queue(), with_deadline(), open_orders()]
}

/// Orders arrive and are disputed in the instant in which they are placed, so that an order is open exactly as long as its
/// dispute is at the desk.
fn desks(desk: &Desk<'_>, load: f64, deadline: &str) -> Vec<String> {
    let rate = load * f64::from(desk.agents) * 24.0 / desk.mean_hours;
    let more = [
        "buyers[*].notice_delay=0d".to_owned(),
        "sellers[*].handling_time=0d".to_owned(),
        "sellers[*].transit_time=0d".to_owned(),
        format!("run.warm_up_days={FILLING_DAYS}"),
        format!("run.days={DAYS}"),
        format!("market.sellers={DESKS}"),
        format!("market.orders_per_day={}", rate * DESKS),
    ];
    [desk.settings(load, deadline), more.to_vec()].concat()
}

/// Open at the horizon, over filed an hour times the mean response in hours.
fn holds() -> Statistic {
    let stay = sum_of_products(&[(1.0 / (24.0 * DAYS), &["disputes_filed", "response_delay_mean"])]);
    Statistic::Ratio(metric("orders_open"), stay)
}

fn at_desk(agents: u16) -> Case {
    let world = desks(&exponential_desk(agents, "always"), 0.8, "never");
    Case::new(format!("L over lambda W, M/M/{agents}, load 0.8"), LAW, &world, holds(), 1.0)
        .repeated(if agents == 1 { 3 } else { 1 })
}

/// Three agents with lognormal services: no formula knows the wait, and the distribution holds all the same.
fn unknown_queue() -> Case {
    let service = "{ lognormal = { median = \"1800s\", sigma = 1.2 } }";
    let mean_hours = lognormal_mean(0.5, 1.2);
    let desk = Desk { agents: 3, service_time: service, mean_hours, reneging: "always" };
    Case::new("L over lambda W, M/LN/3, load 0.8", LAW, &desks(&desk, 0.8, "never"), holds(), 1.0).repeated(4)
}

/// Beyond its capacity a desk is kept finite by its deadline of five hours, which is the stay of those it misses.
fn with_deadline() -> Case {
    let world = desks(&exponential_desk(1, "always"), 1.2, "5h");
    let an_hour = 1.0 / (24.0 * DAYS);
    let stay = sum_of_products(&[
        (an_hour, &["disputes_answered", "response_delay_mean"]),
        (5.0 * an_hour, &["disputes_auto_executed"]),
    ]);
    let holds = Statistic::Ratio(metric("orders_open"), stay);
    Case::new("L over lambda W, M/M/1+D, mu d 5, load 1.2", LAW, &world, holds, 1.0)
}

/// Handling, transit and confirmation are a stay of `2.27 + 9.13 + 3` days on average.
fn open_orders() -> Case {
    let (a_day, median, sigma, shape, scale, confirmation) = (1000.0, 2.0, 0.5, 1.586, 5.755, 3.0);
    let world = settings(
        &["run.days=200", "policy.shipment.deadline=never", "policy.protection_period=never"],
        &[
            "policy.confirmation_period=never".to_owned(),
            format!("market.orders_per_day={a_day}"),
            format!(
                "sellers[*].handling_time={{ lognormal = {{ median = \"{median}d\", sigma = {sigma} }} }}"
            ),
            format!("sellers[*].transit_time={{ gamma = {{ shape = {shape}, scale = \"{scale}d\" }} }}"),
            format!("buyers[*].confirmation_delay={{ exponential = {{ mean = \"{confirmation}d\" }} }}"),
        ],
    );
    let stay = lognormal_mean(median, sigma) + shape * scale + confirmation;
    Case::new("open orders", LAW, &world, Statistic::mean("orders_open"), a_day * stay)
}
