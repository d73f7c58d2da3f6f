//! Behaviour seen from outside, a file a behaviour.

mod docs;
mod invariants;
mod rules;
mod scenario_errors;
mod scenario_layers;
mod scenario_round_trip;
mod scenarios;
mod support;
