//! How sensitive a study's outputs are to its factors: the table `[sensitivity]`.

use crate::scenario::kinds::plain::{Number, Whole};
use crate::scenario::reading::section::Section;

/// How many points an analysis of sensitivity has, and which factors it goes on with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SensitivityPlan {
    /// Trajectories of the screening.
    pub trajectories: u32,
    /// A factor is screened out if for no output its mean absolute effect is this share of the largest.
    pub below: f64,
    /// The most factors to go on with.
    pub keep: Option<u32>,
    /// Rows of the indices, a power of 2.
    pub base_samples: u32,
    /// Bootstrap samples of the intervals.
    pub bootstrap: u32,
}

impl Default for SensitivityPlan {
    fn default() -> Self {
        Self { trajectories: 20, below: 0.1, keep: None, base_samples: 256, bootstrap: 1000 }
    }
}

impl SensitivityPlan {
    /// Reads the table; the defaults where there is none.
    pub(super) fn read(root: &mut Section<'_>) -> Self {
        let read = |s: &mut Section<'_>| {
            let usual = Self::default();
            let whole = |s: &mut Section<'_>, key, (min, max), default: u32| {
                s.or(key, &Whole { min, max }, i64::from(default)) as u32
            };
            let trajectories = whole(s, "trajectories", (2, 10_000), usual.trajectories);
            let words = "a share in [0, 1)";
            let below = s.or("below", &Number::from(0.0, 0.999, words, 0.1), usual.below);
            let keep = s.optional("keep", &Whole { min: 1, max: 64 }).map(|keep| keep as u32);
            let base_samples = whole(s, "base_samples", (2, 1 << 20), usual.base_samples);
            if !base_samples.is_power_of_two() {
                let near = base_samples.next_power_of_two();
                s.report(
                    "base_samples",
                    format!("sensitivity.base_samples = {base_samples} is no power of 2: the next is {near}"),
                );
            }
            let bootstrap = whole(s, "bootstrap", (100, 100_000), usual.bootstrap);
            Self { trajectories, below, keep, base_samples, bootstrap }
        };
        root.optional_table("sensitivity", read).unwrap_or_default()
    }
}
