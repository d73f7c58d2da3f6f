//! Study files.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use redress_fuzz::fuzzing::any_study_is_read_or_refused;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if any_study_is_read_or_refused(bytes) { Corpus::Keep } else { Corpus::Reject }
});
