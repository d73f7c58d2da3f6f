//! The resolved text is the whole scenario: it loads again, to the same world and the same text.

use redress::scenario::{Scenario, Source};
use std::fs;
use tempfile::TempDir;

const SMALLEST: &str = r#"
[market]
sellers = 10
orders_per_day = 100
order_value = { lognormal = { median = 40, sigma = 1.0 } }

[[buyers]]
name = "all"
share = 1

[[sellers]]
name = "all"
share = 1
handling_time = "1d 12h"
transit_time = { gamma = { shape = 1.586, scale = "5.755d" } }
accept = 0.8
response.delay = { exponential = { mean = "2d" } }

[policy]
protection_period = "60d"
cancellation.silence = "24h"
shipment.deadline = "3 business days"
dispute = { response_deadline = "5d", after_completion = "15d", platform_steps_in = "7d" }
mediation = { delay = "3d", buyer_favour = 0.5 }
"#;

const RICHEST: &str = r#"
name = "rich"
description = "a \"rich\" one\nin two lines"
[run]
seed = 7
first_weekday = "thursday"
[market]
count = 2
sellers = 10
orders_per_day = 0.1
order_value = { mixture = [{ weight = 0.3, of = 0.07 }, { weight = 0.7, of = { empirical = { values = [3, 1, 2.5], interpolate = true } } }] }
weekday_profile = [1, 1, 1, 1, 1, 2, 3]
surges = [{ first_day = -3, days = 3, multiplier = 2 }]
search = { click_shares = [0.3, 0.2, 0.1], feedback = false, leaves_market = 0.5 }
[[buyers]]
name = "a"
share = 0.3333333333
greed = { uniform = { min = 0, max = 1 } }
shipping_patience = "9d"
late_tolerance = [{ after = "1d", share = 0.1 }, { after = "1w", share = 0.7 }]
[[buyers]]
name = "b"
share = 0.6666666667
opportunism = { beta = { alpha = 1, beta = 9 } }
[[sellers]]
name = "desk"
share = 0.5
handling_time = { empirical = { file = "times.csv", column = "hours", unit = "1h" } }
hand_over = { hours = "09:00-24:00", weekdays = ["friday", "monday"] }
transit_time = { triangular = { min = "1d", mode = "2d", max = "9d" } }
promise = { weibull = { shape = 2, scale = "9d" } }
accept = { uniform = { min = 0.2, max = 0.9 } }
accept_value_limit = 99.99
response.desk = { agents = 2, service_time = "20m", hours = "09:00-17:30", discipline = "earliest_deadline" }
response.cancel_delay = "3h"
[[sellers]]
name = "slow"
share = 0.5
handling_time = "1d"
transit_time = "1d"
accept = 1
response.delay = { fraction_of_deadline = { uniform = { min = 0, max = 1.2 } }, never = 0.1 }
[policy]
protection_period = "never"
confirmation_period = "1 business day"
cancellation = { silence = "24h", race = "held", reasons = [{ name = "x", attributed_to = "buyer" }, { name = "y", attributed_to = "seller", weight = 3 }] }
shipment.deadline = "3 business days"
dispute = { response_deadline = "5d", after_completion = "15d", platform_steps_in = "7d", silence = "platform" }
mediation = { delay = "3d", buyer_favour = 0.5 }
[policy.dispute_rate]
threshold = 0.03
penalty = { steps = [{ above = 0.03, weight = 0.9 }, { above = 0.1, weight = 0.5 }] }
[policy.not_sold]
demote_at = 3
demote_share = 0.1
freeze_for = ["7d", "30d"]
[policy.service_score]
not_sold = { points = 10, floor = -100, starts_at = 0.02, worst = 0.12 }
levels = [{ at = 90, weight = 1.2 }, { at = 60, weight = 1 }]
[policy.points]
awards = [{ indicator = "late_rate", window = "30d", above = 0.05, points = 2 }]
tiers = [{ at = 3, weight = 0.5 }, { at = 6, weight = 0, freeze_for = "7d" }]
"#;

fn resolve(text: &str) -> Scenario {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("times.csv"), "hours,n\n5.5,1\n0.1,2\n3,3\n").unwrap();
    fs::write(dir.path().join("x.toml"), text).unwrap();
    let source = Source::read(&dir.path().join("x.toml")).unwrap_or_else(|errors| panic!("{errors}"));
    source.resolve().unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn resolved_text_resolves_to_the_same_world_and_the_same_text() {
    for text in [SMALLEST, RICHEST] {
        let first = resolve(text);
        let again = resolve(&first.resolved);
        assert_eq!(again, first);
        assert_eq!(first.hash.len(), 64);
    }
}

#[test]
fn a_scenario_without_a_name_is_called_after_its_file() {
    assert_eq!(resolve(SMALLEST).name, "x");
    assert_eq!(resolve(RICHEST).name, "rich");
}

#[test]
fn money_is_in_cents_and_profiles_have_mean_one() {
    let world = resolve(RICHEST).world;
    assert_eq!(world.sellers[0].accept_value_limit, Some(9999));
    assert!((world.market.weekday_profile.iter().sum::<f64>() - 7.0).abs() < 1e-12);
    let order_value = resolve(SMALLEST).world.market.order_value;
    assert_eq!(order_value, redress::sim::Distribution::Lognormal { median: 4000.0, sigma: 1.0 });
}
