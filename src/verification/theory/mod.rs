//! Closed forms: distributions of delays and products of probabilities here, [`queues`], [`schedules`], [`chains`] and [`counts`]
//! beside them.

pub mod chains;
pub mod counts;
pub mod queues;
pub mod schedules;

use crate::sim::distribution::standard_normal_cdf;

/// `P(X > x)` of a lognormal: `1 - Phi((ln x - ln median) / sigma)`.
pub fn lognormal_tail(x: f64, median: f64, sigma: f64) -> f64 {
    standard_normal_cdf((median.ln() - x.ln()) / sigma)
}

/// Mean of a lognormal: `median exp(sigma^2 / 2)`.
pub fn lognormal_mean(median: f64, sigma: f64) -> f64 {
    median * (sigma * sigma / 2.0).exp()
}

/// Mean of an exponential time of mean `m` that is at most `d`: `m - d e / (1 - e)`, `e = exp(-d / m)`.
pub fn exponential_mean_below(m: f64, d: f64) -> f64 {
    let e = (-d / m).exp();
    m - d * e / (1.0 - e)
}

/// `P(T > P)` of two lognormals `(median, sigma)` joined by a Gaussian copula: their logarithms are jointly normal,
/// so it is `Phi((m_T - m_P) / sqrt(s_T^2 + s_P^2 - 2 r s_T s_P))`.
pub fn later_than_promised(transit: (f64, f64), promise: (f64, f64), correlation: f64) -> f64 {
    let variance = transit.1.powi(2) + promise.1.powi(2) - 2.0 * correlation * transit.1 * promise.1;
    standard_normal_cdf((transit.0 / promise.0).ln() / variance.sqrt())
}

/// How a filed dispute ends, in two rounds: silence, else acceptance, else a counter-offer that is taken, else (in the
/// first round) a modification, else the platform or withdrawal. Products of probabilities, each of a filed dispute.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    /// Nobody answered.
    pub silent: f64,
    /// The seller accepted.
    pub accepted: f64,
    /// A counter-offer was taken.
    pub countered: f64,
    /// The request was modified.
    pub modified: f64,
    /// The buyer gave up.
    pub withdrawn: f64,
    /// Ruled for the buyer.
    pub for_buyer: f64,
    /// Ruled for the seller.
    pub for_seller: f64,
}

/// Probabilities on a dispute's way.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    /// Nobody answers.
    pub silent: f64,
    /// The seller accepts.
    pub accepts: f64,
    /// A rejection comes with a counter-offer.
    pub counters: f64,
    /// The buyer takes a counter-offer.
    pub takes: f64,
    /// The buyer modifies a rejected request.
    pub modifies: f64,
    /// The buyer waits for the platform after the last rejection.
    pub waits: f64,
    /// A ruling follows the truth.
    pub accuracy: f64,
    /// A ruling that does not is for the buyer.
    pub favour: f64,
}

impl Ways {
    /// The ends of disputes that are legitimate, or that are not.
    pub fn ends(&self, is_legitimate: bool) -> Ends {
        let rejected = (1.0 - self.silent) * (1.0 - self.accepts);
        let unsettled = rejected * (1.0 - self.counters * self.takes);
        let modified = unsettled * self.modifies;
        let rounds = 1.0 + modified;
        let left = unsettled * (1.0 - self.modifies) + modified * unsettled;
        let ruled_true = if is_legitimate { self.accuracy } else { 0.0 };
        let for_buyer = ruled_true + (1.0 - self.accuracy) * self.favour;
        Ends {
            silent: rounds * self.silent,
            accepted: rounds * (1.0 - self.silent) * self.accepts,
            countered: rounds * rejected * self.counters * self.takes,
            modified,
            withdrawn: left * (1.0 - self.waits),
            for_buyer: left * self.waits * for_buyer,
            for_seller: left * self.waits * (1.0 - for_buyer),
        }
    }
}

impl Ends {
    /// Probability of a refund.
    pub fn refunded(&self) -> f64 {
        self.silent + self.accepted + self.countered + self.for_buyer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lognormal_delays_have_their_reference_values() {
        for (d, missed) in
            [(1.0, 0.702), (2.0, 0.449), (3.0, 0.305), (5.0, 0.160), (7.0, 0.094), (10.0, 0.049)]
        {
            assert!((lognormal_tail(d, 0.559_f64.exp(), 1.055) - missed).abs() < 6e-4, "{d} days");
        }
    }

    #[test]
    fn every_dispute_ends_in_one_way() {
        let ways = Ways {
            silent: 0.1,
            accepts: 0.4,
            counters: 0.5,
            takes: 0.3,
            modifies: 0.25,
            waits: 0.6,
            accuracy: 0.7,
            favour: 0.4,
        };
        for is_legitimate in [true, false] {
            let ends = ways.ends(is_legitimate);
            let all = ends.refunded() + ends.withdrawn + ends.for_seller;
            assert!((all - 1.0).abs() < 1e-12, "{all}");
        }
    }

    #[test]
    fn a_cut_off_exponential_has_the_mean_of_its_integral() {
        let (m, d, steps) = (2.0, 5.0, 100_000);
        let at = |i: i32| (f64::from(i) + 0.5) * d / f64::from(steps);
        let density = |x: f64| (-x / m).exp() / m * d / f64::from(steps);
        let (mass, moment) =
            (0..steps).map(at).fold((0.0, 0.0), |sum, x| (sum.0 + density(x), sum.1 + x * density(x)));
        assert!((exponential_mean_below(m, d) - moment / mass).abs() < 1e-8);
    }
}
