//! The cases of `redress verify`: every one is valid, and a third of them is run as the command runs them.

use redress::observe::Metric;
use redress::verification::{REPLICATIONS, Verdict, cases, scenarios, verify};
use std::collections::BTreeSet;

const DOCUMENT: &str = include_str!("../../docs/verification.md");

#[test]
fn every_case_is_valid_has_a_name_of_its_own_and_measures_public_metrics() {
    let all = cases();
    assert!(all.len() >= 40);
    let names: BTreeSet<&str> = all.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), all.len(), "two cases share a name");
    for case in &all {
        let text = case.statistic.to_string();
        let words = text.split(|character: char| !character.is_alphanumeric() && character != '_');
        for name in words.filter(|word| word.starts_with(|first: char| first.is_ascii_lowercase())) {
            assert!(Metric::named(name).is_some(), "{}: {name} is no metric", case.name);
        }
        assert!(case.theory.is_finite() && !case.source.is_empty(), "{}", case.name);
    }
    scenarios(all, REPLICATIONS).unwrap_or_else(|errors| panic!("{errors}"));
}

/// Every third case, with the seed that it has in the command: the figures are those of the command's table.
#[test]
fn every_third_case_passes_and_its_scores_look_like_chance() {
    let all = scenarios(cases(), REPLICATIONS).unwrap();
    let result = verify(all.into_iter().step_by(3).collect(), &|_| true);
    for finding in &result.findings {
        assert_eq!(finding.comparison.replications, REPLICATIONS as usize, "{}", finding.case.name);
        assert_ne!(finding.comparison.verdict, Verdict::Fail, "{finding:?}");
    }
    assert!(result.is_passed(), "Anderson-Darling {:?}", result.anderson_darling());
}

#[test]
fn the_documented_table_has_every_case_with_its_theory_in_order() {
    let documented: Vec<&str> =
        DOCUMENT.lines().skip_while(|line| !line.starts_with("case ")).skip(1).collect();
    for (line, case) in documented.iter().zip(cases()) {
        let rest = line.strip_prefix(&case.name).unwrap_or_else(|| panic!("{line} is not {}", case.name));
        let theory: f64 = rest.split_whitespace().next().unwrap().parse().unwrap();
        assert!((theory / case.theory - 1.0).abs() < 1e-3, "{line}: {}", case.theory);
    }
    assert!(documented.len() > cases().len());
}
