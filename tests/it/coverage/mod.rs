//! How often intervals contain the truth, on worlds of the program and on numbers of a known distribution.
//!
//! `benches/coverage.sh` repeats the measurement with so many replications that its table is that of
//! `docs/verification.md`; here are as many as a test may take, with fixed seeds.

mod of_differences;
mod of_known_laws;
mod of_worlds;

use redress::stats::{Estimate, Estimator, Interval, Observation};

/// Replications of an experiment.
const SIZES: [usize; 3] = [5, 10, 30];

/// What one experiment found.
type Experiment<'a> = &'a [Option<Observation>];

/// How often the intervals of many experiments held the truth.
#[derive(Clone, Copy, Debug, Default)]
struct Coverage {
    /// Intervals and bounds.
    stated: usize,
    /// Those of them that hold the truth.
    within: usize,
    /// Those that lie below it.
    below: usize,
    /// Those that lie above it.
    above: usize,
    /// Bounds among them.
    bounds: usize,
    /// Experiments of which nothing is stated, for a reason.
    silent: usize,
    /// Differences whose sign is not that of the truth.
    wrong_sign: usize,
}

impl Coverage {
    fn add(&mut self, interval: Interval, truth: f64) {
        let Some((low, high)) = interval.ends() else {
            self.silent += 1;
            return;
        };
        assert!(low <= high, "{low} to {high}");
        self.stated += 1;
        self.bounds += usize::from(!matches!(interval, Interval::TwoSided { .. }));
        if high < truth {
            self.below += 1;
        } else if low > truth {
            self.above += 1;
        } else {
            self.within += 1;
        }
    }

    /// Whether at least `least` of the intervals hold the truth, as far as so many experiments can tell: to three
    /// standard errors.
    fn is_at_least(self, least: f64) -> bool {
        let n = self.stated as f64;
        self.within as f64 >= n * least - 3.0 * (n * least * (1.0 - least)).sqrt()
    }
}

/// Of all blocks of `size` replications.
fn coverage(estimator: Estimator, all: Experiment<'_>, size: usize, truth: f64) -> Coverage {
    let (least, most) = estimator.range();
    let mut coverage = Coverage::default();
    for block in all.chunks_exact(size) {
        let observed: Vec<Observation> = block.iter().copied().flatten().collect();
        let Some(estimate) = Estimate::new(estimator, &observed) else {
            coverage.silent += 1;
            continue;
        };
        if let Some((low, high)) = estimate.interval.ends() {
            assert!(low >= least && high <= most, "{low} to {high} of {estimate:?}");
            assert!(low <= estimate.mean && estimate.mean <= high, "{estimate:?}");
        }
        coverage.add(estimate.interval, truth);
    }
    coverage
}

/// The ratio of sums of all replications.
fn truth(all: Experiment<'_>) -> f64 {
    let pairs = all.iter().flatten().map(|observation| observation.pair());
    let (part, whole) = pairs.fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    part / whole
}

/// A row of the table of `docs/verification.md`.
#[allow(clippy::print_stdout, reason = "the table is what the command is for")]
fn print(figure: &str, truth: f64, size: usize, coverage: Coverage) {
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let of = |part: usize| percent(part, coverage.stated);
    println!(
        "| {figure} | {truth:.4} | {size} | {:.1} | {:.1} | {:.1} | {:.0} | {:.0} | {:.0} |",
        of(coverage.within),
        of(coverage.below),
        of(coverage.above),
        of(coverage.bounds),
        percent(coverage.silent, coverage.stated + coverage.silent),
        percent(coverage.wrong_sign, coverage.stated + coverage.silent),
    );
}

/// Replications that are drawn or simulated: as many as `COVERAGE_REPLICATIONS` says, or those of a test.
fn replications(of_test: u32) -> u32 {
    std::env::var("COVERAGE_REPLICATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(of_test)
}
