//! Disputes that a desk misses: fixed deadlines, with service cut off at them or not.
//!
//! Time is measured in mean services: `x = mu d` is the deadline, `c` agents, load `rho`.

use super::{SERVICE, disputed_world};
use crate::support::evidence::{Evidence, markets, pairs};
use redress::behavior::{Discipline, Reneging, Response};
use redress::engine::World;
use redress::observe::Count;
use redress::sim::{SimDuration, Span};
use redress::verification::theory::queues::{not_answered, not_finished};

/// Orders in each case: a share of 10 % then has a standard error of 0.1 points or less.
const ORDERS: f64 = 1.2e6;

/// Rows of the table in the facts, section 4.1: `mu d`, load, not finished, not started.
const ROWS: [(f64, f64, f64, f64); 8] = [
    (3.0, 0.5, 0.125_57, 0.059_08),
    (5.0, 0.5, 0.042_80, 0.020_95),
    (2.0, 0.8, 0.289_09, 0.187_83),
    (3.0, 0.8, 0.195_67, 0.135_35),
    (5.0, 0.8, 0.104_26, 0.076_99),
    (5.0, 0.9, 0.133_56, 0.107_31),
    (5.0, 1.0, 0.166_67, 0.142_86),
    (5.0, 1.2, 0.240_35, 0.223_86),
];

/// Every case has a seed of its own, so that eight comparisons are not one.
fn with_deadline(seed: u64, mut world: World, x: f64, reneging: Reneging) -> World {
    world.seed = seed;
    world.policy.dispute.response_deadline = Span::Elapsed(SimDuration((x * SERVICE).round() as i64));
    if let Response::Desk(desk) = &mut world.sellers[0].response {
        desk.reneging = reneging;
    }
    world
}

fn weigh_missed(evidence: &mut Evidence, name: &str, theory: f64, world: &World) {
    let missed = [Count::DisputesAutoExecuted];
    let all = [Count::DisputesAutoExecuted, Count::DisputesAnswered];
    evidence.weigh_ratio(name, theory, &pairs(&markets(world), &missed, &all));
}

/// For one agent, a case that has not started by the deadline and one that is not answered by it have
/// probabilities in the proportion `rho` to `1 + rho`: so the answers tell of those not started.
#[test]
fn the_share_not_answered_follows_from_the_share_not_started() {
    for (x, load, _, started) in ROWS {
        let answered = started * (1.0 + load) / load;
        assert!((not_answered(x, load, 1) - answered).abs() < 2e-5, "{x} {load}");
    }
}

/// `(1 - rho) e / (1 - rho e)`: the truncated dam, facts section 4.1.
#[test]
fn a_case_that_must_be_finished_is_missed_as_the_dam_overflows() {
    let mut evidence = Evidence::default();
    for (seed, (x, load, ..)) in (1..).zip(ROWS) {
        let world = with_deadline(seed, disputed_world(load, 1, ORDERS), x, Reneging::Always);
        weigh_missed(
            &mut evidence,
            &format!("not finished, mu d = {x}, rho = {load}"),
            not_finished(x, load),
            &world,
        );
    }
    evidence.judge();
}

/// The share not answered above, one agent; the share not started times `(1 + rho) / rho`.
#[test]
fn a_case_that_leaves_only_while_it_waits_is_missed_as_barrer_says() {
    let mut evidence = Evidence::default();
    for (seed, (x, load, ..)) in (1..).zip(ROWS) {
        let world = with_deadline(seed, disputed_world(load, 1, ORDERS), x, Reneging::WhileWaiting);
        weigh_missed(
            &mut evidence,
            &format!("not answered, mu d = {x}, rho = {load}"),
            not_answered(x, load, 1),
            &world,
        );
    }
    evidence.judge();
}

/// The same with the three rows of several agents, and one overloaded.
#[test]
fn several_agents_miss_as_boots_and_tijms_say() {
    let mut evidence = Evidence::default();
    for (agents, load, x) in [(3, 0.9, 2.0), (5, 0.95, 2.0), (10, 0.95, 1.0), (2, 1.2, 5.0)] {
        let world =
            with_deadline(u64::from(agents), disputed_world(load, agents, ORDERS), x, Reneging::WhileWaiting);
        let theory = not_answered(x, load, agents);
        weigh_missed(
            &mut evidence,
            &format!("not answered, c = {agents}, mu d = {x}, rho = {load}"),
            theory,
            &world,
        );
    }
    evidence.judge();
}

/// An agent who finishes an answer that comes too late wastes work: more cases are missed than where
/// the case leaves the agent at its deadline.
#[test]
fn work_on_answers_that_come_too_late_costs_other_cases_their_answer() {
    for (x, load, ..) in ROWS {
        assert!(not_answered(x, load, 1) > not_finished(x, load), "mu d = {x}, rho = {load}");
    }
}

/// Where all cases have the same time to be answered, the earliest deadline is that of the first to come:
/// the two disciplines give the same outcome to the last counter.
#[test]
fn earliest_deadline_first_is_first_come_first_served_if_all_have_the_same_time() {
    let mut world = with_deadline(1, disputed_world(0.9, 2, 2e5), 5.0, Reneging::Always);
    let in_order = markets(&world);
    if let Response::Desk(desk) = &mut world.sellers[0].response {
        desk.discipline = Discipline::EarliestDeadline;
    }
    assert_eq!(in_order, markets(&world));
}
