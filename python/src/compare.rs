//! A comparison of scenarios, replication by replication.

use crate::errors::Failure;
use crate::given::{Given, Setting, apply, origin, settings};
use crate::picture::{Pictures, png, svg};
use crate::run::{achieved_dict, targets};
use crate::session::{Session, TABLES, orders_of};
use crate::table::{Table, write_csv};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use redress::experiment::alternatives::{Incomparable, inputs, told_apart};
use redress::experiment::{Achieved, Compare, ComparisonRow, Store, Unanswered, Worker, comparison};
use redress::export::compare_table::CompareTable;
use redress::report::Origin;
use redress::report::compare_page::Compared;
use redress::report::run_charts::NamedChart;
use redress::scenario::{DesignPoint, KeyDifference, Scenario};
use std::path::PathBuf;
use std::sync::Arc;

/// What came of a comparison.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Debug)]
pub(crate) struct Comparison {
    names: Vec<String>,
    scenarios: Vec<Scenario>,
    inputs: Vec<Vec<KeyDifference>>,
    origin: Origin,
    rows: Vec<ComparisonRow>,
    replications: usize,
    achieved: Vec<(usize, Achieved)>,
    orders: u64,
}

/// Compares scenarios, the baseline first, under common random numbers; `variations` are settings of the baseline, each an
/// alternative.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "the package names them")]
pub(crate) fn compare(
    py: Python<'_>,
    given: Vec<Bound<'_, PyAny>>,
    variations: Vec<(String, Bound<'_, PyDict>)>,
    overrides: &Bound<'_, PyDict>,
    precision: Vec<String>,
    max_replications: Option<u32>,
    threads: Option<u16>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Comparison> {
    let overrides = settings(overrides)?;
    let given = given.iter().map(Given::of).collect::<PyResult<Vec<_>>>()?;
    let variations = variations
        .iter()
        .map(|(name, changes)| Ok((name.clone(), settings(changes)?)))
        .collect::<PyResult<Vec<(String, Vec<Setting>)>>>()?;
    let (names, scenarios, origin) = scenarios(&given, &variations, &overrides)?;
    let inputs = inputs(&names, &scenarios).map_err(incomparable)?;
    let baseline = &scenarios[0];
    let targets = targets(&precision, &baseline.precision)?;
    let most = max_replications.unwrap_or(baseline.most_replications);
    let points = (0..scenarios.len()).map(|number| DesignPoint { number, ..DesignPoint::default() });
    let mut question = Compare::new(points.collect(), baseline.world.replications, &targets, most);
    let expected = scenarios.iter().map(|scenario| orders_of(&scenario.world, baseline.world.replications));
    let (worlds, store) = (|point: &DesignPoint| Ok(scenarios[point.number].clone()), Store::in_memory());
    let answer = Session::new(threads, progress).simulate(py, expected.sum(), |watch| {
        let worker = Worker::new(&worlds, &store, watch).sharing(Arc::clone(&TABLES));
        worker.answer(&mut question).map(|()| worker.effort())
    })?;
    let effort = answer.map_err(unanswered)?;
    let achieved = question.achieved();
    let known = question.result().map_err(|(number, failed)| {
        Failure::Running(format!("{} could not be run: {}", names[number], failed.reason))
    })?;
    let (rows, replications) = (comparison(&known), known[0].replications.len());
    Ok(Comparison { names, scenarios, inputs, origin, rows, replications, achieved, orders: effort.orders })
}

/// What is raised if a question has no answer.
pub(crate) fn unanswered(error: Unanswered) -> Failure {
    Failure::Running(error.to_string())
}

type Scenarios = (Vec<String>, Vec<Scenario>, Origin);

/// The scenarios with their names, the baseline's first.
fn scenarios(
    given: &[Given],
    variations: &[(String, Vec<Setting>)],
    overrides: &[Setting],
) -> Result<Scenarios, Failure> {
    let [baseline, others @ ..] = given else {
        return Err(Failure::Argument("compare needs a baseline".to_owned()));
    };
    if others.is_empty() && variations.is_empty() {
        let words =
            "nothing to compare with: give another scenario, or vary this one with vary={name: {key: value}}";
        return Err(Failure::Argument(words.to_owned()));
    }
    let read = |given: &Given| {
        let mut source = given.source()?;
        apply(&mut source, overrides).map(|()| source)
    };
    let source = read(baseline)?;
    let mut scenarios = vec![source.resolve()?];
    let mut names = vec![scenarios[0].name.clone()];
    for other in others {
        let scenario = read(other)?.resolve()?;
        names.push(scenario.name.clone());
        scenarios.push(scenario);
    }
    for (name, changes) in variations {
        let mut source = source.clone();
        apply(&mut source, changes)?;
        names.push(name.clone());
        scenarios.push(source.resolve()?);
    }
    Ok((told_apart(names), scenarios, origin(&source, overrides)))
}

/// What is raised if scenarios cannot be compared, with the arguments that mend it.
fn incomparable(error: Incomparable) -> Failure {
    match error {
        Incomparable::Unpaired { key, .. } => Failure::Argument(format!("{error}; give both with {key}=N")),
        Incomparable::Same { .. } => Failure::Argument(error.to_string()),
        Incomparable::Scenario(errors) => errors.into(),
    }
}

impl Comparison {
    fn compared(&self) -> Compared<'_> {
        Compared {
            name: self.names[0].clone(),
            scenarios: &self.scenarios,
            names: &self.names,
            inputs: &self.inputs,
            replications: self.replications,
            precision: Vec::new(),
            rows: &self.rows,
        }
    }
}

impl Pictures for Comparison {
    fn charts(&self) -> Result<Vec<NamedChart>, Failure> {
        let compared = self.compared();
        Ok((1..self.names.len()).map(|other| compared.forest(other)).collect())
    }
}

#[pymethods]
impl Comparison {
    /// What it is a comparison of.
    #[getter]
    fn name(&self) -> String {
        self.origin.named(&self.names.join(" and "))
    }

    /// The names of the scenarios, the baseline's first.
    #[getter]
    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    /// Replications of each scenario.
    #[getter]
    const fn replications(&self) -> usize {
        self.replications
    }

    /// Orders simulated, warm-up included.
    #[getter]
    const fn orders(&self) -> u64 {
        self.orders
    }

    /// In which keys the alternatives differ from the baseline, a line each.
    #[getter]
    fn inputs(&self) -> Vec<String> {
        self.compared().input_lines()
    }

    /// What each alternative changes, a sentence each; in brackets 95 % intervals of the paired difference.
    #[getter]
    fn findings(&self) -> Vec<String> {
        self.compared().findings()
    }

    /// For each alternative (its place among the names) and target of precision, what was reached.
    #[getter]
    fn precision<'py>(&self, py: Python<'py>) -> PyResult<Vec<(usize, Bound<'py, PyDict>)>> {
        self.achieved.iter().map(|(other, achieved)| Ok((*other, achieved_dict(py, achieved)?))).collect()
    }

    /// A row per metric, group and alternative: both means, the paired difference and its interval.
    #[getter]
    fn compare(&self) -> PyResult<Table> {
        Ok(Table::of(&CompareTable { names: &self.names, rows: &self.rows })?)
    }

    /// The charts that it has, by name.
    #[getter]
    fn charts(&self) -> PyResult<Vec<String>> {
        Ok(Pictures::names(self)?)
    }

    /// A chart as SVG; without a name that of the first alternative.
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
        Ok(vec![write_csv(&folder, &CompareTable { names: &self.names, rows: &self.rows })?])
    }

    fn __repr__(&self) -> String {
        format!("<redress.Comparison of {}: {} replications each>", self.names.join(", "), self.replications)
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Ok(slf.py().import("redress._html")?.call_method1("result", (slf,))?.unbind())
    }
}
