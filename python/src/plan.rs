//! A study with its points checked: what a sweep is asked, here or by many machines.

use crate::checked_study::{CheckedStudy, study};
use crate::compare::unanswered;
use crate::errors::Failure;
use crate::given::{Given, settings, texts};
use crate::run::targets;
use crate::session::{Session, TABLES};
use crate::store::UnitStore;
use crate::sweep::Sweep;
use crate::table::Table;
use crate::unit::{Part, Unit};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use redress::experiment::unit_size::{UnitPart, cut};
use redress::experiment::{self, Store, Worker};
use redress::export::design_table::DesignTable;
use redress::report::Origin;
use redress::scenario::{DesignPoint, StudyUse};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A study whose points are checked, to be simulated here or by many machines.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    core: Arc<CheckedStudy>,
}

#[pymethods]
impl Plan {
    #[new]
    #[allow(clippy::too_many_arguments, reason = "the package names them")]
    fn new(
        py: Python<'_>,
        given: &Bound<'_, PyAny>,
        factors: &Bound<'_, PyDict>,
        overrides: &Bound<'_, PyDict>,
        precision: Vec<String>,
        max_replications: Option<u32>,
        threads: Option<u16>,
    ) -> PyResult<Self> {
        let (given, settings, factors) = (Given::of(given)?, settings(overrides)?, settings(factors)?);
        let study = study(&given, &factors, &settings, StudyUse::Sweep)?;
        let (origin, precision) = (Origin::of_study(&study, texts(&settings)), targets(&precision, &[])?);
        let core = Session::new(threads, None).simulate(py, 0, |watch| {
            CheckedStudy::new(study, origin, &given.name(), &precision, max_replications, &|| watch(0))
        })??;
        Ok(Self { core: Arc::new(core) })
    }

    /// What results are called.
    #[getter]
    fn name(&self) -> String {
        self.core.origin.named(&self.core.study.name)
    }

    /// The number of design points.
    fn __len__(&self) -> usize {
        self.core.planned.len()
    }

    /// A row per design point: its number, and the level of each factor.
    #[getter]
    fn design(&self) -> PyResult<Table> {
        Ok(Table::of(&DesignTable(&self.core.record))?)
    }

    /// Orders of all points, about, warm-up included.
    #[getter]
    fn orders(&self) -> u64 {
        self.core.orders()
    }

    /// Simulates what the store lacks, on this machine.
    fn simulate(
        &self,
        py: Python<'_>,
        store: &UnitStore,
        threads: Option<u16>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Sweep> {
        let (core, store) = (&self.core, store.inner());
        let plan = core.study.plan();
        let answer = Session::new(threads, progress).simulate(py, core.orders(), |watch| {
            let scenario = |point: &DesignPoint| plan.scenario(point.number);
            let worker = Worker::new(&scenario, &store, watch).sharing(Arc::clone(&TABLES));
            let mut question = experiment::Sweep::new(&plan, &core.planned);
            worker.answer(&mut question).map(|()| question.result(&store).failures)
        })?;
        let failures =
            answer.map_err(unanswered)?.into_iter().map(|(number, failed)| (number, failed.reason));
        Ok(Sweep::new(Arc::clone(core), Arc::clone(&store), failures.collect()))
    }

    /// The units that a store lacks, in the order of the design, each of about so many seconds of one thread. Of a study that asks
    /// for precision, those of the next round: ask again when they are told.
    fn units(&self, store: &UnitStore, seconds: f64) -> PyResult<Vec<Unit>> {
        Ok(self.missing(&store.inner(), seconds)?)
    }

    /// What a store knows: the sweep with all points that are whole. `failures` are points of which nothing can come, and why.
    fn result(&self, store: &UnitStore, failures: BTreeMap<usize, String>) -> Sweep {
        Sweep::new(Arc::clone(&self.core), store.inner(), failures.into_iter().collect())
    }

    fn __repr__(&self) -> String {
        format!("<redress.Plan of {}: {} points>", self.name(), self.__len__())
    }
}

impl Plan {
    fn missing(&self, store: &Store, seconds: f64) -> Result<Vec<Unit>, Failure> {
        if seconds.is_nan() || seconds <= 0.0 {
            return Err(Failure::Argument(format!(
                "seconds = {seconds} is no length of a unit: give more than 0"
            )));
        }
        let core = &self.core;
        let plan = core.study.plan();
        let missing = experiment::Sweep::new(&plan, &core.planned).all_at_once().recall(store)?;
        let costs: Vec<(u32, f64)> = missing
            .iter()
            .map(|unit| {
                let (number, count) = (unit.point.number, unit.replications.len() as u32);
                let share = f64::from(count) / f64::from(core.planned[number].replications);
                (count, core.costs[number].0 * share)
            })
            .collect();
        let part = |part: &UnitPart| {
            let (of, within) = (&missing[part.point], &part.replications);
            let first = of.replications.start;
            Part { point: of.point.number, first: first + within.start, end: first + within.end }
        };
        let unit = |parts: Vec<UnitPart>| Unit::new(parts.iter().map(part).collect(), Arc::clone(core));
        Ok(cut(&costs, seconds).into_iter().map(unit).collect())
    }
}
