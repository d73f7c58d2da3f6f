//! One file: what it defines, what it imports, and every path in it.

use super::tokens::{Token, tokens};
use std::collections::BTreeSet;

/// Words that begin an item which has a name.
const ITEMS: [&str; 10] =
    ["fn", "struct", "enum", "union", "trait", "type", "const", "static", "mod", "macro_rules"];

/// What a file holds.
#[derive(Debug, Default)]
pub struct Module {
    /// Its path from the source folder.
    pub file: String,
    /// Whether it stands for a folder.
    pub is_folder: bool,
    /// Modules below it that are in files of their own.
    pub children: BTreeSet<String>,
    /// Names that it defines.
    pub items: BTreeSet<String>,
    /// Paths that it uses, as they are written.
    pub paths: BTreeSet<Vec<String>>,
    /// Names that it imports, each with its path.
    imports: Vec<(String, Vec<String>)>,
}

impl Module {
    /// Whether it imports this name, or all names of some module.
    pub fn binds(&self, name: &str) -> bool {
        self.imports.iter().any(|(bound, _)| bound == name)
    }

    /// What an imported name stands for; a name that may come from a module of which all are imported is looked for there.
    pub fn bound<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Vec<String>> + 'a {
        let all = |path: &[String]| [&path[..path.len() - 1], &[name.to_owned()]].concat();
        self.imports.iter().filter_map(move |(bound, path)| match bound.as_str() {
            "*" => Some(all(path)),
            bound => (bound == name).then(|| path.clone()),
        })
    }
}

/// Reads a file.
pub fn read(file: &str, text: &str) -> Module {
    let tokens = tokens(text);
    let is_folder = file.ends_with("mod.rs") || file == "lib.rs";
    let mut module = Module { file: file.to_owned(), is_folder, ..Module::default() };
    let (mut depth, mut at) = (0, 0);
    // Nesting depths at which names are still those of the file: its own, and bodies of macros that write items.
    let mut written = vec![0];
    let mut reexports = Vec::new();
    let mut said = BTreeSet::new();
    while at < tokens.len() {
        let next = |ahead: usize| tokens.get(at + ahead);
        if tokens[at].is("use") {
            let length = tokens[at..].iter().take_while(|token| **token != Token::Mark(';')).count();
            let found = imports(&tokens[at + 1..at + length]);
            let is_reexport = is_folder && depth == 0 && is_public(&tokens[..at]);
            for (name, path) in found {
                if is_reexport {
                    reexports.push((name.clone(), path.clone()));
                } else if path.last().is_none_or(|last| last != "*") || path.len() > 1 {
                    module.paths.insert(path.clone());
                }
                module.imports.push((name, path));
            }
            at += length;
            continue;
        }
        if written.last() == Some(&depth) {
            let names_item = tokens[at].name().is_some_and(|word| ITEMS.contains(&word));
            let ahead = if next(1).is_some_and(|token| *token == Token::Mark('!') || token.is("mut")) {
                2
            } else {
                1
            };
            let name = next(ahead).and_then(Token::name).filter(|name| !ITEMS.contains(name));
            let is_outer = tokens[at].is("mod") && next(2) == Some(&Token::Mark(';'));
            let names = if is_outer { &mut module.children } else { &mut module.items };
            names.extend(name.filter(|_| names_item).map(str::to_owned));
            let is_call =
                next(1) == Some(&Token::Mark('!')) && next(2).is_some_and(|token| token.depth() > 0);
            if tokens[at].name().is_some() && is_call && !names_item {
                written.push(depth + 1);
            }
        }
        depth += tokens[at].depth();
        if written.last().is_some_and(|inner| *inner > depth && tokens[at].depth() < 0) {
            written.pop();
        }
        let is_first = at == 0 || !matches!(tokens[at - 1], Token::Path | Token::Mark('.'));
        let is_after_dollar = at > 0 && tokens[at - 1] == Token::Mark('$');
        if let Some(name) = tokens[at].name().filter(|_| is_first) {
            let path = path(&tokens[at..]);
            at += 2 * path.len() - 2;
            said.insert(name.to_owned());
            if path.len() > 1 && (!is_after_dollar || name == "crate") {
                module.paths.insert(path);
            }
        }
        at += 1;
    }
    // What a folder only passes on it does not use itself.
    module.paths.extend(reexports.into_iter().filter(|(name, _)| said.contains(name)).map(|(_, path)| path));
    module
}

/// The names joined by `::` that tokens begin with.
fn path(tokens: &[Token]) -> Vec<String> {
    let mut path = Vec::new();
    for pair in tokens.chunks(2) {
        let Some(name) = pair[0].name() else { break };
        path.push(name.to_owned());
        if pair.get(1) != Some(&Token::Path) {
            return path;
        }
    }
    path
}

/// Whether what stands before an item makes it public, if only within the crate.
fn is_public(before: &[Token]) -> bool {
    match before.last() {
        Some(Token::Mark(')')) => {
            let open = before.iter().rposition(|token| *token == Token::Mark('('));
            open.is_some_and(|open| open > 0 && before[open - 1].is("pub"))
        }
        last => last.is_some_and(|token| token.is("pub")),
    }
}

/// The names that a `use` binds with their paths: `a::{b as c, self}` binds `c` and `a`, and `*` stands for all.
fn imports(tokens: &[Token]) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut rest = tokens;
    tree(&mut rest, &[], &mut found);
    found
}

fn tree(rest: &mut &[Token], before: &[String], found: &mut Vec<(String, Vec<String>)>) {
    let mut path = before.to_vec();
    while let Some((first, after)) = rest.split_first() {
        *rest = after;
        match first {
            Token::Name(name) if name == "as" => {
                let Some(alias) = rest.first().and_then(Token::name) else { return };
                found.push((alias.to_owned(), path));
                *rest = &rest[1..];
                return;
            }
            Token::Name(name) if name == "self" && !path.is_empty() => {}
            Token::Name(name) => path.push(name.clone()),
            Token::Mark('*') => {
                path.push("*".to_owned());
                found.push(("*".to_owned(), path));
                return;
            }
            Token::Mark('{') => {
                while rest.first().is_some_and(|token| *token != Token::Mark('}')) {
                    tree(rest, &path, found);
                    if rest.first() == Some(&Token::Mark(',')) {
                        *rest = &rest[1..];
                    }
                }
                *rest = rest.get(1..).unwrap_or_default();
                return;
            }
            _ => {}
        }
        if matches!(rest.first(), None | Some(Token::Mark(',' | '}'))) {
            let name = path.last().cloned().unwrap_or_default();
            found.push((name, path));
            return;
        }
    }
}
