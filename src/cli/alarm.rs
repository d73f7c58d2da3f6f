//! What went wrong, as the user sees it: in words, and of a scenario with the line that is meant.

use super::failure::Failure;
use super::terminal::{alarm, harmless, is_coloured, width};
use crate::scenario::{Excerpt, ScenarioError};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// The most errors that are shown; the others are counted.
const MOST_SHOWN: usize = 20;

/// The most bytes of a line that are looked at around what is meant: a line may be as long as its file.
const LONGEST_LINE: usize = 2_000;

/// Says it on standard error.
pub(super) fn tell(failure: &Failure) {
    let renderer = if is_coloured() { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(width());
    match failure {
        Failure::Invalid(words) | Failure::Running(words) => {
            for line in words.trim_end().lines() {
                alarm(&titled(&renderer, line.strip_prefix("error: ").unwrap_or(line)));
            }
        }
        Failure::Scenario(errors) => {
            for error in errors.iter().take(MOST_SHOWN) {
                alarm(&shown(&renderer, error));
            }
            let more = errors.count().saturating_sub(MOST_SHOWN);
            if more > 0 {
                alarm(&titled(&renderer, &format!("and {more} more: mend these first")));
            }
        }
    }
}

/// Words alone.
fn titled(renderer: &Renderer, words: &str) -> String {
    let words = harmless(words);
    renderer.render(&[Group::with_title(Level::ERROR.primary_title(&*words))])
}

/// An error, with the line that it is about if there is one. The place stays in the first line, where editors look for it.
fn shown(renderer: &Renderer, error: &ScenarioError) -> String {
    let words = format!("{}: {}", error.place(), error.message());
    let Some(excerpt) = error.excerpt() else { return titled(renderer, &words) };
    let (line, meant) = drawn(&excerpt);
    let mark = AnnotationKind::Primary.span(meant);
    let snippet = Snippet::source(line).line_start(excerpt.number as usize).fold(false).annotation(mark);
    renderer.render(&[Level::ERROR.primary_title(&*harmless(&words)).element(snippet)])
}

/// The line as it may be drawn, and the bytes of it that are marked: no character of it moves the cursor, and of a very long one
/// there is only what surrounds the mark.
fn drawn(excerpt: &Excerpt<'_>) -> (String, std::ops::Range<usize>) {
    let Excerpt { text, meant, .. } = excerpt;
    let near = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let begin =
        if text.len() <= LONGEST_LINE { 0 } else { near(meant.start.saturating_sub(LONGEST_LINE / 2)) };
    let end = near(begin + LONGEST_LINE);
    let drawn = |part: &str| -> String {
        let plain =
            |character: char| if crate::scenario::is_unruly(character) { '\u{fffd}' } else { character };
        part.replace('\t', " ").chars().map(plain).collect()
    };
    let (first, last) = (near(meant.start).clamp(begin, end), near(meant.end).clamp(begin, end));
    let before = drawn(&text[begin..first]);
    let marked = drawn(&text[first..last.max(first)]);
    let start = before.len();
    let line = before + &marked + &drawn(&text[last.max(first)..end]);
    (line, start..start + marked.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_drawn_without_what_moves_the_cursor_and_its_mark_stays_where_it_was() {
        let excerpt = Excerpt { number: 3, text: "\tk = \"\u{202e}é\" # a\u{7}", meant: 5..12 };
        let (line, meant) = drawn(&excerpt);
        assert_eq!(line, " k = \"\u{fffd}é\" # a\u{fffd}");
        assert_eq!(&line[meant], "\"\u{fffd}é\"");
    }

    #[test]
    fn of_a_very_long_line_what_surrounds_the_mark_is_drawn() {
        let text = "é".repeat(100_000);
        let (line, meant) = drawn(&Excerpt { number: 1, text: &text, meant: 100_000..100_002 });
        assert!(line.len() <= LONGEST_LINE && &line[meant] == "é");
    }
}
