//! Reading a study, from its file or from factors of the command line.

use super::definition::{Study, StudyTexts};
use super::design::Design;
use super::design_file;
use super::factor::Factor;
use super::factor_conflicts::factor_errors;
use super::sensitivity_plan::SensitivityPlan;
use super::study_checks::{DESIGN, MOST_POINTS, check_design, grid_errors};
use super::tuning::Tuning;
use crate::scenario::keys::declared::catalogue;
use crate::scenario::kinds::lists::Texts;
use crate::scenario::kinds::plain::{Text, Whole};
use crate::scenario::layers::assign::split;
use crate::scenario::layers::file_kind;
use crate::scenario::layers::source::Source;
use crate::scenario::reading::pass::Reading;
use crate::scenario::reading::section::Section;
use crate::scenario::text::error::{ScenarioError, ScenarioErrors};
use crate::scenario::text::file;
use crate::scenario::text::near_file::did_you_mean;
use crate::scenario::text::node::{Item, Node};
use crate::scenario::text::place::Place;
use std::path::Path;

/// Settings of a scenario that a study may replace, with their ranges.
const RUN_KEYS: [(&str, &str, i64, i64); 3] = [
    ("replications", "run.replications", 1, 100_000),
    ("days", "run.days", 1, 20_000),
    ("seed", "run.seed", 0, i64::MAX),
];

/// What a study is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudyUse {
    /// Its design points.
    Sweep,
    /// The factors' ranges, or values in equal parts.
    Sensitivity,
    /// Its objective, over its design points or, where ranges have no number of points, anywhere in them.
    Tune,
}

impl StudyUse {
    /// The command that reads a study for this.
    const fn command(self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Sensitivity => "sensitivity",
            Self::Tune => "tune",
        }
    }
}

impl Study {
    /// Reads a study file and the scenario that it names.
    ///
    /// # Errors
    /// All that is wrong with the study, or what keeps the scenario from being read. Whether each point is
    /// a valid scenario is for [`Self::scenarios`].
    pub fn read(path: &Path) -> Result<Self, ScenarioErrors> {
        Self::read_for(path, StudyUse::Sweep)
    }

    /// Reads a study file for what it asks for itself: tuning with an objective, else sensitivity with its table or with ranges
    /// that have no number of points, else a sweep.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_for_its_use(path: &Path) -> Result<Self, ScenarioErrors> {
        let document = file::document(path)?;
        let purpose = match file_kind::study_command(&document) {
            "tune" => StudyUse::Tune,
            "sensitivity" => StudyUse::Sensitivity,
            _ => StudyUse::Sweep,
        };
        Self::read_for(path, purpose)
    }

    /// Reads a study file and the scenario that it names, for one of its uses.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_for(path: &Path, purpose: StudyUse) -> Result<Self, ScenarioErrors> {
        Self::of_texts(path, StudyTexts { study: file::text(path)?, design: None }, None, purpose)
    }

    /// A study from its text as if it stood in a file of this path, and the scenario that it names from there.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn from_text_at(path: &Path, text: &str, purpose: StudyUse) -> Result<Self, ScenarioErrors> {
        Self::of_texts(path, StudyTexts { study: text.to_owned(), design: None }, None, purpose)
    }

    /// A study of texts that were kept of it; `source` is the scenario that its points start from, with all that the study
    /// sets on it.
    ///
    /// # Errors
    /// All that is wrong with the study.
    pub fn kept(
        path: &Path,
        texts: StudyTexts,
        source: Source,
        purpose: StudyUse,
    ) -> Result<Self, ScenarioErrors> {
        Self::of_texts(path, texts, Some(source), purpose)
    }

    #[allow(clippy::too_many_lines, reason = "each key is declared once, where it is read")]
    fn of_texts(
        path: &Path,
        mut texts: StudyTexts,
        kept: Option<Source>,
        purpose: StudyUse,
    ) -> Result<Self, ScenarioErrors> {
        let document = Node::document(path, &texts.study)?;
        if let Some(error) = file_kind::scenario_in(path, &document, purpose.command()) {
            return Err(error);
        }
        // Results of before are repeated by the command that they are of.
        let other =
            if kept.is_none() { file_kind::other_study(path, &document, purpose.command()) } else { None };
        if let Some(error) = other {
            return Err(error);
        }
        let reading = Reading::of_study(path, catalogue());
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
        let set = root.optional("set", &Texts { words: "an array such as [\"market.count = 1\"]" });
        let set_place = root.place_of("set");
        let filed = root.optional("file", &Text::Path);
        let mut factors = root.segments("factor", |section| Factor::read(section, design == Design::Csv));
        match (design, &filed) {
            (Design::Csv, Some(name)) => {
                let (path, place) = (root.file("file", name), root.place_of("file"));
                let text = match &texts.design {
                    Some(text) => Ok(text.clone()),
                    None => design_file::text(&path, &place),
                };
                let found = match text {
                    Ok(text) => {
                        let errors = design_file::fill(&mut factors, &path, &text, &place);
                        texts.design = Some(text);
                        errors
                    }
                    Err(error) => vec![error],
                };
                for error in found {
                    root.report_error(error);
                }
            }
            (Design::Csv, None) if !root.has("file") => {
                root.missing("file", "a CSV file with one column per factor", "\"design.csv\"");
            }
            (Design::Csv, None) => {
                root.report("file", "file = \"none\" leaves design = \"csv\" without its points");
            }
            (_, Some(_)) => root.report("file", "file is for design = \"csv\": set that, or remove it"),
            (_, None) => {}
        }
        let names: Vec<String> = factors.iter().map(|factor| factor.name.clone()).collect();
        let tuning = Tuning::read(&mut root, &names);
        let sensitivity = SensitivityPlan::read(&mut root);
        let is_open = design == Design::Grid && factors.iter().any(Factor::is_open);
        match purpose {
            StudyUse::Sensitivity => {}
            StudyUse::Tune if tuning.is_none() && !root.has("objective") => {
                root.missing("objective", "what to tune for", "{ maximise = \"penalty_auc\" }");
            }
            StudyUse::Tune if is_open => {}
            StudyUse::Tune | StudyUse::Sweep => check_design(&root, design, points, &factors),
        }
        let missing = kept.is_none() && root.has("scenario") && !scenario_path.exists();
        if missing {
            let shown = scenario_path.display();
            root.report(
                "scenario",
                format!(
                    "scenario = \"{scenario}\" is not found: there is no file {shown}{}",
                    did_you_mean(&scenario_path)
                ),
            );
        }
        root.finish();
        let mut errors = reading.into_errors();
        if !errors.is_empty() {
            return Err(ScenarioErrors::all(errors));
        }
        let is_kept = kept.is_some();
        let mut source = kept.map_or_else(|| Source::read(&scenario_path), Ok)?;
        let mut given = Vec::new();
        for (key, value, place) in settings.into_iter().filter(|_| !is_kept) {
            if let Some(number) = value {
                given.push((key, place.clone()));
                let node = Node { key: place.clone(), place, item: Item::Whole(number) };
                errors.extend(source.assign(key, &node).err().into_iter().flat_map(ScenarioErrors::into_vec));
            }
        }
        for setting in set.filter(|_| !is_kept).unwrap_or_default() {
            errors.extend(
                set_at(&mut source, &setting, &set_place)
                    .err()
                    .into_iter()
                    .flat_map(ScenarioErrors::into_vec),
            );
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
            tuning,
            sensitivity,
            points,
            source,
            texts,
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
            tuning: None,
            sensitivity: SensitivityPlan::default(),
            points: 0,
            source,
            texts: StudyTexts::default(),
        })
    }
}

/// Sets a key of the scenario as `KEY = VALUE` says.
fn set_at(source: &mut Source, setting: &str, place: &Place) -> Result<(), ScenarioErrors> {
    let Some((key, text)) = split(setting) else {
        return Err(ScenarioErrors::one(
            place.clone(),
            format!("set: \"{setting}\" has no value: write KEY = VALUE"),
        ));
    };
    source.assign(key, &Node::value(text, place)?)
}
