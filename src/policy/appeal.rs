//! Rule R12, a rule of this model and not of the source article: the loser of a ruling may appeal, once.
//!
//! A ruling that is appealed against has no effect until the second one, which is final. One that is not appealed against takes
//! effect at once: whether the loser will appeal in time is known in the model, though not to the platform.

use super::dispute::is_in_time;
use crate::sim::{Distribution, SimTime, Span, Weekday};

/// Until when a ruling may be appealed against, and how the platform then rules.
#[derive(Clone, Debug, PartialEq)]
pub struct AppealRule {
    /// An appeal is heard until so long after the ruling; `None` where the platform hears none.
    pub deadline: Option<Span>,
    /// Time from the appeal to the second ruling, in seconds.
    pub delay: Distribution,
    /// Share of second rulings that follow the truth; the others lean as the first ones do.
    pub accuracy: f64,
}

impl AppealRule {
    /// Whether an appeal made at `appealed` against a ruling of the instant `ruled` is heard: the last instant counts.
    pub fn hears(&self, appealed: SimTime, ruled: SimTime, day_zero: Weekday) -> bool {
        self.deadline.is_some_and(|span| is_in_time(appealed, span.after(ruled, day_zero)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::SimDuration;

    fn rule(deadline: Option<Span>) -> AppealRule {
        AppealRule { deadline, delay: Distribution::Constant(0.0), accuracy: 1.0 }
    }

    #[test]
    fn the_last_instant_of_the_time_to_appeal_counts() {
        let ten_days = rule(Some(Span::Elapsed(SimDuration::from_days(10))));
        let hears = |seconds: i64| ten_days.hears(SimTime(5 + seconds), SimTime(5), Weekday::Monday);
        assert!(hears(0) && hears(864_000) && !hears(864_001));
    }

    #[test]
    fn without_a_deadline_none_is_heard_and_with_one_that_never_comes_all_are() {
        let at = SimTime(1 << 40);
        assert!(!rule(None).hears(SimTime(0), SimTime(0), Weekday::Monday));
        assert!(rule(Some(Span::Never)).hears(at, SimTime(0), Weekday::Monday));
    }
}
