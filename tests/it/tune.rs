//! Questions for the best candidate, answered with made-up results.

use crate::support::made_up::{answer, normal, study};
use redress::experiment::tune::Status::{self, Best, Eliminated, Infeasible};
use redress::experiment::tune::{Certainty, Tune, TuneOutcome, TuneRules};
use redress::experiment::{Question, Unit};
use redress::scenario::{Study, StudyUse};
use redress::sim::Key;

const CANDIDATES: &str = "[[factor]]\nkey = \"run.days\"\nvalues = [10, 20, 30, 40, 50]\n";

/// The rules of a study and its candidates.
fn question(study: &Study) -> Tune<'_> {
    let tuning = study.tuning.as_ref().unwrap();
    let world = study.source().resolve().unwrap().world;
    let points = if study.has_open_ranges() { Vec::new() } else { study.points() };
    let rules = TuneRules::of(study, tuning, &world, &points).unwrap_or_else(|errors| panic!("{errors}"));
    if study.has_open_ranges() { Tune::in_ranges(study, rules) } else { Tune::among(points, rules) }
}

fn best_label(outcome: &TuneOutcome) -> &str {
    &outcome.candidates[outcome.best.unwrap()].point.labels[0]
}

/// Four candidates of one mean, and one that is better by the indifference: the hardest case for the guarantee. Noise that
/// all share does no harm.
fn slippage(macro_replication: u64) -> impl Fn(&Unit, u32, &str) -> Option<f64> {
    move |unit, replication, _| {
        let key = Key::root(macro_replication).child(u64::from(replication));
        let own = normal(key.child(1 + unit.point.number as u64), 0);
        let advantage = if unit.point.number == 3 { 0.5 } else { 0.0 };
        Some(advantage + own + 3.0 * normal(key.child(0), 0))
    }
}

#[test]
fn the_best_candidate_is_selected_as_often_as_the_confidence_says() {
    let study = study(
        &format!("objective = {{ maximise = \"dispute_rate\" }}\nindifference = 0.5\n{CANDIDATES}"),
        StudyUse::Tune,
    );
    let runs = 300;
    let right = (0..runs).filter(|&number| {
        let mut tune = question(&study);
        answer(&mut tune, false, &slippage(number));
        let outcome = tune.outcome();
        assert_eq!(outcome.certainty, Certainty::Guaranteed);
        outcome.best == Some(3)
    });
    let right = right.count();
    // Of 300 with a probability of 0.95 fewer than 272 are right once in a thousand times.
    assert!(right >= 272, "{right} of {runs}");
}

#[test]
fn the_order_in_which_results_come_changes_nothing() {
    for method in ["kn", "ocba"] {
        let text = format!(
            "objective = {{ minimise = \"dispute_rate\" }}\nindifference = 0.4\nbudget = 400\nmethod = \"{method}\"\n{CANDIDATES}"
        );
        let study = study(&text, StudyUse::Tune);
        let outcomes = [false, true].map(|is_backwards| {
            let mut tune = question(&study);
            answer(&mut tune, is_backwards, &slippage(7));
            tune.outcome()
        });
        let told = |outcome: &TuneOutcome| {
            let each = outcome.candidates.iter();
            each.map(|one| (one.status, one.replications, one.estimates.clone())).collect::<Vec<_>>()
        };
        assert_eq!(told(&outcomes[0]), told(&outcomes[1]), "{method}");
        assert_eq!(outcomes[0].best, outcomes[1].best);
    }
}

#[test]
fn constraints_come_first_and_a_candidate_without_a_value_is_out() {
    let study = study(
        &format!(
            "objective = {{ minimise = \"refund_share\" }}\nconstraints = [\"dispute_rate <= 0.3 ± 0.05\"]\nindifference = 0.05\n{CANDIDATES}"
        ),
        StudyUse::Tune,
    );
    let mut tune = question(&study);
    answer(&mut tune, false, &|unit, replication, metric| {
        let (number, noise) = (unit.point.number as f64, 0.01 * normal(Key::root(u64::from(replication)), 0));
        match metric {
            // The first has the smallest objective and breaks the limit, the second has a hole.
            "refund_share" => (unit.point.number != 1 || replication != 4).then_some(0.1 * number + noise),
            "dispute_rate" => Some(if unit.point.number == 0 { 0.9 } else { 0.1 } + noise),
            _ => None,
        }
    });
    let outcome = tune.outcome();
    let statuses: Vec<Status> = outcome.candidates.iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Infeasible, Infeasible, Best, Eliminated, Eliminated]);
    assert!(outcome.candidates[0].reason.starts_with("does not keep to dispute_rate <= 0.3"));
    assert_eq!(outcome.candidates[1].reason, "refund_share is undefined in replication 4");
}

#[test]
fn the_smallest_factor_that_keeps_to_a_limit_needs_no_estimate_of_itself() {
    let study = study(
        &format!(
            "objective = {{ minimise = \"run.days\" }}\nconstraints = [\"dispute_rate <= 0.3 ± 0.05\"]\n{CANDIDATES}"
        ),
        StudyUse::Tune,
    );
    let mut tune = question(&study);
    answer(&mut tune, false, &|unit, replication, _| {
        let noise = 0.05 * normal(Key::root(u64::from(replication)).child(unit.point.number as u64), 0);
        Some(0.55 - 0.1 * unit.point.number as f64 + noise)
    });
    let outcome = tune.outcome();
    assert_eq!((best_label(&outcome), &outcome.certainty), ("40", &Certainty::Guaranteed));
}

#[test]
fn a_budget_that_is_spent_leaves_no_guarantee_and_is_not_exceeded() {
    let study = study(
        &format!(
            "objective = {{ maximise = \"dispute_rate\" }}\nindifference = 0.05\nbudget = 120\n{CANDIDATES}"
        ),
        StudyUse::Tune,
    );
    let mut tune = question(&study);
    answer(&mut tune, false, &slippage(1));
    assert!(matches!(tune.outcome().certainty, Certainty::Undecided(2..)));
    assert!(tune.totals().replications <= 120);
}

#[test]
fn two_objectives_make_a_front() {
    let text = format!(
        "objective = [{{ minimise = \"dispute_rate\" }}, {{ minimise = \"refund_share\" }}]\n{CANDIDATES}"
    );
    let study = study(&text, StudyUse::Tune);
    let mut tune = question(&study);
    answer(&mut tune, false, &|unit, replication, metric| {
        let noise = 0.001 * normal(Key::root(u64::from(replication)).child(unit.point.number as u64), 0);
        let place = unit.point.number;
        let means = [[0.1, 0.5], [0.3, 0.3], [0.4, 0.4], [0.5, 0.1], [0.5, 0.5]][place];
        Some(means[usize::from(metric == "refund_share")] + noise)
    });
    let outcome = tune.outcome();
    let statuses: Vec<Status> = outcome.candidates.iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Best, Best, Eliminated, Best, Eliminated]);
    assert_eq!(outcome.certainty, Certainty::Front);
}

#[test]
fn a_search_finds_the_best_of_a_range_and_selects_by_fresh_replications() {
    let text = "objective = { maximise = \"dispute_rate\" }\nindifference = 0.05\nbudget = 600\n\
                [[factor]]\nkey = \"sellers[*].accept\"\nrange = \"0..1\"\n";
    let study = study(text, StudyUse::Tune);
    let mut tune = question(&study);
    let at = |unit: &Unit| unit.point.number_of("sellers[*].accept").unwrap();
    answer(&mut tune, false, &|unit, replication, _| {
        let key = Key::root(u64::from(replication)).child((at(unit) * 1e6) as u64);
        Some(1.0 - (at(unit) - 0.62).powi(2) * 4.0 + 0.1 * normal(key, 0))
    });
    let outcome = tune.outcome();
    let best = &outcome.candidates[outcome.best.unwrap()];
    let found = best.point.number_of("sellers[*].accept").unwrap();
    assert!((found - 0.62).abs() < 0.12, "{found}");
    assert_eq!(best.estimates[0].unwrap().replications, best.replications as usize);
    assert!(tune.totals().replications <= 600);
    assert!(outcome.candidates.iter().filter(|one| one.reason.contains("not among the best")).count() > 10);
}

#[test]
fn a_question_without_candidates_asks_for_nothing() {
    let study = study(
        &format!("objective = {{ maximise = \"dispute_rate\" }}\nindifference = 1\n{CANDIDATES}"),
        StudyUse::Tune,
    );
    let tuning = study.tuning.as_ref().unwrap();
    let world = study.source().resolve().unwrap().world;
    let rules = TuneRules::of(&study, tuning, &world, &[]).unwrap();
    let mut tune = Tune::among(Vec::new(), rules);
    assert!(tune.ask().is_empty());
    assert_eq!(tune.outcome().certainty, Certainty::Nothing);
}
