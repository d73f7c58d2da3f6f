//! What an analysis of sensitivity found.

use super::output::Output;
use super::sensitivity::{CONFIDENCE, Sensitivity, mean, uniforms};
use crate::stats::Estimate;
use crate::stats::sensitivity::morris::Screening;
use crate::stats::sensitivity::sobol_indices::{
    IndexIntervals, Indices, RowNoise, RowOutputs, bootstrap_intervals, indices,
};

const BOOTSTRAP: u64 = 0x424F_4F54;

/// An interval of an index that is wider leaves open which factor matters more.
pub const WIDEST: f64 = 0.1;

/// The part of a factor's range, at either end, that counts as low and as high.
const END: f64 = 0.2;

/// Indices with an interval per factor.
pub type Found = (Indices, Vec<IndexIntervals>);

/// What was found of one output.
#[derive(Clone, Debug)]
pub struct OutputSensitivity {
    /// Which output.
    pub output: Output,
    /// The screening of every factor; empty if the output has no value somewhere.
    pub screening: Vec<Screening>,
    /// The shares of variance of the factors that were kept, with their intervals, inside `[0, 1]`.
    pub shares: Option<Found>,
    /// The mean over the factors' ranges.
    pub mean: Option<f64>,
    /// Of each factor that was kept, the mean of the output where the factor is low, and where it is high.
    pub swings: Vec<[Option<Estimate>; 2]>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct SensitivityResult {
    /// Names of all factors.
    pub factors: Vec<String>,
    /// Places of those that were not screened out.
    pub kept: Vec<usize>,
    /// The labels of each factor at a tenth and at nine tenths of its range, the middles of low and high.
    pub ends: Vec<[String; 2]>,
    /// Of each output.
    pub outputs: Vec<OutputSensitivity>,
    /// Points of the screening and of the indices.
    pub points: [usize; 2],
}

impl OutputSensitivity {
    /// The width of the widest interval.
    pub fn widest(&self) -> f64 {
        let intervals = self.shares.iter().flat_map(|(_, intervals)| intervals);
        let width = |(low, high): (f64, f64)| high - low;
        intervals.map(|index| width(index.first).max(width(index.total))).fold(0.0, f64::max)
    }

    /// Whether the intervals are narrow enough to say which factor matters more.
    pub fn is_precise(&self) -> bool {
        self.shares.is_some() && self.widest() <= WIDEST
    }

    /// Places among the factors that were kept, by their total index, the largest first.
    pub fn by_total(&self) -> Vec<usize> {
        let Some((indices, _)) = &self.shares else { return Vec::new() };
        let mut order: Vec<usize> = (0..indices.total.len()).collect();
        order.sort_by(|&a, &b| indices.total[b].total_cmp(&indices.total[a]));
        order
    }
}

impl Sensitivity<'_> {
    /// The analysis, once all it asked for was told.
    pub fn result(&self) -> SensitivityResult {
        let factors: Vec<String> = self.study().factors.iter().map(|factor| factor.name.clone()).collect();
        let labels = |share: f64| self.study().point_at(0, &vec![share; factors.len()]).labels;
        let (low, high) = (labels(END / 2.0), labels(1.0 - END / 2.0));
        SensitivityResult {
            kept: self.kept().to_vec(),
            ends: low.into_iter().zip(high).map(|(low, high)| [low, high]).collect(),
            outputs: (0..self.outputs().len()).map(|output| self.of_output(output)).collect(),
            points: [self.screening_points().len(), self.rows().iter().map(Vec::len).sum()],
            factors,
        }
    }

    fn of_output(&self, output: usize) -> OutputSensitivity {
        let rows = self.row_outputs(output);
        let (shares, mean, swings) = match &rows {
            Some((rows, noise)) if !rows.is_empty() => {
                let noise = noise.as_deref();
                let uniform = uniforms(self.seed(), BOOTSTRAP);
                let samples = self.study().sensitivity.bootstrap;
                let intervals = bootstrap_intervals(rows, noise, samples, CONFIDENCE, uniform);
                let shares = indices(rows, noise).zip(intervals).map(within_bounds);
                let total: f64 = rows.iter().map(|row| f64::midpoint(row.a, row.b)).sum();
                (shares, Some(total / rows.len() as f64), self.swings(rows))
            }
            _ => (None, None, Vec::new()),
        };
        let screening = self.screenings(output).unwrap_or_default();
        OutputSensitivity { output: self.outputs()[output].clone(), screening, shares, mean, swings }
    }

    /// The outputs of every row, and their noise if there is more than one replication; `None` if there is no value
    /// somewhere.
    fn row_outputs(&self, output: usize) -> Option<(Vec<RowOutputs>, Option<Vec<RowNoise>>)> {
        let width = self.kept().len() + 2;
        let (mut rows, mut noise) = (Vec::new(), Vec::new());
        let shared = self.shared_by_points(output, width);
        for first in (0..self.rows().len()).map(|row| row * width) {
            let values = |place: usize| self.told().get(&(first + place)).map(|point| &point[output]);
            let means: Option<Vec<f64>> = (0..width).map(|place| mean(values(place)?)).collect();
            let means = means?;
            rows.push(RowOutputs { a: means[0], b: means[1], ab: means[2..].to_vec() });
            let blur = |place: usize| difference_noise(values(0)?, values(place)?);
            let all: Option<Vec<f64>> = (1..width).map(blur).collect();
            if let Some(all) = all {
                let b_with_ab = (2..width).map(|place| {
                    let shift = values(place)?.iter().zip(values(0)?).map(|(ab, a)| ab - a);
                    let of_b = values(1)?.iter().zip(&shared).map(|(b, shared)| b - shared);
                    covariance_of_means(&of_b.zip(shift).collect::<Vec<_>>())
                });
                let b_with_ab = b_with_ab.collect::<Option<Vec<f64>>>()?;
                noise.push(RowNoise { a_b: all[0], a_ab: all[1..].to_vec(), b_with_ab });
            }
        }
        let is_known = !noise.is_empty() && noise.len() == rows.len();
        Some((rows, is_known.then_some(noise)))
    }

    /// The mean of each replication over all points whose factors are drawn apart: what noise they all have in common.
    fn shared_by_points(&self, output: usize, width: usize) -> Vec<f64> {
        let drawn = (0..self.rows().len()).flat_map(|row| [row * width, row * width + 1]);
        let told: Vec<&[f64]> =
            drawn.filter_map(|place| self.told().get(&place)).map(|point| point[output].as_slice()).collect();
        let replications = told.iter().map(|values| values.len()).min().unwrap_or(0);
        let mean_of =
            |number: usize| told.iter().map(|values| values[number]).sum::<f64>() / told.len() as f64;
        (0..replications).map(mean_of).collect()
    }

    /// The mean outputs where each factor is low and where it is high, over the points whose factors are drawn apart.
    fn swings(&self, outputs: &[RowOutputs]) -> Vec<[Option<Estimate>; 2]> {
        let drawn = || self.rows().iter().zip(outputs).flat_map(|(row, o)| [(&row[0], o.a), (&row[1], o.b)]);
        let mean_where = |factor: usize, is_there: fn(f64) -> bool| {
            let values: Vec<f64> =
                drawn().filter(|(point, _)| is_there(point[factor])).map(|(_, value)| value).collect();
            Estimate::of_values(&values)
        };
        let swing = |factor| {
            [mean_where(factor, |share| share < END), mean_where(factor, |share| share >= 1.0 - END)]
        };
        (0..self.kept().len()).map(swing).collect()
    }
}

/// Indices and intervals inside `[0, 1]`, where shares of variance lie and estimates may not.
fn within_bounds((mut indices, mut intervals): Found) -> Found {
    for index in indices.first.iter_mut().chain(&mut indices.total) {
        *index = index.clamp(0.0, 1.0);
    }
    for interval in &mut intervals {
        for (low, high) in [&mut interval.first, &mut interval.total] {
            (*low, *high) = (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0));
        }
    }
    (indices, intervals)
}

/// The covariance of the means of pairs; `None` for fewer than two.
fn covariance_of_means(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    if pairs.len() < 2 {
        return None;
    }
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    Some(pairs.iter().map(|pair| (pair.0 - x) * (pair.1 - y)).sum::<f64>() / ((n - 1.0) * n))
}

/// The variance of the mean of paired differences; `None` for one replication.
fn difference_noise(one: &[f64], other: &[f64]) -> Option<f64> {
    let differences: Vec<f64> = one.iter().zip(other).map(|(a, b)| a - b).collect();
    let std_dev = Estimate::of_values(&differences)?.std_dev?;
    Some(std_dev * std_dev / differences.len() as f64)
}
