//! What the fuzzers have found, tried again without them.

use crate::fuzzing::CHECKS;
use redress::scenario::keys;
use std::fs;
use std::path::Path;

#[test]
fn every_input_of_the_corpus_still_passes_the_check_of_its_fuzzer() {
    for (name, check) in CHECKS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut tried = 0;
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let outcome = std::panic::catch_unwind(|| check(&bytes));
            assert!(outcome.is_ok(), "{} fails", path.display());
            tried += u32::from(outcome.unwrap_or_default());
        }
        assert!(tried >= 20, "{name} has {tried} inputs that are tried");
    }
}

#[test]
fn the_words_of_the_fuzzers_have_every_key() {
    let words = include_str!("../../fuzz/redress.dict");
    let names = keys().iter().map(|key| key.path.rsplit('.').next().unwrap_or_default());
    let missing: Vec<&str> = names.filter(|name| !words.contains(&format!("\"{name}\""))).collect();
    assert!(missing.is_empty(), "fuzz/redress.dict lacks {missing:?}");
}
