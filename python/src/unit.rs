//! A unit: some replications of some resolved scenarios, which any process can execute.

use crate::checked_study::CheckedStudy;
use crate::compare::unanswered;
use crate::errors::Failure;
use crate::session::{Session, TABLES};
use pyo3::prelude::*;
use redress::experiment::{self, Failed, Store, Worker};
use redress::export::study::{Change, changed};
use redress::scenario::{DesignPoint, Scenario, Source};
use std::sync::Arc;

/// Some replications of a point.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) point: usize,
    pub(crate) first: u32,
    pub(crate) end: u32,
}

/// Where the scenarios of a unit's parts are: each is made when it is needed, so that ten thousand parts take little memory.
#[derive(Clone, Debug)]
enum Scenarios {
    Planned(Arc<CheckedStudy>),
    Sent(Arc<Sent>),
}

/// What makes the scenarios of a unit's parts where their study is not.
#[derive(Debug)]
struct Sent {
    /// From the folder of this file columns of observed values are looked for.
    file: String,
    /// The resolved scenario of the first point of the study.
    first: String,
    /// What makes that of each part of it.
    changes: Vec<Vec<Change>>,
}

/// What pickles of a part: point, first replication, the one after the last, and the changes: line, lines that go, lines that come.
type PickledPart = (usize, u32, u32, Vec<(usize, usize, Vec<String>)>);

/// What pickles: file, resolved scenario of the first point, parts.
type Pickled = (String, String, Vec<PickledPart>);

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

    fn file(&self) -> String {
        match &self.scenarios {
            Scenarios::Planned(core) => core.study.source().path().display().to_string(),
            Scenarios::Sent(sent) => sent.file.clone(),
        }
    }

    fn first(&self) -> &str {
        match &self.scenarios {
            Scenarios::Planned(core) => &core.first.resolved,
            Scenarios::Sent(sent) => &sent.first,
        }
    }

    fn changes(&self, part: usize) -> &[Change] {
        match &self.scenarios {
            Scenarios::Planned(core) => &core.record.points[self.parts[part].point].changes,
            Scenarios::Sent(sent) => &sent.changes[part],
        }
    }

    fn scenario(&self, part: usize) -> Result<Scenario, Failure> {
        let text = changed(self.first(), self.changes(part));
        let text = text.ok_or_else(|| Failure::Running("the unit was changed on its way".to_owned()))?;
        Ok(Source::from_text(&self.file(), &text)?.resolve()?)
    }
}

#[pymethods]
impl Unit {
    #[staticmethod]
    #[pyo3(name = "_of")]
    fn unpickled(file: String, first: String, pickled: Vec<PickledPart>) -> Self {
        let (mut parts, mut changes) = (Vec::new(), Vec::new());
        for (point, first, end, of) in pickled {
            parts.push(Part { point, first, end });
            let change = |(line, removed, lines)| Change { line, removed, lines };
            changes.push(of.into_iter().map(change).collect());
        }
        Self { parts, scenarios: Scenarios::Sent(Arc::new(Sent { file, first, changes })) }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Pickled)> {
        let unit = slf.get();
        let part = |(at, part): (usize, &Part)| {
            let changes = unit.changes(at).iter().cloned();
            let changes = changes.map(|Change { line, removed, lines }| (line, removed, lines)).collect();
            (part.point, part.first, part.end, changes)
        };
        let parts = unit.parts.iter().enumerate().map(part).collect();
        Ok((slf.get_type().getattr("_of")?, (unit.file(), unit.first().to_owned(), parts)))
    }

    /// What it consists of: number of the design point, first replication, the one after the last.
    #[getter]
    fn parts(&self) -> Vec<(usize, u32, u32)> {
        self.parts.iter().map(|part| (part.point, part.first, part.end)).collect()
    }

    /// Executes it; what came of it, for `Store.tell`, and the points of which nothing can come, with the reason.
    #[pyo3(signature = (threads = Some(1)))]
    fn execute(&self, py: Python<'_>, threads: Option<u16>) -> PyResult<Executed> {
        let store = Store::in_memory();
        let executed = Session::new(threads, None).simulate(py, 0, |watch| {
            let (mut wanted, mut failed) = (Vec::new(), Vec::new());
            for (at, part) in self.parts.iter().enumerate() {
                let (scenario, replications) = (self.scenario(at)?, part.first..part.end);
                wanted.push((scenario.world_hash, replications.clone()));
                let worlds = |_: &DesignPoint| Ok(scenario.clone());
                let worker = Worker::new(&worlds, &store, watch).sharing(Arc::clone(&TABLES));
                let unit = experiment::Unit { point: Arc::default(), replications };
                if let Err(Failed { reason }) = worker.execute(&unit).map_err(unanswered)? {
                    failed.push((part.point, reason));
                }
            }
            Ok::<_, Failure>((wanted, failed))
        })?;
        let (wanted, failed) = executed?;
        let bytes = store.export(wanted.into_iter()).collect::<Result<Vec<_>, _>>()?.concat();
        Ok((bytes, failed))
    }

    fn __repr__(&self) -> String {
        let replications: u32 = self.parts.iter().map(|part| part.end - part.first).sum();
        format!("<redress.Unit: {} parts, {replications} replications>", self.parts.len())
    }
}
