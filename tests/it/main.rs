//! Behaviour seen from outside, a file a behaviour.

mod scenario_round_trip;
mod scenarios;
