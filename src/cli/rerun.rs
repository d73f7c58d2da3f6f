//! `redress rerun`: a result again, from its manifest alone.

use super::args::{Format, RerunArguments, Running};
use super::compare::{self, Compared};
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::outcome::{self, publish};
use super::precision::targets;
use super::run;
use super::session::{expected_orders, simulate, start_threads};
use super::sweep::{self, Swept};
use super::terminal::{print, remark};
use super::units;
use crate::engine::Tables;
use crate::experiment::{
    self, Compare, Footprint, PlannedPoint, Points, Summary, Sweep, check_points, run_replications,
};
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::recorded::{MOST_BYTES, Recorded, RecordedManifest, shown};
use crate::export::study::{StudyRecord, changed};
use crate::export::{Replacing, RunDirectory};
use crate::report::{Origin, run_page};
use crate::scenario::{DesignPoint, Scenario, ScenarioErrors, Source, file_bytes};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

/// How many files a message names.
const MOST_NAMED: usize = 5;

/// What was made again, before it is published; the exit status if nothing was, which has been said.
type Again = Result<(RunDirectory, Manifest), ExitCode>;

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
        origin: Origin { preset: recorded.preset.clone(), overrides: recorded.overrides.clone() },
        recorded: &recorded,
    };
    let done = match (command.as_str(), &recorded.study) {
        ("run", _) => again.run()?,
        ("compare", _) => again.compare()?,
        (_, Some(study)) => again.sweep(study)?,
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
        format: vec![Format::Csv],
        csv_bom: recorded.csv_bom,
        no_charts: arguments.no_charts || !recorded.files_sha256.contains_key("report.html"),
        replace_complete: false,
        quiet: arguments.quiet,
        no_progress: arguments.no_progress,
    }
}

/// Says that there is nothing.
fn interrupted() -> Again {
    remark("interrupted: nothing is written");
    Err(ExitCode::from(INTERRUPTED_STATUS))
}

/// A result that is made again.
struct Rerun<'a> {
    manifest: &'a Path,
    /// The folder's name if the user gives none.
    folder: String,
    running: Running,
    origin: Origin,
    recorded: &'a RecordedManifest,
}

impl Rerun<'_> {
    fn refused(&self, problem: &str) -> Failure {
        Failure::Invalid(format!(
            "{} {problem}: it was changed, or is of no finished result",
            self.manifest.display()
        ))
    }

    /// The scenario of a text, which must be the one of the `number`-th hash.
    fn scenario(&self, file: &str, text: Option<String>, number: usize) -> Result<Scenario, Failure> {
        let text = text.ok_or_else(|| self.refused("has changes that are not of its scenario"))?;
        let resolved = Source::from_text(file, &text).and_then(|source| source.resolve());
        let scenario = resolved.map_err(|errors| {
            Failure::Invalid(format!(
                "error: the scenario in {} does not hold here\n{errors}",
                self.manifest.display()
            ))
        })?;
        self.expect_hash(&scenario, number)?;
        Ok(scenario)
    }

    fn expect_hash(&self, scenario: &Scenario, number: usize) -> Result<(), Failure> {
        match self.recorded.scenario_sha256.get(number) {
            Some(hash) if *hash == scenario.hash => Ok(()),
            _ => Err(self.refused("has a scenario that is not of its SHA-256")),
        }
    }

    /// The first scenario.
    fn first(&self) -> Result<Scenario, Failure> {
        self.scenario(&self.recorded.scenario_file, Some(self.recorded.scenario.clone()), 0)
    }

    /// The same number of replications everywhere.
    fn replications(&self) -> Result<u32, Failure> {
        let PerPoint::Same(replications) = self.recorded.replications else {
            return Err(self.refused("has no number of replications"));
        };
        let number = u32::try_from(replications).ok().filter(|number| (1..=100_000).contains(number));
        number.ok_or_else(|| self.refused("has a number of replications that is out of range"))
    }

    fn run(&self) -> Result<Again, Failure> {
        if self.recorded.interrupted {
            return Err(Failure::Invalid(format!(
                "{} is of an interrupted run, and does not say which replications it has: a complete one can be repeated",
                self.manifest.display()
            )));
        }
        let (scenario, count) = (self.first()?, self.replications()?);
        let first = self.recorded.first_replication;
        let replications =
            first..first.checked_add(count).ok_or_else(|| self.refused("has too many replications"))?;
        let running = &self.running;
        let threads = foretold::threads(running.threads);
        let footprint = Footprint::of_run(&scenario.world, threads);
        foretold::fits(&footprint)?;
        let directory = outcome::begin(running, &self.folder)?;
        foretold::warn(&footprint, threads, running.quiet);
        let expected = expected_orders(std::iter::once(&scenario.world));
        let (result, timing) = simulate(running.threads, running.shows_progress(), expected, |watch| {
            run_replications(&Tables::new(&scenario.world), replications, watch)
        })?;
        if result.is_interrupted {
            return Ok(interrupted());
        }
        let summary = Summary::new(&scenario.world, &result);
        run::write_tables(&directory, &scenario, &result, &summary)?;
        if !running.no_charts {
            run_page::write(&directory, &scenario, &result, &summary, &self.origin)?;
        }
        let transient = experiment::transient(&scenario.world, &result);
        let suggested = transient.map(|transient| transient.suggested(scenario.world.warm_up_days));
        let manifest = Manifest {
            scenario_file: self.recorded.scenario_file.clone(),
            ..run::manifest(&scenario, &self.origin, &result, suggested, timing)
        };
        Ok(Ok((directory, manifest)))
    }

    fn compare(&self) -> Result<Again, Failure> {
        let recorded = self.recorded;
        let mut scenarios = vec![self.first()?];
        let mut names = vec![recorded.baseline.clone().ok_or_else(|| self.refused("has no baseline"))?];
        let mut files = vec![recorded.scenario_file.clone()];
        for (number, other) in (1..).zip(&recorded.alternatives) {
            let text = changed(&recorded.scenario, &other.changes);
            scenarios.push(self.scenario(&other.scenario_file, text, number)?);
            names.push(other.name.clone());
            files.push(other.scenario_file.clone());
        }
        if scenarios.len() < 2 {
            return Err(self.refused("has no alternative"));
        }
        let origin = self.origin.clone();
        let targets = targets(&recorded.precision, &[])?;
        let of = Compared { name: recorded.name.clone(), names, files, scenarios, origin, targets };
        let question = Compare::exactly(of.points(), self.replications()?, &of.targets);
        let answer = compare::answer(&of, question, &self.running, &self.folder)?;
        let Some((directory, manifest, _)) = answer else {
            return Ok(Err(ExitCode::from(INTERRUPTED_STATUS)));
        };
        Ok(Ok((directory, manifest)))
    }

    fn sweep(&self, study: &StudyRecord) -> Result<Again, Failure> {
        let (running, recorded) = (&self.running, self.recorded);
        let first = self.first()?;
        let points = RecordedPoints { study, file: &recorded.scenario_file, first: &recorded.scenario };
        let parts: Vec<Vec<u32>> = study.points.iter().map(|point| point.parts.clone()).collect();
        let are_possible = |parts: &Vec<u32>| {
            parts.iter().all(|&part| part > 0)
                && parts.iter().map(|&part| u64::from(part)).sum::<u64>() <= 100_000
        };
        if study.points.len() != recorded.scenario_sha256.len()
            || study.points.iter().any(|point| point.labels.len() != study.factors.len())
            || !parts.iter().all(are_possible)
        {
            return Err(self.refused("has points that do not fit its study"));
        }
        let responses = sweep::responses(&study.responses)?;
        start_threads(running.threads)?;
        let threads = foretold::threads(running.threads);
        let keep = |number: usize, scenario: Scenario| {
            let mut planned = PlannedPoint { precision: Vec::new(), ..PlannedPoint::of(&scenario) };
            planned.replications = parts[number].iter().sum();
            (
                self.expect_hash(&scenario, number),
                planned,
                scenario.world.seed,
                Footprint::of_run(&scenario.world, threads),
            )
        };
        let Some(checked) = check_points(&points, &|| !interruption::is_interrupted(), keep).transpose()?
        else {
            return Ok(interrupted());
        };
        let (mut planned, mut seeds, mut expected, mut largest) =
            (Vec::new(), Vec::new(), 0.0, Footprint::default());
        for (found, point, seed, footprint) in checked {
            found?;
            expected += if point.replications > 0 { footprint.orders } else { 0.0 };
            if footprint.bytes() > largest.bytes() {
                largest = footprint;
            }
            planned.push(point);
            seeds.push(seed);
        }
        foretold::fits(&largest)?;
        let directory = outcome::begin(running, &self.folder)?;
        let store = units::open(&directory, true)?;
        let of = Swept {
            points: &points,
            first: &first,
            origin: &self.origin,
            responses: &responses,
            expected: expected as u64,
        };
        let manifest = Manifest {
            name: recorded.name.clone(),
            preset: recorded.preset.clone(),
            overrides: recorded.overrides.clone(),
            scenario_sha256: recorded.scenario_sha256.clone(),
            scenario: recorded.scenario.clone(),
            scenario_file: recorded.scenario_file.clone(),
            seed: PerPoint::of(seeds.into_iter()),
            study: Some(study.clone()),
            ..sweep::known_before()
        };
        let question = Sweep::in_parts(&points, &planned, &parts);
        let answered = sweep::answer(&of, question, &planned, &store, running, (&directory, manifest))?;
        let (result, manifest, _) = match answered {
            Ok(answered) => answered,
            Err(status) => return Ok(Err(status)),
        };
        if result.is_interrupted {
            return Ok(interrupted());
        }
        units::discard(&store);
        Ok(Ok((directory, manifest)))
    }
}

/// The points of a sweep as its manifest has them.
#[derive(Debug)]
struct RecordedPoints<'a> {
    study: &'a StudyRecord,
    file: &'a str,
    first: &'a str,
}

impl Points for RecordedPoints<'_> {
    fn count(&self) -> usize {
        self.study.points.len()
    }

    fn point(&self, number: usize) -> DesignPoint {
        DesignPoint { number, labels: self.study.points[number].labels.clone(), settings: Vec::new() }
    }

    fn scenario(&self, number: usize) -> Result<Scenario, ScenarioErrors> {
        // A text that cannot be made is no scenario, which is said of it.
        let text = self.study.points[number].scenario(self.first).unwrap_or_default();
        Source::from_text(self.file, &text)?.resolve()
    }
}
