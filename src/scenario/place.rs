//! Where a value was written, for messages.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The origin of a value: a file's line and column, or an option of the command line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Line and column of a file, counted from 1; line 0 means the file as a whole.
    File {
        /// The file as the user named it.
        file: Arc<Path>,
        /// Line.
        line: u32,
        /// Column in characters.
        column: u32,
    },
    /// An option, such as `--set run.days`.
    Option(Arc<str>),
}

impl Place {
    /// A file as a whole.
    pub(crate) fn file(path: &Path) -> Self {
        Self::File { file: path.into(), line: 0, column: 0 }
    }

    /// The key that an option names.
    pub(crate) fn option(option: &str, key: &str) -> Self {
        Self::Option(format!("{option} {key}").into())
    }

    /// The folder that relative paths at this place start from, if it is a file.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::File { file, .. } => file.parent().map(Path::to_path_buf),
            Self::Option(_) => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, line: 0, .. } => write!(f, "{}", file.display()),
            Self::File { file, line, column } => write!(f, "{}:{line}:{column}", file.display()),
            Self::Option(option) => f.write_str(option),
        }
    }
}

/// Turns byte offsets of one text into places.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    file: Arc<Path>,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of `text`, which `file` holds.
    pub(crate) fn new(file: &Path, text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file: file.into(), text, starts }
    }

    /// The place of the byte at `offset`.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let before = self.text.get(self.starts[line - 1]..offset).unwrap_or_default();
        Place::File {
            file: Arc::clone(&self.file),
            line: line as u32,
            column: before.chars().count() as u32 + 1,
        }
    }
}
