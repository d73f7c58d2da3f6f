//! Desks with opening hours (R11): work starts and goes on only while the doors are open.

use super::case::{Case, Statistic};
use super::settings::settings;
use super::theory::schedules::{Rates, response_of_hours};

const NIGHTS: &str = "uniform arrivals between opening hours";
const KOLMOGOROV: &str = "Kolmogorov equations of M/M/c with hours";

pub(super) fn cases() -> Vec<Case> {
    vec![without_queue(), whole_weeks(), queue_of_days(), queue_of_weeks()]
}

/// Disputes three days after placement, four weeks after whole weeks of warm-up, at desks of these hours.
fn world(sellers: f64, a_day: f64, desk: &str) -> Vec<String> {
    settings(
        &[
            "sellers[*].defect=1",
            "run.warm_up_days=84",
            "run.days=28",
            "policy.dispute.response_deadline=never",
        ],
        &[
            format!("market.sellers={sellers}"),
            format!("market.orders_per_day={}", a_day * sellers),
            format!("sellers[*].response={{ desk = {{ {desk} }} }}"),
        ],
    )
}

fn case(name: &str, source: &'static str, world: &[String], hours: f64) -> Case {
    Case::new(name, source, world, Statistic::mean("response_delay_mean"), hours)
}

/// An agent for everybody, from 9 to 17. Of 24 hours 16 are shut, with a mean wait of 8 until the opening; from there an
/// exponential work of an hour meets a closing time, and the 16 hours after it, `e / (1 - e)` times, `e = exp(-8)`; work that
/// starts at any instant in which the doors are open does so once in eight hours of work.
fn without_queue() -> Case {
    let (shut, open) = (16.0_f64, 8.0_f64);
    let e = (-open).exp();
    let hours = 1.0 + shut / 24.0 * (shut / 2.0 + shut * e / (1.0 - e)) + open / 24.0 * shut / open;
    let desk = "agents = 1000, service_time = { exponential = { mean = \"1h\" } }, hours = \"09:00-17:00\"";
    case("mean response, hours 9 to 17, no queue", NIGHTS, &world(1.0, 600.0, desk), hours)
}

/// An agent for everybody, Monday to Friday from 9 to 18, two hours of work each. A shut door of `g` hours is met by `g / 168`
/// of all arrivals, who wait half of it, and by those of the last two hours before it, whose work it interrupts: four
/// nights of 15 hours and a weekend of 63.
fn whole_weeks() -> Case {
    let gaps = [15.0, 15.0, 15.0, 15.0, 63.0];
    let hours = 2.0 + gaps.iter().map(|gap| gap * gap / 2.0 + 2.0 * gap).sum::<f64>() / 168.0;
    let desk = "agents = 1000, service_time = \"2h\", hours = \"09:00-18:00\", \
                weekdays = [\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\"]";
    case("mean response, Monday to Friday 9 to 18, no queue", NIGHTS, &world(1.0, 200.0, desk), hours)
}

/// One agent from 9 to 17, who is busy in three quarters of these hours.
fn queue_of_days() -> Case {
    let rates = Rates { arrivals: 0.25, service: 1.0, agents: 1 };
    let open: Vec<bool> = (0..24).map(|hour| (9..17).contains(&hour)).collect();
    let desk = "agents = 1, service_time = { exponential = { mean = \"1h\" } }, hours = \"09:00-17:00\"";
    let world = world(300.0, 24.0 * rates.arrivals, desk);
    case("mean response, M/M/1, hours 9 to 17", KOLMOGOROV, &world, response_of_hours(rates, &open, 60))
}

/// Two agents from Monday to Friday, from 9 to 18, busy in four fifths of these hours.
fn queue_of_weeks() -> Case {
    let rates = Rates { arrivals: 0.8 * 2.0 * 45.0 / 168.0, service: 1.0, agents: 2 };
    let open: Vec<bool> = (0..168).map(|hour| hour / 24 < 5 && (9..18).contains(&(hour % 24))).collect();
    let desk = "agents = 2, service_time = { exponential = { mean = \"1h\" } }, hours = \"09:00-18:00\", \
                weekdays = [\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\"]";
    let world = world(200.0, 24.0 * rates.arrivals, desk);
    let name = "mean response, M/M/2, Monday to Friday 9 to 18";
    case(name, KOLMOGOROV, &world, response_of_hours(rates, &open, 12))
}
