//! Factors of the command line, one a line.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use redress_fuzz::fuzzing::any_factors_are_read_or_refused;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if any_factors_are_read_or_refused(bytes) { Corpus::Keep } else { Corpus::Reject }
});
