//! Which factors matter: a screening by elementary effects, then shares of variance for the factors that are left.
//!
//! Every point has the same replications under common random numbers, and what is analysed are means over them. Factors
//! that are screened out stand at the middle of their range from then on.

use super::output::Output;
use super::question::{Failed, Question};
use super::totals::Totals;
use super::unit::{Unit, UnitResult};
use crate::scenario::Study;
use crate::sim::Key;
use crate::stats::sensitivity::morris::{self, Screening, Trajectory};
use crate::stats::sensitivity::sobol_indices::saltelli_rows;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The numbers of the streams that designs and bootstrap samples are drawn from, apart from those of worlds.
const TRAJECTORIES: u64 = 0x4D4F_5252;
const SHIFTS: u64 = 0x5348_4946;

/// The confidence of all intervals.
pub const CONFIDENCE: f64 = 0.95;

/// The question.
#[derive(Debug)]
pub struct Sensitivity<'a> {
    study: &'a Study,
    outputs: Vec<Output>,
    replications: u32,
    seed: u64,
    phase: Phase,
    trajectories: Vec<Trajectory>,
    screening: Told,
    kept: Vec<usize>,
    /// Rows of the indices, in the dimensions of the factors that are kept.
    rows: Vec<Vec<Vec<f64>>>,
    indices: Told,
    failure: Option<String>,
    totals: Totals,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Begin,
    Screening,
    Indices,
    Done,
}

/// The outputs of each point by its number: `[output][replication]`, NaN where undefined.
pub(super) type Told = BTreeMap<usize, Vec<Vec<f64>>>;

/// A draw after another, in `[0, 1)`.
pub(super) fn uniforms(seed: u64, stream: u64) -> impl FnMut() -> f64 {
    let key = Key::root(seed).child(stream);
    let mut number = 0;
    move || {
        number += 1;
        f64::from(key.uniform(number)) / 4_294_967_296.0
    }
}

impl<'a> Sensitivity<'a> {
    /// Begins; each point has so many replications.
    pub fn new(study: &'a Study, outputs: Vec<Output>, replications: u32, seed: u64) -> Self {
        let mut uniform = uniforms(seed, TRAJECTORIES);
        let dimensions = study.factors.len();
        let draw = |_| Trajectory::draw(dimensions, &mut uniform);
        Self {
            study,
            outputs,
            replications,
            seed,
            phase: Phase::Begin,
            trajectories: (0..study.sensitivity.trajectories).map(draw).collect(),
            screening: Told::new(),
            kept: Vec::new(),
            rows: Vec::new(),
            indices: Told::new(),
            failure: None,
            totals: Totals::default(),
        }
    }

    /// The points of the screening, in `[0, 1]` per factor.
    pub fn screening_points(&self) -> Vec<&[f64]> {
        self.trajectories.iter().flat_map(|trajectory| &trajectory.points).map(Vec::as_slice).collect()
    }

    /// Replications that it asks for at most.
    pub fn most_replications(&self) -> u64 {
        let factors = self.study.factors.len() as u64;
        let plan = &self.study.sensitivity;
        let kept = plan.keep.map_or(factors, |keep| factors.min(u64::from(keep)));
        let points = u64::from(plan.trajectories) * (factors + 1) + u64::from(plan.base_samples) * (kept + 2);
        points * u64::from(self.replications)
    }

    /// Why it has no answer, if a point failed.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// What its units add up to.
    pub const fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The outputs.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The factors that were not screened out, by their places.
    pub fn kept(&self) -> &[usize] {
        &self.kept
    }

    pub(super) const fn study(&self) -> &'a Study {
        self.study
    }

    pub(super) const fn seed(&self) -> u64 {
        self.seed
    }

    pub(super) fn rows(&self) -> &[Vec<Vec<f64>>] {
        &self.rows
    }

    pub(super) const fn told(&self) -> &Told {
        &self.indices
    }

    /// The shares of a point of the indices: factors that are screened out stand in the middle.
    pub(super) fn whole(&self, kept: &[f64]) -> Vec<f64> {
        let mut shares = vec![0.5; self.study.factors.len()];
        for (&factor, &share) in self.kept.iter().zip(kept) {
            shares[factor] = share;
        }
        shares
    }

    /// The screening of one output, per factor; `None` if it has no value somewhere.
    pub(super) fn screenings(&self, output: usize) -> Option<Vec<Screening>> {
        let per_trajectory = self.study.factors.len() + 1;
        let effects = |(number, trajectory): (usize, &Trajectory)| {
            let first = number * per_trajectory;
            let outputs: Option<Vec<f64>> = (first..first + per_trajectory)
                .map(|point| mean(&self.screening.get(&point)?[output]))
                .collect();
            outputs.map(|outputs| trajectory.effects(&outputs))
        };
        let effects: Option<Vec<Vec<f64>>> = self.trajectories.iter().enumerate().map(effects).collect();
        effects.map(|effects| morris::screenings(&effects, CONFIDENCE))
    }

    /// The factors to go on with: those that matter for some output.
    fn screened(&self) -> Vec<usize> {
        let plan = &self.study.sensitivity;
        let mut matters = vec![0.0_f64; self.study.factors.len()];
        for screenings in (0..self.outputs.len()).filter_map(|output| self.screenings(output)) {
            let largest = screenings.iter().map(|factor| factor.mu_star).fold(0.0, f64::max);
            for (matters, factor) in matters.iter_mut().zip(&screenings) {
                if largest > 0.0 {
                    *matters = matters.max(factor.mu_star / largest);
                }
            }
        }
        let mut kept: Vec<usize> = (0..matters.len())
            .filter(|&factor| matters[factor] > 0.0 && matters[factor] >= plan.below)
            .collect();
        kept.sort_by(|&a, &b| matters[b].total_cmp(&matters[a]));
        kept.truncate(plan.keep.map_or(usize::MAX, |keep| keep as usize));
        kept.sort_unstable();
        kept
    }

    fn units(&self, points: &[Vec<f64>]) -> Vec<Unit> {
        let unit = |(number, shares): (usize, &Vec<f64>)| Unit {
            point: Arc::new(self.study.point_at(number, shares)),
            replications: 0..self.replications,
        };
        points.iter().enumerate().map(unit).collect()
    }
}

/// The mean over replications; `None` if one has no value.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    mean.is_finite().then_some(mean)
}

impl Question for Sensitivity<'_> {
    fn ask(&mut self) -> Vec<Unit> {
        if self.failure.is_some() {
            return Vec::new();
        }
        match self.phase {
            Phase::Begin => {
                self.phase = Phase::Screening;
                let points: Vec<Vec<f64>> =
                    self.screening_points().into_iter().map(<[f64]>::to_vec).collect();
                self.units(&points)
            }
            Phase::Screening => {
                self.phase = Phase::Indices;
                self.kept = self.screened();
                if self.kept.is_empty() {
                    return Vec::new();
                }
                let mut uniform = uniforms(self.seed, SHIFTS);
                let shifts: Vec<u32> =
                    (0..2 * self.kept.len()).map(|_| (uniform() * 4_294_967_296.0) as u32).collect();
                self.rows = saltelli_rows(self.study.sensitivity.base_samples, &shifts);
                let points: Vec<Vec<f64>> = self.rows.iter().flatten().map(|kept| self.whole(kept)).collect();
                self.units(&points)
            }
            Phase::Indices | Phase::Done => {
                self.phase = Phase::Done;
                Vec::new()
            }
        }
    }

    fn tell(&mut self, unit: &Unit, result: Result<UnitResult, Failed>) {
        match result {
            Ok(result) => {
                let values = |output: &Output| {
                    let value = |replication| output.value(replication, &unit.point).unwrap_or(f64::NAN);
                    result.replications.iter().map(value).collect()
                };
                let values: Vec<Vec<f64>> = self.outputs.iter().map(values).collect();
                let told =
                    if self.phase == Phase::Screening { &mut self.screening } else { &mut self.indices };
                told.insert(unit.point.number, values);
                self.totals.add(&result);
            }
            // Units are told in any order: of several failures the one of the first text is kept.
            Err(Failed { reason }) => {
                let first = self.failure.take().map_or(reason.clone(), |known| known.min(reason));
                self.failure = Some(first);
            }
        }
    }
}
