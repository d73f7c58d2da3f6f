//! A second implementation of the whole model, deliberately plain and slow, and its comparison with the
//! engine.
//!
//! **How independent.** It was written from docs/model.md, docs/scenario.md, docs/outputs.md and docs/rules.md
//! before its author had read the engine. It shares the parameters of a world with it ([`redress::engine::World`]
//! and what that is made of) and the names of metrics, and nothing that is computed from them: rules, calendars,
//! windows, samplers, search, money and statistics are its own. It is built another way as well: one heap of events
//! for a whole market instead of a queue a day and seller, every order followed event by event instead of posted
//! ahead, every sample drawn in the order of events from one stream by the samplers of `rand_distr` instead of keyed
//! draws from tables of quantiles, windows summed anew at every close, quantiles by sorting.
//!
//! Run it by `cargo test --release --test reference`; `-- --nocapture agree` shows every comparison.
//!
//! Read [`clock`] and [`chance`], [`people`] and [`order`], [`market`] (the loop), then an order's life in
//! [`placing`], [`cancelling`], [`disputing`], [`appealing`], [`returning`] and [`answering`]; [`search`] and [`standing`] (the day's close);
//! [`tally`] and [`measures`]; then the tests: [`worlds`], [`compare`], [`agreement`] (the comparison), [`power`] (what it
//! can see), [`boundaries`] (the same instants).

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod agreement;
mod answering;
mod appealing;
mod boundaries;
mod cancelling;
mod chance;
mod clock;
mod compare;
mod disputing;
mod market;
mod measures;
mod order;
mod people;
mod placing;
mod power;
mod returning;
mod search;
mod standing;
mod tally;
mod worlds;
