//! What is said to the user: results on standard output, all else on standard error.

use super::failure::Failure;
use crate::scenario::is_unruly;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write, stderr, stdout};

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

/// Columns of a terminal that does not tell how many it has, and the fewest that tables are made for.
const FEWEST_COLUMNS: usize = 80;

/// Whether what is said on standard error may have colours: it is a terminal, and neither `NO_COLOR` nor `TERM=dumb` speak
/// against it.
pub(super) fn is_coloured() -> bool {
    anstream::AutoStream::choice(&stderr()) != anstream::ColorChoice::Never
}

/// How many columns tables may take: those of the terminal, at least 80, and 80 where there is none, so that what is written to a
/// file does not depend on who watches.
pub(super) fn width() -> usize {
    terminal_size::terminal_size_of(stdout())
        .map_or(FEWEST_COLUMNS, |(columns, _)| usize::from(columns.0).max(FEWEST_COLUMNS))
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
