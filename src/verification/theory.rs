//! Closed forms. Time is measured in mean services unless a docstring says otherwise.

use crate::sim::distribution::standard_normal_cdf;

/// Whether the load is 1, at which most formulas of queues are limits.
fn is_one(load: f64) -> bool {
    (load - 1.0).abs() < 1e-12
}

/// Share of an M/M/1 queue that leaves unfinished at a deadline `x`, waiting or in service:
/// `(1 - rho) e / (1 - rho e)` with `e = exp(-(1 - rho) x)`; at load 1, `1 / (1 + x)`.
///
/// The work in the system is that of a dam that overflows at `x` (the truncated dam; Cohen, The Single Server Queue, 1982).
pub fn not_finished(x: f64, load: f64) -> f64 {
    if is_one(load) {
        return 1.0 / (1.0 + x);
    }
    let e = (-(1.0 - load) * x).exp();
    (1.0 - load) * e / (1.0 - load * e)
}

/// Share of an M/M/c queue that leaves because it has not started by a deadline `x`:
/// `(1 - rho) p / (1 - rho p)` with `p = C(c, a) exp(-(c - a) x)`; for one agent at load 1, `1 / (2 + x)`.
///
/// Barrer (1957) for one agent; Boots and Tijms (1999) for several.
pub fn not_started(x: f64, load: f64, agents: u16) -> f64 {
    if is_one(load) {
        return 1.0 / (2.0 + x);
    }
    let c = f64::from(agents);
    let p = erlang_c(agents, load * c) * (-c * (1.0 - load) * x).exp();
    (1.0 - load) * p / (1.0 - load * p)
}

/// Share of an M/M/c queue not answered by a deadline `x` at which a case leaves only while it waits.
///
/// The virtual wait has the density `l q exp(-(c - l) v)` below the deadline, `l = rho c` arrivals and `q` the
/// probability of `c - 1` busy agents, and tails `c exp(-c v)` above it (Baccelli and Hebuterne, 1981). A case
/// is not answered if it finds more than `x` of wait, or less and its own service ends after `x`.
pub fn not_answered(x: f64, load: f64, agents: u16) -> f64 {
    let c = f64::from(agents);
    let arrivals = load * c;
    let (mut term, mut idle, mut last) = (1.0, 0.0, 1.0);
    for k in 0..agents {
        idle += term;
        last = term;
        term *= arrivals / (f64::from(k) + 1.0);
    }
    let density = arrivals * last;
    let integral = |rate: f64| if rate.abs() < 1e-12 { x } else { (1.0 - (-rate * x).exp()) / rate };
    let decay = c - arrivals;
    let whole = idle + density * (integral(decay) + (-decay * x).exp() / c);
    let waits_too_long = density * (-decay * x).exp() / c;
    let served_late = idle * (-x).exp() + density * (-x).exp() * integral(decay - 1.0);
    (waits_too_long + served_late) / whole
}

/// Probability that all `c` agents are busy at offered load `a` (Erlang C), by the recursion of Erlang B:
/// `B(0) = 1`, `B(k) = a B(k - 1) / (k + a B(k - 1))`.
pub fn erlang_c(c: u16, a: f64) -> f64 {
    let blocked = (1..=c).fold(1.0, |blocked, k| a * blocked / (f64::from(k) + a * blocked));
    let load = a / f64::from(c);
    blocked / (1.0 - load * (1.0 - blocked))
}

/// Mean response of M/M/c: `1 + C(c, a) / (c - a)` services.
pub fn response_of_agents(agents: u16, load: f64) -> f64 {
    let c = f64::from(agents);
    1.0 + erlang_c(agents, load * c) / (c * (1.0 - load))
}

/// Mean response of M/G/1: `1 + rho (1 + s) / (2 (1 - rho))` services, `s` the squared coefficient of variation
/// of a service (Pollaczek and Khinchine).
pub fn response_of_one(load: f64, variation: f64) -> f64 {
    1.0 + load * (1.0 + variation) / (2.0 * (1.0 - load))
}

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

    /// Values of deadline queues: `mu d`, load, not finished, not started.
    const DEADLINES: [(f64, f64, f64, f64); 8] = [
        (3.0, 0.5, 0.125_57, 0.059_08),
        (5.0, 0.5, 0.042_80, 0.020_95),
        (2.0, 0.8, 0.289_09, 0.187_83),
        (3.0, 0.8, 0.195_67, 0.135_35),
        (5.0, 0.8, 0.104_26, 0.076_99),
        (5.0, 0.9, 0.133_56, 0.107_31),
        (5.0, 1.0, 0.166_67, 0.142_86),
        (5.0, 1.2, 0.240_35, 0.223_86),
    ];

    #[test]
    fn deadline_queues_have_their_reference_values() {
        for (x, load, finished, started) in DEADLINES {
            assert!((not_finished(x, load) - finished).abs() < 6e-6, "{x} {load}");
            assert!((not_started(x, load, 1) - started).abs() < 6e-6, "{x} {load}");
        }
        for (agents, arrivals, x, started) in
            [(3, 2.7, 2.0, 0.075_183), (5, 4.75, 2.0, 0.053_865), (10, 9.5, 1.0, 0.047_754)]
        {
            assert!(
                (not_started(x, arrivals / f64::from(agents), agents) - started).abs() < 6e-7,
                "{agents}"
            );
        }
    }

    /// For one agent the two have probabilities in the proportion `rho` to `1 + rho`.
    #[test]
    fn the_share_not_answered_follows_from_the_share_not_started() {
        for (x, load, ..) in DEADLINES {
            let answered = not_started(x, load, 1) * (1.0 + load) / load;
            assert!((not_answered(x, load, 1) - answered).abs() < 1e-12, "{x} {load}");
        }
    }

    #[test]
    fn waits_without_deadline_have_their_reference_values() {
        for (agents, load, wait) in
            [(1, 0.8, 4.0), (2, 0.8, 1.777_777_8), (5, 0.8, 0.554_112_554_1), (10, 0.9, 0.668_731_524_1)]
        {
            assert!((response_of_agents(agents, load) - 1.0 - wait).abs() < 1e-7, "c = {agents}");
        }
        for (variation, wait) in [(0.0, 2.0), (0.5, 3.0), (1.0 / 3.0, 2.666_666_7), (2.0, 6.0)] {
            assert!((response_of_one(0.8, variation) - 1.0 - wait).abs() < 1e-7, "scv = {variation}");
        }
    }

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
