//! What a folder holds before results are put in its place: nothing, results of this program, or what is not ours.

use super::hash::sha256;
use super::manifest::MANIFEST;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path};

/// Files that file managers leave in folders that they show; they are nobody's work.
const OF_FILE_MANAGERS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// How many files a message names.
const MOST_NAMED: usize = 3;

/// What is in a folder that results may replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Former {
    /// There is no such folder, or nothing in it.
    Nothing,
    /// Results of this program as it wrote them; some may have been removed.
    Results {
        /// Whether they are of a command that was not interrupted.
        are_complete: bool,
        /// The hash of the question that they answer, if they say it.
        question: Option<String>,
        /// The command line that they are of.
        arguments: Vec<String>,
    },
}

impl Former {
    /// Whether these are results of a command that was not interrupted.
    pub(super) const fn is_complete(&self) -> bool {
        matches!(self, Self::Results { are_complete: true, .. })
    }

    /// The command line that answered another question than this one, if one did.
    pub(super) fn other_question(&self, hash: &str) -> Option<&[String]> {
        match self {
            Self::Results { question, arguments, .. } if question.as_deref() != Some(hash) => Some(arguments),
            _ => None,
        }
    }
}

/// Looks into a folder. Links are not followed, and files are read only if the manifest lists them.
///
/// # Errors
/// Why nothing may be put in its place, naming what is in the way.
pub(super) fn inspect(folder: &Path) -> Result<Former, String> {
    let entries = match entries(folder, "") {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Former::Nothing),
        Err(error) => return Err(format!("it cannot be looked into: {}", plain(&error))),
        Ok(entries) => entries,
    };
    let is_litter = |name: &str| OF_FILE_MANAGERS.contains(&name);
    if entries.iter().all(|(name, kind)| *kind == Kind::File && is_litter(name)) {
        return Ok(Former::Nothing);
    }
    let manifest = entries.get(MANIFEST).filter(|kind| **kind == Kind::File);
    let manifest = manifest.and_then(|_| read_manifest(&folder.join(MANIFEST)));
    let hashes = match &manifest {
        Some(manifest) => manifest.hashes().ok_or_else(|| {
            "its results are of an older version, which kept no hashes of its files: move or remove the folder, or \
             choose another with --out"
                .to_owned()
        })?,
        None => BTreeMap::new(),
    };
    let (mut foreign, mut changed): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for (name, kind) in &entries {
        match (kind, hashes.get(name.as_str())) {
            (Kind::File, _) if is_litter(name.rsplit('/').next().unwrap_or(name)) => {}
            (Kind::File, _) if name == MANIFEST && manifest.is_some() => {}
            (Kind::File, Some(hash)) => {
                let found = File::open(folder.join(name)).and_then(sha256);
                if found.ok().as_ref() != Some(hash) {
                    changed.push(name.as_str());
                }
            }
            (Kind::Folder, _) if hashes.keys().any(|file| is_below(file, name)) => {}
            // A folder that is not ours stands for all that is in it.
            _ if foreign.iter().any(|folder| is_below(name, folder)) => {}
            _ => foreign.push(name.as_str()),
        }
    }
    if !foreign.is_empty() {
        let way_out = "move that away, or choose another folder with --out";
        return Err(format!("it holds {}, which redress did not write: {way_out}", listed(&foreign)));
    }
    if !changed.is_empty() {
        let way_out = "move that away, or choose another folder with --out";
        return Err(format!("it holds {}, changed since redress wrote it: {way_out}", listed(&changed)));
    }
    let manifest = manifest.unwrap_or_default();
    Ok(Former::Results {
        are_complete: manifest.interrupted == Some(false),
        question: manifest.question_sha256,
        arguments: manifest.arguments,
    })
}

/// What of a manifest tells whose results are beside it: that of a large sweep has megabytes of other things.
#[derive(Debug, Default, Deserialize)]
pub(super) struct FormerManifest {
    #[serde(rename = "version")]
    _version: String,
    #[serde(rename = "command")]
    _command: String,
    #[serde(rename = "scenario")]
    _scenario: String,
    #[serde(default)]
    arguments: Vec<String>,
    interrupted: Option<bool>,
    /// The hash of the question that is answered.
    pub(super) question_sha256: Option<String>,
    files_sha256: Option<BTreeMap<String, String>>,
}

impl FormerManifest {
    /// The files that it lists with their hashes, itself aside; `None` if it lists no hashes. A path that leads out of the
    /// folder is not one that this program wrote.
    fn hashes(&self) -> Option<BTreeMap<String, String>> {
        let stays_inside =
            |name: &str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        let listed = self.files_sha256.as_ref()?.iter();
        Some(listed.filter(|(name, _)| stays_inside(name)).map(|(n, h)| (n.clone(), h.clone())).collect())
    }
}

/// The manifest in a folder, if it is one of this program.
pub(super) fn manifest_in(folder: &Path) -> Option<FormerManifest> {
    let path = folder.join(MANIFEST);
    let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
    is_file.then(|| read_manifest(&path)).flatten()
}

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    /// A link, a device, a pipe: never ours.
    Other,
}

/// Everything below a folder by its path from there, a folder's before what is in it. What is no UTF-8 is not ours, and
/// its name is as near as text comes.
fn entries(root: &Path, below: &str) -> io::Result<BTreeMap<String, Kind>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let name = match entry.file_name().into_string() {
            Ok(name) => format!("{below}{name}"),
            Err(name) => {
                found.insert(format!("{below}{}", name.to_string_lossy()), Kind::Other);
                continue;
            }
        };
        let kind = entry.file_type()?;
        // Of our own folders only `charts` has any in it; what lies deeper in others need not be named.
        if kind.is_dir() && below.is_empty() {
            found.extend(entries(root, &format!("{name}/"))?);
        }
        let kind = match kind {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        found.insert(name, kind);
    }
    Ok(found)
}

fn is_below(file: &str, folder: &str) -> bool {
    file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The manifest at `path`, if it is one of this program.
fn read_manifest(path: &Path) -> Option<FormerManifest> {
    // What is larger than any manifest that this program writes is not one of them.
    const MOST_BYTES: u64 = 256 << 20;
    if fs::metadata(path).ok()?.len() > MOST_BYTES {
        return None;
    }
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// The first of some names, and how many more there are.
fn listed(names: &[&str]) -> String {
    let shown: Vec<String> =
        names.iter().take(MOST_NAMED).map(|name| name.escape_debug().to_string()).collect();
    let more = names.len() - shown.len();
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

/// An error without the number that the system gives it.
fn plain(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or(&words).to_lowercase()
}
