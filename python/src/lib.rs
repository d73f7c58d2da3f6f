//! redress from Python: the compiled part of the package. The package itself, in `redress/`, gives its functions their arguments.
//!
//! Read `given` (scenarios and settings as Python gives them), `errors`, `session` (threads, Ctrl-C, progress), `table`,
//! then a file per question: `run`, `compare`, `checked_study`, `plan` and `sweep`, `sensitivity`, `tune`; `unit` and `store` for
//! other machines, `evaluator` for whoever chooses points; `picture` and `catalog`.

#![allow(clippy::needless_pass_by_value, reason = "what Python gives is taken by value")]
#![allow(clippy::needless_update, reason = "what only the command line knows of an origin is left as it is")]

mod catalog;
mod checked_study;
mod compare;
mod errors;
mod evaluator;
mod given;
mod picture;
mod plan;
mod run;
mod sensitivity;
mod session;
mod store;
mod sweep;
mod table;
mod trace;
mod tune;
mod unit;

use pyo3::prelude::*;

#[pymodule]
fn _redress(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<catalog::Checked>()?;
    module.add_class::<compare::Comparison>()?;
    module.add_class::<evaluator::Evaluation>()?;
    module.add_class::<evaluator::Evaluator>()?;
    module.add_class::<plan::Plan>()?;
    module.add_class::<run::Run>()?;
    module.add_class::<sensitivity::Sensitivity>()?;
    module.add_class::<store::UnitStore>()?;
    module.add_class::<sweep::Sweep>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<tune::Tuned>()?;
    module.add_class::<unit::Unit>()?;
    module.add_function(wrap_pyfunction!(catalog::check, module)?)?;
    module.add_function(wrap_pyfunction!(catalog::metrics, module)?)?;
    module.add_function(wrap_pyfunction!(compare::compare, module)?)?;
    module.add_function(wrap_pyfunction!(evaluator::scopes, module)?)?;
    module.add_function(wrap_pyfunction!(run::run, module)?)?;
    module.add_function(wrap_pyfunction!(sensitivity::sensitivity, module)?)?;
    module.add_function(wrap_pyfunction!(trace::trace, module)?)?;
    module.add_function(wrap_pyfunction!(tune::tune, module)?)
}
