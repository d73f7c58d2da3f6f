//! Rule R7: the dispute rate, its starting threshold, and the ranking penalty above it.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::rate::Rate;

/// Which disputes the numerator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Filed and not withdrawn.
    Filed,
    /// Ended in a refund: agreed, executed by silence, or ruled for the buyer (R7 read literally).
    Refunded,
    /// Ruled for the buyer with the seller held liable.
    Ruled,
}

/// Which orders the denominator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denominator {
    /// Orders confirmed or completed automatically, and disputes filed, in the window.
    Closed,
    /// Orders placed in the window.
    Placed,
}

/// How the search weight falls with the excess of the rate over its threshold.
///
/// The excess is relative: (rate - threshold) / threshold, and 0 at the threshold.
#[derive(Clone, Debug, PartialEq)]
pub enum PenaltyCurve {
    /// Weight 1 always.
    None,
    /// `1 - slope * excess`, not below `floor`.
    Linear {
        /// Loss of weight for each multiple of the threshold.
        slope: f64,
        /// Lowest weight.
        floor: f64,
    },
    /// `exp(-slope * excess)`, not below `floor`.
    Exponential {
        /// Exponent for each multiple of the threshold.
        slope: f64,
        /// Lowest weight.
        floor: f64,
    },
    /// The weight of the last step whose `above` the rate exceeds; 1 below the first.
    Steps(Vec<PenaltyStep>),
}

/// One step of a penalty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PenaltyStep {
    /// The rate above which the step holds.
    pub above: Rate,
    /// The search weight there, in `[0, 1]`.
    pub weight: f64,
}

/// How the dispute rate is counted and what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct DisputeRateRule {
    /// Length of the trailing window, in days.
    pub window: u16,
    /// What the numerator counts.
    pub basis: Basis,
    /// What the denominator counts.
    pub denominator: Denominator,
    /// Below so many orders in the denominator the rate has no effect.
    pub minimum_orders: u32,
    /// Below so many disputes in the numerator the rate has no effect.
    pub minimum_disputes: u32,
    /// The starting threshold; a rate at or below it has no effect.
    pub threshold: Rate,
    /// What a higher rate does to the search weight.
    pub penalty: PenaltyCurve,
}

impl DisputeRateRule {
    /// Whether the rate of `disputes` among `orders` is assessed and above the threshold.
    ///
    /// No branch decides, so that many sellers can be looked at side by side.
    #[inline(always)]
    #[allow(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch, which lanes cannot take")]
    pub const fn is_above(&self, disputes: u32, orders: u32) -> bool {
        (orders >= self.minimum_orders)
            & (disputes >= self.minimum_disputes)
            & self.threshold.is_exceeded_by(disputes, orders)
    }

    /// The multiplier on the seller's search weight: exactly 1 unless [`Self::is_above`].
    pub fn weight(&self, disputes: u32, orders: u32) -> f64 {
        if !self.is_above(disputes, orders) {
            return 1.0;
        }
        let rate = f64::from(disputes) / f64::from(orders);
        let excess = (rate - self.threshold.share()) / self.threshold.share().max(1e-9);
        match &self.penalty {
            PenaltyCurve::None => 1.0,
            PenaltyCurve::Linear { slope, floor } => (1.0 - slope * excess).max(*floor),
            PenaltyCurve::Exponential { slope, floor } => (-slope * excess).exp().max(*floor),
            PenaltyCurve::Steps(steps) => steps
                .iter()
                .rev()
                .find(|step| step.above.is_exceeded_by(disputes, orders))
                .map_or(1.0, |step| step.weight),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> DisputeRateRule {
        DisputeRateRule {
            window: 30,
            basis: Basis::Filed,
            denominator: Denominator::Closed,
            minimum_orders: 100,
            minimum_disputes: 0,
            threshold: Rate::new(0.03),
            penalty: PenaltyCurve::Linear { slope: 0.5, floor: 0.2 },
        }
    }

    #[test]
    fn one_dispute_below_the_threshold_leaves_the_weight_exactly_one() {
        assert_eq!(rule().weight(3, 100).to_bits(), 1.0_f64.to_bits());
        assert!(rule().weight(4, 100) < 1.0);
    }

    #[test]
    fn one_order_below_the_minimum_volume_leaves_the_weight_exactly_one() {
        assert_eq!(rule().weight(99, 99).to_bits(), 1.0_f64.to_bits());
        assert!(rule().weight(99, 100) < 1.0);
    }

    #[test]
    fn the_weight_falls_with_the_rate_and_stops_at_the_floor() {
        let weights: Vec<f64> = (3..=100).map(|disputes| rule().weight(disputes, 100)).collect();
        assert!(weights.windows(2).all(|pair| pair[1] <= pair[0]));
        assert!((weights[97] - 0.2).abs() < 1e-12);
        let steps = DisputeRateRule {
            penalty: PenaltyCurve::Steps(vec![
                PenaltyStep { above: Rate::new(0.03), weight: 0.9 },
                PenaltyStep { above: Rate::new(0.10), weight: 0.5 },
            ]),
            ..rule()
        };
        assert!((steps.weight(10, 100) - 0.9).abs() < 1e-12);
        assert!((steps.weight(11, 100) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_excess_is_relative_to_the_threshold() {
        let weight = |penalty, disputes| DisputeRateRule { penalty, ..rule() }.weight(disputes, 200);
        // A rate of 6 % is once the threshold above it, one of 12 % three times.
        let linear = PenaltyCurve::Linear { slope: 0.25, floor: 0.0 };
        assert!((weight(linear.clone(), 12) - 0.75).abs() < 1e-12);
        assert!((weight(linear, 24) - 0.25).abs() < 1e-12);
        let exponential = PenaltyCurve::Exponential { slope: 0.5, floor: 0.0 };
        assert!((weight(exponential.clone(), 12) - (-0.5_f64).exp()).abs() < 1e-12);
        assert!((weight(exponential, 24) - (-1.5_f64).exp()).abs() < 1e-12);
        let bounded = PenaltyCurve::Exponential { slope: 0.5, floor: 0.4 };
        assert!((weight(bounded, 24) - 0.4).abs() < 1e-12);
    }
}
