//! The points of a sweep as a manifest or a plan has them.

use crate::experiment::Points;
use crate::export::study::StudyRecord;
use crate::scenario::{DesignPoint, Scenario, ScenarioErrors, Source};

/// The points of a sweep as its manifest has them.
#[derive(Debug)]
pub(super) struct RecordedPoints<'a> {
    pub(super) study: &'a StudyRecord,
    pub(super) file: &'a str,
    pub(super) first: &'a str,
}

impl Points for RecordedPoints<'_> {
    fn count(&self) -> usize {
        self.study.points.len()
    }

    fn point(&self, number: usize) -> DesignPoint {
        DesignPoint { number, labels: self.study.points[number].labels.clone(), settings: Vec::new() }
    }

    fn scenario(&self, number: usize) -> Result<Scenario, ScenarioErrors> {
        // A text that cannot be made is no scenario, which is said of it.
        let text = self.study.points[number].scenario(self.first).unwrap_or_default();
        Source::from_text(self.file, &text)?.resolve()
    }
}
