//! redress: a discrete-event simulator of what happens after a marketplace purchase goes wrong: cancellations, refunds, disputes,
//! and what they do to sellers' places in search.
//!
//! The library runs the same worlds as the command line. A scenario is read from TOML, or written as a [`World`](engine::World) in
//! code; [`experiment::run()`] simulates its replications on all cores, and a [`Summary`](experiment::Summary) estimates every
//! metric with a 95 % interval.
//!
//! ```
//! use redress::experiment::{Summary, run};
//! use redress::scenario::Source;
//! use std::path::Path;
//!
//! let mut source = Source::read(Path::new("scenarios/baseline.toml"))?;
//! source.set("run.days=10")?;
//! source.set("run.warm_up_days=10")?;
//! source.set("run.replications=2")?;
//! let world = source.resolve()?.world;
//!
//! let result = run(&world, &|_| true);
//! let summary = Summary::new(&world, &result);
//! let rate = summary.world("dispute_rate").expect("there were orders");
//! assert_eq!(rate.replications, 2);
//! if let Some((low, high)) = rate.interval.ends() {
//!     assert!(low <= rate.mean && rate.mean <= high);
//! }
//! # Ok::<(), redress::scenario::ScenarioErrors>(())
//! ```
//!
//! # Where to look
//!
//! | to | see |
//! | --- | --- |
//! | read scenarios and studies, and set their keys | [`scenario`] |
//! | write a world in code | [`engine::World`], [`behavior`] for people, [`policy`] for rules, [`sim`] for times and distributions |
//! | run it | [`experiment::run()`]; one market by itself: [`engine::simulate_market`] |
//! | compare, sweep, tune, find what matters | [`experiment`], [`stats`] |
//! | know what is counted | [`observe::catalogue`] |
//! | write tables | [`export`] |
//!
//! `examples/` has a run of a scenario and a policy written in code. Same world, same seed, same version: the same numbers, with any
//! number of threads of rayon's pool.
//!
//! # Features
//!
//! `cli`, on by default, is the command line; it brings `explore`, the page of that command, and `report`, which is charts, findings
//! in sentences and pages (and also works by itself). A program that needs the library alone leaves them out, and builds some 40
//! crates fewer:
//!
//! ```toml
//! redress = { version = "0.1", default-features = false }
//! ```

pub mod behavior;
pub mod benchmark;
#[cfg(feature = "cli")]
pub mod cli;
pub mod engine;
pub mod experiment;
#[cfg(feature = "explore")]
pub mod explore;
pub mod export;
pub mod market;
pub mod observe;
pub mod policy;
#[cfg(feature = "report")]
pub mod report;
pub mod scenario;
pub mod sim;
pub mod stats;
pub mod verification;
