//! Putting a folder in the place of another in one step, and clearing away what a killed process left half-way.

use super::target::Target;
use std::fs;
use std::io;
use std::path::Path;

/// The ending of the hidden folders in which results are made, before six random characters.
pub(super) const UNFINISHED: &str = ".unfinished-";
/// A file in such a folder that says what it is.
pub(super) const MARKER: &str = "redress-unfinished.txt";
/// What that file says.
pub(super) const MARKER_TEXT: &str =
    "Results on their way into the folder beside this one. Whatever writes there next removes it.\n";
/// The results in such a folder, which are moved out.
pub(super) const RESULTS: &str = "results";
/// What was in their place before, where both cannot change places in one step.
const FORMER: &str = "former";

/// Lets the folders `RESULTS` in `unfinished` and `target` change places: in one step where the system can, so that at
/// every instant either is there as a whole.
pub(super) fn exchange(unfinished: &Path, target: &Path) -> io::Result<()> {
    let new = unfinished.join(RESULTS);
    match exchange_at_once(&new, target) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
        done => return done,
    }
    // A process that is killed between these steps leaves no target; `recover` puts the former one back.
    let former = unfinished.join(FORMER);
    fs::rename(target, &former)?;
    if let Err(error) = fs::rename(&new, target) {
        fs::rename(&former, target)?;
        return Err(error);
    }
    fs::rename(&former, &new)
}

/// Lets two folders change places in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_at_once(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|error| match error {
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::Error::from(io::ErrorKind::Unsupported),
        other => other.into(),
    })
}

/// Other systems cannot do it in one step.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_at_once(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

/// Makes sure that a folder's entries are on the disk, where the system can.
pub(super) fn sync_folder(folder: &Path) {
    // A system that cannot open or sync a folder orders these writes by itself.
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
}

/// Removes what killed processes left beside `target`, whose lock the caller has: only hidden folders with the name and
/// the marker of results on their way. A former result that one of them took away is put back first.
pub(super) fn recover(target: &Target) -> io::Result<()> {
    let begin = target.hidden_name(UNFINISHED);
    for entry in fs::read_dir(target.parent())? {
        let entry = entry?;
        let name = entry.file_name();
        let random = name.as_encoded_bytes().strip_prefix(begin.as_encoded_bytes());
        let is_named =
            random.is_some_and(|rest| !rest.is_empty() && rest.iter().all(u8::is_ascii_alphanumeric));
        if !is_named || !entry.file_type()?.is_dir() {
            continue;
        }
        let unfinished = entry.path();
        let is_marked = fs::symlink_metadata(unfinished.join(MARKER)).is_ok_and(|marker| marker.is_file());
        if !is_marked {
            // Killed before it wrote the marker, it left an empty folder; anything else is not ours.
            let _ = fs::remove_dir(&unfinished);
            continue;
        }
        let former = unfinished.join(FORMER);
        if fs::symlink_metadata(&former).is_ok() && fs::symlink_metadata(target.path()).is_err() {
            fs::rename(&former, target.path())?;
        }
        remove_unfinished(&unfinished);
    }
    Ok(())
}

/// Removes a folder of results on their way, the marker last, so that what is left of it is known for what it is.
pub(super) fn remove_unfinished(unfinished: &Path) {
    for part in [RESULTS, FORMER] {
        // What cannot be removed now is by the next command that writes to the same folder.
        let _ = fs::remove_dir_all(unfinished.join(part));
    }
    if fs::read_dir(unfinished).is_ok_and(|left| left.count() == 1) {
        let _ = fs::remove_file(unfinished.join(MARKER));
    }
    let _ = fs::remove_dir(unfinished);
}
