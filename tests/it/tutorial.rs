//! The tutorial does what it says: its commands are run, what it shows is what they print, and no number of its prose comes from
//! elsewhere.

use crate::program::{Program, text};
use std::fs;
use std::path::Path;

/// A part of the page.
#[derive(Debug)]
enum Part<'a> {
    Prose(&'a str),
    /// What a fence holds, and what is written behind its opening.
    Block(&'a str, &'a str),
}

fn parts(page: &str) -> Vec<Part<'_>> {
    page.split("```")
        .enumerate()
        .map(|(number, part)| match (number % 2, part.split_once('\n')) {
            (1, Some((kind, content))) => Part::Block(kind, content.trim_end()),
            _ => Part::Prose(part),
        })
        .collect()
}

/// The numbers in a text, each with its decimals.
fn numbers(text: &str) -> Vec<String> {
    let is_part = |character: char| character.is_ascii_digit() || character == '.' || character == ',';
    let words = text.split(|character: char| !is_part(character));
    let words = words.map(|word| word.trim_matches(['.', ',']).to_owned());
    words.filter(|word| word.contains(|character: char| character.is_ascii_digit())).collect()
}

#[test]
fn the_tutorial_runs_and_every_number_in_it_is_printed_by_its_commands() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tutorial.md");
    let page = fs::read_to_string(page).expect("the page is there");
    let program = Program::new();
    let mut known = String::new();
    let mut printed = String::new();
    let (mut commands, mut shown) = (0, 0);
    for part in parts(&page) {
        match part {
            Part::Block("sh", block) => {
                printed.clear();
                known.push_str(block);
                for line in block.lines() {
                    let line = line.split("   #").next().unwrap_or_default().trim();
                    let words = line.strip_prefix("redress ").unwrap_or_else(|| panic!("{line}"));
                    let arguments: Vec<&str> = words.split(' ').map(|word| word.trim_matches('\'')).collect();
                    let output = program.run(&arguments);
                    assert!(output.status.success(), "{line}: {}", text(&output.stderr));
                    printed.push_str(&text(&output.stdout));
                    printed.push_str(&text(&output.stderr));
                    commands += 1;
                }
            }
            Part::Block("text", block) => {
                for line in block.lines().filter(|line| *line != "...") {
                    let is_printed = printed.lines().any(|other| other.trim_end() == line.trim_end());
                    assert!(is_printed, "not printed: {line}\n{printed}");
                    shown += 1;
                }
                known.push_str(block);
            }
            Part::Block(kind, block) => {
                let file = kind.strip_prefix("toml ").unwrap_or_else(|| panic!("a block of {kind}"));
                fs::write(program.path(file), block).expect("the file can be written");
                known.push_str(block);
            }
            Part::Prose(prose) => {
                let known = numbers(&known);
                // Rules have numbers of their own.
                for number in numbers(&prose.replace("R8", "").replace("R7", "").replace("R5", "")) {
                    assert!(known.contains(&number), "{number} is shown by no command before:{prose}");
                }
            }
        }
    }
    assert!(commands >= 8 && shown >= 30, "{commands} commands, {shown} lines");
}
