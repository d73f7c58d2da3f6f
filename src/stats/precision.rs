//! Replications until estimates are as precise as asked for.

/// How narrow an interval shall be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// Half of its width at most, in the unit of the mean; greater than 0.
    Absolute(f64),
    /// The error of the mean at most, as a share of the true mean; in `(0, 1)`.
    Relative(f64),
}

impl Target {
    /// The half width that an estimate with this mean may have.
    ///
    /// The share `g` of the true mean is `g / (1 + g)` of the estimated one (A. M. Law, Simulation Modeling and
    /// Analysis, 9.4.1): if `|estimate - mean| <= g' |estimate|`, then `|estimate - mean| <= g |mean|`.
    pub fn half_width(self, mean: f64) -> f64 {
        match self {
            Self::Absolute(width) => width,
            Self::Relative(share) => share / (1.0 + share) * mean.abs(),
        }
    }

    /// Whether an estimate is precise enough. A relative target is out of reach where the mean is 0.
    pub fn is_met(self, estimate: &Progress) -> bool {
        let wanted = self.half_width(estimate.mean);
        wanted > 0.0 && estimate.half_width <= wanted
    }

    /// What an estimate has reached, in the terms of the target: half of the interval's width, or the largest error
    /// as a share of the true mean; `None` if that share has no bound.
    pub fn achieved(self, estimate: &Progress) -> Option<f64> {
        match self {
            Self::Absolute(_) => Some(estimate.half_width),
            Self::Relative(_) => {
                let share = estimate.half_width / estimate.mean.abs();
                (share < 1.0).then(|| share / (1.0 - share))
            }
        }
    }
}

/// Where an estimate stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// The mean so far.
    pub mean: f64,
    /// Half the width of its interval, at the confidence that [`Precision::confidence`] gives.
    pub half_width: f64,
}

/// What is asked for, and how far to go for it.
#[derive(Clone, Debug, PartialEq)]
pub struct PrecisionRules {
    /// One target per estimate; all have to be met.
    pub targets: Vec<Target>,
    /// Replications before the first look; 10 or more, because an interval of few is narrow by chance.
    pub first: u32,
    /// Replications at most.
    pub most: u32,
    /// Replications over which the targets have to stay met, as of the first 100; more of more, in proportion.
    /// 0 stops at the first success, 5 is usual.
    pub look_ahead: u32,
    /// Confidence of the intervals, in `(0, 1)`.
    pub confidence: f64,
    /// Whether the confidence is that of all intervals together (Bonferroni) and not of each by itself.
    pub is_joint: bool,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrecisionVerdict {
    /// All targets have been met since so many replications, and stayed met as long as asked for.
    Enough {
        /// Replications at which they were met first.
        since: u32,
    },
    /// So many more replications, at least 1.
    More(u32),
    /// The most replications are done and the targets are not met for good.
    Capped,
}

/// A run to precision with a look ahead.
///
/// It follows K. Hoad, S. Robinson and R. Davies, "Automated selection of the number of replications for a
/// discrete-event simulation" (Journal of the Operational Research Society 61, 2010). A stopping rule that looks at the
/// interval makes its coverage slightly lower than its confidence.
#[derive(Clone, Debug)]
pub struct Precision {
    rules: PrecisionRules,
    since: Option<u32>,
}

impl Precision {
    /// Begins.
    pub const fn new(rules: PrecisionRules) -> Self {
        Self { rules, since: None }
    }

    /// Replications to begin with.
    pub fn first(&self) -> u32 {
        self.rules.first.clamp(1, self.rules.most.max(1))
    }

    /// The confidence that each interval has to have.
    pub fn confidence(&self) -> f64 {
        let family = if self.rules.is_joint { self.rules.targets.len().max(1) as f64 } else { 1.0 };
        1.0 - (1.0 - self.rules.confidence) / family
    }

    /// Takes one estimate per target, over the first `replications`; `None` if there is none yet.
    ///
    /// To be called at every number of replications from [`Self::first`] in order, also within a batch, until it says
    /// something else than `More`: then the answer does not depend on how large batches were. Replications beyond are
    /// to be left out.
    pub fn tell(&mut self, replications: u32, estimates: &[Option<Progress>]) -> PrecisionVerdict {
        let targets = || self.rules.targets.iter().zip(estimates);
        let is_met = estimates.len() == self.rules.targets.len()
            && targets().all(|(target, estimate)| estimate.as_ref().is_some_and(|now| target.is_met(now)));
        let since = if is_met { Some(self.since.unwrap_or(replications)) } else { None };
        let until = match since {
            Some(since) => since.saturating_add(self.ahead(since)),
            None => targets()
                .map(|(target, estimate)| predicted(*target, estimate.as_ref(), replications))
                .fold(replications + 1, u32::max),
        };
        self.since = since;
        match since {
            Some(since) if until <= replications => PrecisionVerdict::Enough { since },
            _ if replications >= self.rules.most => PrecisionVerdict::Capped,
            _ => PrecisionVerdict::More(until.min(self.rules.most) - replications),
        }
    }

    /// Replications to look ahead from a number of replications.
    fn ahead(&self, since: u32) -> u32 {
        (u64::from(self.rules.look_ahead) * u64::from(since.max(100)) / 100) as u32
    }
}

/// How many replications a target takes if the deviation stays: `n (half width / target)^2`, rounded up. At most twice
/// as many as there are, because a deviation from few replications is uncertain.
fn predicted(target: Target, estimate: Option<&Progress>, replications: u32) -> u32 {
    let twice = replications.saturating_mul(2);
    let Some(estimate) = estimate else { return twice };
    let ratio = estimate.half_width / target.half_width(estimate.mean);
    let needed = (f64::from(replications) * ratio * ratio).ceil();
    // A ratio that is no number has nothing to predict from.
    if needed < f64::from(twice) { needed as u32 } else { twice }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(targets: &[Target]) -> PrecisionRules {
        PrecisionRules {
            targets: targets.to_vec(),
            first: 10,
            most: 1000,
            look_ahead: 0,
            confidence: 0.95,
            is_joint: false,
        }
    }

    const fn at(mean: f64, half_width: f64) -> Progress {
        Progress { mean, half_width }
    }

    #[test]
    fn five_percent_of_the_true_mean_are_0_047619_of_the_estimated_one() {
        let wanted = Target::Relative(0.05).half_width(-1.0);
        assert!((wanted - 0.047_619_047_619_047_616).abs() < 1e-16);
        let share = Target::Relative(0.05).achieved(&Progress { mean: -1.0, half_width: wanted });
        assert!((share.unwrap() - 0.05).abs() < 1e-15);
    }

    #[test]
    fn the_batch_is_what_the_half_width_predicts_and_at_most_doubles() {
        let mut precision = Precision::new(rules(&[Target::Absolute(1.0)]));
        assert_eq!(precision.tell(10, &[Some(at(5.0, 1.2))]), PrecisionVerdict::More(5));
        assert_eq!(precision.tell(15, &[Some(at(5.0, 9.0))]), PrecisionVerdict::More(15));
        assert_eq!(precision.tell(16, &[None]), PrecisionVerdict::More(16));
        assert_eq!(precision.tell(17, &[Some(at(5.0, 1.0))]), PrecisionVerdict::Enough { since: 17 });
    }

    #[test]
    fn every_target_has_to_be_met_at_once() {
        let mut precision = Precision::new(rules(&[Target::Absolute(1.0), Target::Relative(0.1)]));
        assert_eq!(precision.tell(10, &[Some(at(5.0, 0.9)), Some(at(2.0, 0.2))]), PrecisionVerdict::More(3));
        let enough = PrecisionVerdict::Enough { since: 13 };
        assert_eq!(precision.tell(13, &[Some(at(5.0, 0.9)), Some(at(2.0, 0.18))]), enough);
    }

    #[test]
    fn targets_have_to_stay_met_over_the_look_ahead() {
        let mut precision =
            Precision::new(PrecisionRules { look_ahead: 3, ..rules(&[Target::Absolute(1.0)]) });
        assert_eq!(precision.tell(10, &[Some(at(5.0, 0.9))]), PrecisionVerdict::More(3));
        assert_eq!(precision.tell(11, &[Some(at(5.0, 0.9))]), PrecisionVerdict::More(2));
        assert_eq!(precision.tell(12, &[Some(at(5.0, 1.1))]), PrecisionVerdict::More(3));
        for replications in 13..16 {
            let more = PrecisionVerdict::More(16 - replications);
            assert_eq!(precision.tell(replications, &[Some(at(5.0, 1.0))]), more);
        }
        assert_eq!(precision.tell(16, &[Some(at(5.0, 1.0))]), PrecisionVerdict::Enough { since: 13 });
    }

    #[test]
    fn beyond_a_hundred_replications_the_look_ahead_grows_with_them() {
        let mut precision =
            Precision::new(PrecisionRules { look_ahead: 5, ..rules(&[Target::Absolute(1.0)]) });
        assert_eq!(precision.tell(250, &[Some(at(5.0, 0.9))]), PrecisionVerdict::More(12));
    }

    #[test]
    fn the_cap_ends_what_cannot_be_reached() {
        let mut precision = Precision::new(PrecisionRules { most: 12, ..rules(&[Target::Relative(0.1)]) });
        assert_eq!(precision.tell(10, &[Some(at(0.0, 0.0))]), PrecisionVerdict::More(2));
        assert_eq!(precision.tell(12, &[Some(at(0.0, 0.0))]), PrecisionVerdict::Capped);
        assert_eq!(Target::Relative(0.1).achieved(&Progress { mean: 0.0, half_width: 0.0 }), None);
    }

    #[test]
    fn joint_confidence_is_shared_among_the_targets() {
        let joint = Precision::new(PrecisionRules { is_joint: true, ..rules(&[Target::Absolute(1.0); 5]) });
        assert!((joint.confidence() - 0.99).abs() < 1e-12);
        assert!((Precision::new(rules(&[Target::Absolute(1.0); 5])).confidence() - 0.95).abs() < 1e-12);
    }
}
