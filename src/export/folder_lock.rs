//! One command at a time for one folder of results.

use super::error::ExportError;
use super::target::Target;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// How often a lock is taken anew because the file was removed by whoever had it before.
const MOST_TRIES: usize = 100;

/// The right to write into a folder of results, until dropped.
///
/// It is an advisory lock on `.NAME.lock` beside the folder. The system takes it from a process that dies, so the file
/// of one that was killed is in nobody's way. Whoever lets go removes the file while it still has the lock, and whoever
/// gets a lock on a file that is no longer there tries again; so there are never two who have it.
#[derive(Debug)]
pub struct FolderLock {
    file: PathBuf,
    _locked: File,
}

impl FolderLock {
    /// Takes the lock of the folder `target`, which need not exist; the folder that it is in must.
    ///
    /// # Errors
    /// If another process has it, or no file can be written beside the folder.
    pub fn acquire(target: &Path) -> Result<Self, ExportError> {
        Self::of(&Target::resolve(target)?.0)
    }

    pub(super) fn of(target: &Target) -> Result<Self, ExportError> {
        let file = target.parent().join(target.hidden_name(".lock"));
        let failed = |error: &io::Error| failed_beside(target, error);
        for _ in 0..MOST_TRIES {
            let locked = open(&file).map_err(|error| failed(&error))?;
            match locked.try_lock() {
                Ok(()) if is_at(&locked, &file) => return Ok(Self { file, _locked: locked }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
        }
        let reason =
            "another redress is writing there; wait until it is done, or choose another folder with --out";
        Err(ExportError::unfit(target.shown(), reason))
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Elsewhere a file that is open cannot be told from its successor, so that it stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.file);
        }
    }
}

/// What kept a neighbour of the folder from being written.
pub(super) fn failed_beside(target: &Target, error: &io::Error) -> ExportError {
    if error.kind() == io::ErrorKind::PermissionDenied {
        let inside = target.shown().join("NAME");
        let reason = format!(
            "results are made beside it and moved there as a whole, and {} cannot be written to; choose another \
             folder with --out, such as {}",
            target.parent().display(),
            inside.display()
        );
        return ExportError::unfit(target.shown(), reason);
    }
    ExportError::new(target.shown(), error)
}

/// Opens the file, or makes it; a link in its place is not followed.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32);
    }
    options.open(path)
}

/// Whether an open file is the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |(a, b): (fs::Metadata, fs::Metadata)| (a.dev(), a.ino()) == (b.dev(), b.ino());
    file.metadata().ok().zip(fs::symlink_metadata(path).ok()).is_some_and(same)
}

/// Whether an open file is the one at `path`: nobody removes it here.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_writer_at_a_time_under_whatever_name_and_leaves_no_file() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("run");
        let first = FolderLock::acquire(&target).unwrap();
        let refused = FolderLock::acquire(&home.path().join("./run/")).unwrap_err().to_string();
        assert!(refused.contains("another redress is writing there; wait until it is done"), "{refused}");
        FolderLock::acquire(&home.path().join("other")).unwrap();
        drop(first);
        FolderLock::acquire(&target).unwrap();
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_file_of_a_dead_process_is_in_nobodys_way() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(".run.lock"), "").unwrap();
        FolderLock::acquire(&home.path().join("run")).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_lock_is_not_followed() {
        let home = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("elsewhere", home.path().join(".run.lock")).unwrap();
        FolderLock::acquire(&home.path().join("run")).unwrap_err();
        assert!(!home.path().join("elsewhere").exists());
    }
}
