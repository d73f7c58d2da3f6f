//! Settings of the command line.

use super::confined::option_stays_inside;
use super::errors::accepted;
use super::scenario::assert_resolves_to_itself;
use redress::scenario::Source;
use std::sync::OnceLock;

/// A scenario in a folder that does not exist, so that no setting finds a file beside it.
pub(super) fn baseline() -> Source {
    static BASELINE: OnceLock<Source> = OnceLock::new();
    let text = include_str!("../../../scenarios/baseline.toml");
    BASELINE.get_or_init(|| Source::from_text("no such folder/baseline.toml", text).unwrap()).clone()
}

/// Any lines, each given to `--set` of the baseline, make a scenario or are refused.
pub fn any_settings_resolve_or_are_refused(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    if !text.lines().all(option_stays_inside) {
        return false;
    }
    let mut source = baseline();
    for setting in text.lines() {
        if accepted(source.set(setting)).is_none() {
            return true;
        }
    }
    if let Some(scenario) = accepted(source.resolve()) {
        assert_resolves_to_itself(&scenario);
    }
    true
}
