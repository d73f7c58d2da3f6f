//! Whole scenario files.

use super::confined::{Folder, document_stays_inside};
use super::errors::accepted;
use redress::scenario::{Scenario, Source};

/// Any file is a scenario or is refused, by the way that `redress check` goes; a scenario resolves again
/// from its canonical text, to the same world, text and hash.
pub fn any_scenario_resolves_to_itself_or_is_refused(bytes: &[u8]) -> bool {
    if !document_stays_inside(bytes) {
        return false;
    }
    let folder = Folder::new();
    let path = folder.write("x.toml", bytes);
    if let Some(scenario) = accepted(Source::read(&path).and_then(|source| source.resolve())) {
        assert_resolves_to_itself(&scenario);
    }
    true
}

/// The canonical text is the whole scenario.
pub(super) fn assert_resolves_to_itself(scenario: &Scenario) {
    let again = Source::from_text("again.toml", &scenario.resolved).and_then(|source| source.resolve());
    match again {
        // Remarks are on how a scenario came about, and a canonical text has no settings.
        Ok(again) => assert_eq!(Scenario { remarks: scenario.remarks.clone(), ..again }, *scenario),
        Err(errors) => panic!("the canonical text is refused: {errors}\n{}", scenario.resolved),
    }
}
