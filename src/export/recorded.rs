//! A manifest that an earlier command has written, read again.

use super::format::TableFormat;
use super::manifest::PerPoint;
use super::study::{AlternativeRecord, StudyRecord};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The largest manifest: a sweep of many points has many lines.
pub const MOST_BYTES: u64 = 256 << 20;

/// What of a manifest is needed to repeat what it is of.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedManifest {
    /// The hash of what was asked.
    pub question_sha256: String,
    /// Name of the scenario or study.
    pub name: String,
    /// The command line that repeats it.
    #[serde(default)]
    pub repeat: String,
    /// The preset that the rules started from.
    pub preset: Option<String>,
    /// What the command line set.
    pub overrides: Vec<String>,
    /// Hash of the resolved scenario, one a point or alternative.
    pub scenario_sha256: Vec<String>,
    /// The resolved scenario, the first of several.
    pub scenario: String,
    /// The scenario file as it was named.
    pub scenario_file: String,
    /// What the first scenario of a comparison is called.
    pub baseline: Option<String>,
    /// The other scenarios of a comparison.
    pub alternatives: Vec<AlternativeRecord>,
    /// The precision that a comparison was asked for.
    pub precision: Vec<String>,
    /// The formats of the tables.
    #[serde(default = "only_csv")]
    pub formats: Vec<TableFormat>,
    /// Whether CSV tables begin with a byte-order mark.
    pub csv_bom: bool,
    /// Replications that were finished.
    pub replications: PerPoint<usize>,
    /// The number of the first of them.
    pub first_replication: u32,
    /// Of an interrupted run, the numbers of the replications that were finished.
    pub finished: Vec<u32>,
    /// The study of a sweep.
    pub study: Option<StudyRecord>,
    /// Whether the command was interrupted.
    pub interrupted: bool,
    /// The SHA-256 of each file.
    pub files_sha256: BTreeMap<String, String>,
}

/// The formats where a manifest does not say them.
fn only_csv() -> Vec<TableFormat> {
    vec![TableFormat::Csv]
}

/// What every manifest says, whatever its version and command.
#[derive(Debug, Deserialize)]
struct Origin {
    version: String,
    command: String,
    #[serde(default)]
    arguments: Vec<String>,
}

/// What a manifest is of.
#[derive(Clone, Debug)]
pub enum Recorded {
    /// Something that can be repeated: the command, and what is known of it.
    Repeatable(String, Box<RecordedManifest>),
    /// Something of another command, with its command line.
    OtherCommand(String, Vec<String>),
    /// Something of another version, with its command line.
    OtherVersion(String, Vec<String>),
}

impl Recorded {
    /// Reads a manifest.
    ///
    /// # Errors
    /// Why these bytes are no manifest of this program, to be written after the name of the file.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let foreign = |error: serde_json::Error| {
            let (line, column) = (error.line(), error.column());
            format!(
                "is no manifest of redress (line {line}, column {column}): name the manifest.json of a result"
            )
        };
        let Origin { version, command, arguments } = serde_json::from_slice(bytes).map_err(foreign)?;
        if version != env!("CARGO_PKG_VERSION") {
            return Ok(Self::OtherVersion(version, arguments));
        }
        if !["run", "compare", "sweep", "sensitivity", "tune"].contains(&command.as_str()) {
            return Ok(Self::OtherCommand(command, arguments));
        }
        let manifest = serde_json::from_slice(bytes).map_err(|error| {
            format!(
                "is no whole manifest of this version: {error}; repeat it from its command line: {}",
                shown(&arguments)
            )
        })?;
        Ok(Self::Repeatable(command, Box::new(manifest)))
    }
}

/// A command line as a shell takes it.
pub fn shown(arguments: &[String]) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_=./,:%+@".contains(letter);
    let word = |argument: &String| {
        if !argument.is_empty() && argument.chars().all(is_plain) {
            argument.clone()
        } else {
            format!("'{}'", argument.replace('\'', "'\\''"))
        }
    };
    std::iter::once("redress".to_owned()).chain(arguments.iter().map(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_shown_as_a_shell_takes_it() {
        let arguments = ["run", "a b.toml", "--set", "sellers[*].x=it's"].map(str::to_owned);
        assert_eq!(shown(&arguments), "redress run 'a b.toml' --set 'sellers[*].x=it'\\''s'");
    }
}
