//! What a refusal is like, whatever was refused.

use redress::scenario::ScenarioErrors;

/// The value, if there is one; otherwise there is something wrong, and each violation is one line of plain
/// text with its place, which cannot move a terminal's cursor.
pub(super) fn accepted<T>(result: Result<T, ScenarioErrors>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(errors) => {
            assert!(errors.iter().count() > 0, "refused for no reason");
            for error in errors.iter() {
                let line = error.to_string();
                assert!(!line.contains(char::is_control), "a message holds a control character: {line:?}");
                assert!(!error.place().is_empty() && !error.message().is_empty(), "{line}");
            }
            None
        }
    }
}
