//! The folder that results go into, as the user names it and where it really is.

use super::error::ExportError;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The longest name in bytes of a folder of results: names beside it, which are longer, fit any file system.
const LONGEST_NAME: usize = 200;

/// A folder of results, links resolved. Its parent is there, it need not be.
#[derive(Clone, Debug)]
pub(super) struct Target {
    shown: PathBuf,
    parent: PathBuf,
    name: OsString,
}

/// Folders that were made on the way to a target, the outermost first. Those that are still empty go in the end.
#[derive(Debug, Default)]
pub(super) struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Those that were made, the outermost first.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.0
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // A folder that something was put into stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Target {
    /// Finds where `shown` is; folders on the way to it are made.
    pub(super) fn resolve(shown: &Path) -> Result<(Self, MadeFolders), ExportError> {
        let failed = |error: io::Error| ExportError::new(shown, &error);
        if fs::symlink_metadata(shown).is_ok() {
            let path = shown.canonicalize().map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => ExportError::unfit(
                    shown,
                    "it is a link that leads nowhere; choose another folder with --out",
                ),
                _ => failed(error),
            })?;
            if !path.is_dir() {
                return Err(failed(io::Error::from(io::ErrorKind::NotADirectory)));
            }
            let target = Self::below(shown, path.parent(), path.file_name())?;
            target.expect_replaceable()?;
            return Ok((target, MadeFolders::default()));
        }
        let parent = match shown.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => return Err(failed(io::Error::from(io::ErrorKind::NotFound))),
        };
        let mut made = MadeFolders::default();
        let mut missing = parent.to_owned();
        while !missing.as_os_str().is_empty() && fs::symlink_metadata(&missing).is_err() {
            made.0.insert(0, missing.clone());
            if !missing.pop() {
                break;
            }
        }
        if !missing.as_os_str().is_empty() && !missing.is_dir() {
            return Err(failed(io::Error::from(io::ErrorKind::NotADirectory)));
        }
        fs::create_dir_all(parent).map_err(failed)?;
        let parent = parent.canonicalize().map_err(failed)?;
        Ok((Self::below(shown, Some(&parent), shown.file_name())?, made))
    }

    fn below(shown: &Path, parent: Option<&Path>, name: Option<&OsStr>) -> Result<Self, ExportError> {
        let (Some(parent), Some(name)) = (parent, name) else {
            let reason = "it is no folder with a name of its own; choose another folder with --out";
            return Err(ExportError::unfit(shown, reason));
        };
        if name.len() > LONGEST_NAME {
            let reason = format!(
                "its name has {} bytes, and at most {LONGEST_NAME} can be used; choose a shorter one with --out",
                name.len()
            );
            return Err(ExportError { is_wrong_usage: true, ..ExportError::unfit(shown, reason) });
        }
        Ok(Self { shown: shown.to_owned(), parent: parent.to_owned(), name: name.to_owned() })
    }

    /// Refuses a folder that is there and that no other can be put in the place of.
    fn expect_replaceable(&self) -> Result<(), ExportError> {
        let path = self.path();
        let inside = format!("; choose a folder in it: --out {}", self.shown.join("NAME").display());
        if std::env::current_dir().is_ok_and(|current| current.starts_with(&path)) {
            let reason = "it is replaced as a whole, and this is the folder that you are in";
            return Err(ExportError::unfit(&self.shown, format!("{reason}{inside}")));
        }
        if is_mounted(&path) {
            let reason = "it is replaced as a whole, which a mounted disk cannot be";
            return Err(ExportError::unfit(&self.shown, format!("{reason}{inside}")));
        }
        let is_read_only = fs::metadata(&path).is_ok_and(|found| found.permissions().readonly());
        if is_read_only {
            return Err(ExportError::new(&self.shown, &io::Error::from(io::ErrorKind::PermissionDenied)));
        }
        Ok(())
    }

    /// Where the folder is.
    pub(super) fn path(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    /// The folder as the user names it.
    pub(super) fn shown(&self) -> &Path {
        &self.shown
    }

    /// The folder that the folder is in.
    pub(super) fn parent(&self) -> &Path {
        &self.parent
    }

    /// The name of a hidden neighbour: `.NAME` and an ending.
    pub(super) fn hidden_name(&self, ending: &str) -> OsString {
        [OsStr::new("."), &self.name, OsStr::new(ending)].into_iter().collect()
    }

    /// The neighbour whose name has an ending more, beside the folder itself where a link leads to it.
    pub(super) fn with_ending(&self, ending: &str) -> PathBuf {
        let is_link = fs::symlink_metadata(&self.shown).is_ok_and(|found| found.is_symlink());
        let mut name = self.name.clone();
        name.push(ending);
        if is_link { self.parent.join(name) } else { self.shown.with_file_name(name) }
    }
}

/// Whether a folder is where a disk is mounted: nothing can be renamed over it.
#[cfg(target_os = "linux")]
fn is_mounted(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Whether a folder is where a disk is mounted, as far as this system tells.
#[cfg(all(unix, not(target_os = "linux")))]
fn is_mounted(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    path.parent().is_some_and(|parent| device(parent) != device(path))
}

/// Other systems do not tell.
#[cfg(not(unix))]
fn is_mounted(_: &Path) -> bool {
    false
}
