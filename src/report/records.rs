//! A study as manifests and charts keep it, and what is shown of one that does not say.

use crate::export::study::{FactorRecord, PointRecord, StudyRecord, changes};
use crate::observe::Metric;
use crate::scenario::{DesignPoint, Scenario, Study};
use std::collections::BTreeSet;

/// What a sweep shows of a study that names no responses: the headline question.
pub const SWEEP_RESPONSES: [&str; 6] = [
    "dispute_rate",
    "auto_executed_share",
    "not_sold_rate",
    "seller_days_demoted",
    "seller_days_frozen",
    "orders_lost_to_penalties",
];

/// Outputs of an analysis of sensitivity whose study names no responses.
pub const SENSITIVITY_OUTPUTS: [&str; 4] =
    ["dispute_rate", "auto_executed_share", "not_sold_rate", "orders_lost_to_penalties"];

/// A study that was read from `file`, with its points and what is shown of them.
pub fn study_record(
    study: &Study,
    file: &str,
    points: Vec<PointRecord>,
    responses: &[&'static Metric],
) -> StudyRecord {
    let labels = |factor: usize| {
        let mut levels: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for point in &points {
            if seen.insert(&point.labels[factor]) {
                levels.push(point.labels[factor].clone());
            }
        }
        levels
    };
    let factors = study.factors.iter().enumerate().map(|(number, factor)| FactorRecord {
        name: factor.name.clone(),
        keys: factor.keys.clone(),
        levels: labels(number),
        has_own_labels: factor.has_own_labels(),
        is_logarithmic: factor.is_logarithmic(),
    });
    StudyRecord {
        file: file.to_owned(),
        description: study.description.clone(),
        design: study.design_name().to_owned(),
        responses: responses.iter().map(|metric| metric.name.to_owned()).collect(),
        factors: factors.collect(),
        points,
        kept: None,
    }
}

/// A design point; `first` is the resolved scenario of the first.
pub fn point_record(point: &DesignPoint, scenario: &Scenario, first: &str) -> PointRecord {
    PointRecord {
        labels: point.labels.clone(),
        settings: point.settings.iter().map(|(key, value)| format!("{key}={value}")).collect(),
        changes: changes(first, &scenario.resolved),
        parts: Vec::new(),
    }
}
