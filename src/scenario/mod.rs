//! From TOML to a valid world, once.
//!
//! A scenario is put together from layers ([`Source`]: preset, `extends`, the file, settings), read key
//! by key, and either resolved as a whole or refused with every violation at once ([`ScenarioErrors`]).
//! Nothing behind this folder checks a parameter again.
//!
//! Each folder uses those after it and none before it: study → layers → keys → kinds → reading → columns → text. Read
//! them from the last to the first; `reading` is the heart.

mod columns;
mod keys;
mod kinds;
mod layers;
mod reading;
mod study;
mod text;

pub use keys::declared::keys;
pub use kinds::precision::PrecisionTarget;
pub use layers::difference::{KeyDifference, differences};
pub use layers::file_kind::{command_for, is_study};
pub use layers::resolved::Scenario;
pub use layers::source::Source;
pub use reading::catalogue::{Domain, Key, Shape};
pub use study::definition::{DesignPoint, Study, StudyTexts};
pub use study::design::Design;
pub use study::document::StudyUse;
pub use study::factor::Factor;
pub use study::measure::{Form, Measure, Term};
pub use study::plan::Plan;
pub use study::sensitivity_plan::SensitivityPlan;
pub use study::tuning::{Limit, Method, Objective, Tuning};
#[cfg(any(feature = "report", feature = "explore"))]
pub(crate) use text::duration::duration;
#[cfg(feature = "cli")]
pub(crate) use text::error::is_unruly;
pub use text::error::{Excerpt, ScenarioError, ScenarioErrors};
#[cfg(feature = "cli")]
pub(crate) use text::file::bytes as file_bytes;
