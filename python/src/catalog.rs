//! What there is: a scenario's keys, a study's points, metrics.

use crate::errors::Failure;
use crate::given::{Given, scenario, settings};
use crate::session::orders_of;
use crate::table::Table;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use redress::experiment::Footprint;
use redress::export::metrics_table::MetricsTable;

/// A scenario that was checked.
#[pyclass(frozen, get_all, module = "redress._redress")]
#[derive(Debug)]
pub(crate) struct Checked {
    /// What results are called.
    name: String,
    /// Every key with its value, as TOML that resolves to this scenario again.
    scenario: String,
    /// SHA-256 of that text, in hexadecimal digits.
    sha256: String,
    /// What is odd about it.
    warnings: Vec<String>,
    /// Orders of a run, about, warm-up included.
    orders: u64,
    /// Bytes of memory that a run takes, about.
    bytes: u64,
    /// Seconds of one thread that a run takes, about.
    seconds: f64,
}

#[pymethods]
impl Checked {
    fn __repr__(&self) -> String {
        format!(
            "<redress.Checked {}: about {} orders, sha256 {}>",
            self.name,
            self.orders,
            &self.sha256[..12]
        )
    }
}

/// Checks a scenario with settings on it; nothing is simulated.
#[pyfunction]
pub(crate) fn check(given: &Bound<'_, PyAny>, overrides: &Bound<'_, PyDict>) -> PyResult<Checked> {
    let (_, scenario) = scenario(&Given::of(given)?, &settings(overrides)?)?;
    let footprint = Footprint::of_run(&scenario.world, 1);
    Ok(Checked {
        orders: orders_of(&scenario.world, scenario.world.replications),
        bytes: footprint.bytes(),
        seconds: footprint.thread_seconds(),
        name: scenario.name,
        scenario: scenario.resolved,
        sha256: scenario.hash,
        warnings: scenario.remarks,
    })
}

/// A row per metric.
#[pyfunction]
pub(crate) fn metrics() -> Result<Table, Failure> {
    Table::of(&MetricsTable)
}
