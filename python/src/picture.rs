//! Charts by name, drawn when they are asked for.

use crate::errors::Failure;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use redress::report::Chart;
use redress::report::run_charts::NamedChart;

/// What has charts.
pub(crate) trait Pictures {
    /// All of them, not drawn yet.
    fn charts(&self) -> Result<Vec<NamedChart>, Failure>;

    /// The name of the chart that carries the finding, if it is not the first.
    fn first(&self) -> &'static str {
        ""
    }

    /// Their names.
    fn names(&self) -> Result<Vec<String>, Failure> {
        Ok(self.charts()?.into_iter().map(|chart| chart.name).collect())
    }
}

/// A chart as SVG.
pub(crate) fn svg(of: &impl Pictures, chart: Option<&str>) -> PyResult<String> {
    Ok(named(of, chart)?.svg())
}

/// A chart as PNG.
pub(crate) fn png(of: &impl Pictures, chart: Option<&str>) -> PyResult<Vec<u8>> {
    Ok(named(of, chart)?.png())
}

fn named(of: &impl Pictures, wanted: Option<&str>) -> PyResult<Chart> {
    let mut charts = of.charts()?;
    let place = match wanted {
        Some(name) => charts.iter().position(|chart| chart.name == name),
        None if charts.is_empty() => None,
        None => Some(charts.iter().position(|chart| chart.name == of.first()).unwrap_or(0)),
    };
    let Some(place) = place else {
        let names: Vec<&str> = charts.iter().map(|chart| chart.name.as_str()).collect();
        let wanted = wanted.unwrap_or("any");
        return Err(PyKeyError::new_err(format!(
            "there is no chart {wanted}: there are [{}]",
            names.join(", ")
        )));
    };
    Ok(charts.swap_remove(place).chart)
}
