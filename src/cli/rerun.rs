//! `redress rerun`: a result again, from its manifest alone.

use super::answering::Studied;
use super::args::{RerunArguments, Running};
use super::compare::{self, Compared};
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::outcome::{self, publish};
use super::precision::targets;
use super::rerun_recorded::{Again, Rerun, interrupted};
use super::rerun_sweep;
use super::run;
use super::seller_days;
use super::sensitivity;
use super::session::{expected_orders, simulate};
use super::terminal::print;
use super::tune;
use crate::engine::Tables;
use crate::experiment::{self, Compare, Footprint, RunResult, Summary, run_replications};
use crate::export::Replacing;
use crate::export::manifest::Manifest;
use crate::export::recorded::{MOST_BYTES, Recorded, RecordedManifest, shown};
use crate::export::study::{StudyRecord, changed};
use crate::report::{Origin, run_page};
use crate::scenario::{Source, Study, StudyTexts, StudyUse, file_bytes};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

/// How many files a message names.
const MOST_NAMED: usize = 5;

/// Repeats what a manifest is of, and says whether every file has the bytes that it had.
pub(super) fn rerun(arguments: &RerunArguments) -> Result<ExitCode, Failure> {
    interruption::heed("interrupted: nothing is written");
    let shown_path = arguments.manifest.display();
    let bytes = file_bytes(&arguments.manifest, MOST_BYTES)
        .map_err(|problem| Failure::Invalid(format!("{shown_path} cannot be read: {problem}")))?;
    let recorded =
        Recorded::read(&bytes).map_err(|problem| Failure::Invalid(format!("{shown_path} {problem}")))?;
    let (command, recorded) = match recorded {
        Recorded::Repeatable(command, manifest) => (command, manifest),
        Recorded::OtherCommand(command, line) => {
            return Err(Failure::Invalid(format!(
                "{shown_path} is of {command}, which a manifest alone does not repeat: its command line does, {}",
                shown(&line)
            )));
        }
        Recorded::OtherVersion(version, line) => {
            return Err(Failure::Invalid(format!(
                "{shown_path} is of redress {version} and this is {}: repeat it with that version, or run its command line \
                 with this one, {}",
                env!("CARGO_PKG_VERSION"),
                shown(&line)
            )));
        }
    };
    let again = Rerun {
        manifest: &arguments.manifest,
        folder: format!("{}_rerun", recorded.name),
        running: running(arguments, &recorded),
        origin: Origin {
            preset: recorded.preset.clone(),
            overrides: recorded.overrides.clone(),
            command: recorded.repeat.clone(),
        },
        recorded: &recorded,
    };
    let done = match (command.as_str(), &recorded.study) {
        ("run", _) => run_again(&again)?,
        ("compare", _) => compare_again(&again)?,
        ("sweep", Some(study)) => rerun_sweep::sweep(&again, study)?,
        ("sensitivity", Some(study)) => studied_again(&again, study, StudyUse::Sensitivity)?,
        (_, Some(study)) => studied_again(&again, study, StudyUse::Tune)?,
        (_, None) => return Err(again.refused("has no study")),
    };
    let (directory, manifest) = match done {
        Ok(made) => made,
        Err(status) => return Ok(status),
    };
    let hashes = directory.hashes();
    let manifest = Manifest { interrupted: recorded.interrupted, ..manifest };
    let folder = publish(directory, manifest, Replacing::Any)?;
    let names: BTreeSet<&String> = hashes.keys().chain(recorded.files_sha256.keys()).collect();
    let is_left_out =
        |name: &str| arguments.no_charts && (name.starts_with("charts/") || name == "report.html");
    let names: Vec<&String> = names.into_iter().filter(|name| !is_left_out(name)).collect();
    let other: Vec<&str> = (names.iter())
        .filter(|&&name| hashes.get(name) != recorded.files_sha256.get(name))
        .map(|name| name.as_str())
        .collect();
    if !other.is_empty() {
        let more = other.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        return Err(Failure::Running(format!(
            "{}{more} in {} are not what {shown_path} says, by their SHA-256",
            other[..other.len().min(MOST_NAMED)].join(", "),
            folder.display()
        )));
    }
    if !arguments.quiet {
        print(&format!(
            "{}: {command} again, {} files, each with the SHA-256 that {shown_path} says\nresults: {}",
            recorded.name,
            names.len(),
            folder.display()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Options as the command had them: what was written without charts is repeated without.
fn running(arguments: &RerunArguments, recorded: &RecordedManifest) -> Running {
    Running {
        threads: arguments.threads,
        out: arguments.out.clone(),
        format: recorded.formats.clone(),
        csv_bom: recorded.csv_bom,
        no_charts: arguments.no_charts || !recorded.files_sha256.contains_key("report.html"),
        replace_complete: false,
        quiet: arguments.quiet,
        no_progress: arguments.no_progress,
    }
}

/// A run of the same replications.
fn run_again(rerun: &Rerun<'_>) -> Result<Again, Failure> {
    let (scenario, ranges) = (rerun.first()?, rerun.ranges()?);
    let running = &rerun.running;
    let threads = foretold::threads(running.threads);
    let footprint = Footprint::of_run(&scenario.world, threads);
    foretold::fits(&footprint)?;
    let directory = outcome::begin(running, &rerun.folder, rerun.asked())?;
    foretold::warn(&footprint, threads, running.quiet);
    let expected = expected_orders(std::iter::once(&scenario.world));
    let (result, timing) = simulate(running.threads, running.shows_progress(), expected, |watch| {
        let tables = Tables::new(&scenario.world);
        let mut whole = RunResult::default();
        for range in ranges {
            whole.merge(run_replications(&tables, range, watch));
        }
        whole
    })?;
    if result.is_interrupted {
        return Ok(interrupted());
    }
    let result = rerun.as_recorded(result);
    let summary = Summary::new(&scenario.world, &result);
    run::write_tables(&directory, &scenario, &result, &summary)?;
    let has_days = |name: &String| name.split_once('.').is_some_and(|(table, _)| table == seller_days::NAME);
    if rerun.recorded.files_sha256.keys().any(has_days)
        && !seller_days::write(&directory, running, &scenario.world, &result)?
    {
        return Ok(interrupted());
    }
    if !running.no_charts {
        run_page::write(&directory, &scenario, &result, &summary, &rerun.origin)?;
    }
    let transient = experiment::transient(&scenario.world, &result);
    let suggested = transient.map(|transient| transient.suggested(scenario.world.warm_up_days));
    let manifest = Manifest {
        scenario_file: rerun.recorded.scenario_file.clone(),
        ..run::manifest(&scenario, &rerun.origin, &result, suggested, timing)
    };
    Ok(Ok((directory, manifest)))
}

/// A comparison of as many replications.
fn compare_again(rerun: &Rerun<'_>) -> Result<Again, Failure> {
    let recorded = rerun.recorded;
    let mut scenarios = vec![rerun.first()?];
    let mut names = vec![recorded.baseline.clone().ok_or_else(|| rerun.refused("has no baseline"))?];
    let mut files = vec![recorded.scenario_file.clone()];
    for (number, other) in (1..).zip(&recorded.alternatives) {
        let text = changed(&recorded.scenario, &other.changes);
        scenarios.push(rerun.scenario(&other.scenario_file, text, number)?);
        names.push(other.name.clone());
        files.push(other.scenario_file.clone());
    }
    if scenarios.len() < 2 {
        return Err(rerun.refused("has no alternative"));
    }
    let origin = rerun.origin.clone();
    let targets = targets(&recorded.precision, &[])?;
    let of = Compared { name: recorded.name.clone(), names, files, scenarios, origin, targets };
    let question = Compare::exactly(of.points(), rerun.replications()?, &of.targets);
    let answer = compare::answer(&of, question, &rerun.running, (&rerun.folder, rerun.asked()))?;
    let Some((directory, manifest, _)) = answer else {
        return Ok(Err(ExitCode::from(INTERRUPTED_STATUS)));
    };
    Ok(Ok((directory, manifest)))
}

/// A question that asks for points of its own, answered from the texts of its study.
fn studied_again(rerun: &Rerun<'_>, record: &StudyRecord, purpose: StudyUse) -> Result<Again, Failure> {
    let kept = record.kept.clone().ok_or_else(|| rerun.refused("has no text of its study"))?;
    let source = Source::from_text(&rerun.recorded.scenario_file, &kept.scenario)?;
    let texts = StudyTexts { study: kept.study, design: kept.design };
    let of = Studied {
        study: Study::kept(Path::new(&record.file), texts, source, purpose)?,
        file: record.file.clone(),
        origin: rerun.origin.clone(),
    };
    let begun = (rerun.folder.as_str(), rerun.asked());
    let answer = match purpose {
        StudyUse::Sensitivity => sensitivity::answer(&of, &rerun.running, begun)?,
        _ => tune::answer(&of, &rerun.running, begun)?,
    };
    let Some(answered) = answer else {
        return Ok(Err(ExitCode::from(INTERRUPTED_STATUS)));
    };
    if answered.manifest.scenario_sha256 != rerun.recorded.scenario_sha256 {
        return Err(rerun.refused("has a study whose scenarios are not of their SHA-256"));
    }
    answered.answering.end();
    Ok(Ok((answered.directory, answered.manifest)))
}
