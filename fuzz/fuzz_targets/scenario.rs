//! Whole scenario files.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use redress_fuzz::fuzzing::any_scenario_resolves_to_itself_or_is_refused;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if any_scenario_resolves_to_itself_or_is_refused(bytes) { Corpus::Keep } else { Corpus::Reject }
});
