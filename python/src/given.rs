//! Scenarios, studies and settings as Python gives them.

use crate::errors::Failure;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use redress::report::Origin;
use redress::scenario::{Scenario, ScenarioErrors, Source, Study, StudyUse};
use std::path::{Path, PathBuf};

/// A file, or its text.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// The path of a file.
    File(PathBuf),
    /// TOML.
    Text(String),
}

/// A key and the value that it is set to.
pub(crate) type Setting = (String, toml::Value);

/// What messages and results call a scenario that is given as text.
const TEXT: &str = "scenario";

impl Given {
    /// A path, TOML text (which has an equals sign or a second line), or a dictionary.
    pub(crate) fn of(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(text) = value.cast::<PyString>() {
            let text = text.to_string();
            let is_text = text.contains(['\n', '=']);
            return Ok(if is_text { Self::Text(text) } else { Self::File(text.into()) });
        }
        if value.cast::<PyDict>().is_ok() {
            let table = to_toml(value)?;
            let text = toml::to_string(&table).map_err(|error| PyTypeError::new_err(error.to_string()))?;
            return Ok(Self::Text(text));
        }
        match value.extract::<PathBuf>() {
            Ok(path) => Ok(Self::File(path)),
            Err(_) => Err(PyTypeError::new_err(format!(
                "expected a path, TOML text or a dict, found {}",
                value.get_type().name()?
            ))),
        }
    }

    /// What it is called in messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Text(_) => TEXT.to_owned(),
        }
    }

    /// The scenario that it is.
    pub(crate) fn source(&self) -> Result<Source, ScenarioErrors> {
        match self {
            Self::File(path) => Source::read(path),
            Self::Text(text) => Source::from_text_at(Path::new(TEXT), text),
        }
    }

    /// The study that it is.
    pub(crate) fn study(&self, purpose: StudyUse) -> Result<Study, ScenarioErrors> {
        match self {
            Self::File(path) => Study::read_for(path, purpose),
            Self::Text(text) => Study::from_text_at(Path::new("study"), text, purpose),
        }
    }
}

/// A scenario with settings on it, and where it comes from; all that is wrong with either is reported.
pub(crate) fn scenario(given: &Given, settings: &[Setting]) -> Result<(Source, Scenario), Failure> {
    let mut source = given.source()?;
    match (apply(&mut source, settings), source.resolve()) {
        (Ok(()), resolved) => Ok((source, resolved?)),
        (Err(errors), Ok(_)) => Err(errors.into()),
        (Err(errors), Err(more)) => Err(errors.and(more).into()),
    }
}

/// Sets keys, and says what is wrong with any of them.
pub(crate) fn apply(source: &mut Source, settings: &[Setting]) -> Result<(), ScenarioErrors> {
    let set = |(key, value): &Setting| source.override_value("overrides", key, value).err();
    let errors: Vec<ScenarioErrors> = settings.iter().filter_map(set).collect();
    errors.into_iter().reduce(ScenarioErrors::and).map_or(Ok(()), Err)
}

/// What the name of a scenario does not tell.
pub(crate) fn origin(source: &Source, settings: &[Setting]) -> Origin {
    Origin { preset: source.preset().map(str::to_owned), overrides: texts(settings), ..Origin::default() }
}

/// Settings as `KEY=VALUE`.
pub(crate) fn texts(settings: &[Setting]) -> Vec<String> {
    settings.iter().map(|(key, value)| format!("{key}={value}")).collect()
}

/// The settings of a dictionary, in its order.
pub(crate) fn settings(given: &Bound<'_, PyDict>) -> PyResult<Vec<Setting>> {
    given.iter().map(|(key, value)| Ok((key.extract::<String>()?, to_toml(&value)?))).collect()
}

/// A value of TOML. Numbers of `NumPy` are taken as what their `item()` gives.
fn to_toml(value: &Bound<'_, PyAny>) -> PyResult<toml::Value> {
    // A bool is an int to Python, so it is asked for first.
    if let Ok(value) = value.cast::<PyBool>() {
        return Ok(toml::Value::Boolean(value.is_true()));
    }
    if value.cast::<PyInt>().is_ok() {
        return Ok(toml::Value::Integer(value.extract()?));
    }
    if value.cast::<PyFloat>().is_ok() {
        return Ok(toml::Value::Float(value.extract()?));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(toml::Value::String(text.to_string()));
    }
    if let Ok(table) = value.cast::<PyDict>() {
        let entries = table.iter().map(|(key, value)| Ok((key.extract::<String>()?, to_toml(&value)?)));
        return Ok(toml::Value::Table(entries.collect::<PyResult<_>>()?));
    }
    if value.cast::<PyList>().is_ok() || value.cast::<PyTuple>().is_ok() {
        let items = value.try_iter()?.map(|item| to_toml(&item?));
        return Ok(toml::Value::Array(items.collect::<PyResult<_>>()?));
    }
    for method in ["item", "tolist"] {
        if let Ok(plain) = value.call_method0(method)
            && !plain.get_type().is(value.get_type())
        {
            return to_toml(&plain);
        }
    }
    let class = value.get_type().name()?;
    Err(PyTypeError::new_err(format!("a value of type {class} has no form in a scenario")))
}
