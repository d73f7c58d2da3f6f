//! The best candidate of a study, with what may be said of it.

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
use redress::experiment::Worker;
use redress::experiment::tune::{Plan, Tune, TuneOutcome, TuneRules};
use redress::export::tune_tables::{DetectorTable, TuneTable};
use redress::report::Origin;
use redress::report::run_charts::NamedChart;
use redress::report::{tune_charts, tune_page, tune_words};
use redress::scenario::StudyUse;
use std::path::PathBuf;
use std::sync::Arc;

/// What came of a selection.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Debug)]
pub(crate) struct Tuned {
    name: String,
    factors: Vec<String>,
    outcome: TuneOutcome,
    replications: u64,
}

/// Finds the best candidate of a study.
#[pyfunction]
pub(crate) fn tune(
    py: Python<'_>,
    given: &Bound<'_, PyAny>,
    overrides: &Bound<'_, PyDict>,
    store: &UnitStore,
    threads: Option<u16>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Tuned> {
    let (given, settings) = (Given::of(given)?, settings(overrides)?);
    let study = study(&given, &[], &settings, StudyUse::Tune)?;
    metrics(&study.responses, &[])?;
    let points = if study.has_open_ranges() { Vec::new() } else { study.points() };
    let middle = [study.point_at(0, &vec![0.5; study.factors.len()])];
    let shown = if points.is_empty() { &middle[..] } else { &points[..] };
    let mut first = None;
    for point in shown {
        let scenario = study.scenario_of(point).map_err(Failure::from)?;
        first.get_or_insert(scenario);
    }
    let (Some(tuning), Some(first)) = (&study.tuning, first) else {
        return Err(Failure::Argument(format!("{} has no objective", given.name())).into());
    };
    let rules = TuneRules::of(&study, tuning, &first.world, &points).map_err(Failure::from)?;
    let expected = match rules.plan {
        Plan::Search(budget, _) | Plan::Ocba(budget) => budget,
        Plan::Front(each) => each * points.len() as u32,
        Plan::KimNelson(_) => 2 * rules.first * points.len() as u32,
    };
    let mut question = match rules.plan {
        Plan::Search(..) => Tune::in_ranges(&study, rules),
        _ => Tune::among(points, rules),
    };
    let (worlds, store) = (|point: &_| study.scenario_of(point), store.inner());
    let answer =
        Session::new(threads, progress).simulate(py, orders_of(&first.world, expected), |watch| {
            Worker::new(&worlds, &store, watch).sharing(Arc::clone(&TABLES)).answer(&mut question)
        })?;
    answer.map_err(unanswered)?;
    let factors = study.factors.iter().map(|factor| factor.name.clone()).collect();
    let replications = question.totals().replications;
    let name = Origin::of_study(&study, texts(&settings)).named(&study.name);
    Ok(Tuned { name, factors, outcome: question.outcome(), replications })
}

impl Pictures for Tuned {
    fn charts(&self) -> Result<Vec<NamedChart>, Failure> {
        Ok(tune_charts::charts(&self.name, &self.factors, &self.outcome))
    }
}

#[pymethods]
impl Tuned {
    /// The name of the study.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// The best candidate: the label of each factor. `None` if no candidate keeps the limits, or there are two objectives.
    #[getter]
    fn best<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let Some(best) = self.outcome.best else { return Ok(None) };
        let labels = PyDict::new(py);
        for (factor, label) in self.factors.iter().zip(&self.outcome.candidates[best].point.labels) {
            labels.set_item(factor, label)?;
        }
        Ok(Some(labels))
    }

    /// Replications simulated, of all candidates.
    #[getter]
    const fn replications(&self) -> u64 {
        self.replications
    }

    /// The best, how sure that is, and what was ruled out and why; a sentence each.
    #[getter]
    fn findings(&self) -> Vec<String> {
        let outcome = &self.outcome;
        let mut found = vec![tune_words::finding(&self.factors, outcome), tune_words::guarantee(outcome)];
        found.extend(outcome.detector.as_ref().and_then(tune_page::detector_words));
        found.extend(tune_words::ruled_out(outcome));
        found
    }

    /// A row per candidate and output.
    #[getter]
    fn tune(&self) -> PyResult<Table> {
        Ok(Table::of(&TuneTable { factors: &self.factors, outcome: &self.outcome })?)
    }

    /// Penalised days of the best candidate as a detector of bad sellers, a row per threshold; `None` without one.
    #[getter]
    fn detector(&self) -> PyResult<Option<Table>> {
        let table = |detector| Ok(Table::of(&DetectorTable(detector))?);
        self.outcome.detector.as_ref().map(table).transpose()
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

    /// Writes its tables into a folder as CSV, the same bytes as the command line's.
    fn write_csv(&self, folder: PathBuf) -> PyResult<Vec<PathBuf>> {
        std::fs::create_dir_all(&folder)?;
        let mut paths =
            vec![write_csv(&folder, &TuneTable { factors: &self.factors, outcome: &self.outcome })?];
        if let Some(detector) = &self.outcome.detector {
            paths.push(write_csv(&folder, &DetectorTable(detector))?);
        }
        Ok(paths)
    }

    fn __repr__(&self) -> String {
        format!("<redress.Tuned {}: {} candidates>", self.name, self.outcome.candidates.len())
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Ok(slf.py().import("redress._html")?.call_method1("result", (slf,))?.unbind())
    }
}
