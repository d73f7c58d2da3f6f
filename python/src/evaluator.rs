//! Points that somebody else chooses: settings in, estimates out.

use crate::compare::unanswered;
use crate::errors::Failure;
use crate::given::{Given, Setting, apply, scenario, settings};
use crate::session::{Session, TABLES, orders_of};
use crate::store::UnitStore;
use crate::table::Table;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use rayon::prelude::*;
use redress::experiment::{Effort, Replication, Scope, Store, Summary, Unit, UnitResult, Worker};
use redress::export::tables::SummaryTable;
use redress::observe::Metric;
use redress::observe::catalogue::METRICS;
use redress::scenario::{DesignPoint, Scenario, Source};
use redress::stats::paired::difference;
use redress::stats::{Estimate, Interval, Observation};
use std::sync::{Arc, Mutex, PoisonError};

/// A scenario whose keys somebody else sets: an optimiser, a sampler, a person. All points share the seed, so that they differ by
/// their settings and by the chance that these change; a replication that the store knows is not simulated again.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Debug)]
pub(crate) struct Evaluator {
    source: Source,
    base: Scenario,
    store: Arc<Store>,
    effort: Mutex<Effort>,
}

/// What is known of a point.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Debug)]
pub(crate) struct Evaluation {
    name: String,
    sha256: String,
    result: UnitResult,
    summary: Summary,
}

#[pymethods]
impl Evaluator {
    #[new]
    fn new(given: &Bound<'_, PyAny>, overrides: &Bound<'_, PyDict>, store: &UnitStore) -> PyResult<Self> {
        let (source, base) = scenario(&Given::of(given)?, &settings(overrides)?)?;
        Ok(Self { source, base, store: store.inner(), effort: Mutex::default() })
    }

    /// Evaluates points side by side: each of `settings` is a dict of keys on top of the scenario's.
    fn evaluate_all(
        &self,
        py: Python<'_>,
        settings: Vec<Bound<'_, PyDict>>,
        first: u32,
        replications: Option<u32>,
        threads: Option<u16>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Vec<Evaluation>> {
        let settings = settings.iter().map(crate::given::settings).collect::<PyResult<Vec<_>>>()?;
        let scenarios =
            settings.iter().map(|settings| self.point(settings)).collect::<Result<Vec<_>, _>>()?;
        let count = |scenario: &Scenario| replications.unwrap_or(scenario.world.replications);
        let expected = scenarios.iter().map(|scenario| orders_of(&scenario.world, count(scenario))).sum();
        let points: Vec<Arc<DesignPoint>> = (0..scenarios.len())
            .map(|number| Arc::new(DesignPoint { number, ..DesignPoint::default() }))
            .collect();
        // A replication to a unit, so that whoever asks for more or fewer of them finds those that are known.
        let units: Vec<Unit> = points
            .iter()
            .zip(&scenarios)
            .flat_map(|(point, scenario)| {
                let each = first..first + count(scenario);
                each.map(|number| Unit { point: Arc::clone(point), replications: number..number + 1 })
            })
            .collect();
        let worlds = |point: &DesignPoint| Ok(scenarios[point.number].clone());
        let answer = Session::new(threads, progress).simulate(py, expected, |watch| {
            let worker = Worker::new(&worlds, &self.store, watch).sharing(Arc::clone(&TABLES));
            let each = units.par_iter().with_max_len(1).map(|unit| worker.execute(unit));
            each.collect::<Result<Vec<_>, _>>().map(|results| (results, worker.effort()))
        })?;
        let (results, effort) = answer.map_err(unanswered)?;
        {
            let mut all = self.effort.lock().unwrap_or_else(PoisonError::into_inner);
            all.orders += effort.orders;
            all.replications += effort.replications;
            all.replications_known += effort.replications_known;
        }
        let mut whole: Vec<UnitResult> = vec![UnitResult::default(); scenarios.len()];
        for (unit, result) in units.iter().zip(results) {
            whole[unit.point.number].merge(result.map_err(|failed| Failure::Running(failed.reason))?);
        }
        let evaluation = |(scenario, result): (&Scenario, UnitResult)| Evaluation {
            name: scenario.name.clone(),
            sha256: scenario.hash.clone(),
            summary: Summary::of(&result.groups, &result.replications),
            result,
        };
        Ok(scenarios.iter().zip(whole).map(evaluation).collect())
    }

    /// Replications simulated so far, and those that were known already.
    #[getter]
    fn effort(&self) -> (u64, u64) {
        let effort = self.effort.lock().unwrap_or_else(PoisonError::into_inner);
        (effort.replications, effort.replications_known)
    }

    /// Every key of the scenario with its value, as TOML, without the settings of any point.
    #[getter]
    fn scenario(&self) -> &str {
        &self.base.resolved
    }

    fn __repr__(&self) -> String {
        let (simulated, known) = self.effort();
        format!(
            "<redress.Evaluator of {}: {simulated} replications simulated, {known} known>",
            self.base.name
        )
    }
}

impl Evaluator {
    fn point(&self, settings: &[Setting]) -> Result<Scenario, Failure> {
        let mut source = self.source.clone();
        apply(&mut source, settings)?;
        Ok(source.resolve()?)
    }
}

/// Where a metric stands among all.
fn place(metric: &str) -> PyResult<(usize, &'static Metric)> {
    METRICS.iter().enumerate().find(|(_, known)| known.name == metric).ok_or_else(|| {
        PyKeyError::new_err(format!("there is no metric {metric}: redress.metrics() has all of them"))
    })
}

impl Evaluation {
    fn observations(&self, metric: &str, scope: &str, group: &str) -> PyResult<Vec<Option<Observation>>> {
        let (index, _) = place(metric)?;
        let groups = self.result.groups.each();
        let known = groups.iter().find(|known| known.scope.name() == scope && known.name == group);
        let known = known.ok_or_else(|| {
            let all: Vec<String> =
                groups.iter().map(|group| format!("{} {}", group.scope.name(), group.name)).collect();
            PyKeyError::new_err(format!("there is no {scope} {group}: there are {}", all.join(", ")))
        })?;
        let value = |replication: &Replication| known.values(replication).and_then(|values| values[index]);
        Ok(self.result.replications.iter().map(value).collect())
    }
}

fn ends(interval: &Interval) -> (Option<f64>, Option<f64>) {
    interval.ends().map_or((None, None), |(low, high)| (Some(low), Some(high)))
}

#[pymethods]
impl Evaluation {
    /// SHA-256 of the resolved scenario of the point.
    #[getter]
    fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The numbers of the replications, from the first to the one after the last.
    #[getter]
    fn replications(&self) -> (u32, u32) {
        (self.result.range().start, self.result.range().end)
    }

    /// The value of a metric in each replication, `None` where it is undefined.
    #[pyo3(signature = (metric, scope = "world", group = "all"))]
    fn values(&self, metric: &str, scope: &str, group: &str) -> PyResult<Vec<Option<f64>>> {
        let observed = self.observations(metric, scope, group)?;
        let value = |observation: Observation| match observation {
            Observation::Value(value) => value,
            Observation::Ratio { part, whole } => part / whole,
        };
        Ok(observed.into_iter().map(|observation| observation.map(value)).collect())
    }

    /// The estimate of a metric over the replications, as the tables have it; `None` where it is undefined in all of them.
    #[pyo3(signature = (metric, scope = "world", group = "all"))]
    fn mean(&self, metric: &str, scope: &str, group: &str) -> PyResult<Option<f64>> {
        Ok(self.estimate(metric, scope, group)?.map(|estimate| estimate.mean))
    }

    /// The ends of the 95 % interval of the estimate; `None` for an end that is not known.
    #[pyo3(signature = (metric, scope = "world", group = "all"))]
    fn interval(&self, metric: &str, scope: &str, group: &str) -> PyResult<(Option<f64>, Option<f64>)> {
        Ok(self.estimate(metric, scope, group)?.map_or((None, None), |estimate| ends(&estimate.interval)))
    }

    /// This less another evaluation of the same replications, paired: the difference, and the ends of its 95 % interval.
    #[pyo3(signature = (other, metric, scope = "world", group = "all"))]
    fn difference(
        &self,
        other: &Self,
        metric: &str,
        scope: &str,
        group: &str,
    ) -> PyResult<(Option<f64>, Option<f64>, Option<f64>)> {
        if self.replications() != other.replications() {
            return Err(PyValueError::new_err(format!(
                "replications {:?} and {:?} make no pairs: evaluate both with the same ones",
                self.replications(),
                other.replications()
            )));
        }
        let (mine, theirs) =
            (self.observations(metric, scope, group)?, other.observations(metric, scope, group)?);
        let Some(found) = difference(place(metric)?.1.estimator(), &theirs, &mine) else {
            return Ok((None, None, None));
        };
        let (low, high) = ends(&found.interval);
        Ok((Some(found.mean), low, high))
    }

    /// A row per metric and group: estimates over replications with 95 % intervals.
    #[getter]
    fn summary(&self) -> PyResult<Table> {
        Ok(Table::of(&SummaryTable(&self.summary))?)
    }

    fn __repr__(&self) -> String {
        let (first, end) = self.replications();
        format!("<redress.Evaluation of {}: replications {first} to {}>", self.name, end.saturating_sub(1))
    }
}

impl Evaluation {
    fn estimate(&self, metric: &str, scope: &str, group: &str) -> PyResult<Option<Estimate>> {
        let (_, known) = place(metric)?;
        let observed: Vec<Observation> =
            self.observations(metric, scope, group)?.into_iter().flatten().collect();
        Ok(Estimate::new(known.estimator(), &observed))
    }
}

/// Scopes of groups, as tables name them.
#[pyfunction]
pub(crate) fn scopes() -> Vec<&'static str> {
    [Scope::World, Scope::Market, Scope::SellerSegment, Scope::BuyerSegment].map(Scope::name).to_vec()
}
