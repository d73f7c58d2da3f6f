//! A distribution as the value of a key.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use redress_fuzz::fuzzing::any_distribution_has_sound_quantiles_or_is_refused;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if any_distribution_has_sound_quantiles_or_is_refused(bytes) { Corpus::Keep } else { Corpus::Reject }
});
