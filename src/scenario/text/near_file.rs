//! The file that may have been meant by a path at which there is none.

use super::error::nearest;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// What follows the words for a file that is not there: the one that may have been meant, or nothing.
pub(crate) fn did_you_mean(missing: &Path) -> String {
    near(missing).map_or_else(String::new, |near| format!("; did you mean {}?", near.display()))
}

/// The file that may have been meant: of the same name in a folder of that folder, of a similar name in the same one, or in a
/// folder of a similar name. It has the extension that was asked for, or `.toml` where none was.
fn near(missing: &Path) -> Option<PathBuf> {
    let name = missing.file_name()?.to_str()?;
    let folder = missing.parent()?;
    if !shown(folder).is_dir() {
        let siblings = names(shown(folder.parent()?));
        let sibling = nearest(folder.file_name()?.to_str()?, siblings.iter().map(String::as_str))?;
        let meant = folder.with_file_name(sibling).join(name);
        return meant.is_file().then_some(meant);
    }
    let wanted = missing.extension().unwrap_or(OsStr::new("toml"));
    let with_extension = if missing.extension().is_some() { name.to_owned() } else { format!("{name}.toml") };
    let inside = names(shown(folder));
    let is_alike = |name: &&String| {
        let path = folder.join(name);
        path.extension() == Some(wanted) && path.is_file()
    };
    // Names of one or two letters are all alike.
    let is_told = missing.file_stem().is_some_and(|stem| stem.len() > 2);
    let alike = inside.iter().filter(is_alike).map(String::as_str);
    let deeper =
        inside.iter().map(|inner| folder.join(inner).join(&with_extension)).find(|path| path.is_file());
    deeper.or_else(|| nearest(&with_extension, alike).filter(|_| is_told).map(|near| folder.join(near)))
}

/// The folder as the system knows it: that of a bare name is the one at hand.
fn shown(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Names in a folder, in order, but for hidden ones.
fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_names_the_same_name_one_folder_deeper_and_similar_folders_are_found() {
        for (missing, wanted) in [
            ("scenarios/basline.toml", "; did you mean scenarios/baseline.toml?"),
            ("scenarios/baseline", "; did you mean scenarios/baseline.toml?"),
            ("scenario/baseline.toml", "; did you mean scenarios/baseline.toml?"),
            ("scenarios/headline.toml", "; did you mean scenarios/studies/headline.toml?"),
            ("scenarios/basline.csv", ""),
            ("scenarios/nothing_like_it.toml", ""),
            ("nowhere/at/all.toml", ""),
        ] {
            assert_eq!(did_you_mean(Path::new(missing)), wanted, "{missing}");
        }
    }
}
