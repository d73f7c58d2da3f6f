//! The scenarios of a comparison: they are told apart by name, their replications make pairs, and no alternative is the baseline.

use crate::scenario::{KeyDifference, Scenario, ScenarioErrors, differences};
use thiserror::Error;

/// Why scenarios cannot be compared; the way out is said by whoever knows in which words it is asked for.
#[derive(Debug, Error)]
pub enum Incomparable {
    /// Replications of the same number have other draws, or another length.
    #[error(
        "{baseline} has run.{key} = {first} and {other} has {second}: pairs of replications need the same"
    )]
    Unpaired {
        /// The name of the baseline.
        baseline: String,
        /// The name of the alternative.
        other: String,
        /// The key of `run` in which they differ: `seed` or `days`.
        key: &'static str,
        /// The baseline's value.
        first: u64,
        /// The alternative's.
        second: u64,
    },
    /// An alternative has the same replications as the baseline.
    #[error("{other} does not differ from {baseline}: vary a key to a value that it does not have")]
    Same {
        /// The name of the baseline.
        baseline: String,
        /// The name of the alternative.
        other: String,
    },
    /// A scenario's resolved text cannot be read.
    #[error(transparent)]
    Scenario(#[from] ScenarioErrors),
}

/// The names of scenarios, those that occur before with their place behind: `faster (2)`.
pub fn told_apart(mut names: Vec<String>) -> Vec<String> {
    for at in 1..names.len() {
        if names[..at].contains(&names[at]) {
            names[at] = format!("{} ({at})", names[at]);
        }
    }
    names
}

/// In which inputs each alternative differs from the baseline, which comes first.
///
/// # Errors
/// If replications of an alternative and of the baseline make no pairs, or are the same.
pub fn inputs(names: &[String], scenarios: &[Scenario]) -> Result<Vec<Vec<KeyDifference>>, Incomparable> {
    let [baseline, others @ ..] = scenarios else { return Ok(Vec::new()) };
    let pairs = || names[1..].iter().zip(others);
    for (name, other) in pairs() {
        let alike = [
            ("seed", baseline.world.seed, other.world.seed),
            ("days", u64::from(baseline.world.days), u64::from(other.world.days)),
        ];
        if let Some(&(key, first, second)) = alike.iter().find(|(_, first, second)| first != second) {
            let (baseline, other) = (names[0].clone(), name.clone());
            return Err(Incomparable::Unpaired { baseline, other, key, first, second });
        }
    }
    pairs()
        .map(|(name, other)| {
            if other.world_hash == baseline.world_hash {
                return Err(Incomparable::Same { baseline: names[0].clone(), other: name.clone() });
            }
            Ok(differences(baseline, other)?)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;
    use std::path::Path;

    fn scenario(settings: &[&str]) -> Scenario {
        let mut source = Source::read(Path::new("scenarios/verification/base.toml")).unwrap();
        settings.iter().for_each(|setting| source.set(setting).unwrap());
        source.resolve().unwrap()
    }

    fn refused(settings: &[&str]) -> String {
        let names = ["base".to_owned(), "other".to_owned()];
        inputs(&names, &[scenario(&[]), scenario(settings)]).unwrap_err().to_string()
    }

    #[test]
    fn alternatives_differ_in_some_input_and_have_the_seed_and_the_days_of_the_baseline() {
        let names = ["base".to_owned(), "other".to_owned()];
        let found = inputs(&names, &[scenario(&[]), scenario(&["sellers[*].defect=0.25"])]).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].iter().any(|input| input.key.ends_with(".defect")), "{found:?}");
        let days = scenario(&[]).world.days;
        assert_eq!(
            [refused(&["run.seed=99"]), refused(&["run.days=7"]), refused(&["description='other'"])],
            [
                format!(
                    "base has run.seed = {} and other has 99: pairs of replications need the same",
                    scenario(&[]).world.seed
                ),
                format!("base has run.days = {days} and other has 7: pairs of replications need the same"),
                "other does not differ from base: vary a key to a value that it does not have".to_owned()
            ]
        );
    }

    #[test]
    fn names_that_occur_before_have_their_place_behind() {
        let names = ["a", "b", "a", "a"].map(str::to_owned).to_vec();
        assert_eq!(told_apart(names), ["a", "b", "a (2)", "a (3)"]);
    }
}
