//! R11: a desk with limited agents and hours makes answers late; its sequence is worked out by hand.

use crate::support::batch::*;
use redress::behavior::{DeskSpec, Discipline, Reneging, Response};
use redress::engine::World;
use redress::observe::{Count, MarketOutcome};
use redress::sim::{SimDuration, SimTime, Weekday, WorkCalendar};

const HOUR: i64 = 3600;

/// A batch of disputes, all filed on day 8 (a Tuesday) at midnight, for this desk.
fn at_desk(spec: DeskSpec) -> World {
    let mut world = disputed_batch();
    world.sellers[0].response = Response::Desk(spec);
    world
}

/// A desk of so many agents who each need so many hours a case.
fn desk_of(agents: u16, service_hours: i64) -> DeskSpec {
    desk(agents, seconds(service_hours * HOUR))
}

fn office(from: u32, until: u32, open: [bool; 7]) -> WorkCalendar {
    WorkCalendar { day_zero: Weekday::Monday, open, from: from * 3600, until: until * 3600 }
}

const WEEKDAYS: [bool; 7] = [true, true, true, true, true, false, false];

/// Asserts that the answers came so many hours after filing; the mean is exact, and so are the extremes
/// within a bin.
fn assert_answers(outcome: &MarketOutcome, hours: &[i64]) {
    let delays = &outcome.market.delays;
    assert_eq!(delays.count(), hours.len() as u64);
    let mean = (hours.iter().sum::<i64>() * HOUR) as f64 / hours.len() as f64;
    let seen = delays.mean().expect("there are answers");
    assert!((seen - mean).abs() < 1e-6, "{seen} instead of {mean}");
    for &hour in hours {
        let bin = (hour * HOUR / 256) as u32;
        let (from, until) = ((hour * HOUR) as u32 - bin, (hour * HOUR) as u32 + 1);
        let expected = hours.iter().filter(|&&other| other == hour).count() as u64;
        assert_eq!(delays.count_between(from, until), expected, "answers after {hour} hours");
    }
}

/// Number of disputes in the batch.
fn batch() -> i64 {
    count(&run(&disputed_batch()), Count::DisputesFiled) as i64
}

#[test]
fn one_agent_answers_one_case_after_the_other() {
    let outcome = run(&at_desk(desk_of(1, 2)));
    let hours: Vec<i64> = (1..=batch()).map(|place| 2 * place).collect();
    assert_answers(&outcome, &hours);
}

#[test]
fn three_agents_answer_three_cases_at_a_time() {
    let outcome = run(&at_desk(desk_of(3, 5)));
    let hours: Vec<i64> = (0..batch()).map(|place| 5 * (place / 3 + 1)).collect();
    assert_answers(&outcome, &hours);
}

#[test]
fn the_deadlines_own_instant_is_the_last_answer_of_a_desk() {
    let mut world = at_desk(desk_of(1, 2));
    for (deadline, in_time) in [(12, 6), (11, 5)] {
        world.policy.dispute.response_deadline = hours(deadline);
        let outcome = run(&world);
        assert_eq!(count(&outcome, Count::DisputesAnswered), in_time);
        assert_eq!(count(&outcome, Count::DisputesAutoExecuted), batch() as u64 - in_time);
    }
}

#[test]
fn office_hours_carry_the_queue_to_the_next_morning() {
    let spec = DeskSpec { hours: office(9, 17, [true; 7]), ..desk_of(1, 3) };
    let mut world = at_desk(spec);
    world.policy.dispute.response_deadline = span(20);
    // Three hours of work each, eight hours a day: the third case of a day is finished the next morning.
    let hours: Vec<i64> = (1..=batch()).map(|place| working_hour(3 * place, 9, 8)).collect();
    assert_eq!(hours[..3], [12, 15, 24 + 10]);
    assert_answers(&run(&world), &hours);
}

/// The hour, counted from a midnight, at which so many working hours have passed.
fn working_hour(worked: i64, from: i64, a_day: i64) -> i64 {
    let full_days = (worked - 1) / a_day;
    full_days * 24 + from + worked - full_days * a_day
}

#[test]
fn a_desk_closed_at_the_weekend_works_on_monday() {
    let spec = DeskSpec { hours: office(0, 24, WEEKDAYS), ..desk_of(1, 12) };
    let mut world = at_desk(spec);
    world.policy.dispute.response_deadline = span(30);
    world.days = 60;
    // From Tuesday on: eight cases until the end of Friday, then the weekend.
    let hours: Vec<i64> = (1..=batch())
        .map(|place| {
            12 * place
                + if place > 18 {
                    96
                } else if place > 8 {
                    48
                } else {
                    0
                }
        })
        .collect();
    assert_answers(&run(&world), &hours);
    let monday = WorkCalendar::business_days(Weekday::Monday);
    let filed = SimTime(NOTICED as i64 * 24 * HOUR);
    let last = monday.after_work(filed, SimDuration(12 * HOUR * batch()));
    assert_eq!((last - filed).0, hours[hours.len() - 1] * HOUR);
}

/// Four daily batches of disputes, each due 30 hours after its midnight, for one agent who needs 20 hours.
fn four_batches(reneging: Reneging) -> World {
    let mut world = at_desk(DeskSpec { reneging, ..desk_of(1, 20) });
    world.market.surges.clear();
    no_orders_from(&mut world, 4);
    world.policy.dispute.response_deadline = hours(30);
    world
}

#[test]
fn a_desk_that_drops_overdue_cases_answers_one_of_each_batch() {
    // Batches come at hours 0, 24, 48 and 72; work from 0 to 20 and 20 to 30 (dropped), 30 to 50 and 50
    // to 54 (dropped), 54 to 74 and 74 to 78 (dropped), 78 to 98.
    let outcome = run(&four_batches(Reneging::Always));
    assert_answers(&outcome, &[20, 26, 26, 26]);
}

#[test]
fn an_agent_that_finishes_overdue_cases_answers_only_the_first_and_the_last_batch() {
    // Work from 0 to 20, 20 to 40 (due at 30), 40 to 60 (due at 54), 60 to 80 (due at 78), 80 to 100.
    let outcome = run(&four_batches(Reneging::WhileWaiting));
    assert_answers(&outcome, &[20, 28]);
}

#[test]
fn an_answer_that_takes_longer_than_the_deadline_is_silence_from_the_first_case_on() {
    for reneging in [Reneging::Always, Reneging::WhileWaiting] {
        let mut world = at_desk(DeskSpec { reneging, ..desk_of(1, 121) });
        world.days = 60;
        let outcome = run(&world);
        assert_eq!(count(&outcome, Count::DisputesAutoExecuted), batch() as u64);
        assert_eq!(count(&outcome, Count::DisputesAnswered), 0);
        assert_eq!(count(&outcome, Count::OrdersOpen), 0);
    }
}

/// Disputes filed at midnight and due at six, and others filed at six and due at noon, for an agent free until nine who
/// needs two hours.
fn half_of_them_gone_before_the_desk_opens() -> World {
    let spec =
        DeskSpec { hours: office(9, 17, [true; 7]), reneging: Reneging::WhileWaiting, ..desk_of(1, 2) };
    let mut world = at_desk(spec);
    world.policy.dispute.response_deadline = hours(6);
    world.buyers[0].share = 0.5;
    let mut later = world.buyers[0].clone();
    later.notice_delay = seconds(30 * HOUR);
    world.buyers.push(later);
    world
}

#[test]
fn a_closed_desk_takes_up_no_case_that_leaves_before_it_opens() {
    let outcome = run(&half_of_them_gone_before_the_desk_opens());
    assert_answers(&outcome, &[5]);
}

#[test]
fn the_earliest_deadline_first_serves_alike_where_deadlines_come_in_the_order_of_arrival() {
    let mut patient = at_desk(DeskSpec { hours: office(9, 17, WEEKDAYS), ..desk_of(2, 5) });
    patient.policy.dispute.response_deadline = span(30);
    patient.days = 60;
    let worlds = [
        at_desk(desk_of(1, 2)),
        at_desk(desk_of(3, 5)),
        patient,
        four_batches(Reneging::Always),
        four_batches(Reneging::WhileWaiting),
        half_of_them_gone_before_the_desk_opens(),
    ];
    for world in worlds {
        let first_come = run(&world);
        assert!(first_come.market.delays.count() > 0);
        let mut world = world;
        if let Response::Desk(spec) = &mut world.sellers[0].response {
            spec.discipline = Discipline::EarliestDeadline;
        }
        assert_eq!(run(&world), first_come);
    }
}
