//! Settings of the command line, one a line.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use redress_fuzz::fuzzing::any_settings_resolve_or_are_refused;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if any_settings_resolve_or_are_refused(bytes) { Corpus::Keep } else { Corpus::Reject }
});
