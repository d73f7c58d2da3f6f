//! Two objectives at once: which systems no other beats on both.

use super::{Goal, mean, variance};
use crate::stats::quantile::student_t_quantile;

/// What is known of a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrontStatus {
    /// No other system beats it on both objectives: each is surely worse on one of them.
    OnFront,
    /// Another system is surely at least as good on both objectives and better on one.
    Dominated {
        /// The first such system.
        by: usize,
    },
    /// It takes more replications to tell.
    NotDistinguishable,
}

/// A system's place.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontPlace {
    /// Means of the two objectives.
    pub means: [f64; 2],
    /// Whether no other system's means are at least as good on both objectives and better on one.
    pub is_on_front_by_means: bool,
    /// What is known with the confidence asked for.
    pub status: FrontStatus,
}

/// How a paired difference, as merit, compares with 0.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compared {
    Better,
    Equal,
    Worse,
    Unknown,
}

/// The places of systems with outputs `systems[system][replication]`, the same replications for all, at least two.
///
/// Every pair of systems has two paired Student intervals, one per objective, all of them together with a confidence of
/// `1 - error` (Bonferroni), so that with this probability every certain status is right. Differences that are 0 in every
/// replication count as equality.
pub fn pareto_front(systems: &[Vec<[f64; 2]>], goals: [Goal; 2], error: f64) -> Vec<FrontPlace> {
    let count = systems.len();
    let intervals = (count * count.saturating_sub(1)).max(1) as f64;
    let means: Vec<[f64; 2]> =
        systems.iter().map(|outputs| [0, 1].map(|at| mean(&column(outputs, at)))).collect();
    let beats = |winner: usize, loser: usize| {
        let apart = [0, 1].map(|at| goals[at].merit(means[winner][at]) - goals[at].merit(means[loser][at]));
        apart.iter().all(|&apart| apart >= 0.0) && apart.iter().any(|&apart| apart > 0.0)
    };
    let place = |system: usize| {
        let others = || (0..count).filter(move |&other| other != system);
        let compared = |other: usize| {
            [0, 1].map(|at| compare(&systems[other], &systems[system], at, goals[at], error / intervals))
        };
        let dominates = |other: &usize| {
            let compared = compared(*other);
            compared.iter().all(|&side| matches!(side, Compared::Better | Compared::Equal))
                && compared.contains(&Compared::Better)
        };
        let is_no_threat = |other: usize| {
            let compared = compared(other);
            compared.contains(&Compared::Worse) || compared == [Compared::Equal; 2]
        };
        let status = match others().find(dominates) {
            Some(by) => FrontStatus::Dominated { by },
            None if others().all(is_no_threat) => FrontStatus::OnFront,
            None => FrontStatus::NotDistinguishable,
        };
        let is_on_front_by_means = !others().any(|other| beats(other, system));
        FrontPlace { means: means[system], is_on_front_by_means, status }
    };
    (0..count).map(place).collect()
}

fn column(outputs: &[[f64; 2]], at: usize) -> Vec<f64> {
    outputs.iter().map(|output| output[at]).collect()
}

/// Whether the mean of `one` is better than that of `other`, by a two-sided interval that misses with `error`.
fn compare(one: &[[f64; 2]], other: &[[f64; 2]], at: usize, goal: Goal, error: f64) -> Compared {
    let differences: Vec<f64> =
        one.iter().zip(other).map(|(a, b)| goal.merit(a[at]) - goal.merit(b[at])).collect();
    if differences.len() < 2 {
        return Compared::Unknown;
    }
    let n = differences.len() as f64;
    let apart = mean(&differences);
    let reach = student_t_quantile(1.0 - error / 2.0, n - 1.0) * (variance(&differences) / n).sqrt();
    if apart - reach > 0.0 {
        Compared::Better
    } else if apart + reach < 0.0 {
        Compared::Worse
    } else if differences.iter().all(|&difference| difference == 0.0) {
        Compared::Equal
    } else {
        Compared::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::FrontStatus::{Dominated, OnFront};
    use super::*;

    /// Twenty replications around a mean, with noise of its own.
    fn outputs(mean: [f64; 2], noise: f64, phase: f64) -> Vec<[f64; 2]> {
        (0..20)
            .map(|at| {
                let angle = f64::from(at) * 2.4 + phase;
                [mean[0] + noise * angle.sin(), mean[1] + noise * (2.0 * angle).cos()]
            })
            .collect()
    }

    const BOTH_SMALL: [Goal; 2] = [Goal::Minimise, Goal::Minimise];

    fn statuses(systems: &[Vec<[f64; 2]>], goals: [Goal; 2]) -> Vec<FrontStatus> {
        pareto_front(systems, goals, 0.05).into_iter().map(|place| place.status).collect()
    }

    #[test]
    fn systems_far_apart_are_on_the_front_or_dominated() {
        let systems: Vec<_> = [[1.0, 5.0], [3.0, 3.0], [4.0, 4.0], [5.0, 1.0]]
            .iter()
            .zip(0_u8..)
            .map(|(mean, phase)| outputs(*mean, 0.1, f64::from(phase)))
            .collect();
        assert_eq!(statuses(&systems, BOTH_SMALL), [OnFront, OnFront, Dominated { by: 1 }, OnFront]);
        let both_large = [Goal::Maximise; 2];
        assert_eq!(statuses(&systems, both_large)[1..3], [Dominated { by: 2 }, OnFront]);
    }

    #[test]
    fn noise_larger_than_the_distance_cannot_tell() {
        let systems = [outputs([1.0, 1.0], 3.0, 0.0), outputs([1.1, 1.1], 3.0, 1.0)];
        let places = pareto_front(&systems, BOTH_SMALL, 0.05);
        assert!(places.iter().all(|place| place.status == FrontStatus::NotDistinguishable));
        assert_eq!(places.iter().filter(|place| place.is_on_front_by_means).count(), 1);
    }

    #[test]
    fn common_noise_is_paired_away() {
        let systems = [outputs([1.0, 1.0], 3.0, 0.0), outputs([1.1, 1.1], 3.0, 0.0)];
        assert_eq!(statuses(&systems, BOTH_SMALL), [OnFront, Dominated { by: 0 }]);
    }

    #[test]
    fn equality_on_one_objective_leaves_the_other_to_decide() {
        let systems = [outputs([1.0, 2.0], 0.3, 0.0), outputs([1.0, 1.0], 0.3, 0.0)];
        assert_eq!(statuses(&systems, BOTH_SMALL), [Dominated { by: 1 }, OnFront]);
        let twins = [systems[0].clone(), systems[0].clone()];
        assert_eq!(statuses(&twins, BOTH_SMALL), [OnFront, OnFront]);
    }
}
