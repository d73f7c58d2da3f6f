//! The best point of a box for continuous factors and noisy outputs.
//!
//! After the first points of a Sobol sequence each batch of points is where a fitted surface (`gaussian_process`) expects
//! most improvement, discounted where noise would hide it: the augmented expected improvement of D. Huang, T. T. Allen,
//! W. I. Notz and N. Zeng, "Global optimization of stochastic black-box systems via sequential kriging meta-models"
//! (Journal of Global Optimization 34, 2006). Points of one batch keep apart by taking the surface for what the ones
//! before them will give. Nothing is drawn, so the same outputs lead to the same points.
//!
//! The search has no guarantee. Whoever needs one selects among the first of [`Search::ranked`] by `kn`.

use super::Goal;
use super::gaussian_process::{NoisyMean, Surface};
use crate::stats::design::sobol;
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// What is searched for, and for how much.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRules {
    /// Which mean is best.
    pub goal: Goal,
    /// Factors, each scaled to `[0, 1]`; up to six or so.
    pub dimensions: usize,
    /// Points to begin with, at least 2; four per factor are usual.
    pub first: usize,
    /// Points to ask for at once after that, at least 1.
    pub batch: usize,
    /// Points in all.
    pub points: usize,
}

/// A point to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The number of the point, from 0.
    pub number: usize,
    /// Where it is in the unit cube.
    pub point: Vec<f64>,
}

/// A point that was run.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The number of the point.
    pub number: usize,
    /// Where it is in the unit cube.
    pub point: Vec<f64>,
    /// The mean there by the fitted surface, which takes neighbours into account.
    pub mean: f64,
    /// Its standard error.
    pub std_error: f64,
}

/// The outputs at a point.
#[derive(Clone, Copy, Debug)]
struct Outputs {
    mean: f64,
    noise: f64,
    replications: u32,
}

/// The search as a machine that is asked what to run and told what came out.
#[derive(Clone, Debug)]
pub struct Search {
    rules: SearchRules,
    trials: Vec<(Vec<f64>, Option<Outputs>)>,
    /// The next point of the Sobol sequence.
    next: u32,
}

impl Search {
    /// Begins.
    pub fn new(rules: SearchRules) -> Self {
        let count = rules.first.max(2).min(rules.points.max(2));
        let trials = (1..=count as u32).map(|at| (sobol::point(at, rules.dimensions), None)).collect();
        Self { next: count as u32 + 1, trials, rules }
    }

    /// The points that are wanted next and were not told yet; none once all are run.
    pub fn ask(&self) -> Vec<Trial> {
        let trials = self.trials.iter().enumerate().filter(|(_, (_, outputs))| outputs.is_none());
        trials.map(|(number, (point, _))| Trial { number, point: point.clone() }).collect()
    }

    /// Takes the mean of a point over its replications and the variance of that mean (sample variance over their number);
    /// the point with that number has been asked for. A point told again keeps its first outputs.
    pub fn tell(&mut self, number: usize, mean: f64, noise: f64, replications: u32) {
        if let Some((_, outputs @ None)) = self.trials.get_mut(number) {
            *outputs = Some(Outputs { mean, noise, replications });
        }
        let more = self.rules.points.saturating_sub(self.trials.len()).min(self.rules.batch.max(1));
        if more > 0 && self.trials.iter().all(|(_, outputs)| outputs.is_some()) {
            let points = self.propose(more);
            self.trials.extend(points.into_iter().map(|point| (point, None)));
        }
    }

    /// Whether all points have been run.
    pub fn is_finished(&self) -> bool {
        self.trials.iter().all(|(_, outputs)| outputs.is_some())
    }

    /// The points that were run, the best first.
    pub fn ranked(&self) -> Vec<Ranked> {
        let data = self.losses();
        let surface = Surface::fit(&data);
        let rank = |((number, _), at): ((usize, &Outputs), &NoisyMean)| {
            let (loss, variance) = surface.as_ref().map_or((at.mean, at.noise), |fit| fit.predict(&at.point));
            let mean = -self.rules.goal.merit(loss);
            Ranked { number, point: at.point.clone(), mean, std_error: variance.sqrt() }
        };
        let mut ranked: Vec<Ranked> = self.told().zip(&data).map(rank).collect();
        ranked.sort_by(|a, b| self.rules.goal.merit(b.mean).total_cmp(&self.rules.goal.merit(a.mean)));
        ranked
    }

    fn told(&self) -> impl Iterator<Item = (usize, &Outputs)> {
        self.trials
            .iter()
            .enumerate()
            .filter_map(|(number, trial)| trial.1.as_ref().map(|told| (number, told)))
    }

    /// What was told, such that less is better. The variance of few replications is drawn towards that of all points, as
    /// if four more degrees of freedom had shown it: by chance it may be close to 0.
    fn losses(&self) -> Vec<NoisyMean> {
        let count = self.told().count().max(1) as f64;
        let common =
            self.told().map(|(_, told)| told.noise * f64::from(told.replications)).sum::<f64>() / count;
        let loss = |(number, told): (usize, &Outputs)| {
            let n = f64::from(told.replications.max(1));
            let noise = ((n - 1.0) * told.noise + 4.0 * common / n) / (n + 3.0);
            let point = self.trials[number].0.clone();
            NoisyMean { point, mean: -self.rules.goal.merit(told.mean), noise }
        };
        self.told().map(loss).collect()
    }

    /// The next points; those of the Sobol sequence where no surface can be fitted.
    fn propose(&mut self, count: usize) -> Vec<Vec<f64>> {
        let data = self.losses();
        let noise = data.iter().map(|at| at.noise).sum::<f64>() / data.len() as f64;
        let mut surface = Surface::fit(&data);
        let mut points = Vec::new();
        for _ in 0..count {
            let candidates = self.candidates();
            let Some(fit) = &surface else {
                points.extend(candidates.into_iter().next());
                continue;
            };
            let known = data.iter().map(|at| at.point.as_slice()).chain(points.iter().map(Vec::as_slice));
            let predicted: Vec<(f64, &[f64])> = known.map(|point| (fit.predict(point).0, point)).collect();
            let Some(best) = predicted.iter().min_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
            let improvement = |point: &[f64]| improvement(fit.predict(point), best.0, noise);
            let near = candidates.iter().take(20 * self.rules.dimensions).flat_map(|point| {
                let towards = |reach: f64| {
                    point
                        .iter()
                        .zip(best.1)
                        .map(|(u, at)| (at + (2.0 * u - 1.0) * reach).clamp(0.0, 1.0))
                        .collect()
                };
                [0.15, 0.03].map(towards)
            });
            let start = near.chain(candidates.iter().cloned()).map(|point| (improvement(&point), point));
            let start = start.reduce(|best, next| if next.0 > best.0 { next } else { best });
            let Some(start) = start else { continue };
            let point = climb(start, improvement);
            surface = fit.with(NoisyMean { mean: fit.predict(&point).0, point: point.clone(), noise });
            points.push(point);
        }
        points
    }

    /// Points all over the box, others each time.
    fn candidates(&mut self) -> Vec<Vec<f64>> {
        let count = 80 * self.rules.dimensions as u32;
        let from = self.next;
        self.next += count;
        (from..self.next).map(|at| sobol::point(at, self.rules.dimensions)).collect()
    }
}

/// The expected improvement on `best` by a normal prediction `(mean, variance)`, times `1 - τ / √(s² + τ²)` with the
/// variance `τ²` of the noise.
fn improvement((mean, variance): (f64, f64), best: f64, noise: f64) -> f64 {
    let s = variance.sqrt();
    if s <= 0.0 {
        return 0.0;
    }
    let z = (best - mean) / s;
    let expected = (best - mean) * Normal::standard().cdf(z) + s * Normal::standard().pdf(z);
    expected * (1.0 - (noise / (variance + noise)).sqrt())
}

/// Climbs from a point by steps along the axes that halve when none leads up.
fn climb((mut height, mut point): (f64, Vec<f64>), value: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut step = 0.04;
    while step > 0.002 {
        let before = height;
        for at in 0..point.len() {
            for by in [-step, step] {
                let mut next = point.clone();
                next[at] = (next[at] + by).clamp(0.0, 1.0);
                let found = value(&next);
                if found > height {
                    (height, point) = (found, next);
                }
            }
        }
        if height <= before {
            step /= 2.0;
        }
    }
    point
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn improvement_agrees_with_the_formula_and_is_nothing_where_all_is_known() {
        // At z = 1 with s = 2 it is 2 (Φ(1) + φ(1)); noise as large as s leaves 1 - 1/√2 of it.
        let expected = 2.0 * (0.841_344_746_068_543 + 0.241_970_724_519_143_37);
        assert!((improvement((3.0, 4.0), 5.0, 0.0) - expected).abs() < 1e-9);
        assert!((improvement((3.0, 4.0), 5.0, 4.0) - expected * (1.0 - 0.5_f64.sqrt())).abs() < 1e-9);
        assert!(improvement((3.0, 0.0), 5.0, 1.0).abs() < 1e-300);
    }

    #[test]
    fn all_points_are_asked_for_once_whatever_the_order_of_telling() {
        let rules = SearchRules { goal: Goal::Maximise, dimensions: 2, first: 8, batch: 3, points: 20 };
        let value = |point: &[f64]| -(point[0] - 0.3).powi(2) - (point[1] - 0.8).powi(2);
        let run = |is_reversed: bool| {
            let mut search = Search::new(rules.clone());
            while !search.is_finished() {
                let mut trials = search.ask();
                if is_reversed {
                    trials.reverse();
                }
                for trial in trials {
                    search.tell(trial.number, value(&trial.point), 0.0, 2);
                }
            }
            search.ranked()
        };
        let (ranked, reversed) = (run(false), run(true));
        assert_eq!(ranked.len(), 20);
        assert_eq!(ranked, reversed);
        assert!(value(&ranked[0].point) > -1e-3, "{:?}", ranked[0]);
        assert!((ranked[0].mean - value(&ranked[0].point)).abs() < 1e-3);
    }
}
