//! Finished units, in a file or in memory.

use crate::errors::Failure;
use pyo3::prelude::*;
use redress::experiment::Store;
use std::path::PathBuf;
use std::sync::Arc;

/// Finished units: in a file that other processes keep out of, or in memory.
#[pyclass(frozen, module = "redress._redress", name = "Store")]
#[derive(Debug)]
pub(crate) struct UnitStore {
    store: Arc<Store>,
}

impl UnitStore {
    pub(crate) fn inner(&self) -> Arc<Store> {
        Arc::clone(&self.store)
    }
}

#[pymethods]
impl UnitStore {
    /// Opens a file, or makes it; without one a store in memory. A record that a killed process left half-written is dropped.
    /// Raises `RuntimeError` if another process has it open, or it is no such file.
    #[new]
    #[pyo3(signature = (path = None))]
    fn new(path: Option<PathBuf>) -> PyResult<Self> {
        let store = match path {
            Some(path) => Store::open(&path).map_err(Failure::from)?,
            None => Store::in_memory(),
        };
        Ok(Self { store: Arc::new(store) })
    }

    /// Adds what came of a unit. Raises `RuntimeError` if the bytes are none of this version's.
    fn tell(&self, result: &[u8]) -> PyResult<()> {
        Ok(self.store.absorb(result).map_err(Failure::from)?)
    }

    /// The number of finished units.
    fn __len__(&self) -> usize {
        self.store.len()
    }
}
