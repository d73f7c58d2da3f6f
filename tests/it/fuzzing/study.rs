//! Study files.

use super::confined::{Folder, document_stays_inside};
use super::errors::accepted;
use redress::scenario::Study;

/// The most points whose scenarios are put together; more of them are only laid out.
const MOST_SCENARIOS: usize = 16;

/// Any study of a valid scenario is read or refused.
pub fn any_study_is_read_or_refused(bytes: &[u8]) -> bool {
    if !document_stays_inside(bytes) {
        return false;
    }
    let folder = Folder::new();
    folder.write("x.toml", include_bytes!("../../../scenarios/verification/base.toml"));
    let path = folder.write("s.toml", bytes);
    if let Some(study) = accepted(Study::read(&path)) {
        assert_laid_out(&study);
    }
    true
}

/// Every point has a value for each factor, and is a scenario or is refused.
pub(super) fn assert_laid_out(study: &Study) {
    let points = study.points();
    assert!(!points.is_empty(), "a study without points");
    let keys: usize = study.factors.iter().map(|factor| factor.keys.len()).sum();
    for point in &points {
        assert_eq!(point.labels.len(), study.factors.len());
        assert_eq!(point.settings.len(), keys);
    }
    if points.len() <= MOST_SCENARIOS
        && let Some(scenarios) = accepted(study.scenarios())
    {
        assert_eq!(scenarios.len(), points.len());
        for (point, (planned, scenario)) in points.iter().zip(&scenarios) {
            assert_eq!(point, planned);
            super::scenario::assert_resolves_to_itself(scenario);
        }
    }
}
