//! Where the finished units of a question that is under way are kept.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The store of a folder of results: `.NAME.units` beside it. Whoever asks the same question again goes on from there.
pub fn units_path(target: &Path) -> PathBuf {
    // A link, or a path that ends in dots, has the name of the folder that it leads to.
    let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_else(|| "results".as_ref()));
    name.push(".units");
    target.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_kept_beside_the_folder_of_results() {
        assert_eq!(units_path(Path::new("nowhere/study")), Path::new("nowhere/.study.units"));
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().canonicalize().unwrap().join("study");
        std::fs::create_dir(&folder).unwrap();
        assert_eq!(units_path(&folder.join(".")), folder.with_file_name(".study.units"));
    }
}
