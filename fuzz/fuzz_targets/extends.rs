//! Scenarios of several files.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use redress_fuzz::fuzzing::any_chain_of_files_is_read_or_refused;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if any_chain_of_files_is_read_or_refused(bytes) { Corpus::Keep } else { Corpus::Reject }
});
