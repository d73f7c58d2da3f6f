//! Answers a study's question on all cores, with its finished units in a file beside the folder of results.

use super::args::{Running, StudyArguments};
use super::failure::Failure;
use super::interruption::INTERRUPTED_STATUS;
use super::outcome::{self, command_line, origin_of, study_record};
use super::session::{Timing, simulate};
use super::settings::apply;
use super::terminal::{remark, tell};
use super::units;
use crate::engine::World;
use crate::experiment::{Question, Store, Totals, Unanswered, Worker};
use crate::export::manifest::Manifest;
use crate::export::study::{PointRecord, StudyKept, StudyRecord};
use crate::export::{QuestionHash, Replacing, RunDirectory, units_path};
use crate::observe::Metric;
use crate::observe::catalogue::METRICS;
use crate::report::Origin;
use crate::scenario::{Scenario, ScenarioErrors, Study, StudyUse};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A study to answer, whether its file says so or a manifest.
#[derive(Debug)]
pub(super) struct Studied {
    pub(super) study: Study,
    /// Its file, as it was named.
    pub(super) file: String,
    pub(super) origin: Origin,
}

/// A study that was answered, and is written but for its manifest.
pub(super) struct Answered {
    pub(super) directory: RunDirectory,
    pub(super) manifest: Manifest,
    pub(super) answering: Answering,
    /// What is told of it.
    pub(super) told: String,
}

impl Studied {
    /// Reads a study with the settings of the command line.
    pub(super) fn read(arguments: &StudyArguments, purpose: StudyUse) -> Result<Self, Failure> {
        let mut study = Study::read_for(&arguments.study, purpose)?;
        apply(study.source_mut(), &arguments.settings)?;
        let origin = origin_of(&study, arguments.settings.all());
        Ok(Self { study, file: arguments.study.display().to_string(), origin })
    }

    /// What the answer depends on.
    pub(super) fn asked(&self, command: &str) -> QuestionHash {
        let mut asked = vec![command.to_owned(), self.study.name.clone()];
        let kept = self.kept();
        asked.extend([kept.study, kept.design.unwrap_or_default(), kept.scenario]);
        asked.extend(self.origin.overrides.iter().cloned());
        QuestionHash::of(asked)
    }

    /// What the study is read from again. A scenario that is valid only with a point's values has no text, and cannot be.
    fn kept(&self) -> StudyKept {
        let texts = self.study.texts().clone();
        let scenario = self.study.source().resolve().map(|scenario| scenario.resolved);
        StudyKept { study: texts.study, design: texts.design, scenario: scenario.unwrap_or_default() }
    }

    /// The study for its manifest.
    pub(super) fn record(&self, points: Vec<PointRecord>, responses: &[&'static Metric]) -> StudyRecord {
        let kept = Some(self.kept());
        StudyRecord { kept, ..study_record(&self.study, Path::new(&self.file), points, responses) }
    }

    /// What every answer to a study says of how it came about.
    pub(super) fn manifest(&self, command: &'static str, totals: &Totals, timing: Timing) -> Manifest {
        let Self { study, origin, .. } = self;
        Manifest {
            version: env!("CARGO_PKG_VERSION"),
            command,
            arguments: command_line(),
            repeat: origin.command.clone(),
            name: study.name.clone(),
            preset: origin.preset.clone(),
            overrides: origin.overrides.clone(),
            scenario_file: study.source().path().display().to_string(),
            threads: timing.threads,
            wall_seconds: timing.wall_seconds,
            orders: totals.orders,
            events: totals.events,
            orders_per_second: totals.orders as f64 / timing.wall_seconds,
            audit: (&totals.books).into(),
            ..Manifest::default()
        }
    }
}

/// Publishes an answer and tells of it; the exit status if it was interrupted.
pub(super) fn publish(answered: Option<Answered>, running: &Running) -> Result<ExitCode, Failure> {
    let Some(Answered { directory, manifest, answering, told }) = answered else {
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    };
    let folder = outcome::publish(directory, manifest, Replacing::Any)?;
    answering.end();
    if !running.quiet {
        tell(&format!("{told}\nresults: {}", folder.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A question under way.
pub(super) struct Answering {
    store: Store,
    path: PathBuf,
}

impl Answering {
    /// Opens the file of finished units of a folder of results, or makes it.
    pub(super) fn begin(target: &Path) -> Result<Self, Failure> {
        let path = units_path(target);
        let store = Store::open(&path).map_err(units::failure)?;
        Ok(Self { store, path })
    }

    /// Answers; `None` if it was interrupted, which is said with the way on.
    pub(super) fn answer<Q: Question + Send>(
        &self,
        study: &Study,
        question: &mut Q,
        running: &Running,
        expected_orders: u64,
    ) -> Result<Option<Timing>, Failure> {
        let worlds = |point: &_| study.scenario_of(point);
        let (answered, timing) =
            simulate(running.threads, running.shows_progress(), expected_orders, |watch| {
                let worker = Worker::new(&worlds, &self.store, watch);
                let answered = worker.answer(question);
                answered.map(|()| worker.effort())
            })?;
        match answered {
            Ok(effort) => {
                if effort.replications_known > 0 && !running.quiet {
                    remark(&format!("{} replications were known already", effort.replications_known));
                }
                Ok(Some(timing))
            }
            Err(Unanswered::Interrupted) => {
                let path = self.path.display();
                remark(&format!(
                    "interrupted: what was finished is kept in {path}; the same command goes on from there"
                ));
                Ok(None)
            }
            Err(Unanswered::Store(error)) => Err(units::failure(error)),
        }
    }

    /// The results are written: the finished units are not needed any more.
    pub(super) fn end(self) {
        drop(self.store);
        // A file that cannot be removed does no harm.
        let _ = std::fs::remove_file(self.path);
    }
}

/// How many orders so many replications of a world have, about.
pub(super) fn orders_of(world: &World, replications: u64) -> u64 {
    let days = f64::from(world.days + world.warm_up_days);
    (days * world.market.orders_per_day * f64::from(world.market.count) * replications as f64) as u64
}

/// The scenarios of points, all checked before anything is simulated; an error names all that is wrong.
pub(super) fn checked<'a>(
    study: &Study,
    points: impl Iterator<Item = &'a crate::scenario::DesignPoint>,
) -> Result<Vec<Scenario>, Failure> {
    let mut scenarios = Vec::new();
    let mut wrong: Option<ScenarioErrors> = None;
    for point in points {
        match study.scenario_of(point) {
            Ok(scenario) => scenarios.push(scenario),
            Err(errors) => {
                wrong = Some(match wrong {
                    Some(before) => before.and(errors),
                    None => errors,
                });
            }
        }
    }
    wrong.map_or(Ok(scenarios), |errors| Err(errors.into()))
}

/// The metrics of these names.
pub(super) fn known_metrics(names: &[String]) -> Result<Vec<&'static Metric>, Failure> {
    let known = |name: &String| {
        Metric::named(name).ok_or_else(|| {
            let like = |metric: &&Metric| (strsim::jaro_winkler(metric.name, name) * 1e6) as u64;
            let nearest = METRICS.iter().max_by_key(like).map_or("dispute_rate", |metric| metric.name);
            Failure::Invalid(format!("responses: unknown metric {name}; did you mean {nearest}?"))
        })
    };
    names.iter().map(known).collect()
}
