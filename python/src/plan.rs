//! A study with its points checked: what a sweep is asked, here or by many machines.

use crate::compare::unanswered;
use crate::errors::Failure;
use crate::given::{Given, Setting, apply, settings, texts};
use crate::run::targets;
use crate::session::{Session, TABLES, orders_of};
use crate::store::UnitStore;
use crate::sweep::Sweep;
use crate::table::Table;
use crate::unit::{Part, Unit};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use redress::experiment::unit_size::{UnitPart, cut};
use redress::experiment::{self, Unanswered};
use redress::experiment::{Footprint, PlannedPoint, Store, SweepResult, Worker, check_points};
use redress::export::design_table::DesignTable;
use redress::export::study::{PointRecord, StudyRecord};
use redress::observe::Metric;
use redress::report::Origin;
use redress::report::records::{SWEEP_RESPONSES, study_record};
use redress::scenario::{DesignPoint, PrecisionTarget, Scenario, Study, StudyUse};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is known of a study before it is simulated.
#[derive(Debug)]
pub(crate) struct PlanCore {
    pub(crate) study: Study,
    pub(crate) origin: Origin,
    /// The scenario of the first point.
    pub(crate) first: Scenario,
    pub(crate) planned: Vec<PlannedPoint>,
    /// Seconds of one thread that each point takes, about, and its orders.
    costs: Vec<(f64, u64)>,
    pub(crate) record: StudyRecord,
    pub(crate) responses: Vec<&'static Metric>,
}

/// A study with settings on its scenario: given as one, or as a scenario with factors (lists of values by key).
pub(crate) fn study(
    given: &Given,
    factors: &[(String, toml::Value)],
    settings: &[Setting],
    purpose: StudyUse,
) -> Result<Study, Failure> {
    let mut study = if factors.is_empty() {
        let mut study = given.study(purpose)?;
        apply(study.source_mut(), settings)?;
        study
    } else {
        let mut source = given.source()?;
        apply(&mut source, settings)?;
        let factor = |(key, values): &(String, toml::Value)| {
            let entries = [("key", toml::Value::String(key.clone())), ("values", values.clone())];
            toml::Value::Table(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
        };
        let text = [
            ("scenario", toml::Value::String(given.name())),
            ("name", toml::Value::String(format!("{}_sweep", stem(given)))),
            ("factor", toml::Value::Array(factors.iter().map(factor).collect())),
        ];
        let text: toml::Table = text.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let texts = redress::scenario::StudyTexts { study: text.to_string(), design: None };
        Study::kept(std::path::Path::new("factors"), texts, source, purpose)?
    };
    study.reject_hidden(&texts(settings))?;
    // The name of a factor is its key where it has no other.
    study.name = study.name.trim().to_owned();
    Ok(study)
}

fn stem(given: &Given) -> String {
    std::path::Path::new(&given.name())
        .file_stem()
        .map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// Which world a study is of; the preset is left out if a factor varies it.
pub(crate) fn origin_of(study: &Study, settings: &[Setting]) -> Origin {
    let is_varied = study.factors.iter().any(|factor| factor.keys.iter().any(|key| key == "policy.preset"));
    let preset = study.source().preset().filter(|_| !is_varied).map(str::to_owned);
    Origin { preset, overrides: texts(settings), ..Origin::default() }
}

/// The metrics of these names, or those that are shown without any.
pub(crate) fn metrics(names: &[String], usual: &[&str]) -> Result<Vec<&'static Metric>, Failure> {
    let known = |name: &str| {
        Metric::named(name).ok_or_else(|| {
            Failure::Argument(format!("responses: unknown metric {name}: redress.metrics() has all of them"))
        })
    };
    if names.is_empty() {
        return usual.iter().map(|name| known(name)).collect();
    }
    names.iter().map(|name| known(name)).collect()
}

impl PlanCore {
    fn new(
        study: Study,
        origin: Origin,
        file: &str,
        precision: &[PrecisionTarget],
        most: Option<u32>,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Failure> {
        let responses = metrics(&study.responses, &SWEEP_RESPONSES)?;
        let plan = study.plan();
        let first = plan.scenario(0)?;
        let keep = |number: usize, scenario: Scenario| {
            let mut planned = PlannedPoint::of(&scenario);
            if !precision.is_empty() {
                planned.precision = precision.to_vec();
            }
            planned.most_replications = most.unwrap_or(planned.most_replications);
            let seconds = Footprint::of_run(&scenario.world, 1).thread_seconds();
            let orders = orders_of(&scenario.world, scenario.world.replications);
            let point = PointRecord { labels: plan.point(number).labels, ..PointRecord::default() };
            (planned, (seconds, orders), point)
        };
        let checked = check_points(&plan, goes_on, keep).transpose()?;
        let checked = checked.ok_or_else(|| unanswered(Unanswered::Interrupted))?;
        let (mut planned, mut costs, mut points) = (Vec::new(), Vec::new(), Vec::new());
        for (point, cost, record) in checked {
            planned.push(point);
            costs.push(cost);
            points.push(record);
        }
        let record = study_record(&study, file, points, &responses);
        Ok(Self { study, origin, first, planned, costs, record, responses })
    }

    /// Lets `read` look at what a store knows of the sweep.
    pub(crate) fn with_result<T>(
        &self,
        store: &Store,
        read: impl FnOnce(&SweepResult<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let plan = self.study.plan();
        let mut sweep = experiment::Sweep::new(&plan, &self.planned);
        sweep.recall(store)?;
        read(&sweep.result(store))
    }

    fn orders(&self) -> u64 {
        self.costs.iter().map(|cost| cost.1).sum()
    }
}

/// A study whose points are checked, to be simulated here or by many machines.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    core: Arc<PlanCore>,
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
        let (origin, precision) = (origin_of(&study, &settings), targets(&precision, &[])?);
        let core = Session::new(threads, None).simulate(py, 0, |watch| {
            PlanCore::new(study, origin, &given.name(), &precision, max_replications, &|| watch(0))
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
