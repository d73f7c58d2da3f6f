//! Behaviour seen from outside, a file a behaviour.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod benchmark;
mod cli_failures;
mod cli_files;
mod cli_interruption;
mod cli_names;
mod cli_options;
mod cli_size;
mod closed_forms;
mod common_random_numbers;
mod coverage;
mod docs;
mod docs_glossary;
mod docs_outputs;
mod docs_rules;
mod fuzz_corpus;
mod fuzzing;
mod invariants;
mod olist;
mod origin;
mod population;
mod program;
mod properties;
mod publishing;
mod reference_workload;
mod reproducible;
mod results_folder;
mod rules;
mod samplers;
mod scenario_errors;
mod scenario_key_errors;
mod scenario_layer_errors;
mod scenario_layers;
mod scenario_odd_inputs;
mod scenario_round_trip;
mod scenarios;
mod selection;
mod stats_reference;
mod study_errors;
mod support;
mod tidy;
mod two_paths;
mod verification;
mod warm_up;
mod windows;
