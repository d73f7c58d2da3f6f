//! What is said of a command line that no command takes, where another one does.

use super::args::Arguments;
use crate::scenario::command_for;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};
use std::path::Path;

/// The most commands that are named.
const MOST_NAMED: usize = 4;

/// What is said of it; `None` where the parser's own words are better.
pub(super) fn told(error: &clap::Error) -> Option<String> {
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let given: Vec<String> =
                std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
            option_of_others(of(ContextKind::InvalidArg)?, &given)
        }
        ErrorKind::InvalidSubcommand => file_alone(of(ContextKind::InvalidSubcommand)?),
        _ => None,
    }
}

/// An option that this command lacks and others have.
fn option_of_others(option: &str, given: &[String]) -> Option<String> {
    let name = option.split('=').next()?.strip_prefix("--")?;
    let all = Arguments::command();
    let commands: Vec<&Command> = all.get_subcommands().filter(|command| !command.is_hide_set()).collect();
    let command = given.iter().find_map(|word| commands.iter().find(|command| command.get_name() == word))?;
    let has = |argument: &Arg| {
        let names = argument.get_long_and_visible_aliases().unwrap_or_default();
        !argument.is_hide_set() && names.contains(&name)
    };
    let others = commands.iter().filter(|other| other.get_arguments().any(has));
    let others: Vec<&str> = others.map(|other| other.get_name()).collect();
    let (first, known) = (others.first()?, others.len());
    let named = match others.as_slice() {
        [one] => format!("{one} does"),
        [some @ .., last] if known <= MOST_NAMED => format!("{} and {last} do", some.join(", ")),
        _ => format!("{} and {} others do", others[..MOST_NAMED - 1].join(", "), known - MOST_NAMED + 1),
    };
    let own = command.get_name();
    Some(format!("{own} takes no --{name}: {named} (redress {own} --help, redress {first} --help)"))
}

/// A file where the command should be.
fn file_alone(word: &str) -> Option<String> {
    let path = Path::new(word);
    let command = command_for(path)?;
    let kind = if command == "run" { "scenario" } else { "study" };
    Some(format!("{word} is a {kind} and no command: redress {command} {word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_of_another_command_is_told_whose_it_is() {
        let told = |line: &str, option| {
            option_of_others(option, &line.split(' ').map(str::to_owned).collect::<Vec<_>>())
        };
        assert_eq!(
            told("run x.toml --vary a=1", "--vary").unwrap(),
            "run takes no --vary: compare does (redress run --help, redress compare --help)"
        );
        assert_eq!(
            told("compare x.toml --factor=a=1,2", "--factor=a").unwrap(),
            "compare takes no --factor: sweep and plan do (redress compare --help, redress sweep --help)"
        );
        assert_eq!(
            told("schema --quiet", "--quiet").unwrap().split(" (").next(),
            Some("schema takes no --quiet: run, compare, sweep and 11 others do")
        );
        assert_eq!(told("run x.toml --nothing", "--nothing"), None);
        assert_eq!(told("trace x.toml --limi 3", "--limi"), None);
    }
}
