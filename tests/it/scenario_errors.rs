//! What is wrong with a scenario is said with its place and the way out, all of it at once.

use redress::scenario::{Source, Study};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A valid scenario that each case spoils in one line.
const VALID: &str = r#"name = "x"
[run]
days = 30
[market]
sellers = 10
orders_per_day = 100
order_value = 40
[[buyers]]
name = "all"
share = 1
opportunism = 0.1
[[sellers]]
name = "all"
share = 1
handling_time = "1d"
transit_time = "9d"
accept = 0.8
stock_out = 0.01
[sellers.response]
delay = "2d"
[policy]
protection_period = "60d"
cancellation.silence = "24h"
shipment.deadline = "5d"
dispute.response_deadline = "5d"
dispute.after_completion = "15d"
dispute.platform_steps_in = "7d"
mediation.delay = "3d"
mediation.buyer_favour = 0.5
"#;

/// What is said about `x.toml` beside other files, after settings.
fn said(text: &[u8], others: &[(&str, &str)], settings: &[&str]) -> String {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("x.toml"), text).unwrap();
    for (name, text) in others {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    said_of(dir.path(), "x.toml", settings)
}

fn said_of(dir: &Path, file: &str, settings: &[&str]) -> String {
    let resolve = || {
        let mut source = Source::read(&dir.join(file))?;
        for setting in settings {
            source.set(setting)?;
        }
        source.resolve()
    };
    match resolve() {
        Ok(_) => "valid".to_owned(),
        Err(errors) => errors.to_string().replace(dir.to_str().unwrap(), "DIR"),
    }
}

/// Asserts what is said about the valid scenario after `from` was replaced by `to`.
fn refused(cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (from, to, expected) in cases {
        assert_eq!(VALID.matches(from).count(), 1, "{from} occurs once");
        let message = said(VALID.replace(from, to).as_bytes(), &[], &[]);
        if message != *expected {
            wrong.push(format!("{to}\n  expected {expected}\n  found    {message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Asserts what is said about the valid scenario after settings.
fn refused_settings(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (setting, expected) in cases {
        let message = said(VALID.as_bytes(), &[], &[setting]);
        if message != *expected {
            wrong.push(format!("{setting}\n  expected {expected}\n  found    {message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_scenario_that_the_cases_spoil_is_valid() {
    assert_eq!(said(VALID.as_bytes(), &[], &[]), "valid");
}

#[test]
fn numbers_out_of_range_name_the_range() {
    refused(&[
        (
            "stock_out = 0.01",
            "stock_out = 1.5",
            "error: DIR/x.toml:18:13: sellers[0].stock_out = 1.5 is out of range: expected a probability in [0, 1] or a distribution on [0, 1]",
        ),
        (
            "stock_out = 0.01",
            "stock_out = -0.1",
            "error: DIR/x.toml:18:13: sellers[0].stock_out = -0.1 is out of range: expected a probability in [0, 1] or a distribution on [0, 1]",
        ),
        (
            "opportunism = 0.1",
            "opportunism = nan",
            "error: DIR/x.toml:11:15: buyers[0].opportunism = nan is not finite: expected a probability in [0, 1] or a distribution on [0, 1]",
        ),
        (
            "orders_per_day = 100",
            "orders_per_day = inf",
            "error: DIR/x.toml:6:18: market.orders_per_day = inf is not finite: expected a number above 0, up to 100000000",
        ),
        (
            "orders_per_day = 100",
            "orders_per_day = -3",
            "error: DIR/x.toml:6:18: market.orders_per_day = -3 is out of range: expected a number above 0, up to 100000000",
        ),
        (
            "orders_per_day = 100",
            "orders_per_day = 0",
            "error: DIR/x.toml:6:18: market.orders_per_day = 0 is out of range: expected a number above 0, up to 100000000",
        ),
        (
            "days = 30",
            "days = 0",
            "error: DIR/x.toml:3:8: run.days = 0 is out of range: expected a whole number from 1 to 20000",
        ),
        (
            "days = 30",
            "days = 99999999999999999999999",
            "error: DIR/x.toml:3:8: run.days = 99999999999999999999999 is out of range: expected a whole number from 1 to 20000",
        ),
        (
            "days = 30",
            "days = 20000\nwarm_up_days = 5000\nreplications = 0",
            "error: DIR/x.toml:5:16: run.replications = 0 is out of range: expected a whole number from 1 to 100000",
        ),
        (
            "order_value = 40",
            "order_value = 0",
            "error: DIR/x.toml:7:15: market.order_value = 0 is out of range: expected an amount above 0 or a distribution of amounts, in currency units",
        ),
        (
            "order_value = 40",
            "order_value = { lognormal = { median = 1e7, sigma = 1 } }",
            "error: DIR/x.toml:7:15: market.order_value = { lognormal = { median = 10000000.0, sigma = 1 } } has too long a tail: its 99.9999% quantile is 1.160e9, expected at most 4e7",
        ),
    ]);
}

#[test]
fn values_of_another_type_name_both_types() {
    refused(&[
        (
            "days = 30",
            "days = \"many\"",
            "error: DIR/x.toml:3:8: run.days = \"many\" has the wrong type: expected a whole number from 1 to 20000, found a string",
        ),
        (
            "days = 30",
            "days = 30.5",
            "error: DIR/x.toml:3:8: run.days = 30.5 has the wrong type: expected a whole number from 1 to 20000, found a decimal number",
        ),
        (
            "days = 30",
            "days = 2026-01-01",
            "error: DIR/x.toml:3:8: run.days = 2026-01-01 has the wrong type: expected a whole number from 1 to 20000, found a date or time",
        ),
        (
            "name = \"x\"",
            "name = 5",
            "error: DIR/x.toml:1:8: name = 5 has the wrong type: expected a name without slashes or control characters, found a whole number",
        ),
        (
            "stock_out = 0.01",
            "stock_out = \"5d\"",
            "error: DIR/x.toml:18:13: sellers[0].stock_out = \"5d\" is a duration: expected a probability in [0, 1] or a distribution on [0, 1]",
        ),
        (
            "stock_out = 0.01",
            "stock_out = true",
            "error: DIR/x.toml:18:13: sellers[0].stock_out = true has the wrong type: expected a probability in [0, 1] or a distribution on [0, 1], found a boolean",
        ),
        (
            "[run]\ndays = 30",
            "run = 5",
            "error: DIR/x.toml:2:7: run = 5 has the wrong type: expected a table, found a whole number",
        ),
        (
            "opportunism = 0.1",
            "late_tolerance = 5",
            "error: DIR/x.toml:11:18: buyers[0].late_tolerance = 5 has the wrong type: expected an array of tables, found a whole number",
        ),
        (
            "order_value = 40",
            "order_value = 40\nsearch.feedback = \"yes\"",
            "error: DIR/x.toml:8:19: market.search.feedback = \"yes\" has the wrong type: expected true or false, found a string",
        ),
    ]);
}

#[test]
fn durations_need_a_unit_that_exists() {
    refused(&[
        (
            "handling_time = \"1d\"",
            "handling_time = 5",
            "error: DIR/x.toml:15:17: sellers[0].handling_time = 5 has no unit: write \"5d\" for days",
        ),
        (
            "handling_time = \"1d\"",
            "handling_time = \"5\"",
            "error: DIR/x.toml:15:17: sellers[0].handling_time = \"5\" has no unit: write \"5d\" for days",
        ),
        (
            "handling_time = \"1d\"",
            "handling_time = \"5 parsecs\"",
            "error: DIR/x.toml:15:17: sellers[0].handling_time = \"5 parsecs\" has the unknown unit \"parsecs\": units are s, m, h, d, w",
        ),
        (
            "handling_time = \"1d\"",
            "handling_time = \"soon\"",
            "error: DIR/x.toml:15:17: sellers[0].handling_time = \"soon\" is not a duration: write a number and a unit, such as \"5d\"",
        ),
        (
            "handling_time = \"1d\"",
            "handling_time = \"\"",
            "error: DIR/x.toml:15:17: sellers[0].handling_time = \"\" is not a duration: write a number and a unit, such as \"5d\"",
        ),
        (
            "handling_time = \"1d\"",
            "handling_time = \"-1d\"",
            "error: DIR/x.toml:15:17: sellers[0].handling_time = \"-1d\" is not a duration: write a number and a unit, such as \"5d\"",
        ),
        (
            "handling_time = \"1d\"",
            "handling_time = \"0.5s\"",
            "error: DIR/x.toml:15:17: sellers[0].handling_time = \"0.5s\" is not a whole number of seconds: the nearest is \"1s\"",
        ),
        (
            "handling_time = \"1d\"",
            "handling_time = \"30000d\"",
            "error: DIR/x.toml:15:17: sellers[0].handling_time = \"30000d\" is too long: the longest duration is \"20000d\"",
        ),
        (
            "handling_time = \"1d\"",
            "handling_time = \"3 business days\"",
            "error: DIR/x.toml:15:17: sellers[0].handling_time = \"3 business days\" counts business days, which only a deadline may: write elapsed time such as \"5d\"",
        ),
        (
            "shipment.deadline = \"5d\"",
            "shipment.deadline = \"0.5 business days\"",
            "error: DIR/x.toml:24:21: policy.shipment.deadline = \"0.5 business days\" is out of range: write 1 to 2000 business days, in whole days",
        ),
        (
            "shipment.deadline = \"5d\"",
            "shipment.deadline = 5",
            "error: DIR/x.toml:24:21: policy.shipment.deadline = 5 has no unit: write \"5d\" for days",
        ),
        (
            "mediation.delay = \"3d\"",
            "mediation.delay = \"never\"",
            "error: DIR/x.toml:28:19: policy.mediation.delay = \"never\" is not a duration: write a number and a unit, such as \"5d\"",
        ),
        (
            "[policy]",
            "[policy]\ndispute_rate.window = \"36h\"",
            "error: DIR/x.toml:22:23: policy.dispute_rate.window = \"36h\" is out of range: expected a duration in whole days, \"1d\" to \"365d\"",
        ),
        (
            "[policy]",
            "[policy]\nnot_sold.window = \"400d\"",
            "error: DIR/x.toml:22:19: policy.not_sold.window = \"400d\" is out of range: expected a duration in whole days, \"1d\" to \"365d\"",
        ),
    ]);
}

#[test]
fn distributions_name_one_family_with_its_parameters() {
    refused(&[
        (
            "transit_time = \"9d\"",
            "transit_time = { lognormall = { median = \"9d\", sigma = 1 } }",
            "error: DIR/x.toml:16:16: sellers[0].transit_time = { lognormall = { median = \"9d\", sigma = 1 } } names the unknown distribution lognormall; did you mean lognormal?",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { zipf = { s = 1 } }",
            "error: DIR/x.toml:16:16: sellers[0].transit_time = { zipf = { s = 1 } } names the unknown distribution zipf; distributions are exponential, lognormal, uniform, gamma, weibull, beta, triangular, empirical, mixture",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = {}",
            "error: DIR/x.toml:16:16: sellers[0].transit_time = {} names 0 distributions: expected exactly one",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { exponential = { mean = \"9d\" }, uniform = { min = \"1d\", max = \"2d\" } }",
            "error: DIR/x.toml:16:16: sellers[0].transit_time = { exponential = { mean = \"9d\" }, uniform = { max = \"2d\", ... names 2 distributions: expected exactly one",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { exponential = { rate = 3 } }",
            "error: DIR/x.toml:16:32: missing key sellers[0].transit_time.exponential.mean: expected a duration longer than 0, such as \"5d\", for example mean = \"2d\"\nerror: DIR/x.toml:16:34: unknown key sellers[0].transit_time.exponential.rate; valid keys of sellers[0].transit_time.exponential are mean",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { exponential = { mean = 9 } }",
            "error: DIR/x.toml:16:41: sellers[0].transit_time.exponential.mean = 9 has no unit: write \"9d\" for days",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { exponential = { mean = \"0d\" } }",
            "error: DIR/x.toml:16:41: sellers[0].transit_time.exponential.mean = \"0d\" is out of range: expected a duration longer than 0, such as \"5d\"",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { lognormal = { median = \"9d\", sigma = -1 } }",
            "error: DIR/x.toml:16:55: sellers[0].transit_time.lognormal.sigma = -1 is out of range: expected a number above 0, up to 20",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { lognormal = { median = \"9d\", sigma = 20 } }",
            "error: DIR/x.toml:16:16: sellers[0].transit_time = { lognormal = { median = \"9d\", sigma = 20 } } has too long a tail: its 99.9999999% quantile is 1.123e53 days, expected at most 1e8 days",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { uniform = { min = \"9d\", max = \"2d\" } }",
            "error: DIR/x.toml:16:48: sellers[0].transit_time.uniform.max is not above sellers[0].transit_time.uniform.min",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { triangular = { min = \"1d\", mode = \"9d\", max = \"2d\" } }",
            "error: DIR/x.toml:16:52: sellers[0].transit_time.triangular.mode does not lie between min and max",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { beta = { alpha = 1, beta = 1 } }",
            "error: DIR/x.toml:16:16: sellers[0].transit_time = { beta = { alpha = 1, beta = 1 } } lies in [0, 1]: durations and amounts need another distribution",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { mixture = [] }",
            "error: DIR/x.toml:16:28: sellers[0].transit_time.mixture is empty: expected [{ weight = 0.5, of = DISTRIBUTION }, { weight = 0.5, of = DISTRIBUTION }]",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { mixture = [{ weight = 0.5, of = \"1d\" }, { weight = 0.4, of = \"2d\" }] }",
            "error: DIR/x.toml:16:28: weights of sellers[0].transit_time.mixture sum to 0.9: expected 1",
        ),
        (
            "accept = 0.8",
            "accept = { exponential = { mean = 0.5 } }",
            "error: DIR/x.toml:17:10: sellers[0].accept = { exponential = { mean = 0.5 } } is out of range: expected a probability in [0, 1] or a distribution on [0, 1]",
        ),
        (
            "accept = 0.8",
            "accept = { uniform = { min = 0.5, max = 1.5 } }",
            "error: DIR/x.toml:17:10: sellers[0].accept = { uniform = { max = 1.5, min = 0.5 } } is out of range: expected a probability in [0, 1] or a distribution on [0, 1]",
        ),
        (
            "accept = 0.8",
            "accept = { empirical = { values = [0.5, -1] } }",
            "error: DIR/x.toml:17:41: sellers[0].accept.empirical.values[1] = -1 is out of range: expected a number from 0",
        ),
    ]);
}

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
            "error: DIR/x.toml:4:1: unknown key run.zzz; valid keys of run are seed, days, warm_up_days, replications, first_weekday",
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
        said(b"", &[], &[]),
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
            "error: DIR/x.toml:22:49: policy.service_score.not_sold.worst is not above policy.service_score.not_sold.starts_at",
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
fn files_that_are_no_toml_say_where_they_break_off() {
    refused(&[
        (
            "days = 30",
            "days = ",
            "error: DIR/x.toml:3:8: not valid TOML: string values must be quoted, expected literal string",
        ),
        ("days = 30", "days = 30\ndays = 31", "error: DIR/x.toml:4:1: not valid TOML: duplicate key"),
        ("[run]", "[run", "error: DIR/x.toml:2:5: not valid TOML: unclosed table, expected `]`"),
    ]);
    assert_eq!(
        said(b"name = \"\xff\xfe\"", &[], &[]),
        "error: DIR/x.toml: is not a text file: byte 8 is not UTF-8"
    );
    assert_eq!(
        said(b"\x7fELF\x02\x01\x00", &[], &[]),
        "error: DIR/x.toml:1:8: not valid TOML: key with no value, expected `=`"
    );
    let deep = format!("name = {}", "[".repeat(10_000));
    assert_eq!(
        said(deep.as_bytes(), &[], &[]),
        "error: DIR/x.toml:1:88: not valid TOML: cannot recurse further; max recursion depth met"
    );
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("folder.toml")).unwrap();
    assert_eq!(
        said_of(dir.path(), "none.toml", &[]),
        "error: DIR/none.toml: cannot be read: there is no such file"
    );
    assert_eq!(
        said_of(dir.path(), "folder.toml", &[]),
        "error: DIR/folder.toml: is a directory: name a TOML file"
    );
}

#[test]
fn extends_that_lead_nowhere_or_in_a_circle_name_the_chain() {
    assert_eq!(
        said(b"extends = \"none.toml\"", &[], &[]),
        "error: DIR/x.toml:1:11: extends = \"none.toml\" is not found: there is no file DIR/none.toml"
    );
    assert_eq!(
        said(b"extends = 5", &[], &[]),
        "error: DIR/x.toml:1:11: extends = 5 has the wrong type: expected a path, found a whole number"
    );
    assert_eq!(
        said(b"extends = \"x.toml\"", &[], &[]),
        "error: DIR/x.toml:1:11: extends goes in a circle: DIR/x.toml -> DIR/x.toml"
    );
    assert_eq!(
        said(b"extends = \"y.toml\"", &[("y.toml", "name = \"y\"\nextends = \"x.toml\"")], &[]),
        "error: DIR/y.toml:2:11: extends goes in a circle: DIR/x.toml -> DIR/y.toml -> DIR/x.toml"
    );
    let broken = [("y.toml", VALID), ("z.toml", "extends = \"y.toml\"\nrun.days = 0")];
    assert_eq!(
        said(b"extends = \"z.toml\"\nmarket.count = 0", &broken, &[]),
        "error: DIR/x.toml:2:16: market.count = 0 is out of range: expected a whole number from 1 to 100000\nerror: DIR/z.toml:2:12: run.days = 0 is out of range: expected a whole number from 1 to 20000"
    );
}

#[test]
fn presets_that_are_missing_or_wrong_are_told_with_those_that_exist() {
    let text = VALID.replace("[policy]", "[policy]\npreset = \"ebya\"");
    assert_eq!(
        said(text.as_bytes(), &[], &[]),
        "error: DIR/x.toml:22:10: policy.preset = \"ebya\" is not found: there is no policies folder beside the scenario"
    );
    let presets = [("policies/ebay.toml", "[policy]"), ("policies/etsy.toml", "[policy]")];
    assert_eq!(
        said(text.as_bytes(), &presets, &[]),
        "error: DIR/x.toml:22:10: policy.preset = \"ebya\" is not found: presets are ebay, etsy"
    );
    let wrong = |preset: &str| said(text.as_bytes(), &[("policies/ebya.toml", preset)], &[]);
    assert_eq!(
        wrong("[policy]\npreset = \"ebay\""),
        "error: DIR/policies/ebya.toml:2:1: a preset cannot start from another: remove policy.preset"
    );
    assert_eq!(
        wrong("[run]\ndays = 3"),
        "error: DIR/policies/ebya.toml:1:2: unknown key run; a preset holds policy, name, title, description"
    );
    assert_eq!(
        wrong("name = \"ebya\""),
        "error: DIR/policies/ebya.toml: missing table policy: a preset is a [policy] table"
    );
    assert_eq!(
        wrong("[policy]\ndispute.silense = \"refund\""),
        "error: DIR/policies/ebya.toml:2:9: unknown key policy.dispute.silense; did you mean policy.dispute.silence?"
    );
    assert_eq!(
        wrong("[policy]\noffline.detection = 7"),
        "error: DIR/policies/ebya.toml:2:21: policy.offline.detection = 7 is out of range: expected a share in [0, 1]"
    );
}

#[test]
fn empirical_values_name_the_file_and_the_row() {
    let text = VALID.replace("\"9d\"", "{ empirical = { file = \"times.csv\", column = \"days\" } }");
    let with = |csv: &str| said(text.as_bytes(), &[("times.csv", csv)], &[]);
    assert_eq!(
        said(text.as_bytes(), &[], &[]),
        "error: DIR/x.toml:16:39: cannot read DIR/times.csv: there is no such file"
    );
    assert_eq!(
        with("day,n\n1,2\n"),
        "error: DIR/x.toml:16:39: DIR/times.csv has no column days: columns are day, n"
    );
    assert_eq!(
        with("days,n\n1,2\ntwo,3\n"),
        "error: DIR/times.csv:3:1: column days holds \"two\": expected a number from 0"
    );
    assert_eq!(
        with("days,n\n-1,2\n"),
        "error: DIR/times.csv:2:1: column days holds \"-1\": expected a number from 0"
    );
    assert_eq!(with("days,n\n"), "error: DIR/x.toml:16:39: DIR/times.csv has no rows");
    assert_eq!(with("days,n\n1,2\n"), "valid");
}

#[test]
fn settings_are_named_in_place_of_a_line() {
    refused_settings(&[
        (
            "sellers[*].stock_out=1.5",
            "error: --set sellers[*].stock_out: sellers[0].stock_out = 1.5 is out of range: expected a probability in [0, 1] or a distribution on [0, 1]",
        ),
        (
            "sellers[*].response.delay=2 parsecs",
            "error: --set sellers[*].response.delay: sellers[0].response.delay = \"2 parsecs\" has the unknown unit \"parsecs\": units are s, m, h, d, w",
        ),
        (
            "sellers[*].response.delay={ exponential = ",
            "error: --set sellers[*].response.delay: { exponential = is not a TOML value: unclosed inline table, expected `}`",
        ),
        (
            "sellers[1].stock_out=0.5",
            "error: --set sellers[1].stock_out: there is no sellers[1]: the last is sellers[0]",
        ),
        (
            "sellers.some.stock_out=0.5",
            "error: --set sellers.some.stock_out: sellers has no segment named some: segments are all",
        ),
        (
            "sellers..stock_out=0.5",
            "error: --set sellers..stock_out: sellers..stock_out is not a key: write names separated by dots, such as market.sellers",
        ),
        ("run.dayz=5", "error: --set run.dayz: unknown key run.dayz; did you mean run.days?"),
        ("run.days", "error: --set run.days: has no value: write KEY=VALUE"),
        (
            "extends=y.toml",
            "error: --set extends: extends cannot be set: name the other scenario instead of this one",
        ),
        (
            "policy.preset=ebay",
            "error: --set policy.preset: policy.preset = \"ebay\" is not found: there is no policies folder beside the scenario",
        ),
        (
            "sellers=5",
            "error: --set sellers: sellers = 5 has the wrong type: expected an array of tables, found a whole number",
        ),
        ("sellers=[]", "error: --set sellers: missing sellers: write at least one [[sellers]] table"),
        (
            "sellers[*].share=0.5",
            "error: DIR/x.toml:12:1: shares of sellers sum to 0.5: expected 1 (all 0.5)",
        ),
        (
            "name=../x",
            "error: --set name: name = \"../x\" cannot be used: expected a name without slashes or control characters",
        ),
    ]);
}

#[test]
fn all_violations_are_reported_at_once_in_the_order_of_the_file() {
    let text = VALID
        .replace("days = 30", "days = 0")
        .replace("sellers = 10", "sellers = \"ten\"")
        .replace("\"2d\"", "2");
    assert_eq!(
        said(text.as_bytes(), &[], &["run.seed=-1"]),
        "error: DIR/x.toml:3:8: run.days = 0 is out of range: expected a whole number from 1 to 20000\nerror: DIR/x.toml:5:11: market.sellers = \"ten\" has the wrong type: expected a whole number from 1 to 1000000, found a string\nerror: DIR/x.toml:20:9: sellers[0].response.delay = 2 has no unit: write \"2d\" for days\nerror: --set run.seed: run.seed = -1 is out of range: expected a whole number from 0"
    );
}

/// What is said about a study of the valid scenario.
fn said_of_study(text: &str) -> String {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("x.toml"), VALID).unwrap();
    fs::write(dir.path().join("s.toml"), text).unwrap();
    match Study::read(&dir.path().join("s.toml")).and_then(|study| study.scenarios()) {
        Ok(_) => "valid".to_owned(),
        Err(errors) => errors.to_string().replace(dir.path().to_str().unwrap(), "DIR"),
    }
}

#[test]
fn studies_are_checked_like_scenarios() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        (
            "",
            "error: DIR/s.toml: missing factor: write at least one [[factor]] table\nerror: DIR/s.toml: missing key scenario: expected a path, for example scenario = \"baseline.toml\"",
        ),
        (
            "scenario = \"y.toml\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml:1:12: scenario = \"y.toml\" is not found: there is no file DIR/y.toml",
        ),
        (
            "scenario = \"x.toml\"\nfactor = []",
            "error: DIR/s.toml:2:10: missing factor: write at least one [[factor]] table",
        ),
        (
            "scenario = \"x.toml\"\nbudget = 5\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml:2:10: budget is for tuning, which redress cannot do yet: remove it",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nvalues = []",
            "error: DIR/s.toml:4:10: factor[0].values = [] is empty: expected an array of values",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1, 0]",
            "error: DIR/s.toml:4:14: run.days = 0 is out of range: expected a whole number from 1 to 20000",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.dayz\"\nvalues = [1]",
            "error: DIR/s.toml:4:11: unknown key run.dayz; did you mean run.days?",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]\nlabels = [\"a\", \"b\"]",
            "error: DIR/s.toml:5:10: factor[0].labels and factor[0].values differ in length",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkeys = [\"run.days\", \"run.seed\"]\nvalues = [[1, 2], [3]]",
            "error: DIR/s.toml:4:19: [3] has 1 values for 2 keys",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nrange = \"1..x/3\"",
            "error: DIR/s.toml:4:9: factor[0].range = \"1..x/3\" is not a range: write \"0.1..0.5/5\" or \"12h..7d/6\"",
        ),
        (
            "scenario = \"x.toml\"\n[[factor]]\nkey = \"run.days\"\nrange = \"1..3\"",
            "error: DIR/s.toml:4:9: the range of run.days has no number of points: write \"a..b/5\" for five",
        ),
        (
            "scenario = \"x.toml\"\ndesign = \"lhs\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml: missing key points: expected the number of points, for example points = 64\nerror: DIR/s.toml:3:1: factor run.days has values: lhs needs range = \"a..b\"",
        ),
        (
            "scenario = \"x.toml\"\ndesign = \"lsh\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]",
            "error: DIR/s.toml:2:10: design = \"lsh\" is unknown; did you mean \"lhs\"?",
        ),
    ] {
        let message = said_of_study(text);
        if message != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
