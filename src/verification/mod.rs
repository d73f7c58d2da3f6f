//! The simulator against closed forms, on the machine that it runs on: `redress verify`.
//!
//! A case is a small scenario in the public format, a statistic made of public metrics, and a theory value that a
//! formula in code computes. Every case has a seed of its own, so that the z-scores are independent.
//!
//! Read [`case`], [`theory`] (the formulas with their sources) and [`verdict`]; then one file a family of cases:
//! `deadlines`, `queues` and `patience` (support desks), `little`, `delays`, `open_disputes`, `distributions`,
//! `cancellations`, `disputes`, `life` (both as one chain), `juries`, `amounts`, `demand`, `exposure`, `freezes`, `windows`,
//! `promises`, `desk_hours`, `urgency` (earliest deadline first), `business_days`, `scores` (service score and points),
//! `published` (figures that others printed), `appeals` (R12), `returns` (R13); `settings` writes what they have in common.

mod amounts;
mod appeals;
mod business_days;
mod cancellations;
pub mod case;
mod deadlines;
mod delays;
mod demand;
mod desk_hours;
mod disputes;
mod distributions;
mod exposure;
mod freezes;
mod juries;
mod life;
mod little;
mod open_disputes;
mod patience;
mod promises;
mod published;
mod queues;
mod returns;
mod scores;
mod settings;
pub mod theory;
mod urgency;
pub mod verdict;
mod windows;

pub use case::{Case, REPLICATIONS};
pub use verdict::{Comparison, Verdict};

use crate::engine::Watch;
use crate::experiment::run;
use crate::observe::{Books, Count};
use crate::scenario::{Scenario, ScenarioErrors};

/// A case with what came of it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What was compared.
    pub case: Case,
    /// SHA-256 of its resolved scenario.
    pub scenario_sha256: String,
    /// How it compares.
    pub comparison: Comparison,
}

/// What a verification leaves behind.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// Cases that were finished, in order.
    pub findings: Vec<Finding>,
    /// Orders simulated, warm-up included.
    pub orders: u64,
    /// Things that happened to orders.
    pub events: u64,
    /// The money audit of all cases.
    pub books: Books,
    /// Whether it was stopped before its last case.
    pub is_interrupted: bool,
}

/// Every case, in the order of tables: a new family comes last, so that no other case changes its seed.
pub fn cases() -> Vec<Case> {
    [
        deadlines::cases(),
        queues::cases(),
        open_disputes::cases(),
        delays::cases(),
        cancellations::cases(),
        disputes::cases(),
        amounts::cases(),
        demand::cases(),
        promises::cases(),
        patience::cases(),
        little::cases(),
        distributions::cases(),
        life::cases(),
        exposure::cases(),
        freezes::cases(),
        windows::cases(),
        juries::cases(),
        desk_hours::cases(),
        urgency::cases(),
        business_days::cases(),
        scores::cases(),
        published::cases(),
        appeals::cases(),
        returns::cases(),
    ]
    .concat()
}

/// The scenarios of cases; the seed of a case is its place in the list, from 1.
///
/// # Errors
/// If a case does not fit the scenario format, which is a mistake in the case.
pub fn scenarios(cases: Vec<Case>, replications: u32) -> Result<Vec<(Case, Scenario)>, ScenarioErrors> {
    let with_scenario = |(seed, case): (u64, Case)| {
        let scenario = case.scenario(seed, replications)?;
        Ok((case, scenario))
    };
    (1..).zip(cases).map(with_scenario).collect()
}

/// Runs every case in turn; each keeps the whole thread pool busy with its replications. A case fails from `limit`
/// standard errors on.
pub fn verify(cases: Vec<(Case, Scenario)>, limit: f64, watch: Watch<'_>) -> Verification {
    let mut whole = Verification::default();
    for (case, scenario) in cases {
        let result = run(&scenario.world, watch);
        whole.orders += result.orders;
        if result.is_interrupted {
            whole.is_interrupted = true;
            break;
        }
        whole.events += result.tally().get(Count::Events) as u64;
        whole.books.merge(&result.books);
        let comparison = Comparison::new(case.theory, &case.pairs(&result), limit);
        whole.findings.push(Finding { case, scenario_sha256: scenario.hash, comparison });
    }
    whole
}

impl Verification {
    /// Cases that failed.
    pub fn failures(&self) -> usize {
        self.findings.iter().filter(|finding| finding.comparison.verdict == Verdict::Fail).count()
    }

    /// The largest z-score by size.
    pub fn largest_score(&self) -> f64 {
        self.findings.iter().filter_map(|finding| finding.comparison.z).map(f64::abs).fold(0.0, f64::max)
    }

    /// The largest of the errors that each case would find with probability 0.99, as a part of its theory.
    pub fn largest_detectable_error(&self) -> f64 {
        self.findings.iter().map(|finding| finding.comparison.detectable_error).fold(0.0, f64::max)
    }

    /// The Anderson-Darling statistic of all z-scores together.
    pub fn anderson_darling(&self) -> Option<f64> {
        let comparisons: Vec<Comparison> = self.findings.iter().map(|finding| finding.comparison).collect();
        verdict::anderson_darling(&comparisons)
    }

    /// Whether every case passes and the z-scores together look like chance.
    pub fn is_passed(&self) -> bool {
        let is_chance = self.anderson_darling().is_some_and(|a| a <= verdict::ANDERSON_DARLING_LIMIT);
        self.failures() == 0 && is_chance && !self.is_interrupted
    }
}
