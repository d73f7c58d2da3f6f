//! Keeps an input to files of its own: a path in it may name no other folder than the one it is given.

use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use toml::de::{DeTable, DeValue};

/// How many folders lie between the files of an input and those of others. A path goes up by one at most, so
/// that it ends where there is nothing.
const DEPTH: usize = 3;

/// A folder for the files of one input, gone when it is dropped.
pub(super) struct Folder {
    path: PathBuf,
    _top: TempDir,
}

impl Folder {
    /// An empty folder.
    pub(super) fn new() -> Self {
        let top = TempDir::new().unwrap();
        let path = (0..DEPTH).fold(top.path().to_owned(), |path, _| path.join("d"));
        fs::create_dir_all(&path).unwrap();
        Self { path, _top: top }
    }

    /// Writes a file and says where.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

/// Whether a TOML document names no file outside its folder. One that is no TOML names none at all.
pub(super) fn document_stays_inside(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else {
        return true;
    };
    DeTable::parse(text)
        .map_or(true, |document| document.get_ref().iter().all(|(_, value)| inside(value.get_ref())))
}

/// Whether a setting or factor names no file: without `file` and without escapes it cannot; with them it
/// could, if there are slashes or steps up as well.
pub(super) fn option_stays_inside(option: &str) -> bool {
    let could_name_a_file = option.contains("file") || option.contains('\\');
    !could_name_a_file || !["/", "..", "\\u", "\\U", "\\x"].iter().any(|part| option.contains(part))
}

/// Whether every string of a value, read as a path, stays inside.
fn inside(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::String(text) => !text.starts_with('/') && text.matches("..").count() <= 1,
        DeValue::Array(elements) => elements.iter().all(|element| inside(element.get_ref())),
        DeValue::Table(table) => table.iter().all(|(_, value)| inside(value.get_ref())),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_to_another_folder_is_seen_through_escapes() {
        for outside in [
            "extends = \"/dev/zero\"",
            "x.file = '/dev/zero'",
            "x = [{ y = \"\\u002fdev\" }]",
            "x = \"../../y\"",
        ] {
            assert!(!document_stays_inside(outside.as_bytes()), "{outside}");
        }
        for inside in ["extends = \"y.toml\"", "x = \"../y\"", "x = ", "x = 1\n/dev/zero"] {
            assert!(document_stays_inside(inside.as_bytes()), "{inside}");
        }
        for outside in
            ["a.file=/dev/zero", "a={ empirical = { \"f\\u0069le\" = \"\\u002fdev\" } }", "a.file=.."]
        {
            assert!(!option_stays_inside(outside), "{outside}");
        }
        for inside in ["run.days=1..3/3", "a.file=b.csv", "name=\"a\\nb\""] {
            assert!(option_stays_inside(inside), "{inside}");
        }
    }
}
