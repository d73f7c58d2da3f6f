//! What came of a sweep.

use crate::checked_study::CheckedStudy;
use crate::errors::Failure;
use crate::picture::{Pictures, png, svg};
use crate::table::{Table, write_csv};
use pyo3::prelude::*;
use redress::experiment::{Store, SweepPoint, UnitResult};
use redress::export::sweep_tables::SweepTable;
use redress::report::contrasts::Contrasts;
use redress::report::run_charts::NamedChart;
use redress::report::sweep_charts::charts;
use redress::report::sweep_finding;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// Of more points only the world is read for charts, and no segment.
const MOST_POINTS_WITH_SEGMENTS: usize = 1_000;

/// What came of a sweep; its points are read from the store when they are asked for.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Debug)]
pub(crate) struct Sweep {
    core: Arc<CheckedStudy>,
    store: Arc<Store>,
    failures: Vec<(usize, String)>,
}

impl Sweep {
    pub(crate) const fn new(
        core: Arc<CheckedStudy>,
        store: Arc<Store>,
        failures: Vec<(usize, String)>,
    ) -> Self {
        Self { core, store, failures }
    }

    fn points(&self) -> Result<Vec<SweepPoint>, Failure> {
        self.core.with_result(&self.store, |result| {
            let with_segments = result.points.len() <= MOST_POINTS_WITH_SEGMENTS;
            Ok(result.points_with(&self.core.responses, result.points.len(), with_segments)?)
        })
    }

    fn contrasts(&self) -> Result<Contrasts, Failure> {
        let core = &self.core;
        core.with_result(&self.store, |result| Ok(Contrasts::of(&core.record, result, &core.responses)?))
    }

    fn table(&self, by_group: bool) -> Result<Table, Failure> {
        let factors = &self.core.record.factors;
        self.core.with_result(&self.store, |result| Table::of(&SweepTable { factors, result, by_group }))
    }
}

impl Pictures for Sweep {
    fn charts(&self) -> Result<Vec<NamedChart>, Failure> {
        let core = &self.core;
        let name = core.origin.named(&core.study.name);
        let drawn = (&self.points()?[..], &self.contrasts()?);
        Ok(charts(&name, &core.record, &core.first.world, drawn, &core.responses))
    }
}

#[pymethods]
impl Sweep {
    /// The name of the study.
    #[getter]
    fn name(&self) -> String {
        self.core.origin.named(&self.core.study.name)
    }

    /// The design points that are whole.
    fn __len__(&self) -> PyResult<usize> {
        Ok(self.core.with_result(&self.store, |result| Ok(result.points.len()))?)
    }

    /// The points of which nothing came, with the reason.
    #[getter]
    fn failures(&self) -> Vec<(usize, String)> {
        self.failures.clone()
    }

    /// Whether every point is whole, or has failed.
    #[getter]
    fn is_complete(&self) -> PyResult<bool> {
        Ok(self.__len__()? + self.failures.len() == self.core.planned.len())
    }

    /// What it found, a sentence each.
    #[getter]
    fn findings(&self) -> PyResult<Vec<String>> {
        let (core, contrasts) = (&self.core, self.contrasts()?);
        Ok(sweep_finding::findings(&core.record, &contrasts, &self.points()?, &core.responses))
    }

    /// A row per design point and metric, of the whole world.
    #[getter]
    fn sweep(&self) -> PyResult<Table> {
        Ok(self.table(false)?)
    }

    /// The same for every market, seller segment and buyer segment.
    #[getter]
    fn sweep_segments(&self) -> PyResult<Table> {
        Ok(self.table(true)?)
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
        let factors = &self.core.record.factors;
        let write = |by_group| {
            self.core.with_result(&self.store, |result| {
                write_csv(&folder, &SweepTable { factors, result, by_group })
            })
        };
        Ok(vec![write(false)?, write(true)?])
    }

    /// Writes the units of its whole points in the order of the design: the same bytes whoever simulated them, in whatever parts.
    fn write_units(&self, path: PathBuf) -> PyResult<()> {
        self.core.with_result(&self.store, |result| {
            let partial = path.with_extension("partial");
            let mut file = std::io::BufWriter::new(std::fs::File::create(&partial)?);
            for (number, finished) in result.points.iter().enumerate() {
                let world = self.core.planned[finished.number].world_hash;
                let (parts, _) = self.store.known(&world, 0..finished.replications)?;
                let mut whole = UnitResult::default();
                for part in parts {
                    whole.merge(part);
                }
                let one = Store::in_memory();
                one.append(&world, &whole)?;
                // The head stands once, before the first.
                for part in one
                    .export(std::iter::once((world, 0..finished.replications)))
                    .skip(usize::from(number > 0))
                {
                    file.write_all(&part?)?;
                }
            }
            file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_data()?;
            Ok(std::fs::rename(&partial, &path)?)
        })?;
        Ok(())
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!(
            "<redress.Sweep {}: {} of {} points>",
            self.name(),
            self.__len__()?,
            self.core.planned.len()
        ))
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Ok(slf.py().import("redress._html")?.call_method1("result", (slf,))?.unbind())
    }
}
