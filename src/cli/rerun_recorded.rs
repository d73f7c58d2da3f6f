//! A result that is to be made again, as its manifest has it.

use super::args::Running;
use super::failure::Failure;
use super::interruption::INTERRUPTED_STATUS;
use super::terminal::remark;
use crate::experiment::RunResult;
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::recorded::RecordedManifest;
use crate::export::{QuestionHash, RunDirectory};
use crate::report::Origin;
use crate::scenario::{Scenario, Source};
use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;

/// What was made again, before it is published; the exit status if nothing was, which has been said.
pub(super) type Again = Result<(RunDirectory, Manifest), ExitCode>;

/// Says that there is nothing.
pub(super) fn interrupted() -> Again {
    remark("interrupted: nothing is written");
    Err(ExitCode::from(INTERRUPTED_STATUS))
}

/// A result that is made again.
#[derive(Debug)]
pub(super) struct Rerun<'a> {
    pub(super) manifest: &'a Path,
    /// The folder's name if the user gives none.
    pub(super) folder: String,
    pub(super) running: Running,
    pub(super) origin: Origin,
    pub(super) recorded: &'a RecordedManifest,
}

impl Rerun<'_> {
    pub(super) fn refused(&self, problem: &str) -> Failure {
        Failure::Invalid(format!(
            "{} {problem}: it was changed, or is of no finished result",
            self.manifest.display()
        ))
    }

    pub(super) fn asked(&self) -> QuestionHash {
        self.recorded.question_sha256.clone().into()
    }

    /// The scenario of a text, which must be the one of the `number`-th hash.
    pub(super) fn scenario(
        &self,
        file: &str,
        text: Option<String>,
        number: usize,
    ) -> Result<Scenario, Failure> {
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

    pub(super) fn expect_hash(&self, scenario: &Scenario, number: usize) -> Result<(), Failure> {
        match self.recorded.scenario_sha256.get(number) {
            Some(hash) if *hash == scenario.hash => Ok(()),
            _ => Err(self.refused("has a scenario that is not of its SHA-256")),
        }
    }

    /// The first scenario.
    pub(super) fn first(&self) -> Result<Scenario, Failure> {
        self.scenario(&self.recorded.scenario_file, Some(self.recorded.scenario.clone()), 0)
    }

    /// The same number of replications everywhere.
    pub(super) fn replications(&self) -> Result<u32, Failure> {
        let PerPoint::Same(replications) = self.recorded.replications else {
            return Err(self.refused("has no number of replications"));
        };
        let number = u32::try_from(replications).ok().filter(|number| (1..=100_000).contains(number));
        number.ok_or_else(|| self.refused("has a number of replications that is out of range"))
    }

    /// The replications of a run: all from the first on, or those that were finished when it was interrupted.
    pub(super) fn ranges(&self) -> Result<Vec<Range<u32>>, Failure> {
        let (count, first) = (self.replications()?, self.recorded.first_replication);
        if !self.recorded.interrupted {
            let end = first.checked_add(count).ok_or_else(|| self.refused("has too many replications"))?;
            return Ok(std::iter::once(first..end).collect());
        }
        let finished = &self.recorded.finished;
        if finished.len() != count as usize || !finished.is_sorted_by(|one, next| one < next) {
            return Err(self.refused("does not say which replications were finished"));
        }
        let following = finished.chunk_by(|one, next| one + 1 == *next);
        Ok(following.map(|numbers| numbers[0]..numbers[0] + numbers.len() as u32).collect())
    }

    /// What came of the same replications, as the interrupted command had it: sellers are those of the first one asked for.
    pub(super) fn as_recorded(&self, mut result: RunResult) -> RunResult {
        result.is_interrupted = self.recorded.interrupted;
        let asked = self.recorded.first_replication;
        if result.first_replication != asked {
            result.first_replication = asked;
            result.sellers_by_market = Vec::new();
        }
        result
    }
}
