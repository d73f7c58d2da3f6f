//! Which factors of a study matter.

use crate::checked_study::{metrics, study};
use crate::compare::unanswered;
use crate::errors::Failure;
use crate::given::{Given, settings, texts};
use crate::picture::{Pictures, png, svg};
use crate::session::{Session, TABLES, orders_of};
use crate::store::UnitStore;
use crate::table::{Table, write_csv};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use redress::experiment::{self, Groups, Output, SensitivityResult, Worker};
use redress::export::sensitivity_tables::SensitivityTable;
use redress::report::Origin;
use redress::report::records::SENSITIVITY_OUTPUTS;
use redress::report::run_charts::NamedChart;
use redress::report::sensitivity_page;
use redress::scenario::{Measure, StudyUse};
use std::path::PathBuf;
use std::sync::Arc;

/// What came of an analysis of sensitivity.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Debug)]
pub(crate) struct Sensitivity {
    name: String,
    result: SensitivityResult,
}

/// Screens the factors of a study, and shares out the variance of its outputs among those that are left.
#[pyfunction]
pub(crate) fn sensitivity(
    py: Python<'_>,
    given: &Bound<'_, PyAny>,
    overrides: &Bound<'_, PyDict>,
    store: &UnitStore,
    threads: Option<u16>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Sensitivity> {
    let (given, settings) = (Given::of(given)?, settings(overrides)?);
    let study = study(&given, &[], &settings, StudyUse::Sensitivity)?;
    let metrics = metrics(&study.responses, &SENSITIVITY_OUTPUTS)?;
    let middle =
        study.scenario_of(&study.point_at(0, &vec![0.5; study.factors.len()])).map_err(Failure::from)?;
    let (world, groups) = (&middle.world, Groups::of(&middle.world));
    let outputs = metrics.iter().map(|metric| Output::of(&Measure::of_world(metric), &study, &groups));
    let outputs = outputs.collect::<Result<Vec<Output>, _>>().map_err(Failure::from)?;
    let mut question = experiment::Sensitivity::new(&study, outputs, world.replications, world.seed);
    for (number, at) in question.screening_points().iter().enumerate() {
        study.scenario_of(&study.point_at(number, at)).map_err(Failure::from)?;
    }
    let expected = orders_of(world, u32::try_from(question.most_replications()).unwrap_or(u32::MAX));
    let (worlds, store) = (|point: &_| study.scenario_of(point), store.inner());
    let answer = Session::new(threads, progress).simulate(py, expected, |watch| {
        Worker::new(&worlds, &store, watch).sharing(Arc::clone(&TABLES)).answer(&mut question)
    })?;
    answer.map_err(unanswered)?;
    if let Some(reason) = question.failure() {
        let words = format!("a point of the ranges is no valid scenario: {reason}");
        return Err(Failure::Running(words).into());
    }
    Ok(Sensitivity {
        name: Origin::of_study(&study, texts(&settings)).named(&study.name),
        result: question.result(),
    })
}

impl Pictures for Sensitivity {
    fn charts(&self) -> Result<Vec<NamedChart>, Failure> {
        let outputs = self.result.outputs.iter();
        Ok(outputs.flat_map(|output| sensitivity_page::charts(&self.name, &self.result, output)).collect())
    }
}

#[pymethods]
impl Sensitivity {
    /// The name of the study.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// Points of the screening, and of the indices.
    #[getter]
    fn points(&self) -> (usize, usize) {
        (self.result.points[0], self.result.points[1])
    }

    /// What it found, a sentence per output, and which factors were screened out.
    #[getter]
    fn findings(&self) -> Vec<String> {
        let outputs = self.result.outputs.iter();
        let found = outputs.map(|output| sensitivity_page::finding(&self.result, output));
        found.chain(std::iter::once(sensitivity_page::screened_out(&self.result))).collect()
    }

    /// A row per output and factor: elementary effects, and shares of the variance with 95 % intervals.
    #[getter]
    fn sensitivity(&self) -> PyResult<Table> {
        Ok(Table::of(&SensitivityTable(&self.result))?)
    }

    /// The charts that it has, by name.
    #[getter]
    fn charts(&self) -> PyResult<Vec<String>> {
        Ok(self.names()?)
    }

    /// A chart as SVG; without a name the first.
    #[pyo3(signature = (chart = None))]
    fn svg(&self, chart: Option<&str>) -> PyResult<String> {
        svg(self, chart)
    }

    /// A chart as PNG.
    #[pyo3(signature = (chart = None))]
    fn png(&self, chart: Option<&str>) -> PyResult<Vec<u8>> {
        png(self, chart)
    }

    /// Writes its table into a folder as CSV, the same bytes as the command line's.
    fn write_csv(&self, folder: PathBuf) -> PyResult<Vec<PathBuf>> {
        std::fs::create_dir_all(&folder)?;
        Ok(vec![write_csv(&folder, &SensitivityTable(&self.result))?])
    }

    fn __repr__(&self) -> String {
        format!("<redress.Sensitivity of {}: {} factors>", self.name, self.result.factors.len())
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Ok(slf.py().import("redress._html")?.call_method1("result", (slf,))?.unbind())
    }
}
