//! The search of continuous factors against a Sobol search: the same number of points and replications, paired.

use super::normal;
use redress::sim::Key;
use redress::stats::design::sobol;
use redress::stats::selection::Goal;
use redress::stats::selection::search::{Search, SearchRules};

const REPETITIONS: u64 = 20;
const POINTS: usize = 32;
const REPLICATIONS: u32 = 4;

/// A test function of the unit square, its smallest value, and the deviation of a replication.
struct Problem {
    function: fn(&[f64]) -> f64,
    smallest: f64,
    noise: f64,
}

/// Branin's function on `[-5, 10] x [0, 15]`.
const BRANIN: Problem = Problem {
    function: |point| {
        let (x, y) = (15.0 * point[0] - 5.0, 15.0 * point[1]);
        let pi = std::f64::consts::PI;
        let valley = y - 5.1 / (4.0 * pi * pi) * x * x + 5.0 / pi * x - 6.0;
        valley * valley + 10.0 * (1.0 - 1.0 / (8.0 * pi)) * x.cos() + 10.0
    },
    smallest: 0.397_887,
    noise: 10.0,
};

const QUADRATIC: Problem = Problem {
    function: |point| 20.0 * (point[0] - 0.37).powi(2) + 5.0 * (point[1] - 0.71).powi(2) + 3.0,
    smallest: 3.0,
    noise: 1.0,
};

impl Problem {
    /// Mean and variance of the mean of a point's replications.
    fn run(&self, key: Key, point: &[f64]) -> (f64, f64) {
        let mean = (self.function)(point);
        let noise = |draw| self.noise * normal(key, u64::from(draw));
        let outputs: Vec<f64> = (0..REPLICATIONS).map(|draw| mean + noise(draw)).collect();
        let n = f64::from(REPLICATIONS);
        let mean = outputs.iter().sum::<f64>() / n;
        let squares: f64 = outputs.iter().map(|output| (output - mean).powi(2)).sum();
        (mean, squares / (n - 1.0) / n)
    }

    /// How far the true value of the point that is found lies above the smallest.
    fn regret_of_search(&self, key: Key) -> f64 {
        let rules = SearchRules { goal: Goal::Minimise, dimensions: 2, first: 8, batch: 4, points: POINTS };
        let mut search = Search::new(rules);
        while !search.is_finished() {
            for trial in search.ask() {
                let (mean, noise) = self.run(key.child(trial.number as u64), &trial.point);
                search.tell(trial.number, mean, noise, REPLICATIONS);
            }
        }
        (self.function)(&search.ranked()[0].point) - self.smallest
    }

    /// The same with the best mean of points of the Sobol sequence.
    fn regret_of_sobol(&self, key: Key) -> f64 {
        let points = (0..POINTS).map(|number| sobol::point(number as u32 + 1, 2));
        let ran =
            points.enumerate().map(|(number, point)| (self.run(key.child(number as u64), &point).0, point));
        let best = ran.min_by(|a, b| a.0.total_cmp(&b.0)).expect("there are points");
        (self.function)(&best.1) - self.smallest
    }

    /// Regrets of the search and of the Sobol search on average, and how sure it is that the first is smaller: the paired
    /// t statistic.
    fn compare(&self) -> (f64, f64, f64) {
        let regrets: Vec<(f64, f64)> = (0..REPETITIONS)
            .map(|repetition| Key::root(repetition).child(13))
            .map(|key| (self.regret_of_search(key), self.regret_of_sobol(key)))
            .collect();
        let mean =
            |value: fn(&(f64, f64)) -> f64| regrets.iter().map(value).sum::<f64>() / REPETITIONS as f64;
        let saved: Vec<f64> = regrets.iter().map(|(own, sobol)| sobol - own).collect();
        let n = saved.len() as f64;
        let average = saved.iter().sum::<f64>() / n;
        let variance = saved.iter().map(|value| (value - average).powi(2)).sum::<f64>() / (n - 1.0);
        let t = average / (variance / n).sqrt();
        (mean(|regret| regret.0), mean(|regret| regret.1), t)
    }
}

/// t(0.975, 19) is 2.093.
#[test]
fn on_the_noisy_branin_function_it_beats_a_sobol_search_of_the_same_budget() {
    let (own, sobol, t) = BRANIN.compare();
    assert!(own < 0.5 * sobol && t > 2.093, "{own} against {sobol}, t = {t}");
}

#[test]
fn on_a_noisy_quadratic_it_beats_a_sobol_search_of_the_same_budget() {
    let (own, sobol, t) = QUADRATIC.compare();
    assert!(own < 0.5 * sobol && t > 2.093, "{own} against {sobol}, t = {t}");
}
