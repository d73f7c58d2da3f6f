//! From measurements in several rounds to figures: medians, and ratios within a round.

use super::measurement::{Measurement, Subject};
use super::workload::Workload;

/// A subject on a number of threads, measured once in every round.
#[derive(Clone, Debug)]
pub struct Series {
    /// What was measured.
    pub subject: Subject,
    /// Threads that worked.
    pub threads: usize,
    /// A measurement a round, in order.
    pub rounds: Vec<Measurement>,
}

/// The figures of a workload on a number of threads: medians over rounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// What was measured.
    pub workload: &'static Workload,
    /// Threads that worked.
    pub threads: usize,
    /// Rounds.
    pub rounds: usize,
    /// Orders of a round, warm-up included.
    pub orders: u64,
    /// Things that happened to them.
    pub events: u64,
    /// Seconds of a round.
    pub wall_seconds: f64,
    /// Orders a second: median, slowest and fastest round.
    pub orders_per_second: [f64; 3],
    /// Processor time an order, in nanoseconds.
    pub cpu_ns_per_order: Option<f64>,
    /// Times as fast as on one thread.
    pub speedup: Option<f64>,
    /// Processor time of the floor an order, in nanoseconds.
    pub floor_ns_per_order: Option<f64>,
    /// Times the processor time of the floor.
    pub floor_distance: Option<f64>,
    /// Peak of resident memory in bytes, the largest of all rounds.
    pub peak_bytes: Option<u64>,
}

impl Figures {
    /// The speedup over the number of threads.
    pub fn efficiency(&self) -> Option<f64> {
        self.speedup.map(|speedup| speedup / self.threads as f64)
    }

    /// Events a second.
    pub fn events_per_second(&self) -> f64 {
        self.orders_per_second[0] * self.events as f64 / self.orders as f64
    }

    /// Nanoseconds an order on the wall.
    pub fn wall_ns_per_order(&self) -> f64 {
        1e9 / self.orders_per_second[0]
    }
}

/// The figures of every workload that was measured, in the order of the series.
///
/// Speedup and distance from the floor are medians of the ratios within each round, so that a machine whose speed
/// drifts moves both sides.
pub fn figures(all: &[Series]) -> Vec<Figures> {
    let with_workload = |series: &Series| match series.subject {
        Subject::Workload(workload) => Some(of_series(workload, series, all)),
        Subject::Floor(_) => None,
    };
    all.iter().filter_map(with_workload).collect()
}

fn of_series(workload: &'static Workload, series: &Series, all: &[Series]) -> Figures {
    let rounds = &series.rounds;
    let on_one_thread = |subject: Subject| {
        all.iter().find(|other| other.subject == subject && other.threads == 1).map(|other| &other.rounds)
    };
    let alone = on_one_thread(series.subject);
    let floor = on_one_thread(Subject::Floor(workload.rules));
    let speeds: Vec<f64> = rounds.iter().map(Measurement::orders_per_second).collect();
    let ends =
        speeds.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &speed| (low.min(speed), high.max(speed)));
    let first = rounds.first().copied().unwrap_or_default();
    Figures {
        workload,
        threads: series.threads,
        rounds: rounds.len(),
        orders: first.orders,
        events: first.events,
        wall_seconds: median(rounds.iter().map(|round| round.wall_seconds)).unwrap_or(f64::NAN),
        orders_per_second: [median(speeds).unwrap_or(f64::NAN), ends.0, ends.1],
        cpu_ns_per_order: median(rounds.iter().filter_map(Measurement::cpu_ns_per_order)),
        speedup: alone.and_then(|alone| {
            median(paired(alone, rounds, |one, round| Some(one.wall_seconds / round.wall_seconds)))
        }),
        floor_ns_per_order: floor
            .and_then(|floor| median(floor.iter().filter_map(Measurement::cpu_ns_per_order))),
        floor_distance: floor.and_then(|floor| {
            median(paired(floor, rounds, |floor, round| {
                Some(round.cpu_ns_per_order()? / floor.cpu_ns_per_order()?)
            }))
        }),
        peak_bytes: rounds.iter().filter_map(|round| round.peak_bytes).max(),
    }
}

/// A figure of two measurements of the same round, round by round.
fn paired(
    first: &[Measurement],
    second: &[Measurement],
    figure: impl Fn(&Measurement, &Measurement) -> Option<f64>,
) -> Vec<f64> {
    first.iter().zip(second).filter_map(|(first, second)| figure(first, second)).collect()
}

/// The middle value, or the mean of the two in the middle; `None` without values.
fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::super::workload::{Rules, STANDARD_SET};
    use super::*;

    fn series(subject: Subject, threads: usize, seconds: &[(f64, f64)]) -> Series {
        let round = |&(wall_seconds, cpu)| Measurement {
            orders: 1_000_000,
            events: 4_000_000,
            wall_seconds,
            cpu_seconds: Some(cpu),
            ..Measurement::default()
        };
        Series { subject, threads, rounds: seconds.iter().map(round).collect() }
    }

    /// In the third round the machine is half as fast: ratios within rounds do not see it.
    #[test]
    fn ratios_are_taken_within_a_round_and_then_their_median() {
        let reference = Subject::Workload(&STANDARD_SET[0]);
        let all = [
            series(Subject::Floor(Rules::Reference), 1, &[(0.01, 0.01), (0.01, 0.01), (0.02, 0.02)]),
            series(reference, 1, &[(0.04, 0.04), (0.04, 0.04), (0.08, 0.08)]),
            series(reference, 2, &[(0.02, 0.04), (0.02, 0.05), (0.04, 0.08)]),
        ];
        let figures = figures(&all);
        let [one, two] = &figures[..] else { panic!("the floor has no row of its own") };
        let near = |value: Option<f64>, expected: f64| (value.unwrap() - expected).abs() < 1e-9;
        assert!(near(one.floor_distance, 4.0) && near(two.floor_distance, 4.0));
        assert!(near(one.speedup, 1.0) && near(two.speedup, 2.0) && near(two.efficiency(), 1.0));
        assert!(near(one.floor_ns_per_order, 10.0) && near(one.cpu_ns_per_order, 40.0));
        assert!(near(Some(one.orders_per_second[1]), 12.5e6) && near(Some(one.orders_per_second[0]), 25e6));
        assert!(near(Some(one.events_per_second()), 100e6) && near(Some(one.wall_ns_per_order()), 40.0));
    }

    #[test]
    fn what_the_system_does_not_tell_is_left_open() {
        let mut silent = series(Subject::Workload(&STANDARD_SET[1]), 2, &[(0.5, 0.0)]);
        silent.rounds[0].cpu_seconds = None;
        let figures = &figures(&[silent])[0];
        assert_eq!((figures.cpu_ns_per_order, figures.floor_distance, figures.speedup), (None, None, None));
        assert_eq!(figures.peak_bytes, None);
    }

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert_eq!(median([4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median([3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([]), None);
    }
}
