//! The points of a study, one by one.

use super::definition::{DesignPoint, Study};
use super::design::{Design, latin_hypercube, place_in_grid, sobol_points};
use super::factor::{Factor, Level};
use crate::scenario::layers::resolved::Scenario;
use crate::scenario::text::error::ScenarioErrors;
use crate::scenario::text::node::Node;

/// The points of a study. Each is made when it is asked for, so that ten thousand take no more memory than ten.
#[derive(Debug)]
pub struct Plan<'a> {
    study: &'a Study,
    places: Places,
}

/// Where the points lie.
#[derive(Debug)]
enum Places {
    /// Every combination of these levels, the last factor fastest.
    Grid(Vec<Vec<Level>>),
    /// The levels of each factor, of which all points have those of one place.
    Together(Vec<Vec<Level>>),
    /// Shares of each factor's range.
    Shares(Vec<Vec<f64>>),
}

impl<'a> Plan<'a> {
    pub(super) fn new(study: &'a Study) -> Self {
        let dimensions = study.factors.len();
        let places = match study.design {
            Design::Grid => Places::Grid(study.factors.iter().map(Factor::grid).collect()),
            Design::List | Design::Csv => Places::Together(study.factors.iter().map(Factor::grid).collect()),
            Design::Lhs => Places::Shares(latin_hypercube(study.points, dimensions, study.seed())),
            Design::Sobol => Places::Shares(sobol_points(study.points, dimensions).unwrap_or_default()),
        };
        Self { study, places }
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        match &self.places {
            Places::Grid(levels) => levels.iter().map(Vec::len).product(),
            Places::Together(levels) => levels.iter().map(Vec::len).min().unwrap_or(0),
            Places::Shares(points) => points.len(),
        }
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A point by its number, below [`Self::len`].
    pub fn point(&self, number: usize) -> DesignPoint {
        let levels = self.levels(number);
        DesignPoint {
            number,
            labels: levels.iter().map(|level| level.label.clone()).collect(),
            settings: self.settings(&levels).map(|(key, node)| (key.to_owned(), node.to_toml())).collect(),
        }
    }

    /// The scenario of a point.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn scenario(&self, number: usize) -> Result<Scenario, ScenarioErrors> {
        let mut source = self.study.source.clone();
        let mut errors = Vec::new();
        for (key, value) in self.settings(&self.levels(number)) {
            errors.extend(source.assign(key, value).err().into_iter().flat_map(ScenarioErrors::into_vec));
        }
        match source.resolve() {
            Ok(scenario) if errors.is_empty() => Ok(scenario),
            Ok(_) => Err(ScenarioErrors::all(errors)),
            Err(more) => Err(ScenarioErrors::all(errors.into_iter().chain(more.into_vec()).collect())),
        }
    }

    /// A level of every factor.
    fn levels(&self, number: usize) -> Vec<Level> {
        match &self.places {
            Places::Grid(levels) => {
                let counts: Vec<usize> = levels.iter().map(Vec::len).collect();
                let place = place_in_grid(&counts, number);
                place.iter().zip(levels).map(|(&index, levels)| levels[index].clone()).collect()
            }
            Places::Together(levels) => levels.iter().map(|levels| levels[number].clone()).collect(),
            Places::Shares(points) => {
                let level = |(factor, &u): (&Factor, &f64)| factor.at(u);
                self.study.factors.iter().zip(&points[number]).filter_map(level).collect()
            }
        }
    }

    fn settings<'l>(&'l self, levels: &'l [Level]) -> impl Iterator<Item = (&'l str, &'l Node)> {
        let each = |(factor, level): (&'l Factor, &'l Level)| {
            factor.keys.iter().map(String::as_str).zip(&level.values)
        };
        self.study.factors.iter().zip(levels).flat_map(each)
    }
}

impl Study {
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
}
