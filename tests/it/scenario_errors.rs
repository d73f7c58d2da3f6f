//! What is wrong with a scenario is said with its place and the way out, all of it at once.

use redress::scenario::Source;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A valid scenario that each case spoils in one line.
pub(crate) const VALID: &str = r#"name = "x"
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
pub(crate) fn said(text: &[u8], others: &[(&str, &str)], settings: &[&str]) -> String {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("x.toml"), text).unwrap();
    for (name, text) in others {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    said_of(dir.path(), "x.toml", settings)
}

pub(crate) fn said_of(dir: &Path, file: &str, settings: &[&str]) -> String {
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
pub(crate) fn refused(cases: &[(&str, &str, &str)]) {
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
            "share = 1\nhandling_time",
            "share = \"half\"\nhandling_time",
            "error: DIR/x.toml:14:9: sellers[0].share = \"half\" has the wrong type: expected a share in [0, 1], found a string",
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
            "error: DIR/x.toml:16:16: sellers[0].transit_time = { exponential = { mean = \"9d\" }, uniform = { max = \"2d\", mi… names 2 distributions: expected exactly one",
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
            "error: DIR/x.toml:16:48: sellers[0].transit_time.uniform.max = \"2d\" is not above sellers[0].transit_time.uniform.min = \"9d\": write the lower end as min",
        ),
        (
            "transit_time = \"9d\"",
            "transit_time = { triangular = { min = \"1d\", mode = \"9d\", max = \"2d\" } }",
            "error: DIR/x.toml:16:52: sellers[0].transit_time.triangular.mode = \"9d\" does not lie between min = \"1d\" and max = \"2d\"",
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
