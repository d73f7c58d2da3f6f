//! The shares of a budget that optimal computing budget allocation gives to systems, and how sure a selection is.

use statrs::distribution::{ContinuousCDF, Normal};

/// What is known of a system.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Mean of the objective such that more is better.
    pub merit: f64,
    /// Standard deviation of one replication's objective.
    pub std_dev: f64,
    /// For each constraint how far the mean lies beyond the limit, and the standard deviation of one replication.
    pub limits: Vec<(f64, f64)>,
    /// Replications so far.
    pub replications: u32,
}

impl Evidence {
    fn keeps_to_limits(&self) -> bool {
        self.limits.iter().all(|&(excess, _)| excess <= 0.0)
    }

    /// The largest excess in deviations.
    fn worst_excess(&self) -> f64 {
        self.limits
            .iter()
            .map(|&(excess, std_dev)| excess / std_dev.max(f64::MIN_POSITIVE))
            .fold(0.0, f64::max)
    }

    /// `(s / distance)²` of the broken limit that rules it out most clearly; `None` if it keeps to all.
    fn ruled_out_ratio(&self) -> Option<f64> {
        let broken = self.limits.iter().filter(|&&(excess, _)| excess > 0.0);
        broken.map(|&(excess, std_dev)| (std_dev / excess).powi(2)).reduce(f64::min)
    }

    /// `(s / distance)²` of the limit that it is nearest to.
    fn nearest_limit_ratio(&self) -> f64 {
        let ratio = |&(excess, std_dev): &(f64, f64)| {
            if std_dev > 0.0 { (std_dev / excess).powi(2).min(1e12) } else { 0.0 }
        };
        self.limits.iter().map(ratio).fold(0.0, f64::max)
    }
}

/// The number of the system with the best mean among those whose means keep to all limits, the first of equal ones; that
/// which breaks them least where none does.
pub fn best_of(systems: &[Evidence]) -> usize {
    let key = |at: usize| {
        let system = &systems[at];
        let is_feasible = system.keeps_to_limits();
        (is_feasible, if is_feasible { system.merit } else { -system.worst_excess() })
    };
    (1..systems.len()).fold(0, |best, at| if key(at) > key(best) { at } else { best })
}

/// The shares of a budget, one per system, with a sum of 1.
///
/// `N_i / N_j = ((s_i / d_i) / (s_j / d_j))²` with the distances `d` from the best mean, and `N_b = s_b √(Σ (N_i / s_i)²)`
/// for the best. A system that breaks a limit by more deviations than it is worse has its share from that limit instead
/// and no part in the sum; the best has at least what its nearest limit takes. Equal means count as a distance of one
/// part in 10^6 of the largest.
pub fn shares(systems: &[Evidence]) -> Vec<f64> {
    let best = best_of(systems);
    let distance = |at: usize| systems[best].merit - systems[at].merit;
    let largest = (0..systems.len()).map(|at| distance(at).abs()).fold(f64::MIN_POSITIVE, f64::max);
    let mut ratios = vec![0.0; systems.len()];
    let mut of_best: f64 = 0.0;
    for (at, system) in systems.iter().enumerate().filter(|&(at, _)| at != best) {
        let apart = distance(at);
        let by_limit = system.ruled_out_ratio();
        let by_objective = (system.std_dev / apart.max(1e-6 * largest)).powi(2);
        ratios[at] = match by_limit {
            Some(by_limit) if apart < 0.0 || by_limit < by_objective => by_limit,
            _ => {
                // (N / s)² with N = (s / d)², without a division by a deviation of 0.
                of_best += (system.std_dev / apart.max(1e-6 * largest).powi(2)).powi(2);
                by_objective
            }
        };
    }
    ratios[best] = (systems[best].std_dev * of_best.sqrt()).max(systems[best].nearest_limit_ratio());
    let total: f64 = ratios.iter().sum();
    if total > 0.0 && total.is_finite() {
        ratios.iter().map(|ratio| ratio / total).collect()
    } else {
        vec![1.0 / systems.len() as f64; systems.len()]
    }
}

/// A lower bound of the probability that `best` keeps to all limits and that no other system that does is better.
///
/// Bonferroni over systems, and over the limits of the best; a system that would have to be better and keep to all
/// limits does so with at most the smallest of these probabilities. Means are taken as normal with the standard errors
/// that are estimated.
pub fn correct_selection(systems: &[Evidence], best: usize) -> f64 {
    let winner = &systems[best];
    let squared_error =
        |std_dev: f64, system: &Evidence| std_dev.powi(2) / f64::from(system.replications.max(1));
    let breaks = |system: &Evidence, &(excess, std_dev): &(f64, f64)| {
        above_zero(excess, squared_error(std_dev, system))
    };
    let best_breaks: f64 = winner.limits.iter().map(|limit| breaks(winner, limit)).sum();
    let others = systems.iter().enumerate().filter(|&(at, _)| at != best);
    let wrong: f64 = others
        .map(|(_, other)| {
            let error = squared_error(winner.std_dev, winner) + squared_error(other.std_dev, other);
            let is_better = above_zero(other.merit - winner.merit, error);
            let keeps = other.limits.iter().map(|limit| 1.0 - breaks(other, limit));
            keeps.fold(is_better, f64::min)
        })
        .sum();
    (1.0 - best_breaks - wrong).max(0.0)
}

/// The probability that a normal quantity is above 0; one that does not vary is at 0 with either.
fn above_zero(mean: f64, variance: f64) -> f64 {
    if variance > 0.0 {
        Normal::standard().cdf(mean / variance.sqrt())
    } else if mean == 0.0 {
        0.5
    } else {
        f64::from(mean > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(merit: f64, std_dev: f64) -> Evidence {
        Evidence { merit, std_dev, limits: Vec::new(), replications: 25 }
    }

    #[test]
    fn shares_agree_with_the_reference_values() {
        let check = |std_devs: [f64; 5], expected: [f64; 5]| {
            let systems: Vec<_> =
                (1..=5).zip(std_devs).map(|(mean, sd)| evidence(-f64::from(mean), sd)).collect();
            for (share, expected) in shares(&systems).into_iter().zip(expected) {
                assert!((share * 1000.0 - expected).abs() < 5.1e-5, "{share}, expected {expected}");
            }
        };
        check([1.0; 5], [421.823, 406.1341, 101.5335, 45.126, 25.3834]);
        check([1.0, 2.0, 3.0, 4.0, 5.0], [186.8714, 339.1471, 190.7702, 150.732, 132.4793]);
    }

    #[test]
    fn equal_means_share_nearly_all_between_them() {
        let found = shares(&[evidence(0.0, 1.0), evidence(0.0, 1.0), evidence(-1.0, 1.0)]);
        assert!((found[0] - 0.5).abs() < 1e-6 && (found[1] - 0.5).abs() < 1e-6, "{found:?}");
        assert_eq!(shares(&[evidence(0.0, 0.0), evidence(0.0, 0.0)]), [0.5, 0.5]);
    }

    #[test]
    fn one_comparison_has_its_normal_probability() {
        // A distance of 0.4 with errors of 0.2 each: the normal distribution function at √2.
        let found = correct_selection(&[evidence(0.4, 1.0), evidence(0.0, 1.0)], 0);
        assert!((found - 0.921_350_396_474_857_2).abs() < 1e-9, "{found}");
    }

    #[test]
    fn a_better_system_that_clearly_breaks_a_limit_needs_little() {
        let with = |merit, excess| Evidence { limits: vec![(excess, 1.0)], ..evidence(merit, 1.0) };
        let systems = [with(5.0, 4.0), with(1.0, -1.0), with(0.5, -3.0)];
        assert_eq!(best_of(&systems), 1);
        let found = shares(&systems);
        assert!(found[0] < 0.02 && found[1] > 0.4, "{found:?}");
        assert!(correct_selection(&systems, 1) > 0.9);
        assert_eq!(best_of(&[with(5.0, 4.0), with(1.0, 1.0)]), 1);
    }
}
