//! A simulated figure against its theory, in standard errors.
//!
//! Every comparison passes within four standard errors: a correct program fails one by chance with
//! probability 6e-5 if the figure is normal (8e-4 for the smallest number of batches in use, 20, by
//! Student's t). Seeds are fixed, so a test that passes once passes always.

use redress::engine::{Tables, Workers, World, simulate_market};
use redress::observe::{Count, MarketOutcome};

/// How many standard errors a simulated figure may lie from its theory.
pub const LIMIT: f64 = 4.0;

/// Figures against theory, all of them judged at the end, so that a failure shows the whole picture.
#[derive(Default)]
pub struct Evidence {
    lines: Vec<String>,
    refuted: usize,
}

impl Evidence {
    /// Notes a figure with its standard error.
    pub fn weigh(&mut self, name: &str, theory: f64, simulated: f64, error: f64) {
        let z = if (simulated - theory).abs() < 1e-12 { 0.0 } else { (simulated - theory) / error };
        let is_refuted = z.abs() >= LIMIT || z.is_nan();
        self.refuted += usize::from(is_refuted);
        let mark = if is_refuted { "  <- refuted" } else { "" };
        self.lines.push(format!("{name:<58} {theory:>14.6} {simulated:>14.6} {z:>7.2}{mark}"));
    }

    /// Notes a share of independent trials: the error is that of a binomial share.
    pub fn weigh_share(&mut self, name: &str, theory: f64, hits: u64, trials: u64) {
        let trials = trials as f64;
        self.weigh(name, theory, hits as f64 / trials, (theory * (1.0 - theory) / trials).sqrt());
    }

    /// Notes a Poisson count: its variance is its mean.
    pub fn weigh_count(&mut self, name: &str, theory: f64, counted: u64) {
        self.weigh(name, theory, counted as f64, theory.sqrt());
    }

    /// Notes the mean of independent batches: the error is that of their spread.
    pub fn weigh_batches(&mut self, name: &str, theory: f64, batches: &[f64]) {
        let (mean, error) = mean_and_error(batches);
        self.weigh(name, theory, mean, error);
    }

    /// Notes a ratio of sums over independent batches `(part, whole)`: the error is that of the ratio
    /// estimator, `sqrt(sum (part - ratio whole)^2 n / (n - 1)) / sum whole`.
    pub fn weigh_ratio(&mut self, name: &str, theory: f64, batches: &[(f64, f64)]) {
        let n = batches.len() as f64;
        let (part, whole) = batches.iter().fold((0.0, 0.0), |sum, batch| (sum.0 + batch.0, sum.1 + batch.1));
        let ratio = part / whole;
        let squares: f64 = batches.iter().map(|(part, whole)| (part - ratio * whole).powi(2)).sum();
        self.weigh(name, theory, ratio, (squares * n / (n - 1.0)).sqrt() / whole);
    }

    /// Shows every line, and fails if one of them is refuted.
    #[allow(clippy::print_stdout, reason = "the table is for --nocapture")]
    pub fn judge(self) {
        let table = self.lines.join("\n");
        println!("{:<58} {:>14} {:>14} {:>7}\n{table}\n", "figure", "theory", "simulated", "z");
        assert_eq!(self.refuted, 0, "{} figures are refuted:\n{table}", self.refuted);
    }
}

/// Mean of independent figures and its standard error.
pub fn mean_and_error(figures: &[f64]) -> (f64, f64) {
    let n = figures.len() as f64;
    let mean = figures.iter().sum::<f64>() / n;
    let squares: f64 = figures.iter().map(|figure| (figure - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

/// Every market of replication 0 by itself: independent batches.
pub fn markets(world: &World) -> Vec<MarketOutcome> {
    let tables = Tables::new(world);
    (0..world.market.count)
        .map(|market| {
            simulate_market(&tables, 0, market, Workers::One, true, &|_| true).expect("nobody stops the run")
        })
        .collect()
}

/// A pair of counts of each market, as numbers: a part and its whole.
pub fn pairs(markets: &[MarketOutcome], part: &[Count], whole: &[Count]) -> Vec<(f64, f64)> {
    let sum = |outcome: &MarketOutcome, counts: &[Count]| {
        counts.iter().map(|&count| outcome.market.tally.get(count)).sum::<u128>() as f64
    };
    markets.iter().map(|outcome| (sum(outcome, part), sum(outcome, whole))).collect()
}
