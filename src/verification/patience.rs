//! Desks that cases leave: after an exponential patience, waiting or in service (Erlang-A), or at a constant one while
//! they wait (M/M/n+D).

use super::case::{Case, Statistic, metric, sum};
use super::settings::{exponential_desk, settings};
use super::theory::queues::{erlang_a, not_answered};

/// Rates per hour of a row of Erlang-A: arrivals, service, loss of patience; and agents.
pub(super) type Row = (f64, f64, f64, u16);

const LARGE: Row = (48.0, 1.0, 0.5, 50);
const LOADED: Row = (12.0, 1.0, 0.25, 10);
const SINGLE: Row = (0.9, 1.0, 0.5, 1);

/// Orders of each case before `--full` multiplies the replications.
const ORDERS: f64 = 3e6;

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = [LARGE, LOADED, SINGLE].map(overtaken).to_vec();
    cases.push(withdrawn(SINGLE));
    for (load, x, agents) in [(0.9, 1.0, 1), (1.2, 2.0, 1), (0.9, 0.5, 5), (1.2, 0.5, 10)] {
        let ended = sum(&[(1.0, "disputes_auto_executed"), (1.0, "disputes_answered")]);
        cases.push(Case::new(
            format!("missed, M/M/{agents}+D, mu d {x}, load {load}"),
            "M/M/n+D (Baccelli and Hebuterne 1981)",
            &exponential_desk(agents, "while_waiting").settings(load, &format!("{x}h")),
            Statistic::Ratio(metric("disputes_auto_executed"), ended),
            not_answered(x, load, agents),
        ));
    }
    cases
}

/// A case leaves this desk in service as well, so an agent is free again at the rate of answers and of patience
/// together: the row's service. Whoever is not lost in the queue is lost in service with the share of patience in it.
fn lost(row: Row) -> f64 {
    let (arrivals, service, patience, agents) = row;
    let from_queue = erlang_a(arrivals, service, patience, agents).abandoned;
    from_queue + (1.0 - from_queue) * patience / service
}

/// Desks of the row in a market, for as many days as make up the orders, after ten to fill them.
fn desks(row: Row, more: &[&str]) -> Vec<String> {
    let (arrivals, service, patience, agents) = row;
    let sellers = 4.0;
    let days = (ORDERS / (arrivals * 24.0 * sellers * 40.0)).ceil();
    let answers = 3600.0 / (service - patience);
    let desk = format!(
        "sellers[*].response={{ desk = {{ agents = {agents}, service_time = {{ exponential = {{ mean = \"{answers}s\" \
         }} }} }} }}"
    );
    let world = [
        format!("run.days={days}"),
        format!("market.sellers={sellers}"),
        format!("market.orders_per_day={}", arrivals * 24.0 * sellers),
        desk,
    ];
    settings(&[&["run.warm_up_days=10"], more].concat(), &world)
}

/// Every buyer asks to cancel at once, and an exponential hand-over ends the request.
pub(super) fn overtaken_world(row: Row) -> Vec<String> {
    let (_, _, patience, _) = row;
    let handling =
        format!("sellers[*].handling_time={{ exponential = {{ mean = \"{}s\" }} }}", 3600.0 / patience);
    desks(
        row,
        &[
            "buyers[*].change_of_mind=1",
            "buyers[*].change_of_mind_delay=0d",
            "policy.cancellation.silence=never",
            "policy.shipment.deadline=never",
            handling.as_str(),
        ],
    )
}

fn overtaken(row: Row) -> Case {
    let (arrivals, service, patience, agents) = row;
    let name = format!("overtaken, Erlang-A ({arrivals}, {service}, {patience}, {agents})");
    let statistic = Statistic::ratio("cancels_overtaken", "cancels_requested");
    Case::new(name, "Erlang-A (Mandelbaum and Zeltyn 2007)", &overtaken_world(row), statistic, lost(row))
}

/// Every buyer claims a parcel not received at once, and withdraws when it comes after an exponential time.
fn withdrawn(row: Row) -> Case {
    let (arrivals, service, patience, agents) = row;
    let transit =
        format!("sellers[*].transit_time={{ exponential = {{ mean = \"{}s\" }} }}", 3600.0 / patience);
    let world = desks(
        row,
        &[
            "buyers[*].late_tolerance=[{ after = \"0d\", share = 1 }]",
            "buyers[*].withdraws_on_arrival=1",
            "policy.dispute.response_deadline=never",
            "sellers[*].handling_time=1h",
            "sellers[*].promise=1h",
            transit.as_str(),
        ],
    );
    let name = format!("withdrawn, Erlang-A ({arrivals}, {service}, {patience}, {agents})");
    let statistic = Statistic::ratio("disputes_withdrawn", "disputes_filed");
    Case::new(name, "Erlang-A (Mandelbaum and Zeltyn 2007)", &world, statistic, lost(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One agent: of the rates out of each state k, `1 / 2` is patience and `k / 2` in all; by hand from the balance.
    #[test]
    fn what_is_not_lost_is_answered() {
        let (arrivals, service, patience, _) = SINGLE;
        let (mut term, mut whole, mut busy) = (1.0, 1.0, 0.0);
        for k in 1..200 {
            term *= arrivals / (service + f64::from(k - 1) * patience);
            whole += term;
            busy += term;
        }
        let answered = busy / whole * (service - patience) / arrivals;
        assert!((lost(SINGLE) - (1.0 - answered)).abs() < 1e-12);
    }
}
