//! What a study is: a scenario, factors, and a design that combines them.

use super::design::Design;
use super::factor::Factor;
use super::sensitivity_plan::SensitivityPlan;
use super::study_checks::DESIGN;
use super::tuning::Tuning;
use crate::scenario::layers::file_kind::remark_on_study;
use crate::scenario::layers::source::Source;
use crate::scenario::text::node::{Item, Node};
use std::path::Path;

/// A study.
#[derive(Clone, Debug)]
pub struct Study {
    /// What results are called.
    pub name: String,
    /// A sentence for reports; may be empty.
    pub description: String,
    /// What is varied, in the order of the columns.
    pub factors: Vec<Factor>,
    /// How points are chosen.
    pub design: Design,
    /// Metrics to report; empty for all.
    pub responses: Vec<String>,
    /// What it is tuned for, if it says so.
    pub tuning: Option<Tuning>,
    /// How its sensitivity is analysed.
    pub sensitivity: SensitivityPlan,
    pub(super) points: usize,
    pub(super) source: Source,
    pub(super) texts: StudyTexts,
}

/// The files of a study as they were read; empty if it is of the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyTexts {
    /// The study file.
    pub study: String,
    /// The file of its points, if `design = "csv"`.
    pub design: Option<String>,
}

/// One combination of the factors' values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DesignPoint {
    /// Its place in the design, from 0.
    pub number: usize,
    /// A label for each factor.
    pub labels: Vec<String>,
    /// The keys that are set, with their values.
    pub settings: Vec<(String, toml::Value)>,
}

impl Study {
    /// What the design is called.
    pub fn design_name(&self) -> &'static str {
        DESIGN.name(self.design)
    }

    /// Its files as they were read.
    pub const fn texts(&self) -> &StudyTexts {
        &self.texts
    }

    /// What is odd about it being read by `command`: that it has more than this command uses, and which one does.
    pub fn remark_for(&self, path: &Path, command: &str) -> Option<String> {
        let document = Node::document(path, &self.texts.study).ok()?;
        remark_on_study(&document, &path.display().to_string(), command)
    }

    /// The scenario that the points start from.
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The scenario that the points start from, for settings of the command line.
    pub const fn source_mut(&mut self) -> &mut Source {
        &mut self.source
    }

    /// How many points there are.
    pub fn number_of_points(&self) -> usize {
        match self.design {
            Design::Grid => self.factors.iter().map(Factor::number_of_levels).product(),
            Design::List | Design::Csv => {
                self.factors.iter().map(Factor::number_of_levels).min().unwrap_or_default()
            }
            Design::Lhs | Design::Sobol => self.points,
        }
    }

    /// The seed of the scenario, which Latin hypercubes are drawn with.
    pub(super) fn seed(&self) -> u64 {
        match self.source.value("run.seed").map(|node| &node.item) {
            Some(Item::Whole(seed)) => *seed as u64,
            _ => 1,
        }
    }
}
