//! Reading a TOML file, with words for everything that can go wrong before its keys are looked at.

use super::error::ScenarioErrors;
use super::node::Node;
use std::io;
use std::path::Path;

/// The document in `path`.
pub(crate) fn document(path: &Path) -> Result<Node, ScenarioErrors> {
    if path.is_dir() {
        return Err(ScenarioErrors::file(path, "is a directory: name a TOML file"));
    }
    let bytes = std::fs::read(path)
        .map_err(|error| ScenarioErrors::file(path, format!("cannot be read: {}", reason(&error))))?;
    match String::from_utf8(bytes) {
        Ok(text) => Node::document(path, &text),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            Err(ScenarioErrors::file(path, format!("is not a text file: byte {offset} is not UTF-8")))
        }
    }
}

/// Why a file could not be read, without the number that the system gives the reason.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
