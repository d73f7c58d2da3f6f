//! Desks that serve the earliest deadline first (R11), and what the order does to two classes of cases.

use super::case::{Case, Statistic, metric, sum};
use super::settings::{exponential_desk, settings};
use super::theory::queues::{erlang_c, not_finished, response_of_agents};

const PRIORITY: &str = "M/M/c with priorities (Cobham 1954)";
const LOAD: f64 = 0.8;

/// What makes the desk serve the earliest deadline first.
const EARLIEST: &str = "sellers[*].response.desk.discipline=earliest_deadline";

/// Half of all orders are cancelled, by a request in the instant in which they are placed; the others are disputed.
const TWO_CLASSES: [&str; 4] = [
    "buyers[*].change_of_mind=0.5",
    "buyers[*].change_of_mind_delay=0d",
    "policy.cancellation.race=exclusive",
    "policy.shipment.deadline=never",
];

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = [1, 3].into_iter().flat_map(two_classes).collect();
    cases.push(one_class());
    cases
}

/// With equal times to the deadline the earliest deadline is that of who came first.
fn one_class() -> Case {
    let world = exponential_desk(1, "always").settings(LOAD, "3h");
    let ended = sum(&[(1.0, "disputes_auto_executed"), (1.0, "disputes_answered")]);
    Case::new(
        "missed, earliest deadline, leaves always, mu d 3, load 0.8",
        "truncated dam (Cohen 1982)",
        &settings(&[], &[world, vec![EARLIEST.into()]].concat()),
        Statistic::Ratio(metric("disputes_auto_executed"), ended),
        not_finished(3.0, LOAD),
    )
}

/// Where one class is due a month after it came and the other never, the former is always served first: two priorities
/// that do not interrupt. Waits are `w / (1 - a)` and `w / ((1 - a) (1 - b))`, `a` and `b` the loads of the first class
/// and of both, `w` the wait until an agent is free: of disputes, the class with response delays, as the first and as the
/// second. Without the order both wait as in one queue.
fn two_classes(agents: u16) -> Vec<Case> {
    let c = f64::from(agents);
    let free = erlang_c(agents, LOAD * c) / c;
    let first = 1.0 + free / (1.0 - LOAD / 2.0);
    let second = 1.0 + free / ((1.0 - LOAD / 2.0) * (1.0 - LOAD));
    let case =
        |name: &str, source: &'static str, disputes: &str, cancels: &str, more: &[&str], hours: f64| {
            let desk = exponential_desk(agents, "always").settings(LOAD, disputes);
            let cancels = format!("policy.cancellation.silence={cancels}");
            let world =
                settings(&[], &[desk, settings(&TWO_CLASSES, &[cancels]), settings(more, &[])].concat());
            let name = format!("mean response, {name}, M/M/{agents}, load {LOAD}");
            Case::new(name, source, &world, Statistic::mean("response_delay_mean"), hours)
        };
    vec![
        case("earliest deadline, due first", PRIORITY, "30d", "never", &[EARLIEST], first),
        case("earliest deadline, due last", PRIORITY, "never", "30d", &[EARLIEST], second).repeated(2),
        case("two deadlines in one queue", "Erlang C", "30d", "never", &[], response_of_agents(agents, LOAD)),
    ]
}
