//! `redress compare`: what changes from one scenario to others, and whether it is more than chance.

use super::args::{CompareArguments, Running};
use super::compare_words::{facts, precision_lines, told};
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS};
use super::outcome::{self, command_line, publish};
use super::precision::targets;
use super::session::{Timing, expected_orders, simulate};
use super::settings::read;
use super::terminal::{remark, tell};
use super::units;
use crate::experiment::alternatives::{Incomparable, inputs, told_apart};
use crate::experiment::{Compare, Footprint, Known, Store, Unanswered, Worker, comparison};
use crate::export::compare_table::CompareTable;
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::study::{AlternativeRecord, changes};
use crate::export::{QuestionHash, Replacing, RunDirectory};
use crate::observe::Books;
use crate::report::Origin;
use crate::report::compare_page::Compared as ComparedPage;
use crate::scenario::{DesignPoint, PrecisionTarget, Scenario, ScenarioErrors, Source};
use std::collections::BTreeSet;
use std::process::ExitCode;

/// The scenarios of a comparison, the baseline first, and where they came from.
#[derive(Debug)]
pub(super) struct Compared {
    pub(super) name: String,
    pub(super) names: Vec<String>,
    pub(super) files: Vec<String>,
    pub(super) scenarios: Vec<Scenario>,
    pub(super) origin: Origin,
    /// The precision that was asked for.
    pub(super) targets: Vec<PrecisionTarget>,
}

/// Compares scenarios under common random numbers and writes what differs.
pub(super) fn compare(arguments: &CompareArguments) -> Result<ExitCode, Failure> {
    let running = &arguments.running;
    interruption::heed("interrupted before the comparison was finished: nothing is written");
    let of = scenarios(arguments)?;
    let remarks: BTreeSet<&String> = of.scenarios.iter().flat_map(|scenario| &scenario.remarks).collect();
    for words in remarks {
        remark(&format!("warning: {words}"));
    }
    let baseline = &of.scenarios[0];
    let most = arguments.precise.max_replications.unwrap_or(baseline.most_replications);
    let question = Compare::new(of.points(), baseline.world.replications, &of.targets, most);
    let asked = QuestionHash::of(of.asked(most));
    let Some((directory, manifest, told)) = answer(&of, question, running, (&of.name, asked))? else {
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    };
    let folder = publish(directory, manifest, Replacing::Any)?;
    if !running.quiet {
        tell(&format!("{told}\nresults: {}", folder.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Carries a comparison out and writes its tables and page, for a folder that is `folder` unless the user names one; `None`
/// if that was interrupted. What is told of it comes last.
pub(super) fn answer(
    of: &Compared,
    mut question: Compare,
    running: &Running,
    (folder, asked): (&str, QuestionHash),
) -> Result<Option<(RunDirectory, Manifest, String)>, Failure> {
    let Compared { names, scenarios, origin, .. } = of;
    let inputs = inputs(names, scenarios).map_err(incomparable)?;
    let threads = foretold::threads(running.threads);
    let footprint = Footprint::of_run(&scenarios[0].world, threads).times(scenarios.len());
    foretold::fits(&footprint)?;
    let directory = outcome::begin(running, folder, asked)?;
    foretold::warn(&footprint, threads, running.quiet);
    let worlds = |point: &DesignPoint| Ok(scenarios[point.number].clone());
    let store = Store::in_memory();
    let expected = expected_orders(scenarios.iter().map(|scenario| &scenario.world));
    let (answer, timing) = simulate(running.threads, running.shows_progress(), expected, |watch| {
        let worker = Worker::new(&worlds, &store, watch);
        worker.answer(&mut question).map(|()| worker.effort())
    })?;
    let effort = match answer {
        Ok(effort) => effort,
        Err(Unanswered::Interrupted) => {
            remark("interrupted before the comparison was finished: nothing is written");
            return Ok(None);
        }
        Err(Unanswered::Store(error)) => return Err(units::failure(error)),
    };
    let achieved = question.achieved();
    let known = question.result().map_err(|(number, failed)| {
        Failure::Running(format!("{} could not be run: {}", names[number], failed.reason))
    })?;
    let rows = comparison(&known);
    let page = ComparedPage {
        name: of.name.clone(),
        scenarios,
        names,
        inputs: &inputs,
        replications: known[0].replications.len(),
        precision: precision_lines(names, &achieved),
        rows: &rows,
    };
    directory.write_table(&CompareTable { names, rows: &rows })?;
    if !running.no_charts {
        page.write(&directory, facts(&page, &scenarios[0]), origin, books(&known))?;
    }
    let manifest = manifest(of, &page, &known, timing);
    let told = told(&page, origin, &known, effort.orders, timing);
    Ok(Some((directory, manifest, told)))
}

impl Compared {
    /// What the answer depends on, with so many replications at most.
    fn asked(&self, most: u32) -> Vec<String> {
        let scenarios = self.names.iter().zip(&self.scenarios);
        let mut asked = vec!["compare".to_owned(), self.name.clone(), most.to_string()];
        asked.extend(scenarios.flat_map(|(name, scenario)| [name.clone(), scenario.hash.clone()]));
        asked.extend(self.targets.iter().map(PrecisionTarget::text));
        asked
    }

    /// One point per scenario.
    pub(super) fn points(&self) -> Vec<DesignPoint> {
        (0..self.scenarios.len()).map(|number| DesignPoint { number, ..DesignPoint::default() }).collect()
    }
}

/// The scenarios that the command line names, the baseline first, and what is to come of them.
fn scenarios(arguments: &CompareArguments) -> Result<Compared, Failure> {
    let [baseline, others @ ..] = arguments.scenarios.as_slice() else {
        return Err(Failure::Invalid("compare needs a baseline".to_owned()));
    };
    // A study is told so first.
    Source::read(baseline)?;
    if others.is_empty() && arguments.variations.is_empty() {
        return Err(Failure::Invalid(format!(
            "nothing to compare with: name another scenario, or vary this one, as in redress compare {} --vary \
             'sellers[*].response.delay*=0.5'",
            baseline.display()
        )));
    }
    let mut wrong: Vec<ScenarioErrors> = Vec::new();
    let (source, first) = read(baseline, &arguments.settings)?;
    let mut names = vec![first.name.clone()];
    let mut scenarios = vec![first];
    let mut files = vec![baseline.display().to_string()];
    for path in others {
        match read(path, &arguments.settings) {
            Ok((_, scenario)) => {
                names.push(scenario.name.clone());
                files.push(path.display().to_string());
                scenarios.push(scenario);
            }
            Err(errors) => wrong.push(errors),
        }
    }
    for variation in &arguments.variations {
        let mut source = source.clone();
        let set = parts(variation).into_iter().filter_map(|setting| source.set_by("--vary", setting).err());
        wrong.extend(set.collect::<Vec<_>>());
        match source.resolve() {
            Ok(scenario) => scenarios.push(scenario),
            Err(errors) => wrong.push(errors),
        }
        names.push(variation.trim().to_owned());
        files.push(baseline.display().to_string());
    }
    if let Some(errors) = wrong.into_iter().reduce(ScenarioErrors::and) {
        return Err(errors.into());
    }
    let names = told_apart(names);
    let targets = targets(&arguments.precise.precision, &scenarios[0].precision)?;
    let origin = Origin {
        preset: source.preset().map(str::to_owned),
        overrides: arguments.settings.all(),
        command: outcome::repeating(),
    };
    let name = arguments_name(arguments, &scenarios);
    Ok(Compared { name, names, files, scenarios, origin, targets })
}

/// The settings of a variation: `;` joins several, outside quotes and brackets.
fn parts(variation: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, character) in variation.char_indices() {
        match (quote, character) {
            (Some(open), _) => quote = quote.filter(|_| character != open),
            (None, '"' | '\'') => quote = Some(character),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, ';') if depth == 0 => {
                parts.push(variation[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(variation[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// What is said of scenarios that cannot be compared, with the options that mend it.
fn incomparable(error: Incomparable) -> Failure {
    match error {
        Incomparable::Unpaired { key, .. } => Failure::Invalid(format!("{error}; give both with --{key} N")),
        Incomparable::Same { .. } => Failure::Invalid(format!("{error}, or name another scenario")),
        Incomparable::Scenario(errors) => errors.into(),
    }
}

/// What the results are called.
fn arguments_name(arguments: &CompareArguments, scenarios: &[Scenario]) -> String {
    let others = arguments.scenarios.len() - 1;
    match (others, arguments.variations.len()) {
        (1, 0) => format!("{}_against_{}", scenarios[1].name, scenarios[0].name),
        _ => format!("{}_compared", scenarios[0].name),
    }
}

/// The money audit of all scenarios.
fn books(known: &[Known]) -> Books {
    let mut books = Books::default();
    for known in known {
        books.merge(&known.merged.books);
    }
    books
}

fn manifest(of: &Compared, compared: &ComparedPage<'_>, known: &[Known], timing: Timing) -> Manifest {
    let (baseline, origin) = (&of.scenarios[0], &of.origin);
    let alternative = |other: usize| AlternativeRecord {
        name: of.names[other].clone(),
        scenario_file: of.files[other].clone(),
        changes: changes(&baseline.resolved, &of.scenarios[other].resolved),
    };
    let books = books(known);
    let orders = known.iter().map(|known| known.merged.orders).sum::<u64>();
    Manifest {
        version: env!("CARGO_PKG_VERSION"),
        command: "compare",
        arguments: command_line(),
        repeat: origin.command.clone(),
        preset: origin.preset.clone(),
        overrides: origin.overrides.clone(),
        name: compared.name.clone(),
        scenario_sha256: compared.scenarios.iter().map(|scenario| scenario.hash.clone()).collect(),
        scenario: baseline.resolved.clone(),
        scenario_file: of.files[0].clone(),
        baseline: Some(of.names[0].clone()),
        alternatives: (1..of.names.len()).map(alternative).collect(),
        precision: of.targets.iter().map(PrecisionTarget::text).collect(),
        seed: PerPoint::Same(baseline.world.seed),
        replications: PerPoint::Same(compared.replications),
        suggested_warm_up_days: known
            .iter()
            .filter_map(|known| known.merged.weeks.suggested_warm_up_days())
            .max(),
        threads: timing.threads,
        wall_seconds: timing.wall_seconds,
        orders,
        events: known.iter().map(|known| known.merged.events).sum(),
        orders_per_second: orders as f64 / timing.wall_seconds,
        audit: (&books).into(),
        ..Manifest::default()
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn semicolons_join_settings_outside_quotes_and_brackets() {
        assert_eq!(parts("a=1; b={ c = \"x;y\" };c='d;e'"), ["a=1", "b={ c = \"x;y\" }", "c='d;e'"]);
        assert_eq!(parts("a=1"), ["a=1"]);
    }
}
