//! Keys that do not exist, are missing, or do not go together are told with the way out.

use crate::scenario_errors::{refused, said};

#[test]
fn unknown_keys_name_the_nearest_valid_one() {
    refused(&[
        (
            "sellers = 10",
            "sellers = 10\nseller = 5",
            "error: DIR/x.toml:6:1: unknown key market.seller; did you mean market.sellers?",
        ),
        (
            "days = 30",
            "days = 30\nposition_exponent = 1",
            "error: DIR/x.toml:4:1: unknown key run.position_exponent; did you mean market.search.position_exponent?",
        ),
        (
            "stock_out = 0.01",
            "stock_out = 0.01\nstockout = 0.02",
            "error: DIR/x.toml:19:1: unknown key sellers[0].stockout; did you mean sellers[0].stock_out?",
        ),
        (
            "days = 30",
            "days = 30\nzzz = 1",
            "error: DIR/x.toml:4:1: unknown key run.zzz; valid keys of run are seed, days, warm_up_days, replications, first_weekday, precision, max_replications",
        ),
        (
            "name = \"x\"",
            "name = \"x\"\nmarkets.count = 2",
            "error: DIR/x.toml:2:1: unknown key markets; did you mean market?",
        ),
        (
            "delay = \"2d\"",
            "delay = \"2d\"\nagents = 2",
            "error: DIR/x.toml:21:1: unknown key sellers[0].response.agents; did you mean sellers[].response.desk.agents?",
        ),
        (
            "[policy]",
            "[policy]\ndispute.silence = \"refnud\"",
            "error: DIR/x.toml:22:19: policy.dispute.silence = \"refnud\" is unknown; did you mean \"refund\"?",
        ),
        (
            "[policy]",
            "[policy]\ndispute.silence = \"both\"",
            "error: DIR/x.toml:22:19: policy.dispute.silence = \"both\" is unknown: expected \"refund\" or \"platform\"",
        ),
    ]);
}

#[test]
fn missing_keys_say_what_to_write() {
    refused(&[
        (
            "sellers = 10\n",
            "",
            "error: DIR/x.toml:4:1: missing key market.sellers: expected a whole number from 1 to 1000000, for example sellers = 100",
        ),
        (
            "cancellation.silence = \"24h\"\n",
            "",
            "error: DIR/x.toml:21:1: missing key policy.cancellation.silence: expected a deadline such as \"5d\", \"3 business days\" or \"never\", for example silence = \"5d\"",
        ),
        (
            "delay = \"2d\"\n",
            "",
            "error: DIR/x.toml:19:1: missing key sellers[0].response.delay: expected a duration such as \"5d\" or a distribution of durations, { fraction_of_deadline = DISTRIBUTION }, or a desk in its place, for example delay = \"2d\"",
        ),
        (
            "name = \"all\"\nshare = 1\nopportunism = 0.1",
            "opportunism = 0.1",
            "error: DIR/x.toml:8:1: missing key buyers[0].name: expected a name without slashes or control characters, for example name = \"usual\"\nerror: DIR/x.toml:8:1: missing key buyers[0].share: expected a share in [0, 1], for example share = 0.5",
        ),
    ]);
    assert_eq!(
        said(b"name = \"x\"", &[], &[]),
        "error: DIR/x.toml: missing buyers: write at least one [[buyers]] table\nerror: DIR/x.toml: missing key market.order_value: expected an amount above 0 or a distribution of amounts, in currency units, for example order_value = 40.0\nerror: DIR/x.toml: missing key market.orders_per_day: expected a number above 0, up to 100000000, for example orders_per_day = 1000.0\nerror: DIR/x.toml: missing key market.sellers: expected a whole number from 1 to 1000000, for example sellers = 100\nerror: DIR/x.toml: missing key policy.cancellation.silence: expected a deadline such as \"5d\", \"3 business days\" or \"never\", for example silence = \"5d\"\nerror: DIR/x.toml: missing key policy.dispute.after_completion: expected a deadline such as \"5d\", \"3 business days\" or \"never\", for example after_completion = \"5d\"\nerror: DIR/x.toml: missing key policy.dispute.platform_steps_in: expected a deadline such as \"5d\", \"3 business days\" or \"never\", for example platform_steps_in = \"5d\"\nerror: DIR/x.toml: missing key policy.dispute.response_deadline: expected a deadline such as \"5d\", \"3 business days\" or \"never\", for example response_deadline = \"5d\"\nerror: DIR/x.toml: missing key policy.mediation.buyer_favour: expected a share in [0, 1], for example buyer_favour = 0.5\nerror: DIR/x.toml: missing key policy.mediation.delay: expected a duration such as \"5d\" or a distribution of durations, for example delay = \"2d\"\nerror: DIR/x.toml: missing key policy.protection_period: expected a deadline such as \"5d\", \"3 business days\" or \"never\", for example protection_period = \"5d\"\nerror: DIR/x.toml: missing key policy.shipment.deadline: expected a deadline such as \"5d\", \"3 business days\" or \"never\", for example deadline = \"5d\"\nerror: DIR/x.toml: missing sellers: write at least one [[sellers]] table"
    );
}

#[test]
fn keys_that_do_not_go_together_are_told_apart() {
    refused(&[
        (
            "delay = \"2d\"",
            "delay = \"2d\"\ndesk = { agents = 2, service_time = \"1h\" }",
            "error: DIR/x.toml:20:9: sellers[0].response.delay and sellers[0].response.desk exclude each other: remove one of them",
        ),
        (
            "delay = \"2d\"",
            "delay = { fraction_of_deadline = 0.5, never = 0.1 }\nnever = 0.2",
            "error: DIR/x.toml:21:9: sellers[0].response.never is given twice: remove one of them",
        ),
        (
            "delay = \"2d\"\n[policy]",
            "delay = { fraction_of_deadline = 0.5 }\n[policy]\ncancellation.race = \"held\"",
            "valid",
        ),
        (
            "delay = \"2d\"\n[policy]\nprotection_period = \"60d\"\ncancellation.silence = \"24h\"",
            "delay = { fraction_of_deadline = 0.5 }\n[policy]\nprotection_period = \"60d\"\ncancellation.silence = \"never\"",
            "error: DIR/x.toml:20:9: sellers[0].response.delay is a fraction of policy.cancellation.silence, which is \"never\": write sellers[0].response.cancel_delay as well",
        ),
        (
            "delay = \"2d\"\n[policy]\nprotection_period = \"60d\"\ncancellation.silence = \"24h\"",
            "delay = { fraction_of_deadline = 0.5 }\ncancel_delay = \"1d\"\n[policy]\nprotection_period = \"60d\"\ncancellation.silence = \"never\"",
            "valid",
        ),
        (
            "delay = \"2d\"\n[policy]\nprotection_period = \"60d\"\ncancellation.silence = \"24h\"\nshipment.deadline = \"5d\"\ndispute.response_deadline = \"5d\"",
            "delay = { fraction_of_deadline = 0.5 }\n[policy]\nprotection_period = \"60d\"\ncancellation.silence = \"24h\"\nshipment.deadline = \"5d\"\ndispute.response_deadline = \"never\"",
            "error: DIR/x.toml:20:9: sellers[0].response.delay is a fraction of policy.dispute.response_deadline, which is \"never\": write a delay such as \"2d\"",
        ),
        (
            "opportunism = 0.1",
            "greed = 0.1\nrequested_fraction = 0.5",
            "error: DIR/x.toml:12:22: buyers[0].requested_fraction and buyers[0].greed exclude each other: remove one of them",
        ),
        (
            "[run]",
            "[market.search]\nclick_shares = [1]\nposition_exponent = 1\n[run]",
            "error: DIR/x.toml:4:21: market.search.position_exponent and market.search.click_shares exclude each other: remove one of them",
        ),
        (
            "opportunism = 0.1",
            "[[buyers]]\nname = \"all\"\nshare = 0.5",
            "error: DIR/x.toml:8:1: shares of buyers sum to 1.5: expected 1 (all 1, all 0.5)\nerror: DIR/x.toml:12:8: buyers[1].name = \"all\" is taken: names of buyers are unique",
        ),
        (
            "[policy]",
            "[policy]\nnot_sold.demote_share = 0.1",
            "error: DIR/x.toml:22:25: policy.not_sold.demote_share has no effect without policy.not_sold.demote_at: write both",
        ),
    ]);
}

#[test]
fn lists_are_complete_and_in_order() {
    refused(&[
        (
            "opportunism = 0.1",
            "late_tolerance = [{ after = \"5d\", share = 0.5 }, { after = \"1d\", share = 0.6 }]",
            "error: DIR/x.toml:11:18: buyers[0].late_tolerance is not ascending: both after and share rise",
        ),
        (
            "order_value = 40",
            "order_value = 40\nweekday_profile = [1, 2]",
            "error: DIR/x.toml:8:19: market.weekday_profile has 2 numbers: expected 7, Monday first",
        ),
        (
            "order_value = 40",
            "order_value = 40\nweekday_profile = [0, 0, 0, 0, 0, 0, 0]",
            "error: DIR/x.toml:8:19: market.weekday_profile is 0 on every day: expected orders on some day",
        ),
        (
            "order_value = 40",
            "order_value = 40\nsurges = [{ first_day = 3 }]",
            "error: DIR/x.toml:8:11: missing key market.surges[0].days: expected a whole number from 1 to 25000, for example days = 100\nerror: DIR/x.toml:8:11: missing key market.surges[0].multiplier: expected a number from 0 to 1000, for example multiplier = 2.0",
        ),
        (
            "delay = \"2d\"",
            "desk = { agents = 2, service_time = \"1h\", weekdays = [] }",
            "error: DIR/x.toml:20:54: sellers[0].response.desk.weekdays = [] is empty: expected an array of weekdays such as [\"monday\", \"tuesday\"]",
        ),
        (
            "delay = \"2d\"",
            "desk = { agents = 2, service_time = \"1h\", hours = \"18:00-09:00\" }",
            "error: DIR/x.toml:20:51: sellers[0].response.desk.hours = \"18:00-09:00\" closes before it opens: expected hours of one day",
        ),
        (
            "delay = \"2d\"",
            "desk = { agents = 0, service_time = \"1h\", hours = \"9-5\" }",
            "error: DIR/x.toml:20:19: sellers[0].response.desk.agents = 0 is out of range: expected a whole number from 1 to 1000\nerror: DIR/x.toml:20:51: sellers[0].response.desk.hours = \"9-5\" is not understood: expected opening hours such as \"09:00-18:00\"",
        ),
        (
            "[policy]",
            "[policy]\ncancellation.reasons = [{ name = \"a\", attributed_to = \"buyer\" }]",
            "error: DIR/x.toml:22:24: policy.cancellation.reasons has no reason attributed to the seller: add one",
        ),
        (
            "[policy]",
            "[policy]\npoints = { awards = [], tiers = [{ at = 6, weight = 1 }, { at = 3, weight = 0 }] }",
            "error: DIR/x.toml:22:33: policy.points.tiers is not ascending: write the lowest at first",
        ),
        (
            "[policy]",
            "[policy]\nservice_score.levels = [{ at = 6, weight = 1 }, { at = 9, weight = 0 }]",
            "error: DIR/x.toml:22:24: policy.service_score.levels is not descending: write the highest at first",
        ),
        (
            "[policy]",
            "[policy]\nservice_score.not_sold = { points = 10, worst = 0.1, starts_at = 0.2 }",
            "error: DIR/x.toml:22:49: policy.service_score.not_sold.worst = 0.1 is not above policy.service_score.not_sold.starts_at = 0.2",
        ),
        (
            "[policy]",
            "[policy]\ndispute_rate.penalty = { steps = [{ above = 0.2, weight = 1 }, { above = 0.1, weight = 0 }] }",
            "error: DIR/x.toml:22:34: policy.dispute_rate.penalty.steps is not ascending: write the lowest above first",
        ),
        (
            "[policy]",
            "[policy]\ndispute_rate.penalty = { cubic = 3 }",
            "error: DIR/x.toml:22:24: policy.dispute_rate.penalty = { cubic = 3 } names the unknown penalty cubic: expected \"none\", { linear = { slope, floor } }, { exponential = { slope, floor } } or { steps = [{ above, weight }] }",
        ),
        (
            "[policy]",
            "[policy]\nnot_sold.freeze_for = [\"7d\", \"8h\"]",
            "error: DIR/x.toml:22:30: policy.not_sold.freeze_for[1] = \"8h\" is out of range: expected a duration in whole days, \"1d\" to \"20000d\"",
        ),
    ]);
}

#[test]
fn an_observed_value_of_nothing_is_refused_where_it_would_become_a_cent() {
    refused(&[
        (
            "order_value = 40",
            "order_value = { empirical = { values = [0, 1] } }",
            "error: DIR/x.toml:7:15: market.order_value = { empirical = { values = [0, 1] } } has an observed value of 0, and nothing is worth less than one cent: leave such values out",
        ),
        (
            "opportunism = 0.1",
            "opportunism = 0.1\nrequested_fraction = { empirical = { values = [0, 0.5], interpolate = true } }",
            "error: DIR/x.toml:12:22: buyers[0].requested_fraction = { empirical = { interpolate = true, values = [0, 0.5] } } has an observed value of 0, and nothing is worth less than one cent: leave such values out",
        ),
    ]);
}

#[test]
fn demand_that_no_day_can_hold_is_refused() {
    refused(&[(
        "orders_per_day = 100",
        "orders_per_day = 1e8\nsurges = [{ first_day = 0, days = 3, multiplier = 1000 }, { first_day = 2, days = 9, multiplier = 0.5 }]",
        "error: DIR/x.toml:6:18: market.orders_per_day, weekday_profile and surges make 1.000e11 orders per day: expected at most 1e9",
    )]);
}

#[test]
fn a_value_where_a_table_belongs_is_one_violation() {
    assert_eq!(
        said(b"market = 5\npolicy = 5\nbuyers = 5\nsellers = [5]", &[], &[]),
        "error: DIR/x.toml:1:10: market = 5 has the wrong type: expected a table, found a whole number\n\
         error: DIR/x.toml:2:10: policy = 5 has the wrong type: expected a table, found a whole number\n\
         error: DIR/x.toml:3:10: buyers = 5 has the wrong type: expected an array of tables, found a whole number\n\
         error: DIR/x.toml:4:12: sellers[0] = 5 has the wrong type: expected a table, found a whole number"
    );
}
