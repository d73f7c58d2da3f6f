//! A folder of results, written whole or not at all.

use super::manifest::{self, MANIFEST};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A file or folder that could not be written. Nothing half-written is left behind.
#[derive(Debug, Error)]
#[error("cannot write {}: {reason}", path.display())]
pub struct ExportError {
    /// What could not be written.
    pub path: PathBuf,
    /// Why, and what to do.
    pub reason: String,
}

impl ExportError {
    pub(crate) fn new(path: &Path, error: &io::Error) -> Self {
        let way_out = match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound | io::ErrorKind::ReadOnlyFilesystem => {
                "; choose another folder with --out"
            }
            io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge | io::ErrorKind::QuotaExceeded => {
                "; free some space, or choose another disk with --out"
            }
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                "; a file is in the way: choose another folder with --out"
            }
            io::ErrorKind::IsADirectory => "; a folder is in the way: choose another folder with --out",
            _ => "",
        };
        let words = error.to_string();
        let words = words.split(" (os error").next().unwrap_or(&words).to_lowercase();
        Self { path: path.to_owned(), reason: format!("{words}{way_out}") }
    }
}

/// Results on their way into a folder: files are written beside it first, and moved when all are there.
#[derive(Debug)]
pub struct RunDirectory {
    target: PathBuf,
    staging: PathBuf,
    /// Folders that did not exist before, the outermost first.
    created: Vec<PathBuf>,
    is_published: bool,
}

/// What results on their way leave behind if they are given up: it may be removed by another thread than the one that writes.
#[derive(Clone, Debug)]
pub struct Leftovers {
    staging: PathBuf,
    created: Vec<PathBuf>,
}

impl Leftovers {
    /// Removes what was written, and the folders that were made for nothing.
    pub fn remove(&self) {
        // Whoever still writes may add a file while others go, but none once the folder is away.
        for _ in 0..8 {
            let _ = fs::remove_dir_all(&self.staging);
            if !self.staging.exists() {
                break;
            }
        }
        for folder in self.created.iter().rev() {
            // An error here has no better remedy than the one already being reported.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl RunDirectory {
    /// Prepares to write results into `target`, creating it if need be.
    ///
    /// # Errors
    /// If the folder cannot be created or written to.
    pub fn prepare(target: &Path) -> Result<Self, ExportError> {
        let mut created = Vec::new();
        let mut missing = target.to_owned();
        while !missing.as_os_str().is_empty() && !missing.exists() {
            created.insert(0, missing.clone());
            if !missing.pop() {
                break;
            }
        }
        let staging = target.join(format!(".unfinished-{}", std::process::id()));
        let directory = Self { target: target.to_owned(), staging, created, is_published: false };
        if target.exists() && !target.is_dir() {
            return Err(ExportError::new(target, &io::Error::from(io::ErrorKind::NotADirectory)));
        }
        fs::create_dir_all(directory.staging.join("charts"))
            .map_err(|error| ExportError::new(target, &error))?;
        Ok(directory)
    }

    /// Where a file is written for now; `name` is relative to the folder of results.
    pub fn path(&self, name: &str) -> PathBuf {
        self.staging.join(name)
    }

    /// The folder of results.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What to remove if these results are given up.
    pub fn leftovers(&self) -> Leftovers {
        Leftovers { staging: self.staging.clone(), created: self.created.clone() }
    }

    /// Writes one file.
    ///
    /// # Errors
    /// If the file cannot be written in full.
    pub fn write(&self, name: &str, contents: &[u8]) -> Result<(), ExportError> {
        self.write_parts(name, std::iter::once(contents))
    }

    /// Writes one file part by part, so that no more than one has to be in memory.
    ///
    /// # Errors
    /// If the file cannot be written in full.
    pub fn write_parts<P: AsRef<[u8]>>(
        &self,
        name: &str,
        mut parts: impl Iterator<Item = P>,
    ) -> Result<(), ExportError> {
        fs::File::create(self.path(name))
            .and_then(|mut file| {
                parts.try_for_each(|part| file.write_all(part.as_ref()))?;
                file.sync_all()
            })
            .map_err(|error| ExportError::new(&self.target.join(name), &error))
    }

    /// The names of the files written so far, in order.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn files(&self) -> Result<Vec<String>, ExportError> {
        let mut names = self.names("")?;
        names.sort();
        Ok(names)
    }

    /// Moves everything into the folder of results and gives the names of the files, in order. Files of an
    /// earlier command that its manifest lists go, so that the folder never mixes two results.
    ///
    /// # Errors
    /// If a file cannot be moved. What could stand in its way is looked for before the first one is.
    pub fn publish(mut self) -> Result<Vec<String>, ExportError> {
        let names = self.files()?;
        for name in &names {
            let to = self.target.join(name);
            if to.is_dir() {
                return Err(ExportError::new(&to, &io::Error::from(io::ErrorKind::IsADirectory)));
            }
        }
        let charts = self.target.join("charts");
        fs::create_dir_all(&charts).map_err(|error| ExportError::new(&charts, &error))?;
        for former in manifest::files_listed(&self.target.join(MANIFEST)) {
            if !names.contains(&former) {
                // A file that somebody has already taken away needs no removal.
                let _ = fs::remove_file(self.target.join(former));
            }
        }
        for name in &names {
            let to = self.target.join(name);
            fs::rename(self.path(name), &to).map_err(|error| ExportError::new(&to, &error))?;
        }
        self.is_published = true;
        Ok(names)
    }

    fn names(&self, below: &str) -> Result<Vec<String>, ExportError> {
        let folder = self.staging.join(below);
        let failed = |error: io::Error| ExportError::new(&folder, &error);
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.path().is_dir() {
                names.extend(self.names(&name)?);
            } else {
                names.push(name);
            }
        }
        Ok(names)
    }
}

impl Drop for RunDirectory {
    /// Leaves nothing half-written: the staging folder goes, and so do folders made for nothing.
    fn drop(&mut self) {
        if self.is_published {
            // An error here has no better remedy than the one already being reported.
            let _ = fs::remove_dir_all(&self.staging);
            let _ = fs::remove_dir(self.target.join("charts"));
        } else {
            self.leftovers().remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abandoned_run_leaves_no_folder_behind() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("output/run");
        let directory = RunDirectory::prepare(&target).unwrap();
        directory.write("summary.csv", b"a").unwrap();
        drop(directory);
        assert!(!home.path().join("output").exists());
    }

    #[test]
    fn a_published_run_has_its_files_and_no_staging() {
        let home = tempfile::tempdir().unwrap();
        let directory = RunDirectory::prepare(&home.path().join("run")).unwrap();
        directory.write("summary.csv", b"a").unwrap();
        directory.write("charts/x.svg", b"b").unwrap();
        assert_eq!(directory.publish().unwrap(), ["charts/x.svg", "summary.csv"]);
        let left: Vec<_> = fs::read_dir(home.path().join("run")).unwrap().collect();
        assert_eq!(left.len(), 2);
    }

    #[test]
    fn files_of_an_earlier_command_go_and_those_of_others_stay() {
        let home = tempfile::tempdir().unwrap();
        for (mine, listed) in [("summary.csv", r#"["summary.csv", "../kept.txt"]"#), ("sweep.csv", "[]")] {
            let directory = RunDirectory::prepare(&home.path().join("run")).unwrap();
            directory.write(mine, b"a").unwrap();
            directory.write(MANIFEST, format!(r#"{{"files": {listed}}}"#).as_bytes()).unwrap();
            for kept in [home.path().join("kept.txt"), home.path().join("run/notes.txt")] {
                fs::write(kept, "mine").unwrap();
            }
            directory.publish().unwrap();
        }
        let left = |name: &str| home.path().join(name).exists();
        assert!(left("run/sweep.csv") && left("run/notes.txt") && left("kept.txt"));
        assert!(!left("run/summary.csv"));
    }

    #[test]
    fn a_folder_in_the_way_of_one_file_leaves_the_others_unmoved() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("summary.csv")).unwrap();
        let directory = RunDirectory::prepare(home.path()).unwrap();
        directory.write("daily.csv", b"a").unwrap();
        directory.write("summary.csv", b"a").unwrap();
        assert!(
            directory.publish().unwrap_err().to_string().contains("summary.csv: is a directory; a folder")
        );
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "x").unwrap();
        let error = RunDirectory::prepare(&file).unwrap_err().to_string();
        assert!(
            error.ends_with("file: not a directory; a file is in the way: choose another folder with --out")
        );
    }
}
