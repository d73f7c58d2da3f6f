//! The cases of `redress verify`: every one is valid and run as the command runs it, its figures are those that
//! `docs/verification.md` shows, and the command's exit status follows from them.

use crate::program::{Program, cells, text};
use redress::observe::Metric;
use redress::verification::verdict::LIMIT;
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

/// The lines of the document's table, a case each, and the line that concludes it.
fn documented() -> Vec<&'static str> {
    DOCUMENT
        .lines()
        .skip_while(|line| !line.starts_with("case "))
        .skip(1)
        .take_while(|line| !line.starts_with("```"))
        .collect()
}

/// The figures of a line after the name of its case: theory, simulated, standard error, z-score.
fn figures<'a>(line: &'a str, name: &str) -> Vec<&'a str> {
    let rest = line.strip_prefix(name).unwrap_or_else(|| panic!("{line} is not {name}"));
    rest.split_whitespace().collect()
}

#[test]
fn every_case_passes_with_the_figures_of_the_document_and_all_scores_look_like_chance() {
    let all = scenarios(cases(), REPLICATIONS).unwrap();
    let result = verify(all, LIMIT, &|_| true);
    let lines = documented();
    assert_eq!(lines.len(), result.findings.len() + 1, "one line per case and one that concludes");
    for (line, finding) in lines.iter().zip(&result.findings) {
        let comparison = finding.comparison;
        let asked = (REPLICATIONS * finding.case.repeats) as usize;
        assert_eq!(comparison.replications, asked, "{}", finding.case.name);
        assert_ne!(comparison.verdict, Verdict::Fail, "{finding:?}");
        let shown = figures(line, &finding.case.name);
        // Six digits are shown of numbers, two decimals of scores.
        for (shown, exact) in [(shown[0], finding.case.theory), (shown[1], comparison.simulated)] {
            let shown: f64 = shown.parse().unwrap();
            assert!((shown - exact).abs() <= 1e-5 + 1e-5 * exact.abs(), "{line}: {exact}");
        }
        let score = comparison.z.map_or_else(|| "-".into(), |z| format!("{z:.2}"));
        assert_eq!(shown[3], score, "{line}");
        assert_eq!(shown[4], comparison.verdict.name(), "{line}");
        assert_eq!(shown[5], format!("{:.2}", 100.0 * comparison.detectable_error), "{line}");
        // An error of a twentieth would be found in every case with probability 0.99.
        assert!(comparison.detectable_error <= 0.05, "{line}");
    }
    let conclusion = format!("{} cases, 0 failed", result.findings.len());
    assert!(lines[result.findings.len()].starts_with(&conclusion), "the last line says {conclusion}");
    for readme in [include_str!("../../README.md"), include_str!("../../CHANGELOG.md")] {
        let count = format!("{} closed forms", result.findings.len());
        assert!(readme.contains(&count), "README and CHANGELOG speak of {count}");
    }
    assert!(result.is_passed(), "Anderson-Darling {:?}", result.anderson_darling());
}

#[test]
fn a_case_that_fails_ends_the_command_with_status_1_and_its_table_all_the_same() {
    let program = Program::new();
    let arguments = ["verify", "--only", "orders of a demoted seller", "--no-progress", "--out", "out"];
    let printed = program.succeed(&arguments);
    assert!(printed.contains("\n2 cases, 0 failed (|z| >= 4)"), "{printed}");
    let strict = [&arguments[..], &["--limit", "0.01"]].concat();
    let output = program.run(&strict);
    assert_eq!(output.status.code(), Some(1));
    // Another limit is another question, whose answer takes the place of the first one's.
    let said = text(&output.stderr);
    assert!(
        said.starts_with("out held the answer to another question")
            && said.contains("\nerror: 2 cases, 2 failed (|z| >= 0.01)"),
        "{said}"
    );
    let csv = program.read("out/verify.csv");
    let verdicts: Vec<&str> = cells(&csv).iter().map(|row| row[row.len() - 3]).collect();
    assert_eq!(verdicts, ["verdict", "FAIL", "FAIL"]);
}

#[test]
fn an_unknown_case_and_an_impossible_limit_are_wrong_usage() {
    let program = Program::new();
    let said = program.fail(2, &["verify", "--only", "nothing like it"]);
    assert!(said.starts_with("error: no case has \"nothing like it\" in its name"), "{said}");
    for limit in ["0", "-4", "x", "inf"] {
        let said = program.fail(2, &["verify", "--limit", limit]);
        assert!(said.contains("expected a number above 0") || said.contains("unexpected argument"), "{said}");
    }
    assert_eq!(program.files(""), ["small.toml"]);
}
