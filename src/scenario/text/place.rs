//! Where a value was written, for messages.

use std::fmt;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The origin of a value: a file's line and column, or an option of the command line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Line and column of a file, counted from 1; line 0 means the file as a whole.
    File {
        /// The file, with what it holds.
        file: Arc<SourceText>,
        /// Line.
        line: u32,
        /// Column in characters.
        column: u32,
        /// How many bytes of the text are meant, from there on; 0 if that is not known.
        length: u32,
    },
    /// An option, such as `--set run.days`.
    Option(Arc<str>),
}

/// A file that was read, so that a message can show a line of it as it was then.
#[derive(Debug)]
pub(crate) struct SourceText {
    /// The file as the user named it.
    path: PathBuf,
    /// What is kept of it, from the beginning of a line on.
    text: String,
    /// The number of that line, from 1.
    first_line: u32,
}

impl SourceText {
    /// A line by its number, if it is kept.
    fn line(&self, line: u32) -> Option<&str> {
        let index = line.checked_sub(self.first_line)? as usize;
        self.text.split('\n').nth(index).map(|line| line.strip_suffix('\r').unwrap_or(line))
    }
}

// Files are told apart by their names: what they hold may be long.
impl PartialEq for SourceText {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for SourceText {}

impl PartialOrd for SourceText {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SourceText {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.path.cmp(&other.path)
    }
}

impl Place {
    /// A file as a whole.
    pub(crate) fn file(path: &Path) -> Self {
        let file = SourceText { path: path.to_owned(), text: String::new(), first_line: 1 };
        Self::File { file: Arc::new(file), line: 0, column: 0, length: 0 }
    }

    /// A line of a file, of which only that line is kept.
    pub(crate) fn line(path: &Path, line: u32, text: &str) -> Self {
        let file = SourceText { path: path.to_owned(), text: text.to_owned(), first_line: line };
        Self::File { file: Arc::new(file), line, column: 1, length: text.trim_end().len() as u32 }
    }

    /// The line at this place with its number, and the bytes of it that are meant; `None` of what has no line.
    pub(crate) fn excerpt(&self) -> Option<(u32, &str, Range<usize>)> {
        let Self::File { file, line, column, length } = self else { return None };
        let text = file.line(*line)?;
        let begin = text.char_indices().nth(*column as usize - 1).map_or(text.len(), |(at, _)| at);
        let end = (begin + *length as usize).min(text.len());
        Some((*line, text, begin..end))
    }

    /// The key that an option names.
    pub(crate) fn option(option: &str, key: &str) -> Self {
        Self::Option(format!("{option} {key}").into())
    }

    /// The folder that relative paths at this place start from, if it is a file.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::File { file, .. } => file.path.parent().map(Path::to_path_buf),
            Self::Option(_) => None,
        }
    }
}

/// `path` as seen from `folder`; as it is where only the file system could tell.
pub(crate) fn relative(path: &Path, folder: &Path) -> PathBuf {
    let (mut target, mut start) = (path.components().peekable(), folder.components().peekable());
    while target.peek().is_some() && target.peek() == start.peek() {
        target.next();
        start.next();
    }
    let ups: Vec<Component<'_>> = start.collect();
    let is_plain = ups.iter().all(|part| matches!(part, Component::Normal(_)));
    if !is_plain || (path.is_absolute() != folder.is_absolute()) {
        return path.to_owned();
    }
    ups.iter().map(|_| Component::ParentDir).chain(target).collect()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, line: 0, .. } => write!(f, "{}", file.path.display()),
            Self::File { file, line, column, .. } => write!(f, "{}:{line}:{column}", file.path.display()),
            Self::Option(option) => f.write_str(option),
        }
    }
}

/// Bytes between the marks from which characters are counted: a line may be as long as its file.
const STRIDE: usize = 256;

/// Turns byte offsets of one text into places.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    file: Arc<SourceText>,
    text: &'a str,
    starts: Vec<usize>,
    /// Characters that begin before each multiple of [`STRIDE`].
    marks: Vec<u32>,
}

impl<'a> Lines<'a> {
    /// The lines of `text`, which `file` holds.
    pub(crate) fn new(file: &Path, text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut count = 0;
        let mut marks = vec![0];
        for stride in text.as_bytes().chunks(STRIDE) {
            count += stride.iter().filter(|&&byte| begins_character(byte)).count() as u32;
            marks.push(count);
        }
        let file = SourceText { path: file.to_owned(), text: text.to_owned(), first_line: 1 };
        Self { file: Arc::new(file), text, starts, marks }
    }

    /// The place of the bytes of a span.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let offset = span.start;
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let column = self.characters_before(offset) - self.characters_before(self.starts[line - 1]) + 1;
        Place::File { file: Arc::clone(&self.file), line: line as u32, column, length: span.len() as u32 }
    }

    /// How many characters of the text begin before the byte at `offset`.
    fn characters_before(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        let mark = offset / STRIDE;
        let rest = &self.text.as_bytes()[mark * STRIDE..offset];
        self.marks[mark] + rest.iter().filter(|&&byte| begins_character(byte)).count() as u32
    }
}

/// Whether a byte of UTF-8 is the first of its character.
const fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_the_folder_of_the_scenario() {
        for (path, folder, seen) in [
            ("a/x.csv", "a", "x.csv"),
            ("a/../b/x.csv", "a", "../b/x.csv"),
            ("a/b/x.csv", "a/c", "../b/x.csv"),
            ("x.csv", "", "x.csv"),
            ("/d/x.csv", "a", "/d/x.csv"),
            ("/d/x.csv", "/d/e", "../x.csv"),
            ("x.csv", "../a", "x.csv"),
        ] {
            assert_eq!(relative(Path::new(path), Path::new(folder)), Path::new(seen), "{path} from {folder}");
        }
    }

    #[test]
    fn a_place_has_its_line_and_the_bytes_of_it_that_are_meant() {
        let text = "first\r\nk = \"é\" # why\nlast = [\n 1]\n";
        let lines = Lines::new(Path::new("x.toml"), text);
        let excerpt = |wanted: &str| {
            let at = text.find(wanted).unwrap();
            lines.place(at..at + wanted.len())
        };
        assert_eq!(excerpt("\"é\"").excerpt(), Some((2, "k = \"é\" # why", 4..8)));
        assert_eq!(
            excerpt("[\n 1]").excerpt(),
            Some((3, "last = [", 7..8)),
            "what is meant ends with the line"
        );
        assert_eq!(lines.place(text.len()..text.len()).excerpt(), Some((5, "", 0..0)));
        assert_eq!(Place::line(Path::new("x.csv"), 7, "a;b ").excerpt(), Some((7, "a;b ", 0..3)));
        assert_eq!(Place::file(Path::new("x.toml")).excerpt(), None);
    }

    #[test]
    fn a_column_counts_the_characters_of_its_line_however_long_it_is() {
        let text = format!("first\n{}", "aé€😀".repeat(500));
        let lines = Lines::new(Path::new("x.toml"), &text);
        for (number, (offset, _)) in text[6..].char_indices().enumerate() {
            let found = lines.place(6 + offset..6 + offset).to_string();
            assert_eq!(found, format!("x.toml:2:{}", number + 1));
        }
        assert_eq!(lines.place(3..3).to_string(), "x.toml:1:4");
        assert_eq!(lines.place(text.len()..text.len()).to_string(), "x.toml:2:2001");
    }
}
