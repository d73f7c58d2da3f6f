//! `manifest.json`: how a result came about. The only file that knows the wall clock and the machine.

use super::format::TableFormat;
use super::study::{AlternativeRecord, StudyRecord};
use crate::observe::Books;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;

/// The name of the file.
pub const MANIFEST: &str = "manifest.json";

/// The money audit, in cents.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Audit {
    /// Paid by buyers.
    pub paid_cents: i128,
    /// Released to sellers.
    pub released_cents: i128,
    /// Refunded to buyers.
    pub refunded_cents: i128,
    /// Still held at the horizon.
    pub held_cents: i128,
    /// Whether paid = released + refunded + held; a run in which it is not ends with an error.
    pub balanced: bool,
}

impl From<&Books> for Audit {
    fn from(books: &Books) -> Self {
        Self {
            paid_cents: books.paid.0,
            released_cents: books.released.0,
            refunded_cents: books.refunded.0,
            held_cents: books.held.0,
            balanced: books.balance(),
        }
    }
}

/// How a result came about.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Manifest {
    /// Version of the program.
    pub version: &'static str,
    /// The command that was run.
    pub command: &'static str,
    /// The command line as it was given, the program's own name aside.
    pub arguments: Vec<String>,
    /// The command line that repeats it, without what changes no result.
    pub repeat: String,
    /// The hash of what was asked: results with the same one answer the same question.
    pub question_sha256: Option<String>,
    /// Name of the scenario or study.
    pub name: String,
    /// The preset that the rules start from; none if they start from none, or if a factor varies it.
    pub preset: Option<String>,
    /// What the command line set on top of the scenario, each as `KEY=VALUE`.
    pub overrides: Vec<String>,
    /// Hash of the resolved scenario; a sweep has one a point.
    pub scenario_sha256: Vec<String>,
    /// The resolved scenario; for a sweep, of its first point.
    pub scenario: String,
    /// The scenario file as it was named; files of observed values that `scenario` names are looked for from its folder.
    pub scenario_file: String,
    /// What the scenario of a comparison is called in it, the baseline.
    pub baseline: Option<String>,
    /// The scenarios that a comparison holds against it.
    pub alternatives: Vec<AlternativeRecord>,
    /// The precision that a comparison was asked for, each as `METRIC=WIDTH`.
    pub precision: Vec<String>,
    /// The formats of the tables.
    pub formats: Vec<TableFormat>,
    /// Whether CSV tables begin with a byte-order mark.
    pub csv_bom: bool,
    /// Seed of every draw.
    pub seed: PerPoint<u64>,
    /// Replications that were finished.
    pub replications: PerPoint<usize>,
    /// The study of a sweep.
    pub study: Option<StudyRecord>,
    /// The number of the first of them.
    pub first_replication: u32,
    /// The warm-up that a run should have had, if its own was too short; of a sweep, the longest.
    pub suggested_warm_up_days: Option<u32>,
    /// Of an interrupted run, the numbers of the replications that were finished; otherwise none.
    pub finished: Vec<u32>,
    /// Threads that worked.
    pub threads: usize,
    /// Whether the run was interrupted; then only what was finished is here.
    pub interrupted: bool,
    /// Seconds that the simulation took.
    pub wall_seconds: f64,
    /// Orders simulated, warm-up included.
    pub orders: u64,
    /// Things that happened to them.
    pub events: u128,
    /// Orders per second of wall time.
    pub orders_per_second: f64,
    /// The money audit.
    pub audit: Audit,
    /// The files beside this one, in order.
    pub files: Vec<String>,
    /// The SHA-256 of each of them.
    pub files_sha256: BTreeMap<String, String>,
}

/// A number that all points of a sweep share, or one a point; a run has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PerPoint<T> {
    /// The same everywhere.
    Same(T),
    /// One a point, in the order of the points.
    Each(Vec<T>),
}

impl<T: Default> Default for PerPoint<T> {
    fn default() -> Self {
        Self::Same(T::default())
    }
}

impl<T: PartialEq + Copy + Default> PerPoint<T> {
    /// The numbers of points, one after the other.
    pub fn of(numbers: impl Iterator<Item = T>) -> Self {
        let numbers: Vec<T> = numbers.collect();
        let first = numbers.first().copied().unwrap_or_default();
        if numbers.iter().all(|number| *number == first) { Self::Same(first) } else { Self::Each(numbers) }
    }
}

impl Manifest {
    /// The same manifest of files with these hashes.
    #[must_use]
    pub fn of_files(self, hashes: BTreeMap<String, String>) -> Self {
        Self { files: hashes.keys().cloned().collect(), files_sha256: hashes, ..self }
    }

    /// Writes the manifest as JSON.
    ///
    /// # Errors
    /// If that cannot be written.
    pub fn write_json(&self, mut to: impl io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut to, self)?;
        to.write_all(b"\n")
    }
}
