//! The examples do what they say; the tests call what their `main` functions call.

#[allow(dead_code, reason = "its main function is the example's own")]
#[path = "../../examples/own_policy.rs"]
mod own_policy;
#[allow(dead_code, reason = "its main function is the example's own")]
#[path = "../../examples/scenario_metric.rs"]
mod scenario_metric;

use redress::scenario::Source;
use std::path::Path;

const BASELINE: &str = "scenarios/baseline.toml";

fn short() -> Vec<String> {
    ["run.days=20", "run.warm_up_days=20", "run.replications=4"].map(str::to_owned).to_vec()
}

#[test]
fn a_metric_of_a_scenario_is_printed_with_its_interval() {
    let text = scenario_metric::metric_of(Path::new(BASELINE), "dispute_rate", &short()).unwrap();
    assert!(text.starts_with("baseline: dispute rate 0.0"), "{text}");
    assert!(text.contains("95 % interval") && text.ends_with("4 replications"), "{text}");
    let error = scenario_metric::metric_of(Path::new(BASELINE), "happiness", &short()).unwrap_err();
    assert_eq!(error.to_string(), "there is no metric happiness");
}

#[test]
fn a_policy_of_ones_own_refunds_nothing_automatically() {
    let mut source = Source::read(Path::new(BASELINE)).unwrap();
    for setting in short() {
        source.set(&setting).unwrap();
    }
    let change = own_policy::change_of(&source.resolve().unwrap().world, "auto_executed_share").unwrap();
    assert!(change.mean < 0.0 && change.p_value.is_some_and(|p| p < 0.05), "{change:?}");
}
