//! Whether a system keeps to a limit.

use super::boundary::{h_squared, half_width};
use crate::stats::quantile::student_t_quantile;

/// The side of a limit that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The limit and what is below it.
    AtMost,
    /// The limit and what is above it.
    AtLeast,
}

/// A limit to the mean of a system's output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constraint {
    /// The allowed side.
    pub side: Side,
    /// The limit, in the output's unit.
    pub limit: f64,
    /// How far from the limit a mean has to be for the stated confidence; nearer, either answer is acceptable. Greater
    /// than 0, in the output's unit.
    pub tolerance: f64,
}

impl Constraint {
    /// How far a value lies beyond the limit; negative on the allowed side.
    pub fn excess(&self, value: f64) -> f64 {
        match self.side {
            Side::AtMost => value - self.limit,
            Side::AtLeast => self.limit - value,
        }
    }
}

/// What is known about a system and a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feasibility {
    /// It keeps to it.
    Feasible,
    /// It does not.
    Infeasible,
    /// It takes more replications to tell.
    Undecided,
}

/// The feasibility from a fixed number of replications: the whole one-sided Student interval is on one side.
///
/// `error` is the probability of either wrong answer if it is asked once; asked again and again as replications come in
/// it is larger, for which there is [`FeasibilityTest`]. A deviation of 0 tells nothing, except for a mean of its own.
pub fn feasibility(
    constraint: &Constraint,
    mean: f64,
    std_dev: f64,
    replications: u32,
    error: f64,
) -> Feasibility {
    if replications < 2 {
        return Feasibility::Undecided;
    }
    let n = f64::from(replications);
    let reach = student_t_quantile(1.0 - error, n - 1.0) * std_dev / n.sqrt();
    let excess = constraint.excess(mean);
    if excess + reach <= 0.0 {
        Feasibility::Feasible
    } else if excess - reach > 0.0 {
        Feasibility::Infeasible
    } else {
        Feasibility::Undecided
    }
}

/// A test of one system against one limit that may be looked at after every replication.
///
/// The sum of the distances from the limit runs until it leaves a region that narrows: D. Batur and S.-H. Kim,
/// "Finding feasible systems in the presence of constraints on multiple performance measures" (ACM TOMACS 20, 2010), for
/// normal outputs. If the mean is at least the tolerance away from the limit, the answer is wrong with at most the
/// probability `error`.
#[derive(Clone, Debug)]
pub struct FeasibilityTest {
    constraint: Constraint,
    h_squared: f64,
    first: u32,
    /// Distances of the first replications, until their variance is known.
    excesses: Vec<f64>,
    variance: f64,
    sum: f64,
    replications: u32,
    verdict: Feasibility,
}

impl FeasibilityTest {
    /// Begins; the variance comes from the `first` replications, at least 2.
    pub fn new(constraint: Constraint, error: f64, first: u32) -> Self {
        Self {
            constraint,
            h_squared: h_squared(error, first),
            first,
            excesses: Vec::new(),
            variance: 0.0,
            sum: 0.0,
            replications: 0,
            verdict: Feasibility::Undecided,
        }
    }

    /// Takes the value of the next replication; once there is an answer it stays.
    pub fn tell(&mut self, value: f64) -> Feasibility {
        if self.verdict != Feasibility::Undecided {
            return self.verdict;
        }
        let excess = self.constraint.excess(value);
        self.sum += excess;
        self.replications += 1;
        if self.replications <= self.first {
            self.excesses.push(excess);
        }
        if self.replications == self.first {
            self.variance = super::variance(&self.excesses);
            self.excesses = Vec::new();
        }
        if self.replications >= self.first {
            let mean = self.sum / f64::from(self.replications);
            let tolerance = self.constraint.tolerance;
            let width = half_width(self.h_squared, self.variance, tolerance, self.replications);
            if mean <= -width {
                self.verdict = Feasibility::Feasible;
            } else if mean >= width {
                self.verdict = Feasibility::Infeasible;
            }
        }
        self.verdict
    }

    /// The answer so far.
    pub const fn verdict(&self) -> Feasibility {
        self.verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_MOST: Constraint = Constraint { side: Side::AtMost, limit: 10.0, tolerance: 1.0 };

    #[test]
    fn a_fixed_sample_decides_by_its_one_sided_interval() {
        // t(0.95, 9) = 1.833 times 1 / sqrt 10 is 0.5797.
        for (mean, expected) in [
            (9.42, Feasibility::Feasible),
            (9.43, Feasibility::Undecided),
            (10.57, Feasibility::Undecided),
            (10.58, Feasibility::Infeasible),
        ] {
            assert_eq!(feasibility(&AT_MOST, mean, 1.0, 10, 0.05), expected, "{mean}");
            let at_least = Constraint { side: Side::AtLeast, ..AT_MOST };
            assert_eq!(feasibility(&at_least, 20.0 - mean, 1.0, 10, 0.05), expected, "{mean}");
        }
        assert_eq!(feasibility(&AT_MOST, 0.0, 0.0, 1, 0.05), Feasibility::Undecided);
    }

    #[test]
    fn a_test_that_goes_on_answers_as_soon_as_the_sum_leaves_its_region() {
        let mut test = FeasibilityTest::new(AT_MOST, 0.05, 4);
        let mut answers = Vec::new();
        for step in 0..40 {
            answers.push(test.tell(9.5 + if step % 2 == 0 { 1.5 } else { -1.5 }));
        }
        // S² = 3, h² = 2 * 1.8208 * 3 = 10.925: the region closes at r = 32.8, and -0.5 r <= -(h² S² - r) / 2 at r = 16.4.
        let decided = answers.iter().position(|answer| *answer != Feasibility::Undecided);
        assert_eq!(decided, Some(17));
        assert_eq!(test.verdict(), Feasibility::Feasible);
    }

    #[test]
    fn outputs_that_never_vary_are_decided_at_once() {
        let mut test = FeasibilityTest::new(AT_MOST, 0.05, 3);
        assert_eq!([10.1; 3].map(|value| test.tell(value))[2], Feasibility::Infeasible);
        let mut test = FeasibilityTest::new(AT_MOST, 0.05, 3);
        assert_eq!([10.0; 3].map(|value| test.tell(value))[2], Feasibility::Feasible);
    }
}
