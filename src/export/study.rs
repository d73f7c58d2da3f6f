//! The study of a sweep in `manifest.json`: enough to run every point again from the manifest alone.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A study as the manifest keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyRecord {
    /// The study file, or with factors of the command line the scenario file, as it was named.
    pub file: String,
    /// Its description.
    pub description: String,
    /// How points were chosen: `grid`, `lhs`, `sobol`, `list` or `csv`.
    pub design: String,
    /// Metrics that charts and terminal show.
    pub responses: Vec<String>,
    /// What was varied, in the order of the columns.
    pub factors: Vec<FactorRecord>,
    /// Every design point, finished or not, in the order of their numbers.
    pub points: Vec<PointRecord>,
    /// Of `sensitivity` and `tune`, which ask for points of their own: what they were read from.
    pub kept: Option<StudyKept>,
}

/// What a study was read from, so that it can be read again without its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyKept {
    /// The text of the study file.
    pub study: String,
    /// The text of the file of its points, if it has one.
    pub design: Option<String>,
    /// The resolved scenario that its points start from, with all that study and command line set on it.
    pub scenario: String,
}

/// A factor as the manifest keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorRecord {
    /// Heading of its column.
    pub name: String,
    /// The keys that it sets.
    pub keys: Vec<String>,
    /// The labels of its levels, each once, in the order in which points have them.
    pub levels: Vec<String>,
    /// Whether the labels are names of the study's own, and not values.
    pub has_own_labels: bool,
    /// Whether its levels are of equal ratios, and belong on a logarithmic axis.
    pub is_logarithmic: bool,
}

/// A design point as the manifest keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointRecord {
    /// The label of each factor.
    pub labels: Vec<String>,
    /// What the point sets, each as `KEY=VALUE`.
    pub settings: Vec<String>,
    /// What makes the manifest's resolved scenario that of this point, from the last line to the first.
    pub changes: Vec<Change>,
    /// How many replications each of its finished units has, in their order; none if the point was not finished.
    pub parts: Vec<u32>,
}

/// A scenario that was compared with the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlternativeRecord {
    /// What it is called.
    pub name: String,
    /// Its scenario file as it was named; files of observed values are looked for from its folder.
    pub scenario_file: String,
    /// What makes the manifest's resolved scenario that of the alternative.
    pub changes: Vec<Change>,
}

/// Lines of a text that are replaced by others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The first line that goes, or before which lines come, counted from 1.
    pub line: usize,
    /// How many lines go.
    pub removed: usize,
    /// The lines that come in their place.
    pub lines: Vec<String>,
}

/// What makes one text of another, last lines first.
pub fn changes(from: &str, to: &str) -> Vec<Change> {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('\n').collect(), to.split('\n').collect());
    let change = |line: usize, removed: usize, lines: &[&str]| Change {
        line: line + 1,
        removed,
        lines: lines.iter().map(|&line| line.to_owned()).collect(),
    };
    if from.len() == to.len() {
        let differing = (0..from.len()).rev().filter(|&at| from[at] != to[at]);
        let mut changes: Vec<Change> = differing.map(|at| change(at, 1, &to[at..=at])).collect();
        // There is one list a point of a sweep.
        changes.shrink_to_fit();
        return changes;
    }
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let begin = from.iter().zip(&to).take_while(same).count();
    let end = from[begin..].iter().rev().zip(to[begin..].iter().rev()).take_while(same).count();
    vec![change(begin, from.len() - begin - end, &to[begin..to.len() - end])]
}

/// The text that changes make of another; `None` if they are not of it.
pub fn changed(from: &str, changes: &[Change]) -> Option<String> {
    let mut lines: Vec<&str> = from.split('\n').collect();
    for change in changes {
        let begin = change.line.checked_sub(1)?;
        let end = begin.checked_add(change.removed).filter(|&end| end <= lines.len())?;
        lines.splice(begin..end, change.lines.iter().map(String::as_str));
    }
    Some(lines.join("\n"))
}

impl PointRecord {
    /// The resolved scenario of this point, from that of the manifest; `None` if the changes are not of this text.
    pub fn scenario(&self, first: &str) -> Option<String> {
        changed(first, &self.changes)
    }

    /// The SHA-256 of that scenario in hexadecimal digits.
    pub fn scenario_sha256(&self, first: &str) -> Option<String> {
        self.scenario(first).map(|text| super::hash::hexadecimal(&Sha256::digest(text.as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_make_one_text_of_another_whatever_the_lines() {
        let texts = ["", "a", "a\nb\nc\n", "a\nx\nc\n", "a\nc\n", "a\nb\nb\nb\nc\n", "x\nb\ny\n", "\n\n"];
        for from in texts {
            for to in texts {
                let point = PointRecord { changes: changes(from, to), ..PointRecord::default() };
                assert_eq!(point.scenario(from).as_deref(), Some(to), "{from:?} {to:?}");
            }
        }
        assert_eq!(changes("a\nb\nc", "a\nx\nc"), [Change { line: 2, removed: 1, lines: vec!["x".into()] }]);
    }

    #[test]
    fn changes_of_another_text_are_refused() {
        let change = Change { line: 9, removed: 1, lines: Vec::new() };
        let point = PointRecord { changes: vec![change], ..PointRecord::default() };
        assert_eq!(point.scenario("a"), None);
    }
}
