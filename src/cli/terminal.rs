//! What is said to the user: results on standard output, all else on standard error.

use super::failure::Failure;
use crate::scenario::is_unruly;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write, stderr, stdout};
use terminal_size::{Height, Width, terminal_size_of};

/// Prints a result. A reader that has gone away, as `head` does, wants no more of it: that is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = stdout().lock();
    match writeln!(out, "{}", harmless(text)).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let words = error.to_string();
            let words = words.split(" (os error").next().unwrap_or(&words).to_lowercase();
            Err(Failure::Running(format!("cannot write to standard output: {words}")))
        }
        _ => Ok(()),
    }
}

/// Columns where there is no terminal, and the fewest that tables are made for.
const USUAL_COLUMNS: usize = 80;
const FEWEST_COLUMNS: usize = 40;

/// Whether what is said on standard error may have colours: it is a terminal, and neither `NO_COLOR` nor `TERM=dumb` speak
/// against it.
pub(super) fn is_coloured() -> bool {
    anstream::AutoStream::choice(&stderr()) != anstream::ColorChoice::Never
}

/// How many columns tables may take: those of the terminal, and 80 where there is none, so that what is written to a file does not
/// depend on who watches.
pub(super) fn width() -> usize {
    columns_of(terminal_size_of(stdout())).unwrap_or(USUAL_COLUMNS).max(FEWEST_COLUMNS)
}

/// How many columns a terminal of this size has, or `COLUMNS` says that it has; `None` of what is no terminal.
fn columns_of(size: Option<(Width, Height)>) -> Option<usize> {
    let (columns, _) = size?;
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    Some(told.filter(|&columns| columns > 0).unwrap_or(usize::from(columns.0)))
}

/// How many columns there are for progress.
pub(super) fn progress_columns() -> usize {
    columns_of(terminal_size_of(stderr())).unwrap_or(USUAL_COLUMNS)
}

/// Prints what is told of a result. On a terminal sentences go on in the next line between two words.
pub(super) fn tell(text: &str) -> Result<(), Failure> {
    match columns_of(terminal_size_of(stdout())) {
        Some(columns) => print(&in_lines(text, columns.max(FEWEST_COLUMNS))),
        None => print(text),
    }
}

/// The text with every line that is longer than `width` in several, of whole words.
fn in_lines(text: &str, width: usize) -> String {
    let length = |text: &str| text.chars().count();
    let mut lines = Vec::new();
    for line in text.lines() {
        if length(line) <= width {
            lines.push(line.to_owned());
            continue;
        }
        let mut begun: Option<String> = None;
        // A number keeps its sign of percent.
        let line = line.replace(" %", "\u{a0}%");
        for word in line.split(' ') {
            let word = word.replace('\u{a0}', " ");
            begun = Some(match begun.take() {
                None => word,
                Some(line) if !line.trim().is_empty() && length(&line) + 1 + length(&word) > width => {
                    lines.push(line);
                    word
                }
                Some(line) => format!("{line} {word}"),
            });
        }
        lines.extend(begun);
    }
    lines.join("\n")
}

/// Says what went wrong, in text that is harmless already but for its colours.
pub(super) fn alarm(text: &str) {
    let _ = writeln!(stderr(), "{text}");
}

/// Says what is no result. If even this cannot be written there is nobody left to tell; the exit status says it.
pub(super) fn remark(text: &str) {
    let _ = writeln!(stderr(), "{}", harmless(text));
}

/// The text with every character but the ends of its lines that moves the cursor, or the characters around it, as TOML escapes
/// it: names, labels and paths may hold any, and a resolved scenario means the same with it.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let is_unruly = |character: char| character != '\n' && is_unruly(character);
    if !text.contains(is_unruly) {
        return Cow::Borrowed(text);
    }
    let mut harmless = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_unruly(character) {
            // Writing to memory does not fail.
            let _ = write!(harmless, "\\u{:04X}", u32::from(character));
        } else {
            harmless.push(character);
        }
    }
    Cow::Owned(harmless)
}

#[cfg(test)]
mod tests {
    use super::in_lines;

    #[test]
    fn sentences_go_on_in_the_next_line_between_two_words() {
        assert_eq!(in_lines("one two three\nfour", 8), "one two\nthree\nfour");
        assert_eq!(in_lines("rate of 1.81 % and", 12), "rate of\n1.81 % and");
        assert_eq!(in_lines("  unbreakable-word", 8), "  unbreakable-word");
        assert_eq!(in_lines("", 8), "");
    }
}
