//! Rule R7: the seller service score, 100 points in components.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

/// One component of the score: full marks up to a starting rate, falling in a line to the lowest marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreComponent {
    /// Marks at or below `starts_at`.
    pub points: f64,
    /// Marks at or above `worst`; may be negative.
    pub floor: f64,
    /// The rate up to which nothing is lost.
    pub starts_at: f64,
    /// The rate at which the marks reach the floor, above `starts_at`.
    pub worst: f64,
}

impl ScoreComponent {
    /// Marks at `rate`: exactly `points` up to the starting rate.
    #[inline(always)]
    pub fn marks(&self, rate: f64) -> f64 {
        let fallen = ((rate - self.starts_at) / (self.worst - self.starts_at)).min(1.0);
        let marks = self.points + (self.floor - self.points) * fallen;
        if rate <= self.starts_at { self.points } else { marks }
    }
}

/// What a mean score of at least `at` earns in search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreLevel {
    /// Lowest score of the level.
    pub at: f64,
    /// Multiplier on the search weight.
    pub weight: f64,
}

/// The rates that the score judges, over the trailing window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ServiceRates {
    /// Transactions not sold, of orders placed.
    pub not_sold: f64,
    /// Not-received disputes, of orders closed.
    pub not_received: f64,
    /// Not-as-described disputes, of orders closed.
    pub not_as_described: f64,
    /// Orders delivered defective, of orders delivered; what buyers' ratings of the item tell.
    pub defective: f64,
    /// Disputes executed by silence, of disputes filed; what ratings of the service tell (R11).
    pub unanswered: f64,
    /// Orders delivered late, of orders delivered; what ratings of the logistics tell.
    pub late: f64,
}

/// The daily service score and the monthly level that follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceScoreRule {
    /// Length of the trailing window, in days.
    pub window: u16,
    /// Component for transactions not sold.
    pub not_sold: ScoreComponent,
    /// Component for not-received disputes.
    pub not_received: ScoreComponent,
    /// Component for not-as-described disputes.
    pub not_as_described: ScoreComponent,
    /// Component for ratings of the item.
    pub description: ScoreComponent,
    /// Component for ratings of the service.
    pub service: ScoreComponent,
    /// Component for ratings of the logistics.
    pub logistics: ScoreComponent,
    /// The level is set anew every so many days, from the mean score since the last time.
    pub level_every: u16,
    /// Levels in descending order of `at`; a score below them all has the last one's weight. Without
    /// levels the score is shown and does nothing.
    pub levels: Vec<ScoreLevel>,
}

impl ServiceScoreRule {
    /// The day's score: the sum of the components' marks.
    #[inline(always)]
    pub fn score(&self, rates: &ServiceRates) -> f64 {
        self.not_sold.marks(rates.not_sold)
            + self.not_received.marks(rates.not_received)
            + self.not_as_described.marks(rates.not_as_described)
            + self.description.marks(rates.defective)
            + self.service.marks(rates.unanswered)
            + self.logistics.marks(rates.late)
    }

    /// The multiplier on the search weight that a mean score earns.
    pub fn level_weight(&self, mean_score: f64) -> f64 {
        self.levels
            .iter()
            .find(|level| mean_score >= level.at)
            .or(self.levels.last())
            .map_or(1.0, |level| level.weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_keeps_full_marks_up_to_its_starting_rate() {
        let component = ScoreComponent { points: 10.0, floor: -100.0, starts_at: 0.02, worst: 0.12 };
        assert_eq!(component.marks(0.02).to_bits(), 10.0_f64.to_bits());
        assert!((component.marks(0.07) + 45.0).abs() < 1e-9);
        assert!((component.marks(0.5) + 100.0).abs() < 1e-9);
    }
}
