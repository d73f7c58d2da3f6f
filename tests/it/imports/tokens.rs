//! Source text as tokens: names, `::` and single characters, without comments, text and what is only compiled for tests.

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A name, a keyword or a number.
    Name(String),
    /// `::`.
    Path,
    /// Any other character.
    Mark(char),
}

impl Token {
    /// The name, if it is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it is this name.
    pub fn is(&self, name: &str) -> bool {
        self.name() == Some(name)
    }

    /// How much deeper what follows is nested.
    pub fn depth(&self) -> i32 {
        match self {
            Self::Mark('{' | '(' | '[') => 1,
            Self::Mark('}' | ')' | ']') => -1,
            _ => 0,
        }
    }
}

/// The tokens of a file but for those that only tests need.
pub fn tokens(text: &str) -> Vec<Token> {
    without_tests(&all(text))
}

fn all(text: &str) -> Vec<Token> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = text_length(rest) {
            length
        } else if let Some(after) = rest.strip_prefix("::") {
            tokens.push(Token::Path);
            rest.len() - after.len()
        } else if is_part(first) {
            let length = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
            tokens.push(Token::Name(rest[..length].to_owned()));
            length
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Mark(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the text, character or lifetime that `rest` begins with.
fn text_length(rest: &str) -> Option<usize> {
    let plain = rest.trim_start_matches(['b', 'c', 'r']);
    let prefix = rest.len() - plain.len();
    let raw = plain.trim_start_matches('#');
    let hashes = plain.len() - raw.len();
    if prefix <= 2 && rest[..prefix].contains('r') && raw.starts_with('"') {
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(prefix + hashes + 1 + raw[1..].find(&end).unwrap_or(raw.len() - 1) + end.len());
    }
    if prefix <= 1 && plain.starts_with('"') {
        return Some(prefix + quoted_length(plain, '"'));
    }
    if prefix <= 1 && plain.starts_with('\'') {
        let mut characters = plain[1..].chars();
        let is_character = characters.next()? == '\\' || characters.next() == Some('\'');
        return Some(prefix + if is_character { quoted_length(plain, '\'') } else { 1 });
    }
    None
}

fn quoted_length(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mark = all("#[cfg(test)]");
    let mut kept = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        if let Some(item) = rest.strip_prefix(mark.as_slice()) {
            rest = &item[item_length(item)..];
        } else {
            kept.push(first.clone());
            rest = after;
        }
    }
    kept
}

/// How many tokens an item has: up to its semicolon or the end of its body.
fn item_length(tokens: &[Token]) -> usize {
    let is_use = tokens.iter().take_while(|token| !token.is("fn") && token.depth() == 0).any(|t| t.is("use"));
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        depth += token.depth();
        let is_end = *token == Token::Mark(';') || (*token == Token::Mark('}') && !is_use);
        if depth == 0 && is_end {
            return at + 1;
        }
    }
    tokens.len()
}
