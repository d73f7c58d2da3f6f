//! A run of a scenario.

use crate::errors::Failure;
use crate::given::{Given, origin, scenario, settings};
use crate::picture::{Pictures, png, svg};
use crate::session::{Session, TABLES, orders_of};
use crate::table::{Table, write_csv};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use redress::engine::Tables;
use redress::experiment::{
    Achieved, Groups, RunResult, Summary, run_replications, run_to_precision, transient,
};
use redress::export::replications_table::ReplicationsTable;
use redress::export::tables::{DailyTable, ReasonsTable, SellersTable, SummaryTable};
use redress::report::run_charts::{NamedChart, charts};
use redress::report::{Origin, run_finding};
use redress::scenario::{PrecisionTarget, Scenario};
use std::path::PathBuf;

/// What came of a run.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Debug)]
pub(crate) struct Run {
    scenario: Scenario,
    origin: Origin,
    result: RunResult,
    summary: Summary,
    achieved: Vec<Achieved>,
}

/// The targets that are given, or else those of the scenario.
pub(crate) fn targets(given: &[String], own: &[PrecisionTarget]) -> Result<Vec<PrecisionTarget>, Failure> {
    if given.is_empty() {
        return Ok(own.to_vec());
    }
    let parse = |text: &String| {
        PrecisionTarget::parse(text).map_err(|words| Failure::Argument(format!("precision: {words}")))
    };
    given.iter().map(parse).collect()
}

/// Names of metrics with the half-widths that were asked for and reached.
pub(crate) fn achieved_dict<'py>(py: Python<'py>, achieved: &Achieved) -> PyResult<Bound<'py, PyDict>> {
    let row = PyDict::new(py);
    row.set_item("metric", achieved.target.metric.name)?;
    row.set_item("asked", achieved.target.text())?;
    row.set_item("half_width", achieved.half_width)?;
    row.set_item("achieved", achieved.achieved)?;
    row.set_item("is_met", achieved.is_met)?;
    Ok(row)
}

/// Simulates a scenario.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "the package names them")]
pub(crate) fn run(
    py: Python<'_>,
    given: &Bound<'_, PyAny>,
    overrides: &Bound<'_, PyDict>,
    precision: Vec<String>,
    max_replications: Option<u32>,
    replication: Option<u32>,
    threads: Option<u16>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Run> {
    let (given, settings) = (Given::of(given)?, settings(overrides)?);
    let (source, scenario) = scenario(&given, &settings)?;
    let targets = targets(&precision, &scenario.precision)?;
    let most = max_replications.unwrap_or(scenario.most_replications);
    let world = &scenario.world;
    let expected = orders_of(world, if replication.is_some() { 1 } else { world.replications });
    let (result, achieved) = Session::new(threads, progress).simulate(py, expected, |watch| {
        let tables = Tables::cached(world, &TABLES);
        match replication {
            Some(alone) => (run_replications(&tables, alone..alone + 1, watch), Vec::new()),
            None => run_to_precision(&tables, &targets, most, watch),
        }
    })?;
    let summary = Summary::new(world, &result);
    Ok(Run { origin: origin(&source, &settings), scenario, result, summary, achieved })
}

impl Run {
    fn groups(&self) -> Groups {
        Groups::of(&self.scenario.world)
    }
}

impl Pictures for Run {
    fn charts(&self) -> Result<Vec<NamedChart>, Failure> {
        Ok(charts(&self.scenario, &self.result, &self.summary))
    }

    fn first(&self) -> &'static str {
        "dispute_outcomes"
    }
}

#[pymethods]
impl Run {
    /// The name of the scenario.
    #[getter]
    fn name(&self) -> String {
        self.origin.named(&self.scenario.name)
    }

    /// Every key of the scenario with its value, as TOML that resolves to this scenario again.
    #[getter]
    fn scenario(&self) -> &str {
        &self.scenario.resolved
    }

    /// SHA-256 of that text, in hexadecimal digits.
    #[getter]
    fn sha256(&self) -> &str {
        &self.scenario.hash
    }

    /// The numbers of the replications, from 0.
    #[getter]
    fn replications(&self) -> Vec<u32> {
        self.result.numbers.clone()
    }

    /// Orders simulated, warm-up included.
    #[getter]
    const fn orders(&self) -> u64 {
        self.result.orders
    }

    /// What is odd about the scenario, and whether its warm-up was too short.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        let warm_up_days = self.scenario.world.warm_up_days;
        let short = transient(&self.scenario.world, &self.result).map(|found| {
            format!(
                "run.warm_up_days = {warm_up_days} is too short: {} has not reached steady state; set run.warm_up_days = {}",
                found.series,
                found.suggested(warm_up_days)
            )
        });
        self.scenario.remarks.iter().cloned().chain(short).collect()
    }

    /// For each target of precision the half-width reached, in the metric's unit, and whether it is met.
    #[getter]
    fn precision<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        self.achieved.iter().map(|achieved| achieved_dict(py, achieved)).collect()
    }

    /// What it found, a sentence each, the most important first.
    #[getter]
    fn findings(&self) -> Vec<String> {
        run_finding::findings(&self.scenario.world, &self.summary)
    }

    /// A row per metric and group: estimates over replications with 95 % intervals.
    #[getter]
    fn summary(&self) -> PyResult<Table> {
        Ok(Table::of(&SummaryTable(&self.summary))?)
    }

    /// A row per market, day and series, added up over replications.
    #[getter]
    fn daily(&self) -> PyResult<Table> {
        Ok(Table::of(&DailyTable { world: &self.scenario.world, result: &self.result })?)
    }

    /// A row per seller of the first replication.
    #[getter]
    fn sellers(&self) -> PyResult<Table> {
        Ok(Table::of(&SellersTable { world: &self.scenario.world, result: &self.result })?)
    }

    /// A row per reason of cancellation, added up over replications.
    #[getter]
    fn reasons(&self) -> PyResult<Table> {
        Ok(Table::of(&ReasonsTable { world: &self.scenario.world, result: &self.result })?)
    }

    /// A row per replication, group and metric.
    #[getter]
    fn replication_values(&self) -> PyResult<Table> {
        Ok(Table::of(&ReplicationsTable { groups: &self.groups(), result: &self.result })?)
    }

    /// The charts that it has, by name.
    #[getter]
    fn charts(&self) -> PyResult<Vec<String>> {
        Ok(self.names()?)
    }

    /// A chart as SVG; without a name the one that carries the finding. Raises `KeyError` if there is no such chart.
    #[pyo3(signature = (chart = None))]
    fn svg(&self, chart: Option<&str>) -> PyResult<String> {
        svg(self, chart)
    }

    /// A chart as PNG.
    #[pyo3(signature = (chart = None))]
    fn png(&self, chart: Option<&str>) -> PyResult<Vec<u8>> {
        png(self, chart)
    }

    /// Writes its tables into a folder as CSV, the same bytes as the command line's; gives their paths.
    fn write_csv(&self, folder: PathBuf) -> PyResult<Vec<PathBuf>> {
        std::fs::create_dir_all(&folder)?;
        let (world, result) = (&self.scenario.world, &self.result);
        Ok(vec![
            write_csv(&folder, &SummaryTable(&self.summary))?,
            write_csv(&folder, &DailyTable { world, result })?,
            write_csv(&folder, &SellersTable { world, result })?,
            write_csv(&folder, &ReasonsTable { world, result })?,
            write_csv(&folder, &ReplicationsTable { groups: &self.groups(), result })?,
        ])
    }

    fn __repr__(&self) -> String {
        format!("<redress.Run of {}: {} replications>", self.name(), self.result.replications.len())
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Ok(slf.py().import("redress._html")?.call_method1("result", (slf,))?.unbind())
    }
}
