//! A folder of results, written atomically.

use super::error::ExportError;
use super::folder_lock::{FolderLock, failed_beside};
use super::format::TableFormat;
use super::former::{Former, inspect};
use super::hash::hexadecimal;
use super::manifest::{MANIFEST, Manifest};
use super::question::QuestionHash;
use super::recorded::shown as command_line;
use super::swap::{
    MARKER, MARKER_TEXT, RESULTS, UNFINISHED, exchange, recover, remove_unfinished, sync_folder,
};
use super::table::csv;
use super::target::{MadeFolders, Target};
use super::typed::TypedTable;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The longest name in bytes that a file of results may have, its extension aside.
pub const LONGEST_FILE_NAME: usize = 100;

/// The byte-order mark of UTF-8, by which Excel knows the encoding of a CSV file that it opens.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Results on their way into a folder: made in a hidden folder beside it, and put in its place when all are there.
///
/// Whoever has one has the lock of the folder ([`FolderLock`]).
#[derive(Debug)]
pub struct RunDirectory {
    /// Whether tables begin with a byte-order mark.
    marks_tables: bool,
    formats: Vec<TableFormat>,
    question: Option<QuestionHash>,
    former: Former,
    hashes: Mutex<BTreeMap<String, String>>,
    // Dropped in this order: the hidden folder goes while the lock is still held, folders made for nothing go last.
    unfinished: Unfinished,
    _lock: FolderLock,
    target: Target,
    made: MadeFolders,
}

/// What a process that ends at once has to remove.
#[derive(Clone, Debug)]
pub struct Leftovers {
    unfinished: PathBuf,
    made: Vec<PathBuf>,
}

impl Leftovers {
    /// Removes what was written, and the folders that were made for nothing.
    pub fn remove(&self) {
        // Whoever still writes may add a file while others go, but none once the folder is away.
        for _ in 0..8 {
            let _ = fs::remove_dir_all(&self.unfinished);
            if !self.unfinished.exists() {
                break;
            }
        }
        for folder in self.made.iter().rev() {
            // An error here has no better remedy than the one already being reported.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// What results may take the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replacing {
    /// Any results of this program.
    Any,
    /// Only those of a command that was interrupted itself.
    Interrupted,
}

/// Where results have come to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The folder.
    pub folder: PathBuf,
    /// Why it is not the one asked for, if it is not, or whose place they have taken, if another question's.
    pub remark: Option<String>,
}

/// The hidden folder in which results are made; it goes when dropped.
#[derive(Debug)]
struct Unfinished(PathBuf);

impl Unfinished {
    /// Makes a folder of a new random name beside the target.
    fn new(target: &Target) -> io::Result<Self> {
        let name = target.hidden_name(UNFINISHED);
        let made = Self(tempfile::Builder::new().prefix(&name).tempdir_in(target.parent())?.keep());
        let mut marker = fs::File::create_new(made.0.join(MARKER))?;
        marker.write_all(MARKER_TEXT.as_bytes())?;
        fs::create_dir(made.results())?;
        made.try_names()?;
        Ok(made)
    }

    fn results(&self) -> PathBuf {
        self.0.join(RESULTS)
    }

    /// Makes a file of the longest name and removes it, so that no name turns out to be too long in the end: where the
    /// results will be, paths are shorter.
    fn try_names(&self) -> io::Result<()> {
        let folder = self.results().join("charts");
        let file = folder.join("x".repeat(LONGEST_FILE_NAME)).with_extension("svg");
        fs::create_dir(&folder)?;
        fs::File::create_new(&file)?;
        fs::remove_file(&file)?;
        fs::remove_dir(&folder)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        remove_unfinished(&self.0);
    }
}

impl RunDirectory {
    /// Prepares to write results into `target`, which may be a folder that is not there yet, an empty one, or one with
    /// results of this program. What killed processes left beside it is removed.
    ///
    /// # Errors
    /// If another process is writing there, if the folder holds anything else, if a name is too long, or if nothing can
    /// be written beside the folder. Nothing has been touched then.
    pub fn prepare(target: &Path) -> Result<Self, ExportError> {
        let (target, made) = Target::resolve(target)?;
        let lock = FolderLock::of(&target)?;
        let failed = |error: io::Error| failed_beside(&target, &error);
        recover(&target).map_err(failed)?;
        let former = inspect(&target.path()).map_err(|why| ExportError::unfit(target.shown(), why))?;
        let unfinished = Unfinished::new(&target).map_err(failed)?;
        Ok(Self {
            marks_tables: false,
            formats: vec![TableFormat::Csv],
            question: None,
            former,
            hashes: Mutex::default(),
            unfinished,
            _lock: lock,
            target,
            made,
        })
    }

    /// The same folder, with tables that begin with a byte-order mark or not.
    #[must_use]
    pub fn marking_tables(mut self, marks_tables: bool) -> Self {
        self.marks_tables = marks_tables;
        self
    }

    /// The same folder, with tables in these formats; one named twice counts once.
    #[must_use]
    pub fn in_formats(mut self, formats: &[TableFormat]) -> Self {
        self.formats = formats.to_vec();
        self.formats.sort_unstable();
        self.formats.dedup();
        self
    }

    /// The same folder, for the answer to a question.
    #[must_use]
    pub fn answering(mut self, question: QuestionHash) -> Self {
        self.question = Some(question);
        self
    }

    /// The folder of results, as the user names it.
    pub fn target(&self) -> &Path {
        self.target.shown()
    }

    /// A hidden file beside the folder, for work that is kept between commands.
    pub fn working_file(&self, ending: &str) -> PathBuf {
        self.target.parent().join(self.target.hidden_name(ending))
    }

    /// A file without a name, for what is too large for memory until it is written: it goes when it is closed, whatever happens.
    ///
    /// # Errors
    /// If none can be made.
    pub fn scratch_file(&self) -> Result<fs::File, ExportError> {
        tempfile::tempfile_in(&self.unfinished.0).map_err(|error| failed_beside(&self.target, &error))
    }

    /// What to remove if these results are given up and the process ends at once.
    pub fn leftovers(&self) -> Leftovers {
        Leftovers { unfinished: self.unfinished.0.clone(), made: self.made.paths().to_vec() }
    }

    /// Writes one file.
    ///
    /// # Errors
    /// If the file cannot be written in full, or there is one of that name.
    pub fn write(&self, name: &str, contents: &[u8]) -> Result<(), ExportError> {
        self.write_parts(name, std::iter::once(contents))
    }

    /// Writes one file part by part, so that no more than one has to be in memory.
    ///
    /// # Errors
    /// If the file cannot be written in full, or there is one of that name.
    pub fn write_parts<P: AsRef<[u8]>>(
        &self,
        name: &str,
        parts: impl Iterator<Item = P>,
    ) -> Result<(), ExportError> {
        self.write_tried(name, parts.map(Ok))
    }

    /// Writes one file of parts that have to be read from elsewhere first.
    ///
    /// # Errors
    /// If a part cannot be read, the file cannot be written in full, or there is one of that name.
    pub fn write_tried<P: AsRef<[u8]>>(
        &self,
        name: &str,
        parts: impl Iterator<Item = io::Result<P>>,
    ) -> Result<(), ExportError> {
        let hash = self
            .write_hashed(name, parts)
            .map_err(|error| ExportError::new(&self.target.shown().join(name), &error))?;
        self.hashes.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), hash);
        Ok(())
    }

    /// Writes a table in every format of the folder.
    ///
    /// # Errors
    /// If its rows cannot be read, a file cannot be written in full, or the format is not in this build.
    pub fn write_table<T: TypedTable>(&self, table: &T) -> Result<(), ExportError> {
        for format in &self.formats {
            let name = format!("{}.{}", table.name(), format.name());
            match format {
                TableFormat::Csv => self.write_tried(&name, csv(table))?,
                #[cfg(feature = "parquet")]
                TableFormat::Parquet => self.write_tried(&name, super::parquet::parquet(table))?,
                #[cfg(not(feature = "parquet"))]
                TableFormat::Parquet => {
                    let reason = "this build writes no Parquet: it was made without the feature `parquet`";
                    return Err(ExportError::unfit(Path::new(&name), reason));
                }
            }
        }
        Ok(())
    }

    /// Writes the manifest, of these files, with what the folder knows of its question and tables.
    ///
    /// # Errors
    /// If it cannot be written in full, or there is one.
    pub fn write_manifest(&self, manifest: Manifest) -> Result<(), ExportError> {
        let manifest = Manifest {
            formats: self.formats.clone(),
            csv_bom: self.marks_tables,
            question_sha256: self.question.as_ref().map(|question| question.as_str().to_owned()),
            ..manifest.of_files(self.hashes())
        };
        let path = self.unfinished.results().join(MANIFEST);
        let write = || {
            let mut file = io::BufWriter::new(fs::File::create_new(&path)?);
            manifest.write_json(&mut file)?;
            file.into_inner()?.sync_all()
        };
        write().map_err(|error: io::Error| ExportError::new(&self.target.shown().join(MANIFEST), &error))
    }

    fn write_hashed<P: AsRef<[u8]>>(
        &self,
        name: &str,
        mut parts: impl Iterator<Item = io::Result<P>>,
    ) -> io::Result<String> {
        let path = self.unfinished.results().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = fs::File::create_new(&path)?;
        let mut hash = Sha256::new();
        let mut put = |part: &[u8]| {
            hash.update(part);
            file.write_all(part)
        };
        if self.marks_tables && Path::new(name).extension().is_some_and(|ending| ending == "csv") {
            put(BYTE_ORDER_MARK.as_bytes())?;
        }
        parts.try_for_each(|part| put(part?.as_ref()))?;
        file.sync_all()?;
        Ok(hexadecimal(&hash.finalize()))
    }

    /// The names of the files written so far, in order, each with its SHA-256.
    pub fn hashes(&self) -> BTreeMap<String, String> {
        self.hashes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts everything in the place of the folder in one step; whatever happens, the folder is the old one or the new
    /// one. If something stands against it that was not there when the command began, or results that may not be
    /// replaced, they go into a folder beside it, `NAME.new` or `NAME.interrupted`.
    ///
    /// # Errors
    /// If the results can be put into neither. Nothing has changed then.
    pub fn publish(self, replacing: Replacing) -> Result<Published, ExportError> {
        sync_folder(&self.unfinished.results().join("charts"));
        sync_folder(&self.unfinished.results());
        let (why, ending) = if replacing == Replacing::Interrupted && self.former.is_complete() {
            let why =
                "it holds a complete result, which an interrupted one replaces only with --replace-complete";
            (why.to_owned(), ".interrupted")
        } else {
            match self.place(&self.target) {
                Ok(()) => {
                    let remark = self.replaced();
                    return Ok(Published { folder: self.target.shown().to_owned(), remark });
                }
                Err(why) => (why, ".new"),
            }
        };
        let shown = self.target.shown();
        let folder = self.target.with_ending(ending);
        if self.place_beside(&folder).is_err() {
            return Err(ExportError::unfit(shown, why));
        }
        let remark =
            format!("{} is left as it was, for {why}; results: {}", shown.display(), folder.display());
        Ok(Published { folder, remark: Some(remark) })
    }

    /// Says that the answer to another question was replaced, with the command line that answers it again.
    fn replaced(&self) -> Option<String> {
        let former = self.former.other_question(self.question.as_ref()?.as_str())?;
        Some(format!(
            "{} held the answer to another question, which this one replaces: {}",
            self.target.shown().display(),
            command_line(former)
        ))
    }

    /// Puts the results into another folder than the one asked for, on the same terms.
    fn place_beside(&self, folder: &Path) -> Result<(), String> {
        let in_words = |error: ExportError| error.to_string();
        let (target, _made) = Target::resolve(folder).map_err(in_words)?;
        let _lock = FolderLock::of(&target).map_err(in_words)?;
        inspect(&target.path())?;
        self.place(&target)
    }

    /// Puts the results where `target` is. What comes away from there is looked at once more: if it is not what may be
    /// replaced, it goes back.
    fn place(&self, target: &Target) -> Result<(), String> {
        let plain = |error: io::Error| ExportError::new(target.shown(), &error).reason;
        let (results, path) = (self.unfinished.results(), target.path());
        match fs::symlink_metadata(&path) {
            Err(_) => fs::rename(&results, &path).map_err(plain)?,
            Ok(former) => {
                fs::set_permissions(&results, former.permissions()).map_err(plain)?;
                exchange(&self.unfinished.0, &path).map_err(plain)?;
                if let Err(why) = inspect(&results) {
                    exchange(&self.unfinished.0, &path).map_err(plain)?;
                    return Err(why);
                }
            }
        }
        sync_folder(target.parent());
        Ok(())
    }
}
