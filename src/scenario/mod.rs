//! From TOML to a valid world, once.
//!
//! A scenario is put together from layers ([`Source`]: preset, `extends`, the file, settings), read key
//! by key, and either resolved as a whole or refused with every violation at once ([`ScenarioErrors`]).
//! Nothing behind this room checks a parameter again.
//!
//! Read `place`, `error` and `node` first: raw TOML that knows where it was written. Then `reading` and `section`, the
//! heart: a key is declared once, where it is read, and from that one declaration come its validation, its
//! default, its line in the canonical text (`canonical`) and its entry in the `catalogue`. Kinds of values
//! are in `kinds`, `precision`, `duration`, `moments`, `law`, `family`, `empirical` and `penalty`, files of observed values in
//! `csv_text`, `csv_cell`, `csv_column` and `column_store`; the keys in `world`, `market`,
//! `buyers`, `sellers`, `response`, `policy` and `standing`. Layers are in `file`, `preset`, `merge`,
//! `assign`, `adjust` and `source`; `remarks` says what is odd about a valid scenario, and `file_kind` tells scenarios from
//! studies. Studies are in `study`, their points in `plan`, `placing`, `factor`, `range`, `lists`, `design` and `design_file`;
//! `factor_conflicts` keeps factors apart, `hidden_settings` tells what they hide; what they are tuned for is in `tuning` and `measure`, how their sensitivity is analysed in
//! `sensitivity_plan`.

mod adjust;
mod assign;
mod buyers;
mod canonical;
mod catalogue;
mod column_store;
mod csv_cell;
mod csv_column;
mod csv_text;
mod design;
mod design_file;
mod difference;
mod duration;
mod empirical;
mod error;
mod factor;
mod factor_conflicts;
mod family;
mod file;
mod file_kind;
mod hidden_settings;
mod kinds;
mod law;
mod lists;
mod market;
mod measure;
mod merge;
mod moments;
mod node;
mod penalty;
mod place;
mod placing;
mod plan;
mod policy;
mod precision;
mod preset;
mod range;
mod reading;
mod remarks;
mod response;
mod section;
mod sellers;
mod sensitivity_plan;
mod source;
mod standing;
mod study;
mod study_checks;
mod tuning;
mod world;

pub use catalogue::{Key, Shape, keys};
pub use design::Design;
pub use difference::{KeyDifference, differences};
pub(crate) use duration::duration;
pub(crate) use error::is_unruly;
pub use error::{ScenarioError, ScenarioErrors};
pub use factor::Factor;
pub(crate) use file::bytes as file_bytes;
pub use file_kind::is_study;
pub use measure::{Form, Measure, Term};
pub use plan::Plan;
pub use precision::PrecisionTarget;
pub use sensitivity_plan::SensitivityPlan;
pub use source::Source;
pub use study::{DesignPoint, Study, StudyTexts, StudyUse};
pub use tuning::{Limit, Method, Objective, Tuning};

use crate::engine::World;

/// A valid scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What results are called.
    pub name: String,
    /// A sentence for reports; may be empty.
    pub description: String,
    /// The world to run.
    pub world: World,
    /// How precise a run has to be: replications are added until every target is met; empty for a fixed number.
    pub precision: Vec<PrecisionTarget>,
    /// The most replications that a run takes for its precision.
    pub most_replications: u32,
    /// Every key with its value as TOML, in a fixed order; resolves to this scenario again. Long columns of observed values are
    /// named with the SHA-256 of their file.
    pub resolved: String,
    /// SHA-256 of `resolved`, in hexadecimal digits.
    pub hash: String,
    /// SHA-256 of what a replication depends on: `resolved` without the name, the description and the number of replications.
    pub world_hash: [u8; 32],
    /// What is odd about it, in words for whoever runs it.
    pub remarks: Vec<String>,
}
