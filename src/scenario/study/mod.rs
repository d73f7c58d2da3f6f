//! Studies: factors of a scenario, and the design that combines their values.
//!
//! `definition` is what a study is and `document` reads it; `plan` and `placing` make its points. Factors are in `factor`, `range`,
//! `design` and `design_file`; `study_checks` and `factor_conflicts` refuse what does not fit, `hidden_settings` what shows
//! nowhere. What a study is tuned for is in `tuning` and `measure`, how its sensitivity is analysed in `sensitivity_plan`.

pub(super) mod definition;
pub(super) mod design;
pub(super) mod design_file;
pub(super) mod document;
pub(super) mod factor;
pub(super) mod factor_conflicts;
pub(super) mod hidden_settings;
pub(super) mod measure;
pub(super) mod placing;
pub(super) mod plan;
pub(super) mod range;
pub(super) mod sensitivity_plan;
pub(super) mod study_checks;
pub(super) mod tuning;
