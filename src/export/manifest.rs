//! `manifest.json`: how a result came about. The only file that knows the wall clock and the machine.

use crate::observe::Books;
use serde::Serialize;
use std::fs;
use std::path::{Component, Path};

/// The name of the file.
pub const MANIFEST: &str = "manifest.json";

/// The largest file that is read as one: several times what a sweep of very many points writes.
const MOST_BYTES: u64 = 64 << 20;

/// The money audit, in cents.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Audit {
    /// Paid by buyers.
    pub paid_cents: i64,
    /// Released to sellers.
    pub released_cents: i64,
    /// Refunded to buyers.
    pub refunded_cents: i64,
    /// Still held at the horizon.
    pub held_cents: i64,
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
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// Version of the program.
    pub version: &'static str,
    /// The command that was run.
    pub command: &'static str,
    /// Name of the scenario or study.
    pub name: String,
    /// Hash of the resolved scenario; a sweep has one a point.
    pub scenario_sha256: Vec<String>,
    /// The resolved scenario; for a sweep, of its first point.
    pub scenario: String,
    /// Seed of every draw.
    pub seed: u64,
    /// Replications that were finished.
    pub replications: usize,
    /// The warm-up that a run should have had, if its own was too short; of a sweep, the longest.
    pub suggested_warm_up_days: Option<u32>,
    /// Threads that worked.
    pub threads: usize,
    /// Whether the run was interrupted; then only what was finished is here.
    pub interrupted: bool,
    /// Seconds that the simulation took.
    pub wall_seconds: f64,
    /// Orders simulated, warm-up included.
    pub orders: u64,
    /// Things that happened to them.
    pub events: u64,
    /// Orders a second of wall time.
    pub orders_per_second: f64,
    /// The money audit.
    pub audit: Audit,
    /// The files beside this one, in order.
    pub files: Vec<String>,
}

/// The files that a manifest lists, itself aside; none if there is no manifest. A path that leads out of the
/// manifest's folder is not one that this program wrote.
pub(super) fn files_listed(manifest: &Path) -> Vec<String> {
    // A pipe would be waited for, and a device read without end.
    if !manifest.metadata().is_ok_and(|manifest| manifest.is_file() && manifest.len() <= MOST_BYTES) {
        return Vec::new();
    }
    let Ok(text) = fs::read_to_string(manifest) else { return Vec::new() };
    let Ok(json) = serde_json::from_str::<serde_json::Value>(&text) else { return Vec::new() };
    let names = json["files"].as_array().into_iter().flatten().filter_map(|name| name.as_str());
    let stays_inside =
        |name: &&str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    names.filter(stays_inside).map(str::to_owned).collect()
}

impl Manifest {
    /// The manifest as JSON.
    pub fn to_json(&self) -> Vec<u8> {
        // A structure of texts and numbers always has a JSON form.
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}
