//! Disputes that a desk misses: fixed deadlines, with service cut off at them or not.

use super::case::{Case, Statistic, metric, sum};
use super::settings::exponential_desk;
use super::theory::queues::{not_answered, not_finished};

const DAM: &str = "truncated dam (Cohen 1982)";
const WAITING: &str = "M/M/c+D (Barrer 1957; Boots and Tijms 1999)";

/// Silences, of all that were answered or executed.
fn missed() -> Statistic {
    let ended = sum(&[(1.0, "disputes_auto_executed"), (1.0, "disputes_answered")]);
    Statistic::Ratio(metric("disputes_auto_executed"), ended)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for load in [0.5, 0.8, 0.9, 1.0, 1.2] {
        for x in [2.0, 3.0, 5.0] {
            cases.push(Case::new(
                format!("missed, leaves always, mu d {x}, load {load}"),
                DAM,
                &exponential_desk(1, "always").settings(load, &format!("{x}h")),
                missed(),
                not_finished(x, load),
            ));
        }
    }
    for (agents, load, x) in [
        (1, 0.5, 3.0),
        (1, 0.8, 5.0),
        (1, 1.0, 5.0),
        (1, 1.2, 5.0),
        (2, 1.2, 5.0),
        (3, 0.9, 2.0),
        (5, 0.95, 2.0),
        (10, 0.95, 1.0),
    ] {
        cases.push(Case::new(
            format!("missed, leaves while waiting, c {agents}, mu d {x}, load {load}"),
            WAITING,
            &exponential_desk(agents, "while_waiting").settings(load, &format!("{x}h")),
            missed(),
            not_answered(x, load, agents),
        ));
    }
    cases
}
