//! Reading a TOML file, with words for everything that can go wrong before its keys are looked at.

use super::error::ScenarioErrors;
use super::near_file::did_you_mean;
use super::node::Node;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The largest TOML file: several times what the values of the longest distribution take.
const MOST_BYTES: u64 = 16 << 20;

/// The document in `path`.
pub(crate) fn document(path: &Path) -> Result<Node, ScenarioErrors> {
    Node::document(path, &text(path)?)
}

/// The text in `path`, of a TOML file.
pub(crate) fn text(path: &Path) -> Result<String, ScenarioErrors> {
    if path.is_dir() {
        return Err(ScenarioErrors::file(path, "is a directory: name a TOML file"));
    }
    let bytes = bytes(path, MOST_BYTES)
        .map_err(|problem| ScenarioErrors::file(path, format!("cannot be read: {problem}")))?;
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        ScenarioErrors::file(path, format!("is not a text file: byte {offset} is not UTF-8"))
    })
}

/// What a file holds, if it is a regular one of at most `most` bytes: a pipe may never say anything, and a device such as
/// `/dev/zero` never ends. Both are asked of the file before it is opened, which would wait for whoever writes to a pipe.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let too_large = || Err(format!("it is larger than {} MiB", most >> 20));
    let metadata = path.metadata().map_err(|error| reason(path, &error))?;
    if metadata.is_dir() {
        return Err("it is a directory".to_owned());
    }
    if !metadata.is_file() {
        return Err("it is a pipe or a device: write what it gives to a file, and name that".to_owned());
    }
    if metadata.len() > most {
        return too_large();
    }
    let mut bytes = Vec::new();
    // It may have grown since.
    let read = File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    match read {
        Err(error) => Err(reason(path, &error)),
        Ok(_) if bytes.len() as u64 > most => too_large(),
        Ok(_) => Ok(bytes),
    }
}

/// Why a file could not be read, without the number that the system gives the reason.
fn reason(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("there is no such file{}", did_you_mean(path)),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
