//! Which factors matter, answered with made-up results.

use crate::support::made_up::{answer, normal, study};
use redress::experiment::{Failed, Groups, Output, Question, Sensitivity, Unit};
use redress::observe::Metric;
use redress::scenario::{Measure, Study, StudyUse};
use redress::sim::Key;

const FACTORS: &str = "[[factor]]\nname = \"strong\"\nkey = \"sellers[*].accept\"\nrange = \"0..1\"\n\
                       [[factor]]\nname = \"weak\"\nkey = \"sellers[*].stock_out\"\nrange = \"0..1\"\n\
                       [[factor]]\nname = \"idle\"\nkey = \"sellers[*].defect\"\nrange = \"0..1\"\n";

fn question<'a>(study: &'a Study, names: &[&str]) -> Sensitivity<'a> {
    let groups = Groups::of(&study.source().resolve().unwrap().world);
    let output =
        |name: &&str| Output::of(&Measure::of_world(Metric::named(name).unwrap()), study, &groups).unwrap();
    Sensitivity::new(study, names.iter().map(output).collect(), 4, 1)
}

/// 3 a + b with noise of each replication of each point.
fn additive(noise: f64) -> impl Fn(&Unit, u32, &str) -> Option<f64> {
    move |unit, replication, _| {
        let at = |key: &str| unit.point.number_of(key).unwrap();
        let (a, b) = (at("sellers[*].accept"), at("sellers[*].stock_out"));
        let key = Key::root(5).child(u64::from(replication)).child((a * 1e9) as u64).child((b * 1e9) as u64);
        Some(3.0 * a + b + noise * normal(key, 0))
    }
}

#[test]
fn an_idle_factor_is_screened_out_and_the_others_share_the_variance() {
    let study = study(&format!("[sensitivity]\nbase_samples = 1024\n{FACTORS}"), StudyUse::Sensitivity);
    let mut question = question(&study, &["dispute_rate"]);
    answer(&mut question, true, &additive(0.0));
    let result = question.result();
    assert_eq!(result.kept, [0, 1]);
    let output = &result.outputs[0];
    assert!((output.screening[0].mu_star - 3.0).abs() < 1e-9 && output.screening[2].mu_star < 1e-12);
    let (indices, intervals) = output.shares.as_ref().unwrap();
    // Variances of 9 / 12 and 1 / 12.
    assert!((indices.first[0] - 0.9).abs() < 0.02 && (indices.total[1] - 0.1).abs() < 0.02, "{indices:?}");
    assert!(intervals.iter().all(|each| each.first.0 >= 0.0 && each.total.1 <= 1.0));
    assert_eq!(output.by_total(), [0, 1]);
    let [low, high] = output.swings[0];
    assert!(
        (high.unwrap().mean - low.unwrap().mean - 2.4).abs() < 0.1,
        "a fifth from 0.1 to 0.9, times three"
    );
}

#[test]
fn noise_is_told_from_what_factors_do() {
    let study = study(&format!("[sensitivity]\nbase_samples = 1024\n{FACTORS}"), StudyUse::Sensitivity);
    let mut question = question(&study, &["dispute_rate"]);
    answer(&mut question, false, &additive(1.0));
    let result = question.result();
    let (indices, _) = result.outputs[0].shares.as_ref().unwrap();
    // The mean of four replications has a variance of 1/4 beside 10/12.
    let share = 0.25 / (0.25 + 10.0 / 12.0);
    assert!((indices.noise_share.unwrap() - share).abs() < 0.04, "{indices:?}, {share}");
    assert!((indices.variance - 10.0 / 12.0).abs() < 0.1);
}

#[test]
fn an_output_that_has_no_value_somewhere_is_left_out_and_the_others_are_not() {
    let study = study(&format!("[sensitivity]\nbase_samples = 16\n{FACTORS}"), StudyUse::Sensitivity);
    let mut question = question(&study, &["penalty_precision", "dispute_rate"]);
    answer(&mut question, false, &|unit, replication, metric| {
        additive(0.0)(unit, replication, metric).filter(|_| metric != "penalty_precision" || replication != 2)
    });
    let result = question.result();
    assert!(result.outputs[0].shares.is_none() && result.outputs[0].screening.is_empty());
    assert!(result.outputs[1].shares.is_some());
}

#[test]
fn few_rows_are_not_interpreted() {
    let study = study(&format!("[sensitivity]\nbase_samples = 16\n{FACTORS}"), StudyUse::Sensitivity);
    let mut question = question(&study, &["dispute_rate"]);
    answer(&mut question, false, &additive(0.0));
    let result = question.result();
    assert!(!result.outputs[0].is_precise() && result.outputs[0].widest() > 0.1);
    let words = redress::report::sensitivity_page::finding(&result, &result.outputs[0]);
    assert!(words.contains("not precise enough"), "{words}");
}

#[test]
fn a_point_that_is_no_scenario_ends_the_analysis_with_its_reason() {
    let study = study(FACTORS, StudyUse::Sensitivity);
    let mut question = question(&study, &["dispute_rate"]);
    for unit in question.ask() {
        question.tell(&unit, Err(Failed { reason: format!("reason {}", unit.point.number % 3) }));
    }
    assert!(question.ask().is_empty());
    assert_eq!(question.failure(), Some("reason 0"));
}

#[test]
fn factors_that_move_nothing_leave_nothing_to_share() {
    let study = study(FACTORS, StudyUse::Sensitivity);
    let mut question = question(&study, &["dispute_rate"]);
    answer(&mut question, false, &|_, _, _| Some(0.25));
    let result = question.result();
    assert!(result.kept.is_empty() && result.outputs[0].shares.is_none());
    let words = redress::report::sensitivity_page::finding(&result, &result.outputs[0]);
    assert_eq!(words, "Dispute rate: no factor moves it.");
}
