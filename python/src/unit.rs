//! A unit: some replications of some resolved scenarios, which any process can execute.

use crate::checked_study::CheckedStudy;
use crate::compare::unanswered;
use crate::errors::Failure;
use crate::session::{Session, TABLES, orders_of};
use pyo3::prelude::*;
use redress::experiment::{self, Failed, Store, Worker};
use redress::scenario::{DesignPoint, Scenario, Source};
use std::sync::Arc;

/// Some replications of a point.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) point: usize,
    pub(crate) first: u32,
    pub(crate) end: u32,
}

/// Where the scenarios of a unit's parts are.
#[derive(Clone, Debug)]
enum Scenarios {
    /// They are made when they are needed: ten thousand units take little memory.
    Planned(Arc<CheckedStudy>),
    /// Each with its file, from whose folder columns of observed values are looked for, and its resolved text.
    Resolved(Vec<(String, String)>),
}

/// What pickles: point, first replication, the one after the last, file, scenario.
type Pickled = (usize, u32, u32, String, String);

/// What came of a unit as a store's bytes, and the points of which nothing can come, with the reason.
type Executed = (Vec<u8>, Vec<(usize, String)>);

/// Some replications of some points. Pickled it is complete in itself: any process executes it, and twice does no harm.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    parts: Vec<Part>,
    scenarios: Scenarios,
}

impl Unit {
    pub(crate) const fn new(parts: Vec<Part>, core: Arc<CheckedStudy>) -> Self {
        Self { parts, scenarios: Scenarios::Planned(core) }
    }

    fn scenarios(&self) -> Result<Vec<Scenario>, Failure> {
        let scenarios: Result<Vec<_>, _> = match &self.scenarios {
            Scenarios::Planned(core) => {
                let plan = core.study.plan();
                self.parts.iter().map(|part| plan.scenario(part.point)).collect()
            }
            Scenarios::Resolved(texts) => {
                texts.iter().map(|(file, text)| Source::from_text(file, text)?.resolve()).collect()
            }
        };
        Ok(scenarios?)
    }

    fn pickled(&self) -> Result<Vec<Pickled>, Failure> {
        let texts = match &self.scenarios {
            Scenarios::Planned(core) => {
                let file = core.study.source().path().display().to_string();
                self.scenarios()?.into_iter().map(|scenario| (file.clone(), scenario.resolved)).collect()
            }
            Scenarios::Resolved(texts) => texts.clone(),
        };
        let each = self.parts.iter().zip(texts);
        Ok(each.map(|(part, (file, text))| (part.point, part.first, part.end, file, text)).collect())
    }
}

#[pymethods]
impl Unit {
    #[staticmethod]
    #[pyo3(name = "_of")]
    fn unpickled(pickled: Vec<Pickled>) -> Self {
        let (mut parts, mut texts) = (Vec::new(), Vec::new());
        for (point, first, end, file, text) in pickled {
            parts.push(Part { point, first, end });
            texts.push((file, text));
        }
        Self { parts, scenarios: Scenarios::Resolved(texts) }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Vec<Pickled>,))> {
        Ok((slf.get_type().getattr("_of")?, (slf.get().pickled()?,)))
    }

    /// What it consists of: number of the design point, first replication, the one after the last.
    #[getter]
    fn parts(&self) -> Vec<(usize, u32, u32)> {
        self.parts.iter().map(|part| (part.point, part.first, part.end)).collect()
    }

    /// Executes it; what came of it, for `Store.tell`, and the points of which nothing can come, with the reason.
    #[pyo3(signature = (threads = Some(1)))]
    fn execute(&self, py: Python<'_>, threads: Option<u16>) -> PyResult<Executed> {
        let scenarios = self.scenarios()?;
        let each = self.parts.iter().zip(&scenarios);
        let orders = each.map(|(part, scenario)| orders_of(&scenario.world, part.end - part.first)).sum();
        let (worlds, store) = (|point: &DesignPoint| Ok(scenarios[point.number].clone()), Store::in_memory());
        let failed = Session::new(threads, None).simulate(py, orders, |watch| {
            let worker = Worker::new(&worlds, &store, watch).sharing(Arc::clone(&TABLES));
            let mut failed: Vec<(usize, String)> = Vec::new();
            for (number, part) in self.parts.iter().enumerate() {
                let point = Arc::new(DesignPoint { number, ..DesignPoint::default() });
                let unit = experiment::Unit { point, replications: part.first..part.end };
                if let Err(Failed { reason }) = worker.execute(&unit)? {
                    failed.push((part.point, reason));
                }
            }
            Ok(failed)
        })?;
        let failed = failed.map_err(unanswered)?;
        let each = self.parts.iter().zip(&scenarios);
        let wanted = each.map(|(part, scenario)| (scenario.world_hash, part.first..part.end));
        let bytes = store.export(wanted).collect::<Result<Vec<_>, _>>()?.concat();
        Ok((bytes, failed))
    }

    fn __repr__(&self) -> String {
        let replications: u32 = self.parts.iter().map(|part| part.end - part.first).sum();
        format!("<redress.Unit: {} parts, {replications} replications>", self.parts.len())
    }
}
