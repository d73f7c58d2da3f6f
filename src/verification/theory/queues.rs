//! Desks as queues. Time is measured in mean services.

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

/// An M/M/n queue whose cases wait with an exponential patience and then leave (Erlang-A, of Palm).
#[derive(Clone, Copy, Debug)]
pub struct ErlangA {
    /// Share of cases that leave from the queue.
    pub abandoned: f64,
    /// Mean wait of all cases, those that leave included.
    pub wait: f64,
    /// Share of cases that find every agent busy.
    pub delayed: f64,
}

/// Erlang-A with rates of arrival, of service by an agent, and of losing patience, by its chain of births and deaths:
/// `p(k) = p(k - 1) arrivals / (min(k, n) service + max(k - n, 0) patience)`; by Little's law the queue is `arrivals` times
/// the wait, and the share that leaves is `patience` times the wait (Mandelbaum and Zeltyn, 2007).
pub fn erlang_a(arrivals: f64, service: f64, patience: f64, agents: u16) -> ErlangA {
    let n = u32::from(agents);
    let (mut term, mut whole, mut busy, mut queue) = (1.0_f64, 1.0, 0.0, 0.0);
    for k in 1_u32.. {
        let waiting = f64::from(k.saturating_sub(n));
        term *= arrivals / (f64::from(k.min(n)) * service + waiting * patience);
        whole += term;
        busy += if k >= n { term } else { 0.0 };
        queue += waiting * term;
        if k > n && term * waiting < 1e-18 * queue {
            break;
        }
    }
    let wait = queue / whole / arrivals;
    ErlangA { abandoned: patience * wait, wait, delayed: busy / whole }
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

    /// `(arrivals, service, patience, agents)` with the shares that leave and that wait, and the mean wait.
    #[test]
    fn queues_that_lose_patience_have_their_reference_values() {
        for (arrivals, service, patience, agents, abandoned, wait, delayed) in [
            (48.0, 1.0, 0.5, 50, 0.030_912_249_2, 0.061_824_498_3, 0.467_774_068_6),
            (10.0, 1.0, 1.0, 10, 0.125_110_035_7, 0.125_110_035_7, 0.542_070_285_5),
            (12.0, 1.0, 0.25, 10, 0.181_082_517, 0.724_330_068_1, 0.925_599_104_2),
            (0.9, 1.0, 0.5, 1, 0.284_956_141_9, 0.569_912_283_8, 0.643_539_472_3),
        ] {
            let queue = erlang_a(arrivals, service, patience, agents);
            assert!((queue.abandoned - abandoned).abs() < 1e-9, "{agents}: {queue:?}");
            assert!((queue.wait - wait).abs() < 1e-9, "{agents}: {queue:?}");
            assert!((queue.delayed - delayed).abs() < 1e-9, "{agents}: {queue:?}");
        }
    }

    /// `(load, deadline, agents)` with the share that leaves before its service starts.
    #[test]
    fn queues_with_a_constant_patience_have_their_reference_values() {
        for (load, x, agents, left) in [
            (0.9, 1.0, 1, 0.304_908_087_1),
            (1.2, 2.0, 1, 0.311_817_917),
            (0.9, 0.5, 5, 0.127_553_829_9),
            (1.2, 0.5, 10, 0.199_554_210_7),
        ] {
            assert!((not_started(x, load, agents) - left).abs() < 1e-9, "{agents}");
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
}
