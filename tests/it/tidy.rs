//! The architecture in order: arrows between folders, sizes, banned words, heads of files, and links.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which folders of `src/` each folder uses. Every arrow points down this list; ARCHITECTURE.md draws it.
const ARROWS: &[(&str, &[&str])] = &[
    (
        "cli",
        &[
            "benchmark",
            "engine",
            "experiment",
            "explore",
            "export",
            "observe",
            "report",
            "scenario",
            "verification",
        ],
    ),
    (
        "report",
        &[
            "benchmark",
            "engine",
            "experiment",
            "export",
            "market",
            "observe",
            "policy",
            "scenario",
            "sim",
            "stats",
        ],
    ),
    ("export", &["benchmark", "engine", "experiment", "market", "observe", "sim", "stats", "verification"]),
    ("benchmark", &["behavior", "engine", "experiment", "market", "observe", "scenario", "sim"]),
    ("verification", &["engine", "experiment", "observe", "scenario", "sim", "stats"]),
    ("explore", &["engine", "experiment", "observe", "scenario", "stats"]),
    ("experiment", &["engine", "observe", "policy", "scenario", "sim", "stats"]),
    ("scenario", &["behavior", "engine", "market", "observe", "policy", "sim", "stats"]),
    ("engine", &["behavior", "market", "observe", "policy", "sim", "stats"]),
    ("observe", &["market", "policy", "sim", "stats"]),
    ("behavior", &["market", "policy", "sim"]),
    ("policy", &["market", "sim"]),
    ("market", &[]),
    ("sim", &[]),
    ("stats", &[]),
];

/// No file is longer.
const LONGEST: usize = 400;

/// What no source file says; the wall clock is `cli`'s alone.
const BANNED: &[&str] =
    &["HashMap", "HashSet", "println!", "print!", "eprintln!", "eprint!", "dbg!", "todo!", "TODO", "FIXME"];
/// What tests and examples may say all the same: some print the figures that they hold against theory.
const SAID_BY_TESTS: &[&str] = &["println!"];
const CLOCK: &[&str] = &["Instant", "SystemTime"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files with an extension below a folder, as paths from the root, in order.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("the folder is there") {
        let path = entry.expect("an entry can be read").path();
        let name = path.strip_prefix(root()).expect("it is below the root").to_owned();
        if path.is_dir() {
            found.extend(files(name.to_str().expect("plain names"), extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(name);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<PathBuf> {
    ["src", "tests", "benches", "examples", "python/src"]
        .iter()
        .flat_map(|folder| files(folder, "rs"))
        .collect()
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text without its comments.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn identifier(text: &str) -> &str {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    &text[..text.find(|character| !is_part(character)).unwrap_or(text.len())]
}

/// The folders that a text names after `crate::`, one by one or in braces.
fn folders_used(text: &str) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for (place, _) in text.match_indices("crate::") {
        let rest = &text[place + "crate::".len()..];
        let Some(list) = rest.strip_prefix('{') else {
            folders.insert(identifier(rest).to_owned());
            continue;
        };
        let mut depth = 0;
        let mut is_first_word = true;
        for (at, character) in list.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => is_first_word = true,
                _ if is_first_word && character.is_alphabetic() => {
                    folders.insert(identifier(&list[at..]).to_owned());
                    is_first_word = false;
                }
                _ => {}
            }
        }
    }
    folders
}

#[test]
fn folders_in_braces_are_read_as_well() {
    let used = folders_used("use crate::{market::{Money, Step}, sim::Key};\nfn f() { crate::stats::f() }");
    assert_eq!(used.into_iter().collect::<Vec<_>>(), ["market", "sim", "stats"]);
}

#[test]
fn every_arrow_between_folders_is_listed_and_every_listed_arrow_is_taken() {
    let mut taken = BTreeSet::new();
    for path in files("src", "rs") {
        let mut parts = path.iter().skip(1).map(|part| part.to_str().expect("plain names"));
        let (Some(folder), Some(_)) = (parts.next(), parts.next()) else { continue };
        let text = code(&read(&path));
        assert!(!text.contains("super::super::super"), "{} reaches beyond its folder", path.display());
        for used in folders_used(&text) {
            if used == folder {
                continue;
            }
            let listed = ARROWS.iter().find(|(from, _)| *from == folder).map_or(&[][..], |(_, to)| to);
            assert!(listed.contains(&used.as_str()), "{}: {folder} must not use {used}", path.display());
            taken.insert((folder.to_owned(), used));
        }
    }
    let listed =
        ARROWS.iter().flat_map(|(from, to)| to.iter().map(|to| ((*from).to_owned(), (*to).to_owned())));
    assert_eq!(listed.collect::<BTreeSet<_>>(), taken, "an arrow is listed that nothing takes");
}

#[test]
fn arrows_point_down_so_that_there_is_no_circle() {
    let place =
        |folder: &str| ARROWS.iter().position(|(from, _)| *from == folder).expect("every folder is listed");
    for (from, to) in ARROWS {
        for to in *to {
            assert!(place(from) < place(to), "{from} uses {to}, which is above it");
        }
    }
}

#[test]
fn policy_draws_nothing_and_the_kernel_knows_no_word_of_the_domain() {
    for path in files("src/policy", "rs") {
        let text = code(&read(&path));
        for word in ["sim::random", "Chance", "KeyStream", "rand::", "Rng"] {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
    for path in [files("src/sim", "rs"), files("src/stats", "rs")].concat() {
        let text = code(&read(&path)).to_lowercase();
        for word in ["seller", "buyer", "dispute", "refund", "market"] {
            assert!(!text.contains(word), "{} names a {word}", path.display());
        }
    }
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    for path in sources() {
        let lines = read(&path).lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
    }
}

/// Whether a word stands in a text by itself and not as a part of a longer one.
fn says(text: &str, word: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(word).any(|(at, _)| {
        let after = &text[at + word.len()..];
        !text[..at].ends_with(is_part) && (word.ends_with('!') || !after.starts_with(is_part))
    })
}

#[test]
fn nothing_that_is_banned_is_said() {
    let this_file = Path::new("tests/it/tidy.rs");
    for path in sources().iter().filter(|path| *path != this_file) {
        let text = read(path);
        let clock = if path.starts_with("src/cli") { &[][..] } else { CLOCK };
        let prints = path.starts_with("tests") || path.starts_with("examples");
        let said = if prints { SAID_BY_TESTS } else { &[][..] };
        for word in BANNED.iter().chain(clock).filter(|word| !said.contains(word)) {
            assert!(!says(&text, word), "{} says {word}", path.display());
        }
    }
}

#[test]
fn every_file_says_at_its_head_what_it_is_for() {
    for path in sources() {
        assert!(read(&path).starts_with("//! "), "{} has no head", path.display());
    }
}

#[test]
fn every_test_is_named_by_a_sentence() {
    for path in sources() {
        let text = read(&path);
        for (_, after) in text.match_indices("#[test]\n").map(|(at, mark)| text.split_at(at + mark.len())) {
            let name = after.split_once("fn ").map_or("", |(_, rest)| identifier(rest));
            assert!(name.matches('_').count() >= 2, "{}: {name} is no sentence", path.display());
        }
    }
}

/// The documents that link to other files.
fn documents() -> Vec<PathBuf> {
    let mut documents = files("docs", "md");
    let others = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "scenarios/README.md",
        "output/README.md",
        "python/README.md",
    ];
    documents.extend(others.map(PathBuf::from));
    documents
}

/// What Markdown and HTML in a text link to.
fn links(text: &str) -> Vec<&str> {
    let ends = [("](", ')'), ("src=\"", '"'), ("href=\"", '"')];
    let mut found = Vec::new();
    for (start, end) in ends {
        for (at, _) in text.match_indices(start) {
            let rest = &text[at + start.len()..];
            found.push(&rest[..rest.find(end).unwrap_or(rest.len())]);
        }
    }
    found
}

#[test]
fn every_relative_link_leads_to_a_file() {
    for path in documents() {
        let text = read(&path);
        let folder = root().join(path.parent().expect("a file has a folder"));
        for link in links(&text) {
            let file = link.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") {
                assert!(folder.join(file).exists(), "{}: {link} leads nowhere", path.display());
            }
        }
    }
}

#[test]
fn every_path_in_a_document_exists() {
    let begins = ["src/", "docs/", "tests/", "scenarios/", "examples/", ".ci/", "python/"];
    for path in documents() {
        let text = read(&path);
        for word in text.split(['`', ' ', '\n', '(', ')', ',']) {
            let word = word.trim_end_matches(['.', ':', ';']);
            let is_path = begins.iter().any(|begin| word.starts_with(begin)) && !word.contains(['*', '<']);
            let is_pattern = word.contains("NAME") || word.contains("STUDY");
            assert!(!is_path || is_pattern || root().join(word).exists(), "{}: no {word}", path.display());
        }
    }
}
