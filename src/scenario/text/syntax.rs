//! What is said of a file that is no TOML: the parser's words, and the way out of common mistakes.

use super::error::shortened;
use std::ops::Range;

/// The most characters of a file that a message quotes.
const MOST_QUOTED: usize = 40;

/// The parser's `message` about a `span` of `text`, with what to write instead where that can be told.
pub(super) fn syntax(message: &str, text: &str, span: &Range<usize>) -> String {
    let words = message.lines().map(str::trim).collect::<Vec<_>>().join(", ");
    match way_out(&words, text, span) {
        Some(way_out) => format!("not valid TOML: {way_out}"),
        None => format!("not valid TOML: {words}"),
    }
}

fn way_out(words: &str, text: &str, span: &Range<usize>) -> Option<String> {
    let meant = shortened(text.get(span.clone())?, MOST_QUOTED);
    let (before, after) = (text.get(..span.start)?, text.get(span.start..)?);
    let rest_of_line = after.lines().next().unwrap_or_default();
    let is_digit = |character: char| character.is_ascii_digit();
    if words == "duplicate key" {
        return Some(format!("{meant} is written twice: keep one of them"));
    }
    if before.trim_start_matches('\u{feff}').trim().is_empty() && after.starts_with('{') {
        return Some("this looks like JSON; redress init writes a scenario to begin with".to_owned());
    }
    if after.starts_with(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}']) {
        return Some("these are no quotation marks of TOML: write \"".to_owned());
    }
    let is_decimal_comma = before.ends_with(is_digit)
        && rest_of_line.strip_prefix(',').is_some_and(|rest| rest.trim_start().starts_with(is_digit));
    if is_decimal_comma {
        return Some("a decimal comma: write a point, as in 0.5".to_owned());
    }
    let is_word = |text: &str| {
        !text.is_empty()
            && text.chars().all(|character| character.is_alphanumeric() || "_-".contains(character))
    };
    let word = rest_of_line.split('#').next().unwrap_or_default().trim();
    if words.starts_with("string values must be quoted") && is_word(word) {
        return Some(format!("a text stands in quotation marks: write \"{}\"", shortened(word, MOST_QUOTED)));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::scenario::text::node::Node;
    use std::path::Path;

    #[test]
    fn common_mistakes_are_told_their_way_out() {
        for (text, wanted) in [
            ("days = 1\ndays = 2", "x.toml:2:1: not valid TOML: days is written twice: keep one of them"),
            ("[run]\n[market]\n[run]", "x.toml:3:2: not valid TOML: run is written twice: keep one of them"),
            ("loss = 0,4", "x.toml:1:9: not valid TOML: a decimal comma: write a point, as in 0.5"),
            (
                "name = prompt # it is",
                "x.toml:1:8: not valid TOML: a text stands in quotation marks: write \"prompt\"",
            ),
            (
                "name = \u{201c}x\u{201d}",
                "x.toml:1:8: not valid TOML: these are no quotation marks of TOML: write \"",
            ),
            (
                "{\"run\": {}}",
                "x.toml:1:1: not valid TOML: this looks like JSON; redress init writes a scenario to begin with",
            ),
            ("days: 3", "x.toml:1:7: not valid TOML: key with no value, expected `=`"),
        ] {
            let errors = Node::document(Path::new("x.toml"), text).unwrap_err();
            assert_eq!(errors.to_string(), format!("error: {wanted}"), "{text}");
        }
    }
}
