//! Files and folders of another kind than a command takes, told before anything is read: which command they are for.

use super::args::Command;
use super::failure::Failure;
use crate::scenario::command_for;
use std::ffi::OsStr;
use std::path::Path;

/// What a command takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// A scenario or a study; which of the two, and for what, is told where it is read.
    Toml,
    /// A manifest.
    Manifest,
    /// The folder of a plan.
    Plan,
}

/// What there is instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// A scenario or a study, with its command.
    Toml(&'static str),
    Manifest,
    Results,
    Plan,
    PlanFolder,
    Folder,
    Table,
    Units,
}

/// Refuses what is of another kind.
pub(super) fn refuse(command: &Command) -> Result<(), Failure> {
    let problems: Vec<String> = named(command)
        .into_iter()
        .filter_map(|(path, wanted)| {
            let message = problem(path, wanted, found(path)?)?;
            Some(format!("{}: {message}", path.display()))
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Failure::Invalid(problems.join("\n"))) }
}

/// The files and folders that a command reads, as they were named.
fn named(command: &Command) -> Vec<(&Path, Wanted)> {
    let toml = |path| vec![(path, Wanted::Toml)];
    match command {
        Command::Run(of) => toml(of.scenario.as_path()),
        Command::Sweep(of) => toml(&of.study),
        Command::Plan(of) => toml(&of.study),
        Command::Sensitivity(of) | Command::Tune(of) => toml(&of.study),
        Command::Trace(of) => toml(&of.scenario),
        Command::Explore(of) => toml(&of.scenario),
        Command::Compare(of) => of.scenarios.iter().map(|path| (path.as_path(), Wanted::Toml)).collect(),
        Command::Check(of) => of.scenarios.iter().map(|path| (path.as_path(), Wanted::Toml)).collect(),
        Command::Rerun(of) => vec![(&of.manifest, Wanted::Manifest)],
        Command::Unit(of) => vec![(&of.folder, Wanted::Plan)],
        Command::Report(of) => vec![(&of.folder, Wanted::Plan)],
        _ => Vec::new(),
    }
}

/// What is at a path; `None` if nothing is, or nothing that redress knows.
fn found(path: &Path) -> Option<Found> {
    if path.is_dir() {
        return Some(if path.join("plan.json").is_file() {
            Found::PlanFolder
        } else if path.join("manifest.json").is_file() {
            Found::Results
        } else {
            Found::Folder
        });
    }
    let is_called = |name: &str| path.file_name() == Some(OsStr::new(name));
    match path.extension().and_then(OsStr::to_str) {
        _ if !path.is_file() => None,
        Some("json") if is_called("manifest.json") => Some(Found::Manifest),
        Some("json") if is_called("plan.json") => Some(Found::Plan),
        Some("csv" | "parquet") => Some(Found::Table),
        Some("units") => Some(Found::Units),
        _ => command_for(path).map(Found::Toml),
    }
}

/// What is said of it; `None` if it is what is wanted, or is told where it is read.
fn problem(path: &Path, wanted: Wanted, found: Found) -> Option<String> {
    let shown = path.display();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.display();
    Some(match (wanted, found) {
        (Wanted::Toml, Found::Toml(_))
        | (Wanted::Manifest, Found::Manifest)
        | (Wanted::Plan, Found::PlanFolder) => {
            return None;
        }
        (Wanted::Toml, Found::Folder) => format!("is a directory: name a TOML file{}", example(path)),
        (Wanted::Manifest, Found::Folder) => {
            "is a directory without results: name a manifest.json".to_owned()
        }
        (Wanted::Plan, Found::Folder) => {
            format!(
                "is no folder of a plan: redress plan STUDY --out FOLDER makes one; {shown} has no plan.json"
            )
        }
        (Wanted::Plan, Found::Plan) => format!("is the plan itself: name its folder, {folder}"),
        (Wanted::Plan, Found::Toml("run")) => {
            format!(
                "is a scenario: redress plan {shown} --factor KEY=V1,V2,... --out FOLDER makes a plan of it"
            )
        }
        (Wanted::Plan, Found::Toml(_)) => {
            format!("is a study: redress plan {shown} --out FOLDER makes a plan of it")
        }
        (Wanted::Manifest, Found::Toml(command)) => {
            let kind = if command == "run" { "scenario" } else { "study" };
            format!("is a {kind} and no manifest: redress {command} {shown}")
        }
        (_, Found::Manifest) => format!("is the manifest of a result: redress rerun {shown} repeats it"),
        (_, Found::Results) => {
            format!("is a folder of results: redress rerun {shown}/manifest.json repeats them")
        }
        (_, Found::PlanFolder) => format!("is the folder of a plan: redress report {shown} merges its units"),
        (_, Found::Plan) => format!("is a plan: redress report {folder} merges its units"),
        (Wanted::Toml, Found::Table) => {
            "is a table and no TOML file: a scenario reads observed values from one, a study its points \
             (docs/scenario.md, docs/studies.md)"
                .to_owned()
        }
        (_, Found::Table) => "is a table: results are repeated from the manifest.json beside it".to_owned(),
        (_, Found::Units) => {
            "holds finished units of a command that was interrupted: the same command goes on from there"
                .to_owned()
        }
    })
}

/// The first TOML file of a folder, as an example.
fn example(folder: &Path) -> String {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path()).filter(|path| path.extension() == Some(OsStr::new("toml")));
    files.min().map_or_else(String::new, |file| format!(", such as {}", file.display()))
}
