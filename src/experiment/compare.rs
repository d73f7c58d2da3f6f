//! A comparison: the same replications of two or more scenarios, difference by difference.

use super::precision::{Achieved, PrecisionWatch, achieved, two_sided};
use super::question::{Failed, Question};
use super::run::Replication;
use super::summary::{Group, Groups};
use super::unit::{Unit, UnitResult};
use crate::observe::Metric;
use crate::observe::catalogue::METRICS;
use crate::scenario::{DesignPoint, PrecisionTarget};
use crate::stats::paired::{Difference, difference};
use crate::stats::precision::Progress;
use crate::stats::{Estimate, Observation};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The question: as many replications of each scenario as tell them apart.
///
/// Replication `k` of every scenario has the same draws but where they differ, so that it is their differences, replication
/// by replication, that have intervals.
#[derive(Debug)]
pub struct Compare {
    points: Vec<Arc<DesignPoint>>,
    replications: u32,
    watch: Option<PrecisionWatch>,
    targets: Vec<PrecisionTarget>,
    asked: u32,
    known: Vec<Known>,
    failure: Option<(usize, Failed)>,
}

/// What is known of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The groups of its world.
    pub groups: Groups,
    /// Its replications, in order.
    pub replications: Vec<Replication>,
    /// Its results, merged.
    pub merged: UnitResult,
    parts: BTreeMap<u32, UnitResult>,
}

impl Compare {
    /// Of scenarios, the first of which is the baseline.
    ///
    /// Without targets each has so many `replications`; with targets that is how many they have at least, and `most` at most,
    /// until the difference of every alternative and the baseline is as precise as asked for.
    pub fn new(points: Vec<DesignPoint>, replications: u32, targets: &[PrecisionTarget], most: u32) -> Self {
        let known = vec![Known::default(); points.len()];
        let watch = (!targets.is_empty()).then(|| {
            let each: Vec<PrecisionTarget> =
                (1..points.len()).flat_map(|_| targets.iter().copied()).collect();
            PrecisionWatch::new(&each, replications, most)
        });
        let points = points.into_iter().map(Arc::new).collect();
        Self { points, replications, watch, targets: targets.to_vec(), asked: 0, known, failure: None }
    }

    /// The same with exactly so many replications, whose precision is told and not looked at.
    pub fn exactly(points: Vec<DesignPoint>, replications: u32, targets: &[PrecisionTarget]) -> Self {
        Self { targets: targets.to_vec(), ..Self::new(points, replications, &[], replications) }
    }

    /// What came of it: what is known of each scenario over the replications that all of them have; or the number of a
    /// scenario that could not be run.
    ///
    /// # Errors
    /// The scenario that failed, and why.
    pub fn result(self) -> Result<Vec<Known>, (usize, Failed)> {
        match self.failure {
            Some(failure) => Err(failure),
            None => Ok(self.known),
        }
    }

    /// How precise the differences have become: for each alternative, each target.
    pub fn achieved(&self) -> Vec<(usize, Achieved)> {
        let count = self.complete();
        (1..self.known.len())
            .flat_map(|other| self.targets.iter().map(move |target| (other, target)))
            .map(|(other, target)| (other, achieved(*target, self.progress(other, target, count))))
            .collect()
    }

    /// Replications that all scenarios have, from the first on.
    fn complete(&self) -> u32 {
        self.known.iter().map(|known| known.replications.len() as u32).min().unwrap_or(0)
    }

    /// Where the difference of an alternative stands: a share is one of the baseline's mean, since a difference may be 0.
    fn progress(&self, other: usize, target: &PrecisionTarget, count: u32) -> Option<Progress> {
        let index = METRICS.iter().position(|metric| metric.name == target.metric.name)?;
        let of = |known: &Known| -> Vec<Option<Observation>> {
            known.replications[..count as usize].iter().map(|replication| replication.world[index]).collect()
        };
        let (first, second) = (of(&self.known[0]), of(&self.known[other]));
        let found = difference(target.metric.estimator(), &first, &second)?;
        let (low, high) = two_sided(found.interval)?;
        let baseline: Vec<Observation> = first.into_iter().flatten().collect();
        let mean = Estimate::new(target.metric.estimator(), &baseline)?.mean;
        Some(Progress { mean, half_width: (high - low) / 2.0 })
    }
}

impl Question for Compare {
    fn ask(&mut self) -> Vec<Unit> {
        for known in &mut self.known {
            known.take_parts();
        }
        if self.failure.is_some() {
            return Vec::new();
        }
        let more = match self.watch.take() {
            None => self.replications - self.asked,
            Some(mut watch) => {
                let (count, targets) = (self.complete(), &self.targets);
                if count > 0 {
                    let each: Vec<(usize, &PrecisionTarget)> = (1..self.known.len())
                        .flat_map(|other| targets.iter().map(move |target| (other, target)))
                        .collect();
                    watch.look(count, |target, count| self.progress(each[target].0, each[target].1, count));
                }
                let more = watch.wanted().unwrap_or(0);
                self.watch = Some(watch);
                more
            }
        };
        let replications = self.asked..self.asked + more;
        self.asked = replications.end;
        if more == 0 {
            return Vec::new();
        }
        let unit =
            |point: &Arc<DesignPoint>| Unit { point: Arc::clone(point), replications: replications.clone() };
        self.points.iter().map(unit).collect()
    }

    fn tell(&mut self, unit: &Unit, result: Result<UnitResult, Failed>) {
        let number = unit.point.number;
        match result {
            Ok(result) => {
                self.known[number].parts.insert(result.first, result);
            }
            Err(failed) => self.failure = Some((number, failed)),
        }
    }
}

impl Known {
    /// Of all that is known of a scenario.
    pub(super) fn of(merged: UnitResult) -> Self {
        let (groups, replications) = (merged.groups.clone(), merged.replications.clone());
        Self { groups, replications, merged, parts: BTreeMap::new() }
    }

    /// Adds what was told, in the order of replications.
    fn take_parts(&mut self) {
        for (_, part) in std::mem::take(&mut self.parts) {
            self.groups = part.groups.clone();
            self.replications.extend(part.replications.iter().cloned());
            self.merged.merge(part);
        }
    }
}

/// One metric of one group in two scenarios.
#[derive(Clone, Debug)]
pub struct ComparisonRow {
    /// The group, by its place in the baseline.
    pub group: Group,
    /// Which metric.
    pub metric: &'static Metric,
    /// The number of the alternative, from 1.
    pub other: usize,
    /// The baseline's estimate; `None` where it is undefined.
    pub baseline: Option<Estimate>,
    /// The alternative's.
    pub alternative: Option<Estimate>,
    /// The alternative less the baseline, pair by pair; `None` where either is undefined.
    pub difference: Option<Difference>,
    /// Holm's adjusted p-value over the metrics and alternatives of the group.
    pub p_adjusted: Option<f64>,
}

impl ComparisonRow {
    /// The difference as a share of the baseline's mean; `None` if that is 0.
    pub fn relative(&self) -> Option<f64> {
        let (baseline, found) = (self.baseline.as_ref()?, self.difference.as_ref()?);
        (baseline.mean != 0.0).then(|| found.mean / baseline.mean.abs())
    }

    /// How many times as many replications independent draws would take for the same interval: the variance of unpaired
    /// differences over that of paired ones. `None` where pairs do not differ.
    pub fn variance_ratio(&self) -> Option<f64> {
        let of = |estimate: &Option<Estimate>| estimate.as_ref()?.std_dev;
        let (first, second) = (of(&self.baseline)?, of(&self.alternative)?);
        let paired = self.difference.as_ref()?.std_dev?;
        (paired > 0.0).then(|| (first * first + second * second) / (paired * paired))
    }
}

/// Every metric of every group that the baseline and an alternative share: for each group the alternatives, for each of
/// them the metrics.
pub fn comparison(known: &[Known]) -> Vec<ComparisonRow> {
    let Some((baseline, others)) = known.split_first() else { return Vec::new() };
    let mut rows = Vec::new();
    for group in baseline.groups.each() {
        let begin = rows.len();
        for (other, alternative) in (1..).zip(others) {
            let namesake = alternative
                .groups
                .each()
                .into_iter()
                .find(|own| own.scope == group.scope && own.name == group.name);
            let Some(namesake) = namesake else { continue };
            // Of a rule that only one of the two has, the other has counted nothing, which is what it is to be compared with.
            let is_shown = |metric: &Metric| group.has(metric) || namesake.has(metric);
            for (index, metric) in METRICS.iter().enumerate().filter(|(_, metric)| is_shown(metric)) {
                let of = |known: &Known, group: &Group| -> Vec<Option<Observation>> {
                    let value = |replication| group.values(replication).and_then(|values| values[index]);
                    known.replications.iter().map(value).collect()
                };
                let (first, second) = (of(baseline, &group), of(alternative, &namesake));
                let estimate = |values: &[Option<Observation>]| {
                    Estimate::new(metric.estimator(), &values.iter().copied().flatten().collect::<Vec<_>>())
                };
                rows.push(ComparisonRow {
                    group: group.clone(),
                    metric,
                    other,
                    baseline: estimate(&first),
                    alternative: estimate(&second),
                    difference: difference(metric.estimator(), &first, &second),
                    p_adjusted: None,
                });
            }
        }
        let p_values: Vec<Option<f64>> =
            rows[begin..].iter().map(|row| row.difference.as_ref()?.p_value).collect();
        for (row, adjusted) in rows[begin..].iter_mut().zip(crate::stats::holm::holm(&p_values)) {
            row.p_adjusted = adjusted;
        }
    }
    rows
}
