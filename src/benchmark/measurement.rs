//! One measurement: a workload, or a floor, run once from beginning to end.

use super::floor::Drawn;
use super::workload::{Rules, Workload};
use crate::engine::Watch;
use crate::experiment::run;
use crate::market::MoneySum;
use crate::observe::{Books, Count};
use crate::scenario::ScenarioErrors;
use serde::{Deserialize, Serialize};
use std::hint::black_box;

/// What the machine says of this process. The clocks are read before and after; only their differences count.
pub trait Gauges {
    /// Seconds on the wall.
    fn wall_seconds(&self) -> f64;
    /// Seconds of processor time of all threads; `None` where the system does not tell.
    fn cpu_seconds(&self) -> Option<f64>;
    /// The most memory that was resident so far, in bytes; `None` where the system does not tell.
    fn peak_bytes(&self) -> Option<u64>;
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A workload of the standard set.
    Workload(&'static Workload),
    /// The floor under some rules, on one thread.
    Floor(Rules),
}

/// What a measurement finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// Orders, warm-up included.
    pub orders: u64,
    /// Things that happened to them.
    pub events: u64,
    /// Seconds on the wall.
    pub wall_seconds: f64,
    /// Seconds of processor time.
    pub cpu_seconds: Option<f64>,
    /// Peak of resident memory in bytes.
    pub peak_bytes: Option<u64>,
    /// The money audit in cents: paid, released, refunded, held.
    pub audit: [i128; 4],
}

impl Subject {
    /// The subject of a name.
    pub fn named(name: &str) -> Option<Self> {
        let floor = || Rules::ALL.into_iter().find(|rules| rules.floor_name() == name).map(Self::Floor);
        Workload::named(name).map(Self::Workload).or_else(floor)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Workload(workload) => workload.name,
            Self::Floor(rules) => rules.floor_name(),
        }
    }

    /// Measures it on the current thread pool; `None` if it was stopped. What is made ready before is not timed.
    ///
    /// # Errors
    /// None, for the shipped scenarios are valid.
    pub fn measure(
        self,
        is_quick: bool,
        gauges: &impl Gauges,
        watch: Watch<'_>,
    ) -> Result<Option<Measurement>, ScenarioErrors> {
        match self {
            Self::Workload(workload) => {
                let world = workload.scenario(is_quick)?.world;
                let (result, timed) = timed(gauges, || run(&world, watch));
                let Books { paid, released, refunded, held } = result.books;
                let measurement = Measurement {
                    orders: result.orders,
                    events: result.tally().get(Count::Events) as u64,
                    audit: [paid.0, released.0, refunded.0, held.0],
                    ..timed
                };
                Ok((!result.is_interrupted).then_some(measurement))
            }
            Self::Floor(rules) => {
                let floor = rules.floor()?;
                let markets = if is_quick { 1 } else { floor.markets() };
                let (drawn, timed) = timed(gauges, || {
                    let mut all = Drawn::default();
                    (0..markets).for_each(|market| all.merge(&floor.draw(market)));
                    black_box(all)
                });
                Ok(Some(Measurement { orders: drawn.orders, ..timed }))
            }
        }
    }
}

fn timed<T>(gauges: &impl Gauges, work: impl FnOnce() -> T) -> (T, Measurement) {
    let (wall, cpu) = (gauges.wall_seconds(), gauges.cpu_seconds());
    let outcome = work();
    let measurement = Measurement {
        wall_seconds: gauges.wall_seconds() - wall,
        cpu_seconds: gauges.cpu_seconds().zip(cpu).map(|(after, before)| after - before),
        peak_bytes: gauges.peak_bytes(),
        ..Measurement::default()
    };
    (outcome, measurement)
}

impl Measurement {
    /// The money audit.
    pub fn books(&self) -> Books {
        let [paid, released, refunded, held] = self.audit.map(MoneySum);
        Books { paid, released, refunded, held }
    }

    /// Orders a second.
    pub fn orders_per_second(&self) -> f64 {
        self.orders as f64 / self.wall_seconds
    }

    /// Nanoseconds of processor time an order.
    pub fn cpu_ns_per_order(&self) -> Option<f64> {
        self.cpu_seconds.map(|seconds| seconds * 1e9 / self.orders as f64)
    }
}
