//! What must hold of any input whatever. The fuzzers of `fuzz/` call these checks with what they make up, and
//! `fuzz_corpus` with what they have found.
//!
//! Read `confined` (no input reads a file outside a folder of its own) and `errors` first, then a file for
//! each way into the program: `scenario`, `setting`, `distribution`, `extends`, `study`, `factor`.
//!
//! A check panics if what it claims does not hold. It returns whether the input was tried at all; one that
//! names files elsewhere is not.

#![allow(unreachable_pub, reason = "the fuzzers are another crate")]

mod confined;
mod distribution;
mod errors;
mod extends;
mod factor;
mod scenario;
mod setting;
mod study;

pub use distribution::any_distribution_has_sound_quantiles_or_is_refused;
pub use extends::any_chain_of_files_is_read_or_refused;
pub use factor::any_factors_are_read_or_refused;
pub use scenario::any_scenario_resolves_to_itself_or_is_refused;
pub use setting::any_settings_resolve_or_are_refused;
pub use study::any_study_is_read_or_refused;

/// A check under the name of its fuzzer.
pub type Check = fn(&[u8]) -> bool;

/// Every check, with the names of the fuzzers and of the folders of their corpus.
pub const CHECKS: [(&str, Check); 6] = [
    ("scenario", any_scenario_resolves_to_itself_or_is_refused),
    ("setting", any_settings_resolve_or_are_refused),
    ("distribution", any_distribution_has_sound_quantiles_or_is_refused),
    ("extends", any_chain_of_files_is_read_or_refused),
    ("study", any_study_is_read_or_refused),
    ("factor", any_factors_are_read_or_refused),
];
