//! Studies: a scenario, factors, and a design that combines them.

use super::design::{Design, sobol_points};
use super::design_file;
use super::error::{ScenarioError, ScenarioErrors};
use super::factor::{Factor, Levels};
use super::factor_conflicts::factor_errors;
use super::file;
use super::file_kind;
use super::kinds::{Choice, Text, Whole};
use super::lists::Texts;
use super::node::{Item, Node};
use super::place::Place;
use super::plan::Plan;
use super::reading::Reading;
use super::section::Section;
use super::{Scenario, Source};
use std::path::Path;

const DESIGN: Choice<Design> = Choice(&[
    ("grid", Design::Grid),
    ("lhs", Design::Lhs),
    ("sobol", Design::Sobol),
    ("list", Design::List),
    ("csv", Design::Csv),
]);

/// The most points that a study may have.
pub(crate) const MOST_POINTS: usize = 100_000;

/// The most values that a study may set in all its points together.
const MOST_SETTINGS: usize = 2_000_000;

/// Keys that ask for tuning.
const TUNING: [&str; 3] = ["objective", "constraints", "budget"];

/// Settings of a scenario that a study may replace, with their ranges.
const RUN_KEYS: [(&str, &str, i64, i64); 3] = [
    ("replications", "run.replications", 1, 100_000),
    ("days", "run.days", 1, 20_000),
    ("seed", "run.seed", 0, i64::MAX),
];

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
    pub(super) points: usize,
    pub(super) source: Source,
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
    /// Reads a study file and the scenario that it names.
    ///
    /// # Errors
    /// All that is wrong with the study, or what keeps the scenario from being read. Whether each point is
    /// a valid scenario is for [`Self::scenarios`].
    pub fn read(path: &Path) -> Result<Self, ScenarioErrors> {
        let document = file::document(path)?;
        if let Some(error) = file_kind::scenario_in(path, &document) {
            return Err(error);
        }
        let reading = Reading::of(path, false);
        let mut root = Section::root(&reading, Some(&document));
        let scenario = root.required("scenario", &Text::Path);
        let scenario_path = root.file("scenario", &scenario);
        let stem =
            path.file_stem().map_or_else(|| "study".into(), |stem| stem.to_string_lossy().into_owned());
        let name = root.or("name", &Text::Name, stem);
        let description = root.or("description", &Text::Free, String::new());
        let settings: Vec<(&str, Option<i64>, Place)> = RUN_KEYS
            .iter()
            .map(|&(key, target, min, max)| {
                (target, root.optional(key, &Whole { min, max }), root.place_of(key))
            })
            .collect();
        let design = root.or("design", &DESIGN, Design::Grid);
        let points = root.optional("points", &Whole { min: 1, max: MOST_POINTS as i64 });
        let responses = root.optional("responses", &Texts { words: "an array of metric names" });
        let filed = root.optional("file", &Text::Path);
        let mut factors = root.segments("factor", |section| Factor::read(section, design == Design::Csv));
        match (design, &filed) {
            (Design::Csv, Some(name)) => {
                let (path, place) = (root.file("file", name), root.place_of("file"));
                for error in design_file::fill(&mut factors, &path, &place) {
                    root.report_error(error);
                }
            }
            (Design::Csv, None) if !root.has("file") => {
                root.missing("file", "a CSV file with a column a factor", "\"design.csv\"");
            }
            (Design::Csv, None) => {
                root.report("file", "file = \"none\" leaves design = \"csv\" without its points");
            }
            (_, Some(_)) => root.report("file", "file is for design = \"csv\": set that, or remove it"),
            (_, None) => {}
        }
        check_design(&root, design, points, &factors);
        for key in TUNING {
            if root.has(key) {
                root.declare_only(key);
                root.report(key, format!("{key} is for tuning, which redress cannot do yet: remove it"));
            }
        }
        let missing = root.has("scenario") && !scenario_path.exists();
        if missing {
            let shown = scenario_path.display();
            root.report(
                "scenario",
                format!("scenario = \"{scenario}\" is not found: there is no file {shown}"),
            );
        }
        root.finish();
        let mut errors = reading.into_errors();
        if !errors.is_empty() {
            return Err(ScenarioErrors::all(errors));
        }
        let mut source = Source::read(&scenario_path)?;
        let mut given = Vec::new();
        for (key, value, place) in settings {
            if let Some(number) = value {
                given.push((key, place.clone()));
                let node = Node { key: place.clone(), place, item: Item::Whole(number) };
                errors.extend(source.assign(key, &node).err().into_iter().flat_map(ScenarioErrors::into_vec));
            }
        }
        if !errors.is_empty() {
            return Err(ScenarioErrors::all(errors));
        }
        errors.extend(factor_errors(
            source.document(),
            &factors,
            matches!(design, Design::List | Design::Csv),
        ));
        let points = points.unwrap_or(0) as usize;
        let study = Self {
            name,
            description,
            factors,
            design,
            responses: responses.unwrap_or_default(),
            points,
            source,
        };
        errors.extend(study.hidden(given.into_iter()));
        if errors.is_empty() { Ok(study) } else { Err(ScenarioErrors::all(errors)) }
    }

    /// A grid over the factors of the command line, each `KEY=V1,V2,...` or `KEY=a..b/n`.
    ///
    /// # Errors
    /// A factor that cannot be read, or what keeps the scenario from being read.
    pub fn from_factors(scenario: &Path, factors: &[impl AsRef<str>]) -> Result<Self, ScenarioErrors> {
        if let Some(error) = file_kind::study_with_factors(scenario) {
            return Err(error);
        }
        let source = Source::read(scenario)?;
        let mut read = Vec::new();
        let mut errors = Vec::new();
        for factor in factors {
            match Factor::option(factor.as_ref()) {
                Ok(factor) => read.push(factor),
                Err(found) => errors.extend(found.into_vec()),
            }
        }
        if factors.is_empty() {
            errors
                .push(ScenarioError::new(Place::file(scenario), "has no factor: add --factor KEY=V1,V2,..."));
        }
        let root_place = Place::option("--factor", "");
        errors.extend(grid_errors(&read, &root_place));
        if errors.is_empty() {
            errors.extend(factor_errors(source.document(), &read, false));
        }
        if !errors.is_empty() {
            return Err(ScenarioErrors::all(errors));
        }
        let stem = scenario.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy());
        let given = source.value("name").and_then(Node::text);
        Ok(Self {
            name: format!("{}_sweep", given.unwrap_or(&stem)),
            description: String::new(),
            factors: read,
            design: Design::Grid,
            responses: Vec::new(),
            points: 0,
            source,
        })
    }

    /// What the design is called.
    pub fn design_name(&self) -> &'static str {
        DESIGN.name(self.design)
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

    /// All points, in the order of their numbers.
    pub fn points(&self) -> Vec<DesignPoint> {
        let plan = self.plan();
        (0..plan.len()).map(|number| plan.point(number)).collect()
    }

    /// All points with their scenarios.
    ///
    /// # Errors
    /// What keeps any of the points from being a valid scenario.
    pub fn scenarios(&self) -> Result<Vec<(DesignPoint, Scenario)>, ScenarioErrors> {
        let plan = self.plan();
        let mut scenarios = Vec::new();
        let mut errors = Vec::new();
        for number in 0..plan.len() {
            match plan.scenario(number) {
                Ok(scenario) => scenarios.push((plan.point(number), scenario)),
                Err(found) => errors.extend(found.into_vec()),
            }
        }
        if errors.is_empty() { Ok(scenarios) } else { Err(ScenarioErrors::all(errors)) }
    }

    /// Its points one by one, of which none takes memory before it is asked for.
    pub fn plan(&self) -> Plan<'_> {
        Plan::new(self)
    }

    /// The seed of the scenario, which Latin hypercubes are drawn with.
    pub(super) fn seed(&self) -> u64 {
        match self.source.value("run.seed").map(|node| &node.item) {
            Some(Item::Whole(seed)) => *seed as u64,
            _ => 1,
        }
    }
}

/// Reports factors that do not fit the design.
fn check_design(root: &Section<'_>, design: Design, points: Option<i64>, factors: &[Factor]) {
    if !matches!(design, Design::Lhs | Design::Sobol) {
        if points.is_some() {
            let has = match design {
                Design::List => "a list has as many as each factor has values",
                Design::Csv => "a file has one a row",
                _ => "a grid has every combination of its values",
            };
            root.report("points", format!("points is for lhs and sobol: {has}"));
        }
        let place = root.place_of("factor");
        let errors = match design {
            Design::Grid => grid_errors(factors, &place),
            _ => list_errors(factors, &place),
        };
        for error in errors {
            root.report_error(error);
        }
        return;
    }
    let name = DESIGN.name(design);
    if points.is_none() && !root.has("points") {
        root.missing("points", "the number of points", "64");
    }
    for factor in factors {
        if !matches!(factor.levels, Levels::Range(_)) {
            let message = format!("factor {} has values: {name} needs range = \"a..b\"", factor.name);
            root.report_at(factor.place.clone(), message);
        }
    }
    let place = root.place_of("factor");
    if let Some(error) = settings_error(points.unwrap_or(0) as usize, factors, &place) {
        root.report_error(error);
    }
    if design == Design::Sobol && sobol_points(0, factors.len()).is_none() {
        root.report("factor", format!("{} factors are too many for sobol: take lhs", factors.len()));
    }
}

/// Ranges without a number of points.
fn endless(factors: &[Factor]) -> Vec<ScenarioError> {
    let error = |factor: &Factor| match &factor.levels {
        Levels::Range(range) if range.count.is_none() => {
            let message =
                format!("the range of {} has no number of points: write \"a..b/5\" for five", factor.name);
            Some(ScenarioError::new(range.place.clone(), message))
        }
        _ => None,
    };
    factors.iter().filter_map(error).collect()
}

/// Ranges without a number of points, factors of unequal numbers of values, and too many of them.
fn list_errors(factors: &[Factor], place: &Place) -> Vec<ScenarioError> {
    let mut errors = endless(factors);
    let Some(first) = factors.first().filter(|_| errors.is_empty()) else { return errors };
    let points = first.number_of_levels();
    for factor in factors.iter().filter(|factor| factor.number_of_levels() != points) {
        let message = format!(
            "factor {} has {} values and {} has {points}: in a list all have as many, one a point; grid combines them",
            factor.name,
            factor.number_of_levels(),
            first.name
        );
        errors.push(ScenarioError::new(factor.place.clone(), message));
    }
    if points > MOST_POINTS {
        let message = format!("the list has {points} points: at most {MOST_POINTS} are possible");
        errors.push(ScenarioError::new(place.clone(), message));
    }
    errors.extend(settings_error(points, factors, place).filter(|_| points <= MOST_POINTS));
    errors
}

/// Ranges without a number of points, and too many combinations.
fn grid_errors(factors: &[Factor], place: &Place) -> Vec<ScenarioError> {
    let mut errors = endless(factors);
    let levels = |factor: &Factor| match &factor.levels {
        Levels::Values(levels) => levels.len(),
        Levels::Range(range) => range.count.unwrap_or(1),
    };
    let combinations = factors.iter().map(levels).fold(1, usize::saturating_mul);
    if combinations > MOST_POINTS {
        let message = format!("the grid has {combinations} points: at most {MOST_POINTS} are possible");
        errors.push(ScenarioError::new(place.clone(), message));
    } else {
        errors.extend(settings_error(combinations, factors, place));
    }
    errors
}

/// More values to set than memory should hold.
fn settings_error(points: usize, factors: &[Factor], place: &Place) -> Option<ScenarioError> {
    let keys: usize = factors.iter().map(|factor| factor.keys.len()).sum();
    let settings = points.saturating_mul(keys);
    let message = || format!("the study sets {settings} values in all: at most {MOST_SETTINGS} are possible");
    (settings > MOST_SETTINGS).then(|| ScenarioError::new(place.clone(), message()))
}
