//! How results get to their folder with a manifest, and what every command says of them.

use super::args::Running;
use super::failure::Failure;
use super::interruption;
use super::session::Timing;
use super::terminal::remark;
use crate::export::manifest::Manifest;
use crate::export::recorded::shown;
use crate::export::study::{PointRecord, StudyRecord};
use crate::export::{QuestionHash, Replacing, RunDirectory};
use crate::observe::metric::Unit;
use crate::observe::{Books, Metric};
use crate::report::{Origin, headline, records};
use crate::scenario::{DesignPoint, Scenario, Study};
use std::path::{Path, PathBuf};

/// Begins the answer to a question, for the folder asked for or output/NAME, where no other question's answer is replaced.
pub(super) fn begin(running: &Running, name: &str, question: QuestionHash) -> Result<RunDirectory, Failure> {
    let directory = begin_in(running.out.as_deref(), name, question)?;
    Ok(directory.marking_tables(running.csv_bom).in_formats(&running.format))
}

/// The same of commands that have their own options.
pub(super) fn begin_in(
    asked: Option<&Path>,
    name: &str,
    question: QuestionHash,
) -> Result<RunDirectory, Failure> {
    let folder = asked.map_or_else(|| question.folder(Path::new("output"), name), Path::to_owned);
    let directory = RunDirectory::prepare(&folder)?.answering(question);
    interruption::discards(directory.leftovers());
    Ok(directory)
}

/// What results may take the place of: interrupted ones spare a complete result unless told otherwise.
pub(super) fn replacing(running: &Running, is_interrupted: bool) -> Replacing {
    if is_interrupted && !running.replace_complete { Replacing::Interrupted } else { Replacing::Any }
}

/// Writes the manifest, publishes everything, and gives the folder where it is now.
pub(super) fn publish(
    directory: RunDirectory,
    manifest: Manifest,
    replacing: Replacing,
) -> Result<PathBuf, Failure> {
    directory.write_manifest(manifest)?;
    let published = interruption::publishing(|| directory.publish(replacing))?;
    if let Some(words) = published.remark {
        remark(&words);
    }
    Ok(published.folder)
}

/// The arguments that the program was started with.
pub(super) fn command_line() -> Vec<String> {
    std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect()
}

/// The command line that repeats this one, as a shell takes it: without options that change no result.
pub(super) fn repeating() -> String {
    shown(&without_surroundings(&command_line()))
}

/// Arguments without options that say where results go, with how many threads they are made, and what is told meanwhile.
fn without_surroundings(arguments: &[String]) -> Vec<String> {
    const VALUED: [&str; 5] = ["--out", "-o", "--threads", "--format", "--unit-seconds"];
    const ALONE: [&str; 7] =
        ["--quiet", "-q", "--no-progress", "--no-charts", "--csv-bom", "--replace-complete", "--fresh"];
    let mut kept = Vec::new();
    let mut each = arguments.iter();
    // A plan divides what one sweep would do, with the same results.
    kept.extend(
        each.next().map(|command| if command == "plan" { "sweep".to_owned() } else { command.clone() }),
    );
    while let Some(argument) = each.next() {
        let name = argument.split('=').next().unwrap_or_default();
        if VALUED.contains(&name) {
            if name.len() == argument.len() {
                each.next();
            }
        } else if !ALONE.contains(&argument.as_str()) {
            kept.push(argument.clone());
        }
    }
    kept
}

/// The study of a sweep for its manifest; `path` is the file that it was read from.
pub(super) fn study_record(
    study: &Study,
    path: &Path,
    points: Vec<PointRecord>,
    responses: &[&'static Metric],
) -> StudyRecord {
    records::study_record(study, &path.display().to_string(), points, responses)
}

/// A design point for the manifest; `first` is the resolved scenario of the first.
pub(super) fn point_record(point: &DesignPoint, scenario: &Scenario, first: &str) -> PointRecord {
    records::point_record(point, scenario, first)
}

/// Which world a sweep is of, and the command that repeats it.
pub(super) fn origin_of(study: &Study, overrides: Vec<String>) -> Origin {
    Origin { command: repeating(), ..Origin::of_study(study, overrides) }
}

/// The rules and the settings in a line, if there is anything to say.
pub(super) fn origin_line(origin: &Origin) -> Option<String> {
    let sentences = origin.sentences();
    (!sentences.is_empty()).then(|| sentences.join("; "))
}

/// The money of a replication, in three lines; the audit is of the sums over all of them, to the cent.
pub(super) fn money_line(books: &Books, replications: u64) -> String {
    let each = |cents: i128| headline::people(cents as f64 / replications.max(1) as f64, Unit::Cents);
    format!(
        "money of a replication, in currency units (the mean of {replications}):\n  paid {} = released {} + refunded {} + held {}\n  \
         audited: the sums over all replications agree to the cent",
        each(books.paid.0),
        each(books.released.0),
        each(books.refunded.0),
        each(books.held.0)
    )
}

/// The money audit in a line, where there is no replication to speak of.
pub(super) fn audit_line(books: &Books, over: &str) -> String {
    format!("money audit: {} currency units paid in {over}, accounted for to the cent", books.paid)
}

/// How fast it was, in a line.
pub(super) fn speed_line(orders: u64, timing: Timing) -> String {
    let rate = orders as f64 / timing.wall_seconds / 1e6;
    format!(
        "{:.1} million orders in {:.2} s on {} thread(s): {rate:.1} million orders/s",
        orders as f64 / 1e6,
        timing.wall_seconds,
        timing.threads
    )
}

#[cfg(test)]
mod tests {
    use super::without_surroundings;

    #[test]
    fn what_changes_no_result_is_not_repeated() {
        let line = "run a.toml --out x --set b=1 --threads=2 --quiet --format csv --seed 4";
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        assert_eq!(without_surroundings(&arguments), ["run", "a.toml", "--set", "b=1", "--seed", "4"]);
    }
}
