//! What is wrong, as Python raises it.

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use redress::experiment::StoreError;
use redress::scenario::ScenarioErrors;

/// Why a call gives no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The scenario or study is not valid: `redress.ScenarioError`, with every place.
    Scenario(ScenarioErrors),
    /// An argument is wrong: `ValueError`.
    Argument(String),
    /// It failed while running: `RuntimeError`.
    Running(String),
    /// Python has raised it, `KeyboardInterrupt` among them.
    Raised(PyErr),
}

impl From<ScenarioErrors> for Failure {
    fn from(errors: ScenarioErrors) -> Self {
        Self::Scenario(errors)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Running(error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Running(error.to_string())
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self::Raised(error)
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Scenario(errors) => {
                let places: Vec<(String, String)> =
                    errors.iter().map(|error| (error.place(), error.message().to_owned())).collect();
                Python::attach(|py| scenario_error(py, places).unwrap_or_else(|error| error))
            }
            Failure::Argument(words) => PyValueError::new_err(words),
            Failure::Running(words) => PyRuntimeError::new_err(words),
            Failure::Raised(error) => error,
        }
    }
}

/// The exception that the package defines, so that it can be sent to another process.
fn scenario_error(py: Python<'_>, places: Vec<(String, String)>) -> PyResult<PyErr> {
    let class = py.import("redress._errors")?.getattr("ScenarioError")?;
    Ok(PyErr::from_value(class.call1((places,))?))
}
