//! Replications until every named metric is as precise as asked for.

use super::run::{Replication, RunResult, run_replications};
use crate::engine::{Tables, Watch};
use crate::observe::Metric;
use crate::observe::catalogue::METRICS;
use crate::scenario::PrecisionTarget;
use crate::stats::precision::{Precision, PrecisionRules, PrecisionVerdict, Progress, Target};
use crate::stats::{Estimate, Interval, Observation};

/// Replications over which targets have to stay met, as of the first 100 (K. Hoad, S. Robinson, R. Davies, 2010).
const LOOK_AHEAD: u32 = 5;

/// Watches whether replications are enough.
#[derive(Clone, Debug)]
pub struct PrecisionWatch {
    targets: Vec<PrecisionTarget>,
    precision: Precision,
    seen: u32,
    verdict: PrecisionVerdict,
}

/// Runs replications until every target is met, from the world's own number up to `most`; without targets just that number.
pub fn run_to_precision(
    tables: &Tables,
    targets: &[PrecisionTarget],
    most: u32,
    watch: Watch<'_>,
) -> (RunResult, Vec<Achieved>) {
    let mut precision = PrecisionWatch::new(targets, tables.world().replications, most);
    let mut result = RunResult::default();
    let mut done = 0;
    let mut wanted = if targets.is_empty() { Some(tables.world().replications) } else { precision.wanted() };
    while let Some(several) = wanted {
        result.merge(run_replications(tables, done..done + several, watch));
        done += several;
        if result.is_interrupted || targets.is_empty() {
            break;
        }
        precision.look_at(&result.replications);
        wanted = precision.wanted();
    }
    let achieved = precision.achieved(&result.replications);
    (result, achieved)
}

/// How precise one metric has become.
#[derive(Clone, Copy, Debug)]
pub struct Achieved {
    /// What was asked for.
    pub target: PrecisionTarget,
    /// Half of the interval's width, in the unit of the metric; `None` without a two-sided interval.
    pub half_width: Option<f64>,
    /// The precision in the terms of the target: that half-width, or the largest error as a share of the true mean.
    pub achieved: Option<f64>,
    /// Whether the target is met.
    pub is_met: bool,
}

impl PrecisionWatch {
    /// From `first` replications on, up to `most`.
    pub fn new(targets: &[PrecisionTarget], first: u32, most: u32) -> Self {
        let rules = PrecisionRules {
            targets: targets.iter().map(|target| target.target).collect(),
            first,
            most,
            look_ahead: LOOK_AHEAD,
            confidence: 0.95,
            is_joint: false,
        };
        let precision = Precision::new(rules);
        let first = precision.first();
        Self { targets: targets.to_vec(), precision, seen: 0, verdict: PrecisionVerdict::More(first) }
    }

    /// How many more replications it takes; `None` if they are enough, or none may be added.
    pub const fn wanted(&self) -> Option<u32> {
        match self.verdict {
            PrecisionVerdict::More(several) => Some(several),
            PrecisionVerdict::Enough { .. } | PrecisionVerdict::Capped => None,
        }
    }

    /// Looks at what is known: `progress` tells of a target and a number of replications, from the first on, where its
    /// estimate stands.
    ///
    /// It looks at every number that it has not seen, so that its verdict does not depend on how replications came.
    pub fn look(&mut self, replications: u32, progress: impl Fn(usize, u32) -> Option<Progress>) {
        for count in (self.seen + 1).max(self.precision.first())..=replications {
            let estimates: Vec<_> = (0..self.targets.len()).map(|target| progress(target, count)).collect();
            self.verdict = self.precision.tell(count, &estimates);
            if !matches!(self.verdict, PrecisionVerdict::More(_)) {
                break;
            }
        }
        self.seen = replications;
        if let PrecisionVerdict::More(several) = self.verdict {
            // It was said of the last number that was looked at.
            self.verdict = PrecisionVerdict::More(several.max(1));
        }
    }

    /// Looks at the metrics of the world in replications.
    pub fn look_at(&mut self, replications: &[Replication]) {
        let observed: Vec<Vec<Observation>> =
            self.targets.iter().map(|target| observations(target.metric, replications)).collect();
        let targets = self.targets.clone();
        self.look(replications.len() as u32, |target, count| {
            let known = &observed[target];
            let estimate =
                Estimate::new(targets[target].metric.estimator(), &known[..known.len().min(count as usize)]);
            progress_of(estimate.as_ref())
        });
    }

    /// How precise the metrics of the world have become.
    pub fn achieved(&self, replications: &[Replication]) -> Vec<Achieved> {
        let of = |target: &PrecisionTarget| {
            let estimate =
                Estimate::new(target.metric.estimator(), &observations(target.metric, replications));
            achieved(*target, progress_of(estimate.as_ref()))
        };
        self.targets.iter().map(of).collect()
    }
}

/// What has become of a target.
pub fn achieved(target: PrecisionTarget, progress: Option<Progress>) -> Achieved {
    Achieved {
        target,
        half_width: progress.map(|progress| progress.half_width),
        achieved: progress.and_then(|progress| target.target.achieved(&progress)),
        is_met: progress.is_some_and(|progress| target.target.is_met(&progress)),
    }
}

/// Where an estimate stands: its mean and half of its interval; `None` without a two-sided interval.
pub fn progress_of(estimate: Option<&Estimate>) -> Option<Progress> {
    let estimate = estimate?;
    let (low, high) = two_sided(estimate.interval)?;
    Some(Progress { mean: estimate.mean, half_width: (high - low) / 2.0 })
}

/// The ends of an interval that has both.
pub(super) const fn two_sided(interval: Interval) -> Option<(f64, f64)> {
    match interval {
        Interval::TwoSided { low, high } => Some((low, high)),
        _ => None,
    }
}

/// What replications say of a metric of the world.
fn observations(metric: &Metric, replications: &[Replication]) -> Vec<Observation> {
    let index = METRICS.iter().position(|other| other.name == metric.name);
    let value = |replication: &Replication| replication.world.get(index?).copied().flatten();
    replications.iter().filter_map(value).collect()
}

impl Achieved {
    /// Whether the target is a share of the mean.
    pub const fn is_relative(&self) -> bool {
        matches!(self.target.target, Target::Relative(_))
    }
}
