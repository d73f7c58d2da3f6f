//! Points of a study that its design does not have: anywhere in the factors' ranges.

use super::definition::{DesignPoint, Study};
use super::design::Design;
use super::factor::{Factor, Level, Levels};
use crate::scenario::layers::resolved::Scenario;
use crate::scenario::text::duration::duration;
use crate::scenario::text::error::ScenarioErrors;
use crate::scenario::text::node::Node;
use crate::scenario::text::place::Place;
use crate::sim::DAY_SECONDS;

impl Study {
    /// The point at a share of each factor's range, in `[0, 1]`; the values of a factor without a range have equal parts of it.
    pub fn point_at(&self, number: usize, shares: &[f64]) -> DesignPoint {
        let levels: Vec<Level> =
            self.factors.iter().zip(shares).filter_map(|(f, &u)| level_at(f, u)).collect();
        let settings = self.factors.iter().zip(&levels).flat_map(|(factor, level)| {
            factor.keys.iter().cloned().zip(level.values.iter().map(Node::to_toml))
        });
        DesignPoint {
            number,
            labels: levels.iter().map(|level| level.label.clone()).collect(),
            settings: settings.collect(),
        }
    }

    /// The scenario of any point of the factors.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn scenario_of(&self, point: &DesignPoint) -> Result<Scenario, ScenarioErrors> {
        let mut source = self.source.clone();
        let mut errors = Vec::new();
        let places = self.factors.iter().flat_map(|factor| factor.keys.iter().map(|_| place_of(factor)));
        for ((key, value), place) in point.settings.iter().zip(places) {
            let node = Node::from_toml(value, place);
            errors.extend(source.assign(key, &node).err().into_iter().flat_map(ScenarioErrors::into_vec));
        }
        match source.resolve() {
            Ok(scenario) if errors.is_empty() => Ok(scenario),
            Ok(_) => Err(ScenarioErrors::all(errors)),
            Err(more) => Err(ScenarioErrors::all(errors.into_iter().chain(more.into_vec()).collect())),
        }
    }

    /// Whether candidates may lie anywhere in ranges, as no design names them.
    pub fn has_open_ranges(&self) -> bool {
        self.design == Design::Grid && self.factors.iter().any(Factor::is_open)
    }
}

/// Where the values of a factor are written.
fn place_of(factor: &Factor) -> &Place {
    match &factor.levels {
        Levels::Range(range) => &range.place,
        Levels::Values(_) => &factor.place,
    }
}

fn level_at(factor: &Factor, u: f64) -> Option<Level> {
    match &factor.levels {
        Levels::Range(_) => factor.at(u),
        Levels::Values(levels) => {
            let place = (u * levels.len() as f64) as usize;
            levels.get(place.min(levels.len().saturating_sub(1))).cloned()
        }
    }
}

impl DesignPoint {
    /// The value of a key as a number, durations in days; `None` if it is set to something else.
    pub fn number_of(&self, key: &str) -> Option<f64> {
        let (_, value) = self.settings.iter().find(|(name, _)| name == key)?;
        match value {
            toml::Value::Integer(number) => Some(*number as f64),
            toml::Value::Float(number) => Some(*number),
            toml::Value::String(text) => {
                duration(text).ok().map(|length| length.0 as f64 / DAY_SECONDS as f64)
            }
            _ => None,
        }
    }
}
