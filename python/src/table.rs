//! Tables that data frames read without a copy.

use crate::errors::Failure;
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{DataType, SchemaRef};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use redress::export::arrow::{batches, schema};
use redress::export::csv;
use redress::export::typed::TypedTable;
use std::io;
use std::path::PathBuf;

/// Rows that its text and its HTML show.
const SHOWN: usize = 10;

/// A table: named columns of texts, whole numbers and numbers, in which a cell may be undefined.
///
/// It has the Arrow `PyCapsule` interface: `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)`
/// and `DuckDB`, which finds it by the name of its variable, read it; the first two without a copy.
#[pyclass(frozen, module = "redress._redress")]
#[derive(Clone, Debug)]
pub(crate) struct Table {
    name: &'static str,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// Of what the library knows as a table.
    pub(crate) fn of<T: TypedTable>(table: &T) -> Result<Self, Failure> {
        let batches = batches(table).collect::<io::Result<_>>()?;
        Ok(Self { name: table.name(), schema: schema(table), batches })
    }
}

/// Writes a table as the command line does; the same bytes.
pub(crate) fn write_csv<T: TypedTable>(folder: &std::path::Path, table: &T) -> Result<PathBuf, Failure> {
    use std::io::Write as _;
    let path = folder.join(format!("{}.csv", table.name()));
    let partial = folder.join(format!(".{}.csv.partial", table.name()));
    let mut file = io::BufWriter::new(std::fs::File::create(&partial)?);
    for part in csv(table) {
        file.write_all(&part?)?;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()?;
    std::fs::rename(&partial, &path)?;
    Ok(path)
}

#[pymethods]
impl Table {
    /// Its name, that of the file in which the command line writes it.
    #[getter]
    const fn name(&self) -> &str {
        self.name
    }

    /// The names of its columns, in order.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// For each column its type (`str`, `int` or `float`) and its meaning with the unit.
    #[getter]
    fn meanings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let meanings = PyDict::new(py);
        for field in self.schema.fields() {
            let kind = match field.data_type() {
                DataType::Int64 => "int",
                DataType::Float64 => "float",
                _ => "str",
            };
            let meaning = field.metadata().get("description").map_or("", |meaning| meaning.as_ref());
            meanings.set_item(field.name(), (kind, meaning))?;
        }
        Ok(meanings)
    }

    /// The cells of a column; `None` where undefined. Raises `KeyError` if there is no such column.
    fn __getitem__<'py>(&self, py: Python<'py>, column: &str) -> PyResult<Bound<'py, PyList>> {
        let (place, _) = self.schema.column_with_name(column).ok_or_else(|| {
            PyKeyError::new_err(format!(
                "{} has no column {column}: it has {}",
                self.name,
                self.columns().join(", ")
            ))
        })?;
        let cells = PyList::empty(py);
        for batch in &self.batches {
            let array = batch.column(place);
            for row in 0..array.len() {
                cells.append(cell(py, array.as_ref(), row)?)?;
            }
        }
        Ok(cells)
    }

    /// Every column as a list, without any other package.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for column in self.columns() {
            all.set_item(&column, self.__getitem__(py, &column)?)?;
        }
        Ok(all)
    }

    /// The number of rows.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The Arrow C stream of its rows. A requested schema is let go by, as the interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, self.schema.clone());
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The Arrow C schema of its columns.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref());
        let schema = schema.map_err(|error| PyValueError::new_err(error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __repr__(&self) -> String {
        format!("<redress.Table {}: {} rows of {}>", self.name, self.__len__(), self.columns().join(", "))
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        let page = slf.py().import("redress._html")?;
        Ok(page.call_method1("table", (slf, SHOWN))?.unbind())
    }
}

fn cell(py: Python<'_>, array: &dyn Array, row: usize) -> PyResult<Py<PyAny>> {
    if array.is_null(row) {
        return Ok(py.None());
    }
    Ok(match array.data_type() {
        DataType::Int64 => {
            array.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any().unbind()
        }
        DataType::Float64 => {
            array.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any().unbind()
        }
        _ => array.as_string::<i32>().value(row).into_pyobject(py)?.into_any().unbind(),
    })
}
