//! Both simulators at the instants where rules turn, exactly: every order of a case has the same life, to the
//! second, so every metric per order placed must be the same number.

use crate::agreement::{by_engine, by_reference};
use crate::worlds::shipped;
use redress::observe::catalogue::METRICS;
use redress::observe::metric::Unit;

/// Orders of day 0 alone, a Monday, in which nothing goes wrong: handed over a day after placement, a day on
/// the way, confirmed two days later; claims come a day after delivery and are answered a day after that.
const ONE_DAY: &[&str] = &[
    "run.days=60",
    "run.replications=1",
    "market.orders_per_day=200",
    "market.surges=[{first_day=1,days=1000,multiplier=0}]",
];

/// Parcels are handed over at midnight of day 2, a Wednesday, and so delivered at that of day 3.
const MIDNIGHT: &str = "sellers[*].hand_over={hours=\"00:00-00:01\",weekdays=[\"wednesday\"]}";
const DEFECT: &str = "sellers[*].defect=1";
const CHANGES_MIND: &str = "buyers[*].change_of_mind=1";
const REJECTS: &str = "sellers[*].accept=0";
const COMPLAINS: &str = "buyers[*].late_tolerance=[{after=\"0d\",share=1.0}]";
const A_SECOND_BEFORE_ARRIVAL: &str = "sellers[*].promise=\"47h 59m 59s\"";
const RETURNS: &str = "buyers[*].asks_return=1";
const IN_A_WEEK: &str = "policy.returns.deadline=\"7d\"";
const WITHDRAWS: &str = "buyers[*].withdraws_on_arrival=1";

/// Settings of a case, and a metric that is as often as orders are placed, or never.
struct Case {
    settings: &'static [&'static str],
    metric: &'static str,
    an_order: f64,
}

const fn each(metric: &'static str, settings: &'static [&'static str]) -> Case {
    Case { settings, metric, an_order: 1.0 }
}

const fn none(metric: &'static str, settings: &'static [&'static str]) -> Case {
    Case { settings, metric, an_order: 0.0 }
}

const CASES: &[Case] = &[
    // Answers and their deadline (R8).
    each("disputes_accepted", &[MIDNIGHT, DEFECT, "sellers[*].response.delay=\"5d\""]),
    each("disputes_auto_executed", &[MIDNIGHT, DEFECT, "sellers[*].response.delay=\"5d 1s\""]),
    each(
        "disputes_accepted",
        &[
            MIDNIGHT,
            DEFECT,
            "policy.dispute.response_deadline=\"3 business days\"",
            "sellers[*].response.delay=\"5d\"",
        ],
    ),
    each(
        "disputes_silent_to_platform",
        &[
            MIDNIGHT,
            DEFECT,
            "policy.dispute.response_deadline=\"3 business days\"",
            "policy.dispute.silence=platform",
            "sellers[*].response.delay=\"5d 1s\"",
        ],
    ),
    // Cancelling and hand-over (R2, R4).
    each(
        "orders_cancelled",
        &[CHANGES_MIND, "sellers[*].handling_time=\"7d\"", "sellers[*].response.delay=\"2d\""],
    ),
    each(
        "cancels_granted_by_silence",
        &[CHANGES_MIND, "sellers[*].handling_time=\"7d\"", "sellers[*].response.delay=\"2d 1s\""],
    ),
    each("orders_shipped", &["sellers[*].handling_time=\"2d\"", "policy.shipment.deadline=\"2d\""]),
    each("orders_unshipped", &["sellers[*].handling_time=\"2d 1s\"", "policy.shipment.deadline=\"2d\""]),
    none("cancels_requested", &[CHANGES_MIND, "sellers[*].handling_time=\"12h\""]),
    each(
        "orders_cancelled",
        &[CHANGES_MIND, "sellers[*].handling_time=\"12h 1s\"", "sellers[*].response.delay=\"0s\""],
    ),
    each(
        "cancels_overtaken",
        &[CHANGES_MIND, "sellers[*].handling_time=\"12h 1s\"", "sellers[*].response.delay=\"1s\""],
    ),
    each(
        "cancels_overtaken",
        &[CHANGES_MIND, "sellers[*].handling_time=\"12h 1s\"", "policy.cancellation.silence=\"1s\""],
    ),
    each(
        "orders_cancelled",
        &[
            CHANGES_MIND,
            "sellers[*].handling_time=\"12h 1s\"",
            "policy.cancellation.race=held",
            "sellers[*].response.delay=\"1s\"",
        ],
    ),
    each(
        "cancels_refused",
        &[
            CHANGES_MIND,
            "sellers[*].agrees_to_cancel=0",
            "policy.cancellation.race=exclusive",
            "sellers[*].handling_time=\"1h\"",
        ],
    ),
    each(
        "cancels_requested",
        &[CHANGES_MIND, "sellers[*].handling_time=\"5d\"", "policy.shipment.deadline=\"12h\""],
    ),
    none(
        "cancels_requested",
        &[CHANGES_MIND, "sellers[*].handling_time=\"5d\"", "policy.shipment.deadline=\"11h 59m 59s\""],
    ),
    // Completion and the window after it (R9): this buyer does not confirm, so 15 days after delivery.
    none("disputes_after_completion", &[MIDNIGHT, DEFECT, "buyers[*].notice_delay=\"15d\""]),
    each("disputes_after_completion", &[MIDNIGHT, DEFECT, "buyers[*].notice_delay=\"15d 1s\""]),
    each("disputes_after_completion", &[MIDNIGHT, DEFECT, "buyers[*].notice_delay=\"30d\""]),
    each(
        "after_sale_cases",
        &[MIDNIGHT, DEFECT, "buyers[*].notice_delay=\"30d 1s\"", "sellers[*].goodwill=1"],
    ),
    each("after_sale_declined", &[MIDNIGHT, DEFECT, "buyers[*].notice_delay=\"30d 1s\""]),
    each(
        "disputes_after_completion",
        &[MIDNIGHT, DEFECT, "buyers[*].confirms_first=1", "buyers[*].notice_delay=\"2d 1s\""],
    ),
    each("orders_completed", &[MIDNIGHT, "policy.protection_period=\"12h\"", "sellers[*].loss=1"]),
    // Parcels not received (R6).
    none("disputes_not_received", &[COMPLAINS, "sellers[*].promise=\"2d\""]),
    each(
        "disputes_withdrawn",
        &[COMPLAINS, A_SECOND_BEFORE_ARRIVAL, WITHDRAWS, "sellers[*].response.delay=\"1s\""],
    ),
    each(
        "disputes_withdrawn",
        &[COMPLAINS, A_SECOND_BEFORE_ARRIVAL, WITHDRAWS, "policy.dispute.response_deadline=\"1s\""],
    ),
    each(
        "disputes_accepted",
        &[COMPLAINS, A_SECOND_BEFORE_ARRIVAL, WITHDRAWS, "sellers[*].response.delay=\"0s\""],
    ),
    each("disputes_not_received", &[COMPLAINS, "sellers[*].promise=\"9d\"", "sellers[*].loss=1"]),
    each(
        "disputes_not_received",
        &[
            COMPLAINS,
            A_SECOND_BEFORE_ARRIVAL,
            "policy.dispute.opens_after=\"10d\"",
            "policy.dispute.opens_at_once_below=\"2d\"",
        ],
    ),
    none(
        "disputes_not_received",
        &[
            COMPLAINS,
            A_SECOND_BEFORE_ARRIVAL,
            "policy.dispute.opens_after=\"1d\"",
            "policy.dispute.opens_at_once_below=\"47h 59m 59s\"",
        ],
    ),
    // Negotiation and the platform (R6, R8).
    each("disputes_ruled_for_buyer", &[MIDNIGHT, DEFECT, REJECTS]),
    each(
        "disputes_escalated",
        &[MIDNIGHT, DEFECT, REJECTS, "policy.dispute.platform_steps_in=\"1h\"", "run.days=8"],
    ),
    each(
        "disputes_countered",
        &[
            MIDNIGHT,
            DEFECT,
            REJECTS,
            "sellers[*].counter_offer=1",
            "sellers[*].counter_fraction=0.333",
            "buyers[*].accepts_counter_offer=1",
        ],
    ),
    Case {
        settings: &[
            MIDNIGHT,
            DEFECT,
            REJECTS,
            "buyers[*].modifies=1",
            "buyers[*].modified_fraction=0.333",
            "policy.dispute.modifications=2",
        ],
        metric: "disputes_modified",
        an_order: 2.0,
    },
    none(
        "disputes_modified",
        &[
            MIDNIGHT,
            DEFECT,
            REJECTS,
            "market.order_value=0.01",
            "buyers[*].modifies=1",
            "policy.dispute.modifications=2",
        ],
    ),
    each("disputes_withdrawn", &[MIDNIGHT, DEFECT, REJECTS, "buyers[*].wait_for_platform=0"]),
    // Offline transfers (R10).
    each(
        "offline_paid_twice",
        &[
            MIDNIGHT,
            DEFECT,
            "sellers[*].offline_offer=1",
            "buyers[*].offline_compliance=1",
            "buyers[*].keeps_dispute=1",
            "policy.offline.detection=1",
        ],
    ),
    each(
        "orders_completed",
        &[MIDNIGHT, DEFECT, "sellers[*].offline_offer=1", "buyers[*].offline_compliance=1"],
    ),
    // A withdrawn claim leaves a completion at the confirmation, two days after delivery, or 15 days after it.
    each(
        "orders_completed",
        &[COMPLAINS, A_SECOND_BEFORE_ARRIVAL, WITHDRAWS, "buyers[*].confirms_first=1", "run.days=6"],
    ),
    none("orders_completed", &[COMPLAINS, A_SECOND_BEFORE_ARRIVAL, WITHDRAWS, "run.days=6"]),
    // What is open at the horizon of an order that has completed leaves it completed.
    none("orders_open", &[MIDNIGHT, DEFECT, "buyers[*].notice_delay=\"15d 1s\"", "run.days=19"]),
    none(
        "orders_open",
        &[MIDNIGHT, DEFECT, "buyers[*].notice_delay=\"30d 1s\"", "sellers[*].goodwill=1", "run.days=36"],
    ),
    each("orders_open", &[MIDNIGHT, DEFECT, "run.days=5"]),
    // Returns (R13): sent at the deadline or missed, confirmed at the deadline or refunded by silence.
    each(
        "returns_sent",
        &[
            MIDNIGHT,
            DEFECT,
            RETURNS,
            IN_A_WEEK,
            "buyers[*].return_delay=\"7d\"",
            "buyers[*].return_transit=\"5d\"",
            "sellers[*].return_check=\"1d\"",
        ],
    ),
    each("returns_missed", &[MIDNIGHT, DEFECT, RETURNS, IN_A_WEEK, "buyers[*].return_delay=\"7d 1s\""]),
    each(
        "returns_confirmed",
        &[
            MIDNIGHT,
            DEFECT,
            RETURNS,
            IN_A_WEEK,
            "buyers[*].return_delay=\"1d\"",
            "buyers[*].return_transit=\"5d\"",
            "policy.returns.confirmation=\"2 business days\"",
            "sellers[*].return_check=\"4d\"",
        ],
    ),
    each(
        "returns_refunded_by_silence",
        &[
            MIDNIGHT,
            DEFECT,
            RETURNS,
            IN_A_WEEK,
            "buyers[*].return_delay=\"1d\"",
            "buyers[*].return_transit=\"5d\"",
            "policy.returns.confirmation=\"2 business days\"",
            "sellers[*].return_check=\"4d 1s\"",
        ],
    ),
    // The horizon: what would happen at it does not happen.
    none("disputes_answered", &[MIDNIGHT, DEFECT, "run.days=5"]),
    each("disputes_answered", &[MIDNIGHT, DEFECT, "run.days=6"]),
];

#[test]
fn both_simulators_turn_in_the_same_instant() {
    let mut differing = Vec::new();
    for case in CASES {
        let settings = [ONE_DAY, case.settings].concat();
        let world = shipped("verification/base", &settings);
        let [engine, reference] =
            [by_engine(&world), by_reference(&world)].map(|mut sample| sample.remove(0));
        let placed = |values: &[Option<f64>]| values[0].expect("orders are counted");
        let named = METRICS.iter().position(|metric| metric.name == case.metric).expect("it is a metric");
        for (place, metric) in METRICS.iter().enumerate() {
            let is_extensive =
                matches!(metric.unit, Unit::Orders | Unit::Cases | Unit::Cents) || metric.name == "events";
            // Suspensions are a seller's, not an order's.
            let is_extensive = is_extensive && metric.name != "freezes";
            let an_order = |values: &[Option<f64>]| {
                values[place].map(|value| if is_extensive { value / placed(values) } else { value })
            };
            let (one, other) = (an_order(&engine), an_order(&reference));
            let tolerance = if metric.unit == Unit::Hours { 1.0 / 256.0 } else { 1e-9 };
            let is_same = match (one, other) {
                (Some(one), Some(other)) => (one - other).abs() <= tolerance * one.abs().max(1.0),
                (one, other) => one == other,
            };
            let is_expected = place != named || one.is_some_and(|one| (one - case.an_order).abs() < 1e-9);
            if !is_same || !is_expected {
                differing.push(format!("{:?}: {}: {one:?}, {other:?}", case.settings, metric.name));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
