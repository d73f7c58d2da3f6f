//! From replications to a verdict: standard errors, z-scores, and whether all z-scores together look like chance.

use super::case::Pairs;
use crate::stats::RatioOfSums;
use crate::stats::quantile::student_t_cdf;

/// A case fails at this many standard errors; by Student's t with 39 degrees of freedom that happens by chance to 3 of
/// 10,000 cases.
pub const LIMIT: f64 = 4.0;

/// The Anderson-Darling statistic above which a fully specified distribution is rejected at 1 % (Stephens, 1974, case 0).
pub const ANDERSON_DARLING_LIMIT: f64 = 3.857;

/// The normal quantile of 0.99: an error of so many standard errors beyond the limit is found with that probability.
const CERTAIN: f64 = 2.326;

/// The relative error from which a figure without spread fails.
const ROUNDING: f64 = 1e-6;

/// What a comparison comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Within the limit.
    Pass,
    /// A figure without spread that equals its theory; it has no z-score to judge.
    Exact,
    /// Beyond the limit, or not measured.
    Fail,
}

impl Verdict {
    /// The verdict as tables name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Exact => "exact",
            Self::Fail => "FAIL",
        }
    }
}

/// A simulated figure against its theory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// The figure.
    pub simulated: f64,
    /// Its standard error over replications.
    pub standard_error: f64,
    /// How many standard errors it lies above its theory; `None` without spread.
    pub z: Option<f64>,
    /// Whether it passes.
    pub verdict: Verdict,
    /// The smallest error, as a part of the theory, that the case finds with probability 0.99:
    /// `(limit + 2.326) standard_error / |theory|`; a millionth without spread.
    pub detectable_error: f64,
    /// Replications in which it is defined.
    pub replications: usize,
}

impl Comparison {
    /// Compares the ratio of sums, with its standard error, with its theory. It fails from `limit` standard errors on.
    pub fn new(theory: f64, pairs: &Pairs, limit: f64) -> Self {
        let RatioOfSums { ratio: simulated, standard_error, .. } = RatioOfSums::new(pairs);
        // Figures that are counted in expectation have the rounding of sums for their spread.
        let rounding = ROUNDING * theory.abs();
        let has_spread = standard_error > 1e-9 * simulated.abs();
        let detectable_error =
            if has_spread { (limit + CERTAIN) * standard_error / theory.abs() } else { ROUNDING };
        let z = has_spread.then(|| (simulated - theory) / standard_error);
        let verdict = match z {
            Some(z) if z.abs() < limit => Verdict::Pass,
            None if (simulated - theory).abs() <= rounding => Verdict::Exact,
            _ => Verdict::Fail,
        };
        Self { simulated, standard_error, z, verdict, detectable_error, replications: pairs.len() }
    }
}

/// The Anderson-Darling statistic of comparisons whose z-scores, from `n` replications each, should be Student's t with
/// `n - 1` degrees of freedom, which is what a standard normal becomes if its error is estimated:
/// `A^2 = -k - 1/k sum (2i - 1) (ln u_i + ln(1 - u_(k + 1 - i)))`, `u` the ascending probabilities of the scores.
/// `None` without a score.
pub fn anderson_darling(comparisons: &[Comparison]) -> Option<f64> {
    let probability = |comparison: &Comparison| {
        let freedom = comparison.replications as f64 - 1.0;
        comparison.z.map(|z| (student_t_cdf(z, freedom), student_t_cdf(-z, freedom)))
    };
    let mut tails: Vec<(f64, f64)> = comparisons.iter().filter_map(probability).collect();
    tails.sort_by(|a, b| a.0.total_cmp(&b.0));
    let k = tails.len() as f64;
    let terms = tails.iter().zip(tails.iter().rev()).zip(0_u32..);
    let total: f64 =
        terms.map(|((lower, upper), i)| (2.0 * f64::from(i) + 1.0) * (lower.0.ln() + upper.1.ln())).sum();
    (k > 0.0).then(|| -k - total / k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(z: f64) -> Comparison {
        Comparison {
            simulated: z,
            standard_error: 1.0,
            z: Some(z),
            verdict: Verdict::Pass,
            detectable_error: 1.0,
            // So many that Student's t is the normal.
            replications: 10_000_001,
        }
    }

    #[test]
    fn a_mean_has_the_standard_error_of_its_spread() {
        let pairs = [1.0, 2.0, 3.0, 4.0, 5.0].map(|value| (value, 1.0)).to_vec();
        let comparison = Comparison::new(2.0, &pairs, LIMIT);
        assert!((comparison.standard_error - 0.5_f64.sqrt()).abs() < 1e-12);
        assert!((comparison.z.unwrap() - 2.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(comparison.verdict, Verdict::Pass);
        assert!((comparison.detectable_error - 6.326 * 0.5_f64.sqrt() / 2.0).abs() < 1e-12);
        assert_eq!(Comparison::new(-0.5, &pairs, LIMIT).verdict, Verdict::Fail);
        assert_eq!(Comparison::new(2.0, &pairs, 1.41).verdict, Verdict::Fail);
    }

    /// Figures that are off by the detectable error, with normal scatter, fail in 99 of 100 quantiles of it.
    #[test]
    fn an_error_of_the_detectable_size_fails_in_99_of_100() {
        let spread = vec![(9.0, 1.0), (11.0, 1.0), (9.0, 1.0), (11.0, 1.0)];
        let found = Comparison::new(10.0, &spread, LIMIT);
        let (error, off) = (found.standard_error, found.detectable_error * 10.0);
        let fails = |i: i32| {
            let scatter = crate::sim::distribution::standard_normal_quantile((f64::from(i) + 0.5) / 1000.0);
            let pairs: Pairs =
                spread.iter().map(|(part, whole)| (part + off + scatter * error, *whole)).collect();
            Comparison::new(10.0, &pairs, LIMIT).verdict == Verdict::Fail
        };
        let failures = (0..1000).filter(|&i| fails(i)).count();
        assert_eq!(failures, 990);
        let exact = Comparison::new(3.0, &vec![(3.0, 1.0); 4], LIMIT);
        assert!((exact.detectable_error - 1e-6).abs() < 1e-18);
    }

    #[test]
    fn a_figure_without_spread_is_exact_or_fails() {
        let pairs = vec![(3.0, 1.0); 4];
        assert_eq!(Comparison::new(3.0, &pairs, LIMIT).verdict, Verdict::Exact);
        assert_eq!(Comparison::new(3.1, &pairs, LIMIT).verdict, Verdict::Fail);
        assert_eq!(Comparison::new(3.1, &Vec::new(), LIMIT).verdict, Verdict::Fail);
    }

    /// One score of 0 has `A^2 = -1 + 2 ln 2`; scores at even quantiles have next to none, shifted ones much.
    #[test]
    fn the_statistic_tells_normal_scores_from_others() {
        let one = anderson_darling(&[scored(0.0)]).unwrap();
        assert!((one - (2.0 * 2.0_f64.ln() - 1.0)).abs() < 1e-6);
        let quantile =
            |i: i32| crate::sim::distribution::standard_normal_quantile((f64::from(i) + 0.5) / 50.0);
        let even: Vec<Comparison> = (0..50).map(|i| scored(quantile(i))).collect();
        assert!(anderson_darling(&even).unwrap() < 0.1);
        let shifted: Vec<Comparison> = (0..50).map(|i| scored(quantile(i) + 1.0)).collect();
        let narrow: Vec<Comparison> = (0..50).map(|i| scored(quantile(i) * 0.2)).collect();
        assert!(anderson_darling(&shifted).unwrap() > ANDERSON_DARLING_LIMIT);
        assert!(anderson_darling(&narrow).unwrap() > ANDERSON_DARLING_LIMIT);
        assert_eq!(anderson_darling(&[]), None);
    }
}
