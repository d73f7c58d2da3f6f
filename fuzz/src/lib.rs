//! The checks that the fuzzers share with the tests of the package.

#[path = "../../tests/it/fuzzing/mod.rs"]
pub mod fuzzing;
